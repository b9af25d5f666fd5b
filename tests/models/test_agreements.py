"""Where an agreement or project stands on a day: it follows from dates, the same in Python and in SQL."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relations.dates import PartialDate
from relations.models import Agreement, Project, RecordLink

from . import making

pytestmark = pytest.mark.django_db
Status = Agreement.Status


def in_sql(agreement, day):
    return Agreement.objects.with_status(day).get(pk=agreement.pk).status


def stands(agreement, day):
    """Return the status on a day, having asked both ways."""
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert in_sql(agreement, day) == agreement.status_on(day)
    return agreement.status_on(day)


def test_a_memorandum_of_november_2008_for_five_years_ran_to_november_2013():
    memorandum = making.agreement(instrument="memorandum", date="2008-11", term_years=5)

    memorandum.refresh_from_db()
    assert str(memorandum.term_ends) == "2013-11"
    assert stands(memorandum, date(2008, 10, 31)) == Status.NOT_YET
    assert stands(memorandum, date(2008, 11, 1)) == Status.SIGNED
    assert stands(memorandum, date(2013, 11, 30)) == Status.SIGNED
    assert stands(memorandum, date(2013, 12, 1)) == Status.ENDED


@pytest.mark.parametrize(
    ("dates", "ends"),
    [
        ({"date": "2008"}, "2013"),
        ({"date": "2008-11-05"}, "2013-11-05"),
        ({"date": "2008-02-29"}, "2013-02-28"),
        ({"date": "2008-11", "in_force": "2009-01-01"}, "2014-01-01"),
        ({"in_force": "2009"}, "2014"),
        # “Since 2009” began in 2009; when “until 2009” began, nobody knows.
        ({"in_force": "2009/.."}, "2014"),
        ({"date": "../2009"}, None),
        ({}, None),
        # The calendar of the database has no year after 9999.
        ({"date": "9998"}, None),
    ],
)
def test_a_term_counts_from_entry_into_force_else_from_signature_and_is_no_more_precise(dates, ends):
    agreement = making.agreement(term_years=5, **dates)

    assert agreement.term_ends == (ends and PartialDate.parse(ends))


def test_an_agreement_goes_through_its_states_by_its_dates():
    treaty = making.agreement(
        date="2010-03-01", provisional="2010-06-01", in_force="2012", ended="2020-05-05", term_years=1
    )

    stations = {
        date(2010, 2, 28): Status.NOT_YET,
        date(2010, 3, 1): Status.SIGNED,
        date(2010, 6, 1): Status.PROVISIONAL,
        # Known only to the year: it surely counts from the year's last day.
        date(2012, 12, 30): Status.PROVISIONAL,
        date(2012, 12, 31): Status.IN_FORCE,
        # The term has run out, but an end is recorded, and that counts.
        date(2020, 5, 5): Status.IN_FORCE,
        date(2020, 5, 6): Status.ENDED,
    }
    assert {day: stands(treaty, day) for day in stations} == stations


def test_an_agreement_without_a_date_of_signature_says_so():
    assert stands(making.agreement(), date(2026, 1, 1)) == Status.UNKNOWN


def test_a_replaced_treaty_shows_its_heir_from_the_heirs_day():
    old = making.agreement(title_en="Old", date="1995-05-27", in_force="1996-01-01")
    heir = making.agreement(title_en="Heir", date="2007-03-16")
    RecordLink.objects.create(record=heir.record, to=old.record, type="replaces")

    assert stands(old, date(2007, 3, 15)) == Status.IN_FORCE
    assert stands(old, date(2007, 3, 16)) == Status.REPLACED
    assert [one.ref for one in Agreement.objects.get(pk=old.pk).replaced_by] == [heir.ref]
    assert Agreement.objects.get(pk=heir.pk).replaced_by == []


@pytest.mark.parametrize("change", [{"is_public": False}, {"date": None}])
def test_an_heir_that_is_not_public_or_not_dated_replaces_nothing(change):
    old = making.agreement(date="1995-05-27")
    heir = making.agreement(date="2007-03-16")
    RecordLink.objects.create(record=heir.record, to=old.record, type="replaces")
    for name, value in change.items():
        setattr(heir, name, value)
    heir.save()

    assert stands(old, date(2026, 1, 1)) == Status.SIGNED


def test_a_link_of_another_type_replaces_nothing():
    old, other = making.agreement(date="1995-05-27"), making.agreement(date="2007-03-16")
    RecordLink.objects.create(record=other.record, to=old.record, type="amends")

    assert stands(old, date(2026, 1, 1)) == Status.SIGNED


def test_the_word_for_a_status_is_in_the_language_of_the_page():
    making.agreement(date="1995-05-27")

    assert str(Agreement.objects.with_status(date(2000, 1, 1)).get().status_label) == "Signed or adopted"


FIRST = date(2000, 1, 1)
days = st.integers(0, 2500).map(lambda number: FIRST + timedelta(days=number))
dates = st.none() | days.flatmap(
    lambda day: st.sampled_from(
        [f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day}/..", f"../{day}", f"{day:%Y}~"]
    )
)
heirs = st.lists(
    st.tuples(dates, st.booleans(), st.sampled_from(["replaces", "replaces", "amends", "ends"])), max_size=2
)
exactly = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def in_order(start, end):
    return not (start and end) or PartialDate.parse(start).earliest <= PartialDate.parse(end).latest


@exactly
@given(
    signed=dates,
    provisional=dates,
    in_force=dates,
    ended=dates,
    term=st.none() | st.integers(1, 4),
    heirs=heirs,
    asked=st.lists(days, min_size=4, max_size=4),
)
def test_status_in_python_and_in_sql_never_differ(
    db, signed, provisional, in_force, ended, term, heirs, asked
):
    if not in_order(in_force, ended):
        in_force, ended = ended, in_force
    agreement = Agreement.objects.create(
        title_en="x",
        instrument="treaty",
        date=signed,
        provisional=provisional,
        in_force=in_force,
        ended=ended,
        term_years=term,
    )
    for when, public, link in heirs:
        heir = Agreement.objects.create(title_en="y", instrument="treaty", date=when, is_public=public)
        RecordLink.objects.create(record=heir.record, to=agreement.record, type=link)
    loaded = Agreement.objects.get(pk=agreement.pk)
    edges = [
        edge
        for one in (loaded.date, loaded.in_force, loaded.ended, loaded.term_ends)
        if one
        for edge in (one.earliest, one.latest)
    ]

    for day in {*asked, *edges}:
        assert in_sql(loaded, day) == loaded.status_on(day), day


def test_the_latest_status_of_a_project_is_the_newest_that_is_dated():
    nabucco = making.project(("proposed", None, "2011"), ("dropped", "2013-06", None), ("agreed", None, None))

    assert nabucco.latest_status.status == "dropped"
    assert Project.objects.with_status().get(pk=nabucco.pk).status == "dropped"
    assert [status.status for status in nabucco.statuses.all()] == ["proposed", "dropped", "agreed"]


def test_a_project_without_a_dated_status_has_none():
    vague = making.project(("agreed", None, None))

    assert vague.latest_status is None
    assert Project.objects.with_status().get(pk=vague.pk).status is None


@exactly
@given(
    history=st.lists(st.tuples(st.sampled_from(["proposed", "agreed", "building"]), dates, dates), max_size=4)
)
def test_latest_status_in_python_and_in_sql_never_differ(db, history):
    project = Project.objects.create(title_en="x")
    for position, (status, start, as_of) in enumerate(history):
        project.statuses.create(status=status, start=start, as_of=as_of, position=position)

    latest = project.latest_status
    assert Project.objects.with_status().get(pk=project.pk).status == (latest and latest.status)
