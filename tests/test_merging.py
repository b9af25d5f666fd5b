"""Two records that turned out to be one: nothing is lost unsaid, and nothing stands there twice."""

import pytest
from django.core.exceptions import ValidationError

from relations.merging import Changed, Plan, merge, pointing_to
from relations.models import (
    Agreement,
    Event,
    FormerNumber,
    FormerRef,
    Meeting,
    Project,
    Record,
    RecordParty,
    RelationLevel,
)
from tests import factories
from tests.models import making

pytestmark = pytest.mark.django_db

CAUCASUS = {"title_en": "Black Sea cable", "ref": "cable"}
EUROPE = {"title_en": "Submarine cable", "title_ka": "კაბელი", "ref": "submarine", "summary_en": "Power."}


def pair(**other):
    """Two projects that are one: known from two documents."""
    kept = making.project(countries="AZ GE", sectors="energy", **CAUCASUS)
    return kept, making.project(countries="GE RO", sectors="transport energy", **{**EUROPE, **other})


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def lost(plan):
    return {(type(row.row).__name__, value.name, str(value.value)) for row in plan.rows for value in row.lost}


def test_whatever_pointed_to_the_other_points_to_the_kept_one():
    kept, other = pair()
    number = other.pk
    source, level = making.source(), factories.level(basis=other.record)
    making.cite(other, source, as_="record")
    file = factories.attachment(other)
    before, after = making.record(title_en="Before"), making.record(title_en="After")
    other.links.create(to=before.record, type="follows")
    after.links.create(to=other.record, type="carries_out")
    other.people.create(person=making.person(), office_en="President")
    other.statuses.create(status="agreed", start="2022")
    other.values.create(label_en="Length", value="1195", unit="km")
    FormerNumber.objects.create(number=900, record=other.record)
    FormerRef.objects.create(ref="oldest", record=other.record)

    merge(kept, other)

    kept = fresh(kept)
    assert not Record.objects.filter(pk=number).exists()
    assert {str(party) for party in kept.parties.all()} == {"Azerbaijan", "Georgia", "Romania"}
    assert [str(one) for one in kept.sector_links.all()] == ["Energy", "Transport"]
    assert [one.source for one in kept.citations.all()] == [source]
    assert [one.pk for one in kept.attachments.all()] == [file.pk]
    assert [one.to.pk for one in kept.links.all()] == [before.pk]
    assert [one.record.pk for one in kept.links_here.all()] == [after.pk]
    assert [str(one) for one in kept.people.all()] == ["Ilham Aliyev"]
    assert [one.status for one in kept.statuses.all()] == ["agreed"]
    assert [one.unit for one in kept.values.all()] == ["km"]
    assert RelationLevel.objects.get(pk=level.pk).basis_id == kept.pk
    assert set(kept.former_numbers.values_list("pk", flat=True)) == {900, number}
    assert set(kept.former_refs.values_list("pk", flat=True)) == {"oldest", "submarine"}
    assert {str(one) for one in kept.relations.all()} == {
        "Azerbaijan – Georgia", "Georgia – Romania", "Azerbaijan – Romania",
    }  # fmt: skip


def test_every_foreign_key_to_a_record_is_followed():
    keys = {str(key).removeprefix("relations.") for key in pointing_to(Agreement)}

    assert keys >= {
        "AgreementAct.agreement", "Attachment.record", "Citation.record", "FormerNumber.record",
        "FormerRef.record", "RecordLink.record", "RecordLink.to", "RecordParty.record",
        "RecordPerson.record", "RecordSector.record", "RelationLevel.basis",
    }  # fmt: skip


def test_texts_that_the_kept_record_lacks_are_offered_and_others_listed():
    kept, other = pair(date="2022", note_en="Uncertain.")

    plan = Plan(kept, other)

    assert {value.name: value.value for value in plan.taken} == {
        "title_ka": "კაბელი", "summary_en": "Power.", "note_en": "Uncertain.", "date": other.date,
    }  # fmt: skip
    assert {value.name: value.value for value in plan.differing} == {"title_en": "Submarine cable"}

    merge(kept, other, taking={"title_ka", "date"})

    kept = fresh(kept)
    assert (kept.title_en, kept.title_ka) == ("Black Sea cable", "კაბელი")
    assert (str(kept.date), kept.date_earliest.year) == ("2022", 2022)
    assert not kept.summary_en
    assert kept.ref == "cable"


