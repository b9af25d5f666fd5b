"""What only a browser can show of the language bar and the editor, under the strict policy."""

import pytest
from playwright.sync_api import expect

from relations import models
from tests import factories

from .forms import add_row, choose

pytestmark = pytest.mark.browser

NARROW = {"width": 390, "height": 844}


@pytest.fixture
def visit(transactional_db):
    found = factories.visit(
        title_en="Visit to Tbilisi",
        title_ka="ვიზიტი თბილისში",
        title_ru="Визит в Тбилиси",
        summary_en="Two papers were signed.",
        original_language="ka",
    )
    factories.record_person(found, office_en="Minister", office_ka="მინისტრი")
    return found


def open_form(desk, visit, query=""):
    desk.goto(f"/admin/relations/visit/{visit.pk}/change/{query}")
    expect(desk.locator(".language-bar")).to_be_visible()


def language(desk, code):
    return desk.locator(f".language-bar button[value={code}]")


def shown(desk, name):
    """The languages in which a field can be seen, from left to right."""
    places = desk.locator(f"[data-language][name^='{name}_']")
    codes = [(place.get_attribute("data-language"), box_of(place)) for place in places.all()]
    return [code for code, box in sorted(codes, key=lambda pair: pair[1]["x"] if pair[1] else 0) if box]


def box_of(text):
    return text.locator("xpath=ancestor::div[contains(@class, 'fieldBox')]").bounding_box()


def test_bar_opens_in_the_original_language(desk, visit):
    open_form(desk, visit)

    assert shown(desk, "title") == ["ka"]
    expect(language(desk, "ka")).to_have_attribute("aria-pressed", "true")
    expect(language(desk, "ka").locator(".original")).to_be_visible()
    expect(language(desk, "en").locator(".original")).to_be_hidden()


def test_bar_switches_fields_inlines_and_added_rows(desk, visit):
    open_form(desk, visit)

    language(desk, "uz").click()
    add_row(desk, "people")

    for name in ("title", "summary", "body", "place", "people-0-office", "people-1-office"):
        assert shown(desk, name) == ["uz"]
    language(desk, "tg").click()
    for name in ("title", "body", "people-0-office", "people-1-office"):
        assert shown(desk, name) == ["tg"]


def test_bar_counts_what_is_filled_and_follows_typing(desk, visit):
    open_form(desk, visit)

    # Title, summary and the person's office are filled in some language.
    expect(language(desk, "en").locator(".count")).to_have_text("3/3")
    expect(language(desk, "en")).to_have_attribute("data-state", "complete")
    expect(language(desk, "ka").locator(".count")).to_have_text("2/3")
    expect(language(desk, "ka")).to_have_attribute("data-state", "partly")
    expect(language(desk, "tg").locator(".count")).to_have_text("0/3")
    expect(language(desk, "tg").locator(".state")).to_have_text("empty")

    desk.locator("#id_summary_ka").fill("ორი ქაღალდი.")
    expect(language(desk, "ka").locator(".count")).to_have_text("3/3")
    desk.locator("[lang=ka] > [contenteditable]").click()
    desk.keyboard.type("ტექსტი")
    expect(language(desk, "ka").locator(".count")).to_have_text("4/4")
    expect(language(desk, "en").locator(".count")).to_have_text("3/4")

    desk.locator("#id_people-0-DELETE").check()
    expect(language(desk, "ka").locator(".count")).to_have_text("3/3")


def test_original_language_follows_its_field(desk, visit):
    open_form(desk, visit)

    desk.locator("#id_original_language").select_option("ru")

    expect(language(desk, "ru").locator(".original")).to_be_visible()
    expect(language(desk, "ka").locator(".original")).to_be_hidden()


def test_bar_remembers_its_languages(desk, visit):
    open_form(desk, visit)
    language(desk, "ru").click()
    desk.locator(".language-bar select").select_option("en")

    desk.reload()
    assert shown(desk, "title") == ["ru", "en"]
    desk.goto("/admin/relations/country/add/")
    assert shown(desk, "name") == ["ru", "en"]


def test_two_languages_stand_beside_each_other_on_wide_screens_only(desk, visit):
    open_form(desk, visit)

    desk.locator(".language-bar select").select_option("en")
    for name in ("title", "summary", "body", "people-0-office"):
        assert shown(desk, name) == ["ka", "en"]
    left, right = box_of(desk.locator("#id_title_ka")), box_of(desk.locator("#id_title_en"))
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 2

    language(desk, "en").click()
    assert shown(desk, "title") == ["en", "ka"]

    desk.set_viewport_size(NARROW)
    expect(desk.locator("#id_title_ka")).to_be_hidden()
    assert shown(desk, "title") == ["en"]
    expect(desk.locator(".language-bar select")).to_be_hidden()


def test_bar_stays_in_sight_while_scrolling(desk, visit):
    open_form(desk, visit)

    desk.locator("input[name=_save]").last.scroll_into_view_if_needed()

    assert desk.locator(".language-bar").bounding_box()["y"] == 0


