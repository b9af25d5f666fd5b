"""What was appointed for a time, done when the time has come: each thing once, whoever else runs this too."""

import logging
from dataclasses import dataclass, field

from django.db import DatabaseError, transaction
from django.utils.timezone import now

from relations.models import ReleaseSet, Revision

from . import acts, mails, releases
from .documents import Unfit
from .states import Act, Refused, State, after

logger = logging.getLogger(__name__)


@dataclass
class Done:
    """What one run did: titles of what was published, taken down and released, and what failed and why."""

    published: list = field(default_factory=list)
    taken_down: list = field(default_factory=list)
    released: list = field(default_factory=list)
    failed: list = field(default_factory=list)


def do_what_is_due(moment=None) -> Done:
    """Publish, take down and release everything whose time has come; one failure does not stop the others."""
    moment = moment or now()
    done = Done()
    for key in due_revisions(moment):
        one(Revision, key, publish_one, moment, done.published, done)
    for key in due_endings(moment):
        one(Revision, key, take_down_one, moment, done.taken_down, done)
    for key in due_sets(moment):
        one(ReleaseSet, key, release_one, moment, done.released, done)
    return done


def due_revisions(moment):
    scheduled = Revision.objects.filter(state=State.SCHEDULED, publish_at__lte=moment, release_set=None)
    return list(scheduled.order_by("publish_at", "id").values_list("pk", flat=True))


def due_endings(moment):
    ending = Revision.objects.filter(state__in=[State.PUBLISHED, State.WITHDRAWN], take_down_at__lte=moment)
    return list(ending.order_by("take_down_at", "id").values_list("pk", flat=True))


def due_sets(moment):
    scheduled = ReleaseSet.objects.filter(state=ReleaseSet.State.SCHEDULED, publish_at__lte=moment)
    return list(scheduled.order_by("publish_at", "pk").values_list("pk", flat=True))


def one(model, key, act, moment, done, report):
    """Do one thing in a transaction of its own; write down for its owner why it did not work."""
    try:
        with transaction.atomic():
            subject = model.objects.select_for_update().filter(pk=key).first()
            # Somebody else may have done it while this run waited.
            if subject is not None and act(subject, moment):
                done.append(str(subject))
    except (Refused, Unfit, DatabaseError) as failure:
        # It is tried again at every run; its owner is told once.
        if model.objects.filter(pk=key).exclude(failure=str(failure)).update(failure=str(failure)):
            mails.failed(model.objects.get(pk=key), str(failure))
        report.failed.append((key, str(failure)))
        logger.warning("Could not do what was due for %s %s: %s", model._meta.model_name, key, failure)


def publish_one(revision, moment):
    is_due = revision.state == State.SCHEDULED and revision.publish_at <= moment
    if is_due:
        acts.publish(None, revision)
    return is_due


def take_down_one(revision, moment):
    is_due = revision.is_live and revision.take_down_at is not None and revision.take_down_at <= moment
    if is_due:
        after(revision.state, Act.UNPUBLISH)
        acts.unpublish(None, revision)
    return is_due


def release_one(release_set, moment):
    is_due = release_set.state == ReleaseSet.State.SCHEDULED and release_set.publish_at <= moment
    if is_due:
        releases.release(None, release_set)
    return is_due
