"""A missing language is said, and the way to the other languages leads to the same thing."""

import re

import pytest
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import override

from tests.models import making

from .test_pages import PAGES

CODES = [code for code, _name in settings.LANGUAGES]
NOTICE = {"class_": "language-notice"}


def switch(page):
    return {has["hreflang"]: has["href"] for has in page.all("a") if "hreflang" in has}


def alternates(page):
    return {has["hreflang"]: has["href"] for has in page.all("link") if "hreflang" in has}


@pytest.mark.parametrize("name", [name for name in PAGES if name != "record_detail"])
def test_switch_leads_to_the_same_page_in_every_language(content, get, name):
    page = get(content.addresses("ru")[name])

    addresses = {code: content.addresses(code)[name] for code in CODES}
    assert switch(page) == addresses
    others = {code: f"http://testserver{address}" for code, address in addresses.items()}
    assert {code: href for code, href in alternates(page).items() if code in others} == others
    assert [
        has["lang"] for has in page.all("a") if has.get("aria-current") == "true" and "hreflang" in has
    ] == ["ru"]


@pytest.mark.parametrize(
    "query", ["?sector=energy&year=2010", "?kind=agreement&kind=visit&sort=oldest&page=1"]
)
@pytest.mark.parametrize(
    "name", ["relation_detail", "record_list", "sector_detail", "organisation_detail", "person_detail"]
)
def test_switch_keeps_the_filters(content, get, name, query):
    page = get(content.addresses("en")[name] + query)

    for code, address in switch(page).items():
        assert address == content.addresses(code)[name] + query
    assert len(get(switch(page)["ka"]).words("a", class_="chip")) == len(page.words("a", class_="chip"))


def test_switch_on_a_record_offers_only_the_languages_it_exists_in(content, get):
    english = get(content.addresses("en")["record_detail"])
    assert set(switch(english)) == {"en", "ka"}
    assert switch(english)["ka"].endswith(
        "/%E1%83%93%E1%83%94%E1%83%99%E1%83%9A%E1%83%90%E1%83%A0%E1%83%90%E1%83%AA%E1%83%98%E1%83%90/"
    )

    # One who reads it in a language it is not there in sees that language as the present one.
    assert set(switch(get(content.addresses("tg")["record_detail"]))) == {"en", "ka", "tg"}


def test_switch_on_an_address_of_nothing_leads_home(db, get):
    page = get("/en/no/such/address/", 404)

    assert switch(page) == {
        code: f"/{code}/" if code != "en" else translate_url("/en/no/such/address/", "en") for code in CODES
    }


def test_a_record_shown_in_another_language_says_so_and_marks_the_text(content, get):
    page = get(content.addresses("ru")["record_detail"])

    assert [attributes["lang"] for attributes in page.all("span", "h1")] == ["en"]
    assert page.words("h1") == ["AGRI declaration"]
    assert len(page.words("p", **NOTICE)) == 1
    assert page.words("title")[0].startswith("AGRI declaration")


def test_a_record_in_its_own_language_says_nothing(content, get):
    page = get(content.addresses("ka")["record_detail"])

    assert page.words("h1") == ["დეკლარაცია"]
    assert page.all("span", "h1") == []
    assert page.words("p", **NOTICE) == []
    assert page.words("p", class_="lead", lang=None) != []


def test_a_formatted_text_in_another_language_carries_its_language_and_a_notice(content, get):
    page = get("/tg/relations/azerbaijan-georgia/?sector=energy")

    assert "Gas and oil." in page.words("div", lang="en", dir="ltr")
    assert len(page.words("p", **NOTICE)) == 2


def test_the_original_comes_before_the_order_of_the_site(db, get):
    thing = making.record(title_en="", title_ru="Ярмарка", title_az="Yarmarka", original_language="ru")

    page = get(f"/tg/records/{thing.pk}/{thing.ref}/")

    assert page.words("h1") == ["Ярмарка"]
    assert [attributes["lang"] for attributes in page.all("span", "h1")] == ["ru"]


def test_a_text_that_is_nowhere_leaves_no_empty_elements(content, get):
    page = get(content.addresses("en")["record_detail"])

    for tag in ("p", "h2", "h3", "h4", "dd", "dt", "li", "caption", "th"):
        assert "" not in page.words(tag), tag


def test_numbers_and_dates_are_in_the_language_of_the_page(content, get):
    figures = {code: get(f"/{code}/relations/azerbaijan-georgia/") for code in CODES}

    assert "708.1" in figures["en"].main
    assert "708,1" not in figures["en"].main
    for code in CODES:
        if code != "en":
            assert "708,1" in figures[code].main, code
            assert "708.1" not in figures[code].main, code
    assert "14 сентября 2010" in figures["ru"].main
    assert "14 სექტემბერი" in figures["ka"].main
    assert "14 September 2010" in figures["en"].main


def test_particulars_of_a_record_carry_their_language(content, get):
    page = get(f"/ru/records/{content.statement.pk}/{content.statement.ref}/")
    assert page.words("span", lang="en").count("We agree.") == 1

    page = get(f"/ru/records/{content.project.pk}/{content.project.ref}/")
    assert "Voltage" in page.words("span", lang="en")


@pytest.mark.parametrize("code", ["xx", "qqq", "crh", "la"])
def test_a_language_nobody_has_a_name_for_is_shown_by_its_code(db, get, code):
    made = making.agreement(title_en="Treaty", authentic_languages=["ka", code])
    making.record(title_en="Said")

    page = get(made.get_absolute_url())

    assert "Georgian" in page.main
    from relations.models import Statement

    said = making.record(Statement, title_en="Said so", spoken_language=code)
    assert "Said so" in get(said.get_absolute_url()).main


def test_a_language_that_runs_from_right_to_left_says_so(content, settings, get):
    settings.LANGUAGES_BIDI = ["ka"]

    page = get(content.addresses("ka")["record_detail"])
    other = get(content.addresses("ru")["record_detail"])

    assert page.html["dir"] == "rtl"
    assert other.html["dir"] == "ltr"
    assert {has["hreflang"]: has["dir"] for has in other.all("a") if "hreflang" in has} == {
        "en": "ltr", "ka": "rtl", "ru": "ltr",
    }  # fmt: skip


def test_a_unit_is_shown_in_the_language_that_has_it(db, get):
    project = making.project(title_en="Pipeline")
    project.values.create(label_en="Length", value="692", unit_en="km")
    project.values.create(label_en="Voltage", label_ka="ძაბვა", value="500", unit_en="kV", unit_ka="კვ")

    with override("ka"):
        own = project.get_absolute_url()
    for address in (own, "/ka/relations/azerbaijan-georgia/"):
        page = get(address)
        assert re.search(r'692 <span lang="en" dir="ltr">km</span>', page.source), address
        assert "500 კვ" in page.main, address
