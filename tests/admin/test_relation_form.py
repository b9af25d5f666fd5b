"""The form of a relation: its two countries are chosen once."""

from relations.models import Relation
from tests import factories

from .pages import address, form_data


def test_countries_of_a_relation_cannot_be_changed_afterwards(desk):
    relation = factories.relation("AZ", "GE")
    other = factories.country("TR")
    page = desk.get(address(Relation, "change", relation.pk))

    desk.post(
        address(Relation, "change", relation.pk),
        form_data(page, country_b=other.pk, title_en="Two neighbours"),
    )

    relation.refresh_from_db()
    assert (relation.country_b.code, relation.title_en) == ("GE", "Two neighbours")


def test_countries_of_a_new_relation_are_chosen(desk):
    one, other = factories.country("AZ"), factories.country("TR")
    page = desk.get(address(Relation, "add"))

    desk.post(address(Relation, "add"), form_data(page, country_a=one.pk, country_b=other.pk))

    assert Relation.objects.get().ref == "az-tr"
