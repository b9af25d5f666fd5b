"""Every address of the admin is a door somebody thought about; none is open to who is not staff."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLResolver, reverse

from relations.models.base import Published

from .pages import ADMINS, address

# A new view of the admin is named here, with a test of who may use it.
# Each with what its address names.
KEY = "00000000-0000-4000-8000-000000000000"
OF_EVERY_MODEL = {"changelist": [], "add": [], "history": [1], "delete": [1], "change": [1]}
OF_THINGS = {
    "act": [1, "publish"],
    "add_preview": [],
    "compare": [1, KEY, KEY],
    "compare_choose": [1],
    "embargo": [1],
    "into_set": [1],
    "links": [1],
    "merge": [1],
    "preview": [1],
    "restore": [1, KEY],
    "review": [1],
    "revoke": [1, KEY],
}
OF_ONE = {
    "relations_auditentry_download": [],
    "relations_releaseset_act": [1, "release"],
    "relations_releaseset_take_out": [1, KEY],
    "auth_user_password_change": [1],
}
OF_THE_SITE = {
    "work",
    "index",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "app_list",
    # Shut in config/urls.py.
    "view_on_site",
}
# Nothing stands there but words of the interface and the form of the log-in.
OPEN = {"login", "jsi18n"}


def names(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        else:
            # Without a name: redirects of old addresses, and the end that answers "not found".
            yield pattern.name


def known():
    """Return every name, with what its address names."""
    found = {**OF_ONE, **dict.fromkeys(OF_THE_SITE, [])}
    found |= {"app_list": ["relations"], "view_on_site": [1, 1]}
    for model in admin.site._registry:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        found |= {f"{label}_{page}": args for page, args in OF_EVERY_MODEL.items()}
        if issubclass(model, Published):
            found |= {f"{label}_{page}": args for page, args in OF_THINGS.items()}
    return found


def test_every_view_of_the_admin_is_known():
    found = set(names(admin.site.get_urls())) - {None}

    assert found - set(known()) == set()
    assert set(known()) - found == set()
    assert len(found) > 150


def places():
    for name, args in known().items():
        yield name, reverse(f"admin:{name}", args=args)
    yield "staff_media", "/admin/media/files/x.pdf"


@pytest.mark.parametrize("who", ["anonymous", "visitor"])
def test_nobody_but_staff_comes_in(db, django_user_model, who):
    client, asked = Client(), 0
    if who == "visitor":
        client.force_login(django_user_model.objects.create_user("visitor", password="a long pass phrase"))
    for name, place in places():
        for ask in (client.get, client.post):
            response = ask(place)
            asked += 1
            if name in OPEN or name == "logout":
                continue
            assert response.status_code in (302, 403, 404, 405), (name, response.status_code)
            if response.status_code == 302:
                assert "/login/" in response["Location"], (name, response["Location"])
    assert asked > 300


def test_staff_without_rights_find_every_list_and_form_shut(clerk):
    for model in ADMINS:
        assert clerk.get(address(model, "changelist")).status_code == 403
        assert clerk.get(address(model, "add")).status_code == 403
