"""The language bar and the editor as the server writes them; the rest is in tests/browser."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.test import Client

from relations import models
from relations.admin.language_bar import describe, texts_of
from tests import factories

from .pages import address

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Elements(HTMLParser):
    """All start tags of a page."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def all(self, tag, **attributes):
        wanted = attributes.items()
        return [attrs for name, attrs in self.found if name == tag and wanted <= attrs.items()]


def elements(response):
    return Elements(response.content.decode())


@pytest.fixture
def form(desk):
    visit = factories.visit(original_language="ka")
    factories.record_person(visit)
    return desk.get(address(models.Visit, "change", visit.pk))


def test_texts_are_those_registered_for_translation():
    texts = texts_of(models.Visit, models.RecordPerson, models.RecordParty)

    assert texts["title_ka"] == {"field": "title", "language": "ka"}
    assert texts["format_tg"] == {"field": "format", "language": "tg"}
    assert texts["office_uz"] == {"field": "office", "language": "uz"}
    fields = {"title", "summary", "body", "note", "date_note", "place", "format", "outcomes_note", "office"}
    assert set(texts) == {f"{field}_{code}" for field in fields for code in LANGUAGES}


def test_models_without_texts_have_none():
    assert texts_of(Group, models.RecordParty) == {}


def test_languages_have_their_direction():
    assert describe("ar", "العربية") == {"code": "ar", "name": "العربية", "direction": "rtl"}
    assert describe("ka", "ქართული")["direction"] == "ltr"


def test_bar_lists_every_language_by_its_own_name(form):
    bar = form.context["language_bar"]

    assert [(language["code"], language["name"]) for language in bar["languages"]] == settings.LANGUAGES
    assert [
        attrs["value"] for attrs in elements(form).all("button", **{"aria-pressed": "false"})
    ] == LANGUAGES
    assert bar["original"] == "ka"


def test_bar_is_hidden_until_its_script_runs(form):
    [bar] = elements(form).all("div", **{"class": "language-bar"})

    assert "hidden" in bar
    assert json.loads(bar["data-fields"])["office_ka"] == {"field": "office", "language": "ka"}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["title", "body", "people-0-office", "people-__prefix__-office"])
def test_widget_says_field_and_language(form, name, code):
    column = f"{name}_{code}"
    [widget] = [*elements(form).all("input", name=column), *elements(form).all("textarea", name=column)]

    assert (widget["data-language"], widget["lang"], widget["dir"]) == (code, code, "ltr")
    assert widget["data-field"] == name.split("-")[-1]


def test_without_script_labels_tell_the_languages_apart(form):
    html = form.content.decode()
    labels = [re.search(rf'<label[^>]* for="id_title_{code}">(.*?)</label>', html)[1] for code in LANGUAGES]

    assert labels[0] == "Title (English):"
    assert labels[2] == "Title (ქართული):"
    assert len(set(labels)) == len(LANGUAGES)


def test_import_map_carries_the_nonce_of_the_policy(form):
    [nonce] = re.findall(r"script-src 'self' 'nonce-([^']+)'", form["Content-Security-Policy"])

    assert [attrs["nonce"] for attrs in elements(form).all("script", type="importmap")] == [nonce]


def test_words_of_the_editor_come_before_the_editor(form):
    sources = [attrs.get("src", "") for attrs in elements(form).all("script")]
    words = next(index for index, source in enumerate(sources) if "jsi18n" in source)
    editor = next(index for index, source in enumerate(sources) if "django_prose_editor" in source)

    assert words < editor
    assert [attrs["id"] for attrs in elements(form).all("script", type="application/json")] == [
        "prose-editor-words"
    ]


def test_staff_without_the_right_to_change_read_every_language(clerk):
    clerk.user.user_permissions.add(Permission.objects.get(codename="view_visit"))
    visit = factories.visit(title_ka="ვიზიტი")

    response = clerk.get(address(models.Visit, "change", visit.pk))

    assert elements(response).all("div", **{"class": "language-bar"})
    assert "ვიზიტი" in response.content.decode()


def test_view_on_site_leads_to_the_public_page(desk):
    visit = factories.visit(is_public=True)

    html = desk.get(address(models.Visit, "change", visit.pk)).content.decode()

    assert f'href="/en/records/{visit.pk}/' in html


@pytest.mark.parametrize("code", LANGUAGES)
def test_staff_choose_the_language_of_the_admin(desk, code):
    response = desk.post("/admin/language/", {"language": code, "next": "/admin/"})
    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]

    assert response["Location"] == "/admin/"
    assert (cookie.value, cookie["path"]) == (code, "/admin/")
    assert elements(desk.get("/admin/")).all("html") == [{"lang": code, "dir": "ltr"}]


def test_language_switch_stands_on_every_page_and_marks_the_current(client, desk):
    for url in ["/admin/", "/admin/auth/group/add/", "/admin/password_change/"]:
        buttons = elements(desk.get(url)).all("button", name="language")
        assert [button["value"] for button in buttons] == LANGUAGES
        assert [button["value"] for button in buttons if "aria-current" in button] == ["en"]
    login = Client().get("/admin/login/")
    assert len(elements(login).all("button", name="language")) == len(LANGUAGES)


def test_language_cannot_be_switched_from_another_site(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post("/admin/language/", {"language": "ka"}).status_code == 403


def test_switch_never_leads_to_another_site(desk):
    response = desk.post("/admin/language/", {"language": "ka", "next": "https://example.org/"})

    assert "example.org" not in response["Location"]


def test_admin_is_called_bilateral(desk):
    html = desk.get("/admin/").content.decode()

    assert "| Bilateral</title>" in html
    assert "Django" not in re.sub(r"<script.*?</script>|<link[^>]*>", "", html)
