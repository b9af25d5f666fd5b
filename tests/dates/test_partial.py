import copy
import pickle
import time
from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.dates import PartialDate

from .values import EVERY_SHAPE, partial_dates


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2010-09-14", date(2010, 9, 14), date(2010, 9, 14), "day"),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "month"),
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "year"),
        ("2010-04-15/2010-04-17", date(2010, 4, 15), date(2010, 4, 17), "interval"),
        ("2004-06/2006-08", date(2004, 6, 1), date(2006, 8, 31), "interval"),
        ("2010/2011-05", date(2010, 1, 1), date(2011, 5, 31), "interval"),
        ("2022/..", date(2022, 1, 1), date.max, "interval"),
        ("../2013-03", date.min, date(2013, 3, 31), "interval"),
        ("1996~", date(1996, 1, 1), date(1996, 12, 31), "year"),
        ("1996-06~/1996-07~", date(1996, 6, 1), date(1996, 7, 31), "part"),
        ("1996-21", date(1996, 3, 1), date(1996, 5, 31), "season"),
        ("1996-24", date(1996, 1, 1), date(1996, 12, 31), "season"),
        ("1996-36", date(1996, 10, 1), date(1996, 12, 31), "quarter"),
        ("1996-41", date(1996, 7, 1), date(1996, 12, 31), "half"),
        ("199X", date(1990, 1, 1), date(1999, 12, 31), "decade"),
        ("0001", date(1, 1, 1), date(1, 12, 31), "year"),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31), "day"),
    ],
)
def test_parse_gives_bounds_and_precision(text, earliest, latest, precision):
    partial = PartialDate.parse(text)

    assert (partial.earliest, partial.latest, partial.precision) == (earliest, latest, precision)
    assert str(partial) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "foo", "14.09.2010", "2010-9-14", "20100914", "2010-02-30", "2010-13", "2011-02-29"),
        *("0000", "0000-21", "000X", "-0100", "Y12000", "20XX", "1996-XX", "1996-25", "1996-~05", "~1996"),
        *(
            "2010/2008",
            "2010-05-02/2010-05-01",
            "2022/",
            "/2013",
            "../..",
            "..",
            "/",
            "1/2/3",
            "2010/2011/2012",
        ),
        *("[1996,1997]", "2010-09-14T10:00:00", "2010\0", "\0", "٢٠١٠", "1" * 65, "2010" + "/" * 100_000),
    ],
)
def test_parse_refuses_what_is_not_a_date(text):
    with pytest.raises(ValueError, match=r"\w"):
        PartialDate.parse(text)


@pytest.mark.parametrize("value", [None, 2010, date(2010, 1, 1), b"2010"])
def test_parse_refuses_what_is_not_text(value):
    with pytest.raises(ValueError, match="short text"):
        PartialDate.parse(value)


def test_parse_refuses_long_text_at_once():
    started = time.perf_counter()

    with pytest.raises(ValueError, match="short text"):
        PartialDate.parse("[" * 1_000_000)

    assert time.perf_counter() - started < 0.05


def test_parse_says_what_is_wrong():
    with pytest.raises(ValueError, match="“2010-02-30” is not in the calendar"):
        PartialDate.parse("2010-02-30")
    with pytest.raises(ValueError, match="ends before it starts"):
        PartialDate.parse("2010/2008")
    with pytest.raises(ValueError, match="two dots"):
        PartialDate.parse("2022/")


@given(st.text(max_size=70) | st.text("0123456789X-/.~?%[]{},Y ", max_size=30))
def test_parse_any_text_gives_a_date_or_says_no(text):
    try:
        partial = PartialDate.parse(text)
    except ValueError:
        return
    assert PartialDate.parse(str(partial)) == partial


def test_parse_period_of_one_date_is_that_date():
    assert PartialDate.parse("2010/2010") == PartialDate.parse("2010")


