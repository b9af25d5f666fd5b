"""The number of queries of a page does not grow with what is on it."""

import pytest

from relations import models
from tests.models import making

PAIR = "/en/relations/azerbaijan-georgia/"

pytestmark = pytest.mark.django_db


def enter(number, first=0):
    """Enter so many of everything a pair page shows."""
    ministry = making.source()
    socar, aliyev = making.organisation("socar"), making.person(ref="aliyev")
    guam = making.organisation("guam", kind="international")
    for code in ("AZ", "GE"):
        models.Membership.objects.create(organisation=guam, country=making.country(code))
    for count in range(number):
        day = f"{1990 + count % 30}"
        cited = {"sources": [ministry], "date": day, "sectors": "energy trade"}
        for model in (models.Agreement, models.Visit, models.Project, models.Milestone, models.Event):
            thing = making.record(model, place_country=making.country("AZ"), **cited)
        thing.parties.create(organisation=socar, role="organiser")
        thing.people.create(person=aliyev, office_en="President", country=making.country("AZ"))
        making.visit(**cited)
        making.figure(day, sources=[ministry]).earlier_values.create(value="1")
        making.mission(sources=[ministry])
        making.sector_text(sources=[ministry], viewpoint=making.country("AZ")).other_sectors.add(
            making.sector("trade")
        )
        level = models.RelationLevel.objects.create(
            relation=making.relation(), level="allied", start=day, basis=thing.record, is_public=True
        )
        making.cite(level, ministry, as_="level")
    models.Relation.objects.update(is_public=True)


# As many as these pages need; one more is a query somebody added.
EVERY_FILTER = (
    "sector=energy&kind=event&country=AZ&type=fair&place=AZ&organisation=socar&person=aliyev&year_from=1990"
)
# Nothing asks more.
MOST = 15
PAIR_QUERIES = 14
ADDRESSES = {
    "/en/": 6,
    "/en/relations/": 5,
    "/en/countries/": 4,
    "/en/countries/azerbaijan/": 9,
    "/en/records/": 6,
    "/en/records/?sector=energy&sector=trade&match=all&status=signed&type=treaty": 7,
    f"/en/records/?{EVERY_FILTER}": 7,
    "/en/records/?sector=energy&level=state": 6,
    "/en/sectors/energy/": 9,
    f"/en/sectors/energy/?{EVERY_FILTER}": 10,
    "/en/relations/azerbaijan-georgia/": PAIR_QUERIES,
    "/en/relations/azerbaijan-georgia/?sector=energy&year=2000": 13,
    "/en/relations/azerbaijan-georgia/?sector=energy&year=1990": 15,
}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_the_same_questions_of_one_and_of_three(
    client, django_assert_num_queries, address, number
):
    enter(number)

    with django_assert_num_queries(ADDRESSES[address]):
        assert client.get(address).status_code == 200


def test_no_page_asks_more_than_it_may():
    assert max(ADDRESSES.values()) <= MOST


def test_a_pair_page_of_three_hundred_records_asks_no_more(client, django_assert_num_queries):
    enter(50)
    assert models.Record.objects.count() == 300

    with django_assert_num_queries(PAIR_QUERIES):
        assert client.get(PAIR).status_code == 200


def linked(number):
    """A record with so many parties, people, sources and links."""
    agreement = making.agreement(title_en="Treaty", date="2010", sectors="energy", countries="AZ GE RO")
    for count in range(number):
        agreement.parties.create(organisation=making.organisation(f"org-{count}"), role="operator")
        agreement.people.create(
            person=making.person(f"Person {count}"), office_en="Minister", country=making.country("AZ")
        )
        making.cite(agreement, making.source(f"Source {count}"), as_="record")
        agreement.acts.create(country=making.country("AZ"), act="ratified", taken="2011")
        agreement.links.create(to=making.record(title_en="Other").record)
        making.record(title_en="Heir").links.create(to=agreement.record, type="replaces")
    return agreement


@pytest.mark.parametrize("number", [1, 3])
def test_a_record_asks_the_same_questions(client, django_assert_num_queries, number):
    address = linked(number).get_absolute_url()

    with django_assert_num_queries(15):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_an_organisation_asks_the_same_questions(client, django_assert_num_queries, number):
    enter(number)
    guam = models.Organisation.objects.get(ref="guam")
    for code in ("RO", "HU", "UZ")[:number]:
        models.Membership.objects.create(organisation=guam, country=making.country(code))

    for ref, queries in (("socar", 8), ("guam", 7)):
        address = models.Organisation.objects.get(ref=ref).get_absolute_url()
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_a_person_asks_the_same_questions(client, django_assert_num_queries, number):
    enter(number)
    person = models.Person.objects.get()
    for _office in range(number):
        person.appointments.create(office_en="President", country=making.country("AZ"))

    with django_assert_num_queries(9):
        assert client.get(person.get_absolute_url()).status_code == 200
