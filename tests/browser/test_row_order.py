"""Rows of a form are moved up and down with buttons; what is saved is the order one sees."""

import pytest
from playwright.sync_api import expect

from relations import models
from tests import factories

from .forms import add_row, choose, chosen, save

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(transactional_db):
    visit = factories.visit(("AZ", "GE", "TR"))
    for position, (row, name) in enumerate(zip(range(3), "ABC", strict=True), start=1):
        person = factories.person(name_en=f"Person {name}")
        factories.record_person(visit, person=person, office_en=f"Office {row}", position=position)
    factories.country("UZ")
    return visit


@pytest.fixture
def form(desk, visit):
    desk.goto(f"/admin/relations/visit/{visit.pk}/change/?language=en")
    return desk


def rows(form, group="parties"):
    return form.locator(f"#{group}-group .dynamic-{group}")


def names(form, group="parties", field="country"):
    return [chosen(form, f"{row.get_attribute('id')}-{field}") for row in rows(form, group).all()]


def numbers(form, group="parties"):
    return [row.locator("input[name$=-position]").input_value() for row in rows(form, group).all()]


def button(row, name):
    return row.get_by_role("button", name=name)


def parties(visit):
    return [party.country.name_en for party in visit.parties.order_by("position").select_related("country")]


def test_moved_row_is_saved_in_its_place(form, visit):
    assert names(form) == ["Azerbaijan", "Georgia", "Türkiye"]

    button(rows(form).nth(2), "Move up").click()
    button(rows(form).nth(0), "Move down").click()

    assert names(form) == ["Türkiye", "Azerbaijan", "Georgia"]
    assert numbers(form) == ["1", "2", "3"]
    save(form, "_continue")
    expect(form.locator(".messagelist .success").last).to_be_visible()
    expect(rows(form)).to_have_count(3)
    assert names(form) == ["Türkiye", "Azerbaijan", "Georgia"]
    assert parties(visit) == ["Türkiye", "Azerbaijan", "Georgia"]


def test_keys_move_a_row_and_the_cursor_stays_on_its_button(form, visit):
    row = form.locator("#people-2")
    button(row, "Move up").focus()
    form.keyboard.press("Enter")
    expect(button(row, "Move up")).to_be_focused()
    expect(form.get_by_role("status")).to_have_text("Now row 2 of 3")
    form.keyboard.press("Space")
    form.keyboard.press("Enter")

    expect(button(row, "Move up")).to_be_focused()
    expect(button(row, "Move up")).to_have_attribute("aria-disabled", "true")
    expect(button(row, "Move down")).to_have_attribute("aria-disabled", "false")
    assert names(form, "people", "person") == ["Person C", "Person A", "Person B"]
    save(form, "_continue")
    expect(form.locator(".messagelist .success").last).to_be_visible()
    found = visit.people.order_by("position").values_list("person__name_en", "office_en")
    assert list(found) == [("Person C", "Office 2"), ("Person A", "Office 0"), ("Person B", "Office 1")]


def test_added_row_is_moved_among_saved_ones(form, visit):
    add_row(form, "parties")
    choose(form, "parties-3-country", "Uzbekistan")

    for _step in range(2):
        button(form.locator("#parties-3"), "Move up").click()
    save(form, "_continue")

    expect(form.locator(".messagelist .success").last).to_be_visible()
    assert parties(visit) == ["Azerbaijan", "Uzbekistan", "Georgia", "Türkiye"]


def test_removing_an_added_row_keeps_the_order_of_the_others(form, visit):
    """Django then numbers the forms anew, and takes the first ones for those that were saved."""
    add_row(form, "parties")
    choose(form, "parties-3-country", "Uzbekistan")
    add_row(form, "parties")
    for _step in range(3):
        button(form.locator("#parties-3"), "Move up").click()
    button(form.locator("#parties-4"), "Move up").click()
    form.locator("#parties-4 .inline-deletelink").click()

    assert names(form) == ["Uzbekistan", "Azerbaijan", "Georgia", "Türkiye"]
    assert numbers(form) == ["1", "2", "3", "4"]
    save(form, "_continue")
    expect(form.locator(".messagelist .success").last).to_be_visible()
    assert parties(visit) == ["Uzbekistan", "Azerbaijan", "Georgia", "Türkiye"]


def test_added_row_that_stays_empty_is_ignored(form, visit):
    add_row(form, "people")
    button(form.locator("#people-3"), "Move up").click()
    save(form, "_continue")

    expect(form.locator(".messagelist .success").last).to_be_visible()
    assert visit.people.count() == 3


def test_order_survives_a_refused_save(form, visit):
    button(rows(form).nth(2), "Move up").click()
    form.locator("#id_date").fill("32.13.2027")
    save(form, "_continue")

    expect(form.locator(".errornote")).to_be_visible()
    expect(form.locator("#id_date")).to_be_focused()
    assert names(form) == ["Azerbaijan", "Türkiye", "Georgia"]
    assert numbers(form) == ["1", "2", "3"]
    form.locator("#id_date").fill("2027")
    save(form, "_continue")
    expect(form.locator(".messagelist .success").last).to_be_visible()
    assert parties(visit) == ["Azerbaijan", "Türkiye", "Georgia"]


def test_buttons_are_large_enough_and_only_where_order_is(form, visit):
    boxes = [place.bounding_box() for place in form.locator(".row-buttons button:visible").all()]

    assert len(boxes) == 2 * 6
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24
    relation = models.Relation.objects.first()
    factories.level(relation=relation)
    form.goto(f"/admin/relations/relation/{relation.pk}/change/")
    assert form.locator("#levels-group .row-buttons").count() == 0
