"""Only like is held against like, and a stated change that cannot follow from two values is noticed."""

from decimal import Decimal
from unittest.mock import Mock, patch

import pytest

from relations.figures.comparison import base_of, computed_change, disagrees, series_key
from relations.figures.series import Row, in_series
from relations.figures.words import per_cent, value_in_words
from relations.models import Indicator
from tests.models import making

pytestmark = pytest.mark.django_db
WAYS = ("exports", "imports", "turnover")


def test_change_is_computed_on_the_year_before():
    base, figure = making.figure("2009", "542.2"), making.figure("2010", "708.1")

    assert base_of(figure, [base, figure]) == base
    assert computed_change(figure, base) == Decimal("30.6")
    assert base_of(base, [base, figure]) is None


def test_part_of_a_year_is_compared_with_the_same_part_alone():
    whole = making.figure("2024", "252")
    part = making.figure("2025-01/2025-08", "292")
    other_part = making.figure("2024-01/2024-07", "100")
    assert base_of(part, [whole, part, other_part]) is None

    same_part = making.figure("2024-01/2024-08", "146")

    assert base_of(part, [whole, part, other_part, same_part]) == same_part
    assert computed_change(part, same_part) == Decimal("100.0")


@pytest.mark.parametrize(
    "period",
    [
        "2024",
        "2024-01/2024-07",
        "2024-01/2024-09",
        "2024-02/2024-09",
        "2023-01/2023-08",
        "2024-08",
        "2020/2024",
    ],
)
def test_unequal_periods_are_never_compared(period):
    part = making.figure("2025-01/2025-08", "292")

    assert base_of(part, [making.figure(period, "252")]) is None


@pytest.mark.parametrize("difference", ["reporter", "direction", "unit", "indicator", "relation"])
def test_figures_of_different_series_are_never_compared(difference):
    others = {
        "reporter": {"reporter": making.country("GE")},
        "direction": {"direction": "exports"},
        "unit": {"unit": "EUR"},
        "indicator": {"indicator": making.indicator("fdi-inflow")},
        "relation": {"relation": making.relation("AZ", "UZ")},
    }
    base = making.figure("2009", "542.2", **others[difference])

    assert base_of(making.figure("2010"), [base]) is None
    assert base_of(making.figure("2010", **others[difference]), [base]) == base


@pytest.mark.parametrize("nature", ["cumulative", "stock"])
def test_totals_and_counts_have_no_base(nature):
    counted = making.indicator("documents", nature=nature)
    base = making.figure("2009", "30", indicator=counted)

    assert base_of(making.figure("2010", "57", indicator=counted), [base]) is None


@pytest.mark.parametrize("period", ["2010/..", "../2010"])
def test_an_open_period_has_no_base(period):
    assert base_of(making.figure(period), [making.figure("2009")]) is None


def test_more_than_a_value_gives_no_change_to_compute():
    exact = making.figure("2009", "542.2")

    assert base_of(making.figure("2010", comparator=">"), [exact]) is None
    assert base_of(making.figure("2010"), [making.figure("2009", comparator="about")]) is None


def test_scales_may_differ():
    base, figure = making.figure("2009", "542.2", scale=6), making.figure("2010", "0.7081", scale=9)

    assert computed_change(figure, base) == Decimal("30.6")


@pytest.mark.parametrize("value", ["0", "-10"])
def test_no_change_is_computed_on_nothing_or_less(value):
    base, figure = making.figure("2009", value), making.figure("2010", "5", change="50")

    assert computed_change(figure, base) is None
    assert disagrees(figure, base) is False


@pytest.mark.parametrize(
    ("value", "stated", "base", "warns"),
    [
        ("708.1", "30.6", "542.2", False),
        ("708.1", "30.6", "500", True),
        ("708.1", "30.6", "542", False),
        ("708.1", "31", "542.2", False),
        ("708.1", "30.7", "542.2", True),
        ("708.1", "-30.6", "542.2", True),
        ("708.1", None, "500", False),
        # 46.6 may be 46.55, and 29.8 may be 29.85: then 55.9 to 56.8 per cent.
        ("46.6", "55.9", "29.8", False),
        ("46.6", "57.4", "29.8", True),
        ("40", "33", "30", False),
        ("40", "30", "30", False),
        ("40", "20", "30", True),
        ("252", "-100", "252", True),
    ],
)
def test_a_stated_change_is_doubted_only_where_rounding_cannot_explain_it(value, stated, base, warns):
    before = making.figure("2009", base)
    figure = making.figure("2010", value, change=stated)

    assert disagrees(figure, before) is warns
    assert Row(figure, before).disagrees is warns


