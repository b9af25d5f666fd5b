"""Everything in a release set becomes public in one moment, or nothing of it does."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from relations import models
from relations.publishing import acts, deletions, releases
from relations.publishing.due import do_what_is_due
from relations.publishing.rights import Forbidden
from relations.publishing.states import Refused
from tests import factories

from .work import draft, fresh, published, ready_visit, states, submitted

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def release_set():
    return factories.release_set()


@pytest.fixture
def members(author, editor, release_set):
    """Two approved visits in the set: a new one, and a new version of a public one."""
    new, known = ready_visit(title_en="New"), ready_visit(title_en="Known")
    published(author, editor, known)
    for visit, title in ((new, "New"), (known, "Known better")):
        revision = acts.approve(editor, submitted(author, visit, title_en=title))
        releases.put_in(editor, release_set, revision)
    return new, known


def again(release_set):
    return models.ReleaseSet.objects.get(pk=release_set.pk)


def renamed(user, release_set):
    releases.rename(user, release_set, name="Talks")


def put_aside(revision):
    """Let an approved revision become one that cannot be public."""
    document = revision.document
    document["parts"]["citations"] = []
    document["parts"]["sector_links"] = []
    acts.Revision.objects.filter(pk=revision.pk).update(document=document)


def test_all_of_it_is_public_in_one_moment(editor, release_set, members):
    releases.release(editor, release_set)

    new, known = map(fresh, members)
    assert (new.is_public, known.title_en) == (True, "Known better")
    assert again(release_set).state == "released"
    for visit in members:
        entries = models.AuditEntry.objects.of(visit).filter(act="publish", from_state="approved")
        assert entries.filter(actor=editor).exists()
    assert models.AuditEntry.objects.of(release_set).get(act="release_set").to_state == "released"


def test_one_that_is_not_ready_keeps_all_back_and_all_reasons_are_said(editor, release_set, members):
    new, known = members
    put_aside(acts.in_work(new))

    with pytest.raises(releases.NotReleased) as refusal:
        releases.release(editor, release_set)

    told = [(one.revision.title, one.reason.place) for one in refusal.value.reasons]
    assert told == [("New", "main_sector"), ("New", "citations")]
    assert not fresh(new).is_public
    assert fresh(known).title_en == "Known"
    assert again(release_set).state == "open"
    assert states(known) == ["published", "approved"]


def test_at_its_time_it_is_released_once(editor, release_set, members):
    releases.schedule(editor, release_set, publish_at=now() + HOUR)
    do_what_is_due(now())
    assert not fresh(members[0]).is_public

    done = [do_what_is_due(now() + 2 * HOUR).released for _time in range(2)]

    assert done == [["Summit"], []]
    assert all(fresh(visit).is_public for visit in members)
    kept = again(release_set)
    assert (kept.state, kept.publish_at, kept.failure) == ("released", None, "")
    entries = models.AuditEntry.objects.filter(act="publish", actor=None)
    assert entries.count() == 2


def test_a_set_that_fails_at_its_time_says_why(editor, release_set, members):
    releases.schedule(editor, release_set, publish_at=now() + HOUR)
    put_aside(acts.in_work(members[0]))
    alone = ready_visit()

    done = do_what_is_due(now() + 2 * HOUR)
    do_what_is_due(now() + 2 * HOUR)

    assert [reason.split(":")[0] for _set, reason in done.failed] == ["New"]
    assert "New: A record needs a main sector." in again(release_set).failure
    assert not any(fresh(visit).title_en == "Known better" for visit in members)
    # The log may be read by somebody who is not to see what is in the set.
    entry = models.AuditEntry.objects.of(release_set).get(is_refused=True)
    assert (entry.actor, entry.detail) == (None, "Not everything in the set is ready.")
    assert not fresh(alone).is_public


ACTS = {
    "save": lambda author, editor, revision: draft(author, revision.thing, title_en="Other"),
    "recall": lambda author, editor, revision: acts.recall(author, revision),
    "reject": lambda author, editor, revision: acts.reject(editor, revision, remark="No"),
    "publish": lambda author, editor, revision: acts.publish(editor, revision),
    "schedule": lambda author, editor, revision: acts.schedule(editor, revision, publish_at=now() + HOUR),
    "put_in": lambda author, editor, revision: releases.put_in(
        editor, factories.release_set(name="Other"), revision
    ),
    "take_out": lambda author, editor, revision: releases.take_out(editor, revision.release_set, revision),
    "delete": lambda author, editor, revision: deletions.forget(editor, revision.thing),
}


@pytest.mark.parametrize("act", ACTS)
def test_while_it_is_scheduled_nobody_changes_what_is_in_it(author, editor, release_set, members, act):
    releases.schedule(editor, release_set, publish_at=now() + HOUR)
    revision = acts.in_work(members[0])
    before = (revision.document, revision.token)

    with pytest.raises(Refused):
        ACTS[act](author, editor, revision)

    kept = acts.in_work(members[0])
    assert (kept.document, kept.token) == before
    assert kept.release_set == release_set


def test_what_is_public_is_not_taken_off_while_its_next_version_is_scheduled(editor, release_set, members):
    known = members[1]
    releases.schedule(editor, release_set, publish_at=now() + HOUR)

    with pytest.raises(Refused, match="Summit"):
        acts.withdraw(editor, acts.live(known), ending_reason_en="Wrong")

    releases.unschedule(editor, release_set)
    acts.withdraw(editor, acts.live(known), ending_reason_en="Wrong")
    assert states(known) == ["withdrawn", "approved"]


@pytest.mark.parametrize("act", ["publish", "schedule"])
def test_a_member_becomes_public_with_the_set_only(author, editor, release_set, members, act):
    with pytest.raises(Refused, match="Take it out first"):
        ACTS[act](author, editor, acts.in_work(members[0]))

    releases.take_out(editor, release_set, acts.in_work(members[0]))
    ACTS[act](author, editor, acts.in_work(members[0]))


def test_an_emergency_leaves_the_set(author, editor, administrator, release_set):
    visit = ready_visit()
    releases.put_in(editor, release_set, draft(author, visit))

    revision = acts.publish_in_emergency(administrator, acts.in_work(visit), reason="Now")

    assert revision.release_set is None
    assert fresh(visit).is_public


def test_what_is_not_approved_keeps_the_set_from_being_scheduled(author, editor, release_set, members):
    releases.put_in(editor, release_set, submitted(author, ready_visit(title_en="Late")))

    with pytest.raises(releases.NotReleased) as refusal:
        releases.schedule(editor, release_set, publish_at=now() + HOUR)

    assert list(map(str, refusal.value.reasons)) == ["Late: not approved yet"]
    assert again(release_set).state == "open"


def test_nobody_releases_what_they_wrote(staff, author, editor, release_set, members):
    other = staff("editor", "other")
    own = acts.approve(other, submitted(editor, ready_visit(title_en="Own")))
    releases.put_in(editor, release_set, own)

    with pytest.raises(releases.NotReleased) as refusal:
        releases.release(editor, release_set)

    assert [str(reason)[:18] for reason in refusal.value.reasons] == ["Own: Somebody else"]
    releases.release(other, release_set)
    assert again(release_set).state == "released"


@pytest.mark.parametrize("act", ["put_in", "release", "schedule", "rename", "dissolve"])
def test_authors_have_no_hand_in_it(author, editor, release_set, members, act):
    do = {
        "put_in": lambda: releases.put_in(author, release_set, draft(author, ready_visit())),
        "release": lambda: releases.release(author, release_set),
        "schedule": lambda: releases.schedule(author, release_set, publish_at=now() + HOUR),
        "rename": lambda: renamed(author, release_set),
        "dissolve": lambda: releases.dissolve(author, release_set),
    }[act]

    with pytest.raises(Forbidden):
        do()

    assert (again(release_set).state, again(release_set).name) == ("open", "Summit")


def test_nobody_releases_what_they_cannot_see(staff, editor, release_set, members):
    tajik = staff("editor", "tajik")
    models.Desk.objects.create(user=tajik).countries.add(factories.country("TJ"))

    for act in (releases.release, renamed, releases.dissolve):
        with pytest.raises(Refused, match="may not see"):
            act(tajik, release_set)

    assert not fresh(members[0]).is_public
    assert acts.in_work(members[0]).release_set == release_set
    assert again(release_set).name == "Summit"


def test_a_page_of_the_set_that_is_out_of_date_does_nothing(editor, release_set, members):
    token = again(release_set).token
    releases.take_out(editor, release_set, acts.in_work(members[0]))

    with pytest.raises(acts.Outdated):
        releases.release(editor, release_set, token)

    assert states(members[1]) == ["published", "approved"]


def test_a_released_set_is_closed(author, editor, release_set, members):
    releases.release(editor, release_set)

    for act in (releases.release, releases.unschedule, renamed, releases.dissolve):
        with pytest.raises(acts.Outdated):
            act(editor, release_set)
    with pytest.raises(acts.Outdated):
        releases.put_in(editor, release_set, draft(author, ready_visit()))


def test_a_new_name_changes_nothing_else_and_is_written_down(editor, release_set, members):
    releases.schedule(editor, release_set, publish_at=now() + HOUR)
    token, revision = again(release_set).token, acts.in_work(members[0])

    renamed(editor, release_set)

    kept = again(release_set)
    assert (kept.name, kept.state, acts.in_work(members[0]).token) == ("Talks", "scheduled", revision.token)
    entry = models.AuditEntry.objects.of(release_set).get(act="rename_set")
    assert (entry.actor, entry.title, entry.detail) == (editor, "Talks", "Summit → Talks")
    # Whoever had the set open looks at it again.
    with pytest.raises(acts.Outdated):
        releases.unschedule(editor, release_set, token)
    assert do_what_is_due(now() + 2 * HOUR).released == ["Talks"]


def test_an_empty_set_is_not_released(editor, release_set):
    with pytest.raises(Refused, match="nothing in this set"):
        releases.release(editor, release_set)


def test_a_set_that_is_dissolved_lets_its_members_go(editor, release_set, members):
    releases.dissolve(editor, release_set)

    assert not models.ReleaseSet.objects.exists()
    assert acts.in_work(members[0]).release_set is None
    acts.publish(editor, acts.in_work(members[0]))
