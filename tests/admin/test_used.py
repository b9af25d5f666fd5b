"""Where a thing is used: said on its form, and before it is deleted."""

import pytest
from django.contrib.auth.models import Permission

from relations.models import Country, Image, Organisation, Person, Record, Relation, Sector, Source, Visit
from tests import factories

from .pages import address


@pytest.fixture
def visit(db):
    visit = factories.visit(countries=("AZ", "GE"), image=factories.image())
    factories.party(visit, organisation=factories.organisation())
    factories.record_person(visit)
    factories.citation(visit)
    return visit


@pytest.mark.parametrize(
    "model", [Country, Image, Organisation, Person, Sector, Source], ids=lambda model: model.__name__
)
def test_used_thing_is_not_deleted_and_says_where(desk, visit, model):
    thing = model.objects.order_by("pk").first()
    link = f'<a href="{address(Visit, "change", visit.pk)}">Visit to Tbilisi'

    asked = desk.get(address(model, "delete", thing.pk)).content.decode()
    desk.post(address(model, "delete", thing.pk), {"post": "yes"})

    assert link in asked
    assert "is used in" in asked
    assert model.objects.filter(pk=thing.pk).exists()
    assert link in desk.get(address(model, "change", thing.pk)).content.decode()


def test_many_uses_are_counted(desk):
    sector = factories.sector()
    for _n in range(23):
        factories.visit(countries=())

    page = desk.get(address(Sector, "change", sector.pk)).content.decode()

    assert "(23)" in page
    assert page.count(">Visit to Tbilisi</a>") == 20
    assert "and 3 more" in page


def test_record_says_what_links_to_it(desk, visit):
    agreement = factories.agreement()
    factories.record_link(visit, agreement)

    page = desk.get(f"/admin/relations/agreement/{agreement.pk}/change/").content.decode()

    assert f'<a href="{address(Visit, "change", visit.pk)}">Visit to Tbilisi' in page


def test_unused_thing_is_deleted(desk):
    sector = factories.sector()

    asked = desk.get(address(Sector, "delete", sector.pk)).content.decode()
    desk.post(address(Sector, "delete", sector.pk), {"post": "yes"})

    assert "Are you sure" in asked
    assert not Sector.objects.exists()


def test_used_things_chosen_in_the_list_are_not_deleted(desk, visit):
    data = {"action": "delete_selected", "_selected_action": [Sector.objects.get().pk], "post": "yes"}

    desk.post(address(Sector, "changelist"), data)

    assert Sector.objects.count() == 1


def test_relation_with_records_is_not_deleted(desk, visit):
    relation = Relation.objects.get()

    desk.post(address(Relation, "delete", relation.pk), {"post": "yes"})

    assert Relation.objects.exists()


def test_deleting_a_record_lists_what_goes_with_it(desk, visit):
    asked = desk.get(address(Visit, "delete", visit.pk)).content.decode()

    desk.post(address(Visit, "delete", visit.pk), {"post": "yes"})

    assert "Parties: 3" in asked
    assert not Record.objects.exists()
    assert Person.objects.count() == 1


def test_uses_do_not_name_what_the_reader_may_not_see(clerk, visit):
    clerk.user.user_permissions.add(Permission.objects.get(codename="view_sector"))

    page = clerk.get(address(Sector, "change", Sector.objects.get().pk)).content.decode()

    assert "Visit to Tbilisi" not in page
    assert "(1)" in page
