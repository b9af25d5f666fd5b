"""An editor makes a mistake: it is said where it was made, and nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect

from relations import models
from relations.admin.record import RecordForm
from tests import factories

from .forms import add_row, choose, chosen, save, switch_to

pytestmark = pytest.mark.browser


@pytest.fixture
def form(desk):
    """A visit begun in Georgian, in a window in which other languages are one click away."""
    factories.sector("energy")
    factories.country("GE")
    desk.goto("/admin/relations/visit/add/?language=ka")
    desk.locator("#id_title_ka").fill("ვიზიტი თბილისში")
    desk.locator("#id_summary_ka").fill("ორი ქაღალდი.")
    choose(desk, "main_sector", "Energy")
    return desk


def expect_nothing_lost(form):
    """Nothing was saved, and the form has what was typed into it."""
    expect(form.locator(".errornote")).to_be_visible()
    assert not models.Record.objects.exists()
    assert form.locator("#id_summary_ka").input_value() == "ორი ქაღალდი."


def expect_open(form, code):
    expect(form.locator(".language-bar button[aria-pressed=true]")).to_have_attribute("value", code)
    expect(form.locator(f"#id_title_{code}")).to_be_visible()


def errors_in(form, place):
    return form.locator(f"{place} .errorlist:visible")


@pytest.mark.parametrize("date", ["32.13.2027", "9/14/2010"])
def test_date_that_is_none_is_quoted_beside_ways_to_write_one(form, date):
    form.locator("#id_date").fill(date)
    save(form)

    expect_nothing_lost(form)
    said = f"“{date}” could not be read as a date. These can: 14.09.2010, 11.2008,"
    expect(errors_in(form, ".field-date")).to_have_count(1)
    expect(errors_in(form, ".field-date")).to_contain_text(said)
    expect(form.locator("#id_date")).to_be_focused()
    assert form.locator("#id_date").input_value() == date
    assert chosen(form, "main_sector") == "Energy"
    expect_open(form, "ka")


def test_title_in_no_language_opens_the_original(form):
    form.locator("#id_title_ka").fill("")
    form.locator("#id_original_language").select_option("ka")
    switch_to(form, "uz")
    form.locator("#id_place_uz").fill("Tbilisi")
    save(form)

    expect_nothing_lost(form)
    expect_open(form, "ka")
    expect(form.locator(".language-bar button[value=ka] .errors")).to_be_visible()
    expect(form.locator("#id_title_ka")).to_be_focused()
    said = "Title: needed in at least one language, such as here in Georgian."
    expect(errors_in(form, ".field-title_ka")).to_have_text([said])
    assert form.locator("#id_place_uz").input_value() == "Tbilisi"


def test_main_sector_that_is_gone_is_said_at_its_field(form):
    add = "select => { select.add(new Option('Gone', '999999')); select.value = '999999' }"
    form.locator("#id_main_sector").evaluate(add)
    save(form)

    expect_nothing_lost(form)
    expect(errors_in(form, ".field-main_sector")).to_have_count(1)
    expect(errors_in(form, ".field-main_sector")).to_contain_text("Select a valid choice.")
    expect(form.locator("#id_main_sector + .select2 [role=combobox]")).to_be_focused()
    assert form.locator("#id_title_ka").input_value() == "ვიზიტი თბილისში"


def test_country_that_is_a_party_twice_is_said_at_the_second(form):
    for row in (0, 1):
        add_row(form, "parties")
        choose(form, f"parties-{row}-country", "Georgia")
    save(form)

    expect_nothing_lost(form)
    expect(errors_in(form, "#parties-group").first).to_have_text("This country is already a party.")
    second = form.locator("#parties-group tr:has(.errorlist) + tr")
    expect(second).to_have_attribute("id", "parties-1")
    assert [chosen(form, f"parties-{row}-country") for row in (0, 1)] == ["Georgia", "Georgia"]


def test_two_preferred_sources_are_refused_and_both_kept(form):
    for row, title in enumerate(["Press release", "Gazette"]):
        factories.source(title_en=title)
        add_row(form, "citations")
        choose(form, f"citations-{row}-source", title)
        form.locator(f"#id_citations-{row}-is_preferred").check()
    save(form)

    expect_nothing_lost(form)
    said = "Only one source can be the preferred one."
    expect(errors_in(form, "#citations-group")).to_have_text([said])
    expect(form.locator("#citations-group .errorlist")).to_be_focused()
    assert chosen(form, "citations-1-source") == "Ministry of Foreign Affairs: Gazette"
    for row in (0, 1):
        expect(form.locator(f"#id_citations-{row}-is_preferred")).to_be_checked()


def test_first_of_several_errors_has_the_cursor(form):
    form.locator("#id_date").fill("32.13.2027")
    form.locator("#id_title_ka").fill("")
    save(form)

    expect(form.locator(".errornote")).to_be_visible()
    expect(errors_in(form, "form")).to_have_count(2)
    expect(form.locator("#id_date")).to_be_focused()


def too_long(form, field, text):
    form.locator(field).evaluate("input => input.removeAttribute('maxlength')")
    form.locator(field).fill(text)


def test_hidden_language_of_a_row_opens_with_the_cursor_in_it(form):
    add_row(form, "people")
    too_long(form, "#id_people-0-office_ka", "მ" * 2000)
    switch_to(form, "uz")
    choose(form, "people-0-person", factories.person().name_en)
    save(form)

    expect_nothing_lost(form)
    expect_open(form, "ka")
    expect(form.locator("#id_people-0-office_ka")).to_be_focused()


def test_field_of_a_table_has_the_cursor(form):
    add_row(form, "parties")
    choose(form, "parties-0-country", "Georgia")
    form.locator("#id_parties-0-position").fill("-3")
    save(form)

    expect_nothing_lost(form)
    expect(form.locator("#id_parties-0-position")).to_be_focused()


def test_rich_text_in_a_hidden_language_has_the_cursor(form, monkeypatch):
    """Nothing that can be typed is refused there today; the form is told to."""

    def refuse(self):
        self.add_error("body_ka", "This will not do.")

    monkeypatch.setattr(RecordForm, "_post_clean", refuse)
    switch_to(form, "uz")
    save(form)

    expect_nothing_lost(form)
    expect_open(form, "ka")
    expect(form.locator(".prose-editor[lang=ka] [contenteditable]")).to_be_focused()


def test_folded_group_opens_for_its_error(desk, transactional_db):
    factories.sector("energy")
    desk.goto("/admin/relations/agreement/add/?language=en")
    desk.locator("#id_title_en").fill("Agreement")
    choose(desk, "main_sector", "Energy")
    desk.locator("#id_instrument").select_option("treaty")
    desk.locator("#id_in_force").fill("2010")
    desk.locator("summary", has_text="Known to be absent").click()
    desk.locator("#id_absent_in_force").select_option("none")
    save(desk)

    expect(desk.locator(".errornote")).to_be_visible()
    expect(desk.locator("#id_absent_in_force")).to_be_focused()


@pytest.mark.parametrize(("kind", "field"), [("visit", "date"), ("country", "name_ka")])
def test_new_form_begins_in_its_first_field(desk, transactional_db, kind, field):
    desk.goto(f"/admin/relations/{kind}/add/?language=ka")

    expect(desk.locator(f"#id_{field}")).to_be_focused()


@pytest.mark.parametrize("kind", ["sector", "source"])
def test_deleting_what_is_used_leads_to_where_it_is_used(desk, transactional_db, kind):
    visit = factories.visit()
    factories.citation(visit)
    used = {"sector": models.Sector, "source": models.Source}[kind].objects.get()

    desk.goto(f"/admin/relations/{kind}/{used.pk}/change/")
    desk.get_by_role("link", name="Delete", exact=True).first.click()

    expect(desk.get_by_role("heading", level=1)).to_have_text(f"Cannot delete {kind}")
    expect(desk.locator("#content input[type=submit]")).to_have_count(0)
    desk.locator("#content").get_by_role("link", name="Visit to Tbilisi").click()
    expect(desk.locator("#id_title_en")).to_have_value("Visit to Tbilisi")


@pytest.mark.parametrize(
    ("place", "focused"),
    [
        ("title", "#id_title_en"),
        ("main_sector", "#id_main_sector"),
        ("parties", "#parties-group .add-row a"),
    ],
)
def test_the_place_of_a_reason_takes_the_cursor(desk, place, focused):
    factories.visit(title_en="Visit", pk=7)

    desk.goto(f"/admin/relations/visit/7/change/#{place}")

    at = desk.locator(focused).first
    if place == "main_sector":
        at = desk.locator(".field-main_sector [role=combobox]")
    expect(at).to_be_focused()
