"""Nothing that is not public leaves by any address, in any language, by any way to ask."""

from urllib.parse import unquote

import pytest
from django.contrib.auth import get_user_model
from django.urls import Resolver404, URLPattern, URLResolver, resolve
from django.utils.translation import override

from relations import models
from relations.site.urls import urlpatterns
from tests.models import making

from .secrets import CODES, FIGURES, MARK, Secrets
from .test_not_public import walk

# Fewer than these are visited only if something public is no longer walked.
FEWEST_LINKED, FEWEST_GUESSED = 250, 850

YEARS = ("1777", "1778", "1779", "1780")
FILTERS = (
    "country=TJ",
    "country=AZ&country=GE&match=all",
    "organisation=unseen-company",
    "person=unseen-person",
    "place=TJ",
    "sector=energy",
    "kind=visit",
    "year=1777",
    "year_from=1700&year_to=1800",
    "page=2",
    "preview=1",
    "q=unseen",
)


@pytest.fixture(scope="module")
def planted_once(entered_once, django_db_blocker):
    with django_db_blocker.unblock():
        make = get_user_model().objects.create_superuser
        yield Secrets(entered_once, make("writer"), make("chief"))


@pytest.fixture
def secrets(planted_once, db):
    return planted_once


@pytest.fixture
def marks(secrets):
    """What no answer may contain: the mark, and the numbers that only hidden things say."""
    return [MARK.lower(), *FIGURES, *YEARS]


def said(answer):
    """All that an answer says, in small letters and with its addresses spelt out."""
    body = b"".join(answer) if answer.streaming else answer.content
    # How long an answer is, is nobody's secret, and may look like one.
    headers = " ".join(
        f"{name}: {value}" for name, value in answer.headers.items() if name != "Content-Length"
    )
    words = f"{headers} {body.decode(errors='replace')}".lower()
    return words + unquote(words)


def guessed():
    """Addresses of everything that is in the database or is named by a draft."""
    yield from ("", "countries/", "records/", "relations/")
    for record in models.Record.objects.values_list("pk", flat=True):
        yield from (f"records/{record}/", f"records/{record}/a-guess/")
        yield from (f"records/{record}/versions/{number}/" for number in ("1.0", "2.0"))
    for model, folder in ((models.Organisation, "organisations"), (models.Person, "people")):
        for number in model.objects.values_list("pk", flat=True):
            yield from (f"{folder}/{number}/", f"{folder}/{number}/a-guess/")
    countries = [making.country(each) for each in ("AZ", "GE", "RO", "TJ")]
    for country in countries:
        yield f"countries/{country.slug}/"
        yield from (f"relations/{country.slug}-{other.slug}/" for other in countries)
    yield from (f"sectors/{sector.slug}/" for sector in models.Sector.objects.all())
    yield from (f"{slug}/" for slug in ("about", "taken-off", "unseen-page", "unseen-name"))


def in_other_ways(address):
    """The same address as somebody writes it who hopes for more."""
    yield from (f"{address}?preview=1", f"{address.rstrip('/')}.json")
    if address.endswith(("/records/", "/relations/azerbaijan-georgia/", "/sectors/energy/")):
        yield from (f"{address}?{query}" for query in FILTERS)


def view_of(address):
    """The name of the view that answers at an address, or None."""
    path = address.partition("?")[0]
    with override(path.split("/")[1] or None):
        try:
            return resolve(path).func.__name__
        except Resolver404:
            return None


def names_of(patterns):
    """The names of all addresses under a language; two of one name are one page."""
    assert not any(isinstance(pattern, URLResolver) for pattern in patterns)
    return {pattern.callback.__name__ for pattern in patterns if isinstance(pattern, URLPattern)}


