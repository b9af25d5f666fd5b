"""A pair page with one or two things on it."""

from relations import models
from tests.models import making

from .reading import section
from .test_filters import found
from .test_pair import ADDRESS, contents


def test_a_page_of_one_record_has_no_other_headings(db, get):
    making.record(title_en="Fair", date="2010")

    page = get(ADDRESS)

    assert page.words("h1") == ["Azerbaijan – Georgia"]
    assert contents(page) == ["timeline"]
    assert page.words("h2") == [
        one for one in page.words("h2") if one in ("Filter", "Timeline", "Contents", "On this page")
    ]


def test_part_of_a_year_is_marked_and_not_compared(db, get):
    making.figure("2024", "252", sources=[making.source()])
    making.figure("2025-01/2025-08", "292")

    page = get(ADDRESS)

    rows = [words for words in page.words("tr") if "292" in words]
    assert len(rows) == 1
    assert "part of a year" in rows[0]
    assert page.words("tr", class_="part-period") == rows
    assert "%" not in section(page, "figures")
    assert "15.9" not in page.source


def test_a_span_is_found_under_each_of_its_years_and_a_vague_date_under_its_own(db):
    making.record(title_en="Memorandum", date="2008/2013")
    making.record(title_en="Total", date="1997/2010")
    making.record(title_en="Middle", date="1996-06~/1996-07~")
    making.record(title_en="Undated")

    assert set(found("year=2010")) == {"Memorandum", "Total"}
    assert found("year=1996") == ["Middle"]
    assert "Middle" not in found("year=1995") + found("year=1997")
    assert {year for year in range(1990, 2020) if "Memorandum" in found(f"year={year}")} == set(
        range(2008, 2014)
    )
    assert found("")[-1] == "Undated"


def test_only_what_there_is_to_choose_is_offered(db, get):
    making.record(models.Statement, title_en="A claim", date="2007", sectors="energy")

    for address, summaries in (
        (ADDRESS, ["Sector", "Year", "Kind"]),
        ("/en/records/", ["Sector", "Year", "Kind", "Country"]),
    ):
        assert get(address).words("summary") == summaries
