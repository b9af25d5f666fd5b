"""A site nothing is entered in yet, its errors and its front door."""

import pytest
from django.conf import settings

from .reading import Page

CODES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("path", ["", "countries/", "records/", "relations/"])
def test_an_empty_site_says_so(db, get, path, language):
    page = get(f"/{language}/{path}")

    assert page.words("p", class_="empty") != []
    assert page.words("article") == []


@pytest.mark.parametrize("language", CODES)
def test_errors_are_said_in_the_language_of_the_address(db, client, language):
    for address, status in ((f"/{language}/records/99/", 404), (f"/{language}/?q=%00", 400)):
        answer = client.get(address)
        page = Page(answer)
        assert answer.status_code == status
        assert page.html["lang"] == language
        assert len(page.words("h1")) == 1
        assert f"/{language}/" in page.links("main")


def test_the_root_leads_to_the_language_the_browser_asks_for(db, client):
    answers = {
        wanted: client.get("/", headers={"Accept-Language": wanted})["Location"]
        for wanted in (
            "ka",
            "ru-RU,ru;q=0.9",
            "tg,ru;q=0.5",
            "uz-Latn-UZ",
            "az-AZ",
            "fr",
            "",
            "*",
            "x" * 3000,
        )
    }

    assert [*answers.values()] == ["/ka/", "/ru/", "/tg/", "/uz/", "/az/", "/en/", "/en/", "/en/", "/en/"]
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer["Vary"] == "Accept-Language"
