"""The controls of filters: facets, switches, chips and the ways out of a choice that leaves nothing."""

from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from relations import models
from relations.models import Record
from relations.site.facets import MOST_OFFERED, Facets
from relations.site.filters import RecordFilter
from relations.site.pair import PairPage
from tests.models import making

RECORDS, PAIR = "/en/records/", "/en/relations/azerbaijan-georgia/"
LISTS = ["relation_detail", "record_list", "sector_detail", "organisation_detail", "person_detail"]


def facets(query="", about=()):
    return Facets(RecordFilter(QueryDict(query), Record.objects.published()), about=about)


def counts(query, name):
    """The options of a facet under a query: {value: count}."""
    found = {facet.name: facet for facet in facets(query).all}
    return {option.value: option.count for option in found[name].options} if name in found else {}


def titles(page):
    return page.words("h3", class_="record-title")


def switches(page):
    """The links of the switches: {words: (address, whether it is chosen)}."""
    return {
        words: (has["href"], "aria-current" in has)
        for has, words in page.pairs("a")
        if words.split(" ")[0] in ("newest", "oldest", "any", "all")
    }


# Facets


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("", "status", {"signed": 2, "agreed": 1}),
        ("", "type", {"memorandum": 1, "declaration": 1, "relations_established": 1, "fair": 1}),
        ("", "level", {"official": 1}),
        ("", "place", {"AZ": 1}),
        ("", "organisation", {"socar": 1}),
        ("", "person", {"aliyev": 1}),
        ("sector=energy", "status", {"signed": 2}),
        ("sector=energy&status=agreed", "status", {"signed": 2, "agreed": 0}),
        ("status=agreed", "sector", {"transport": 1}),
        ("sector=energy", "type", {"memorandum": 1, "declaration": 1}),
        ("sector=energy&type=fair", "type", {"memorandum": 1, "declaration": 1, "fair": 0}),
        ("sector=politics", "level", {"official": 1}),
        ("sector=energy", "level", {}),
        ("year=2010", "place", {"AZ": 1}),
        ("year=2007", "organisation", {}),
        ("kind=visit&organisation=socar", "organisation", {"socar": 0}),
        ("country=RO", "person", {"aliyev": 1}),
        ("country=TR", "person", {}),
        ("year=2014", "year", {"2014": 0, "2010": 3}),
    ],
)
def test_counts_follow_the_other_filters(content, query, name, expected):
    found = counts(query, name)

    assert found == expected if name != "year" else expected.items() <= found.items()


def test_every_count_is_what_its_choice_alone_leaves(content):
    """Also of somebody with two roles, and of a party beside the one a record was found by."""
    content.agri.people.create(person=content.aliyev, office_en="President", role="host")

    for facet in facets().all:
        for option in facet.options:
            left = RecordFilter(QueryDict(option.query), Record.objects.published()).qs
            assert len(left) == option.count, (facet.name, option.value)


def test_one_word_stands_for_the_other_types_of_all_kinds(content):
    making.agreement(title_en="Other document", instrument="other", sectors="energy")
    making.record(models.Milestone, title_en="Other milestone", type="other", sectors="energy")

    (types,) = [facet for facet in facets().all if facet.name == "type"]
    (other,) = [option for option in types.options if option.value == "other"]
    left = RecordFilter(QueryDict(other.query), Record.objects.published()).qs

    assert (str(other.label), other.count) == ("Other", 2)
    assert {record.title_en for record in left} == {"Other document", "Other milestone"}


def test_the_most_frequent_are_offered_and_always_the_chosen(content):
    for number in range(MOST_OFFERED + 3):
        organisation = making.organisation(f"org-{number:02}")
        making.record(title_en="Fair").parties.create(organisation=organisation, role="organiser")
    making.record(title_en="Fair").parties.create(organisation=organisation, role="organiser")

    offered = counts("", "organisation")
    with_chosen = counts("organisation=socar", "organisation")

    assert len(offered) == MOST_OFFERED
    assert next(iter(offered)) == organisation.ref
    assert "socar" not in offered
    assert list(with_chosen) == [*offered, "socar"]


