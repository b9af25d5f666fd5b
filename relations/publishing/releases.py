"""Release sets: several revisions become public in one transaction, or none of them does."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from relations.models import ReleaseSet

from . import acts, audit
from .desks import demand_sight
from .rights import demand
from .states import Act, Refused, State


class NotReleased(acts.NotReady):
    """The members of a set that keep all of it back, each with its reason."""


@transaction.atomic
def put_in(user, release_set, revision):
    """Put a revision that is being worked on into a set that is still open."""
    release_set = held(release_set)
    demand_open(release_set)
    demand(user, Act.PUBLISH)
    demand_sight(user, revision.thing)
    if not revision.is_in_work or revision.state == State.SCHEDULED:
        raise Refused(_("Only a draft on its way can be put into a release set."))
    revision.release_set = release_set
    revision.save(update_fields=["release_set"])
    audit.note(user, "put_in_set", revision.thing, revision, revision.state, detail=release_set.name)


@transaction.atomic
def take_out(user, revision):
    release_set = held(revision.release_set)
    demand_open(release_set)
    demand(user, Act.PUBLISH)
    demand_sight(user, revision.thing)
    revision.release_set = None
    revision.save(update_fields=["release_set"])
    audit.note(user, "take_out_of_set", revision.thing, revision, revision.state, detail=release_set.name)


@transaction.atomic
def schedule_set(user, release_set, publish_at):
    """Appoint the moment in which everything in a set becomes public. All of it must be approved."""
    release_set = held(release_set)
    demand_open(release_set)
    demand(user, Act.SCHEDULE)
    if publish_at <= now():
        raise Refused(_("The appointed time has passed already."))
    demand_approved(user, release_set)
    release_set.publish_at, release_set.state, release_set.failure = (
        publish_at,
        ReleaseSet.State.SCHEDULED,
        "",
    )
    save(release_set)


@transaction.atomic
def unschedule_set(user, release_set):
    release_set = held(release_set)
    demand(user, Act.UNSCHEDULE)
    if release_set.state != ReleaseSet.State.SCHEDULED:
        raise Refused(_("This set is not scheduled."))
    release_set.publish_at, release_set.state, release_set.failure = None, ReleaseSet.State.OPEN, ""
    save(release_set)


@transaction.atomic
def release(user, release_set):
    """Publish everything in a set. Raises NotReleased, and publishes nothing, if anything cannot be."""
    release_set = held(release_set)
    if release_set.state == ReleaseSet.State.RELEASED:
        raise Refused(_("This set was released already."))
    demand_approved(user, release_set)
    problems = []
    for revision in release_set.revisions.order_by("pk"):
        try:
            acts.publish(user, revision)
        except Refused as refusal:
            problems.append(f"{revision.title}: {refusal}")
    if problems:
        raise NotReleased(problems)
    release_set.state, release_set.released_at, release_set.failure = ReleaseSet.State.RELEASED, now(), ""
    save(release_set)


def demand_approved(user, release_set):
    revisions = list(release_set.revisions.in_work())
    if not revisions:
        raise Refused(_("There is nothing in this set."))
    waiting = [revision for revision in revisions if revision.state != State.APPROVED]
    if waiting:
        raise NotReleased(
            [_("%(thing)s: not approved yet") % {"thing": revision.title} for revision in waiting]
        )
    for revision in revisions:
        if user is not None:
            demand_sight(user, revision.thing)
            demand(user, Act.PUBLISH, revision)


def demand_open(release_set):
    if release_set.state != ReleaseSet.State.OPEN:
        raise Refused(_("This set is scheduled or released: it cannot be changed."))


def held(release_set):
    return ReleaseSet.objects.select_for_update().get(pk=release_set.pk)


def save(release_set):
    release_set.version += 1
    release_set.save()
