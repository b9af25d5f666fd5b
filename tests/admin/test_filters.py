"""Filters, search and order of the lists."""

import pytest

from relations.models import Country, Image, Observation, Organisation, Person, Record, Sector, Visit
from tests import factories

from .pages import address, messages_of


@pytest.fixture
def records(db):
    return {
        "energy": factories.visit(title_en="Energy", title_ka="ენერგეტიკა", date="2010-09-14"),
        "transit": factories.agreement(("AZ", "TJ"), "transport", title_en="Transit", date="2007/2011"),
        "culture": factories.event(("GE", "RO"), "culture", title_en="Culture", date=None, is_public=True),
    }


def found(desk, model=Record, **query):
    listed = desk.get(address(model, "changelist"), query).context["cl"].result_list
    return [getattr(thing, "title_en", None) or str(thing) for thing in listed]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"pair": "az-ge"}, ["Energy"]),
        ({"country": "GE"}, ["Energy", "Culture"]),
        ({"country": "AZ", "year": "2010"}, ["Transit", "Energy"]),
        ({"sector": "culture"}, ["Culture"]),
        ({"kind__exact": "agreement"}, ["Transit"]),
        ({"year": "2008"}, ["Transit"]),
        ({"year": "2012"}, []),
        ({"state": "published"}, ["Culture"]),
        ({"missing": "ka"}, ["Transit", "Culture"]),
        ({"sources": "none"}, ["Transit", "Culture"]),
        ({"sources": "some"}, ["Energy"]),
        ({"original": "en"}, ["Transit", "Energy", "Culture"]),
        ({"original": "ka"}, []),
    ],
    ids=str,
)
def test_filter(desk, records, query, titles):
    factories.citation(records["energy"])

    assert found(desk, **query) == titles


@pytest.mark.parametrize(
    "query", [{"pair": "xx-yy"}, {"year": "20l0"}, {"sector": "none"}, {"missing": "xx"}], ids=str
)
def test_unknown_filter_value_is_said_and_finds_nothing(desk, records, query):
    response = desk.get(address(Record, "changelist"), query)

    assert list(response.context["cl"].result_list) == []
    assert "has no value" in messages_of(response)[0]


@pytest.mark.parametrize(
    ("order", "titles"), [("3", ["Energy", "Transit", "Culture"]), ("-3", ["Transit", "Energy", "Culture"])]
)
def test_undated_records_come_last_in_both_orders(desk, records, order, titles):
    assert found(desk, o=order) == titles


@pytest.mark.parametrize(
    ("term", "titles"),
    [
        ("ენერგეტიკა", ["Energy"]),
        ("Georgia Azerbaijan", ["Energy"]),
        ("საქართველო", ["Energy", "Culture"]),
        ("АЛИЕВ", ["Energy"]),
        ("socar transit", ["Transit"]),
        ("nothing", []),
        ("(", []),
        ("%", []),
    ],
)
def test_search_in_every_language_and_in_related_names(desk, records, term, titles):
    person = factories.person(name_en="Ilham Aliyev", other_names=["Ильхам Алиев"])
    factories.record_person(records["energy"], person=person)
    factories.party(records["transit"], organisation=factories.organisation())

    assert found(desk, q=term) == titles


def test_search_by_another_spelling_of_a_name(desk):
    factories.person(
        name_en="Maka Bochorishvili", other_names=["Maka Botchorishvili"], name_ka="მაკა ბოჭორიშვილი"
    )

    for spelling in ("botchorishvili", "Bochorishvili", "ბოჭორიშვილი"):
        assert found(desk, Person, q=spelling) == ["Maka Bochorishvili"]


@pytest.mark.parametrize(
    "typed", ["turkiye", "TÜRKİYE", "Turkiye Ozbekiston", "o'zbekiston", "Узбекистон", "Ўзбекистон"]
)
def test_search_in_any_spelling(desk, typed):
    factories.country("TR")
    factories.country("UZ", name_uz="Oʻzbekiston", name_tg="Ӯзбекистон")
    factories.visit(("TR", "UZ"), title_en="Energy")
    factories.visit(("AZ", "GE"), title_en="Transit")
    query = {"app_label": "relations", "model_name": "recordparty", "field_name": "country"}

    offered = desk.get("/admin/autocomplete/", query | {"term": typed.split()[-1]}).json()["results"]

    assert found(desk, q=typed) == ["Energy"]
    assert [country["text"] for country in offered] in (["Türkiye"], ["Uzbekistan"])


def test_words_are_not_found_across_two_texts(desk, db):
    factories.person(name_en="Nino", name_ka="ნინო", ref="beridze")

    assert found(desk, Person, q="Nino beridze") == ["Nino"]
    assert found(desk, Person, q='"Nino ნინო"') == []
    assert found(desk, Person, q="Ninoნინო") == []


def test_search_by_a_former_name_of_an_organisation(desk):
    factories.organisation(other_names=["Азнефть"])

    assert found(desk, Organisation, q="азнефть") == ["SOCAR"]


def test_filter_of_figures_by_pair_and_year(desk):
    factories.observation("2010")
    factories.observation("2011")
    factories.observation("2010", relation=factories.relation("AZ", "TJ"))

    response = desk.get(address(Observation, "changelist"), {"pair": "az-ge", "year": "2010"})

    assert [figure.ref for figure in response.context["cl"].result_list] == [
        "trade-turnover.az-ge.ge.none.2010"
    ]


def test_list_says_languages_pairs_and_sources(desk, records):
    factories.citation(records["energy"])

    html = desk.get(address(Visit, "changelist")).content.decode()

    assert "en – ka – – –" in html
    assert "English, ქართული" in html
    assert '<td class="field-pairs">Azerbaijan – Georgia</td>' in html
    assert '<td class="field-date_in_words">14 September 2010</td>' in html
    assert '<td class="field-sources">1</td>' in html


@pytest.mark.parametrize(
    ("model", "make", "field"),
    [(Country, factories.country, "country"), (Sector, factories.sector, "main_sector")],
    ids=["country", "sector"],
)
def test_retired_things_are_not_offered_but_stay_chosen(desk, model, make, field):
    visit = factories.visit()
    used = make()
    model.objects.update(is_retired=True)
    source = {"country": ("recordparty", "country"), "main_sector": ("recordsector", "sector")}[field]
    query = {"app_label": "relations", "model_name": source[0], "field_name": source[1], "term": str(used)}

    offered = desk.get("/admin/autocomplete/", query).json()["results"]
    form = desk.get(address(Visit, "change", visit.pk)).content.decode()

    assert offered == []
    assert f'<option value="{used.pk}" selected>{used}</option>' in form
    assert str(used) in desk.get(address(model, "changelist"), {"q": str(used)}).content.decode()


def test_images_without_description_are_found(desk):
    image = factories.image()

    assert found(desk, Image, missing="en") == []
    assert found(desk, Image, missing="ka") == [str(image)]
