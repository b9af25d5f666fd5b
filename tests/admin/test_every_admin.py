"""Each list and form of the admin: it opens, keeps to itself, and asks a fixed number of queries."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations import models

from .pages import ADMINS, FORM_IDS, FORMS, IDS, address, make, several

HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<[^>]+\sstyle\s*=|<style", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<content>.*?)</script>", re.IGNORECASE | re.DOTALL)
LOADED = re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"([^\"]+)\"")


def check_content(response):
    """Nothing on the page breaks the policy or asks another server."""
    html = response.content.decode()
    assert response.status_code == 200
    assert not HANDLER.search(html)
    assert not INLINE_STYLE.search(html)
    for script in SCRIPT.finditer(html):
        # Data is no script; the editor's import map carries the nonce of its page.
        assert (
            "src=" in script["attributes"]
            or "json" in script["attributes"]
            or "nonce=" in script["attributes"]
        )
    assert {urlsplit(url).netloc for url in LOADED.findall(html)} == {""}


def count_queries(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries), [query["sql"] for query in queries]


def test_admins_are_all_there():
    assert len(ADMINS) == 25


@pytest.mark.parametrize("model", ADMINS, ids=IDS)
def test_changelist_with_search(desk, model):
    make(models.Visit if model is models.Record else model)

    check_content(desk.get(address(model, "changelist")))
    check_content(desk.get(address(model, "changelist"), {"q": 'ministry "of the" ბერიძე'}))


@pytest.mark.parametrize("model", FORMS, ids=FORM_IDS)
def test_add_form(desk, model):
    check_content(desk.get(address(model, "add")))


@pytest.mark.parametrize("model", FORMS, ids=FORM_IDS)
def test_change_form(desk, model):
    check_content(desk.get(address(model, "change", make(model).pk)))


@pytest.mark.parametrize("model", FORMS, ids=FORM_IDS)
def test_delete_page_and_history(desk, model):
    thing = make(model)

    # A release set is dissolved instead.
    if model is not models.ReleaseSet:
        check_content(desk.get(address(model, "delete", thing.pk)))
    check_content(desk.get(address(model, "history", thing.pk)))


@pytest.mark.parametrize("model", ADMINS, ids=IDS)
def test_changelist_queries_do_not_grow_with_rows(desk, model):
    kind = models.Visit if model is models.Record else model
    several(kind, [0])
    desk.get(address(model, "changelist"))
    one, _queries = count_queries(desk, address(model, "changelist"))
    several(kind, range(1, 7))

    more, queries = count_queries(desk, address(model, "changelist"))

    assert more == one, queries
