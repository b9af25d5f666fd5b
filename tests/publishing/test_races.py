"""Two at the same moment, and one that is killed half way: everything is done once and whole, or not at all.

On SQLite writers wait for each other, so that there is little to race for; PostgreSQL shows what holds.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from relations import models
from relations.publishing import acts, releases
from relations.publishing.documents import capture, projected
from relations.publishing.due import do_what_is_due
from relations.publishing.states import Refused, State
from tests import factories
from tests.admin.pages import address, form_data

from .work import draft, fresh, published, ready_visit, states, submitted

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parent.parent.parent
HOUR = timedelta(hours=1)
MANY = 20
ROUNDS = 3 if connection.vendor == "postgresql" else 1


def at_once(*deeds):
    """Do several things in threads that start at one moment; return what each got or was refused with."""
    start = Barrier(len(deeds))

    def one(deed):
        try:
            start.wait(timeout=20)
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(one, deeds))


def approved(author, editor, **fields):
    visit = ready_visit(**fields)
    return acts.approve(editor, submitted(author, visit))


def due_now(revision):
    """Let an approved revision be due, as if it had been scheduled an hour ago."""
    acts.Revision.objects.filter(pk=revision.pk).update(state=State.SCHEDULED, publish_at=now() - HOUR)


def publications(thing):
    return models.AuditEntry.objects.of(thing).filter(act="publish", is_refused=False).count()


def is_whole(thing):
    """Whether the row is what the revision that visitors see says, and no second one is live."""
    thing, revision = fresh(thing), acts.Revision.objects.of(thing).live().first()
    if revision is None:
        return not thing.is_public
    shown = projected(revision.document, type(thing), revision.held_back) == capture(thing)
    return (
        shown
        and thing.is_public == (revision.state != State.UNPUBLISHED)
        and (bool(thing.withdrawn_at) == (revision.state == State.WITHDRAWN))
    )


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_of_two_publishes(author, editor, staff, _round):
    revision = approved(author, editor)
    other = staff("editor", "other")

    results = at_once(
        lambda: acts.publish(editor, revision, revision.token),
        lambda: acts.publish(other, revision, revision.token),
    )

    assert sorted(type(result).__name__ for result in results) == ["Outdated", "Revision"]
    assert publications(revision.thing) == 1
    assert is_whole(revision.thing)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_four_schedulers_publish_each_thing_once(author, editor, _round):
    revisions = [approved(author, editor, title_en=f"Visit {number}") for number in range(5)]
    release_set = factories.release_set(owner=editor)
    for revision in revisions[3:]:
        releases.put_in(editor, release_set, revision)
    for revision in revisions[:3]:
        due_now(revision)
    models.ReleaseSet.objects.update(state="scheduled", publish_at=now() - HOUR)

    done = at_once(*[do_what_is_due] * 4)

    assert [one.failed for one in done] == [[]] * 4
    assert sorted(title for one in done for title in one.published) == ["Visit 0", "Visit 1", "Visit 2"]
    assert [title for one in done for title in one.released] == ["Summit"]
    assert [publications(revision.thing) for revision in revisions] == [1] * 5


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_scheduler_and_an_editor_publish_once(author, editor, _round):
    revision = approved(author, editor)
    due_now(revision)

    _done, editors = at_once(do_what_is_due, lambda: acts.publish(editor, revision))

    assert publications(revision.thing) == 1
    assert isinstance(editors, models.Revision | Refused)
    assert acts.Revision.objects.get(pk=revision.pk).failure == ""


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_save_against_a_publication(author, editor, _round):
    visit = ready_visit()
    published(author, editor, visit)
    revision = acts.approve(editor, submitted(author, visit, title_en="Second"))

    result, _saved = at_once(
        lambda: acts.publish(editor, revision, revision.token),
        lambda: draft(author, visit, title_en="Third"),
    )

    # Either what was approved is public and the save is a new draft, or it is not approved any more.
    if isinstance(result, Refused):
        assert (fresh(visit).title_en, states(visit)) == ("Visit to Tbilisi", ["published", "draft"])
    else:
        assert fresh(visit).title_en == "Second"
        assert states(visit)[:2] == ["superseded", "published"]
    assert is_whole(visit)


@pytest.mark.parametrize("_round", range(ROUNDS))
@pytest.mark.parametrize("act", [acts.withdraw, acts.unpublish])
def test_a_publication_against_an_ending(author, editor, staff, act, _round):
    visit = ready_visit()
    first = published(author, editor, visit)
    revision = acts.approve(editor, submitted(author, visit, title_en="Second"))
    other = staff("editor", "other")

    at_once(
        lambda: acts.publish(editor, revision, revision.token),
        lambda: act(other, first, first.token, ending_reason_en="Wrong"),
    )

    assert is_whole(visit)
    assert len([state for state in states(visit) if state in State and state in models.Revision.LIVE]) == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_member_is_not_recalled_while_its_set_is_scheduled(author, editor, _round):
    release_set = factories.release_set()
    revisions = [approved(author, editor) for _number in range(3)]
    for revision in revisions:
        releases.put_in(editor, release_set, revision)

    at_once(
        lambda: releases.schedule(editor, release_set, publish_at=now() + HOUR),
        lambda: acts.recall(author, revisions[1]),
    )

    is_scheduled = models.ReleaseSet.objects.get().state == "scheduled"
    assert (acts.in_work(revisions[1].thing).state == "approved") == is_scheduled


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_form_that_is_sent_four_times_at_once_enters_one_thing(author, _round):
    client = Client()
    client.force_login(author)
    data = form_data(client.get(address(models.Visit, "add")), title_en="Visit", date="2010")

    def send():
        browser = Client()
        browser.cookies = client.cookies
        return browser.post(address(models.Visit, "add"), data)

    answers = at_once(*[send] * 4)

    visit = models.Visit.objects.get()
    assert [answer.status_code for answer in answers] == [302] * 4
    assert acts.Revision.objects.of(visit).count() == 1
    assert models.AuditEntry.objects.of(visit).filter(act="save").count() == 1


# Killed


@pytest.fixture
def slow_run():
    """Start a run of what is due in a process of its own, which pauses after each publication."""
    with ExitStack() as stack:

        def start(pause):
            environment = os.environ | {
                "TEST_DATABASE": str(connection.settings_dict["NAME"]),
                "TEST_PAUSE": str(pause),
                "PYTHONPATH": str(ROOT),
            }
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.publishing.slow_release"],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        yield start


def wait_for(process, number):
    for _one in range(number):
        assert process.stdout.readline() == "one\n"


@pytest.fixture
def large_set(author, editor):
    """A set that is due: half of it new, half of it new versions of what is public."""
    release_set = factories.release_set(owner=editor)
    visits = [ready_visit(title_en=f"Visit {number}") for number in range(MANY)]
    for number, visit in enumerate(visits):
        if number % 2:
            published(author, editor, visit)
        revision = acts.approve(editor, submitted(author, visit, title_en=f"New {number}"))
        releases.put_in(editor, release_set, revision)
    models.ReleaseSet.objects.update(state="scheduled", publish_at=now() - HOUR)
    return visits


def test_a_set_whose_release_is_killed_is_wholly_old_and_then_wholly_new(large_set, slow_run):
    before = [(capture(fresh(visit)), fresh(visit).is_public, publications(visit)) for visit in large_set]
    process = slow_run(pause=0.05)
    wait_for(process, MANY // 2)
    process.kill()
    process.wait()

    after = [(capture(fresh(visit)), fresh(visit).is_public, publications(visit)) for visit in large_set]
    assert after == before
    assert all(map(is_whole, large_set))
    done = do_what_is_due()
    do_what_is_due()

    assert (done.released, done.failed) == (["Summit"], [])
    assert [fresh(visit).title_en for visit in large_set] == [f"New {number}" for number in range(MANY)]
    assert all(map(is_whole, large_set))
    assert [publications(visit) for visit in large_set] == [1 + number % 2 for number in range(MANY)]


def test_four_killed_schedulers_and_a_fifth_publish_each_thing_once(author, editor, slow_run):
    revisions = [approved(author, editor, title_en=f"Visit {number}") for number in range(6)]
    for revision in revisions:
        due_now(revision)

    for _time in range(4):
        # Killed after it published one thing, and before that was written down for good.
        process = slow_run(pause=30)
        wait_for(process, 1)
        process.kill()
        process.wait()
        assert all(is_whole(revision.thing) for revision in revisions)
    done = do_what_is_due()

    assert len(done.published) == 6
    assert [publications(revision.thing) for revision in revisions] == [1] * 6
