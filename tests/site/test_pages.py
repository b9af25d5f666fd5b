"""Every public page in every language."""

import pytest
from django.conf import settings

from relations.site import urls
from tests.models import making

from .reading import dangers, foreign

CODES = [code for code, _name in settings.LANGUAGES]
PAGES = [
    "home",
    "country_list",
    "country_detail",
    "relation_list",
    "relation_detail",
    "record_list",
    "record_detail",
    "sector_detail",
    "organisation_detail",
    "person_detail",
    "page_detail",
]


def test_every_kind_of_page_is_asked_for(content):
    named = {pattern.name for pattern in urls.urlpatterns if pattern.name}
    ours = {name for name in named if not name.endswith(("_feed", "_export"))}

    assert len(PAGES) == 11
    assert set(content.addresses("en")) == set(PAGES)
    assert set(PAGES) <= ours


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_whole_in_every_language(content, get, name, language):
    page = get(content.addresses(language)[name])

    assert page.html["lang"] == language
    assert page.html["dir"] == "ltr"
    assert len(page.words("h1")) == 1
    assert page.words("h1")[0]
    (title,) = page.words("title")
    assert len(title) > len(" – ") + 4
    assert page.faults == []
    for leftover in ("{{", "{%", "%(", "None", "&lt;span", "&lt;p"):
        assert leftover not in page.source, leftover


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("name", PAGES)
def test_page_loads_nothing_from_elsewhere_and_has_nothing_inline(content, get, name, language):
    page = get(content.addresses(language)[name])

    assert foreign(page) == []
    assert [one for one in dangers(page) if one not in ("<script>",)] == []
    assert page.words("script") == [""] * len(page.all("script"))
    assert all(has.get("src", "").startswith("/static/") for has in page.all("script"))


@pytest.mark.parametrize("name", PAGES)
def test_anchors_are_unique_and_lead_somewhere(content, get, name):
    address = content.addresses("en")[name]
    page = get(address)

    ids = [has["id"] for _tag, has, _outside in page.elements if "id" in has]
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})
    used = {link[1:] for link in page.links() if link.startswith("#")}
    used |= {
        one
        for _tag, has, _outside in page.elements
        for key in ("aria-labelledby", "aria-describedby", "for")
        for one in has.get(key, "").split()
    }
    assert used <= set(ids), sorted(used - set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_the_site_leads_to_a_page(content, get, client, name):
    page = get(content.addresses("ka")[name])

    links = {link.partition("#")[0] for link in page.links() if link.startswith("/")}
    assert links
    for link in links:
        assert client.get(link).status_code == 200, link


def test_two_series_of_one_indicator_have_one_anchor_each(content, get):
    making.figure("2010", "690", reporter=making.country("AZ"), sources=[content.georgian])

    page = get("/en/relations/azerbaijan-georgia/")

    ids = [has["id"] for _tag, has, _outside in page.elements if "id" in has]
    assert ids.count("figure-trade-turnover") == 1
    assert len(ids) == len(set(ids))
