"""What is not public is on no public page: not as words, not as a number, not as a choice."""

from collections import Counter

import pytest
from django.conf import settings

from relations import models
from relations.models import Citation, FormerNumber, Notice, Page, Relation, RelationLevel
from relations.models.base import Published
from tests.models import making

from .reading import Page as Reader

CODES = [code for code, _name in settings.LANGUAGES]
MARK = "XUNSEENX"


def marked(name):
    """The mark in every language of a text."""
    return {f"{name}_{code}": f"{MARK} {name} {code}" for code in CODES}


class Hidden:
    """One hidden thing of every kind that can be hidden, beside what is public and tied to it."""

    def __init__(self, content):
        self.records = [
            making.record(
                model,
                public=False,
                date="1777",
                sectors="energy",
                countries="AZ GE TJ",
                ref=f"unseen-{model.own_kind}",
                **marked("title"),
                **marked("summary"),
                **marked("body"),
                **marked("note"),
                **marked("place"),
                **marked("date_note"),
            )
            for model in models.Record.__subclasses__()
        ]
        agreement, visit = self.records[0], self.records[1]
        person = models.Person.objects.create(ref="unseen", **marked("name"))
        person.appointments.create(office_en=f"{MARK} office")
        source = models.Source.objects.create(ref="unseen", **marked("publisher"), **marked("title"))
        for record in self.records:
            record.people.create(person=person, **marked("office"))
            making.cite(record, source, as_="record")
            record.links.create(to=content.agri.record, type="replaces", **marked("note"))
            content.agri.links.create(to=record.record, type="amends", **marked("note"))
            record.links.create(to=content.visit.record, type="outcome_of")
        content.visit.outcomes_counted = 10
        content.visit.save()
        FormerNumber.objects.create(number=424242, record=visit.record)
        making.figure("1778", "777777.7", public=False, sources=[source], **marked("note"))
        making.mission(public=False, sources=[source], opened="1779", **marked("city"), **marked("note"))
        making.sector_text("health", public=False, sources=[source], as_of="1780", **marked("title"))
        Notice.objects.create(is_public=False, **marked("text"))
        Page.objects.create(slug="unseen", is_public=False, **marked("title"))
        hidden_pair = making.relation("AZ", "RO")
        Relation.objects.filter(pk=hidden_pair.pk).update(
            is_public=False, **marked("title"), **marked("summary")
        )
        RelationLevel.objects.create(relation=hidden_pair, level="suspended", start="1781", **marked("note"))
        hidden_pair.links.create(url=f"https://{MARK}.example/", **marked("label"))
        Citation.objects.create(relation=hidden_pair, source=source)
        RelationLevel.objects.create(
            relation=content.relation, level="friendship", basis=agreement.record, is_public=True
        )
        RelationLevel.objects.create(
            relation=content.relation, level="severed", start="1782", **marked("note")
        )
        self.person = person


@pytest.fixture
def hidden(content):
    return Hidden(content)


# Where filters are followed: choices and counts are made alike on all other pages, and in all languages.
FILTERED = ("/en/records/", "/en/relations/azerbaijan-georgia/", "/en/sectors/energy/")


def walk(client, start):
    """Every page of the site that links lead to, by address, filters among them but not two of one kind."""
    seen, waiting = {}, list(start)
    while waiting:
        address = waiting.pop()
        path, _question, query = address.partition("?")
        if address in seen or query.count("&") > 1 or not path.startswith("/"):
            continue
        answer = client.get(address)
        seen[address] = answer
        if "html" in answer.get("Content-Type", "") and answer.status_code == 200:
            links = [link.partition("#")[0] for link in Reader(answer).links()]
            deeper = [
                link if link.startswith("/") else path + link for link in links if link and "://" not in link
            ]
            waiting += [
                link for link in deeper if "?" not in link or ("?" not in address and path in FILTERED)
            ]
    return seen


def test_every_kind_of_thing_that_can_be_hidden_is_hidden(hidden):
    kinds = set(models.Record.__subclasses__())
    others = {model for model in Published.__subclasses__() if model is not models.Record}

    for model in kinds | others:
        assert model.objects.filter(is_public=False).exists(), model


def test_no_page_shows_what_is_not_public(content, hidden, client):
    seen = walk(client, [f"/{code}/" for code in CODES])

    statuses = Counter(answer.status_code for answer in seen.values())
    assert set(statuses) <= {200, 301, 302}, [address for address in seen if seen[address].status_code > 399]
    assert statuses[200] > 250
    for address, answer in seen.items():
        words = answer.content.decode().lower()
        for mark in (
            MARK.lower(),
            "777777",
            "777,777",
            "777\u00a0777",
            "777.777",
            *map(str, range(1777, 1782)),
        ):
            assert mark not in words, (address, mark)


@pytest.mark.parametrize("language", CODES)
def test_no_address_leads_to_what_is_not_public(content, hidden, client, language):
    addresses = [f"/{language}/records/{record.pk}/" for record in hidden.records]
    addresses += [f"/{language}/records/{record.pk}/{record.ref}/" for record in hidden.records]
    addresses += [
        f"/{language}/unseen/",
        f"/{language}/records/424242/",
        f"/{language}/relations/azerbaijan-tajikistan/",
        f"/{language}/countries/tajikistan/",
        f"/{language}/people/{hidden.person.pk}/",
        f"/{language}/people/{hidden.person.pk}/unseen/",
    ]

    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert MARK.lower() not in answer.content.decode().lower()


def facets_and_numbers(client, address):
    page = Reader(client.get(address))
    return (
        sorted(words for _has, words in page.pairs("a", within="details")),
        sorted(words for words in page.words("span", class_="facet-count")),
        page.words("h2"),
        page.words("dd"),
    )


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "country_list",
        "country_detail",
        "relation_detail",
        "record_list",
        "record_detail",
        "sector_detail",
        "organisation_detail",
        "person_detail",
    ],
)
def test_no_number_changes_when_something_hidden_is_entered(content, client, name):
    address = content.addresses("en")[name]
    content.visit.outcomes_counted = 10
    content.visit.save()
    before = facets_and_numbers(client, address)

    Hidden(content)

    after = facets_and_numbers(client, address)
    # A level says of itself nothing that is hidden: its basis is left out.
    assert before == after


def test_a_count_of_outcomes_leaves_hidden_ones_out(content, hidden, get):
    page = get(f"/en/records/{content.visit.pk}/visit-to-tbilisi/")

    assert "10, of which 0 recorded here" in page.main
    content.fair.links.create(to=content.visit.record, type="outcome_of")
    assert "10, of which 1 recorded here" in get(f"/en/records/{content.visit.pk}/visit-to-tbilisi/").main


@pytest.mark.parametrize(
    "query", ["sector=energy&year=1777", "country=TJ", "organisation=socar&country=TJ", "year_to=1800"]
)
def test_no_filter_finds_what_is_not_public(content, hidden, get, query):
    assert get(f"/en/records/?{query}").words("article", class_="record") == []


def test_what_becomes_public_is_there(content, hidden, client):
    models.Record.objects.update(is_public=True)

    for record in hidden.records:
        assert MARK in client.get(f"/en/records/{record.pk}/", follow=True).content.decode()
    assert client.get("/en/relations/azerbaijan-tajikistan/").status_code == 200
