"""A thing with all its parts becomes a document and comes back the same, whatever kind it is."""

import pytest
from django.db.models import CASCADE, ForeignKey

from relations import models
from relations.models.base import Published
from relations.publishing.documents import Unfit, apply, as_if, capture, part_model, projected
from relations.publishing.rights import published_models
from tests import factories

pytestmark = pytest.mark.django_db

# One of every model that is published, with at least one of each of its parts.
FULL = {
    models.Visit: lambda: with_parts(factories.visit()),
    models.Meeting: lambda: with_parts(factories.meeting(), sessions=factories.session),
    models.Agreement: lambda: with_parts(factories.agreement(term_years=5), acts=factories.act),
    models.Project: lambda: with_parts(
        factories.project(), statuses=factories.status, values=factories.value
    ),
    models.Milestone: lambda: with_parts(factories.milestone()),
    models.Event: lambda: with_parts(factories.event()),
    models.Statement: lambda: with_parts(factories.statement()),
    models.Relation: lambda: related(),
    models.RelationLevel: lambda: cited(factories.level()),
    models.SectorText: lambda: filed(cited(factories.sector_text())),
    models.Observation: lambda: revised(cited(factories.observation())),
    models.Mission: lambda: cited(factories.mission()),
    models.Notice: lambda: factories.notice(),
    models.Page: lambda: factories.page(),
}


def with_parts(record, **makers):
    factories.citation(record, states={"date": "2010-09-15"}, note_ka="შენიშვნა")
    factories.record_person(record, office_ru="Министр")
    factories.record_link(record, factories.event().record)
    factories.attachment(record)
    for make in makers.values():
        make(record)
    return record


def cited(thing):
    factories.citation(thing, is_preferred=True)
    factories.citation(thing, position=2)
    return thing


def filed(text):
    text.other_sectors.add(factories.sector("trade"), factories.sector("culture"))
    return text


def revised(figure):
    factories.earlier_value(figure)
    return figure


def related():
    relation = cited(factories.relation(summary_en="<p>Old friends.</p>"))
    factories.relation_link(relation=relation)
    return relation


def test_every_published_model_is_tried_here():
    assert set(FULL) == set(published_models()) - {models.Record}


@pytest.mark.parametrize("model", FULL)
def test_a_document_brings_back_what_was_changed_and_deleted(model):
    thing = FULL[model]()
    document = capture(thing)
    assert all(document["parts"].values())
    for name in thing.parts:
        getattr(thing, name).all().delete()
    for field in document["fields"]:
        if field.endswith("_en") and document["fields"][field]:
            setattr(thing, field, "Something else")
    thing.save()
    assert capture(thing) != document

    apply(model.objects.get(pk=thing.pk), document)

    assert capture(model.objects.get(pk=thing.pk)) == document


def test_a_preference_moves_from_one_source_to_another():
    thing = cited(factories.mission())
    document = capture(thing)
    for row in document["parts"]["citations"]:
        row["is_preferred"] = not row["is_preferred"]

    apply(thing, document)

    assert [row.is_preferred for row in thing.citations.order_by("position")] == [False, True]


def test_parties_decide_on_which_pages_a_record_shows():
    visit = factories.visit()
    document = capture(visit)
    document["parts"]["parties"][1]["country_id"] = factories.country("UZ").pk

    apply(visit, document)

    assert [str(relation) for relation in visit.relations.all()] == ["Azerbaijan – Uzbekistan"]


@pytest.mark.parametrize("model", published_models())
def test_every_part_of_a_thing_is_in_its_document(model):
    """What is deleted with a thing and is no thing of its own belongs to it."""
    owned = {
        field.remote_field.get_accessor_name()
        for other in model._meta.apps.get_app_config("relations").get_models()
        for field in other._meta.local_fields
        if isinstance(field, ForeignKey)
        and field.remote_field.on_delete is CASCADE
        and not field.remote_field.parent_link
        and issubclass(model, field.related_model)
        and not issubclass(other, Published)
    }
    # The other end of a link belongs to the record there; a number that led elsewhere is no text.
    assert set(model.parts) == owned - {"links_here", "former_numbers", "former_refs"}
    assert all(part_model(model, name) for name in model.parts)


def test_the_database_is_as_before_after_a_look_at_a_document():
    visit = factories.visit()
    before = capture(visit)
    document = capture(visit)
    document["fields"]["title_en"] = "Another title"
    document["parts"]["parties"] = []

    with as_if(visit, document):
        seen = models.Visit.objects.get(pk=visit.pk)
        assert (seen.title_en, seen.parties.count()) == ("Another title", 0)

    assert capture(models.Visit.objects.get(pk=visit.pk)) == before


def test_what_was_deleted_since_is_named():
    visit = with_parts(factories.visit())
    document = capture(visit)
    visit.citations.all().delete()
    models.Source.objects.all().delete()

    with pytest.raises(Unfit, match="Source: what was chosen"):
        apply(visit, document)

    assert visit.citations.count() == 0


def test_languages_that_are_held_back_are_left_out_everywhere():
    visit = with_parts(factories.visit(title_ka="ვიზიტი"))
    document = projected(capture(visit), models.Visit, ["ka"])

    assert (document["fields"]["title_en"], document["fields"]["title_ka"]) == ("Visit to Tbilisi", None)
    assert document["parts"]["citations"][0]["note_ka"] is None
    assert document["parts"]["people"][0]["office_ru"] == "Министр"
