"""The pair page: what stands on it, in what order, and what is not printed."""

import pytest
from django.http import QueryDict

from relations import models
from relations.models import Relation
from relations.site.pair import PairPage
from tests import factories
from tests.models import making

from .reading import section

ADDRESS = "/en/relations/azerbaijan-georgia/"
SECTIONS = [
    "texts",
    "timeline",
    "figures",
    "agreements",
    "projects",
    "missions",
    "levels",
    "memberships",
    "links",
    "sources",
]


def contents(page):
    return [
        has["href"][1:]
        for tag, has, outside in page.elements
        if tag == "a" and "nav" in outside and has["href"].startswith("#")
    ]


def test_every_section_is_there_and_in_the_contents(content, get):
    page = get(ADDRESS)

    assert contents(page) == SECTIONS
    for anchor in SECTIONS:
        assert section(page, anchor)


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?kind=visit", ["timeline", "links", "sources"]),
        ("?kind=agreement", ["timeline", "agreements", "links", "sources"]),
        ("?sector=legal", ["figures", "links", "sources"]),
        ("?sector=investment", ["texts", "figures", "links", "sources"]),
        ("?year=2007", ["timeline", "figures", "missions", "links", "sources"]),
        ("?year=1996", ["missions", "levels", "links", "sources"]),
        ("?year=1850", ["links", "sources"]),
    ],
)
def test_a_section_without_content_is_not_printed_nor_in_the_contents(content, get, query, left):
    page = get(ADDRESS + query)

    for anchor in SECTIONS:
        printed = section(page, anchor) is not None
        assert printed is (anchor in left), anchor
    if query != "?year=1850":
        assert contents(page) == left


def test_nothing_under_the_filters_is_said(content, get):
    page = get(ADDRESS + "?year=1850")

    assert page.words("p", class_="empty") != []
    assert ADDRESS in page.links("main")


def test_the_timeline_stands_by_year_the_newest_first_and_the_undated_last(content):
    timeline = PairPage(content.relation, QueryDict("")).timeline

    assert [(year, [record.title_en for record in records]) for year, records in timeline] == [
        (2022, ["A claim"]),
        (2013, ["Gas memorandum"]),
        (2011, ["Council"]),
        (2010, ["AGRI declaration", "Tourism fair"]),
        (2007, ["Visit to Tbilisi"]),
        (1992, ["Relations established"]),
        (None, ["Railway"]),
    ]


def test_a_date_is_never_printed_more_precisely_than_it_is_known(content, get):
    text = section(get(ADDRESS), "timeline")

    assert "March 2007" in text
    assert "1 March 2007" not in text
    assert "2008–2013" in text
    assert "15–17 April 2010" in text
    assert "since 2022" in text
    missions = section(get(ADDRESS), "missions")
    assert "middle of 1996" in missions


def test_every_record_and_every_figure_names_its_source(content, get):
    page = get(ADDRESS)

    cited = [outside for tag, has, outside in page.elements if tag == "p" and has.get("class") == "cited"]
    records = page.words("article", class_="record")
    assert len(records) == 8
    assert all("Ministry of Georgia" in words for words in records)
    rows = page.words("tr")
    figures = [
        words
        for words in rows
        if any(value in words for value in ("542.2", "708.1", "192.8", "432.9", "more than 30"))
    ]
    assert len(figures) == 5
    assert all("Ministry of Georgia" in words for words in figures)
    assert len(cited) >= 8 + 5 + 2 + 1


def test_sources_are_listed_once_and_every_mention_leads_to_one(content, get):
    page = get(ADDRESS)

    listed = [has["id"] for has in page.all("li") if has.get("id", "").startswith("source-")]
    assert listed == list(dict.fromkeys(listed))
    assert set(listed) == {f"source-{content.georgian.pk}", f"source-{content.other.pk}"}
    used = {link[1:] for link in page.links() if link.startswith("#source-")}
    assert used == set(listed)


def test_what_another_source_states_is_said_beside(content, get):
    for address in (ADDRESS, content.addresses("en")["record_detail"]):
        page = get(address)
        (said, *_again) = page.words("p", class_="disagreement")
        assert "Other ministry" in said
        assert "15 September 2010" in said
        assert "14 September 2010" in page.main


def test_a_stated_change_is_kept_a_computed_one_shown_and_a_mismatch_said(content, get):
    text = section(get(ADDRESS), "figures")
    assert "+30.6%" in text
    assert "computed: +30.6%" in text
    assert "does not follow" not in text

    models.Observation.objects.filter(pk=content.turnover[0].pk).update(value="500")
    text = section(get(ADDRESS), "figures")

    assert "computed: +41.6%" in text
    assert text.count("does not follow") == 1


