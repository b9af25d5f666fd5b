"""An editor makes a mistake: it is said where it was made, and nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect

from relations import models
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
    return form.locator(f"{place} .errorlist:visible").all_inner_texts()


@pytest.mark.parametrize("date", ["32.13.2027", "9/14/2010"])
def test_date_that_is_none_is_quoted_beside_ways_to_write_one(form, date):
    form.locator("#id_date").fill(date)
    save(form)

    expect_nothing_lost(form)
    (error,) = errors_in(form, ".field-date")
    assert error.startswith(f"“{date}” could not be read as a date. These can: 14.09.2010, 11.2008,")
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
    (error,) = errors_in(form, ".field-title_ka")
    assert error == "Title: needed in at least one language, such as here in Georgian."
    assert form.locator("#id_place_uz").input_value() == "Tbilisi"


def test_missing_main_sector_is_asked_for_at_its_field(form):
    form.locator("#id_main_sector").evaluate("select => { select.value = '' }")
    save(form)

    expect_nothing_lost(form)
    assert errors_in(form, ".field-main_sector") == ["This field is required."]
    assert form.locator("#id_title_ka").input_value() == "ვიზიტი თბილისში"


def test_country_that_is_a_party_twice_is_said_at_the_second(form):
    for row in (0, 1):
        add_row(form, "parties")
        choose(form, f"parties-{row}-country", "Georgia")
    save(form)

    expect_nothing_lost(form)
    assert errors_in(form, "#parties-group")[0] == "This country is already a party."
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
    assert errors_in(form, "#citations-group") == ["Only one source can be the preferred one."]
    assert chosen(form, "citations-1-source") == "Ministry of Foreign Affairs: Gazette"
    for row in (0, 1):
        expect(form.locator(f"#id_citations-{row}-is_preferred")).to_be_checked()


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
