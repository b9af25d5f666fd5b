"""Odd addresses, as programs send them: each is answered, and the same on both databases."""

from time import process_time
from urllib.parse import quote

import pytest

from relations.models import Record

from .reading import Page, dangers

PAIR = "/en/relations/azerbaijan-georgia/"
HUGE = "9" * 25
SCRIPT = quote("<script>alert(1)</script>")
QUOTES = quote("\"><img src=x onerror=alert(1)>'")
# Of this process; what else the machine does must not decide.
SLOWEST = 1.5
# As much as an address may choose of what there is.
FULL = "&".join(
    f"{name}={value}"
    for name, values in {
        "sector": "energy transport tourism politics trade investment legal",
        "kind": " ".join(Record.Kind.values),
        "country": "AZ GE RO HU TR",
        "status": "signed ended in_force provisional replaced unknown agreed building operating",
        "type": "treaty memorandum declaration protocol convention recognition fair forum other",
        "level": "state official working transit private",
        "place": "AZ GE RO HU TR",
        "organisation": "socar guam",
        "person": "aliyev",
    }.items()
    for value in values.split()
)

# Address and the status it gets; the same on SQLite and PostgreSQL.
ANSWERS = {
    # Signs that are no text
    "/en/records/?q=%00": 400,
    f"{PAIR}?sector=%00": 400,
    "/en/records/?sector=%ff%fe": 400,
    "/en/records/?%00=1": 400,
    "/en/records/?%c3%28=1": 400,
    "/en/%00/": 400,
    "/en/records/1/%00/": 400,
    "/en/relations/%00-georgia/": 400,
    "/%00": 400,
    "/en/relations/%ff%fe-georgia/": 404,
    "/en/sectors/%ff/": 404,
    "/en/records/1/%ff%fe/": 301,
    "/en/records/?sector=%ed%a0%80": 400,
    "/en/records/?sector=%F0%9F%92%A9": 200,
    "/en/records/?sector=%E2%80%AE": 200,
    # Years
    "/en/records/?year=1000000000000000000": 200,
    f"/en/records/?year={HUGE}": 200,
    "/en/records/?year=-1": 200,
    "/en/records/?year=0": 200,
    "/en/records/?year=1e9": 200,
    "/en/records/?year=NaN": 200,
    "/en/records/?year=Infinity": 200,
    "/en/records/?year=%D9%A2%D9%A0%D9%A1%D9%A0": 200,
    "/en/records/?year=2010&year=abc": 200,
    "/en/records/?year_from=99999&year_to=-99999": 200,
    "/en/records/?year_from=2100&year_to=1800": 200,
    "/en/records/?year=2100": 200,
    "/en/records/?year=1800": 200,
    f"/en/records/?year={'1' * 3900}": 200,
    f"{PAIR}?year=1000000000000000000": 200,
    f"{PAIR}?year_to={HUGE}": 200,
    # Pages
    "/en/records/?page=-1": 404,
    "/en/records/?page=0": 404,
    "/en/records/?page=2": 404,
    "/en/records/?page=1001": 404,
    "/en/records/?page=abc": 404,
    "/en/records/?page=": 404,
    "/en/records/?page=1.0": 404,
    "/en/records/?page=1%20": 404,
    "/en/records/?page=%D9%A1": 404,
    "/en/records/?page=%C2%B2": 404,
    "/en/records/?page=last": 404,
    f"/en/records/?page={HUGE}": 404,
    f"/en/records/?page={'0' * 20}1": 404,
    f"/en/records/?page=000000001{'0' * 3000}": 404,
    "/en/records/?page=1&page=2": 404,
    "/en/records/?page=1": 200,
    f"{PAIR}?page=2": 404,
    f"{PAIR}?page=-1": 404,
    "/en/sectors/energy/?page=1000": 404,
    # Numbers of things
    f"/en/records/{HUGE}/": 404,
    f"/en/records/{'9' * 300}/x/": 404,
    "/en/records/9223372036854775807/": 404,
    "/en/records/9223372036854775808/x/": 404,
    "/en/records/2147483648/": 404,
    "/en/records/0/": 404,
    "/en/records/-1/": 404,
    "/en/records/1.5/": 404,
    "/en/records/%D9%A1/": 404,
    f"/en/organisations/{HUGE}/x/": 404,
    f"/en/people/{HUGE}/": 404,
    "/en/people/0/": 404,
    # Much of one thing
    f"/en/records/?sector={'x' * 3000}": 200,
    f"/en/records/?{'x' * 3000}=1": 200,
    f"/en/records/?sector={quote('ა' * 400)}": 200,
    f"/en/records/?status={'x' * 3000}": 200,
    f"/en/records/?sort={'x' * 3000}": 200,
    f"/en/records/?{'&'.join(f'sector={n}' for n in range(300))}": 200,
    f"/en/records/?{'&'.join('sector=energy' for n in range(290))}": 200,
    f"/en/records/?{'&'.join(f'a{n}=1' for n in range(600))}": 200,
    f"/en/records/?{'&'.join(f'country=A{chr(65 + n)}' for n in range(26))}": 200,
    f"/en/records/?sector={'x' * 5000}": 400,
    f"/en/records/?{'&' * 4000}": 200,
    f"/en/records/?{'=' * 4000}": 200,
    "/en/" + "a/" * 800: 404,
    "/en/" + "a" * 3000 + "/": 404,
    f"/en/sectors/{'x' * 3000}/": 404,
    f"/en/countries/{'x' * 3000}/": 404,
    f"/en/relations/{'a-' * 700}b/": 404,
    f"/en/relations/{'a' * 3000}-georgia/": 404,
    f"/en/relations/{'-' * 500}/": 404,
    "/en/" + "../" * 50 + "etc/passwd": 404,
    "/en/%2e%2e/%2e%2e/etc/passwd": 404,
    "/en/..%2f..%2fetc%2fpasswd/": 404,
    # What wants to be more than text
    f"/en/records/?sector={SCRIPT}": 200,
    f"/en/records/?{SCRIPT}=1": 200,
    f"/en/records/?year={SCRIPT}": 200,
    f"/en/records/?sector={QUOTES}": 200,
    f"/en/records/?{QUOTES}={QUOTES}": 200,
    f"/en/records/?organisation={QUOTES}": 200,
    f"/en/records/?year_from={QUOTES}": 200,
    f"{PAIR}?{SCRIPT}={SCRIPT}": 200,
    f"/en/{SCRIPT}/": 404,
    f"/en/sectors/{QUOTES}/": 404,
    f"/en/records/1/{SCRIPT}/": 404,
    "/en/records/?sector=energy'%20OR%20'1'='1": 200,
    "/en/records/?sector=1;DROP%20TABLE%20relations_record": 200,
    "/en/records/?sort=title_en": 200,
    "/en/records/?parties__country__code=AZ": 200,
    "/en/records/?is_public=0": 200,
    "/en/records/?date_earliest__year=1e9": 200,
    "/en/records/?sector[]=energy": 200,
    "/en/records/?sector=energy;year=2010": 200,
    "/en/records/?kind=__class__": 200,
    "/en/records/?match=all": 200,
    # Filters by things and words
    "/en/records/?person=%00": 400,
    "/en/records/?type=%ff%fe": 400,
    f"/en/records/?person={SCRIPT}": 200,
    f"/en/records/?place={QUOTES}": 200,
    f"/en/records/?type={QUOTES}&level={SCRIPT}": 200,
    f"/en/records/?person={'x' * 3000}": 200,
    f"/en/records/?type={'x' * 3000}&type=": 200,
    "/en/records/?level=&place=&person=&type=": 200,
    "/en/records/?person=1": 200,
    "/en/records/?person__ref=aliyev": 200,
    "/en/records/?place=Az": 200,
    "/en/records/?type=0&level=-1": 200,
    f"/en/records/?{'&'.join(f'person=p{n}' for n in range(300))}": 200,
    f"/en/records/?{'&'.join('place=AZ' for n in range(290))}": 200,
    f"/en/records/?{FULL}&match=all": 200,
    f"{PAIR}?{FULL}&match=all": 200,
    "/en/records/?sort=oldest&sort=newest&match=all&match=any": 200,
    f"{PAIR}?person=aliyev&level=official&type=other&place=GE&match=all": 200,
    "/en//evil.example/": 404,
    "/%2f%2fevil.example/": 404,
    "/en/relations/https:%2f%2fevil.example/": 404,
    # Languages and hosts that are not there
    # A word is the name of a page of the staff, so it is looked for under a language.
    "/xx/": 302,
    "/EN/": 404,
    "/en-US/": 404,
    "/en": 301,
    "/favicon.ico": 404,
    "/wp-login.php": 404,
    "/.env": 404,
    "/.git/config": 404,
    "/en/.env/": 404,
}


