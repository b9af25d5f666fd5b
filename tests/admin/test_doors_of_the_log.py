"""The audit log: everything that was done or refused, readable to some and changeable to nobody."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relations import models
from relations.admin.audit import ACTS, harmless
from relations.publishing import acts, audit, embargoes
from relations.publishing.documents import capture
from relations.publishing.states import Act
from tests.publishing.work import draft, ready_visit

from .pages import address, form_data

LIST = "/admin/relations/auditentry/"
PAYLOAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


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


def test_twenty_acts_are_twenty_rows(author, editor):
    visit = ready_visit()
    done = [lambda: draft(author, visit)]
    for _round in range(6):
        done += [
            lambda: acts.submit(author, acts.in_work(visit)),
            lambda: acts.reject(editor, acts.in_work(visit), remark="Which day?"),
            lambda: draft(author, visit, date="2011"),
        ]
    done.append(lambda: acts.submit(author, acts.in_work(visit)))
    for act in done:
        act()

    assert len(done) == 20
    rows = models.AuditEntry.objects.of(visit)
    assert rows.count() == 20
    assert {row.is_refused for row in rows} == {False}


def test_a_refused_approval_and_publication_is_written_down(author, editor):
    visit = ready_visit()
    acts.submit(author, draft(author, visit))

    with pytest.raises(acts.Refused):
        acts.approve_and_publish(author, acts.in_work(visit))

    entry = models.AuditEntry.objects.of(visit).get(is_refused=True)
    assert (entry.actor, entry.act) == (author, "publish")


def test_who_published_in_an_emergency_does_not_approve_it_afterwards(author, staff):
    chief, other = staff("administrator"), staff("editor", "other")
    visit = ready_visit()
    revision = acts.publish_in_emergency(chief, draft(author, visit), reason="Minister at the airport")

    with pytest.raises(acts.Forbidden):
        acts.approve_afterwards(chief, revision)

    assert acts.approve_afterwards(other, revision).approved_by == other


def test_signing_in_and_out_is_written_down(author):
    client = Client()
    wrong = {"username": "author", "password": "wrong", "next": "/admin/"}

    client.post("/admin/login/", wrong, REMOTE_ADDR="192.0.2.7")
    client.post("/admin/login/", wrong | {"username": "=nobody\r\n"})
    client.post("/admin/login/", wrong | {"password": "a long pass phrase"})
    client.post("/admin/logout/")

    rows = models.AuditEntry.objects.order_by("at").values_list("act", "is_refused", "title", "address")
    assert list(rows) == [
        ("log_in", True, "author", "192.0.2.7"),
        ("log_in", True, "", "127.0.0.1"),
        ("log_in", False, "author", "127.0.0.1"),
        ("log_out", False, "author", "127.0.0.1"),
    ]


def test_a_try_without_the_right_is_written_down(author):
    visit = ready_visit()
    draft(author, visit)
    client = browser(author)

    client.get("/admin/auth/user/")
    client.post(address(models.Visit, "act", visit.pk, "publish"), {"token": "x"})

    rows = models.AuditEntry.objects.filter(is_refused=True).order_by("at").values_list("act", "detail")
    assert list(rows) == [
        ("denied", "GET /admin/auth/user/"),
        ("publish", "Your role does not allow this: Publish."),
    ]


def test_nobody_adds_changes_or_deletes(author, django_user_model):
    draft(author, ready_visit())
    entry = models.AuditEntry.objects.get()
    client = browser(django_user_model.objects.create_superuser("root"))

    for place in ("add/", f"{entry.pk}/change/", f"{entry.pk}/delete/"):
        assert client.post(LIST + place, {"post": "yes", "act": "other"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    assert client.post(LIST, data).status_code in (200, 302, 400, 403)
    assert models.AuditEntry.objects.get(pk=entry.pk).act == "save"


def test_the_log_is_for_editors(staff):
    for role, status in (("author", 403), ("translator", 403), ("editor", 200), ("administrator", 200)):
        client = browser(staff(role))
        assert client.get(LIST).status_code == status
        assert client.get(f"{LIST}download/").status_code == status


def test_what_is_kept_from_an_editor_is_kept_in_the_log_too(author, editor, staff):
    secret = ready_visit(title_en="Zirkonium")
    acts.keep_draft(author, secret, capture(secret))
    embargoes.order(staff("editor", "chief"), secret)
    acts.keep_draft(author, ready_visit(title_en="Open"), capture(secret))

    for place in (LIST, f"{LIST}?q=Zirkonium", f"{LIST}download/"):
        response = browser(editor).get(place)
        html = b"".join(response).decode()
        assert "Zirkonium</td>" not in html
        assert "Zirkonium," not in html


def test_filters_and_search(author, editor):
    visit = ready_visit()
    acts.submit(author, draft(author, visit))
    with pytest.raises(acts.Refused):
        acts.approve(author, acts.in_work(visit))
    client = browser(editor)

    def found(query):
        return [entry.act for entry in client.get(f"{LIST}?{query}").context["cl"].result_list]

    assert found("act=submit") == ["submit"]
    assert found("refused=1") == ["approve"]
    assert found("who=author") == ["approve", "submit", "save"]
    assert found("kind=record&act=save") == ["save"]
    assert found("q=Tbilisi&act=save") == ["save"]
    assert found("at__gte=2001-01-01+00:00:00%2B00:00&act=save") == ["save"]
    assert found("act=nothing") == []
    assert client.get(f"{LIST}?actor__password__startswith=a").status_code == 400


def test_the_table_is_what_the_list_shows_and_harmless(author, editor):
    visit = ready_visit(title_en="=HYPERLINK(1)")
    acts.submit(author, draft(author, visit))

    response = browser(editor).get(f"{LIST}download/?act=submit")

    assert response.streaming
    rows = list(csv.reader(io.StringIO(b"".join(response).decode())))
    assert [row[1:4] for row in rows] == [
        ["Who", "Act", "On what"],
        ["author", "Submit for approval", "'=HYPERLINK(1)"],
    ]
    assert models.AuditEntry.objects.get(act="export").actor == editor


@pytest.mark.parametrize(
    "value", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "＝1", "＋1", "－1", "＠x", "\n=1", "\u00a0=1"]
)
def test_formulas_are_neutralised(value):
    assert harmless(value) == f"'{value}"


def test_questions_do_not_grow_with_entries(author, editor):
    visit = ready_visit()
    client, counts = browser(editor), []
    for _time in range(2):
        for _entry in range(3):
            audit.note(author, Act.SAVE, visit)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_every_act_has_a_name(author):
    assert set(Act.values) <= set(ACTS)


def test_payloads_stay_words(author, editor):
    author.first_name = PAYLOAD
    author.save()
    visit = ready_visit(title_en=PAYLOAD)
    draft(author, visit)
    client = browser(editor)
    place = address(models.Visit, "embargo", visit.pk)

    client.post(place, form_data(client.get(place), reason=PAYLOAD))

    for page in (LIST, place, address(models.Visit, "change", visit.pk)):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
