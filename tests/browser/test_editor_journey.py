"""An author enters and translates a visit, an editor approves it, readers find it wherever they look."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from relations.models import Visit

from .forms import add_row, choose, chosen, save, switch_to

pytestmark = pytest.mark.browser

TITLE = "Visit of the energy minister to Tbilisi"
TITLE_KA = "ენერგეტიკის მინისტრის ვიზიტი თბილისში"
SUMMARY = "The ministers agreed on a second gas link."
SUMMARY_KA = "მინისტრები მეორე გაზსადენზე შეთანხმდნენ."
PICTURED = "Two ministers shake hands in a hall"
PAIR = "relations/azerbaijan-georgia/?year=2027&kind=visit"


def photograph():
    file = BytesIO()
    Image.new("RGB", (1600, 1000), "steelblue").save(file, "JPEG")
    return {"name": "hands.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def sign_in(window, user):
    window.set_viewport_size({"width": 1300, "height": 900})
    window.goto("/admin/")
    if window.get_by_role("button", name="Log out").is_visible():
        window.get_by_role("button", name="Log out").click()
        expect(window.get_by_role("heading", level=1)).to_have_text("Logged out")
        window.goto("/admin/")
    window.get_by_label("Username").fill(user.username)
    window.get_by_label("Password").fill("a long pass phrase")
    window.get_by_role("button", name="Log in").click()


def enter_visit(window):
    window.get_by_role("link", name="Visits", exact=True).click()
    window.get_by_role("link", name="Add visit").click()
    window.locator("#id_date").fill("15–17.04.2027")
    window.locator("#id_title_en").fill(TITLE)
    choose(window, "main_sector", "Energy")
    choose_beside(window, "Tran", "Transport")
    window.locator("#id_summary_en").fill(SUMMARY)
    add_picture(window)
    add_parties(window)
    add_people(window)
    add_row(window, "citations")
    choose(window, "citations-0-source", "trend", "Trend")


def choose_beside(window, typed, name):
    """Choose one of several: the search field is where the chosen ones stand."""
    window.locator("#id_other_sectors + .select2").click()
    window.keyboard.type(typed)
    window.locator(".select2-results__option", has_text=name).click()


def add_picture(window):
    with window.expect_popup() as opened:
        window.locator("#add_id_image").click()
    popup = opened.value
    popup.get_by_label("Picture").set_input_files([photograph()])
    popup.get_by_label("Description for those who cannot see it (English)").fill(PICTURED)
    popup.get_by_label("Credit (English)").fill("Press service")
    popup.get_by_label("Licence").fill("CC BY 4.0")
    with popup.expect_event("close"):
        save(popup)
    expect(window.locator("#id_image + .select2 .select2-selection__rendered")).to_contain_text(PICTURED)


def add_parties(window):
    for row, (kind, typed, name) in enumerate(
        [
            ("country", "Azerb", "Azerbaijan"),
            ("country", "Georgia", "Georgia"),
            ("organisation", "SOCAR", "State Oil Company"),
        ]
    ):
        add_row(window, "parties")
        choose(window, f"parties-{row}-{kind}", typed, name)


def add_people(window):
    for row, (name, country) in enumerate([("Bayramov", "Azerbaijan"), ("Bochorishvili", "Georgia")]):
        add_row(window, "people")
        choose(window, f"people-{row}-person", name)
        choose(window, f"people-{row}-country", country)
        window.locator(f"#id_people-{row}-office_en").fill("Minister")


def translate_visit(window):
    """Open it again from the list; what was typed is understood, and Georgian is one click away."""
    window.get_by_role("link", name=TITLE).last.click()
    expect(window.locator(".field-date .understood")).to_have_text("Understood as: 15–17 April 2027")
    assert chosen(window, "parties-2-organisation").startswith("State Oil Company")
    switch_to(window, "ka")
    window.locator("#id_title_ka").fill(TITLE_KA)
    window.locator("#id_summary_ka").fill(SUMMARY_KA)
    save(window)
    expect(window.locator(".messagelist .success").last).to_be_visible()


def is_not_yet_public(window):
    for code, title in [("en", TITLE), ("ka", TITLE_KA)]:
        window.goto(f"/{code}/{PAIR}")
        expect(window.get_by_text(title)).to_have_count(0)


def submit(window):
    """Look at the draft in Georgian as readers will see it, then hand it on."""
    window.goto(f"/admin/relations/visit/{Visit.objects.get(title_en=TITLE).pk}/change/")
    address = (
        window.locator(".workflow").get_by_role("link", name="Preview", exact=True).get_attribute("href")
    )
    window.goto(address)
    window.locator(".preview-bar").get_by_text("ქართული").click()
    expect(window.get_by_role("heading", level=1)).to_have_text(TITLE_KA)
    window.goto(f"/admin/relations/visit/{Visit.objects.get(title_en=TITLE).pk}/change/")
    window.get_by_role("link", name="Submit for approval").click()
    window.get_by_role("button", name="Submit for approval").click()
    expect(window.locator(".messagelist .success")).to_contain_text("was submitted for approval")
    expect(window.locator(".workflow").get_by_role("link", name="Approve")).to_have_count(0)


def approve(window):
    window.get_by_role("link", name="Waiting for my approval").click()
    window.get_by_role("link", name=TITLE).click()
    window.get_by_role("link", name="Approve", exact=True).click()
    window.get_by_label("Publish at once").check()
    window.get_by_role("button", name="Approve").click()
    expect(window.locator(".messagelist .success")).to_contain_text("was approved")


def test_visit_entered_translated_and_approved_is_found_by_readers(page, demo, staff):
    author, editor = staff("author"), staff("editor")
    sign_in(page, author)
    enter_visit(page)
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("Will show, once public, on: Azerbaijan – Georgia")
    translate_visit(page)
    is_not_yet_public(page)
    submit(page)
    is_not_yet_public(page)
    sign_in(page, editor)
    approve(page)

    is_on_the_pair_page(page)
    is_in_the_lists(page)
    shows_its_picture(page)
    is_said_to_be_untranslated(page)


def is_on_the_pair_page(page):
    for code, title, date in [("en", TITLE, "15–17 April 2027"), ("ka", TITLE_KA, "15–17 აპრილი, 2027")]:
        page.goto(f"/{code}/{PAIR}")
        card = page.locator("#timeline article", has_text=title)
        expect(card.locator("time, .record-date").first).to_have_text(date)


def is_in_the_lists(page):
    page.goto("/en/records/?year=2027&sector=transport")
    page.locator("article").get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Jeyhun Bayramov").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jeyhun Bayramov")
    page.locator("article", has_text=TITLE).get_by_role("link", name="Energy", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Energy")
    page.locator("article").get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def shows_its_picture(page):
    picture = page.get_by_role("img", name=PICTURED)
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    expect(page.locator("figcaption")).to_contain_text("Press service, CC BY 4.0")


def is_said_to_be_untranslated(page):
    """A reader of Azerbaijani is told that the text is English; what is not text is in Azerbaijani."""
    page.goto(f"/az/records/{Visit.objects.get(title_en=TITLE).pk}/")
    heading = page.get_by_role("heading", level=1)
    expect(heading.locator("[lang=en]")).to_have_text(TITLE)
    expect(page.locator(".language-notice")).to_have_text(
        "Hələ tərcümə olunmayıb. Göstərildiyi dil: İngilis."
    )
    expect(page.locator(".record-date")).to_have_text("15–17 aprel 2027")
    expect(page.locator(".languages a")).to_have_count(3)
