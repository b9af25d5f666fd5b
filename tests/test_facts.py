"""The demo content holds every fact of the four documents it was made from, in its type and with its source.

`data/facts.json` lists the facts as read in the documents; `data/facts_map_*.json` says in which objects
each of them lives.
"""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import override

from relations import models
from relations.dates import PartialDate, in_words
from relations.figures.words import value_in_words
from relations.models import Citation, Record
from tests.site.reading import Page, section

DATA = Path(__file__).parent / "data"
DOCUMENTS = json.loads((DATA / "facts.json").read_text(encoding="utf-8"))["seeds"]
FACTS = {fact["id"]: fact for document in DOCUMENTS for fact in document["facts"]}
PLACES = {
    fact: [tuple(place) for place in places]
    for path in sorted(DATA.glob("facts_map_*.json"))
    for fact, places in json.loads(path.read_text(encoding="utf-8")).items()
}
LANGUAGE = {"S1": "ka", "S2": "ru", "S3": "en", "S4": "en"}
SOURCE = {"S1": "ge-mfa-az", "S2": "icma-2025-10", "S3": "trend-2025-07-22", "S4": "tj-mfa-az"}
ADDRESS = {
    ("AZ", "GE"): "azerbaijan-georgia",
    ("AZ", "TJ"): "azerbaijan-tajikistan",
    ("AZ", "UZ"): "azerbaijan-uzbekistan",
}
MODELS = {
    "level": models.RelationLevel,
    "membership": models.Membership,
    "mission": models.Mission,
    "observation": models.Observation,
    "organisation": models.Organisation,
    "record": Record,
    "relation": models.Relation,
    "sector_text": models.SectorText,
    "source": models.Source,
}
# A heading with nothing under it.
NO_FACT = "S1-03"


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def objects(demo, db):
    """The objects a fact lives in."""

    def find(fact):
        return [thing_of(*place) for place in PLACES[fact["id"]]]

    return find


@pytest.fixture(scope="module")
def pages():
    return {}


@pytest.fixture
def page(demo, db, client, pages):
    """A page read once, however many facts are looked for on it."""

    def read(address):
        if address not in pages:
            answer = client.get(address)
            assert answer.status_code == 200, address
            pages[address] = Page(answer)
        return pages[address]

    return read


def thing_of(kind, ref):
    thing = MODELS[kind].objects.get(ref=ref)
    return thing.details if kind == "record" else thing


def with_(*names, kinds=()):
    """The facts that say something under a name, or are of a kind."""
    return [
        pytest.param(fact, id=fact["id"])
        for fact in FACTS.values()
        if fact["id"] != NO_FACT and (any(fact.get(name) for name in names) or fact["kind"] in kinds)
    ]


def records(things):
    return [thing for thing in things if isinstance(thing, Record)]


def edtf(date):
    """A date as the list of facts has it, in EDTF."""
    if date.get("qualifier") == "mid":
        return f"{date['start']}-06~/{date['start']}-07~"
    if date["end"] is None:
        return f"{date['start']}/.."
    if date["start"] in (None, date["end"]):
        return date["end"]
    return f"{date['start']}/{date['end']}"


def dates(thing):
    """Every date a thing has of its own, and of the sources that are cited on it."""
    names = ("date", "as_of", "period", "opened", "start", "published", "archived")
    found = [getattr(thing, name, None) for name in names]
    if isinstance(thing, models.Project):
        found += [date for status in thing.statuses.all() for date in (status.start, status.as_of)]
        # What a document only mentions has the document's date.
        found += [citation.source.published for citation in thing.citations.all()]
    return [date for date in found if date]


# Whether everything is there


def test_every_fact_has_a_place():
    assert len(FACTS) == 128
    assert [document["count"] for document in DOCUMENTS] == [51, 29, 22, 26]
    assert set(PLACES) == set(FACTS)
    assert [fact for fact, places in PLACES.items() if not places] == [NO_FACT]


def test_a_heading_without_content_creates_nothing(demo, db):
    assert PLACES[NO_FACT] == []
    of_2010 = models.Visit.objects.filter(date_earliest__year__lte=2010, date_latest__year__gte=2010)
    assert not of_2010.filter(parties__country__code="GE", parties__role="visitor").exists()


@pytest.mark.parametrize("fact", with_("id"))
def test_what_a_fact_lives_in_is_there_and_public(objects, fact):
    for thing in objects(fact):
        assert getattr(thing, "is_public", True), thing


@pytest.mark.parametrize("fact", with_("id"))
def test_what_a_fact_lives_in_names_the_document(objects, fact):
    source = SOURCE[fact["id"][:2]]
    for thing in objects(fact):
        if isinstance(thing, models.Source | models.Organisation):
            continue
        assert source in {citation.source.ref for citation in thing.citations.all()}, thing


