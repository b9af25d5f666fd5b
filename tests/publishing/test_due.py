"""What was appointed for a time is done when it has come: not before, once, and each thing by itself."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils.timezone import now

from relations import models
from relations.publishing import acts, deletions, due
from relations.publishing.due import do_what_is_due

from .work import NOTE, draft, fresh, published, ready_visit, states, submitted

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
REASON = {"ending_reason_en": "It is over."}


def scheduled(author, editor, thing, **fields):
    """Work on a thing that becomes public in an hour."""
    revision = acts.approve(editor, submitted(author, thing, **fields))
    return acts.schedule(editor, revision, publish_at=now() + HOUR)


def later(hours=2):
    return now() + hours * HOUR


def entries(thing, act, **conditions):
    return models.AuditEntry.objects.of(thing).filter(act=act, **conditions)


def test_nothing_is_public_early(author, editor):
    visit = ready_visit()
    revision = scheduled(author, editor, visit)

    do_what_is_due(revision.publish_at - timedelta(seconds=1))

    assert not fresh(visit).is_public
    assert states(visit) == ["scheduled"]


def test_at_its_time_it_is_public_once(author, editor):
    visit = ready_visit()
    revision = scheduled(author, editor, visit)

    first = do_what_is_due(revision.publish_at)
    again = do_what_is_due(later())

    assert (first.published, again.published) == (["Visit to Tbilisi"], [])
    assert fresh(visit).is_public
    assert states(visit) == ["published"]
    assert acts.live(visit).publish_at is None
    entry = entries(visit, "publish").get()
    assert (entry.actor, entry.from_state, entry.to_state) == (None, "scheduled", "published")


def test_a_clock_that_is_set_back_publishes_nothing_twice(author, editor):
    visit = ready_visit()
    revision = scheduled(author, editor, visit)
    do_what_is_due(revision.publish_at)

    do_what_is_due(revision.publish_at - HOUR)
    do_what_is_due(revision.publish_at)

    assert entries(visit, "publish").count() == 1


def test_until_then_visitors_see_what_they_saw(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    scheduled(author, editor, visit, title_en="Longer visit")
    assert fresh(visit).title_en == "Visit to Tbilisi"

    do_what_is_due(later())

    assert fresh(visit).title_en == "Longer visit"
    assert states(visit) == ["superseded", "published"]


def test_it_is_taken_down_at_its_time_with_its_reason(author, editor):
    visit = ready_visit()
    revision = published(author, editor, visit)
    acts.take_down_later(editor, revision, take_down_at=now() + HOUR, **REASON)

    do_what_is_due(now())
    assert fresh(visit).is_public
    done = do_what_is_due(later())
    do_what_is_due(later())

    assert done.taken_down == ["Visit to Tbilisi (1.0)"]
    assert not fresh(visit).is_public
    assert states(visit) == ["unpublished"]
    assert entries(visit, "unpublish").get().actor is None


def test_a_new_version_is_taken_down_at_the_time_of_the_former(author, editor):
    visit = ready_visit()
    revision = published(author, editor, visit)
    acts.take_down_later(editor, revision, take_down_at=now() + HOUR, **REASON)
    published(author, editor, visit, title_en="Longer visit")
    assert fresh(visit).is_public

    do_what_is_due(later())

    assert not fresh(visit).is_public
    assert acts.Revision.objects.of(visit).live().get().ending_reason_en == "It is over."


def test_it_is_taken_down_though_the_language_of_the_reason_is_held_back_by_now(author, editor):
    visit = ready_visit(title_ka="ვიზიტი")
    revision = published(author, editor, visit)
    acts.take_down_later(editor, revision, take_down_at=now() + HOUR, ending_reason_ka="დასრულდა.")
    published(author, editor, visit, NOTE | {"held_back": ["ka"]}, title_en="Longer visit")

    do_what_is_due(later())

    assert not fresh(visit).is_public
    assert states(visit) == ["superseded", "unpublished"]


def test_what_comes_and_goes_in_one_run_is_gone(author, editor):
    visit = ready_visit()
    revision = published(author, editor, visit)
    acts.take_down_later(editor, revision, take_down_at=now() + HOUR, **REASON)
    scheduled(author, editor, visit, title_en="Longer visit")

    do_what_is_due(later())

    assert states(visit) == ["superseded", "unpublished"]


def test_what_was_withdrawn_stays_withdrawn(author, editor):
    visit = ready_visit()
    revision = published(author, editor, visit)
    revision = acts.take_down_later(editor, revision, take_down_at=now() + HOUR, **REASON)
    scheduled(author, editor, visit, title_en="Longer visit")

    acts.withdraw(editor, revision, ending_reason_en="It was wrong.")
    done = do_what_is_due(later())

    assert done == due.Done()
    assert states(visit) == ["withdrawn", "approved"]
    assert fresh(visit).withdrawn_at


def test_what_was_unpublished_by_hand_does_not_come_back_by_itself(author, editor):
    visit = ready_visit()
    revision = published(author, editor, visit)
    scheduled(author, editor, visit, title_en="Longer visit")

    acts.unpublish(editor, revision, **REASON)
    do_what_is_due(later())

    assert states(visit) == ["unpublished", "approved"]


def test_one_failure_does_not_stop_the_others_and_its_owner_reads_it(author, editor):
    lost, whole = ready_visit(title_en="Lost"), ready_visit(title_en="Whole")
    scheduled(author, editor, lost)
    scheduled(author, editor, whole)
    lost.citations.all().delete()
    revision = acts.in_work(lost)
    revision.document["parts"]["citations"] = []
    revision.save()

    done = do_what_is_due(later())
    do_what_is_due(later())

    assert done.published == ["Whole"]
    assert not fresh(lost).is_public
    assert "needs a source" in acts.in_work(lost).failure
    # Tried at each run, and written down when the reason is new.
    assert entries(lost, "publish").get().is_refused
    assert not fresh(lost).is_public


def test_a_failure_is_forgotten_when_it_works_at_last(author, editor):
    visit = ready_visit()
    revision = scheduled(author, editor, visit)
    good = revision.document
    revision.document = {**good, "parts": {**good["parts"], "citations": []}}
    revision.save()
    do_what_is_due(later())
    assert acts.in_work(visit).failure

    acts.Revision.objects.filter(pk=revision.pk).update(document=good)
    do_what_is_due(later())

    assert fresh(visit).is_public
    assert acts.live(visit).failure == ""


def test_a_document_that_cannot_be_read_does_not_stop_the_others(author, editor):
    odd, whole = ready_visit(title_en="Odd"), ready_visit(title_en="Whole")
    revision = scheduled(author, editor, odd)
    scheduled(author, editor, whole)
    revision.document = {"fields": {"date": [3]}}
    revision.save()

    done = do_what_is_due(later())

    assert done.published == ["Whole"]
    assert "The site met an error" in acts.in_work(odd).failure


def test_one_failure_is_no_failure_of_the_command(author, editor):
    visit = ready_visit()
    revision = scheduled(author, editor, visit)
    acts.Revision.objects.filter(pk=revision.pk).update(publish_at=now() - HOUR, document={})
    said = io.StringIO()

    call_command("publish_due", stdout=io.StringIO(), stderr=said)

    assert said.getvalue().startswith("Failed: Visit to Tbilisi: ")


def test_a_database_that_fails_is_a_failure_of_the_command(monkeypatch):
    def fail(moment):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(due, "due_revisions", fail)

    with pytest.raises(CommandError, match="server closed"):
        call_command("publish_due")


def test_a_scheduled_draft_is_not_deleted(author, editor):
    visit = ready_visit()
    scheduled(author, editor, visit)

    with pytest.raises(acts.Refused, match="before you delete it"):
        deletions.forget(editor, visit)


def test_a_draft_of_what_is_scheduled_is_refused(author, editor):
    visit = ready_visit()
    scheduled(author, editor, visit)

    with pytest.raises(acts.Refused, match="off the schedule"):
        draft(author, visit, title_en="Longer visit")
