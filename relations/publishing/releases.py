"""Release sets: several revisions become public in one transaction, or none of them does.

Locks are taken in one order – the set, its things, their revisions – so that nobody waits for each other.
"""

from dataclasses import dataclass
from itertools import groupby

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relations.models import ReleaseSet, Revision

from . import acts, audit
from .desks import OutOfSight, demand_sight, in_sight_of
from .documents import Unfit
from .rights import Forbidden, demand
from .states import Act, Refused, State

OPEN, SCHEDULED, RELEASED = ReleaseSet.State.OPEN, ReleaseSet.State.SCHEDULED, ReleaseSet.State.RELEASED


class SetAct(models.TextChoices):
    """What somebody does with a release set, and with what is in it."""

    PUT_IN = "put_in_set", pgettext_lazy("act", "Put into a release set")
    TAKE_OUT = "take_out_of_set", pgettext_lazy("act", "Take out of a release set")
    SCHEDULE = "schedule_set", pgettext_lazy("act", "Schedule the set")
    UNSCHEDULE = "unschedule_set", pgettext_lazy("act", "Unschedule the set")
    RELEASE = "release_set", pgettext_lazy("act", "Release now")
    RENAME = "rename_set", pgettext_lazy("act", "Rename the set")
    DISSOLVE = "dissolve_set", pgettext_lazy("act", "Dissolve the set")


# The right to do the same with each of the members is the right to do it with the set.
NEEDS = {
    SetAct.PUT_IN: Act.PUBLISH,
    SetAct.TAKE_OUT: Act.PUBLISH,
    SetAct.SCHEDULE: Act.SCHEDULE,
    SetAct.UNSCHEDULE: Act.UNSCHEDULE,
    SetAct.RELEASE: Act.PUBLISH,
    SetAct.RENAME: Act.PUBLISH,
    SetAct.DISSOLVE: Act.PUBLISH,
}


@dataclass(frozen=True)
class Hindrance:
    """Why one member keeps its whole set back."""

    revision: Revision
    reason: object

    def __str__(self):
        return f"{self.revision.title}: {self.reason}"


class NotReleased(acts.NotReady):
    """The members of a set that keep all of it back, each with its reasons.

    Its own words name none of them: the log is read by people who may not see what is in the set.
    """

    def __str__(self):
        return str(_("Not everything in the set is ready."))


# Members


def members(release_set):
    """Return what becomes public with a set, or became so."""
    return release_set.revisions.order_by("title", "pk")


def things_in_sight_of(user, revisions):
    """Return the things of revisions that a user may see, by (content type, number)."""
    found = {}
    for kind, keys in by_kind(revisions).items():
        things = in_sight_of(user, kind.model_class()._base_manager.filter(pk__in=keys))
        found |= {(kind.pk, thing.pk): thing for thing in things}
    return found


def by_kind(revisions):
    """Return the numbers of the things of revisions, by content type, in one order for all."""
    ordered = sorted(revisions, key=lambda revision: (revision.content_type_id, revision.object_id))
    return {
        kind: [revision.object_id for revision in group]
        for kind, group in groupby(ordered, key=lambda revision: revision.content_type)
    }


# What every act has in common


def lock(release_set, token=None, state=None):
    """Hold a set and all its things until the transaction ends; return the set as it is now.

    Raises Outdated unless it is what the token stands for, and in the state if one is named.
    """
    current = ReleaseSet.objects.select_for_update().filter(pk=release_set.pk).first()
    if current is None or token not in (None, current.token):
        raise acts.Outdated(_("Somebody else changed this set after you opened it. Look at it again first."))
    if state not in (None, current.state):
        raise acts.Outdated(
            _("This is not possible while the set is “%(state)s”.") % {"state": current.get_state_display()}
        )
    for kind, keys in by_kind(current.revisions.in_work().select_related("content_type")).items():
        things = kind.model_class()._base_manager.select_for_update().filter(pk__in=keys).order_by("pk")
        # Asked for all at once, and held.
        list(things.values_list("pk"))
    return current


def demand_unreleased(release_set):
    """Raise Outdated once a set is released: nothing more is done with it."""
    if release_set.state == RELEASED:
        raise acts.Outdated(_("This set was released already."))


def demand_members_in_sight(user, release_set):
    """Raise OutOfSight unless a user may see everything in a set: nobody releases what they cannot read."""
    revisions = list(release_set.revisions.select_related("content_type"))
    if len(things_in_sight_of(user, revisions)) < len(revisions):
        raise HiddenMembers()


class HiddenMembers(OutOfSight):
    """Something in a set is not for the eyes of this person."""

    def __init__(self):
        Refused.__init__(self, _("There is something in this set that you may not see."))


def keep(release_set, user, act, before, address=None, detail=""):
    release_set.version += 1
    release_set.save()
    audit.note(user, act, release_set, None, before, release_set.state, detail, address=address)


# Putting together


def put_in(user, release_set, revision, token=None, address=None):
    """Put a revision that is being worked on into a set that is still open, from another set perhaps."""
    with acts.written_down(user, SetAct.PUT_IN, revision.thing, revision, address):
        release_set = lock(release_set, state=OPEN)
        thing = acts.lock(revision.thing)
        revision = acts.fresh(revision, token)
        demand_sight(user, thing)
        demand(user, NEEDS[SetAct.PUT_IN])
        if not revision.is_in_work or revision.is_on_its_way:
            raise Refused(_("Only work that is not scheduled can be put into a release set."))
        if revision.release_set_id != release_set.pk:
            file_under(user, SetAct.PUT_IN, release_set, revision, release_set, address)
        return release_set


