"""Agreements whose term runs out, found before and after."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from relations.models import Agreement
from tests import factories

from .pages import address, messages_of


def found(desk, value):
    return desk.get(address(Agreement, "changelist"), {"term": value})


def titles(response):
    return sorted(str(agreement) for agreement in response.context["cl"].result_list)


def years_before(day, years):
    return f"{day.year - years}-{day:%m}-{min(day.day, 28):02}"


@pytest.fixture
def agreements(db):
    """Agreements for ten years, by when that is over, and what is noted about it."""
    today = localdate()
    soon, later, past = today + timedelta(days=90), today + timedelta(days=300), today - timedelta(days=90)
    made = {}
    for title, ends, fields in (
        ("Soon", soon, {}),
        ("Soon, but ended", soon, {"ended": f"{today.year - 1}"}),
        ("Later", later, {}),
        ("Over", past, {}),
        ("Over and noted", past, {"ended": years_before(past, 0)}),
        ("Over, and so it stays", past, {"absent": {"ended": "none"}}),
        ("Over and replaced", past, {}),
    ):
        signed = years_before(ends, 10)
        made[title] = factories.agreement(title_en=title, date=signed, term_years=10, **fields)
    factories.agreement(title_en="Without term", date="1999")
    heir = factories.agreement(title_en="Heir", date=f"{today.year - 1}")
    factories.record_link(heir.record, made["Over and replaced"].record, type="replaces")
    return made


def test_what_runs_out_soon_is_found(desk, agreements):
    assert titles(found(desk, "soon")) == ["Soon"]


def test_what_ran_out_without_a_word_is_found(desk, agreements):
    assert titles(found(desk, "over")) == ["Over"]


def test_an_end_that_is_not_known_to_the_day_may_be_soon(desk):
    year = localdate().year
    factories.agreement(title_en="This year", date=f"{year - 5}", term_years=5)
    factories.agreement(title_en="Last year", date=f"{year - 6}", term_years=5)

    assert titles(found(desk, "soon")) == ["This year"]
    assert titles(found(desk, "over")) == ["Last year"]


def test_another_value_is_said_and_finds_nothing(desk, agreements):
    response = found(desk, "x")

    assert titles(response) == []
    assert "has no value" in messages_of(response)[0]
