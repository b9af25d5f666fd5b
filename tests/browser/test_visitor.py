"""Readers: a journalist with a telephone and no scripts, someone who has no mouse."""

import re

import pytest
from playwright.sync_api import expect

from . import addresses

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
TRANSIT = "Meeting of the delegations in expanded format"

# How the focus shows: the outline of the element that has it.
OUTLINE = """() => {
    const style = getComputedStyle(document.activeElement)
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
}"""


@pytest.fixture
def phone(chromium, live_server, demo):
    context = chromium.new_context(
        base_url=live_server.url, locale="en-GB", java_script_enabled=False, viewport=PHONE
    )
    yield context.new_page()
    context.close()


def expect_chips(phone, *words):
    """A link that was clicked is followed in its own time: what the next page has is waited for."""
    chosen = phone.get_by_role("list", name="Chosen filters").get_by_role("link")
    expect(chosen).to_have_text(list(words))


def expect_address(phone, end):
    expect(phone).to_have_url(re.compile(re.escape(end) + "$"))
    phone.wait_for_load_state()


def choose_facet(phone, facet, option):
    summary = phone.locator("summary", has_text=facet)
    summary.click()
    phone.locator(".facet", has=summary).get_by_role("link", name=option).click()
    expect(phone.get_by_role("link", name=f"Remove: {facet}: {option}")).to_be_visible()


def test_journalist_filters_a_pair_on_a_phone_without_scripts(phone):
    phone.goto("/")
    phone.get_by_role("link", name="Azerbaijan – Georgia").first.click()
    choose_facet(phone, "Sector", "Energy")
    choose_facet(phone, "Year", "2010")

    expect_address(phone, "/en/relations/azerbaijan-georgia/?sector=energy&year=2010#results")
    expect_chips(phone, "Remove: Sector: Energy ×", "Remove: Year: 2010 ×", "Remove all filters")
    # On a small screen, too, one sees what was chosen.
    expect(phone.get_by_role("link", name="Remove: Year: 2010")).to_be_in_viewport()

    phone.locator(".languages a[hreflang=ka]").click()
    expect_address(phone, "/ka/relations/azerbaijan-georgia/?sector=energy&year=2010")
    phone.locator(".languages a[hreflang=en]").click()
    expect_address(phone, "/en/relations/azerbaijan-georgia/?sector=energy&year=2010")
    phone.get_by_role("link", name="Remove: Year: 2010").click()
    expect_chips(phone, "Remove: Sector: Energy ×", "Remove all filters")

    filtered = phone.url
    phone.get_by_role("link", name=TRANSIT).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(TRANSIT)
    phone.go_back()
    expect(phone).to_have_url(filtered)
    phone.get_by_role("link", name="Remove all filters").click()
    expect_address(phone, "/en/relations/azerbaijan-georgia/")
    expect(phone.locator(".chip")).to_have_count(0)


def test_years_are_chosen_without_scripts(phone):
    phone.goto("/en/records/?sector=energy")
    phone.get_by_label("From year").fill("2010")
    phone.get_by_label("To year").fill("2011")
    phone.get_by_role("button", name="Show").click()

    expect_address(phone, "?sector=energy&q=&year_from=2010&year_to=2011#results")
    dates = phone.locator("article .record-date").all_inner_texts()
    assert dates
    # The memorandum of 2008 was for five years.
    ways = ("2010", "2011", "since", "November 2008")
    assert all(any(words in date for words in ways) for date in dates)


def test_words_are_found_without_scripts_and_left_out_again(phone):
    phone.goto("/en/records/?sector=energy&year_from=2010")
    phone.get_by_label("Words in any language").fill("რუმინეთი")
    phone.get_by_label("Words in any language").press("Enter")

    expect(phone.locator("article")).to_have_count(1)
    expect(phone.locator("article")).to_contain_text("AGRI")
    phone.locator(".chip", has_text="Words").click()
    expect_address(phone, "?sector=energy&year_from=2010#results")


def test_keyboard_reaches_the_content_and_the_filters(page, demo):
    page.goto("/en/relations/azerbaijan-georgia/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    sector = page.locator("summary", has_text="Sector")
    tab_to(page, sector)
    page.keyboard.press("Enter")
    energy = page.locator(".facet").get_by_role("link", name="Energy")
    tab_to(page, energy)
    page.keyboard.press("Enter")

    page.wait_for_url("**/?sector=energy#results")
    # Not from the top of the page again.
    page.keyboard.press("Tab")
    expect(page.get_by_role("navigation", name="On this page").get_by_role("link").first).to_be_focused()


def tab_to(page, target):
    """Press Tab until the target has the focus, which shows at every stop."""
    for _stop in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINE), page.evaluate("document.activeElement.outerHTML")
        if target.evaluate("target => target === document.activeElement"):
            return
    pytest.fail("The keyboard does not reach it.")


def test_no_page_is_wider_than_a_phone(page, demo):
    """In Georgian, whose words are the longest."""
    page.set_viewport_size(PHONE)

    widths = {}
    for address in addresses.public("ka"):
        page.goto(address)
        widths[address] = page.evaluate("document.documentElement.scrollWidth")

    assert {address: width for address, width in widths.items() if width > PHONE["width"]} == {}