@pytest.fixture
def numbered(content):
    """Addresses with the number 1 mean the first record there is."""

    def real(address):
        return address.replace("/records/1/", f"/records/{content.agri.pk}/")

    return real


@pytest.mark.parametrize("address", ANSWERS, ids=lambda address: address[:60])
def test_an_odd_address_is_answered(numbered, client, address):
    started = process_time()
    answer = client.get(numbered(address))

    assert answer.status_code == ANSWERS[address]
    assert process_time() - started < SLOWEST
    if "html" in answer.get("Content-Type", "") and answer.status_code not in (301, 302):
        page = Page(answer)
        assert [one for one in dangers(page) if one != "<script>"] == []
        assert len(page.all("script")) == len(
            [has for has in page.all("script") if has.get("src", "").startswith("/static/")]
        )
        assert page.faults == []
        assert "onerror" not in [name for _tag, has, _outside in page.elements for name in has]


def test_there_are_enough_odd_addresses():
    assert len(ANSWERS) >= 110


@pytest.mark.parametrize("where", ["/en/records/1/x/", "/en/relations/ge-az/", "/en/relations/az-ge/"])
@pytest.mark.parametrize("query", ["?next=//evil.example", "?x=%0d%0aSet-Cookie:%20a=1", f"?x={'y' * 3500}"])
def test_a_redirect_stays_on_the_site_and_on_one_line(numbered, client, where, query):
    answer = client.get(numbered(where) + query)

    assert answer.status_code == 301
    assert answer["Location"].startswith("/en/re")
    assert "\n" not in answer["Location"]
    assert answer["Location"].endswith(query)


@pytest.mark.parametrize(
    "path", ["//evil.example/en/", "//evil.example", "/\\evil.example/en", "///evil.example/en/records"]
)
def test_a_path_that_looks_like_a_host_leads_nowhere_else(content, client, path):
    answer = client.get("/", PATH_INFO=path)

    assert answer.status_code in (301, 302, 404)
    assert not answer.get("Location", "/").startswith(("//", "/\\", "http"))


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
def test_an_unknown_method_is_refused(content, client, method):
    assert getattr(client, method)(PAIR).status_code == 405


def test_head_answers_like_get_without_words(content, client):
    answer = client.head(PAIR)

    assert (answer.status_code, answer.content) == (200, b"")