@pytest.mark.parametrize("name", ["sector_detail", "organisation_detail", "person_detail", "relation_detail"])
def test_what_a_page_is_about_is_no_choice_on_it(content, get, name):
    about = {
        "sector_detail": ["sector=energy"],
        "organisation_detail": ["organisation=socar"],
        "person_detail": ["person=aliyev"],
        "relation_detail": ["country=AZ", "country=GE"],
    }[name]
    address = content.addresses("en")[name]

    page = get(address)
    offered = [urlsplit(link).query for link in page.links("details")]
    chosen = get(f"{address}?{about[0]}")

    assert offered
    assert not set(about) & set(offered)
    assert len(chosen.words("a", class_="chip")) == 2
    if name == "relation_detail":
        assert "country=RO" in offered


def test_what_only_hidden_records_name_is_unknown_and_not_offered(content, get):
    hidden = making.person("Somebody Hidden", ref="hidden")
    making.record(public=False).people.create(person=hidden, office_en="Minister")

    assert "Somebody Hidden" not in get(RECORDS).source
    page = get(f"{RECORDS}?person=hidden")
    assert "“hidden” is not known here." in page.words("p", role="alert")[0]
    assert "Somebody Hidden" not in page.source


def test_rarer_filters_are_folded_away_until_one_is_chosen(content, get):
    def folded(page):
        return ["open" not in has for has, _words in page.pairs("details", class_="further")]

    assert folded(get(RECORDS)) == [True]
    assert folded(get(f"{RECORDS}?sector=energy")) == [True]
    for query in (
        "status=signed",
        "type=fair",
        "level=official",
        "place=AZ",
        "organisation=socar",
        "person=aliyev",
    ):
        assert folded(get(f"{RECORDS}?{query}")) == [False], query


# Switches


def test_any_or_all_is_asked_once_two_values_of_a_filter_are_chosen(content, get):
    either = get(f"{RECORDS}?country=GE&country=RO&year_to=2100&sort=oldest")

    assert [words for words in switches(get(f"{RECORDS}?country=GE&sector=energy")) if words[0] == "a"] == []
    assert [words for words in switches(get(f"{RECORDS}?kind=visit&kind=event")) if words[0] == "a"] == []
    found = {words: link for words, link in switches(either).items() if words[0] == "a"}
    assert {words: chosen for words, (_link, chosen) in found.items()} == {
        "any of them 7": True,
        "all of them 1": False,
    }
    link, _chosen = found["all of them 1"]
    assert link == f"{RECORDS}?country=GE&country=RO&year_to=2100&sort=oldest&match=all#results"
    both = get(link)
    assert titles(both) == ["AGRI declaration"]
    back, chosen = switches(both)["any of them 7"]
    assert (back, chosen) == (f"{RECORDS}?country=GE&country=RO&year_to=2100&sort=oldest#results", False)


def test_where_all_must_fit_a_count_says_what_one_more_value_leaves(content):
    assert counts("sector=energy", "sector") == {
        "energy": 2, "politics": 3, "tourism": 1, "transport": 3,
    }  # fmt: skip
    assert counts("sector=energy&match=all", "sector") == {"energy": 2, "transport": 1}
    assert counts("country=RO&kind=agreement&match=all", "kind") == {"agreement": 1}
    assert counts("country=GE&kind=visit&match=all", "kind")["agreement"] == 2


def test_the_counts_of_any_and_all_include_what_else_a_pair_page_shows(content, get):
    page = PairPage(content.relation, QueryDict("sector=energy&sector=investment"))

    match = Facets(page.filter, page.undivided).match

    # Two agreements, a text under both, a figure under one.
    assert {option.value: option.count for option in match.options} == {"any": 4, "all": 1}