# Whether it says the same

DATED_EXACTLY = ("visit", "agreement", "milestone", "meeting", "mission", "statistic", "source")


@pytest.mark.parametrize("fact", with_("date"))
def test_date_is_the_facts_and_no_more_precise(objects, fact):
    expected = PartialDate.parse(edtf(fact["date"]))
    found = [date for thing in objects(fact) for date in dates(thing)]

    if (
        fact["kind"] in DATED_EXACTLY
        and fact["date"].get("qualifier") not in ("mentioned", "circa")
        and fact["id"] != "S4-13"
    ):
        assert expected.edtf in {date.edtf for date in found}
    else:
        assert any(date.earliest <= expected.latest and expected.earliest <= date.latest for date in found), (
            found
        )


@pytest.mark.parametrize("fact", with_("statistic"))
def test_figure_is_the_facts_whole(objects, fact):
    stated = fact["statistic"]
    (figure,) = objects(fact)

    assert float(figure.value) == stated["value"]
    assert figure.scale == (6 if stated["unit"] == "million" else 0)
    assert figure.unit == stated.get("currency", stated["unit"])
    assert figure.period.edtf == edtf(stated["period"])
    assert figure.comparator == stated.get("comparator", "")
    assert (figure.reporter and figure.reporter.code) == stated.get("reporter")
    partner = figure.reporter and figure.relation.partner_of(figure.reporter)
    assert (partner and partner.code) == stated.get("partner")
    assert figure.direction == {"inbound": "inward", None: "none"}.get(
        stated.get("direction"), stated.get("direction")
    )
    for ours, theirs in {
        "change": "change_pct",
        "share": "share_pct",
        "rank": "rank",
        "rank_previous": "rank_previous",
    }.items():
        value = getattr(figure, ours)
        assert (None if value is None else float(value)) == stated.get(theirs), ours
    if basis := stated.get("change_basis"):
        assert figure.change_basis == {
            "previous year": "previous_year",
            "same period of the previous year": "same_period_previous_year",
        }.get(basis, "not_stated")
    assert bool(figure.share_of_en) is ("share_of" in stated)
    assert bool(figure.rank_of_en) is ("rank_of" in stated)


@pytest.mark.parametrize("fact", with_("mission"))
def test_mission_is_of_the_kind_and_between_the_states(objects, fact):
    (mission,) = objects(fact)

    assert (mission.kind, mission.sending.code, mission.receiving.code) == tuple(
        fact["mission"][name] for name in ("type", "sending", "receiving")
    )


@pytest.mark.parametrize("fact", with_("persons"))
def test_people_hold_the_offices_of_the_fact(objects, fact):
    parts = [
        part
        for record in records(objects(fact))
        for part in record.people.select_related("person", "country")
    ]
    held = {
        (name, part.country.code): part.office_en
        for part in parts
        if part.person
        for name in (part.person.name_en, *part.person.other_names)
    }

    said = " ".join(map(words_of, objects(fact)))
    for person in fact["persons"]:
        if parts:
            assert held[person["name"], person["country"]].startswith(person["office"])
        else:
            assert person["name"].split()[-1] in said
            assert person["office"] in said


@pytest.mark.parametrize("fact", with_("offices"))
def test_an_office_without_a_name_stays_without_one(objects, fact):
    (record,) = records(objects(fact))
    unnamed = record.people.filter(person=None).select_related("country")

    assert {part.office_en for part in unnamed} == set(fact["offices"])
    assert all(part.office_en.endswith(part.country.name_en) for part in unnamed)


def organisations(thing):
    """Every organisation that a thing names."""
    if isinstance(thing, models.Organisation):
        return [thing]
    if isinstance(thing, Record):
        found = [part.organisation for part in (*thing.parties.all(), *thing.people.all())]
        return [*found, getattr(thing, "body_that_met", None)]
    if isinstance(thing, models.Source):
        return [thing.publisher_organisation, thing.reproduces and thing.reproduces.publisher_organisation]
    if isinstance(thing, models.Relation):
        return [link.organisation for link in thing.links.all()]
    return [getattr(thing, "organisation", None)]


def words_of(thing):
    return " ".join(
        str(getattr(thing, name, "") or "") for name in ("title_en", "body_en", "summary_en", "note_en")
    )


@pytest.mark.parametrize("fact", with_("organisations"))
def test_organisations_are_named(objects, fact):
    things = objects(fact)
    named = {one for thing in things for one in organisations(thing) if one}
    names = {name for one in named for name in (one.name_en, one.abbreviation_en, *one.other_names)}
    said = " ".join(map(words_of, things))

    for organisation in fact["organisations"]:
        plain = organisation.removesuffix(" of Azerbaijan").removesuffix(" of Georgia")
        assert any(plain in (name or "") for name in names) or plain in said, (organisation, names)


