"""Who may change members of staff, and what of them; a lost right is lost at the next request."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from relations import models
from tests import factories

from .pages import form_data

PASSWORD = "a long pass phrase"


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def place_of(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def save(client, user, **changes):
    """Open the form of an account and send it; a box that is None is not ticked."""
    data = form_data(client.get(place_of(user)), **{k: v for k, v in changes.items() if v is not None})
    for name, value in changes.items():
        if value is None:
            data.pop(name, None)
    return client.post(place_of(user), data)


def entries(act):
    return list(models.AuditEntry.objects.filter(act=act).values_list("actor__username", "title", "detail"))


@pytest.fixture
def administrator(staff):
    return staff("administrator")


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def root(django_user_model):
    return django_user_model.objects.create_superuser("root", "root@example.org", PASSWORD)


def test_an_administrator_gives_role_desk_and_languages(administrator, author):
    tajikistan = factories.country("TJ")
    row = {"desk-0-countries": tajikistan.pk, "desk-0-languages": "ka", "desk-0-user": author.pk}

    response = save(browser(administrator), author, role="translator", **row)

    assert response.status_code == 302
    author.refresh_from_db()
    assert [group.name for group in author.groups.all()] == ["translator"]
    assert (list(author.desk.countries.all()), author.desk.languages) == ([tajikistan], ["ka"])
    assert entries("change_user") == [
        (
            "administrator",
            "author",
            "groups: author → translator; countries: – → TJ; languages: – → ka",
        )
    ]


def test_a_new_member_of_staff_is_written_down(administrator):
    client, place = browser(administrator), reverse("admin:auth_user_add")
    names = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}

    client.post(
        place, form_data(client.get(place), **names) | {"is_superuser": "on", "role": "administrator"}
    )

    new = models.Desk._meta.get_field("user").related_model.objects.get(username="new")
    assert (new.is_superuser, new.is_staff, new.groups.count()) == (False, False, 0)
    assert [(actor, title) for actor, title, _detail in entries("add_user")] == [("administrator", "new")]


def test_an_administrator_makes_no_superuser_and_gives_no_permission(administrator, author):
    client = browser(administrator)
    html = client.get(place_of(author)).content.decode()
    assert "is_superuser" not in html
    assert "user_permissions" not in html
    forged = {"is_superuser": "on", "user_permissions": [Permission.objects.first().pk]}

    save(client, author, **forged, groups=[Group.objects.get(name="administrator").pk])

    author.refresh_from_db()
    assert not author.is_superuser
    assert not author.user_permissions.exists()
    assert [group.name for group in author.groups.all()] == ["author"]


def test_an_administrator_does_not_touch_a_superuser(administrator, root):
    client, before = browser(administrator), root.password

    assert client.post(place_of(root), {"username": "mine", "is_active": ""}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.get(password).status_code == 403
    assert client.post(password, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 403
    root.refresh_from_db()
    assert (root.username, root.is_active, root.password) == ("root", True, before)


@pytest.mark.parametrize("role", ["author", "translator", "editor"])
def test_nobody_else_sees_accounts(staff, administrator, role):
    client = browser(staff(role, "somebody"))

    for name, args in (("changelist", []), ("add", []), ("change", [administrator.pk])):
        assert client.get(reverse(f"admin:auth_user_{name}", args=args)).status_code == 403
    found = client.get(
        "/admin/autocomplete/", {"app_label": "relations", "model_name": "review", "field_name": "owner"}
    )
    assert found.status_code == 403


def test_nobody_is_deleted(root, author):
    client = browser(root)

    assert (
        client.post(reverse("admin:auth_user_delete", args=[author.pk]), {"post": "yes"}).status_code == 403
    )
    data = {"action": "delete_selected", "_selected_action": [author.pk], "post": "yes"}
    client.post(reverse("admin:auth_user_changelist"), data)
    author.refresh_from_db()


@pytest.mark.parametrize(
    "change", [{"role": "editor"}, {"role": ""}, {"is_active": None}, {"is_staff": None}], ids=str
)
def test_the_last_administrator_stays_one(administrator, change):
    response = save(browser(administrator), administrator, sure="on", **change)

    assert "last administrator" in response.content.decode()
    administrator.refresh_from_db()
    assert (administrator.is_active, administrator.is_staff) == (True, True)
    assert administrator.groups.get().name == "administrator"


def test_one_takes_ones_own_rights_away_only_on_purpose(administrator, root):
    client = browser(administrator)

    warned = save(client, administrator, role="editor")
    assert "take your own rights away" in warned.content.decode()
    assert administrator.groups.get().name == "administrator"

    assert save(client, administrator, role="editor", sure="on").status_code == 302
    assert administrator.groups.get().name == "editor"
    # A right is gone at the next request.
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403


def test_a_superuser_is_the_last_administrator_too(root):
    save(browser(root), root, is_superuser=None, sure="on")

    root.refresh_from_db()
    assert root.is_superuser


def test_disabling_acts_at_the_next_request(administrator, author):
    client = browser(author)
    assert client.get("/admin/").status_code == 200

    save(browser(administrator), author, is_active=None)

    assert client.get("/admin/").status_code == 302


def test_a_lost_role_acts_at_the_next_request(administrator, author):
    client = browser(author)
    assert client.get("/admin/relations/visit/add/").status_code == 200

    save(browser(administrator), author, role="")

    assert client.get("/admin/relations/visit/add/").status_code == 403


def test_a_new_password_ends_other_sessions_and_needs_the_old_one(author):
    here, elsewhere = browser(author), browser(author)
    place, new = reverse("admin:password_change"), "another long pass phrase"
    wrong = {"old_password": "wrong", "new_password1": new, "new_password2": new}
    assert here.post(place, wrong).status_code == 200

    assert here.post(place, wrong | {"old_password": PASSWORD}).status_code == 302

    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
    tries = models.AuditEntry.objects.filter(act="change_password").order_by("at")
    assert list(tries.values_list("actor__username", "title", "is_refused", "detail", "address")) == [
        ("author", "author", True, "", "127.0.0.1"),
        ("author", "author", False, "", "127.0.0.1"),
    ]


def test_a_password_that_an_administrator_sets_is_written_down(administrator, author):
    place = reverse("admin:auth_user_password_change", args=[author.pk])
    new = {"password1": "another long pass phrase", "password2": "another long pass phrase"}
    client = browser(administrator)

    client.post(place, form_data(client.get(place), **new) | {"set-password": "1"})

    assert entries("change_password") == [("administrator", "author", "")]


def test_roles_are_as_the_table_makes_them(root, administrator, roles):
    editor = roles["editor"]
    place = reverse("admin:auth_group_change", args=[editor.pk])
    for client in (browser(root), browser(administrator)):
        assert client.post(place, {"name": "other"}).status_code == 403
    assert browser(administrator).get(reverse("admin:auth_group_add")).status_code == 403

    browser(root).post(reverse("admin:auth_group_add"), {"name": "Protocol"})

    assert Group.objects.filter(name="Protocol").exists()
    assert entries("add_group") == [("root", "Protocol", "")]
