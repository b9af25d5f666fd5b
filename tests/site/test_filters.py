"""Filters: what an address says is what is shown, on records and on everything else of a pair page."""

import re
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from relations.models import Record
from relations.site.filters import RecordFilter
from relations.site.pair import PairPage
from tests import factories
from tests.models import making

from .reading import section

PAIR = "/en/relations/azerbaijan-georgia/"


def found(query):
    """The titles of the records under a query."""
    return [record.title_en for record in RecordFilter(QueryDict(query), Record.objects.published()).qs]


def shown(query, pair=("AZ", "GE")):
    """Everything a pair page shows under a query beside its records."""
    page = PairPage(making.relation(*pair), QueryDict(query))
    return {
        "texts": len(page.texts),
        "figures": sorted(str(one.period) for one in page.figures),
        "missions": [one.sending.code for one in page.missions],
        "levels": len(page.levels),
        "memberships": len(page.shared_memberships),
    }


ENERGY = {"AGRI declaration", "Gas memorandum"}
ALL = ENERGY | {"Tourism fair", "Visit to Tbilisi", "Council", "Railway", "Relations established", "A claim"}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ALL),
        ("sector=energy", ENERGY),
        ("sector=energy&sector=tourism", ENERGY | {"Tourism fair"}),
        ("sector=energy&sector=transport", ENERGY | {"Council", "Railway"}),
        ("sector=energy&sector=transport&match=all", {"AGRI declaration"}),
        ("sector=energy&sector=transport&match=any", ENERGY | {"Council", "Railway"}),
        ("sector=energy&year=2010", ENERGY),
        ("sector=tourism&year=2010", {"Tourism fair"}),
        ("sector=energy&year=2012", {"Gas memorandum"}),
        ("year=2010", ENERGY | {"Tourism fair"}),
        ("year=2007", {"Visit to Tbilisi"}),
        ("year=2008", {"Gas memorandum"}),
        ("year=2013", {"Gas memorandum"}),
        ("year=2014", set()),
        ("year=2023", {"A claim"}),
        ("year=2021", set()),
        ("year=1992", {"Relations established"}),
        ("year_from=2011", {"Gas memorandum", "Council", "A claim"}),
        ("year_to=2007", {"Visit to Tbilisi", "Relations established"}),
        ("year_from=2008&year_to=2010", ENERGY | {"Tourism fair"}),
        ("kind=agreement", ENERGY),
        ("kind=agreement&kind=visit", ENERGY | {"Visit to Tbilisi"}),
        # No record is of two kinds: all of them is asked only of what a record can have several of.
        ("kind=agreement&kind=visit&match=all", ENERGY | {"Visit to Tbilisi"}),
        ("country=RO", {"AGRI declaration"}),
        ("country=GE&country=RO", ALL),
        ("country=GE&country=RO&match=all", {"AGRI declaration"}),
        ("country=TR", {"Railway"}),
        ("country=AZ&country=AZ&country=RO&match=all", {"AGRI declaration"}),
        ("country=RO&country=TR&match=all", set()),
        ("person=aliyev&organisation=socar&country=HU&match=all", {"AGRI declaration"}),
        ("organisation=socar", {"AGRI declaration"}),
        ("person=aliyev", {"AGRI declaration"}),
        ("status=in_force", set()),
        ("status=signed", ENERGY),
        ("status=agreed", {"Railway"}),
        ("status=signed&status=agreed", ENERGY | {"Railway"}),
        ("type=declaration", {"AGRI declaration"}),
        ("type=relations_established", {"Relations established"}),
        ("type=fair", {"Tourism fair"}),
        ("type=memorandum&type=fair", {"Gas memorandum", "Tourism fair"}),
        ("type=other", set()),
        ("level=official", {"Visit to Tbilisi"}),
        ("level=state&level=official", {"Visit to Tbilisi"}),
        ("level=state", set()),
        ("place=AZ", {"AGRI declaration"}),
        ("place=AZ&place=GE&match=all", {"AGRI declaration"}),
        ("place=GE", set()),
        ("sector=energy&type=declaration&place=AZ&person=aliyev&status=signed", {"AGRI declaration"}),
        ("sector=energy&kind=agreement&country=HU&year=2010", {"AGRI declaration"}),
        ("sector=legal", set()),
        ("q=tourism", {"Tourism fair"}),
        ("q=TOURISM+fair", {"Tourism fair"}),
        ("q=fair+tourism", {"Tourism fair"}),
        ("q=%22fair+tourism%22", set()),
        ("q=%22Tourism+fair%22", {"Tourism fair"}),
        ("q=tóurísm", {"Tourism fair"}),
        ("q=gas", ENERGY),
        ("q=gas+sea", {"AGRI declaration"}),
        ("q=baku", {"AGRI declaration"}),
        ("q=დეკლარაცია", {"AGRI declaration"}),
        ("q=ᲓᲔᲙᲚᲐᲠᲐᲪᲘᲐ", {"AGRI declaration"}),
        ("q=gas&year=2012", {"Gas memorandum"}),
        ("q=gas&sector=tourism", set()),
        ("q=", ALL),
        ("q=++", ALL),
        ("q=%25", set()),
        ("q=_", set()),
        ("q=%5C", set()),
        ("q='", set()),
        ("q=%22%22", set()),
        # The words of a reader are none of the marks around those of an editor.
        ("q=strong", set()),
    ],
)
def test_what_an_address_asks_for_is_what_is_found(content, query, titles):
    assert set(found(query)) == titles
    assert len(found(query)) == len(titles)