INSTRUMENTS = {"multilateral agreement": "agreement", "joint statement; 10 documents": "joint_statement"}


@pytest.mark.parametrize("fact", with_("document_type"))
def test_document_is_of_its_kind(objects, fact):
    stated = INSTRUMENTS.get(fact["document_type"], fact["document_type"])

    assert stated in {thing.instrument for thing in objects(fact) if isinstance(thing, models.Agreement)}


@pytest.mark.parametrize("fact", with_("duration_years"))
def test_term_is_kept_and_its_end_computed(objects, fact):
    (agreement,) = objects(fact)

    assert agreement.term_years == fact["duration_years"] == 5
    assert str(agreement.term_ends) == "2013-11"


@pytest.mark.parametrize("fact", with_("documents_count"))
def test_documents_are_counted(objects, fact):
    assert fact["documents_count"] in {
        thing.outcomes_counted for thing in objects(fact) if isinstance(thing, models.Visit)
    }


@pytest.mark.parametrize("fact", with_("session"))
def test_session_has_both_its_numbers(objects, fact):
    (meeting,) = objects(fact)
    stated = re.findall(r"(\d+)\w\w (\w+)", fact["session"])

    assert {(str(one.ordinal), one.scope) for one in meeting.sessions.all()} == set(stated)
    assert len(stated) == 2


SUBTYPES = {
    "official": ("level", "official"),
    "one-on-one": ("format", "one_on_one"),
    "expanded format": ("format", "expanded"),
    "press statement": ("format", "press_statements"),
    # A speech is a record of its own kind.
    "speech": ("format", "statement"),
    "event participation": ("type", "fair"),
    "cultural tour": ("type", "tour"),
}


@pytest.mark.parametrize("fact", with_("subtype"))
def test_kind_within_the_kind_is_kept(objects, fact):
    name, value = SUBTYPES[fact["subtype"]]

    assert value in {getattr(thing, name, thing.kind) for thing in records(objects(fact))}


@pytest.mark.parametrize("fact", with_("place"))
def test_place_is_kept(objects, fact):
    things = objects(fact)
    for place in fact["place"]:
        countries = {thing.place_country.code for thing in records(things) if thing.place_country}
        countries |= {thing.receiving.code for thing in things if isinstance(thing, models.Mission)}
        assert place["country"] is None or place["country"] in countries
        if place["name"]:
            names = " ".join(
                [thing.place_en or "" for thing in records(things)] + [words_of(thing) for thing in things]
            )
            assert place["name"] in names


@pytest.mark.parametrize("fact", with_("other_countries"))
def test_other_countries_are_parties_of_some_role(objects, fact):
    parties = {
        party.country.code
        for thing in records(objects(fact))
        for party in thing.parties.all()
        if party.country
    }

    assert set(fact["other_countries"]) <= parties


@pytest.mark.parametrize("fact", with_("quote"))
def test_quotation_has_its_speaker_and_the_language_it_is_printed_in(objects, fact):
    (said,) = records(objects(fact))
    (speaker,) = said.people.filter(role="speaker")

    assert speaker.person.name_en == fact["quote"]["by"]
    assert said.original_language == fact["quote"]["text_language"]
    # No document says in which language it was spoken.
    assert said.spoken_language == ""


@pytest.mark.parametrize("fact", with_("url"))
def test_link_is_kept(objects, fact):
    (thing,) = objects(fact)

    linked = thing.links.all() if isinstance(thing, models.Relation) else [thing]
    assert fact["url"] in {link.url for link in linked}


def sectors(thing):
    if isinstance(thing, Record):
        return {sector.slug for sector in thing.sectors.all()}
    if isinstance(thing, models.SectorText):
        return {thing.sector.slug, *(sector.slug for sector in thing.other_sectors.all())}
    if isinstance(thing, models.Observation):
        return {thing.indicator.sector.slug}
    if isinstance(thing, models.Membership):
        return {sector.slug for sector in thing.sectors.all()}
    return set()


@pytest.mark.parametrize("fact", with_("sectors"))
def test_it_is_filed_under_the_facts_sectors(objects, fact):
    stated = set(fact["sectors"]) - {"general"}
    filed = [sectors(thing) for thing in objects(fact)]
    together = set().union(*filed)

    if stated and together:
        assert stated <= together or any(one and one <= stated for one in filed), together


@pytest.mark.parametrize("fact", with_("id"))
def test_record_stands_on_the_page_of_the_facts_pair(objects, fact):
    pair = "-".join(fact["pair"][:2]).lower()
    for record in records(objects(fact)):
        refs = {relation.ref for relation in record.relations.all()}
        assert pair in refs, record


# Whether it is shown


