"""Pairs on the home page and in their own list, however many there are."""

import pytest
from django.utils.translation import override

from relations.models import Country, Relation
from relations.site.pairs import PAIRS_ON_HOME
from tests import factories
from tests.models import making

HOME, ALL = "/en/", "/en/relations/"


def codes(number):
    """So many codes of countries that do not exist."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [letters[1 + count // 26] + letters[count % 26] for count in range(number)]


def make_pairs(number):
    """Pairs of Azerbaijan and another, each with one public record, a year apart."""
    for count, code in enumerate(codes(number)):
        factories.country(code, slug=f"country-{code.lower()}", name_en=f"Country {code}", name_ka="")
        making.record(countries=f"AZ {code}", date=f"{1900 + count}")


def listed(page):
    return [words.replace("\xa0", " ") for _has, words in page.pairs("a", class_="pair")]


def test_a_handful_of_pairs_is_listed_whole_and_by_name(db, get):
    making.record(countries="GE UZ", date="1990")
    making.record(countries="AZ TR", date="2000")
    making.record(countries="AZ KZ", date="1980")

    page = get(HOME)

    assert listed(page) == ["Azerbaijan – Kazakhstan", "Azerbaijan – Türkiye", "Georgia – Uzbekistan"]
    assert ALL not in page.links("main")
    assert ALL in page.links("header")


def test_of_many_pairs_the_home_page_shows_those_in_the_news(db, get):
    make_pairs(PAIRS_ON_HOME + 3)
    last = codes(PAIRS_ON_HOME + 3)[-1]
    making.record(countries="AZ BA", date="2020/..")
    making.record(countries="AZ BB", date="2021", public=False)
    making.record(countries="AZ BC")

    page = get(HOME)

    assert listed(page)[:2] == ["Azerbaijan – Country BA", f"Azerbaijan – Country {last}"]
    assert len(listed(page)) == PAIRS_ON_HOME
    assert "Azerbaijan – Country BB" not in listed(page)
    assert ALL in page.links("main")


def test_pairs_with_nothing_dated_come_last(db, get):
    make_pairs(PAIRS_ON_HOME)
    factories.relation("GE", "UZ", is_public=True)

    assert "Georgia – Uzbekistan" not in listed(get(HOME))
    assert "Georgia – Uzbekistan" in listed(get(ALL))


def test_the_list_has_pages_in_the_order_of_the_shown_names(db, get, monkeypatch):
    monkeypatch.setattr("relations.site.views.PAIRS_PER_PAGE", 2)
    for pair in ("GE UZ", "AZ TR", "AZ KZ"):
        making.record(countries=pair)
    making.record(countries="AZ RO", public=False)

    first, second = get(ALL), get(f"{ALL}?page=2")

    assert listed(first) == ["Azerbaijan – Kazakhstan", "Azerbaijan – Türkiye"]
    assert listed(second) == ["Georgia – Uzbekistan"]
    assert "?page=2" in first.links("main")
    for address in (f"{ALL}?page=3", f"{ALL}?page=0", f"{ALL}?page=x"):
        get(address, status=404)


def test_names_are_sorted_in_the_language_of_the_page(db, get):
    for code, name in (("AF", "Əfqanıstan"), ("EC", "Ekvador"), ("FR", "Fransa"), ("CN", "Çin")):
        factories.country(code, slug=f"x-{code.lower()}", name_az=name)
        making.record(countries=f"AZ {code}")
    Country.objects.filter(code="AZ").update(name_az="Azərbaycan")

    others = [name.split(" – ")[1] for name in listed(get("/az/relations/"))]

    assert others == ["Çin", "Ekvador", "Əfqanıstan", "Fransa"]
    assert [words for _has, words in get("/az/countries/").pairs("a", class_="pair")] == [
        "Azərbaycan 4", "Çin 1", "Ekvador 1", "Əfqanıstan 1", "Fransa 1",
    ]  # fmt: skip


def test_every_list_of_countries_is_in_the_alphabet_of_the_page(db, get):
    for code, name in (("AF", "Əfqanıstan"), ("EC", "Ekvador"), ("CN", "Çin")):
        factories.country(code, slug=f"x-{code.lower()}", name_az=name)
    factories.country("AZ", name_az="Azərbaycan")
    record = making.record(countries="AF AZ EC CN")
    club, guild = factories.organisation(name_az="Əlbir"), factories.organisation(name_az="Ekiz")
    for code in ("AF", "AZ", "EC", "CN"):
        for organisation in (club, guild):
            factories.membership(organisation=organisation, country=factories.country(code))
    others = ["Çin", "Ekvador", "Əfqanıstan"]

    assert listed(get("/az/countries/azerbaijan/")) == others
    with override("az"):
        of_record, of_club = get(record.get_absolute_url()), get(club.get_absolute_url())
    assert listed(of_record)[:3] == [f"Azərbaycan – {name}" for name in others]
    members = [
        words.partition(":")[0] for words in of_club.words("li") if "Member" in words or "Üzv" in words
    ]
    assert members == ["Azərbaycan", *others]
    for address in ("/az/countries/azerbaijan/", "/az/relations/azerbaijan-x-ec/"):
        words = get(address).main
        assert words.index("Ekiz") < words.index("Əlbir")


def test_a_card_names_its_countries_where_the_page_does_not(db, get):
    making.record(countries="GE AZ")
    four = making.record(countries="AZ GE RO HU", date="2010")
    factories.party(four, country=factories.country("TR"), role="mentioned")

    def named(address):
        return get(address).words("span", class_="record-countries")

    assert sorted(named("/en/records/")) == ["Azerbaijan, Georgia, Romania, Hungary", "Georgia – Azerbaijan"]
    assert named("/en/relations/azerbaijan-georgia/") == ["Azerbaijan, Georgia, Romania, Hungary"]
    assert "აზერბაიჯანი, საქართველო, რუმინეთი, უნგრეთი" in named("/ka/")


@pytest.mark.parametrize("number", [1, 3, 30])
@pytest.mark.parametrize(("address", "queries"), [(HOME, 6), (ALL, 5)])
def test_queries_do_not_grow_with_pairs(db, client, django_assert_num_queries, address, queries, number):
    make_pairs(number)
    assert Relation.objects.count() == number

    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_a_third_countrys_text_says_so(content, get):
    making.sector_text("energy", viewpoint=making.country("TR"), title_en="From afar")

    for address in ("/en/relations/azerbaijan-georgia/", "/en/sectors/energy/"):
        page = get(address)
        assert page.main.count("As stated by a third country: Türkiye") == 1
        assert page.main.count("As stated by: Georgia, as of 2011") == 1
    with override("ru"):
        assert "По сведениям третьей страны: Türkiye" in get("/ru/relations/azerbaijan-georgia/").main
