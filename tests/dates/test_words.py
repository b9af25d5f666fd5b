import re

import pytest
from babel.dates import format_date
from django.conf import settings
from django.utils.translation import override
from hypothesis import given

from relations.dates import PartialDate, in_words
from relations.dates.cldr import months
from relations.dates.words import time_element

from .values import EVERY_SHAPE, partial_dates

LANGUAGES = [code for code, _name in settings.LANGUAGES]
COLUMNS = ("en", "az", "ka", "ru", "uz", "tg")
WORDS = """
2010-09-14 | 14 September 2010 | 14 sentyabr 2010 | 14 სექტემბერი, 2010 | 14 сентября 2010~г. | 14-sentabr, 2010 | 14 сентябри 2010
2008-11 | November 2008 | noyabr 2008 | ნოემბერი, 2008 | ноябрь 2008~г. | noyabr, 2008 | ноябри 2008
2023 | 2023 | 2023 | 2023 | 2023 | 2023 | 2023
2010-04-15/2010-04-17 | 15–17 April 2010 | 15–17 aprel 2010 | 15–17 აპრილი, 2010 | 15–17 апреля 2010~г. | 15–17-aprel, 2010 | 15–17 апрели 2010
2011-02-28/2011-03-03 | 28 February – 3 March 2011 | 28 fevral – 3 mart 2011 | 28 თებერვალი – 3 მარტი, 2011 | 28 февраля – 3 марта 2011~г. | 28-fevral – 3-mart, 2011 | 28 феврал – 3 марти 2011
2010-12-30/2011-01-02 | 30 December 2010 – 2 January 2011 | 30 dekabr 2010 – 2 yanvar 2011 | 30 დეკემბერი, 2010 – 2 იანვარი, 2011 | 30 декабря 2010~г. – 2 января 2011~г. | 30-dekabr, 2010 – 2-yanvar, 2011 | 30 декабри 2010 – 2 январи 2011
1997/2010 | 1997–2010 | 1997–2010 | 1997–2010 | 1997–2010 | 1997–2010 | 1997–2010
2025-01/2025-08 | January–August 2025 | yanvar–avqust 2025 | იანვარი–აგვისტო, 2025 | январь–август 2025~г. | yanvar–avgust, 2025 | январ–августи 2025
2004-06/2006-08 | June 2004 – August 2006 | iyun 2004 – avqust 2006 | ივნისი, 2004 – აგვისტო, 2006 | июнь 2004~г. – август 2006~г. | iyun, 2004 – avgust, 2006 | июни 2004 – августи 2006
2022/.. | since 2022 | 2022-ci ildən | 2022 წლიდან | с 2022 года | 2022-yildan | аз соли 2022
2022-05/.. | since May 2022 | 2022-ci ilin mayından | 2022 წლის მაისიდან | с мая 2022 года | 2022-yil mayidan | аз майи соли 2022
2022-01/.. | since January 2022 | 2022-ci ilin yanvarından | 2022 წლის იანვრიდან | с января 2022 года | 2022-yil yanvaridan | аз январи соли 2022
2010-09-14/.. | since 14 September 2010 | 14 sentyabr 2010-cu ildən | 2010 წლის 14 სექტემბრიდან | с 14 сентября 2010 года | 2010-yil 14-sentabrdan | аз 14 сентябри соли 2010
../2013 | until 2013 | 2013-cü ilədək | 2013 წლამდე | по 2013 год | 2013-yilgacha | то соли 2013
../2013-03 | until March 2013 | 2013-cü ilin martınadək | 2013 წლის მარტამდე | по март 2013 года | 2013-yil martigacha | то марти соли 2013
1996~ | about 1996 | təxminən 1996-cı il | დაახლოებით 1996 წელი | около 1996 года | taxminan 1996-yil | тақрибан соли 1996
1998-05~ | about May 1998 | təxminən may 1998 | დაახლოებით 1998 წლის მაისი | около мая 1998 года | taxminan 1998-yil may oyi | тақрибан майи соли 1998
1996? | 1996 (uncertain) | 1996 (ehtimalən) | 1996 (სავარაუდოდ) | 1996 (предположительно) | 1996 (ehtimol) | 1996 (эҳтимолан)
1996-01~/1996-02~ | beginning of 1996 | 1996-cı ilin əvvəli | 1996 წლის დასაწყისი | начало 1996 года | 1996-yil boshi | аввали соли 1996
1996-06~/1996-07~ | middle of 1996 | 1996-cı ilin ortaları | 1996 წლის შუა პერიოდი | середина 1996 года | 1996-yil oʻrtalari | миёнаи соли 1996
1996-11~/1996-12~ | end of 1996 | 1996-cı ilin sonu | 1996 წლის ბოლო | конец 1996 года | 1996-yil oxiri | охири соли 1996
2010-21 | spring 2010 | 2010-cu ilin yazı | 2010 წლის გაზაფხული | весна 2010~г. | 2010-yil bahori | баҳори соли 2010
2010-34 | Q2 2010 | 2010-cu ilin II rübü | 2010 წლის II კვარტალი | II квартал 2010~г. | 2010-yil II choragi | семоҳаи II соли 2010
2010-41 | second half of 2010 | 2010-cu ilin ikinci yarısı | 2010 წლის მეორე ნახევარი | второе полугодие 2010~г. | 2010-yilning ikkinchi yarmi | нимсолаи дуюми соли 2010
199X | 1990s | 1990-cı illər | 1990-იანი წლები | 1990-е годы | 1990-yillar | солҳои 1990-ум
199X/.. | since the 1990s | 1990-cı illərdən | 1990-იანი წლებიდან | с 1990-х годов | 1990-yillardan | аз солҳои 1990-ум
2004~/.. | since 2004 (approximately) | 2004-cü ildən (təxminən) | 2004 წლიდან (დაახლოებით) | с 2004 года (приблизительно) | 2004-yildan (taxminan) | аз соли 2004 (тақрибан)
"""  # noqa: E501
TABLE = [[cell.strip() for cell in line.split("|")] for line in WORDS.strip().splitlines()]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [(text, language, cell) for text, *cells in TABLE for language, cell in zip(COLUMNS, cells, strict=True)],
)
def test_in_words(text, language, words):
    narrow_space = "\u202f"

    assert in_words(PartialDate.parse(text), language) == words.replace("~", narrow_space)


