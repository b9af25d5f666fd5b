"""Every rule the database keeps is broken once, past all forms and `save` methods, and refuses."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint

from relations.dates import PartialDateField
from relations.models import (
    AgreementAct,
    Citation,
    Country,
    EarlierValue,
    Embargo,
    Image,
    Indicator,
    Meeting,
    MeetingSession,
    Membership,
    Notice,
    Organisation,
    RecordLink,
    RecordParty,
    RecordSector,
    Relation,
    RelationLevel,
    ReleaseSet,
    Review,
    Revision,
    Sector,
)
from relations.models.source import CITED

from . import making

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2010, 1, 1), date(2010, 12, 31)
OURS = [model for model in apps.get_app_config("relations").get_models() if not model._meta.proxy]


def refuses(rule, act):
    """Whether the act breaks the rule; SQLite names the columns of a unique rule instead of the rule."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    said = str(refusal.value)
    return rule in said or "UNIQUE constraint failed" in said


def a_membership():
    return Membership.objects.create(organisation=making.organisation("guam"), country=making.country("AZ"))


def a_level():
    return RelationLevel.objects.create(relation=making.relation(), level="allied")


def an_appointment():
    return making.person().appointments.create(office_en="President")


# One example of each model that has a date.
EXAMPLES = {
    "Agreement": making.agreement,
    "AgreementAct": lambda: making.agreement().acts.create(country=making.country("AZ"), act="signed"),
    "Appointment": an_appointment,
    "Country": lambda: making.country("AZ"),
    "EarlierValue": lambda: EarlierValue.objects.create(observation=making.figure(), value="1"),
    "Membership": a_membership,
    "Mission": making.mission,
    "Observation": making.figure,
    "ProjectStatus": lambda: making.project(("agreed", None, None)).statuses.get(),
    "Record": making.record,
    "RelationLevel": a_level,
    "SectorText": making.sector_text,
    "Source": making.source,
}
DATES = [
    (model, field.name)
    for model in OURS
    for field in model._meta.local_fields
    if isinstance(field, PartialDateField)
]
SPANS = [
    ("Agreement", "in_force", "ended"),
    ("Appointment", "start", "end"),
    ("Membership", "start", "end"),
    ("Mission", "opened", "closed"),
    ("RelationLevel", "start", "end"),
]


def rules():
    return {rule.name: (model, rule) for model in OURS for rule in model._meta.constraints}


def rule_of_bounds(model, name):
    return f"relations_{model._meta.model_name}_{name}_bounds"


def rule_of_span(model_name, start, end):
    return f"relations_{model_name.lower()}_{start}_not_after_{end}"


@pytest.mark.parametrize(("model", "name"), DATES, ids=lambda part: getattr(part, "__name__", part))
def test_a_date_whose_last_day_comes_before_its_first_is_refused(model, name):
    thing = EXAMPLES[model.__name__]()
    row = model._base_manager.filter(pk=thing.pk)
    backwards = {name: "2010", f"{name}_earliest": LAST, f"{name}_latest": FIRST}

    assert refuses(rule_of_bounds(model, name), lambda: row.update(**backwards))
    assert row.update(**{name: "2010", f"{name}_earliest": FIRST, f"{name}_latest": LAST}) == 1


@pytest.mark.parametrize(("model_name", "start", "end"), SPANS)
def test_an_end_before_the_start_is_refused_and_an_end_in_the_same_year_is_not(model_name, start, end):
    thing = EXAMPLES[model_name]()

    def span(first, last):
        setattr(thing, start, first)
        setattr(thing, end, last)
        thing.save()

    assert refuses(rule_of_span(model_name, start, end), lambda: span("2010-05", "2010-04"))
    span("2010-05", "2010")
    thing.refresh_from_db()
    assert (str(getattr(thing, start)), str(getattr(thing, end))) == ("2010-05", "2010")


def a_pair_in_the_other_order():
    pair = making.relation("AZ", "GE")
    Relation.objects.create(country_a=pair.country_b, country_b=pair.country_a)


