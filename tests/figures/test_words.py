"""Numbers as each language writes them, from one stored value."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.utils.translation import override

from relations.figures import words
from tests.models import making

NBSP = "\u00a0"
CODES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "708.1"), ("az", "708,1"), ("ka", "708,1"), ("ru", "708,1"), ("uz", "708,1"), ("tg", "708,1")],
)
def test_the_decimal_sign_is_that_of_the_language(language, written):
    with override(language):
        assert words.number(Decimal("708.100000")) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "498,572"),
        ("az", "498.572"),
        ("ka", f"498{NBSP}572"),
        ("ru", f"498{NBSP}572"),
        ("uz", f"498{NBSP}572"),
        ("tg", f"498{NBSP}572"),
    ],
)
def test_thousands_are_grouped_as_in_the_language(language, written):
    with override(language):
        assert words.number(Decimal("498572.000000")) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0"),
        ("0.000001", "0.000001"),
        ("12.50", "12.5"),
        ("500", "500"),
        ("-3.25", "-3.25"),
        ("1E+3", "1,000"),
    ],
)
def test_no_digit_is_added_or_lost(value, written):
    with override("en"):
        assert words.number(Decimal(value)) == written


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("en", "30.6", "+30.6%"),
        ("en", "-4", "−4%"),
        ("en", "0", "+0%"),
        ("ru", "30.6", f"+30,6{NBSP}%"),
        ("ka", "41.1000", "+41,1%"),
        ("en", "1234.5", "+1,234.5%"),
    ],
)
def test_a_change_has_its_sign(language, value, written):
    with override(language):
        assert words.per_cent(Decimal(value), signed=True) == written


def test_a_share_has_no_sign():
    with override("en"):
        assert words.per_cent(Decimal("10.6000")) == "10.6%"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "written"),
    [
        ({"value": "708.1"}, "708.1 million US dollars"),
        ({"value": "1", "scale": 0}, "1 US dollar"),
        ({"value": "1.2", "scale": 9, "unit": "EUR"}, "1.2 billion euros"),
        ({"value": "5", "scale": 3}, "5 thousand US dollars"),
        ({"value": "5", "scale": 12}, "5 trillion US dollars"),
        # There is no word for ten thousand: the number is written out.
        ({"value": "5.5", "scale": 4}, "55,000 US dollars"),
        ({"value": "498572", "scale": 0, "unit": "persons"}, "498,572 persons"),
        ({"value": "1", "scale": 0, "unit": "documents"}, "1 document"),
        ({"value": "30", "scale": 0, "unit": "documents", "comparator": ">"}, "more than 30 documents"),
        ({"value": "30", "scale": 0, "unit": "documents", "comparator": "<"}, "less than 30 documents"),
        ({"value": "30", "scale": 0, "unit": "documents", "comparator": "about"}, "about 30 documents"),
        ({"value": "500", "scale": 0, "unit": "kV"}, "500 kV"),
    ],
)
def test_a_figure_is_written_whole(values, written):
    figure = making.figure(**values)

    with override("en"):
        assert words.value_in_words(figure) == written


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code in CODES if code != "en"])
def test_a_figure_is_written_whole_in_every_language(language):
    with override("en"):
        english = words.value_in_words(making.figure())
    with override(language):
        translated = words.value_in_words(making.figure())

    assert translated.startswith("708,1 ")
    number, scale, unit = translated.split(" ", 2)
    assert scale != "million" or language == "uz"
    assert unit not in english


@pytest.mark.parametrize("unknown", ["xx", "zz-Latn", "fa"])
def test_a_language_without_numbers_of_its_own_still_gets_a_number(unknown):
    assert words.cldr_locale(unknown) is not None