def test_an_agreement_is_found_in_the_years_it_ran_in(content):
    making.agreement(title_en="By its term", date="1998-11", term_years=5)
    making.agreement(title_en="By its end", date="1998-11", term_years=9, ended="2003")
    making.agreement(title_en="End unknown", date="1998-11", in_force="1999")

    for year, titles in ((1997, set()), (1998, {"End unknown"}), (2001, set()), (2003, set()), (2004, set())):
        ran = {"By its term", "By its end"} if 1998 <= year <= 2003 else set()
        assert {title for title in found(f"year={year}") if title in RUNNING} == ran | titles
    assert {"By its term", "By its end"} <= set(found("year_from=2000&year_to=2001"))


RUNNING = {"By its term", "By its end", "End unknown"}


def test_a_choice_of_years_counts_agreements_that_ran_then(content, get):
    before = len(found("year=2002"))
    making.agreement(title_en="By its term", date="1998-11", term_years=5)

    assert len(found("year=2002")) == before + 1
    assert options(get("/en/records/"), "year")["2002"][0] == before + 1


def test_what_has_no_end_yet_is_found_in_no_year_to_come(content, get):
    making.project(title_en="Under way", date="2022/..")
    making.project(title_en="Planned", date="2090/..")
    making.project(title_en="Planned for a day", date="2092")

    assert "Under way" in found("year=2023")
    assert found("year=2091") == []
    assert found("year=2092") == ["Planned for a day"]
    assert set(found("year_from=2080")) == {"Planned", "Planned for a day"}
    for year, (count, _href, _chosen) in options(get("/en/records/"), "year").items():
        if year.isdigit():
            assert count == len(found(f"year={year}")), year


def test_years_in_the_wrong_order_are_said(content, get):
    page = get("/en/records/?year_from=2011&year_to=2010")

    (said,) = page.words("p", role="alert")
    assert "To year: This year is before the first one." in said
    assert page.words("article", class_="record") == []


def test_the_year_that_was_chosen_is_kept_by_what_is_typed_beside_it(content, get):
    typed = {has["name"]: has.get("value") for has in get("/en/records/?year=2010").all("input")}

    assert (typed["year_from"], typed["year_to"]) == ("2010", "2010")


@pytest.mark.parametrize("typed", ["Baku-Supsa", "baku–supsa", "Baku+—+Supsa", "“Baku - Supsa”"])
@pytest.mark.parametrize("title", ["Baku–Supsa pipeline", "Baku-Supsa pipeline", "Baku – Supsa pipeline"])
def test_hyphens_and_dashes_are_one(content, typed, title):
    making.project(title_en=title)

    assert found(f"q={typed.replace('“', '%22').replace('”', '%22')}") == [title]