@pytest.mark.parametrize("text", [text for text in EVERY_SHAPE if ".." not in text and "-24" not in text])
def test_bounds_agree_with_the_edtf_package(text):
    partial, parsed = PartialDate.parse(text), edtf.parse_edtf(text)

    assert partial.earliest == date(*parsed.lower_strict()[:3])
    assert partial.latest == date(*parsed.upper_strict()[:3])


@given(partial_dates)
def test_every_date_is_edtf_and_reads_back(partial):
    assert all(edtf.is_valid_edtf(end.edtf) for end in (partial.start, partial.end) if end)
    assert partial.is_interval or edtf.is_valid_edtf(partial.edtf)
    assert PartialDate.parse(str(partial)) == partial
    assert partial.earliest <= partial.latest


@given(partial_dates, st.integers(-1, 10_001))
def test_touches_the_years_between_the_bounds(partial, year):
    assert partial.touches(year) == (partial.earliest.year <= year <= partial.latest.year)


def test_touches_middle_of_a_year_is_that_year_only():
    middle = PartialDate.parse("1996-06~/1996-07~")

    assert [year for year in range(1990, 2000) if middle.touches(year)] == [1996]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2010", (2010, 2010)),
        ("1997/2010", (1997, 2010)),
        ("2022/..", (2022, None)),
        ("../2013-03", (None, 2013)),
    ],
)
def test_years_are_none_at_an_open_end(text, years):
    assert PartialDate.parse(text).years() == years


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("2008-11", "2013-11"),
        ("2012-02-29", "2017-02-28"),
        ("1996~", "2001~"),
        ("2010-21", "2015-21"),
        ("2022/..", "2027/.."),
        ("2008-11-20/2009", "2013-11-20/2014"),
        ("199X", "1995/2004"),
        ("1996-06~/1996-07~", "2001-06~/2001-07~"),
    ],
)
def test_plus_years_keeps_the_precision(text, later):
    assert PartialDate.parse(text).plus_years(5).edtf == later


def test_plus_years_leap_day_to_leap_year():
    assert PartialDate.parse("2012-02-29").plus_years(4).edtf == "2016-02-29"
    assert PartialDate.parse("199X").plus_years(10).edtf == "200X"


def test_plus_years_out_of_the_calendar_is_refused():
    with pytest.raises(ValueError, match="9999"):
        PartialDate.parse("9998").plus_years(5)


def test_order_year_stands_with_its_first_day():
    texts = ["2023-06", "2024", "2023-01-01", "2022/..", "2023", "../2013"]

    assert [str(partial) for partial in sorted(map(PartialDate.parse, texts))] == [
        *("../2013", "2022/..", "2023-01-01", "2023", "2023-06", "2024")
    ]


@given(partial_dates, partial_dates)
def test_order_agrees_with_equality_and_bounds(one, other):
    assert (one < other) + (one == other) + (other < one) == 1
    if one < other:
        assert one.earliest <= other.earliest


def test_flags_of_about_and_uncertain():
    flags = {
        text: (PartialDate.parse(text).is_about, PartialDate.parse(text).is_uncertain)
        for text in ("1996", "1996~", "1996?", "1996%", "199X~", "2004~/..")
    }

    assert flags == {
        "1996": (False, False),
        "1996~": (True, False),
        "1996?": (False, True),
        "1996%": (True, True),
        "199X~": (True, False),
        "2004~/..": (True, False),
    }


def test_value_is_immutable_hashable_and_travels():
    partial = PartialDate.parse("2022/..")

    with pytest.raises(AttributeError):
        partial.edtf = "2023"
    assert {partial: 1}[PartialDate.parse("2022/..")] == 1
    assert pickle.loads(pickle.dumps(partial)) == partial  # noqa: S301
    assert copy.deepcopy(partial) == partial
    assert partial != "2022/.."


def test_of_a_day_of_the_calendar():
    assert PartialDate.of(date(2010, 9, 14)).edtf == "2010-09-14"
    assert PartialDate.of(date(98, 1, 2)).edtf == "0098-01-02"
