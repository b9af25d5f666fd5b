"""Release sets in the admin: put together, scheduled and released by editors, each step confirmed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from relations import models
from relations.publishing import acts, releases
from tests import factories
from tests.publishing.work import draft, fresh, published, ready_visit, states, submitted

from .pages import address, form_data, messages_of

pytestmark = pytest.mark.django_db
LATER = {"publish_at_0": "2040-07-01", "publish_at_1": "12:00"}


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.fixture
def release_set(editor):
    return factories.release_set(owner=editor)


@pytest.fixture
def browser(editor):
    return signed_in(editor)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def approved(author, editor, release_set=None, **fields):
    visit = ready_visit(**fields)
    revision = acts.approve(editor, submitted(author, visit))
    if release_set:
        releases.put_in(editor, release_set, revision)
    return visit


def page(release_set):
    return address(models.ReleaseSet, "change", release_set.pk)


def act_address(release_set, act):
    return reverse("admin:relations_releaseset_act", args=[release_set.pk, act])


def do(client, release_set, act, **data):
    """Open the page of an act and send its form."""
    where = act_address(release_set, act)
    return client.post(where, form_data(client.get(where), **data), follow=True)


def state(release_set):
    return models.ReleaseSet.objects.get(pk=release_set.pk).state


def test_a_set_is_added_and_belongs_to_who_added_it(browser, editor):
    where = address(models.ReleaseSet, "add")

    response = browser.post(where, form_data(browser.get(where), name="Summit"), follow=True)

    added = models.ReleaseSet.objects.get()
    assert (added.name, added.owner, added.state) == ("Summit", editor, "open")
    assert response.redirect_chain[-1][0] == page(added)


def test_a_draft_is_put_in_from_its_own_page(browser, author, release_set):
    visit = ready_visit()
    draft(author, visit)
    closed = factories.release_set(name="Closed", state="released")
    form = browser.get(address(models.Visit, "change", visit.pk)).content.decode()
    where = address(models.Visit, "into_set", visit.pk)
    assert where in form
    choice = browser.get(where)
    assert "Summit" in choice.content.decode()
    assert "Closed" not in choice.content.decode()

    browser.post(where, form_data(choice, release_set=closed.pk))
    assert acts.in_work(visit).release_set is None
    browser.post(where, form_data(choice, release_set=release_set.pk))

    assert acts.in_work(visit).release_set == release_set
    again = browser.get(address(models.Visit, "change", visit.pk)).content.decode()
    assert f'<a href="{page(release_set)}">Summit</a>' in again


def test_a_draft_that_was_saved_since_is_not_put_in(browser, author, release_set):
    visit = ready_visit()
    draft(author, visit)
    where = address(models.Visit, "into_set", visit.pk)
    choice = browser.get(where)
    draft(author, visit, title_en="Longer visit")

    response = browser.post(where, form_data(choice, release_set=release_set.pk))

    assert response.status_code == 409
    assert acts.in_work(visit).release_set is None


def test_several_are_put_in_from_a_list(browser, author, release_set):
    ready, untouched = ready_visit(title_en="Ready"), ready_visit(title_en="Untouched")
    draft(author, ready)
    data = {"action": "put_in_set_selected", "_selected_action": [ready.pk, untouched.pk]}
    where = address(models.Visit, "changelist")

    choice = browser.post(where, data)
    assert acts.in_work(ready).release_set is None
    response = browser.post(where, form_data(choice, release_set=release_set.pk), follow=True)

    assert acts.in_work(ready).release_set == release_set
    told = messages_of(response)
    assert "“Untouched”: Nothing is being worked on." in told
    assert "1 is in the set." in told


def test_the_page_lists_what_is_in_it_and_what_can_be_done(browser, author, editor, release_set):
    visit = approved(author, editor, release_set)

    html = browser.get(page(release_set)).content.decode()

    assert f'<a href="{address(models.Visit, "change", visit.pk)}">Visit to Tbilisi</a>' in html
    assert "<td>Visit</td>" in html
    assert "<td>Approved</td>" in html
    for act in ("schedule_set", "release_set", "rename_set", "dissolve_set"):
        assert act_address(release_set, act) in html
    assert act_address(release_set, "unschedule_set") not in html
    # Nothing on the form itself is saved.
    assert 'name="_save"' not in html


def test_asking_does_nothing(browser, author, editor, release_set):
    visit = approved(author, editor, release_set)

    for act in ("schedule_set", "release_set", "dissolve_set"):
        assert browser.get(act_address(release_set, act)).status_code == 200

    assert state(release_set) == "open"
    assert not fresh(visit).is_public


def test_a_set_is_scheduled_and_taken_off(browser, author, editor, release_set):
    visit = approved(author, editor, release_set)

    do(browser, release_set, "schedule_set", **LATER)
    assert state(release_set) == "scheduled"
    form = browser.get(address(models.Visit, "change", visit.pk)).content.decode()
    assert "This is scheduled with the release set “Summit”." in form
    assert 'name="title_en"' not in form
    html = browser.get(page(release_set)).content.decode()
    assert "1 July 2040, 12:00 UTC</time>" in html
    do(browser, release_set, "unschedule_set")

    assert state(release_set) == "open"


def test_a_set_is_released_at_once(browser, author, editor, release_set):
    visits = [approved(author, editor, release_set) for _number in range(2)]

    response = do(browser, release_set, "release_set")

    assert "Everything in “Summit” is public." in messages_of(response)
    assert all(fresh(visit).is_public for visit in visits)


def test_what_is_in_the_way_is_one_list_with_links(browser, author, editor, release_set):
    approved(author, editor, release_set, title_en="Fine")
    late = ready_visit(title_en="Late")
    releases.put_in(editor, release_set, submitted(author, late))
    lost = approved(author, editor, release_set, title_en="Lost")
    revision = acts.in_work(lost)
    revision.document["parts"]["citations"] = []
    revision.save()

    response = do(browser, release_set, "release_set")
    assert response.status_code == 422
    link = address(models.Visit, "change", late.pk)
    assert f'<a href="{link}">Late: not approved yet</a>' in response.content.decode()
    releases.take_out(editor, release_set, acts.in_work(late))
    response = do(browser, release_set, "release_set")

    assert response.status_code == 422
    link = address(models.Visit, "change", lost.pk)
    assert f'<a href="{link}#citations">Lost: A figure' not in response.content.decode()
    assert f'<a href="{link}#citations">Lost: A record needs a source.' in response.content.decode()
    assert state(release_set) == "open"


@pytest.mark.parametrize("token", [None, "1.1"])
def test_an_act_without_the_version_seen_does_nothing(browser, author, editor, release_set, token):
    visit = approved(author, editor, release_set)
    data = {} if token is None else {"token": token}

    response = browser.post(act_address(release_set, "release_set"), data)

    assert response.status_code == 409
    assert not fresh(visit).is_public


def test_something_is_taken_out(browser, author, editor, release_set):
    visit = approved(author, editor, release_set)
    where = reverse("admin:relations_releaseset_take_out", args=[release_set.pk, acts.in_work(visit).pk])
    assert where in browser.get(page(release_set)).content.decode()

    browser.post(where, form_data(browser.get(where)))

    assert acts.in_work(visit).release_set is None
    assert browser.get(where).status_code == 404


def test_a_set_is_dissolved(browser, author, editor, release_set):
    visit = approved(author, editor, release_set)

    response = do(browser, release_set, "dissolve_set")

    assert response.redirect_chain[-1][0] == address(models.ReleaseSet, "changelist")
    assert not models.ReleaseSet.objects.exists()
    assert states(visit) == ["approved"]


@pytest.mark.parametrize("act", [None, "schedule_set"])
def test_a_set_is_renamed_until_it_is_released(browser, author, editor, release_set, act):
    visit = approved(author, editor, release_set)
    if act:
        do(browser, release_set, act, **LATER)
    before = state(release_set)
    assert act_address(release_set, "rename_set") in browser.get(page(release_set)).content.decode()
    asked = browser.get(act_address(release_set, "rename_set"))
    assert form_data(asked)["name"] == ["Summit"]

    response = do(browser, release_set, "rename_set", name=" Summit in Baku ")

    assert response.redirect_chain[-1][0] == page(release_set)
    assert messages_of(response) == ["“Summit” was renamed."]
    renamed = models.ReleaseSet.objects.get()
    assert (renamed.name, renamed.state) == ("Summit in Baku", before)
    assert acts.in_work(visit).release_set == renamed
    assert models.AuditEntry.objects.of(renamed).get(act="rename_set").detail == "Summit → Summit in Baku"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "This field is required."),
        ("   ", "This field is required."),
        ("x" * 201, "at most 200 characters"),
    ],
    ids=["empty", "blank", "too long"],
)
def test_a_name_that_is_none_is_said_beside_it(browser, release_set, name, error):
    response = do(browser, release_set, "rename_set", name=name)

    assert error in response.content.decode()
    assert form_data(response)["name"] == [name.strip() or name]
    assert models.ReleaseSet.objects.get().name == "Summit"


def test_a_set_that_somebody_changed_meanwhile_is_not_renamed(browser, author, editor, release_set):
    asked = browser.get(act_address(release_set, "rename_set"))
    approved(author, editor, release_set)

    response = browser.post(act_address(release_set, "rename_set"), form_data(asked, name="Talks"))

    assert response.status_code == 409
    assert models.ReleaseSet.objects.get().name == "Summit"


def test_a_released_set_keeps_its_name(browser, author, editor, release_set):
    approved(author, editor, release_set)
    do(browser, release_set, "release_set")
    assert act_address(release_set, "rename_set") not in browser.get(page(release_set)).content.decode()

    response = do(browser, release_set, "rename_set", name="Talks")

    assert response.status_code == 409
    assert "This set was released already." in response.content.decode()
    assert models.ReleaseSet.objects.get().name == "Summit"


@pytest.mark.parametrize("role", ["author", "translator"])
def test_others_look_and_do_not_touch(staff, author, editor, release_set, role):
    visit = approved(author, editor, release_set)
    client = signed_in(author if role == "author" else staff(role))
    html = client.get(page(release_set)).content.decode()
    assert "Visit to Tbilisi" in html
    assert "/act/" not in html.split('id="members-heading"')[0].split('id="state-heading"')[1]
    token = models.ReleaseSet.objects.get().token

    assert client.get(address(models.ReleaseSet, "add")).status_code == 403
    for act in ("schedule_set", "release_set", "rename_set", "dissolve_set"):
        response = client.post(act_address(release_set, act), {"token": token, "name": "Talks", **LATER})
        assert response.status_code == 403
    assert client.post(address(models.Visit, "into_set", visit.pk), {"release_set": release_set.pk})

    assert state(release_set) == "open"
    assert models.ReleaseSet.objects.get().name == "Summit"
    assert not fresh(visit).is_public


def test_another_desk_reads_no_title_and_releases_nothing(staff, author, editor, release_set):
    visit = approved(author, editor, release_set)
    tajik = staff("editor", "tajik")
    models.Desk.objects.create(user=tajik).countries.add(factories.country("TJ"))
    client = signed_in(tajik)
    models.ReleaseSet.objects.update(failure="Visit to Tbilisi: not approved yet")

    html = client.get(page(release_set)).content.decode()
    assert "Visit to Tbilisi" not in html
    assert "1 more that you may not see" in html
    assert "did not work: Not everything in the set is ready." in html
    for act in ("release_set", "rename_set"):
        response = do(client, release_set, act, name="Talks")
        assert response.status_code == 403
        assert "Visit to Tbilisi" not in response.content.decode()
    assert models.ReleaseSet.objects.get().name == "Summit"
    assert client.get(address(models.Visit, "into_set", visit.pk)).status_code == 404
    key = acts.in_work(visit).pk
    take_out = reverse("admin:relations_releaseset_take_out", args=[release_set.pk, key])
    assert client.get(take_out).status_code == 404


@pytest.mark.parametrize(
    "where", ["act/release/", "act/put_in_set/", "act/take_out_of_set/", f"take-out/{uuid4()}/"]
)
def test_odd_addresses_are_not_found(browser, release_set, where):
    address = page(release_set).replace("change/", where)

    assert browser.get(address).status_code == 404
    assert browser.get(address.replace(f"/{release_set.pk}/", "/999/")).status_code == 404


def test_queries_do_not_grow_with_what_is_in_it(browser, author, editor, release_set):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(page(release_set)).status_code == 200
        return len(queries)

    approved(author, editor, release_set)
    count()
    one = count()
    for _number in range(2):
        approved(author, editor, release_set)

    assert count() == one


def test_a_failure_is_shown_to_who_owns_it(browser, author, editor, release_set):
    approved(author, editor, release_set)
    models.ReleaseSet.objects.filter(pk=release_set.pk).update(
        state="scheduled", publish_at=now() - timedelta(hours=1), failure="Lost: needs a source."
    )

    html = browser.get(page(release_set)).content.decode()
    assert "Publishing at the appointed time did not work: Lost: needs a source." in html


def test_a_moment_of_one_thing_is_asked_in_the_zone_of_the_staff(browser, author, editor):
    visit = approved(author, editor)
    where = address(models.Visit, "act", visit.pk, "schedule")

    choice = browser.get(where)
    assert "Time zone: UTC." in choice.content.decode()
    browser.post(where, form_data(choice, **LATER))

    assert acts.in_work(visit).publish_at.isoformat() == "2040-07-01T12:00:00+00:00"
    html = browser.get(address(models.Visit, "change", visit.pk)).content.decode()
    assert '<time datetime="2040-07-01T12:00:00+00:00">1 July 2040, 12:00 UTC</time>' in html


def test_what_is_public_already_is_named_with_its_number(browser, author, editor, release_set):
    visit = ready_visit()
    published(author, editor, visit)
    releases.put_in(editor, release_set, acts.approve(editor, submitted(author, visit, title_en="Longer")))

    do(browser, release_set, "release_set")

    assert "<td>Published 2.0</td>" in browser.get(page(release_set)).content.decode()