def test_where_nothing_was_chosen_no_filter_is_blamed(content, get):
    company = making.organisation("nobody", name_en="Nobody's company")
    factories.membership(organisation=company)

    page = get(f"/en/organisations/{company.pk}/", follow=True)

    assert "Nothing is recorded here so far." in page.main
    assert "under these filters" not in page.main


def test_the_order_is_newest_first_unless_oldest_is_asked_for(content):
    assert found("")[0] == "A claim"
    assert found("sort=oldest")[0] == "Relations established"
    assert found("")[-1] == found("sort=oldest")[-1] == "Railway"


def test_a_record_with_two_of_the_sectors_is_listed_once(content):
    assert found("sector=energy&sector=transport").count("AGRI declaration") == 1
    assert found("country=AZ&country=GE").count("AGRI declaration") == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sector=trade", {"figures": ["2009", "2010", "2011-01/2011-03"]}),
        ("sector=trade&year=2010", {"figures": ["2010"]}),
        ("year=2010", {"figures": ["1997/2010", "2010"]}),
        ("year=2003", {"figures": ["1997/2010"]}),
        ("sector=investment", {"texts": 1, "figures": ["1997/2010"]}),
        ("sector=energy", {"texts": 1}),
        ("year=2011", {"texts": 1, "figures": ["2011-01/2011-03"]}),
        ("year=2007", {"missions": ["AZ"], "figures": ["1997/2010"]}),
        ("year=1996", {"missions": ["GE"], "levels": 1}),
        ("year=1995", {}),
        ("year_to=1996", {"missions": ["GE"], "levels": 1}),
        ("year=1997", {"memberships": 1, "figures": ["1997/2010"]}),
        ("sector=energy&sector=investment&match=all", {"texts": 1}),
        ("q=OIL", {"texts": 1}),
        ("q=oil+energy", {"texts": 1}),
        ("q=oil+trade", {}),
        ("q=tbilisi", {"missions": ["AZ"]}),
        ("q=guam&year=1997", {"memberships": 1}),
        ("q=turnover&year=2010", {"figures": ["2010"]}),
        ("q=nonsense", {}),
        ("kind=visit", {}),
        ("country=RO", {}),
        ("status=signed", {}),
        ("organisation=socar", {}),
        ("type=declaration", {}),
        ("level=official", {}),
        ("place=AZ", {}),
        ("person=aliyev", {}),
    ],
)
def test_a_filter_acts_on_everything_of_a_pair_page(content, query, expected):
    nothing = {"texts": 0, "figures": [], "missions": [], "levels": 0, "memberships": 0}

    assert shown(query) == nothing | expected


def test_the_embassy_is_found_under_the_year_it_opened(content, get):
    missions = section(get(f"{PAIR}?year=2007"), "missions")

    assert "22 September 2007" in missions
    assert "middle of 1996" not in missions


@pytest.mark.parametrize(
    ("query", "name", "meant"),
    [
        ("secter=energy", "secter", "sector"),
        ("years=2010", "years", "year"),
        ("Sector=energy", "Sector", "sector"),
        ("zzzz=1", "zzzz", None),
        ("pagee=2", "pagee", "page"),
    ],
)
@pytest.mark.parametrize("address", [PAIR, "/en/records/", "/en/sectors/energy/"])
def test_an_unknown_filter_is_said_and_nothing_is_shown(content, get, address, query, name, meant):
    page = get(f"{address}?{query}")

    (said,) = page.words("p", role="alert")
    assert f"“{name}”" in said
    assert (f"Did you mean “{meant}”?" in said) is bool(meant)
    assert page.words("article", class_="record") == []
    assert "708.1" not in (section(page, "figures") or "")
    assert section(page, "missions") is None
    assert address in page.links("main")