def test_every_way_to_a_page_shows_no_mark(content, secrets, marks, client):
    linked = walk(client, [f"/{code}/" for code in CODES])
    addresses = [f"/{code}/{rest}" for code in CODES for rest in guessed()]
    addresses += [
        other for address in addresses[: len(addresses) // len(CODES)] for other in in_other_ways(address)
    ]
    visited, statuses, views = dict(linked), set(), set()
    for address in addresses:
        visited[address] = client.get(address)

    for address, answer in visited.items():
        words = said(answer)
        # What was asked for is said again in links to other languages.
        found = [one for one in marks if one in words and one not in address]
        assert not found, (address, answer.status_code, found)
        assert answer.status_code < 500, address
        statuses.add(answer.status_code)
        views.add(view_of(address))

    assert len(linked) >= FEWEST_LINKED
    assert len(addresses) >= FEWEST_GUESSED
    assert names_of(urlpatterns) <= views
    assert {200, 301, 302, 404, 410} <= statuses


@pytest.mark.parametrize("code", CODES)
def test_what_is_no_longer_public_tells_only_its_reason(secrets, get, client, code):
    for address in (f"/{code}/records/{secrets.unpublished.pk}/", f"/{code}/taken-off/"):
        assert "Entered twice." in get(address, status=410).main
    assert client.get(f"/{code}/records/{secrets.led_away.pk}/")["Location"] == f"/{code}/records/"
    assert "It never took place." in get(f"/{code}/records/{secrets.withdrawn.pk}/", follow=True).main


def test_a_language_that_is_held_back_falls_back_and_says_so(secrets, get):
    page = get(f"/ka/records/{secrets.held_back.pk}/", follow=True)

    assert page.words("h1") == ["Visit"]
    assert len(page.words("p", class_="language-notice")) == 1
    # The languages that the page exists in, as machines are told them.
    english = get(f"/en/records/{secrets.held_back.pk}/", follow=True)
    assert [has["hreflang"] for has in english.all("link") if "hreflang" in has] == ["en"]


def test_what_is_said_of_a_change_falls_back_where_its_language_is_held_back(secrets, get):
    corrected, withdrawn, unpublished = secrets.holding_back

    page = get(f"/ka/records/{corrected.pk}/", follow=True)
    assert "Correction in English" in page.main
    assert "Note in English" in page.main
    assert "It was another visit." in get(f"/ka/records/{withdrawn.pk}/", follow=True).main
    for place in (f"{unpublished.pk}", f"{secrets.back_again.pk}/versions/1.0"):
        assert "It was another visit." in get(f"/ka/records/{place}/", status=410).main
    assert get(f"/ka/records/{corrected.pk}/versions/1.0/").words("h1") == [corrected.title_en]
    # It is kept for the day on which the language is released.
    kept = models.Correction.objects.of(corrected).get()
    assert MARK in kept.text_ka
    assert kept.old_title_ka == MARK


# Ways to ask

SPELLINGS = (
    "{}",
    "{}?preview=1",
    "{}?preview=true&draft=1",
    "{}?is_public=1",
    "{}?format=json",
    "{}?_changelist_filters=1",
    "{}.json",
    "{}index.html",
    "{}../",
    "{}%2e",
    "{}%20",
    "{};a=1",
    "{}#text",
    "/{}",
)
HEADERS = (
    {},
    {"Range": "bytes=0-10"},
    {"If-None-Match": "*"},
    {"If-Match": "*"},
    {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"},
    {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"Accept": "application/json"},
    {"X-Requested-With": "XMLHttpRequest", "HX-Request": "true"},
    {"X-Original-URL": "{}", "X-Rewrite-URL": "{}", "X-Forwarded-Prefix": "/admin"},
)


def secret_addresses(secrets):
    """One address of each kind, and then those of the same kinds."""
    yield f"/ka/records/{secrets.hidden.pk}/"
    # The number of the draft's version, which is no version yet.
    yield f"/en/records/{secrets.live[0].pk}/versions/2.0/"
    yield "/en/unseen-page/"
    yield f"/en/organisations/{secrets.company.pk}/"
    yield f"/en/people/{secrets.person.pk}/"
    yield from (f"/media/{name}" for name in secrets.files)
    for thing in (secrets.embargoed, secrets.scheduled):
        yield from (f"/en/records/{thing.pk}/", f"/en/records/{thing.pk}/versions/1.0/")
    yield "/ka/unseen-name/"
    yield "/preview/a-guess/"
    yield from (f"/preview/a-guess/media/{name}" for name in secrets.files[:2])


def test_no_way_to_ask_gets_more_than_not_found(secrets, client):
    addresses = list(secret_addresses(secrets))
    tries = [(address, "{}", headers) for address in addresses for headers in HEADERS]
    tries += [
        (address, spelling, headers)
        for address in addresses[:6]
        for spelling in SPELLINGS
        for headers in HEADERS
    ]

    for address, spelling, headers in tries:
        asked = spelling.format(address)
        headers = {name: value.format(address) for name, value in headers.items()}
        # Whatever it is, a stroke is put at its end and a language before it.
        answer = client.get(asked, headers=headers, follow=True)
        assert answer.status_code == 404, (asked, headers, answer.status_code)
        assert [status for _where, status in answer.redirect_chain] in ([], [301], [302])
        assert MARK.lower() not in said(answer)
        if spelling == "{}":
            assert client.head(asked, headers=headers).status_code == 404

    assert len(tries) >= 6 * len(SPELLINGS) * len(HEADERS) + 20 * len(HEADERS)


def test_an_account_shows_no_more_on_public_addresses(secrets, client):
    client.force_login(secrets.chief)

    for address in secret_addresses(secrets):
        assert client.get(f"{address}?preview=1").status_code == 404, address


def test_the_files_of_what_is_public_are_there(secrets, client):
    for ask in (client.get, client.head):
        answer = ask(f"/media/{secrets.open_file}")

        assert answer.status_code == 200
        assert MARK.lower() not in said(answer)


def test_a_secret_word_finds_as_much_as_no_word(secrets, get):
    for query in ("organisation={}", "person={}", "country={}", "place={}", "sector={}", "kind={}", "q={}"):
        word = "unseen-person" if query.startswith("person") else "unseen-company"
        known, unknown = (
            get(f"/en/records/?{query.format(asked)}").main.replace(asked, "") for asked in (word, "nowhere")
        )
        assert known == unknown, query


def test_every_kind_of_thing_has_a_draft_here(secrets):
    drafted = {type(revision.thing) for revision in secrets.drafts}

    assert drafted == {
        models.Record,
        models.Relation,
        models.RelationLevel,
        models.Observation,
        models.SectorText,
        models.Mission,
        models.Notice,
        models.Page,
    }
    assert all(MARK in str(revision.document) for revision in secrets.drafts)
