"""Staff are told by mail what happened to their work, if it happened and if they may see it."""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import override

from relations import models
from relations.publishing import acts, due, mails
from relations.publishing.rights import Forbidden
from tests import factories

from .test_races import ROUNDS, at_once
from .work import draft, fresh, ready_visit, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(sent_at_once, django_capture_on_commit_callbacks):
    """Do something, wait until its mails are out, and return who was told what: [(address, subject)]."""

    def run(function, *args, **options):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            function(*args, **options)
        return sorted((*message.to, message.subject) for message in mail.outbox)

    return run


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
    assert [row.subject for row in models.Mail.objects.all()] == ["To approve: Visit to Tbilisi"]


def test_a_subject_is_one_line_in_the_language_of_the_house(told, author, editor):
    with override("ka"):
        revision = draft(author, ready_visit(title_en="Visit\nto\r\nTbilisi"))
        models.Revision.objects.update(title_en="Visit\nBcc: all@example.org\r\nto Tbilisi")
        found = told(acts.submit, author, revision)

    assert found == [("editor@example.org", "To approve: Visit Bcc: all@example.org to Tbilisi")]
    assert mail.outbox[0].recipients() == ["editor@example.org"]


def test_a_mail_is_in_the_language_of_its_reader(told, staff, author, editor):
    models.Desk.objects.create(user=staff("editor", "georgian"), mail_language="ka")
    models.Desk.objects.create(user=staff("editor", "tajik"))

    with override("ru"):
        found = told(submitted, author, ready_visit(title_ka="ვიზიტი თბილისში"))

    assert found == [
        ("editor@example.org", "To approve: Visit to Tbilisi"),
        ("georgian@example.org", "დასამტკიცებელია: ვიზიტი თბილისში"),
        ("tajik@example.org", "To approve: Visit to Tbilisi"),
    ]


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


# What waits to be sent