def a_pair_again():
    pair = making.relation("AZ", "GE")
    Relation.objects.create(country_a=pair.country_a, country_b=pair.country_b, ref="again")


def a_pair_with_itself():
    Relation.objects.create(country_a=making.country("AZ"), country_b=making.country("AZ"))


def a_pair_made_one_with_itself():
    pair = making.relation("AZ", "GE")
    Relation.objects.filter(pk=pair.pk).update(country_b=pair.country_a)


def code(value):
    def act():
        Country.objects.create(code=value, slug="somewhere", name_en="Somewhere")

    return act


def code3(value):
    def act():
        Country.objects.create(code="AZ", code3=value, slug="somewhere", name_en="Somewhere")

    return act


def two_main_sectors():
    thing = making.record(sectors="energy")
    RecordSector.objects.create(record=thing, sector=making.sector("trade"), is_main=True)


def a_sector_twice():
    thing = making.record(sectors="energy")
    RecordSector.objects.create(record=thing, sector=making.sector("energy"))


def a_party_without_anybody():
    RecordParty.objects.bulk_create([RecordParty(record=making.record())])


def a_party_of_two_natures():
    both = {"country": making.country("RO"), "organisation": making.organisation()}
    RecordParty.objects.bulk_create([RecordParty(record=making.record(), **both)])


def a_country_twice():
    RecordParty.objects.create(record=making.record(), country=making.country("AZ"))


def an_organisation_twice():
    thing, socar = making.record(), making.organisation()
    for _time in range(2):
        RecordParty.objects.create(record=thing, organisation=socar)


def an_act_without_anybody():
    AgreementAct.objects.create(agreement=making.agreement(), act="signed")


def an_act_of_two_natures():
    both = {"country": making.country("RO"), "organisation": making.organisation()}
    AgreementAct.objects.create(agreement=making.agreement(), act="signed", **both)


def a_link_to_itself():
    thing = making.record().record
    RecordLink.objects.create(record=thing, to=thing)


def a_link_twice():
    one, other = making.record().record, making.record().record
    for _time in range(2):
        RecordLink.objects.create(record=one, to=other, type="amends")


def a_citation_of_nothing():
    Citation.objects.create(source=making.source())


def a_citation_of_two_things():
    Citation.objects.create(source=making.source(), record=making.record().record, mission=making.mission())


def two_preferred(name):
    def act():
        thing = {
            "record": lambda: making.record().record,
            "sector_text": making.sector_text,
            "observation": making.figure,
            "mission": making.mission,
            "level": a_level,
            "membership": a_membership,
            "relation": making.relation,
        }[name]()
        for publisher in ("One", "Other"):
            Citation.objects.create(source=making.source(publisher), is_preferred=True, **{name: thing})

    return act


def a_session_counted_twice():
    meeting = making.record(Meeting)
    for ordinal in (3, 4):
        meeting.sessions.create(ordinal=ordinal, scope="trilateral")


def a_session_before_the_first():
    MeetingSession.objects.create(meeting=making.record(Meeting), ordinal=0)


def a_share_of(share):
    return lambda: making.figure(share=share)


def a_focus_outside_the_picture():
    Image.objects.bulk_create([Image(ref="x", file="x.png", width=1, height=1, credit="X", focal_x=101)])


def a_notice_that_ends_before_it_starts():
    Notice.objects.create(text_en="x", starts="2011-06-01T00:00Z", ends="2011-05-01T00:00Z")


def a_mission_at_home():
    abroad = making.mission()
    type(abroad).objects.filter(pk=abroad.pk).update(receiving=abroad.sending)


def a_revision(**fields):
    record = making.record()
    revision = Revision(document={}, **fields).about(record)
    revision.save()
    return revision


def two_revisions(**fields):
    """Two revisions of one thing that agree in what only one may be."""

    def act():
        first = a_revision(**fields)
        Revision(document={}, **fields).about(first.thing).save()

    return act


def an_early_save_kept_twice():
    revision = a_revision()
    for _time in range(2):
        revision.keep_beginning({})


def two_of_one_thing(model, **fields):
    def act():
        record = making.record()
        for _time in range(2):
            model(**fields).about(record).save()

    return act


