"""What every answer carries, what visitors are spared, and what odd requests are told."""

import pytest
from django.db import DataError
from django.http import HttpResponse
from django.urls import path

from config import urls as site_urls
from config.middleware import QUERY_LENGTH

EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


def seen_cookies(request):
    response = HttpResponse(",".join(sorted(request.COOKIES)))
    response.set_cookie("visitor", "known")
    response["Vary"] = "Accept-Language, Cookie"
    return response


def too_large(request):
    raise OverflowError("Python int too large to convert to SQLite INTEGER")


def out_of_range(request):
    raise DataError("integer out of range")


def broken(request):
    raise KeyError("a fault of the site")


urlpatterns = [
    path("seen/", seen_cookies),
    path("admin/seen/", seen_cookies),
    path("too-large/", too_large),
    path("out-of-range/", out_of_range),
    path("broken/", broken),
    # The error pages link to the site's own.
    *site_urls.urlpatterns,
]
# As in config/urls.py.
handler400 = "relations.site.errors.bad_request"
with_these_addresses = pytest.mark.urls(__name__)


def policy(response) -> dict:
    directives = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


@pytest.mark.parametrize(
    "address", ["/admin/login/", "/static/admin/css/base.css", "/no/such/page/", "/admin/", "/?q=%00"]
)
def test_every_kind_of_answer_has_the_headers(client, db, address):
    response = client.get(address)
    response.close()

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert policy(response)["default-src"] == ["'none'"]
    assert "Access-Control-Allow-Origin" not in response


@with_these_addresses
def test_public_policy_allows_this_site_and_nothing_inline(client):
    assert policy(client.get("/seen/")) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }


def test_admin_policy_allows_the_style_of_the_editor(client, db):
    assert policy(client.get("/admin/login/"))["style-src"] == ["'self'", EDITOR_STYLE]


def test_admin_is_never_stored(client, db):
    assert "no-store" in client.get("/admin/jsi18n/")["Cache-Control"]


@with_these_addresses
def test_visitor_brings_and_gets_no_cookie(client):
    client.cookies["session"] = "from-the-admin"

    response = client.get("/seen/")

    assert response.content == b""
    assert not response.cookies
    assert response["Vary"] == "Accept-Language"


@pytest.mark.parametrize(
    ("accepted", "language"), [("ka,en;q=0.5", "ka"), ("uz-Latn-UZ", "uz"), ("xx", "en"), ("", "en")]
)
def test_root_leads_to_the_best_language_without_a_cookie(client, accepted, language):
    response = client.get("/", headers={"Accept-Language": accepted})

    assert response["Location"] == f"/{language}/"
    assert response["Vary"] == "Accept-Language"
    assert not response.cookies


@with_these_addresses
def test_staff_keep_their_cookies(client, db):
    client.cookies["session"] = "from-the-admin"

    response = client.get("/admin/seen/")

    assert response.content == b"session"
    assert response.cookies["visitor"].value == "known"
    assert "Cookie" in response["Vary"]


@with_these_addresses
@pytest.mark.parametrize("query", ["q=%00", "q=%FF", "q=a" + "b" * QUERY_LENGTH])
def test_odd_query_is_answered_400(client, query):
    assert client.get("/seen/?" + query).status_code == 400


@with_these_addresses
def test_nul_in_the_path_is_answered_400(client):
    assert client.get("/seen/%00").status_code == 400


@with_these_addresses
@pytest.mark.parametrize("query", ["q=%E1%83%90", "q=თბილისი", "q=" + "b" * (QUERY_LENGTH - 2)])
def test_ordinary_query_reaches_the_site(client, query):
    assert client.get("/seen/?" + query).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "BREW"])
def test_method_of_no_use_here_is_answered_405(client, method):
    response = client.generic(method, "/admin/login/")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"


@with_these_addresses
@pytest.mark.parametrize("address", ["/too-large/", "/out-of-range/"])
def test_value_no_column_can_hold_is_answered_400(client, address):
    assert client.get(address).status_code == 400


@with_these_addresses
def test_fault_of_the_site_is_not_blamed_on_the_visitor(client):
    client.raise_request_exception = False

    assert client.get("/broken/").status_code == 500


def test_foreign_host_is_answered_400(client):
    assert client.get("/admin/login/", HTTP_HOST="evil.example").status_code == 400


@pytest.mark.parametrize("language", ["az", "ka", "tg"])
def test_staff_choose_the_language_of_the_admin(client, db, language):
    client.post("/admin/language/", {"language": language, "next": "/admin/login/"})

    assert f'lang="{language}"' in client.get("/admin/login/").text


def test_language_switch_never_leads_off_the_site(client, db):
    response = client.post("/admin/language/", {"language": "ka", "next": "https://evil.example/"})

    assert response["Location"] == "/"