def shown_words(thing, language):
    """What of a thing a reader must find on the page, in the language."""
    text = lambda name: getattr(thing, f"{name}_{language}") or getattr(thing, f"{name}_en")  # noqa: E731
    match thing:
        case Record() | models.SectorText():
            return text("title")
        case models.Observation():
            with override(language):
                return value_in_words(thing)
        case models.Source():
            return text("publisher")
        case models.Organisation():
            return text("name")
        case models.Membership():
            return getattr(thing.organisation, f"name_{language}") or thing.organisation.name_en
        case models.Mission():
            return in_words(thing.opened, language)
        case models.RelationLevel():
            with override(language):
                return str(thing.get_level_display())
    return "http://mfa.gov.az" if thing.ref == "az-ge" else None


@pytest.mark.parametrize("fact", with_("id"))
def test_fact_is_shown_in_english_and_in_its_own_language(objects, page, fact):
    pair = ADDRESS[tuple(fact["pair"][:2])]
    for language in {"en", LANGUAGE[fact["id"][:2]]}:
        on_the_pair = page(f"/{language}/relations/{pair}/").text
        for thing in objects(fact):
            words = " ".join(shown_words(thing, language).split())
            if words in on_the_pair:
                continue
            with override(language):
                own = thing.get_absolute_url().partition("#")[0]
            assert words in page(own).text, (words, own)


# The cases the documents make hard


@pytest.mark.parametrize("word", ["Ceyhan", "Kars"])
def test_a_project_that_two_documents_name_is_there_once(demo, db, word):
    projects = models.Project.objects.filter(title_en__contains=word)

    (project,) = projects
    assert {"ge-mfa-az", "trend-2025-07-22"} <= {citation.source.ref for citation in project.citations.all()}


@pytest.mark.parametrize(
    ("ref", "kept", "otherwise"),
    [
        ("az-tj-friendship-2007", "2007-03-16", "2007-03-15"),
        ("allied-relations-treaty", "2023", "2024-08-23"),
    ],
)
def test_two_sources_that_disagree_both_speak_and_one_is_followed(page, ref, kept, otherwise):
    agreement = models.Agreement.objects.get(ref=ref)
    citations = list(Citation.objects.filter(record=agreement))

    assert agreement.date.edtf == kept
    assert [citation.is_preferred for citation in citations].count(True) == 1
    assert otherwise in {citation.states.get("date") for citation in citations if not citation.is_preferred}
    address = agreement.get_absolute_url()
    (said, *_more) = page(address).words("p", class_="disagreement")
    year, *rest = otherwise.split("-")
    assert year in said
    assert not rest or str(int(rest[-1])) in said


def test_a_claim_about_a_third_country_has_a_speaker_and_makes_no_pair(demo, db):
    claim = models.Statement.objects.get(ref="bayramov-armenia-constitution-2025-07")

    assert claim.people.get(role="speaker").person.name_en == "Jeyhun Bayramov"
    assert claim.parties.get(country__code="AM").role == "subject"
    assert not models.Relation.objects.filter(country_a__code="AM").exists()
    assert not models.Relation.objects.filter(country_b__code="AM").exists()
    about_armenia = Record.objects.filter(parties__country__code="AM")
    assert {record.parties.get(country__code="AM").role for record in about_armenia} <= {
        "subject",
        "mentioned",
    }


def test_tajikistan_says_how_and_when_relations_began(page):
    box = section(page("/en/relations/azerbaijan-tajikistan/"), "key-facts")

    assert "29 May 1992" in box
    assert "by exchange of notes" in box


def test_eight_months_of_2025_are_not_held_against_2024(page):
    uzbek = page("/ru/relations/azerbaijan-uzbekistan/")
    figures = section(uzbek, "figures")

    (row,) = [words for words in uzbek.words("tr") if "292" in words]
    assert "январь–август 2025" in row.lower()
    assert "252" in figures
    assert "%" not in figures
    assert "15,9" not in uzbek.source


def test_georgian_page_on_energy_in_2010(page):
    energy = page("/ka/relations/azerbaijan-georgia/?sector=energy&year=2010")

    agri = models.Agreement.objects.get(ref="agri-declaration")
    fair = models.Event.objects.get(ref="aitf-2010")
    assert agri.title_ka
    assert agri.title_ka in energy.main
    assert fair.title_ka not in energy.main
    assert fair.title_ka in page("/ka/relations/azerbaijan-georgia/?year=2010").main


def test_the_embassy_opened_in_the_middle_of_1996_is_found_under_that_year_alone(page):
    for year, is_there in ((1995, False), (1996, True), (1997, False)):
        missions = section(page(f"/en/relations/azerbaijan-uzbekistan/?year={year}"), "missions")
        assert bool(missions and "middle of 1996" in missions) is is_there


def test_the_banner_of_2011_is_long_off(page):
    assert models.Notice.objects.get().is_public
    assert models.Notice.objects.get().text_en not in page("/en/").text
