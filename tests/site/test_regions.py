"""The United Nations region of a country, by a name that can be trusted in every language."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from relations.models import Country
from relations.templatetags.regions import region

ROOT = Path(__file__).resolve().parent.parent.parent
CODES = [code for code, _name in settings.LANGUAGES]
REFERENCE = ROOT / "relations/exchange/bundles/reference.jsonl"
USED = {json.loads(line).get("region") for line in REFERENCE.read_text(encoding="utf-8").splitlines()} - {
    None
}


@pytest.mark.parametrize("language", CODES)
def test_every_region_in_use_has_one_name_of_its_own(language):
    with override(language):
        names = {code: region(code) for code in USED}

    assert len(USED) == 23
    assert all(names.values()), names
    assert len(set(names.values())) == len(names), sorted(names.items())
    assert not any(mark in name for mark in "‘’'()" for name in names.values())


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("en", "145", "Western Asia"),
        ("az", "145", "Qərbi Asiya"),
        ("ka", "143", "ცენტრალური აზია"),
        ("ru", "021", "Северная Америка"),
        ("uz", "145", "Gʻarbiy Osiyo"),
        ("tg", "143", "Осиёи Марказӣ"),
        # CLDR has these two the wrong way round.
        ("tg", "014", "Африқои Шарқӣ"),
        ("tg", "015", "Африқои Шимолӣ"),
    ],
)
def test_names_are_those_of_the_united_nations(language, code, name):
    with override(language):
        assert region(code) == name


@pytest.mark.parametrize(("language", "code"), [("tg", "202"), ("az", "202"), ("en", "999"), ("en", "")])
def test_a_region_without_a_trustworthy_name_is_not_printed(content, get, language, code):
    Country.objects.filter(code="AZ").update(region=code)

    page = get(f"/{language}/countries/azerbaijan/")

    assert page.words("p", class_="country-region") == []


def test_the_country_page_names_the_region(content, get):
    Country.objects.filter(code="AZ").update(region="145")

    for language, words in (
        ("en", "United Nations region: Western Asia"),
        ("ru", "Регион по классификации ООН: Западная Азия"),
    ):
        assert get(f"/{language}/countries/azerbaijan/").words("p", class_="country-region") == [words]
