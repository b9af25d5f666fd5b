"""Addresses: one for each thing, and every other way to write it leads there."""

import pytest
from django.conf import settings
from django.utils.translation import override

from relations.models import Country, FormerNumber, Relation
from tests.models import making

CODES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize(
    "written",
    [
        "georgia-azerbaijan",
        "az-ge",
        "ge-az",
        "AZ-GE",
        "Ge-Az",
        "az-georgia",
        "azerbaijan-ge",
        "georgia-az",
        "ge-azerbaijan",
    ],
)
@pytest.mark.parametrize("query", ["", "?sector=energy&year=2010"])
def test_every_way_to_write_a_pair_leads_to_one_address(content, client, written, query):
    answer = client.get(f"/ka/relations/{written}/{query}")

    assert (answer.status_code, answer["Location"]) == (301, f"/ka/relations/azerbaijan-georgia/{query}")


@pytest.mark.parametrize(
    "words",
    [
        "azerbaijan-azerbaijan",
        "azerbaijan",
        "azerbaijan-",
        "-georgia",
        "azerbaijan-nowhere",
        "az-az",
        "x-y",
        "--",
        "azerbaijan-tajikistan",
    ],
)
def test_words_that_name_no_pair_with_a_page_are_no_address(content, client, words):
    making.country("TJ")

    assert client.get(f"/en/relations/{words}/").status_code == 404


def test_hyphens_in_the_names_of_countries_are_understood(db, client):
    guinea = Country.objects.create(code="GN", slug="guinea", name_en="Guinea")
    bissau = Country.objects.create(code="GW", slug="guinea-bissau", name_en="Guinea-Bissau")
    congo = Country.objects.create(code="CD", slug="congo-dr", name_en="DR Congo")
    for other in (guinea, bissau):
        Relation.objects.join(congo, other)
    Relation.objects.update(is_public=True)

    for address in ("congo-dr-guinea", "congo-dr-guinea-bissau"):
        assert client.get(f"/en/relations/{address}/").status_code == 200
    moved = client.get("/en/relations/guinea-bissau-congo-dr/")
    assert (moved.status_code, moved["Location"]) == (301, "/en/relations/congo-dr-guinea-bissau/")
    assert client.get("/en/relations/guinea-bissau/").status_code == 404


@pytest.mark.parametrize("code", CODES)
def test_a_record_has_one_address_in_each_language(content, client, code):
    for name in ("record_detail", "organisation_detail", "person_detail"):
        address = content.addresses(code)[name]
        assert client.get(address).status_code == 200
        base = "/".join(address.split("/")[:4])
        for wrong in (f"{base}/", f"{base}/wrong-name/", f"{base}/%E1%83%90/"):
            answer = client.get(f"{wrong}?x=1&page=2")
            assert (answer.status_code, answer["Location"]) == (301, f"{address}?x=1&page=2")


def test_a_title_in_any_script_makes_the_address(content):
    with override("ka"):
        assert content.agri.get_absolute_url().count("%E1%83") == 10
    with override("en"):
        assert content.agri.get_absolute_url() == f"/en/records/{content.agri.pk}/agri-declaration/"
    with override("ru"):
        assert content.agri.get_absolute_url() == f"/ru/records/{content.agri.pk}/{content.agri.ref}/"


def test_an_address_follows_a_new_title_and_the_old_one_leads_there(content, client):
    old = content.addresses("en")["record_detail"]
    type(content.agri).objects.filter(pk=content.agri.pk).update(title_en="Declaration of Baku")

    answer = client.get(old)

    assert (answer.status_code, answer["Location"]) == (
        301,
        f"/en/records/{content.agri.pk}/declaration-of-baku/",
    )


def test_the_number_of_a_merged_record_leads_to_the_one_it_became(content, client):
    FormerNumber.objects.create(number=98765, record=content.agri.record)

    for address in ("/ka/records/98765/", "/ka/records/98765/old-name/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, content.addresses("ka")["record_detail"])


def test_the_number_of_a_record_merged_into_a_hidden_one_leads_nowhere(content, client):
    hidden = making.record(public=False)
    FormerNumber.objects.create(number=98765, record=hidden.record)

    assert client.get("/en/records/98765/").status_code == 404


def test_an_address_without_its_last_stroke_is_completed(content, client):
    answer = client.get("/en/relations/azerbaijan-georgia?year=2010")

    assert (answer.status_code, answer["Location"]) == (301, "/en/relations/azerbaijan-georgia/?year=2010")


def test_an_address_without_a_language_leads_to_one(content, client):
    answer = client.get("/relations/azerbaijan-georgia/?year=2010", headers={"Accept-Language": "ka"})

    assert (answer.status_code, answer["Location"]) == (302, "/ka/relations/azerbaijan-georgia/?year=2010")
