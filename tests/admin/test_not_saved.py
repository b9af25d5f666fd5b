"""What was typed and came too late to be saved is sent back to whoever typed it, and can be sent again."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from relations import models
from relations.admin.publicity import PublishedAdmin
from relations.publishing import acts, embargoes
from relations.publishing.documents import capture
from tests import factories
from tests.publishing.work import fresh

from .pages import FormReader, address, form_data, messages_of
from .test_drafts import browser

TYPED = {
    "title_ka": "ვიზიტი „თბილისში“ & <უკან>",
    "summary_ka": "ორი\r\nხაზი",
    "body_en": "<p>Two <strong>papers</strong>.</p><script>alert(1)</script>",
    "people-0-office_ka": "მინისტრი",
    "people-0-role": "host",
}
OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def visit(author):
    return factories.visit(is_public=False)


@pytest.fixture
def open_form(author, visit):
    """The author's window, with a form in it that waits to be sent."""
    client = browser(author)
    page = client.get(address(models.Visit, "change", visit.pk))
    return client, form_data(page, **TYPED)


def sent_again(response):
    """Return what the page would send."""
    reader = FormReader()
    reader.feed(response.content.decode().partition('id="content-main"')[2])
    return reader.data


def expect_nothing_lost(response, data):
    again = sent_again(response)
    left_out = {"csrfmiddlewaretoken"}
    assert {name for name in data if data[name]} - left_out == set(again) - left_out
    assert all(again[name] == data[name] for name in set(again) - left_out)
    return again


def test_who_is_signed_out_signs_in_elsewhere_and_sends_it_again(author, visit, open_form):
    client, data = open_form
    form = address(models.Visit, "change", visit.pk)
    client.logout()

    response = client.post(form, data)

    assert response.status_code == 403
    html = response.content.decode()
    assert "You are signed out" in html
    assert 'href="/admin/login/"' in html
    assert f'action="{form}"' in html
    assert not fresh(visit).title_ka
    again = expect_nothing_lost(response, data)
    client.force_login(author)
    assert client.post(form, again).status_code == 302
    saved = fresh(visit)
    assert (saved.title_ka, saved.summary_ka) == (TYPED["title_ka"], TYPED["summary_ka"])
    assert saved.people.get().office_ka == "მინისტრი"


def test_a_new_thing_is_not_lost_either(author):
    client = browser(author)
    form = address(models.Visit, "add")
    data = form_data(client.get(form), **TYPED)
    client.logout()

    again = expect_nothing_lost(client.post(form, data), data)

    client.force_login(author)
    assert client.post(form, again).status_code == 302
    assert models.Visit.objects.get().title_ka == TYPED["title_ka"]


def test_files_are_asked_for_again(author):
    client = browser(author)
    data = form_data(client.get(address(models.Image, "add")))
    client.logout()

    response = client.post(
        address(models.Image, "add"), data | {"file": SimpleUploadedFile("a.jpg", b"x", "image/jpeg")}
    )

    assert "Files must be chosen again." in response.content.decode()


def test_pass_phrases_are_not_sent_back(staff):
    client = browser(staff("administrator"))
    client.logout()

    response = client.post(
        "/admin/password_change/",
        {
            "old_password": "a long pass phrase",
            "new_password1": "another one",
            "new_password2": "another one",
        },
    )

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")
    assert "a long pass phrase" not in response.content.decode()
    assert "another one" not in response.content.decode()


