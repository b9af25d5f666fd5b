"""Links under which somebody without an account sees one draft, and may answer a question on it, once."""

from datetime import timedelta

from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relations.models import PreviewLink, Revision
from relations.models.publication import type_of

from . import acts, audit
from .desks import demand_sight
from .rights import Sight, demand
from .states import Refused

LONGEST_ANSWER = 5000
LONGEST_NAME = 100
MOST_DAYS = PreviewLink.LONGEST.days

# What is written into the audit log beside the making of a link.
REVOKE, ANSWER = "revoke_link", "answer_link"


class LinkState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a preview link", "Open")
    ANSWERED = "answered", pgettext_lazy("state of a preview link", "Answered")
    REVOKED = "revoked", pgettext_lazy("state of a preview link", "Closed")
    FINISHED = "finished", pgettext_lazy("state of a preview link", "The draft is finished")
    EXPIRED = "expired", pgettext_lazy("state of a preview link", "Expired")


def state_of(link):
    """Return why a link no longer works, or that it does."""
    if link.answered_at:
        return LinkState.ANSWERED
    if link.revoked_at:
        return LinkState.REVOKED
    if not link.revision.is_in_work:
        return LinkState.FINISHED
    return LinkState.OPEN if link.expires_at > now() else LinkState.EXPIRED


def links_of(thing):
    """Return the links that were ever made for drafts of a thing and are kept with them, newest first."""
    revisions = Revision.objects.filter(content_type=type_of(thing), object_id=thing.pk)
    return PreviewLink.objects.filter(revision__in=revisions).select_related("revision", "created_by")


def open_link(key):
    """Return the link that a key opens, or None whatever the reason that it opens nothing."""
    # Longer than any key was ever made, it is none.
    found = PreviewLink.objects.with_key(key) if len(key) < 100 else PreviewLink.objects.none()
    return found.open_at(now()).select_related("revision").first()


def make(user, thing, recipient, question="", days=MOST_DAYS, address=None):
    """Return a link to the draft of a thing, and its key."""
    revision = acts.in_work(thing)
    with acts.written_down(user, Sight.LINK, thing, revision, address):
        demand_sight(user, thing)
        demand(user, Sight.LINK)
        if revision is None:
            raise Refused(_("Nothing is being worked on: there is no draft to show."))
        if not 1 <= days <= MOST_DAYS:
            raise Refused(_("A link works for one to seven days."))
        link, key = PreviewLink.make(
            revision=revision,
            recipient=recipient,
            question=question,
            expires_at=now() + timedelta(days=days),
            created_by=user,
        )
        audit.note(user, Sight.LINK, thing, revision, detail=recipient, address=address)
    return link, key


def revoke(user, thing, link, address=None):
    """Close a link before its time; one that is closed already stays as it is."""
    with acts.written_down(user, REVOKE, thing, link.revision, address):
        demand_sight(user, thing)
        demand(user, Sight.LINK)
        if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now()):
            audit.note(user, REVOKE, thing, link.revision, detail=link.recipient, address=address)


@transaction.atomic
def answer(key, name, text, address=None):
    """Keep the answer to the question of a link, signed, and close the link; return whether it was open."""
    # Of two answers at one moment, the later sees that the link is closed.
    links = PreviewLink.objects.select_for_update(of=("self",)).select_related("revision")
    link = links.with_key(key).open_at(now()).exclude(question="").first()
    if link is None:
        return False
    link.answer, link.answered_at = f"{text}\n\n{name}", now()
    link.save(update_fields=["answer", "answered_at"])
    audit.note(None, ANSWER, link.revision.thing, link.revision, detail=link.recipient, address=address)
    return True
