"""Staff are told by mail what happened to their work, if it happened and if they may see it."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import override

from relations import models
from relations.publishing import acts, due, mails
from relations.publishing.rights import Forbidden
from tests import factories

from .work import draft, ready_visit, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Do something, wait until its mails are out, and return who was told what: [(address, subject)]."""

    def run(function, *args, **options):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            function(*args, **options)
        mails.DELIVERY.submit(int).result(10)
        return sorted((*message.to, message.subject) for message in mail.outbox)

    return run


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(mails, "PAUSES", (0, 0))


def test_who_is_told_on_the_way_to_visitors(told, staff, author, editor, administrator):
    visit = ready_visit()
    revision = draft(author, visit)
    submit = "To approve: Visit to Tbilisi"

    assert told(acts.submit, author, revision) == [
        ("administrator@example.org", submit),
        ("editor@example.org", submit),
    ]
    [message] = mail.outbox[:1]
    assert f"http://testserver/admin/relations/visit/{visit.pk}/change/" in message.body
    assert "author submitted “Visit to Tbilisi” for approval." in message.body
    assert told(acts.reject, editor, revision, remark="Which day?") == [
        ("author@example.org", "Rejected: Visit to Tbilisi")
    ]
    assert "Which day?" in mail.outbox[0].body
    told(acts.submit, administrator, revision)
    assert told(acts.approve, editor, revision) == [("author@example.org", "Approved: Visit to Tbilisi")]
    # The author, and the one who submitted it; not the one who published it.
    published = "Published: Visit to Tbilisi"
    assert told(acts.publish, editor, revision) == [
        ("administrator@example.org", published),
        ("author@example.org", published),
    ]


def test_nobody_is_told_of_what_they_may_not_see_or_do(told, staff, author, editor, administrator):
    tajik, gone, silent = staff("editor", "tajik"), staff("editor", "gone"), staff("editor", "silent")
    models.Desk.objects.create(user=tajik).countries.add(factories.country("TJ"))
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    type(silent).objects.filter(pk=silent.pk).update(email="")
    visit = ready_visit()
    models.Embargo(created_by=author).about(visit).save()
    models.Embargo.objects.get().users.add(editor)

    assert [who for who, _subject in told(submitted, author, visit)] == ["editor@example.org"]


def test_an_author_who_may_no_longer_see_it_is_not_told(told, author, editor):
    revision = submitted(author, ready_visit())
    models.Embargo(created_by=editor).about(revision.thing).save()

    assert told(acts.reject, editor, revision, remark="Which day?") == []


def test_nothing_is_sent_where_nothing_was_done(told, author, editor):
    revision = submitted(author, ready_visit())

    def undone():
        with transaction.atomic():
            acts.reject(editor, revision, remark="Which day?")
            transaction.set_rollback(True)

    def refused():
        with pytest.raises(Forbidden):
            acts.approve(author, revision)

    assert told(undone) == []
    assert told(refused) == []


def test_a_subject_is_one_line_in_the_language_of_the_house(told, author, editor):
    with override("ka"):
        revision = draft(author, ready_visit(title_en="Visit\nto\r\nTbilisi"))
        models.Revision.objects.update(title="Visit\nBcc: all@example.org\r\nto Tbilisi")
        found = told(acts.submit, author, revision)

    assert found == [("editor@example.org", "To approve: Visit Bcc: all@example.org to Tbilisi")]
    assert mail.outbox[0].recipients() == ["editor@example.org"]


class Away(EmailBackend):
    """A mail server that is away for the first tries."""

    tries = []

    def open(self):
        self.tries.append(1)
        if len(self.tries) < self.succeeds_at:
            raise ConnectionRefusedError("away")


@pytest.mark.parametrize(("succeeds_at", "sent"), [(3, 1), (9, 0)])
def test_a_mail_server_that_is_away_stops_nothing(
    told, author, editor, settings, caplog, monkeypatch, succeeds_at, sent
):
    monkeypatch.setattr(Away, "tries", [])
    monkeypatch.setattr(Away, "succeeds_at", succeeds_at, raising=False)
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    revision = draft(author, ready_visit())

    with caplog.at_level(logging.WARNING):
        found = told(acts.submit, author, revision)

    assert len(found) == sent
    assert acts.in_work(revision.thing).state == "submitted"
    assert "The mail server cannot be reached: away" in caplog.text
    assert ("Gave up on 1 mails" in caplog.text) == (not sent)


def test_a_fault_in_writing_a_mail_stops_nothing(told, author, editor, monkeypatch, caplog):
    monkeypatch.setattr(mails, "address_of", lambda *args: 1 / 0)
    revision = draft(author, ready_visit())

    assert told(acts.submit, author, revision) == []
    assert acts.in_work(revision.thing).state == "submitted"
    assert "division by zero" in caplog.text


def test_a_failure_at_its_time_is_told_once(told, author, editor):
    revision = acts.approve(editor, submitted(author, ready_visit()))
    acts.schedule(editor, revision, publish_at=now() + timedelta(hours=1))
    revision.thing.citations.all().delete()
    # What is scheduled is published as its document says: take the source out of that.
    revision.refresh_from_db()
    revision.document["parts"]["citations"] = []
    revision.save()

    later = now() + timedelta(hours=2)
    assert told(due.do_what_is_due, later) == [
        ("author@example.org", "Not done at its time: Visit to Tbilisi")
    ]
    assert "needs a source" in mail.outbox[0].body
    assert told(due.do_what_is_due, later) == []


def test_a_set_that_failed_is_told_to_its_owner_without_its_members(told, author, editor, administrator):
    revision = acts.approve(editor, submitted(author, ready_visit()))
    release_set = models.ReleaseSet.objects.create(
        name="Transit", owner=administrator, state="scheduled", publish_at=now()
    )
    models.Revision.objects.filter(pk=revision.pk).update(release_set=release_set, state="draft")

    assert told(due.do_what_is_due, now()) == [("administrator@example.org", "Not done at its time: Transit")]
    assert "Tbilisi" not in mail.outbox[0].body