def test_a_party_with_another_role_collapses_and_the_role_is_listed():
    kept, other = pair()
    other.parties.filter(country__code="GE").update(role=RecordParty.Role.HOST)

    plan = merge(kept, other)

    assert ("RecordParty", "role", "host") in lost(plan)
    assert kept.parties.get(country__code="GE").role == RecordParty.Role.PARTICIPANT


def test_a_page_that_loses_the_record_is_listed():
    kept, other = pair()
    other.parties.create(country=making.country("AZ"))
    kept.parties.filter(country__code="GE").update(role=RecordParty.Role.MENTIONED)

    plan = Plan(fresh(kept), other)

    assert sorted(map(str, plan.lost_pages)) == ["Azerbaijan – Georgia", "Georgia – Romania"]
    merge(kept, other)
    assert [str(one) for one in fresh(kept).relations.all()] == ["Azerbaijan – Romania"]


def test_one_main_sector_and_one_preferred_source_remain():
    kept, other = pair()
    first, second = making.source("First"), making.source("Second")
    making.cite(kept, first, as_="record", is_preferred=True)
    making.cite(other, second, as_="record", is_preferred=True)

    plan = merge(kept, other)

    assert lost(plan) == {("RecordSector", "is_main", "True"), ("Citation", "is_preferred", "True")}
    assert [link.sector.slug for link in kept.sector_links.filter(is_main=True)] == ["energy"]
    assert [one.source for one in kept.citations.filter(is_preferred=True)] == [first]
    assert kept.citations.count() == 2


def test_a_preferred_source_stays_preferred_if_the_kept_record_has_none():
    kept, other = pair()
    source = making.source()
    making.cite(kept, source, as_="record")
    making.cite(other, source, as_="record", is_preferred=True, locator_en="p. 5")
    kept.sector_links.all().delete()

    plan = merge(kept, other)

    (citation,) = kept.citations.all()
    assert (citation.is_preferred, citation.locator_en) == (True, "p. 5")
    assert kept.sector_links.get(is_main=True).sector.slug == "transport"
    assert lost(plan) == set()


def test_one_source_with_two_places_is_cited_twice():
    kept, other = pair()
    source = making.source()
    making.cite(kept, source, as_="record", locator_en="p. 5")
    for locator in ("p. 5", "p. 7", None):
        making.cite(other, source, as_="record", locator_en=locator)

    merge(kept, other)

    assert sorted(str(one.locator_en) for one in kept.citations.all()) == ["None", "p. 5", "p. 7"]


def test_links_collapse_and_none_leads_to_itself():
    kept, other = pair()
    third = making.record(title_en="Third")
    for record in (kept, other):
        record.links.create(to=third.record, type="related")
        third.links.create(to=record.record, type="part_of")
    kept.links.create(to=other.record, type="follows")
    other.links.create(to=kept.record, type="related")

    plan = merge(kept, other)

    assert [(one.to.pk, one.type) for one in kept.links.all()] == [(third.pk, "related")]
    assert [(one.record.pk, one.type) for one in kept.links_here.all()] == [(third.pk, "part_of")]
    assert sum(row.is_circular for row in plan.rows) == 2


def test_a_person_is_one_and_ministers_without_a_name_are_not():
    kept, other = pair()
    person = making.person()
    kept.people.create(person=person, office_en="President")
    other.people.create(person=person, office_ka="პრეზიდენტი")
    other.people.create(person=person, role="signatory")
    kept.people.create(office_en="Minister of Energy")
    other.people.create(office_ka="ეკონომიკის მინისტრი")
    other.people.create(office_en="Minister of Energy")

    merge(kept, other)

    offices = [(one.person_id, one.role, one.office_en, one.office_ka) for one in kept.people.all()]
    assert sorted(offices, key=str) == sorted(
        [
            (person.pk, "participant", "President", "პრეზიდენტი"),
            (person.pk, "signatory", None, None),
            (None, "participant", "Minister of Energy", None),
            (None, "participant", None, "ეკონომიკის მინისტრი"),
        ],
        key=str,
    )


