"""What was appointed for a time, done when the time has come: each thing once, whoever else runs this too."""

import logging
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from relations.models import ReleaseSet, Revision

from . import acts, audit, mails, releases
from .documents import Unfit
from .states import Act, Refused, State

logger = logging.getLogger(__name__)


@dataclass
class Done:
    """What one run did: titles of what was published, taken down and released, and what failed and why."""

    published: list = field(default_factory=list)
    taken_down: list = field(default_factory=list)
    released: list = field(default_factory=list)
    failed: list = field(default_factory=list)


def do_what_is_due(moment=None) -> Done:
    """Publish, release and take down everything whose time has come; one failure does not stop the others.

    What fails is left as it was, and tried again by the next run. Only a database that fails ends the run.
    """
    moment = moment or now()
    done = Done()
    each(due_revisions(moment), publish_one, Act.PUBLISH, done.published, done.failed)
    each(due_sets(moment), release_one, releases.SetAct.RELEASE, done.released, done.failed)
    each(due_endings(moment), take_down_one, Act.UNPUBLISH, done.taken_down, done.failed)
    return done


def due_revisions(moment):
    # Members of a set have no time of their own.
    return Revision.objects.filter(state=State.SCHEDULED, publish_at__lte=moment).order_by("publish_at", "id")


def due_endings(moment):
    ending = Revision.objects.filter(state=State.PUBLISHED, take_down_at__lte=moment)
    return ending.order_by("take_down_at", "id")


def due_sets(moment):
    scheduled = ReleaseSet.objects.filter(state=ReleaseSet.State.SCHEDULED, publish_at__lte=moment)
    return scheduled.order_by("publish_at", "pk")


def each(due, do, act, done, failed):
    """Do one thing after the other, each in a transaction of its own."""
    for subject in list(due):
        try:
            with transaction.atomic():
                was_done = do(subject, due)
        except acts.NotReady as refusal:
            reasons = "\n".join(map(str, refusal.reasons))
            report(due, subject, act, reasons, failed, log=str(refusal))
        except (Refused, Unfit) as refusal:
            report(due, subject, act, str(refusal), failed)
        except Exception:
            # Whatever it is, what is due beside it must not wait for it.
            logger.exception("Could not do what was due for %s", subject.pk)
            text = _("The site met an error. Whoever runs it finds the reason in its log.")
            report(due, subject, act, text, failed)
        else:
            if was_done:
                done.append(str(subject))


def publish_one(revision, due):
    # A thing is held before its revision, as every act does: nobody waits for each other.
    acts.lock(revision.thing)
    # Another run, or an editor, may have been first.
    if is_due := due.filter(pk=revision.pk).exists():
        acts.publish(None, revision)
    return is_due


def take_down_one(revision, due):
    acts.lock(revision.thing)
    if is_due := due.filter(pk=revision.pk).exists():
        acts.unpublish(None, revision, redirect_to=revision.redirect_to)
    return is_due


def release_one(release_set, due):
    releases.lock(release_set)
    if is_due := due.filter(pk=release_set.pk).exists():
        releases.release(None, release_set)
    return is_due


def report(due, subject, act, reason, failed, log=None):
    """Show its owner why something could not be done, and write it down when the reason is a new one."""
    failed.append((subject, reason))
    still = due.filter(pk=subject.pk)
    with transaction.atomic():
        if still.exclude(failure=reason).update(failure=reason):
            thing, revision = (subject.thing, subject) if isinstance(subject, Revision) else (subject, None)
            audit.note(None, act, thing, revision, subject.state, detail=log or reason, refused=True)
            # It is tried again at every run; its owner is told once.
            mails.failed(subject, reason)