@pytest.mark.parametrize(
    "query",
    [
        "sector=enregy",
        "sector=",
        "kind=visits",
        "country=ZZ",
        "country=az",
        "organisation=nobody",
        "person=nobody",
        "type=scroll",
        "level=high",
        "place=Baku",
        "match=both",
        "year=abc",
        "year=1799",
        "year=2101",
        "year=10000000000000000000",
        "year=-1",
        "year=2010.5",
        "year_from=x",
        "year_to=99999",
        "status=perhaps",
        "sort=random",
        "sector=energy&sector=nonsense",
        "q=" + "a" * 201,
        "q=a+b+c+d+e+f+g+h+i",
    ],
)
@pytest.mark.parametrize("address", [PAIR, "/en/records/"])
def test_an_unknown_value_is_said_and_nothing_is_shown(content, get, address, query):
    page = get(f"{address}?{query}")

    if query == "sector=":
        assert page.words("p", role="alert") == []
        return
    assert len(page.words("p", role="alert")) == 1
    assert page.words("article", class_="record") == []
    assert section(page, "missions") is None


@pytest.mark.parametrize(
    "name", ["sector", "kind", "country", "status", "type", "level", "place", "organisation", "person"]
)
def test_at_most_twenty_values_are_taken(content, get, name):
    query = "&".join(f"{name}={number}" for number in range(21))

    assert "At most 20" in get(f"/en/records/?{query}").words("p", role="alert")[0]


@pytest.mark.parametrize(
    "query",
    ["utm_source=x&utm_medium=mail", "fbclid=a", "gclid=1", "yclid=2", "mc_cid=1&mc_eid=2", "_openstat=x"],
)
def test_what_other_sites_hang_on_links_is_passed_over(content, get, query):
    page = get(f"{PAIR}?{query}&sector=energy")

    assert page.words("p", role="alert") == []
    assert len(page.words("article", class_="record")) == 2


def test_words_stay_typed_and_are_a_choice_like_any_other(content, get):
    page = get(f"{PAIR}?sector=energy&q=gas+%3C")

    assert ("q", "gas <") in [(one.get("name"), one.get("value")) for one in page.all("input", "form")]
    assert "Words: gas <" in " ".join(page.words("a", class_="chip"))
    # They are one form with the years, and what else was chosen goes along.
    assert {"type": "hidden", "name": "sector", "value": "energy"} in page.all("input", "form")
    assert page.words("article", class_="record") == []
    way_out = next(href for href in page.links("main") if href.endswith("?sector=energy#results"))
    assert len(get(way_out).words("article", class_="record")) == 2


def test_words_follow_the_text(content):
    content.fair.title_en = "Wine fair"
    content.fair.save(update_fields=["title_en"])

    assert found("q=wine") == ["Wine fair"]
    assert found("q=tourism") == []


def test_counts_follow_the_words(content, get):
    assert counts(get("/en/records/?q=gas"), "Energy", "Tourism", "Transport", "2010") == {
        "Energy": 2,
        "Transport": 1,
        "2010": 2,
    }


# Counts


def options(page, facet):
    """The choices of a facet with their counts, by label."""
    found = {}
    for has, words in page.pairs("a", within="details"):
        match = re.fullmatch(r"(.+?) (\d+)", words)
        found.setdefault(match[1], (int(match[2]), has["href"], has.get("aria-current")))
    return {
        label: entry
        for label, entry in found.items()
        if f"{facet}=" in entry[1] or entry[2] or facet == "any"
    }


def counts(page, *labels):
    every = options(page, "any")
    return {label: every[label][0] for label in labels if label in every}


def test_counts_follow_the_other_filters_and_not_their_own(content, get):
    everything, energy = get("/en/records/"), get("/en/records/?sector=energy")

    assert counts(everything, "Energy", "Tourism", "Transport", "2010", "2013", "Agreement", "Visit") == {
        "Energy": 2,
        "Tourism": 1,
        "Transport": 3,
        "2010": 3,
        "2013": 1,
        "Agreement": 2,
        "Visit": 1,
    }
    # Other sectors keep their counts; years and kinds follow the sector.
    assert counts(energy, "Energy", "Tourism", "Transport", "2010", "2013", "Agreement", "Visit") == {
        "Energy": 2,
        "Tourism": 1,
        "Transport": 3,
        "2010": 2,
        "2013": 1,
        "Agreement": 2,
    }
    assert counts(get("/en/records/?year=2007"), "Energy", "Politics", "2010", "Visit") == {
        "Politics": 1,
        "2010": 3,
        "Visit": 1,
    }