def take_out(user, release_set, revision, token=None, address=None):
    with acts.written_down(user, SetAct.TAKE_OUT, revision.thing, revision, address):
        release_set = lock(release_set, token, state=OPEN)
        thing = acts.lock(revision.thing)
        revision = acts.fresh(revision, None)
        demand_sight(user, thing)
        demand(user, NEEDS[SetAct.TAKE_OUT])
        if revision.release_set_id != release_set.pk:
            raise acts.Outdated(_("This is not in the set any more."))
        file_under(user, SetAct.TAKE_OUT, None, revision, release_set, address)


def file_under(user, act, owner, revision, release_set, address):
    """Let a revision belong to a set or to none; a form that was opened before is out of date."""
    revision.release_set = owner
    revision.version += 1
    revision.save(update_fields=["release_set", "version"])
    ReleaseSet.objects.filter(pk=release_set.pk).update(version=models.F("version") + 1)
    audit.note(
        user, act, revision.thing, revision, revision.state, revision.state, release_set.name, address=address
    )


def rename(user, release_set, token=None, address=None, *, name):
    """Give a set another name before it is released; the log keeps the old one."""
    with acts.written_down(user, SetAct.RENAME, release_set, address=address):
        release_set = lock(release_set, token)
        demand_unreleased(release_set)
        demand(user, NEEDS[SetAct.RENAME])
        demand_members_in_sight(user, release_set)
        former, release_set.name = release_set.name, name
        keep(release_set, user, SetAct.RENAME, release_set.state, address, f"{former} → {name}")


def dissolve(user, release_set, token=None, address=None):
    """Delete an open set; what was in it goes its own ways."""
    with acts.written_down(user, SetAct.DISSOLVE, release_set, address=address):
        release_set = lock(release_set, token, state=OPEN)
        demand(user, NEEDS[SetAct.DISSOLVE])
        demand_members_in_sight(user, release_set)
        audit.note(user, SetAct.DISSOLVE, release_set, None, release_set.state, address=address)
        release_set.revisions.update(release_set=None, version=models.F("version") + 1)
        release_set.delete()


# Becoming public


def schedule(user, release_set, token=None, address=None, *, publish_at):
    """Appoint the moment in which everything in a set becomes public. All of it must be approved."""
    with acts.written_down(user, SetAct.SCHEDULE, release_set, address=address):
        release_set = lock(release_set, token, state=OPEN)
        demand(user, NEEDS[SetAct.SCHEDULE])
        if publish_at <= now():
            raise Refused(_("The appointed time has passed already."))
        demand_ready(user, release_set, NEEDS[SetAct.SCHEDULE])
        release_set.publish_at, release_set.state, release_set.failure = publish_at, SCHEDULED, ""
        keep(release_set, user, SetAct.SCHEDULE, OPEN, address, publish_at.isoformat())


def unschedule(user, release_set, token=None, address=None):
    with acts.written_down(user, SetAct.UNSCHEDULE, release_set, address=address):
        release_set = lock(release_set, token, state=SCHEDULED)
        demand(user, NEEDS[SetAct.UNSCHEDULE])
        demand_members_in_sight(user, release_set)
        release_set.publish_at, release_set.state, release_set.failure = None, OPEN, ""
        keep(release_set, user, SetAct.UNSCHEDULE, SCHEDULED, address)


def release(user, release_set, token=None, address=None):
    """Publish everything in a set. Raises NotReleased, and publishes nothing, if anything cannot be."""
    with acts.written_down(user, SetAct.RELEASE, release_set, address=address):
        release_set = lock(release_set, token)
        before = release_set.state
        demand_unreleased(release_set)
        demand_ready(user, release_set, NEEDS[SetAct.RELEASE])
        hindrances = []
        for revision in members(release_set).in_work():
            hindrances += attempt(user, revision, release_set, address)
        if hindrances:
            raise NotReleased(hindrances)
        release_set.state, release_set.released_at = RELEASED, now()
        release_set.publish_at, release_set.failure = None, ""
        keep(release_set, user, SetAct.RELEASE, before, address)


def attempt(user, revision, release_set, address):
    """Publish one member; return what is in the way of it."""
    try:
        acts.publish(user, revision, address=address, within=release_set)
    except acts.NotReady as refusal:
        return [Hindrance(revision, reason) for reason in refusal.reasons]
    except (Refused, Unfit) as refusal:
        return [Hindrance(revision, refusal)]
    return []


def demand_ready(user, release_set, act):
    """Raise NotReleased with everything that is in the way of a set, its members' texts apart."""
    if user is not None:
        demand(user, act)
        demand_members_in_sight(user, release_set)
    revisions = list(members(release_set).in_work())
    if not revisions:
        raise Refused(_("There is nothing in this set that could be released."))
    if hindrances := [one for revision in revisions for one in hindrances_of(user, revision, act)]:
        raise NotReleased(hindrances)


def hindrances_of(user, revision, act):
    if revision.state != State.APPROVED:
        yield Hindrance(revision, _("not approved yet"))
    elif user is not None:
        try:
            demand(user, act, revision)
        except Forbidden as refusal:
            yield Hindrance(revision, refusal)