BROKEN = [
    ("relation_one_per_pair", a_pair_in_the_other_order),
    ("relation_one_per_pair", a_pair_again),
    ("relation_of_two_countries", a_pair_with_itself),
    ("relation_of_two_countries", a_pair_made_one_with_itself),
    *(("country_code_is_two_capitals", code(value)) for value in ("az", "A", "A1", "")),
    ("country_code_is_two_capitals", code("ƏZ")),
    *(("country_code3_is_three_capitals", code3(value)) for value in ("aze", "AZ", "")),
    ("recordsector_one_main", two_main_sectors),
    ("recordsector_once", a_sector_twice),
    ("recordparty_country_or_organisation", a_party_without_anybody),
    ("recordparty_country_or_organisation", a_party_of_two_natures),
    ("recordparty_country_once", a_country_twice),
    ("recordparty_organisation_once", an_organisation_twice),
    ("agreementact_country_or_organisation", an_act_without_anybody),
    ("agreementact_country_or_organisation", an_act_of_two_natures),
    ("recordlink_to_another", a_link_to_itself),
    ("recordlink_once", a_link_twice),
    ("citation_on_one_thing", a_citation_of_nothing),
    ("citation_on_one_thing", a_citation_of_two_things),
    *((f"citation_one_preferred_{name}", two_preferred(name)) for name in CITED),
    ("meetingsession_scope_once", a_session_counted_twice),
    ("meetingsession_from_first", a_session_before_the_first),
    ("observation_share_is_percent", a_share_of("100.1")),
    ("observation_share_is_percent", a_share_of("-0.1")),
    ("image_focus_in_picture", a_focus_outside_the_picture),
    ("notice_ends_after_start", a_notice_that_ends_before_it_starts),
    ("mission_in_another_state", a_mission_at_home),
    ("revision_one_in_work", two_revisions(state="draft")),
    ("revision_one_live", two_revisions(state="published")),
    ("revision_number_once", two_revisions(state="superseded", major=1)),
    ("revision_scheduled_has_a_time", lambda: a_revision(state="scheduled")),
    ("earliersave_version_once", an_early_save_kept_twice),
    ("releaseset_scheduled_has_a_time", lambda: ReleaseSet.objects.create(name="x", state="scheduled")),
    ("embargo_one_per_thing", two_of_one_thing(Embargo)),
    ("review_one_per_thing", two_of_one_thing(Review, due=FIRST)),
]


@pytest.mark.parametrize(("rule", "act"), BROKEN, ids=[name for name, _act in BROKEN])
def test_the_database_refuses_what_breaks_a_rule(rule, act):
    model, constraint = rules()[rule]

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()

    if isinstance(constraint, CheckConstraint):
        assert rule in str(refusal.value)
    else:
        assert rule in str(refusal.value) or f"UNIQUE constraint failed: {model._meta.db_table}" in str(
            refusal.value
        )


def test_every_rule_of_the_database_is_broken_above():
    of_dates = {rule_of_bounds(model, name) for model, name in DATES} | {
        rule_of_span(*span) for span in SPANS
    }

    assert set(rules()) == of_dates | {rule for rule, _act in BROKEN}


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Country, {"code": "GE", "slug": "azerbaijan", "name_en": "x"}),
        (Country, {"code": "AZ", "slug": "x", "name_en": "x"}),
        (Sector, {"slug": "energy", "name_en": "x"}),
        (Indicator, {"slug": "trade-turnover", "name_en": "x", "sector_id": 1}),
        (Organisation, {"ref": "socar", "kind": "company", "name_en": "x"}),
    ],
)
def test_a_name_that_is_taken_is_refused(model, values):
    making.country("AZ"), making.sector(), making.organisation(), making.indicator()

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**values)


def test_a_country_in_use_cannot_be_deleted():
    making.record()

    with pytest.raises(Exception, match="protected"):
        making.country("AZ").delete()


def test_nothing_dated_is_left_out_of_the_examples():
    assert {model.__name__ for model, _name in DATES} == set(EXAMPLES)