@pytest.mark.parametrize("name", LISTS)
def test_order_is_chosen_on_every_list_and_keeps_the_rest(content, get, name):
    for title in ("Older", "Newer"):
        thing = making.record(
            title_en=title, date="1999" if title == "Older" else "2024", sectors="energy", kind="event"
        )
        thing.parties.create(organisation=content.socar, role="organiser")
        thing.people.create(person=content.aliyev, office_en="President")
    address = f"{content.addresses('en')[name]}?kind=event&sector=energy"

    newest = get(address)
    link, chosen = switches(newest)["oldest first"]
    oldest = get(link)

    assert (chosen, switches(newest)["newest first"][1]) == (False, True)
    assert urlsplit(link).query == "kind=event&sector=energy&sort=oldest"
    tag = "h4" if name == "relation_detail" else "h3"
    assert newest.words(tag, class_="record-title") == ["Newer", "Older"]
    assert oldest.words(tag, class_="record-title") == ["Older", "Newer"]
    assert urlsplit(switches(oldest)["newest first"][0]).query == "kind=event&sector=energy"


def test_the_order_of_a_single_record_is_not_asked(content, get):
    assert switches(get(f"{RECORDS}?level=official")) == {}


def test_oldest_first_a_timeline_stands_by_the_years_things_began_in(content):
    timeline = PairPage(content.relation, QueryDict("sort=oldest")).timeline

    assert [year for year, _records in timeline] == [1992, 2007, 2008, 2010, 2011, 2022, None]


# Steps from one control to the next


def test_any_control_keeps_what_the_others_chose(content, get):
    for number in range(60):
        making.agreement(
            title_en=f"Paper {number}",
            date="2010",
            instrument="declaration",
            sectors="energy transport",
            place_country=making.country("AZ"),
        )

    def links(page, words):
        return [has["href"] for has, text in page.pairs("a") if text.startswith(words) and "href" in has]

    steps = [
        ("Energy ", "sector=energy"),
        ("Transport ", "sector=energy&sector=transport"),
        ("all of them", "match=all"),
        ("2010 ", "year=2010"),
        ("Agreement ", "kind=agreement"),
        ("Signed or adopted ", "status=signed"),
        ("Declaration ", "type=declaration"),
        ("Azerbaijan ", "country=AZ"),
        ("oldest first", "sort=oldest"),
        ("Next page", "page=2"),
        ("Русский", "page=2"),
        ("English", "page=2"),
        ("Remove: Status: Signed or adopted", "country=AZ"),
    ]
    asked, address = [], RECORDS
    page = get(address)
    for words, query in steps:
        (link, *_others) = links(page, words)
        link = f"{urlsplit(address).path}{link}" if link.startswith("?") else link
        address, page = link, get(link)
        asked.append(set(urlsplit(link).query.split("&")))
        assert query.split("&")[-1] in asked[-1], words

    for before, after in pairwise(asked[:-1]):
        assert before <= after
    assert asked[-1] == asked[-2] - {"status=signed", "page=2"}


# The ways out


def test_a_page_with_nothing_says_which_filter_to_drop(content, get):
    page = get(f"{RECORDS}?sector=energy&level=official&year=2010")

    assert titles(page) == []
    words, link = "Without “Level of the visit: Official visit”", f"{RECORDS}?sector=energy&year=2010#results"
    ways = {text: has["href"] for has, text in page.pairs("a") if text.startswith("Without")}
    assert ways == {words: link}
    assert page.words("ul", class_="ways-out") == [f"{words} 2"]
    assert len(titles(get(link))) == 2


def test_a_pair_page_with_nothing_counts_what_else_it_would_show(content, get):
    page = get(f"{PAIR}?sector=energy&level=official")

    # Without the level two agreements and a text, without the sector one visit.
    assert page.words("ul", class_="ways-out") == [
        "Without “Sector: Energy” 1 Without “Level of the visit: Official visit” 3"
    ]


def test_dropping_one_of_several_values_is_a_way_out(content, get):
    page = get(f"{RECORDS}?country=HU&country=TR&match=all")

    assert page.words("ul", class_="ways-out") == [
        "Without “Country: Hungary” 1 Without “Country: Türkiye” 1"
    ]


@pytest.mark.parametrize(
    "query", ["secter=energy&level=state", "sector=enregy", "year=1850&level=state&sector=legal"]
)
def test_no_way_out_is_shown_that_leads_to_nothing(content, get, query):
    page = get(f"{RECORDS}?{query}")

    assert titles(page) == []
    assert page.words("ul", class_="ways-out") == []
    assert RECORDS in page.links("main")