def strict(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def test_signing_in_again_asks_once_more_and_saves(author, visit, settings):
    """Whoever signs in gets a new secret for forms: the page of before has an old one."""
    client, form = strict(author), address(models.Visit, "change", visit.pk)
    data = form_data(client.get(form), **TYPED)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    out = sent_again(client.post(form, data, **OURS))
    log_in = sent_again(client.get("/admin/login/")) | {
        "username": "author",
        "password": "a long pass phrase",
    }
    assert client.post("/admin/login/", log_in, **OURS).status_code == 302

    asked = client.post(form, out, **OURS)

    assert asked.status_code == 403
    assert client.post(form, expect_nothing_lost(asked, data), **OURS).status_code == 302
    assert fresh(visit).title_ka == TYPED["title_ka"]


def test_a_form_opened_before_signing_in_anew_is_sent_once_more(author, visit, open_form):
    client, (_old, data) = strict(author), open_form
    form = address(models.Visit, "change", visit.pk)
    client.get(form)
    stale = data | {"csrfmiddlewaretoken": ["a" * 64]}

    response = client.post(form, stale, **OURS)

    assert response.status_code == 403
    assert "It was opened before you signed in." in response.content.decode()
    assert not fresh(visit).title_ka
    again = expect_nothing_lost(response, data)
    assert client.post(form, again, **OURS).status_code == 302
    assert fresh(visit).title_ka == TYPED["title_ka"]


@pytest.mark.parametrize(
    "origin", [{}, {"HTTP_ORIGIN": "null"}, {"HTTP_ORIGIN": "https://elsewhere.example"}]
)
def test_what_another_site_sent_is_not_offered_to_be_sent_again(author, visit, open_form, origin):
    client, (_old, data) = strict(author), open_form
    form = address(models.Visit, "change", visit.pk)
    client.get(form)

    response = client.post(form, data | {"csrfmiddlewaretoken": ["a" * 64]}, **origin)

    assert response.status_code == 403
    assert "ვიზიტი" not in response.content.decode()
    assert "Send again" not in response.content.decode()


def test_the_text_of_a_draft_deleted_meanwhile_is_there_to_be_copied(staff, visit, open_form):
    client, data = open_form
    form = address(models.Visit, "change", visit.pk)
    other = browser(staff("editor", "other"))
    other.post(address(models.Visit, "delete", visit.pk), {"post": "yes"})
    assert not models.Visit.objects.exists()

    response = client.post(form, data)

    assert response.status_code == 404
    html = response.content.decode()
    assert "Visit: no longer here" in html
    assert f'href="{address(models.Deletion, "changelist")}"' in html
    for words in ("Title (ქართული)", "Person in a record 1: Office (ქართული)", "მინისტრი"):
        assert words in unescape(html), words
    assert "<p>Two <strong>papers</strong>.</p></dd>" in html
    assert "<script>alert" not in html
    again = expect_nothing_lost(response, data)
    # Somebody brings it back, at the same address.
    deletion = models.Deletion.objects.get()
    other.post(address(models.Deletion, "change", deletion.pk))
    assert client.post(form, again).status_code == 302
    assert fresh(visit).title_ka == TYPED["title_ka"]


def test_what_somebody_chose_among_is_not_lost_with_the_thing(staff, author, visit, open_form):
    client, data = open_form
    other = browser(staff("editor", "other"))
    form = address(models.Visit, "change", visit.pk)
    other.post(form, form_data(other.get(form), title_ka="სხვისი"))
    conflict = client.post(form, data)
    chosen = form_data(conflict, **{"text...title_ka": "ორივესი"})
    assert conflict.status_code == 409
    other.post(address(models.Visit, "delete", visit.pk), {"post": "yes"})

    response = client.post(address(models.Visit, "merge", visit.pk), chosen)

    assert response.status_code == 404
    html = unescape(response.content.decode())
    for words in ("ორივესი", TYPED["title_ka"], "მინისტრი"):
        assert words in html
    expect_nothing_lost(response, chosen)


def test_what_was_said_on_the_page_of_an_act_is_not_lost(staff, author, visit):
    factories.citation(visit, position=1)
    acts.submit(author, acts.keep_draft(author, visit, capture(visit)))
    editor = staff("editor", "other")
    client, page = browser(editor), address(models.Visit, "act", visit.pk, "reject")
    data = form_data(client.get(page), remark="Say who was there.")
    embargoes.order(staff("administrator"), visit, [author])

    response = client.post(page, data)

    assert response.status_code == 404
    assert "Say who was there." in response.content.decode()
    expect_nothing_lost(response, data)
    page = address(models.Visit, "links", visit.pk)
    assert "Is it so?" in client.post(page, {"question": "Is it so?"}).content.decode()
    assert client.get(page).status_code == 404


def test_the_text_of_a_draft_under_an_embargo_is_not_lost(staff, visit, open_form):
    client, data = open_form
    editor = staff("editor", "other")
    embargoes.order(editor, visit, [editor])

    response = client.post(address(models.Visit, "change", visit.pk), data)

    assert response.status_code == 404
    expect_nothing_lost(response, data)
    assert not fresh(visit).title_ka


def test_the_text_of_a_register_deleted_meanwhile_is_not_lost(staff):
    person = factories.person()
    client = browser(staff("editor"))
    form = address(models.Person, "change", person.pk)
    data = form_data(client.get(form), name_ka="ილჰამ")
    person.delete()

    response = client.post(form, data)

    assert response.status_code == 404
    expect_nothing_lost(response, data)


def test_looking_at_what_is_gone_leads_back_as_ever(author, visit):
    client = browser(author)
    form = address(models.Visit, "change", visit.pk)
    visit.delete()

    response = client.get(form, follow=True)

    assert response.redirect_chain
    assert any("doesn’t exist" in message for message in messages_of(response))


@pytest.mark.parametrize("page", ["change", "merge"])
def test_what_is_deleted_in_the_very_moment_is_gone_as_well(staff, visit, open_form, monkeypatch, page):
    """Between the look whether it is there and the taking hold of it."""
    client, data = open_form
    if page == "merge":
        other = browser(staff("editor", "other"))
        form = address(models.Visit, "change", visit.pk)
        other.post(form, form_data(other.get(form), title_ka="სხვისი"))
        data = form_data(client.post(form, data))
    find = PublishedAdmin.get_object

    def find_and_lose(self, *args, **kwargs):
        found = find(self, *args, **kwargs)
        models.Visit.objects.filter(pk=visit.pk).delete()
        return found

    monkeypatch.setattr(PublishedAdmin, "get_object", find_and_lose)

    response = client.post(address(models.Visit, page, visit.pk), data)

    assert response.status_code == 404
    assert TYPED["title_ka"] in unescape(response.content.decode())
    expect_nothing_lost(response, data)