def test_arrow_keys_lead_from_language_to_language(desk, visit):
    open_form(desk, visit, "?language=en")

    language(desk, "en").focus()
    desk.keyboard.press("ArrowRight")
    expect(language(desk, "az")).to_be_focused()
    desk.keyboard.press("End")
    expect(language(desk, "tg")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(language(desk, "en")).to_be_focused()
    assert shown(desk, "title") == ["en"]
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Enter")
    assert shown(desk, "title") == ["tg"]


def test_address_opens_a_language_or_a_field(desk, visit):
    open_form(desk, visit, "?language=az")
    assert shown(desk, "title") == ["az"]

    open_form(desk, visit, "#id_summary_ru")
    desk.reload()
    assert shown(desk, "title") == ["ru"]
    expect(desk.locator("#id_summary_ru")).to_be_focused()


def test_unknown_language_in_the_address_opens_the_remembered_one(desk, visit):
    open_form(desk, visit, "?language=xx")

    assert shown(desk, "title") == ["ka"]


def test_error_in_a_hidden_language_opens_it(desk, visit):
    open_form(desk, visit, "?language=ka")
    desk.locator("#id_place_ka").evaluate("input => input.removeAttribute('maxlength')")
    desk.locator("#id_place_ka").fill("თ" * 200)
    language(desk, "en").click()
    desk.locator("input[name=_continue]").last.click()

    expect(desk.locator(".errornote")).to_be_visible()
    assert shown(desk, "place") == ["ka"]
    expect(desk.locator("#id_place_ka")).to_be_focused()
    expect(language(desk, "ka").locator(".errors")).to_be_visible()
    expect(language(desk, "en").locator(".errors")).to_be_hidden()


def test_error_in_a_hidden_language_of_an_added_row_opens_it(desk, visit):
    open_form(desk, visit, "?language=ka")
    add_row(desk, "people")
    office = desk.locator("#id_people-1-office_ka")
    office.evaluate("input => input.removeAttribute('maxlength')")
    office.fill("მ" * 2000)
    language(desk, "en").click()
    desk.locator("input[name=_continue]").last.click()

    expect(desk.locator(".errornote")).to_be_visible()
    expect(desk.locator("#id_people-1-office_ka")).to_be_focused()
    assert shown(desk, "people-1-office") == ["ka"]


def test_text_typed_into_the_editor_is_saved_in_its_language(desk, visit):
    open_form(desk, visit, "?language=ka")
    editor = desk.locator(".prose-editor[lang=ka]")
    expect(editor.locator("[contenteditable]")).to_have_attribute("aria-labelledby", "id_body_ka_label")

    editor.locator("[contenteditable]").click()
    desk.keyboard.type("ტექსტი ")
    editor.get_by_role("button", name="Bold").click()
    desk.keyboard.type("მუქი")
    choose(desk, "main_sector", "Energy")
    desk.locator("input[name=_continue]").last.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()

    visit.refresh_from_db()
    assert visit.body_ka == "<p>ტექსტი <strong>მუქი</strong></p>"
    assert not visit.body_en


def test_editor_menu_and_pickers_break_no_policy(desk, visit):
    """Violations and foreign hosts are looked for by the fixtures."""
    open_form(desk, visit, "?language=en")
    editor = desk.locator(".prose-editor[lang=en]")

    editor.locator("[contenteditable]").click()
    desk.keyboard.type("Read this")
    desk.keyboard.press("Control+A")
    editor.locator(".prose-menubar__selected").click()
    desk.get_by_role("button", name="Heading", exact=True).click()
    desk.keyboard.press("Control+A")
    editor.get_by_role("button", name="Link", exact=True).click()
    desk.locator(".prose-editor-dialog input").first.fill("https://example.org/")
    desk.locator(".prose-editor-dialog button[type=submit]").click()
    choose(desk, "place_country", "Georgia")
    add_row(desk, "parties")
    choose(desk, "parties-2-country", "Azerbaijan")

    assert desk.locator("#id_body_en").input_value().startswith("<h3><a ")


def test_without_script_every_language_is_there_and_labelled(chromium, desk, visit, live_server, settings):
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=desk.context.storage_state()
    )
    plain = context.new_page()
    desk.goto("/admin/")

    plain.goto(f"/admin/relations/visit/{visit.pk}/change/")

    expect(plain.locator(".language-bar")).to_be_hidden()
    titles = plain.locator("[name^='title_']").all()
    tops = [box_of(title)["y"] for title in titles]
    assert len(set(tops)) == len(settings.LANGUAGES)
    assert tops == sorted(tops)
    expect(plain.get_by_label("Title (ქართული):").first).to_have_value("ვიზიტი თბილისში")
    context.close()


def test_staff_switch_the_language_of_the_admin(desk, visit):
    open_form(desk, visit)

    desk.locator(".language-switch summary").click()
    desk.locator(".language-switch button[value=ka]").click()

    expect(desk.locator("html")).to_have_attribute("lang", "ka")
    assert desk.url.endswith(f"/admin/relations/visit/{visit.pk}/change/")
    assert models.Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "nothing", "remove"),
    # Select2 knows no Uzbek at all, and only some Georgian.
    [("uz", "Hech narsa topilmadi", "Hammasini olib tashlash"), ("ka", "არაფერი მოიძებნა", "ყველას ამოღება")],
)
def test_search_fields_speak_the_language_of_the_page(desk, visit, code, nothing, remove):
    factories.sector("transport")
    models.RecordSector.objects.create(record=visit, sector=factories.sector("transport"))
    open_form(desk, visit)
    desk.locator(".language-switch summary").click()
    desk.locator(f".language-switch button[value={code}]").click()
    expect(desk.locator("html")).to_have_attribute("lang", code)

    desk.locator("#id_place_country + .select2").click()
    desk.locator(".select2-search__field").last.fill("qqqq")

    expect(desk.locator(".select2-results__message")).to_have_text(nothing)
    clear = desk.locator("#id_other_sectors + .select2 .select2-selection__clear")
    expect(clear).to_have_attribute("title", remove)
    expect(desk.locator("select[lang=None]")).to_have_count(0)
