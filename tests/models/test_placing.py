"""On which pair pages a record shows: that follows from its parties, whatever happens to them."""

from itertools import combinations

import pytest

from relations.models import Agreement, Record, RecordParty, Relation

from . import making

pytestmark = pytest.mark.django_db


def pages(record):
    return {relation.ref for relation in Record.objects.get(pk=record.pk).relations.all()}


def test_a_record_of_four_countries_is_entered_once_and_shows_on_six_pages():
    agri = making.agreement(countries="AZ GE RO HU")

    assert pages(agri) == {"az-ge", "az-ro", "az-hu", "ge-ro", "ge-hu", "hu-ro"}
    for one, other in combinations(["AZ", "GE", "RO", "HU"], 2):
        found = Agreement.objects.published().on_page_of(making.relation(other, one))
        assert [agreement.pk for agreement in found] == [agri.pk]
    assert Record.objects.count() == 1


@pytest.mark.parametrize("role", ["route", "target", "subject", "mentioned"])
def test_a_country_that_only_is_spoken_of_makes_no_pair(role):
    btc = making.project(countries="AZ GE TR", roles={"TR": role})

    assert pages(btc) == {"az-ge"}
    assert not Relation.objects.of(making.country("TR")).exists()
    assert [one.pk for one in Record.objects.of(making.country("TR"))] == [btc.pk]


@pytest.mark.parametrize("role", sorted(RecordParty.JOINING))
def test_a_country_that_acts_makes_a_pair_with_each_other(role):
    assert pages(making.record(countries="AZ GE TR", roles={"TR": role})) == {"az-ge", "az-tr", "ge-tr"}


def test_parties_that_are_joined_already_are_looked_up_together(django_assert_max_num_queries):
    codes = "AZ GE HU KZ RO TJ TR UZ"
    making.record(countries=codes)
    thing = making.record(countries=codes)

    with django_assert_max_num_queries(8):
        thing.refresh_relations()

    assert len(pages(thing)) == 28


def test_an_organisation_makes_no_pair():
    thing = making.record(countries="AZ")

    RecordParty.objects.create(record=thing, organisation=making.organisation())

    assert pages(thing) == set()


def test_a_party_that_leaves_takes_the_record_off_its_pages():
    thing = making.record(countries="AZ GE RO")

    thing.parties.get(country__code="RO").delete()

    assert pages(thing) == {"az-ge"}


def test_a_party_whose_role_changes_moves_the_record():
    thing = making.record(countries="AZ GE RO")
    party = thing.parties.get(country__code="RO")

    party.role = RecordParty.Role.MENTIONED
    party.save()

    assert pages(thing) == {"az-ge"}


def test_the_pair_is_the_same_in_both_orders_and_stands_in_the_order_of_its_address():
    one, other = making.relation("UZ", "AZ"), making.relation("AZ", "UZ")

    assert one == other
    assert one.slug == "azerbaijan-uzbekistan"
    assert [country.code for country in one.countries] == ["AZ", "UZ"]
    assert one.partner_of(making.country("AZ")).code == "UZ"
    assert one.partner_of(making.country("UZ")).code == "AZ"


def test_a_pair_has_a_page_as_soon_as_something_public_joins_it_and_not_before():
    making.record(public=False)
    making.mission(public=False)
    making.figure(public=False)
    making.sector_text(public=False)
    assert not Relation.objects.with_page().exists()

    Relation.objects.update(is_public=True)
    assert Relation.objects.with_page().count() == 1
    Relation.objects.update(is_public=False)

    for model in (Record, *(field.related_model for field in page_makers())):
        model.objects.update(is_public=True)
        assert [pair.ref for pair in Relation.objects.with_page()] == ["az-ge"], model
        model.objects.update(is_public=False)


def page_makers():
    return [Relation._meta.get_field(name) for name in ("missions", "observations", "sector_texts")]


def test_the_kind_of_a_record_is_that_of_its_model():
    made = [making.record(model) for model in Record.__subclasses__()]

    assert {record.kind for record in made} == set(Record.Kind.values)
    for record in made:
        details = Record.objects.get(pk=record.pk).details
        assert (type(details), details.pk) == (type(record), record.pk)


def test_the_main_sector_is_the_one_marked_so():
    thing = making.record(sectors="trade energy")

    assert thing.main_sector.slug == "trade"
    assert making.record().main_sector is None