class Away(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("away")


class Killed(EmailBackend):
    """A mail server at whose answer the process dies."""

    def send_messages(self, messages):
        raise SystemExit


class Choosy(EmailBackend):
    """A mail server that refuses one of its recipients."""

    def send_messages(self, messages):
        if "editor@example.org" in messages[0].to:
            raise SMTPRecipientsRefused({"editor@example.org": (550, b"unknown")})
        return super().send_messages(messages)


class Faulty(EmailBackend):
    """A mail server's client with a fault that one mail brings out."""

    def send_messages(self, messages):
        if "editor@example.org" in messages[0].to:
            raise TypeError("a fault")
        return super().send_messages(messages)


@pytest.fixture
def waiting(author, editor):
    """A mail to the editor that nobody has tried to send."""
    submitted(author, ready_visit())
    return models.Mail.objects.get()


@pytest.fixture
def server(settings):
    """Put another mail server in the place of the usual one."""

    def put(backend):
        settings.EMAIL_BACKEND = f"{backend.__module__}.{backend.__name__}"

    return put


def outbox():
    return [(*message.to, message.subject) for message in mail.outbox]


TO_APPROVE = [("editor@example.org", "To approve: Visit to Tbilisi")]


def test_what_a_process_leaves_behind_is_sent_once_by_the_next_run(waiting):
    assert outbox() == []

    call_command("publish_due")
    call_command("publish_due")

    assert outbox() == TO_APPROVE
    assert not models.Mail.objects.exists()


def test_a_process_that_dies_while_it_sends_leaves_the_mail_for_later(waiting, server):
    server(Killed)
    with pytest.raises(SystemExit):
        mails.send_due()
    server(EmailBackend)

    mails.send_due()
    assert outbox() == []
    mails.send_due(now() + mails.FIRST_PAUSE)
    assert outbox() == TO_APPROVE


def test_a_mail_server_that_is_away_is_tried_at_growing_pauses(waiting, server, caplog):
    server(Away)
    moment, pauses = waiting.next_try_at, []
    for tries in range(mails.TRIES):
        mails.send_due(moment - timedelta(seconds=1))
        assert models.Mail.objects.get().tries == tries
        mails.send_due(moment)
        row = models.Mail.objects.get()
        pauses.append(row.next_try_at and (row.next_try_at - moment) // timedelta(minutes=1))
        moment = row.next_try_at

    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 512, None]
    assert (row.tries, row.failure) == (10, "away")
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert errors == [f"Gave up on a mail to user {row.recipient_id} after 10 tries: away"]
    assert "Tbilisi" not in caplog.text


def test_an_act_does_not_mind_a_mail_server_that_is_away(told, author, editor, server):
    server(Away)
    revision = draft(author, ready_visit())

    assert told(acts.submit, author, revision) == []
    assert acts.in_work(revision.thing).state == "submitted"
    assert models.Mail.objects.get().failure == "away"


def test_what_was_given_up_is_shown_and_kept_for_a_week(waiting, server):
    server(Away)
    gave_up = models.Mail.objects.filter(pk=waiting.pk)
    gave_up.update(next_try_at=None, tries=mails.TRIES, failure="away", made_at=now() - timedelta(days=6))
    said = io.StringIO()

    call_command("publish_due")
    call_command("send_mails", stderr=said)

    assert said.getvalue().startswith("Not sent to editor, written ")
    assert gave_up.get().next_try_at is None
    gave_up.update(made_at=now() - timedelta(days=7))
    call_command("publish_due")
    assert not gave_up.exists()


def test_everything_that_failed_is_tried_at_once_when_somebody_says_so(waiting, server):
    server(Away)
    mails.send_due()
    server(EmailBackend)
    mails.send_due()
    assert outbox() == []

    call_command("send_mails")

    assert outbox() == TO_APPROVE
    assert not models.Mail.objects.exists()


@pytest.mark.parametrize(("backend", "failure"), [(Choosy, "unknown"), (Faulty, "a fault")])
def test_one_mail_that_cannot_be_sent_stops_no_other(
    staff, author, editor, administrator, server, backend, failure
):
    server(backend)
    submitted(author, ready_visit())

    mails.send_due()

    assert [who for who, _subject in outbox()] == ["administrator@example.org"]
    assert failure in models.Mail.objects.get(recipient=editor).failure


def test_a_slow_mail_server_leaves_the_rest_for_the_next_run(waiting, monkeypatch):
    monkeypatch.setattr(mails, "SECONDS_OF_A_RUN", -1)

    mails.send_due()

    assert outbox() == []
    assert models.Mail.objects.get().tries == 0


def leaves(user, visit):
    type(user).objects.filter(pk=user.pk).update(is_active=False)


def is_no_longer_staff(user, visit):
    type(user).objects.filter(pk=user.pk).update(is_staff=False)


def gets_another_desk(user, visit):
    models.Desk.objects.create(user=user).countries.add(factories.country("TJ"))


def is_kept_out(user, visit):
    models.Embargo().about(visit).save()


def loses_the_thing(user, visit):
    models.Mail.objects.update(object_id=visit.pk + 1000)


@pytest.mark.parametrize(
    "change", [leaves, is_no_longer_staff, gets_another_desk, is_kept_out, loses_the_thing]
)
def test_who_lost_sight_of_it_meanwhile_gets_nothing(waiting, editor, change):
    change(editor, fresh(waiting.thing))

    mails.send_due()

    assert outbox() == []
    assert not models.Mail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_thread_that_sends(author, editor, monkeypatch):
    with ThreadPoolExecutor(max_workers=1) as thread:
        monkeypatch.setattr(mails, "DELIVERY", thread)
        submitted(author, ready_visit())

    assert outbox() == TO_APPROVE
    assert not models.Mail.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_several_senders_one_sends_each_mail(editor, _round):
    kind = ContentType.objects.get_for_model(models.Record)
    visit = ready_visit()
    for number in range(20):
        models.Mail.objects.create(
            recipient=editor, subject=str(number), body="x", content_type=kind, object_id=visit.pk
        )

    at_once(*[mails.send_due] * 4)

    assert sorted(int(message.subject) for message in mail.outbox) == list(range(20))
    assert not models.Mail.objects.exists()
