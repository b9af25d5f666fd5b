"""The start page counts what waits for somebody, and every number is that of the list it leads to."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from relations import models
from relations.publishing import acts, releases
from relations.publishing.documents import capture
from relations.publishing.work import Work, WorkList
from tests import factories
from tests.publishing.work import draft, published, ready_visit, submitted

from .pages import address, form_data

WORK = "/admin/work/"


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.fixture
def chief(staff):
    return staff("administrator", "chief")


def links_on_start_page(client):
    """{list: number} as the boxes say it."""
    html = client.get("/admin/").content.decode()
    found = re.findall(r'href="/admin/work/\?list=(\w+)"><strong>(\d+)</strong>', html)
    return {name: int(number) for name, number in found}


def titles(client, **parameters):
    return [row.title for row in client.get(WORK, parameters).context["rows"]]


def some_of_everything(author, editor, chief, count=1):
    """Put `count` things on every list; return the last of them by list."""
    for number in range(count):
        draft(author, ready_visit(title_en=f"Draft {number}"))
        revision = submitted(author, ready_visit(title_en=f"Rejected {number}"))
        acts.reject(editor, revision, remark="Which day?")
        submitted(author, ready_visit(title_en=f"Waiting {number}"))
        acts.approve(editor, submitted(author, ready_visit(title_en=f"Approved {number}")))
        later = acts.approve(editor, submitted(author, ready_visit(title_en=f"Scheduled {number}")))
        acts.schedule(chief, later, publish_at=now() + timedelta(days=1))
        failed = acts.approve(editor, submitted(author, ready_visit(title_en=f"Failed {number}")))
        acts.schedule(editor, failed, publish_at=now() + timedelta(days=1))
        models.Revision.objects.filter(pk=failed.pk).update(failure="No source.")
        hurried = draft(author, ready_visit(title_en=f"Hurried {number}"))
        acts.publish_in_emergency(chief, hurried, reason="Wrong minister.")
        for title, days in (("Soon", 5), ("Overdue", -1)):
            visit = ready_visit(title_en=f"{title} {number}")
            published(author, editor, visit)
            day = localdate() + timedelta(days=days)
            models.Review(due=day, owner=author).about(visit).save()
        asked = draft(author, factories.page(slug=f"asked-{number}", title_en=f"Asked {number}"))
        link, _key = models.PreviewLink.make(revision=asked, recipient="Professor", created_by=author)
        link.answer, link.answered_at = "It is right.", now()
        link.save()


EXPECTED = {
    "author": {
        "drafts": 2,
        "rejected": 1,
        "approved": 1,
        "scheduled": 2,
        "failed": 1,
        "reviews": 2,
        "answers": 1,
    },
    "editor": {
        "waiting": 1,
        "approved": 1,
        "scheduled": 2,
        "failed": 1,
        "emergency": 1,
        "reviews": 2,
        "answers": 1,
    },
}


@pytest.mark.parametrize("role", EXPECTED)
def test_every_number_is_that_of_its_list(author, editor, chief, role):
    some_of_everything(author, editor, chief)
    client = browser({"author": author, "editor": editor}[role])

    numbers = links_on_start_page(client)

    assert numbers == EXPECTED[role]
    for name, number in numbers.items():
        assert len(titles(client, list=name)) == number, name
    assert titles(client, list="overdue") == ["Overdue 0"]
    html = client.get("/admin/").content.decode()
    assert "1 overdue" in html
    # One of three publications, counted to one place.
    assert ("33.3 % of what was published" in html) == (role == "editor")


def test_lists_name_the_thing_and_what_comes_next(author, editor, chief):
    some_of_everything(author, editor, chief)
    waiting = models.Revision.objects.get(title="Waiting 0")
    client = browser(editor)

    row = client.get(WORK, {"list": "waiting"}).context["rows"][0]

    assert (row.title, row.kind, row.state, row.who) == ("Waiting 0", "Visit", "Submitted", author)
    assert row.when == waiting.submitted_at
    assert row.next.address == address(models.Visit, "act", waiting.object_id, "approve")
    html = client.get(WORK, {"list": "scheduled"}).content.decode()
    # The editor approved what the chief scheduled: anybody with the right may take it off again.
    assert (
        address(models.Visit, "act", models.Revision.objects.get(title="Scheduled 0").object_id, "unschedule")
        in html
    )
    assert client.get(row.next.address).status_code == 200
    assert titles(client, list="drafts") == []
    assert "It is right." in client.get(WORK, {"list": "answers"}).content.decode()
    answered = client.get(WORK, {"list": "answers"}).context["rows"][0]
    links = address(models.Page, "links", models.Revision.objects.get(title="Asked 0").object_id)
    assert answered.next.address == f"{links}#links-heading"
    page = client.get(links).content.decode()
    assert "It is right." in page.partition('id="links-heading"')[2]
    assert "Wrong minister." in client.get(WORK, {"list": "emergency"}).content.decode()


def test_an_emergency_that_was_replaced_can_still_be_approved(author, editor, chief):
    visit = ready_visit()
    acts.publish_in_emergency(chief, draft(author, visit), reason="Wrong minister.")
    published(author, editor, visit, title_en="Longer")
    client = browser(editor)
    row = client.get(WORK, {"list": "emergency"}).context["rows"][0]
    page = client.get(row.next.address)

    client.post(row.next.address, {"token": page.context["revision"].token})

    assert titles(client, list="emergency") == []


def test_a_set_that_is_scheduled_is_no_longer_to_be_published_by_hand(author, editor, chief):
    revision = submitted(author, ready_visit(title_en="Member"))
    release_set = models.ReleaseSet.objects.create(name="Transit", owner=chief)
    releases.put_in(editor, release_set, acts.approve(editor, revision))
    client = browser(editor)
    assert links_on_start_page(client) == {"approved": 1}

    releases.schedule(chief, release_set, publish_at=now() + timedelta(hours=1))

    assert links_on_start_page(client) == {"scheduled": 1}
    models.ReleaseSet.objects.update(failure="Member: no source")
    assert links_on_start_page(client) == {"scheduled": 1, "failed": 1}
    assert "Becomes public with “Transit”" in client.get(WORK, {"list": "failed"}).content.decode()


def test_nobody_is_asked_to_approve_their_own(author, editor, chief):
    submitted(editor, ready_visit(title_en="Own"))
    changed_by_editor = draft(author, ready_visit(title_en="Changed"))
    changed_by_editor = draft(editor, changed_by_editor.thing, date="2011")
    acts.submit(author, changed_by_editor)

    assert links_on_start_page(browser(editor)) == {}
    assert titles(browser(chief), list="waiting") == ["Own", "Changed"]
    assert links_on_start_page(browser(author)) == {}


def test_lists_are_narrowed_by_kind_and_person(author, editor, chief):
    some_of_everything(author, editor, chief)
    draft(editor, factories.agreement(title_en="Transit"))
    client = browser(editor)

    assert titles(client, kind="agreement") == ["Transit"]
    assert titles(client, kind="page") == ["Asked 0"]
    assert titles(client, person=editor.pk) == ["Transit"]
    assert "Waiting 0" in titles(client, person=author.pk, kind="visit")
    assert titles(client, list="reviews", person=editor.pk, kind="visit") == []
    assert titles(client, list="answers", person=author.pk, kind="page") == ["Asked 0"]


def test_nobody_is_told_of_what_they_may_not_see(staff, author, editor, chief):
    some_of_everything(author, editor, chief)
    tajik = staff("editor", "tajik")
    models.Desk.objects.create(user=tajik).countries.add(factories.country("TJ"))
    for revision in models.Revision.objects.all():
        models.Embargo.objects.get_or_create(
            content_type=revision.content_type, object_id=revision.object_id, created_by=author
        )

    for outsider in (tajik, editor):
        client = browser(outsider)
        assert links_on_start_page(client) == {}
        assert "Nothing waits for you." in client.get("/admin/").content.decode()
        for name in WorkList:
            assert titles(client, list=name.value) == [], name
    assert links_on_start_page(browser(author)) == EXPECTED["author"]


def test_staff_without_rights_are_shown_nothing(clerk, author):
    draft(author, ready_visit())

    assert 'class="start"' not in clerk.get("/admin/").content.decode()
    assert titles(clerk) == []


@pytest.mark.parametrize(
    "query",
    ["list=x", "kind=x", "kind=record", "person=0", "p=0", "p=9", "p=x", "list=all&p=-1"],
)
def test_an_address_that_stands_for_nothing_is_404(author, query):
    assert browser(author).get(f"{WORK}?{query}").status_code == 404


def test_visitors_do_not_reach_it(db):
    assert Client().get(WORK).status_code == 302


def test_questions_to_the_database_stay_the_same(author, editor, chief):
    def questions(path):
        client = browser(editor)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    paths = ["/admin/", *(f"{WORK}?list={name.value}" for name in WorkList)]
    some_of_everything(author, editor, chief)
    with_one = {path: questions(path) for path in paths}
    for visit in models.Page.objects.all():
        visit.delete()
    models.PreviewLink.objects.all().delete()
    models.Revision.objects.filter(title__startswith="Asked").delete()
    some_of_everything(author, editor, chief, count=3)

    assert {path: questions(path) for path in paths} == with_one


def test_counting_needs_no_document(author, editor):
    visit = ready_visit()
    acts.keep_draft(author, visit, capture(visit))
    with CaptureQueriesContext(connection) as queries:
        list(Work(author).listed(WorkList.DRAFTS))

    assert '"document"' not in queries[-1]["sql"]


# What somebody did last


def recent(client):
    """The box of recent actions: [(act, title, address)], newest first."""
    return [(str(one.act), one.title, one.address) for one in client.get("/admin/").context["recent"]]


def test_acts_of_every_kind_are_told_newest_first(author, editor, chief):
    visit = ready_visit(title_en="Visit of March")
    revision = draft(author, visit)
    place = address(models.Visit, "change", visit.pk)
    client = browser(author)
    form = address(models.Source, "add")
    client.post(form, form_data(client.get(form), publisher_en="Ministry", title_en="Bulletin"), follow=True)
    source = models.Source.objects.get(publisher_en="Ministry")
    acts.submit(author, revision)

    assert recent(client) == [
        ("Submit for approval", "Visit of March", place),
        ("Enter", str(source), address(models.Source, "change", source.pk)),
        ("Save", "Visit of March", place),
    ]
    html = client.get("/admin/").content.decode()
    assert f'Submit for approval: <a href="{place}">Visit of March</a>' in html
    assert "<small>Visit, <time" in html
    # Others are told their own.
    assert recent(browser(editor)) == []
    assert "What you do here will be listed here." in browser(editor).get("/admin/").content.decode()


def test_ten_acts_are_told_and_no_refused_try_and_no_look(author, editor):
    for number in range(12):
        draft(author, ready_visit(title_en=f"Visit {number}"))
    with pytest.raises(acts.Refused):
        acts.approve(author, acts.submit(author, models.Revision.objects.get(title="Visit 11")))

    told = recent(browser(author))

    assert [title for _act, title, _address in told] == [f"Visit {n}" for n in (11, *range(11, 2, -1))]
    assert {act for act, _title, _address in told} == {"Submit for approval", "Save"}


def test_what_is_gone_is_told_without_a_link(author, editor):
    visit = ready_visit(title_en="Entered twice")
    draft(author, visit)
    browser(author).post(address(models.Visit, "delete", visit.pk), {"post": "yes"})

    assert recent(browser(author)) == [
        ("Delete", "Entered twice", ""),
        ("Save", "Entered twice", ""),
    ]


def test_what_somebody_may_no_longer_see_is_not_told(author, editor, staff):
    hidden, elsewhere, tajik = (ready_visit(title_en=name) for name in ("Hidden", "Elsewhere", "Tajik"))
    factories.party(tajik, country=factories.country("TJ"))
    for visit in (hidden, elsewhere, tajik):
        draft(editor, visit)
    models.Embargo(created_by=author).about(hidden).save()
    assert [title for _act, title, _address in recent(browser(editor))] == ["Tajik", "Elsewhere"]

    models.Desk.objects.create(user=editor).countries.add(models.Country.objects.get(code="TJ"))

    assert [title for _act, title, _address in recent(browser(editor))] == ["Tajik"]


def test_a_form_that_is_not_open_to_somebody_is_no_link(chief, author, roles):
    visit = ready_visit(title_en="Seen once")
    draft(author, visit)
    author.groups.clear()

    assert recent(browser(author)) == [("Save", "Seen once", "")]


def test_sets_and_accounts_are_told_too(chief):
    client = browser(chief)
    client.post(address(models.ReleaseSet, "add"), {"name": "Summit"})
    entered = models.ReleaseSet.objects.get()
    where = reverse("admin:auth_user_add")
    secret = {"password1": "a long pass phrase", "password2": "a long pass phrase"}
    data = form_data(client.get(where), username="new", usable_password="true", **secret)
    client.post(where, data)
    user = type(chief).objects.get(username="new")

    assert recent(client) == [
        ("Enter a member of staff", "new", reverse("admin:auth_user_change", args=[user.pk])),
        ("Enter", "Summit", address(models.ReleaseSet, "change", entered.pk)),
    ]


def test_questions_for_what_was_done_stay_the_same(author):
    def questions():
        client = browser(author)
        client.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        return len(queries)

    models.Desk.objects.create(user=author).countries.add(factories.country("AZ"))
    before = questions()
    for thing in (ready_visit(), factories.mission(is_public=False), factories.sector_text(is_public=False)):
        draft(author, thing)
    draft(author, factories.agreement(title_en="Transit"))

    assert questions() == before