def test_the_same_file_stays_once(django_capture_on_commit_callbacks):
    kept, other = pair()
    own, same = factories.attachment(kept), factories.attachment(other, title_ka="ტექსტი")

    with django_capture_on_commit_callbacks(execute=True):
        merge(kept, other)

    (file,) = kept.attachments.all()
    assert file.checksum == same.checksum
    assert file.pk == own.pk
    assert file.title_ka == "ტექსტი"
    assert file.file.storage.exists(file.file.name)


def test_moved_rows_come_after_those_that_are_there():
    kept, other = pair()
    kept.statuses.create(status="agreed", start="2022", position=1)
    for position, status in enumerate(("building", "operating"), start=1):
        other.statuses.create(status=status, start="2023", position=position)

    merge(kept, other)

    assert [(one.status, one.position) for one in kept.statuses.all()] == [
        ("agreed", 1), ("building", 2), ("operating", 3),
    ]  # fmt: skip


def test_sessions_of_one_scope_collapse():
    kept, other = making.record(Meeting), making.record(Meeting, title_en="Other")
    kept.sessions.create(scope="bilateral", ordinal=10)
    other.sessions.create(scope="bilateral", ordinal=11)
    other.sessions.create(scope="trilateral", ordinal=3)

    plan = merge(kept, other)

    assert {(one.scope, one.ordinal) for one in kept.sessions.all()} == {("bilateral", 10), ("trilateral", 3)}
    assert ("MeetingSession", "ordinal", "11") in lost(plan)


def test_what_is_said_to_be_absent_is_not_filled_and_reasons_are_taken_over():
    kept = making.agreement(date="2001", absent={"ended": "none"})
    other = making.agreement(
        title_en="A agreement", date="2001", ended="2005", term_years=5, absent={"registration": "none"}
    )

    plan = merge(kept, other)

    kept = fresh(kept)
    assert kept.absent == {"ended": "none", "registration": "none"}
    assert (kept.ended, kept.term_years, str(kept.term_ends)) == (None, 5, "2006")
    assert [value.name for value in plan.differing] == ["ended"]


def test_what_does_not_fit_together_is_refused_and_nothing_is_done():
    kept = making.agreement(date="2001", in_force="2010")
    other = making.agreement(title_en="Other", date="2001", ended="2005")
    other.parties.create(country=making.country("RO"))

    with pytest.raises(ValidationError, match="end comes before the start"):
        merge(kept, other)

    assert Agreement.objects.count() == 2
    assert fresh(kept).ended is None
    assert kept.parties.count() == 2
    assert not FormerNumber.objects.exists()

    merge(kept, other, taking=set())
    assert kept.parties.count() == 3


def test_a_plan_that_has_changed_is_not_carried_out():
    kept, other = pair()
    seen = Plan(kept, other).fingerprint
    assert Plan(other, kept).fingerprint != seen
    assert Plan(fresh(kept), fresh(other)).fingerprint == seen

    Project.objects.filter(pk=other.pk).update(title_en="Another title")

    with pytest.raises(Changed):
        merge(kept, other, seen=seen)
    assert Project.objects.count() == 2

    Project.objects.get(pk=other.pk).delete()
    with pytest.raises(Changed):
        merge(kept, other)


def test_old_addresses_lead_to_the_kept_record(client):
    kept, other, third = (making.record(Event, title_en=name) for name in ("Kept", "Other", "Third"))
    addresses = [other.get_absolute_url(), f"/en/records/{third.pk}/"]

    merge(other, third)
    merge(kept, fresh(other))

    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())
    assert client.get(kept.get_absolute_url()).status_code == 200
