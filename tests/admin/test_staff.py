"""The front page and the sidebar of the admin: groups by task, in which nothing is forgotten."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.utils.translation import gettext, override

from relations.models import Visit
from relations.staff import GROUPS

from .pages import address

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def groups_on(response, name="app_list"):
    return {
        str(group["name"]): [model["object_name"] for model in group["models"]]
        for group in response.context[name]
    }


def test_every_model_is_in_one_group():
    grouped = [model for _name, models in GROUPS for model in models]

    assert sorted(grouped) == sorted(model.__name__ for model in admin.site._registry)
    assert len(grouped) > 20


def test_front_page_and_sidebar_show_the_groups(desk):
    expected = {str(name): list(models) for name, models in GROUPS}

    assert groups_on(desk.get("/admin/")) == expected
    assert groups_on(desk.get(address(Visit, "changelist")), "available_apps") == expected


def test_sidebar_marks_where_one_is(desk):
    html = desk.get(address(Visit, "changelist")).content.decode()

    assert html.count('aria-current="page"') == 1
    assert f'<a href="{address(Visit, "changelist")}" aria-current="page">Visits</a>' in html


def test_only_what_one_may_see_is_listed(clerk):
    for name in ("view_visit", "add_country", "change_country"):
        clerk.user.user_permissions.add(Permission.objects.get(codename=name))

    response = clerk.get("/admin/")
    html = response.content.decode()

    assert groups_on(response) == {"Records": ["Visit"], "Registers": ["Country"]}
    assert html.count("<caption>") == 2
    assert html.count('class="addlink"') == html.count('class="changelink"') == 1
    assert html.count('class="viewlink"') == 1


def test_staff_without_rights_are_told_so(clerk):
    html = clerk.get("/admin/").content.decode()

    assert "<caption>" not in html
    assert "You don’t have permission to view or edit anything." in html


@pytest.mark.parametrize("app", ["relations", "auth"])
def test_address_of_an_app_leads_to_the_front_page(desk, app):
    assert desk.get(f"/admin/{app}/")["Location"] == "/admin/"


@pytest.mark.parametrize("code", LANGUAGES)
def test_groups_speak_the_language(desk, code):
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    with override(code):
        expected = [str(name) for name, _models in GROUPS]

    html = desk.get("/admin/").content.decode()

    assert [name for name in expected if f"<caption>{name}</caption>" in html] == expected
    assert (expected[1] == "Pairs of countries") == (code == settings.LANGUAGE_CODE)


@pytest.mark.parametrize("page", ["add", "changelist"])
@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != settings.LANGUAGE_CODE])
def test_headings_name_the_kind_of_thing_uninflected(desk, code, page):
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    with override(code):
        kind = Visit._meta.verbose_name
        heading = gettext({"add": "Add %s", "changelist": "Select %s to change"}[page]) % kind

        html = desk.get(address(Visit, page)).content.decode()

        assert heading.endswith(f": {kind}")
        assert f"<h1>{heading}</h1>" in html