def test_a_choice_leads_to_as_many_as_it_says(content, get):
    for address in ("/en/records/", "/en/records/?sector=energy", "/en/records/?year_from=2008&year_to=2010"):
        for label, (count, href, chosen) in options(get(address), "any").items():
            if chosen or "sector=energy&sector=" in href:
                continue
            assert len(get(href).words("article", class_="record")) == count, (address, label, href)


def test_counts_on_a_pair_page_include_its_texts_figures_and_missions(content, get):
    page = get(PAIR)

    assert counts(page, "Energy", "Trade", "Legal", "2007", "2010", "1996", "Visit") == {
        "Energy": 3,
        "Trade": 3,
        "Legal": 1,
        "2007": 3,
        "2010": 5,
        "1996": 2,
        "Visit": 1,
    }


# Chips, paging, sorting


def test_every_choice_is_a_chip_that_takes_only_itself_away(content, get):
    query = (
        "sector=energy&sector=transport&kind=agreement&country=RO&year=2010&organisation=socar&status=signed"
        "&type=declaration&place=AZ&person=aliyev"
    )

    page = get(f"/en/records/?{query}")

    chips = {words: has["href"] for has, words in page.pairs("a", class_="chip")}
    clear = chips.pop("Remove all filters")
    assert clear == "/en/records/"
    assert [words.removeprefix("Remove: ").removesuffix(" ×") for words in chips] == [
        "Sector: Energy",
        "Sector: Transport",
        "Year: 2010",
        "Kind: Agreement",
        "Country: Romania",
        "Status: Signed or adopted",
        "Type: Declaration",
        "Place: Azerbaijan",
        "Organisation: SOCAR",
        "Person: Ilham Aliyev",
    ]
    for words, href in chips.items():
        left = QueryDict(urlsplit(href).query)
        gone = set(QueryDict(query).urlencode().split("&")) - set(left.urlencode().split("&"))
        assert len(gone) == 1, words


def test_twelve_steps_keep_the_query(content, get):
    for number in range(60):
        making.record(title_en=f"Session {number}", date="2010", sectors="energy")
    steps = ["sector=energy", "year=2010"]

    page = get("/en/records/?" + "&".join(steps))
    for _step in range(6):
        (following,) = [link for link in page.links() if "page=2" in link]
        second = get("/en/records/" + following)
        assert len(second.words("article", class_="record")) == 12
        switched = next(has["href"] for has in second.all("a") if has.get("hreflang") == "en")
        page = get(switched.replace("page=2", "page=1"))
        assert len(page.words("article", class_="record")) == 50
        assert {"Sector: Energy", "Year: 2010"} <= {
            words.removeprefix("Remove: ").removesuffix(" ×")
            for _has, words in page.pairs("a", class_="chip")
        }


def test_a_choice_begins_at_the_first_page(content, get):
    for number in range(60):
        making.record(title_en=f"Session {number}", date="2010", sectors="energy")

    page = get("/en/records/?page=2")

    assert all("page=" not in link for link in page.links("details"))


def test_the_form_for_years_carries_the_other_filters(content, get):
    page = get("/en/records/?sector=energy&kind=agreement&year=2010&sort=oldest")

    hidden = {(has["name"], has["value"]) for has in page.all("input", "form") if has.get("type") == "hidden"}
    assert hidden == {("sector", "energy"), ("kind", "agreement"), ("sort", "oldest")}


def test_a_retired_sector_still_filters(content, get):
    type(making.sector("energy")).objects.filter(slug="energy").update(is_retired=True)

    assert set(found("sector=energy")) == ENERGY


def test_a_filtered_page_is_not_for_search_engines(content, get):
    assert [has for has in get(f"{PAIR}?year=2010").all("meta") if has.get("name") == "robots"]
    assert not [has for has in get(PAIR).all("meta") if has.get("name") == "robots"]
