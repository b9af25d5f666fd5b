"""Mail that tells staff what happened to their work: sent once it is done, and never in its way."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from relations.models import ReleaseSet

from .desks import OutOfSight, demand_sight
from .documents import complete
from .rights import RIGHTS
from .states import Act

logger = logging.getLogger(__name__)

# One thread, so that nobody waits for a mail server; a process that ends waits for it.
DELIVERY = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
# Seconds to wait before each further try.
PAUSES = (5, 30)


# What happened


def submitted(revision, thing):
    """Ask those who may approve it, none of whom wrote or submitted it."""
    subject = _("To approve: %(thing)s")
    text = _("%(who)s submitted “%(thing)s” for approval.")
    words = {"thing": revision.title, "who": str(revision.submitted_by)}
    own = {revision.author_id, revision.edited_by_id, revision.submitted_by_id}
    after_commit(thing, partial(approvers, own), subject, text, words)


def rejected(user, revision, thing):
    subject = _("Rejected: %(thing)s")
    text = _("%(who)s rejected “%(thing)s” with this remark:\n\n%(remark)s")
    words = {"thing": revision.title, "who": str(user), "remark": revision.remark}
    after_commit(thing, people(user, revision.author_id), subject, text, words)


def approved(user, revision, thing):
    subject = _("Approved: %(thing)s")
    text = _("%(who)s approved “%(thing)s”. It is not public yet.")
    words = {"thing": revision.title, "who": str(user)}
    after_commit(thing, people(user, revision.author_id), subject, text, words)


def published(user, revision, thing):
    subject = _("Published: %(thing)s")
    text = _("“%(thing)s” is public now.")
    keys = people(user, revision.author_id, revision.submitted_by_id)
    after_commit(thing, keys, subject, text, {"thing": revision.title})


def failed(subject_of_failure, failure):
    """Tell the author of a revision, or the owner of a release set, that its time came in vain."""
    subject = _("Not done at its time: %(thing)s")
    if isinstance(subject_of_failure, ReleaseSet):
        # The reasons name what is in the set, which the owner may not be allowed to see.
        text = _("Nothing in the release set “%(thing)s” was published at its time.")
        words, keys = {"thing": subject_of_failure.name}, people(None, subject_of_failure.owner_id)
        after_commit(None, keys, subject, text, words)
    else:
        revision = subject_of_failure
        text = _("What was appointed for “%(thing)s” was not done at its time:\n\n%(reason)s")
        words = {"thing": revision.title, "reason": failure}
        after_commit(revision.thing, people(None, revision.author_id), subject, text, words)


def due_for_review(review, title):
    subject = _("To review: %(thing)s")
    text = _("Please look again whether “%(thing)s” is still true. The review is due on %(day)s.")
    words = {"thing": title, "day": review.due.isoformat()}
    after_commit(review.thing, people(None, review.owner_id), subject, text, words, page="review")


# To whom


def approvers(own):
    roles = [role.value for role in RIGHTS[Act.APPROVE]]
    return reachable().filter(groups__name__in=roles).exclude(pk__in=[key for key in own if key]).distinct()


def people(actor, *keys):
    """Return a search for some people; nobody is told what they did themselves."""
    wanted = {key for key in keys if key} - {actor.pk if actor else None}
    return lambda: reachable().filter(pk__in=wanted)


def reachable():
    return get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")


def may_see(user, thing):
    try:
        demand_sight(user, thing)
    except OutOfSight:
        return False
    return True


# On its way


def after_commit(thing, recipients, subject, text, words, page="change"):
    """Write to those who may see the thing once its change is in the database; an error stops nothing."""

    def send():
        write(thing, recipients, subject, text, words, page)

    # Not a partial: Django asks for the name of what failed.
    transaction.on_commit(send, robust=True)


def write(thing, recipients, subject, text, words, page):
    readers = [user for user in recipients() if thing is None or may_see(user, thing)]
    if not readers:
        return
    with override(settings.LANGUAGE_CODE):
        head, body = str(subject) % words, str(text) % words
    body += f"\n\n{settings.SITE_URL}{address_of(thing, page)}\n"
    # A title may have been pasted with its line breaks.
    head = " ".join(head.split())
    DELIVERY.submit(deliver, [EmailMessage(head, body, to=[user.email]) for user in readers])


def address_of(thing, page):
    if thing is None:
        return f"{reverse('admin:work')}?list=failed"
    return reverse(f"admin:relations_{type(complete(thing))._meta.model_name}_{page}", args=[thing.pk])


def deliver(messages):
    """Send what can be sent, and try the rest again; what is not sent in the end is written into the log."""
    messages = unsent(messages)
    for pause in PAUSES:
        if not messages:
            return
        time.sleep(pause)
        messages = unsent(messages)
    if messages:
        logger.error("Gave up on %d mails to staff.", len(messages))


def unsent(messages):
    """Try to send each message; return those that were not sent."""
    connection, left = get_connection(), []
    try:
        connection.open()
        for message in messages:
            try:
                connection.send_messages([message])
            except (OSError, ValueError) as failure:
                left.append(message)
                logger.warning("A mail to staff was not sent: %s", failure)
        connection.close()
    except OSError as failure:
        logger.warning("The mail server cannot be reached: %s", failure)
        return left or messages
    return left
