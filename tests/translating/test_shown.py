"""Which language of a text a reader gets, and that it is said."""

import pytest
from django.conf import settings
from django.utils.translation import override

from relations.models import Page, Person
from relations.translating.shown import Shown, fallbacks, languages_of, shown

CODES = [code for code, _name in settings.LANGUAGES]


def page(original="en", **titles):
    return Page(
        slug="about", original_language=original, **{f"title_{code}": title for code, title in titles.items()}
    )


@pytest.mark.parametrize("code", CODES)
def test_a_text_in_the_language_of_the_page_is_shown_as_it_is(code):
    about = page(**{one: f"Title {one}" for one in CODES})

    with override(code):
        assert shown(about, "title") == Shown(f"Title {code}", code, False)


@pytest.mark.parametrize(
    ("original", "titles", "expected"),
    [
        ("ru", {"en": "About", "ru": "О сайте", "az": "Sayt haqqında"}, ("О сайте", "ru")),
        ("ru", {"en": "About", "az": "Sayt haqqında"}, ("About", "en")),
        ("ru", {"az": "Sayt haqqında", "ka": "საიტი"}, ("Sayt haqqında", "az")),
        ("tg", {"uz": "Sayt haqida"}, ("Sayt haqida", "uz")),
    ],
)
def test_a_missing_language_is_replaced_by_the_original_then_by_the_sites_order(original, titles, expected):
    with override("tg"):
        found = shown(page(original, **titles), "title")

    assert (found.value, found.language, found.is_fallback) == (*expected, True)


def test_a_text_that_is_nowhere_is_empty_and_no_fallback():
    found = shown(page(), "title", "ka")

    assert found == Shown("", "ka", False)
    assert not found
    assert str(found) == ""


def test_a_language_can_be_asked_for():
    assert str(shown(page(en="About", ka="საიტი"), "title", "ka")) == "საიტი"


def test_an_original_language_the_site_no_longer_has_is_passed_over():
    assert fallbacks(page("fr"), "ka") == ["ka", *[code for code in CODES if code != "ka"]]


def test_what_has_no_original_language_follows_the_order_of_the_site():
    person = Person(name_ru="Ильхам Алиев", name_ka="ილჰამ ალიევი")

    assert shown(person, "name", "tg").language == next(code for code in CODES if code in ("ru", "ka"))


def test_languages_of_a_text_are_those_it_has_words_in():
    assert languages_of(page(ka="საიტი", en="About", ru=""), "title") == [
        code for code in CODES if code in ("en", "ka")
    ]