@pytest.mark.parametrize(
    ("year", "words"),
    [
        *((1991, "1991-ci ildən"), (1993, "1993-cü ildən"), (1996, "1996-cı ildən"), (1999, "1999-cu ildən")),
        *((1990, "1990-cı ildən"), (2000, "2000-ci ildən"), (2010, "2010-cu ildən"), (2020, "2020-ci ildən")),
        *((1900, "1900-cü ildən"), (1940, "1940-cı ildən"), (1930, "1930-cu ildən"), (2014, "2014-cü ildən")),
    ],
)
def test_in_words_year_ending_follows_the_number(year, words):
    assert in_words(PartialDate.parse(f"{year}/.."), "az") == words


def test_in_words_follows_the_active_language():
    with override("ka"):
        assert in_words(PartialDate.parse("2022/..")) == "2022 წლიდან"
    with override(None):
        assert in_words(PartialDate.parse("2022/..")) == "since 2022"


def test_in_words_of_no_date_is_empty():
    assert in_words(None) == ""


@pytest.mark.parametrize("language", ["az", "ka", "ru", "uz"])
def test_in_words_full_date_is_as_cldr_writes_it(language):
    partial = PartialDate.parse("2010-09-14")

    assert in_words(partial, language) == format_date(partial.earliest, "long", locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_words_tells_every_shape_apart(language):
    words = [in_words(PartialDate.parse(text), language) for text in EVERY_SHAPE]

    assert len(set(words)) == len(EVERY_SHAPE)
    assert not any("%(" in text for text in words)


def test_in_words_language_without_a_catalogue_still_names_its_months():
    assert in_words(PartialDate.parse("2010-09-14"), "fa") == "14 سپتامبر 2010"


@given(partial_dates)
def test_in_words_is_never_more_precise_than_the_date(partial):
    known = set()
    for point in (partial.start, partial.end) if partial.is_interval else (partial,):
        if point:
            known |= {
                point.earliest.year,
                (point.earliest.month + 2) // 3 if point.precision == "quarter" else None,
            }
            known |= {point.earliest.day if point.precision == "day" else None}

    for language in LANGUAGES:
        assert set(map(int, re.findall(r"\d+", in_words(partial, language)))) <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_words_of_a_year_names_no_month(language):
    names = {name.lower() for context in ("format", "stand-alone") for name in months(language, context)}

    assert not any(name in in_words(PartialDate.parse("2023/.."), language).lower() for name in names)


def test_months_do_not_depend_on_the_language_asked_first():
    first = {language: months(language, "stand-alone")[8] for language in reversed(LANGUAGES)}
    for language in LANGUAGES:
        format_date(PartialDate.parse("2010").earliest, "LLLL", locale=language)
    months.cache_clear()

    assert first == {language: months(language, "stand-alone")[8] for language in LANGUAGES}
    assert first["ka"] == "სექტემბერი"
    assert first["ru"] == "сентябрь"


@pytest.mark.parametrize(
    ("text", "machine"),
    [("2010-09-14", "2010-09-14"), ("2008-11", "2008-11"), ("2023", "2023"), ("0996", "0996")],
)
def test_time_element_has_days_months_and_years(text, machine):
    assert time_element(PartialDate.parse(text)) == machine


@pytest.mark.parametrize(
    "text", ["1996~", "1996?", "2022/..", "1997/2010", "1996-21", "199X", "1996-06~/1996-07~"]
)
def test_time_element_leaves_out_what_html_cannot_say(text):
    assert time_element(PartialDate.parse(text)) is None


def test_time_element_of_no_date_is_none():
    assert time_element(None) is None
