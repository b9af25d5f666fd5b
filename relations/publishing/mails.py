"""Mail that tells staff what happened to their work: written with it, sent after it, never in its way."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import close_old_connections, transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from relations.models import Mail, ReleaseSet

from .desks import OutOfSight, demand_sight, language_of_mails_to
from .documents import complete
from .rights import RIGHTS
from .states import Act

logger = logging.getLogger(__name__)

# One thread, so that nobody waits for a mail server. What it does not send, `publish_due` sends.
DELIVERY = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
# Doubled after each try, ten tries take seventeen hours. It is longer than one try can take.
FIRST_PAUSE = timedelta(minutes=2)
TRIES = 10
# How long one run may send, and how long a mail that was given up is kept for whoever asks.
SECONDS_OF_A_RUN = 30
KEPT = timedelta(days=7)


def called(revision):
    """Return what a revision is called, in the language in which it is then written."""
    return lazy(lambda: revision.title, str)()


# What happened


def submitted(revision, thing):
    """Ask those who may approve it, none of whom wrote or submitted it."""
    subject = _("To approve: %(thing)s")
    text = _("%(who)s submitted “%(thing)s” for approval.")
    words = {"thing": called(revision), "who": str(revision.submitted_by)}
    own = {revision.author_id, revision.edited_by_id, revision.submitted_by_id}
    tell(thing, approvers(own), subject, text, words)


def rejected(user, revision, thing):
    subject = _("Rejected: %(thing)s")
    text = _("%(who)s rejected “%(thing)s” with this remark:\n\n%(remark)s")
    words = {"thing": called(revision), "who": str(user), "remark": revision.remark}
    tell(thing, people(user, revision.author_id), subject, text, words)


def approved(user, revision, thing):
    subject = _("Approved: %(thing)s")
    text = _("%(who)s approved “%(thing)s”. It is not public yet.")
    words = {"thing": called(revision), "who": str(user)}
    tell(thing, people(user, revision.author_id), subject, text, words)


def published(user, revision, thing):
    subject = _("Published: %(thing)s")
    text = _("“%(thing)s” is public now.")
    recipients = people(user, revision.author_id, revision.submitted_by_id)
    tell(thing, recipients, subject, text, {"thing": called(revision)})


def failed(subject_of_failure, failure):
    """Tell the author of a revision, or the owner of a release set, that its time came in vain."""
    subject = _("Not done at its time: %(thing)s")
    if isinstance(subject_of_failure, ReleaseSet):
        # The reasons name what is in the set, which the owner may not be allowed to see.
        text = _("Nothing in the release set “%(thing)s” was published at its time.")
        words, owner = {"thing": subject_of_failure.name}, people(None, subject_of_failure.owner_id)
        tell(subject_of_failure, owner, subject, text, words)
    else:
        revision = subject_of_failure
        text = _("What was appointed for “%(thing)s” was not done at its time:\n\n%(reason)s")
        words = {"thing": called(revision), "reason": failure}
        tell(revision.thing, people(None, revision.author_id), subject, text, words)


def due_for_review(review, title):
    """Write what is marked as written with it: an error undoes both."""
    subject = _("To review: %(thing)s")
    text = _("Please look again whether “%(thing)s” is still true. The review is due on %(day)s.")
    words = {"thing": title, "day": review.due.isoformat()}
    write(review.thing, people(None, review.owner_id), subject, text, words, page="review")


# To whom


def approvers(own):
    roles = [role.value for role in RIGHTS[Act.APPROVE]]
    return reachable().filter(groups__name__in=roles).exclude(pk__in=[key for key in own if key]).distinct()


def people(actor, *keys):
    """Return those of some people who can be written to; nobody is told what they did themselves."""
    wanted = {key for key in keys if key} - {actor.pk if actor else None}
    return reachable().filter(pk__in=wanted)


def reachable():
    return get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")


def may_see(user, thing):
    try:
        demand_sight(user, thing)
    except OutOfSight:
        return False
    return True


# Writing


def tell(thing, recipients, subject, text, words):
    """Write to those who may see the thing; an error stops nothing."""
    try:
        with transaction.atomic():
            write(thing, recipients, subject, text, words)
    except Exception:
        logger.exception("A mail to staff could not be written.")


def write(thing, recipients, subject, text, words, page="change"):
    """Write mails that are there if what they tell of is there, and try to send them as soon as it is."""
    place = f"{settings.SITE_URL}{address_of(thing, page)}"
    mails = [Mail(recipient=user).about(thing) for user in recipients if may_see(user, thing)]
    for mail in mails:
        with override(language_of_mails_to(mail.recipient)):
            # A title may have been pasted with its line breaks.
            mail.subject = " ".join((str(subject) % words).split())
            mail.body = f"{str(text) % words}\n\n{place}\n"
        mail.save()
    keys = [mail.pk for mail in mails]

    def hand_over():
        DELIVERY.submit(deliver, keys)

    if keys:
        # Not a partial: Django asks for the name of what failed.
        transaction.on_commit(hand_over, robust=True)


def address_of(thing, page):
    if isinstance(thing, ReleaseSet):
        return f"{reverse('admin:work')}?list=failed"
    return reverse(f"admin:relations_{type(complete(thing))._meta.model_name}_{page}", args=[thing.pk])


# Sending


def deliver(keys):
    """Try to send new mails; what fails here is left to the next run of `publish_due`."""
    try:
        send(Mail.objects.filter(pk__in=keys))
    except Exception:
        logger.exception("Mails to staff were left for later.")
    finally:
        close_old_connections()


def send_due(moment=None):
    """Send what was not sent yet, and forget what was given up long ago."""
    moment = moment or now()
    Mail.objects.filter(next_try_at=None, made_at__lte=moment - KEPT).delete()
    send(Mail.objects.all(), moment)


def send_all():
    """Try all that failed again at once, also what was given up; return what still fails."""
    failed = Mail.objects.exclude(failure="")
    failed.update(next_try_at=now())
    send(Mail.objects.all())
    return failed.select_related("recipient")


def send(mails, moment=None):
    """Try each mail whose time has come. Several senders may run at once, and be killed."""
    moment = moment or now()
    end = time.monotonic() + SECONDS_OF_A_RUN
    for mail in mails.filter(next_try_at__lte=moment):
        if time.monotonic() > end:
            return
        if claim(mail, moment):
            try_to_send(mail)


def claim(mail, moment):
    """Count a try before it is made: nobody else makes it, and the next is made even if this process dies."""
    pause = FIRST_PAUSE * 2**mail.tries
    unclaimed = Mail.objects.filter(pk=mail.pk, tries=mail.tries)
    mail.tries += 1
    return unclaimed.update(tries=mail.tries, next_try_at=moment + pause, failure="")


def try_to_send(mail):
    # Since it was written, the recipient may have left or lost sight of the thing.
    recipient, thing = reachable().filter(pk=mail.recipient_id).first(), mail.thing
    if recipient and thing and may_see(recipient, thing):
        try:
            EmailMessage(mail.subject, mail.body, to=[recipient.email]).send()
        except (OSError, ValueError) as failure:
            put_off(mail, failure)
            return
        except Exception as failure:
            # A fault of the site's own: this mail is put off, too, and keeps none of the others.
            logger.exception("A mail to staff cannot be sent.")
            put_off(mail, failure)
            return
    mail.delete()


def put_off(mail, failure):
    """Write down why a try failed, for the next one or, after the last, for whoever looks after mail."""
    said = {"failure": str(failure) or type(failure).__name__}
    if mail.tries < TRIES:
        logger.warning("A mail to user %s was not sent: %s", mail.recipient_id, failure)
    else:
        said["next_try_at"] = None
        logger.error(
            "Gave up on a mail to user %s after %d tries: %s", mail.recipient_id, mail.tries, failure
        )
    Mail.objects.filter(pk=mail.pk).update(**said)
