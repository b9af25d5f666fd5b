"""The box of key facts is computed: it changes by itself with the day and with the records."""

from datetime import date

import pytest
from django.http import QueryDict

from relations.models import Milestone, Relation, RelationLevel
from relations.site.pair import PairPage
from tests.models import making

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def facts(today=TODAY, pair=("AZ", "GE"), query=""):
    relation = making.relation(*pair)
    Relation.objects.filter(pk=relation.pk).update(is_public=True)
    relation = Relation.objects.for_page().get(pk=relation.pk)
    return PairPage(relation, QueryDict(query), today=today).key_facts


def established(day, **values):
    return making.record(Milestone, type="relations_established", date=day, **values)


@pytest.mark.parametrize(
    ("since", "today", "age"),
    [
        ("1995-10-02", date(2025, 10, 1), 29),
        ("1995-10-02", date(2025, 10, 2), 30),
        ("1995-10-02", date(2025, 10, 3), 30),
        ("1992-02-29", date(2025, 2, 28), 32),
        ("1992-02-29", date(2025, 3, 1), 33),
        ("1992", date(2025, 3, 1), None),
        ("1992-05", date(2025, 3, 1), None),
    ],
)
def test_years_of_relations_change_by_themselves_on_the_day(since, today, age):
    established(since)

    assert facts(today).age == age
    assert str(facts(today).established.date) == since


def test_the_first_milestone_that_established_relations_counts():
    established("1992-11-18", title_en="First")
    established("1998-01-01", title_en="Again")
    established("1990-01-01", public=False)
    established(None)
    making.record(Milestone, type="recognition", date="1991-08-30")

    assert facts().established.title_en == "First"


def test_the_page_says_how_relations_were_established_and_for_how_long(get, monkeypatch):
    established("1992-05-29", mode="exchange_of_notes")
    monkeypatch.setattr("relations.site.pair.localdate", lambda: date(2022, 5, 29))

    box = get("/en/relations/azerbaijan-georgia/").words("section", id="key-facts")[0]

    assert "29 May 1992" in box
    assert "by exchange of notes" in box
    assert "30 years" in box


def test_the_level_is_the_last_one_begun_and_not_over():
    relation = making.relation()
    for level, start, end in [
        ("diplomatic_relations", "1992-11-18", None),
        ("strategic_partnership", "1996", None),
        ("allied", "2027-01-01", None),
        ("suspended", "2010", "2011"),
        ("friendship", None, None),
    ]:
        RelationLevel.objects.create(relation=relation, level=level, start=start, end=end, is_public=True)

    assert facts().level.level == "strategic_partnership"
    assert facts(date(2011, 12, 31)).level.level == "suspended"
    assert facts(date(2012, 1, 1)).level.level == "strategic_partnership"
    assert facts(date(2027, 1, 1)).level.level == "allied"
    assert facts(date(1990, 1, 1)).level is None


def test_missions_are_those_at_work_today():
    making.mission("AZ", "GE", opened="1993-02-03")
    making.mission("GE", "AZ", opened="1995", closed="2001", kind="consulate")
    making.mission("GE", "AZ", opened="2027", kind="trade_mission")
    making.mission("GE", "AZ", public=False)

    assert [mission.kind for mission in facts().open_missions] == ["embassy"]
    assert [mission.kind for mission in facts(date(2000, 1, 1)).open_missions] == ["embassy", "consulate"]


def test_last_visits_are_one_each_way_up_to_today():
    making.visit("AZ", "GE", title_en="Old", date="2007-03")
    making.visit("AZ", "GE", title_en="New", date="2025-07-22")
    making.visit("AZ", "GE", title_en="Planned", date="2027-01-01")
    making.visit("AZ", "GE", title_en="Hidden", date="2026-01-01", public=False)
    making.visit("AZ", "GE", title_en="Several", date="2026-01-01", is_series=True)
    making.visit("GE", "AZ", title_en="Back", date="2010")
    making.visit("AZ", "RO", title_en="Elsewhere", date="2026-02-02")

    assert [visit.title_en for visit in facts().last_visits] == ["New", "Back"]
    assert [visit.title_en for visit in facts(date(2009, 1, 1)).last_visits] == ["Old"]


def test_a_visit_without_a_date_is_not_the_last():
    making.visit(date=None)

    assert facts().last_visits == []


def test_agreements_are_counted_whatever_the_filter():
    for day in ("1995", "2007"):
        making.agreement(date=day)
    making.agreement(public=False)
    making.agreement(countries="AZ UZ")

    assert facts(query="year=2030").agreements_recorded == 2


def test_counts_are_the_latest_of_each_and_the_figure_that_of_the_newest_period():
    documents = making.indicator("documents", nature="stock")
    making.figure("2013", "30", indicator=documents, comparator=">", unit="documents", scale=0)
    making.figure("2020", "57", indicator=documents, unit="documents", scale=0)
    making.figure("2024", "252")
    making.figure("2025-01/2025-08", "292")
    making.figure("1997/2010", "432.9", indicator=making.indicator("fdi-total", nature="cumulative"))

    assert [(str(one.period), int(one.value)) for one in facts().counts] == [("2020", 57)]
    assert str(facts().latest_figure.period) == "2025-01/2025-08"


def test_a_pair_about_which_nothing_is_known_has_no_box(get):
    Relation.objects.filter(pk=making.relation().pk).update(is_public=True)

    assert not facts()
    assert get("/en/relations/azerbaijan-georgia/").words("section", id="key-facts") == []