def test_a_figure_without_base_disagrees_with_nothing():
    assert Row(making.figure("2010", change="30.6")).disagrees is False


def test_figures_are_arranged_by_what_they_have_in_common():
    georgia, azerbaijan = making.country("GE"), making.country("AZ")
    figures = [
        making.figure("2009", "542.2", reporter=georgia),
        making.figure("2010", "708.1", reporter=georgia),
        making.figure("2010", "690", reporter=azerbaijan),
        making.figure("2010", "498572", indicator=making.indicator("visitors"), unit="persons", scale=0),
    ]

    series = in_series(figures)

    assert [[str(row.observation.period) for row in one.rows] for one in series] == [
        ["2009", "2010"],
        ["2010"],
        ["2010"],
    ]
    assert [(one.indicator.slug, one.reporter, one.unit) for one in series] == [
        ("trade-turnover", georgia, "USD"),
        ("trade-turnover", azerbaijan, "USD"),
        ("visitors", None, "persons"),
    ]
    assert [[row.computed_change for row in one.rows] for one in series] == [
        [None, Decimal("30.6")],
        [None],
        [None],
    ]


def test_a_figure_is_compared_with_one_that_a_filter_hides():
    base, figure = making.figure("2009", "542.2"), making.figure("2010")

    (series,) = in_series([figure], compared_with=[base, figure])

    assert [row.computed_change for row in series.rows] == [Decimal("30.6")]
    assert series.has_change
    assert not in_series([figure])[0].has_change


@pytest.mark.parametrize(
    ("period", "nature", "is_partial"),
    [
        ("2025-01/2025-08", "flow", True),
        ("2010", "flow", False),
        ("2012", "flow", False),
        ("2010-01/2010-12", "flow", False),
        ("2011-01/2011-03", "flow", True),
        ("2011-03", "flow", True),
        ("1997/2010", "cumulative", False),
        ("2013-03", "stock", False),
    ],
)
def test_part_of_a_year_is_marked(period, nature, is_partial):
    counted = making.indicator("counted", nature=nature)

    assert Row(making.figure(period, indicator=counted)).is_partial is is_partial


@pytest.mark.parametrize(
    ("rank", "before", "moved"), [(3, 2, -1), (2, 2, 0), (2, 5, 3), (2, None, None), (None, 2, None)]
)
def test_a_rank_moves_up_or_down(rank, before, moved):
    assert Row(making.figure(rank=rank, rank_previous=before)).rank_moved == moved


def test_columns_are_there_only_for_what_is_known():
    (bare,) = in_series([making.figure()])
    (full,) = in_series([making.figure("2010", change="0", share="0", rank=1)])

    assert (bare.has_change, bare.has_share, bare.has_rank) == (False, False, False)
    assert (full.has_change, full.has_share, full.has_rank) == (True, True, True)


def test_natures_are_those_the_comparison_knows():
    assert set(Indicator.Nature.values) == {"flow", "cumulative", "stock"}


def test_a_change_from_the_least_to_the_most_is_computed():
    base = making.figure("2009", "0.000001", scale=-15)
    figure = making.figure("2010", "999999999", scale=15)

    (series,) = in_series([base, figure])

    assert series.rows[1].computed_change > 10**45
    assert len(per_cent(series.rows[1].computed_change)) > 45
    assert len(value_in_words(figure)) > 29


def test_three_hundred_figures_are_arranged_in_a_moment():
    figures = [making.figure(str(year), "5", direction=way) for year in range(1900, 2000) for way in WAYS]

    keys = Mock(side_effect=series_key)
    with patch("relations.figures.comparison.series_key", keys):
        in_series(figures)

    # Each is held against its own series only, not against all others.
    assert keys.call_count < 50_000