def test_share_and_rank_say_of_what(content, get):
    models.Observation.objects.filter(rank=2).update(
        share_of_en="Georgia's foreign trade", rank_of_en="ten main partners", rank=3
    )

    (row,) = [words for words in get(ADDRESS).words("tr") if "708.1" in words]

    assert "10.6% Georgia's foreign trade" in row
    assert "3 ten main partners" in row
    assert "before: 2" in row


def test_a_revised_figure_keeps_its_first_value(content, get):
    content.turnover[1].earlier_values.create(value="700.5", stated="2011-02")

    (row,) = [words for words in get(ADDRESS).words("tr") if "708.1" in words]

    assert "first given as 700.5" in row
    assert "February 2011" in row


def test_memberships_are_shared_only_while_both_are_in(content, get):
    assert "GUAM" in section(get(ADDRESS), "memberships")

    models.Membership.objects.filter(country__code="AZ").update(
        end="2020", end_earliest="2020-01-01", end_latest="2020-12-31"
    )

    assert section(get(ADDRESS), "memberships") is None


def test_texts_of_both_sides_stand_beside_each_other(content, get):
    making.sector_text("energy", body="<p>As Baku sees it.</p>", viewpoint=making.country("AZ"))
    making.sector_text("energy", body="<p>In the news.</p>")

    page = get(ADDRESS)

    (sector,) = page.words("section", class_="sector-texts")
    assert [
        one for one in ("As stated by: Georgia", "As stated by: Azerbaijan", "press") if one not in sector
    ] == []
    assert len(page.words("article", class_="sector-text")) == 3


def test_a_record_of_four_countries_stands_once_on_each_of_six_pages(content, get):
    for pair in (
        "azerbaijan-georgia",
        "azerbaijan-romania",
        "azerbaijan-hungary",
        "georgia-romania",
        "georgia-hungary",
        "hungary-romania",
    ):
        page = get(f"/en/relations/{pair}/")
        titles = page.words("h4", class_="record-title") + page.words("h3", class_="record-title")
        assert titles.count("AGRI declaration") == 1, pair


def test_a_country_on_the_route_has_no_pair_page(content, client):
    assert client.get("/en/relations/azerbaijan-turkiye/").status_code == 404


def test_a_long_timeline_has_pages_that_keep_the_filters(content, get):
    for number in range(60):
        making.record(title_en=f"Session {number}", date="2015", sectors="energy")

    first = get(ADDRESS + "?sector=energy")
    (following,) = [link for link in first.links() if "page=2" in link]
    second = get(ADDRESS + following.replace(ADDRESS, ""))

    assert len(first.words("article", class_="record")) == 50
    assert len(second.words("article", class_="record")) == 12
    assert "sector=energy" in following
    assert get(ADDRESS + "?sector=energy&page=3", 404)


def test_a_notice_shows_on_its_pair_alone_and_in_its_time(content, get):
    models.Notice.objects.create(text_en="About this pair", relation=content.relation, is_public=True)
    models.Notice.objects.create(text_en="Over long ago", is_public=True, ends="2011-06-01T00:00Z")

    pair, home = get(ADDRESS), get("/en/")

    assert ("About this pair" in pair.text, "About this pair" in home.text) == (True, False)
    assert "Works tonight" in pair.text
    assert "Works tonight" in home.text
    assert "Over long ago" not in pair.text


def test_a_title_of_its_own_replaces_the_names(content, get):
    Relation.objects.filter(pk=content.relation.pk).update(title_en="Two neighbours")

    assert get(ADDRESS).words("h1") == ["Two neighbours"]


def test_levels_of_unknown_date_stand_apart_from_the_steps(content, get):
    relation = making.relation("AZ", "GE")
    factories.level(relation=relation, level="diplomatic", start="1992-11-18", is_public=True)
    factories.level(relation=relation, level="allied", start=None, is_public=True)

    page = get(ADDRESS)

    apart = " ".join(page.words("ul", class_="apart"))
    assert "date not recorded" in apart
    assert "1992" not in apart
    assert "date not recorded" not in " ".join(page.words("ol", class_="steps"))


def test_two_sources_of_one_publisher_are_told_apart(content, get):
    sources = [making.source("The Gazette", title_en=title) for title in ("First page", "Second page")]
    making.sector_text("legal", relation=making.relation("AZ", "GE"), sources=sources)

    cited = [words for words in get(ADDRESS).words("p", class_="cited") if "Gazette" in words]

    assert [words.startswith("Source: The Gazette: ") for words in cited] == [True]
    assert set(cited[0].removeprefix("Source: The Gazette: ").split(", ")) == {"First page", "Second page"}
