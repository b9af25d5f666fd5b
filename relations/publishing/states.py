"""The one table of states and moves: every move that is not in it is refused, whoever asks for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relations.models import Revision

State = Revision.State


class Act(models.TextChoices):
    """What somebody does with a thing on its way to visitors, and after."""

    SAVE = "save", pgettext_lazy("act", "Save")
    DISCARD = "discard", pgettext_lazy("act", "Discard the draft")
    SUBMIT = "submit", pgettext_lazy("act", "Submit for approval")
    RECALL = "recall", pgettext_lazy("act", "Take back")
    REJECT = "reject", pgettext_lazy("act", "Reject")
    APPROVE = "approve", pgettext_lazy("act", "Approve")
    SCHEDULE = "schedule", pgettext_lazy("act", "Schedule")
    UNSCHEDULE = "unschedule", pgettext_lazy("act", "Unschedule")
    PUBLISH = "publish", pgettext_lazy("act", "Publish")
    EMERGENCY = "emergency", pgettext_lazy("act", "Publish in an emergency")
    APPROVE_AFTERWARDS = "approve_afterwards", pgettext_lazy("act", "Approve afterwards")
    SUPERSEDE = "supersede", pgettext_lazy("act", "Supersede")
    WITHDRAW = "withdraw", pgettext_lazy("act", "Withdraw")
    REINSTATE = "reinstate", pgettext_lazy("act", "Reinstate")
    UNPUBLISH = "unpublish", pgettext_lazy("act", "Unpublish")
    TAKE_DOWN_LATER = "take_down_later", pgettext_lazy("act", "Take down at a time")
    RESTORE = "restore", pgettext_lazy("act", "Restore into a draft")


# The state that an act leads to from a state; None where the revision is gone afterwards.
MOVES = {
    (State.DRAFT, Act.SAVE): State.DRAFT,
    (State.SUBMITTED, Act.SAVE): State.SUBMITTED,
    (State.REJECTED, Act.SAVE): State.DRAFT,
    # What was approved is no longer what stands there.
    (State.APPROVED, Act.SAVE): State.DRAFT,
    (State.DRAFT, Act.RESTORE): State.DRAFT,
    (State.REJECTED, Act.RESTORE): State.DRAFT,
    (State.DRAFT, Act.DISCARD): None,
    (State.REJECTED, Act.DISCARD): None,
    (State.DRAFT, Act.SUBMIT): State.SUBMITTED,
    (State.REJECTED, Act.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Act.RECALL): State.DRAFT,
    (State.APPROVED, Act.RECALL): State.DRAFT,
    (State.SUBMITTED, Act.REJECT): State.REJECTED,
    (State.APPROVED, Act.REJECT): State.REJECTED,
    (State.SUBMITTED, Act.APPROVE): State.APPROVED,
    (State.APPROVED, Act.SCHEDULE): State.SCHEDULED,
    (State.SCHEDULED, Act.UNSCHEDULE): State.APPROVED,
    (State.APPROVED, Act.PUBLISH): State.PUBLISHED,
    (State.SCHEDULED, Act.PUBLISH): State.PUBLISHED,
    (State.DRAFT, Act.EMERGENCY): State.PUBLISHED,
    (State.SUBMITTED, Act.EMERGENCY): State.PUBLISHED,
    (State.REJECTED, Act.EMERGENCY): State.PUBLISHED,
    (State.PUBLISHED, Act.APPROVE_AFTERWARDS): State.PUBLISHED,
    (State.SUPERSEDED, Act.APPROVE_AFTERWARDS): State.SUPERSEDED,
    (State.WITHDRAWN, Act.APPROVE_AFTERWARDS): State.WITHDRAWN,
    (State.UNPUBLISHED, Act.APPROVE_AFTERWARDS): State.UNPUBLISHED,
    (State.PUBLISHED, Act.SUPERSEDE): State.SUPERSEDED,
    (State.WITHDRAWN, Act.SUPERSEDE): State.SUPERSEDED,
    (State.UNPUBLISHED, Act.SUPERSEDE): State.SUPERSEDED,
    (State.PUBLISHED, Act.WITHDRAW): State.WITHDRAWN,
    (State.WITHDRAWN, Act.REINSTATE): State.PUBLISHED,
    (State.PUBLISHED, Act.UNPUBLISH): State.UNPUBLISHED,
    (State.WITHDRAWN, Act.UNPUBLISH): State.UNPUBLISHED,
    (State.PUBLISHED, Act.TAKE_DOWN_LATER): State.PUBLISHED,
}


class Refused(Exception):
    """An act that is not done, with the reason in words for the one who asked for it."""


class WrongState(Refused):
    """The thing is not in a state from which the act leads anywhere."""


def after(state, act):
    """Return the state an act leads to. Raises WrongState if it leads nowhere from here."""
    try:
        return MOVES[state, act]
    except KeyError:
        words = {"act": Act(act).label, "state": State(state).label}
        raise WrongState(_("“%(act)s” is not possible while the state is “%(state)s”.") % words) from None


def acts_from(state):
    """Return the acts that lead somewhere from a state, in the order of the table of acts."""
    return [act for act in Act if (state, act) in MOVES]
