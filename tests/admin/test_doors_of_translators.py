"""A translator reads everything in sight and changes texts in their own languages, at whatever door."""

import pytest
from django.test import Client

from relations import models
from relations.publishing import acts
from relations.publishing.documents import capture
from relations.publishing.rights import Forbidden
from relations.publishing.translators import OtherLanguage
from tests import factories
from tests.publishing.work import changed, draft, fresh, published, ready_visit

from .pages import FORM_IDS, FORMS, address, form_data, make


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.fixture
def georgian(staff):
    user = staff("translator", "georgian")
    models.Desk.objects.create(user=user, languages=["ka"])
    return user


@pytest.fixture(params=["draft", "public"])
def visit(request, author, editor):
    """A visit with rows in every state a translator meets: never public, and public."""
    visit = ready_visit(title_ka="ვიზიტი", summary_en="Short")
    factories.record_person(visit, position=7)
    factories.record_link(visit, factories.agreement(), position=5)
    if request.param == "public":
        published(author, editor, visit)
    else:
        acts.keep_draft(author, visit, capture(visit))
    return visit


def place_of(thing):
    return address(type(thing), "change", thing.pk)


def current(thing):
    return acts.document_for(fresh(thing))


def test_the_form_has_their_own_texts_and_nothing_else(georgian, visit):
    response = browser(georgian).get(place_of(visit))

    data = form_data(response)
    asked = {
        name.rpartition("-")[2]
        for name in data
        if name.rpartition("-")[2]
        not in ("id", "record", "INITIAL_FORMS", "TOTAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    } - {"csrfmiddlewaretoken", "next", "opened_at", "form_key"}
    assert asked
    assert {name for name in asked if not name.endswith("_ka")} == set()
    # And everything else to read.
    assert "Short" in response.content.decode()
    assert "parties-__prefix__-country" not in response.content.decode()


def test_a_translation_is_saved_and_submitted(georgian, editor, visit):
    client, before = browser(georgian), current(visit)
    form = client.get(place_of(visit))

    response = client.post(
        place_of(visit), form_data(form, summary_ka="მოკლედ", **{"people-0-office_ka": "მინისტრი"})
    )

    assert response.status_code == 302
    after = current(visit)
    assert after["fields"] == before["fields"] | {"summary_ka": "მოკლედ"}
    assert after["parts"]["people"][0]["office_ka"] == "მინისტრი"
    assert after["parts"]["people"][0]["position"] == before["parts"]["people"][0]["position"]
    assert after["parts"]["citations"] == before["parts"]["citations"]
    place = address(models.Visit, "act", visit.pk, "submit")
    changes = {"note_ka": "თარგმანი"} if visit.is_public or before and acts.in_work(visit).base else {}
    client.post(place, form_data(client.get(place), **changes))
    revision = acts.in_work(visit)
    assert (revision.state, revision.held_back) == ("submitted", [])
    assert acts.approve(editor, revision).state == "approved"


FORGED = {
    "a text in another language": {"title_en": "Forged"},
    "the same text in another language": {"title_en": "Visit to Tbilisi"},
    "a date": {"date": "2011"},
    "a sector": {"main_sector": "1"},
    "a picture": {"image": ""},
    "the original language": {"original_language": "ka"},
    "a row's other text": {"people-0-office_en": "Forged"},
    "a row's order": {"people-0-position": "1"},
    "a new row": {"parties-TOTAL_FORMS": "3", "parties-2-country": "1", "parties-2-role": "host"},
    "a row's end": {"people-0-DELETE": "on"},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_whatever_else_is_sent_is_refused_and_written_down(georgian, visit, forged):
    client, before, shown = browser(georgian), current(visit), capture(visit)
    data = form_data(client.get(place_of(visit)), title_ka="სხვა") | forged

    response = client.post(place_of(visit), data)

    assert response.status_code == 403
    assert (current(visit), capture(visit)) == (before, shown)
    entry = models.AuditEntry.objects.filter(actor=georgian).exclude(act="log_in").get()
    assert (entry.act, entry.is_refused, entry.title) == ("save", True, "Visit to Tbilisi")


def test_the_form_of_an_administrator_is_refused(georgian, staff, visit):
    before = current(visit)
    data = form_data(browser(staff("administrator")).get(place_of(visit)), title_ka="სხვა", title_en="Forged")

    assert browser(georgian).post(place_of(visit), data).status_code == 403
    assert current(visit) == before


def test_the_core_refuses_it_whatever_the_door(georgian, visit):
    before = current(visit)

    for fields in ({"title_en": "Forged"}, {"title_ru": "Чужое"}, {"date": "2011"}, {"ref": "forged"}):
        with pytest.raises(OtherLanguage):
            acts.keep_draft(georgian, fresh(visit), changed(before, **fields), former=before)
    without_rows = before | {"parts": before["parts"] | {"people": []}}
    with pytest.raises(OtherLanguage):
        acts.keep_draft(georgian, fresh(visit), without_rows, former=before)


@pytest.mark.parametrize(
    "said", [{"note_en": "Forged"}, {"correction_ru": "Чужое"}, {"held_back": ["en"]}], ids=str
)
def test_submitting_says_nothing_in_other_languages(georgian, visit, said):
    draft(georgian, visit, summary_ka="მოკლედ")

    with pytest.raises(OtherLanguage):
        acts.submit(georgian, acts.in_work(visit), **said)


def test_submitting_offers_their_own_languages_only(georgian, visit):
    draft(georgian, visit, summary_ka="მოკლედ")
    revision = acts.in_work(visit)
    revision.held_back = ["ru"]
    revision.save()
    client, place = browser(georgian), address(models.Visit, "act", visit.pk, "submit")

    data = form_data(client.get(place))

    assert data["public"] == ["ka"]
    client.post(place, data | {"is_minor": "on", "public": []})
    assert sorted(acts.in_work(visit).held_back) == ["ka", "ru"]


def test_a_lost_language_is_lost_at_the_next_request(georgian, visit):
    client = browser(georgian)
    data = form_data(client.get(place_of(visit)), title_ka="სხვა")
    desk = models.Desk.objects.get(user=georgian)
    desk.languages = ["ru"]
    desk.save()

    assert client.post(place_of(visit), data).status_code == 403
    assert current(visit)["fields"]["title_ka"] == "ვიზიტი"


@pytest.mark.parametrize("has_desk", [True, False])
def test_a_translator_without_a_language_changes_nothing(georgian, visit, author, has_desk):
    desk = models.Desk.objects.get(user=georgian)
    client = browser(georgian)
    data = form_data(client.get(place_of(visit)), title_ka="სხვა")
    desk.languages = []
    desk.save() if has_desk else desk.delete()
    before = current(visit)

    assert client.get(place_of(visit)).status_code == 200
    assert client.post(place_of(visit), data).status_code == 403
    assert current(visit) == before
    draft(author, visit, date="2012")
    with pytest.raises(Forbidden):
        acts.submit(georgian, acts.in_work(visit), is_minor=True)


def test_a_translator_neither_enters_nor_deletes(georgian, visit):
    client = browser(georgian)

    assert client.get(address(models.Visit, "add")).status_code == 403
    assert client.post(address(models.Visit, "add"), {"title_ka": "ახალი"}).status_code == 403
    assert client.post(address(models.Visit, "delete", visit.pk), {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [visit.pk], "post": "yes"}
    client.post(address(models.Visit, "changelist"), data)
    assert models.Visit.objects.count() == 1


@pytest.mark.parametrize("model", FORMS, ids=FORM_IDS)
def test_every_form_opens_for_a_translator_and_saves_unchanged(georgian, model):
    published_fields = {"is_public": False} if hasattr(model, "is_public") else {}
    thing = make(model, **published_fields)
    client = browser(georgian)

    response = client.get(place_of(thing))
    assert response.status_code == 200

    if published_fields:
        before = capture(thing)
        assert client.post(place_of(thing), form_data(response)).status_code == 302
        assert capture(thing) == before
    else:
        assert client.post(place_of(thing), form_data(response)).status_code == 403
