import pytest
from django.db import models
from django.test.utils import isolate_apps
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.dates import PartialDate, PartialDateField, newest_first, oldest_first, touching

from .tables import made
from .values import EVERY_SHAPE, partial_dates

with isolate_apps():

    class Occasion(models.Model):  # noqa: DJ008
        date = PartialDateField(blank=True)
        follows = models.ForeignKey("self", models.CASCADE, null=True)

        class Meta:
            app_label = "archive"


@pytest.fixture(scope="module")
def occasions(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), made(Occasion):
        yield


@pytest.fixture
def record(occasions, db):
    return Occasion


def found(record, *years):
    return {str(row.date) for row in record.objects.filter(touching("date", *years))}


def test_touching_agrees_with_the_value(record):
    record.objects.bulk_create([record(date=text) for text in [*EVERY_SHAPE, None]])

    for year in (1, 1989, 1990, 1996, 2003, 2010, 2011, 2022, 2026, 9999):
        assert found(record, year) == {text for text in EVERY_SHAPE if PartialDate.parse(text).touches(year)}


def test_touching_finds_ranges_and_the_middle_of_a_year(record):
    record.objects.bulk_create(
        [record(date=text) for text in ("2008/2013", "1997/2010", "1996-06~/1996-07~", "2011")]
    )

    assert found(record, 2010) == {"2008/2013", "1997/2010"}
    assert found(record, 1996) == {"1996-06~/1996-07~"}
    assert found(record, 1995) == set()
    assert found(record, 1990, 1997) == {"1996-06~/1996-07~", "1997/2010"}


@pytest.mark.parametrize("years", [(0,), (-5,), (10_000,), (10**9,), (2010, 2009)])
def test_touching_impossible_years_finds_nothing(record, years):
    record.objects.create(date="2022/..")

    assert found(record, *years) == set()


def test_touching_years_beyond_the_calendar_are_cut(record):
    record.objects.create(date="2022/..")

    assert found(record, -5, 10**9) == {"2022/.."}


def test_touching_across_relations(record):
    first = record.objects.create(date="2010")
    second = record.objects.create(date="2011-05", follows=first)

    assert list(record.objects.filter(touching("follows__date", 2010))) == [second]
    assert not record.objects.filter(touching("follows__date", 2011)).exists()
    assert not record.objects.filter(touching("follows__date", 0)).exists()


def in_order(record, ordering):
    return [str(row.date) for row in record.objects.order_by(*ordering("date"), "pk")]


def test_newest_first_by_last_day_and_undated_last(record):
    texts = [
        "2022/..",
        None,
        "2023-05-31",
        "2023",
        "2023-05",
        "1997/2010",
        "2010-12-31",
        "../2013",
        "2023-12-31",
    ]
    record.objects.bulk_create([record(date=text) for text in texts])

    assert in_order(record, newest_first) == [
        *(
            "2023-12-31",
            "2023",
            "2023-05-31",
            "2023-05",
            "2022/..",
            "../2013",
            "2010-12-31",
            "1997/2010",
            "None",
        )
    ]


def test_oldest_first_by_first_day_and_undated_last(record):
    texts = ["2022/..", None, "2023-01-01", "2023-01-02", "2023", "1997/2010", "../2013"]
    record.objects.bulk_create([record(date=text) for text in texts])

    assert in_order(record, oldest_first) == [
        *("1997/2010", "../2013", "2022/..", "2023-01-01", "2023", "2023-01-02", "None")
    ]


@given(partial_dates, st.integers(-3, 10_003))
@settings(max_examples=300)
def test_touching_condition_is_the_same_rule_as_the_value(partial, year):
    condition = dict(child for child in touching("date", year).children)

    if "pk__in" in condition:
        assert not 1 <= year <= 9999
    else:
        within = (
            partial.earliest <= condition["date_earliest__lte"]
            and partial.latest >= condition["date_latest__gte"]
        )
        assert within == partial.touches(year)
