"""Days on which somebody looks again whether a thing is still true."""

import calendar

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from relations.models import Agreement, Review, Revision
from relations.models.publication import filed_under

from . import audit, mails
from .desks import OutOfSight, demand_sight
from .documents import complete
from .rights import Forbidden
from .states import Refused

# How long before the term of an agreement runs out somebody is reminded.
BEFORE_TERM = 6


def review_of(thing):
    return Review.objects.of(thing).select_related("owner").first()


def may_appoint(user):
    return user.has_perm("relations.change_review")


@transaction.atomic
def appoint(user, thing, due, owner, address=None):
    """Appoint the day, and who is reminded; another day or person is reminded anew."""
    demand_right(user, thing)
    hold(thing)
    if due < localdate():
        raise Refused(_("This day has passed already."))
    demand_sight_of_owner(owner, thing)
    review = review_of(thing)
    if review and (review.due, review.owner) == (due, owner):
        return review
    review = review or Review().about(thing)
    review.due, review.owner, review.reminded_at = due, owner, None
    review.save()
    audit.note(user, "review", thing, detail=f"{due.isoformat()}, {owner}", address=address)
    return review


@transaction.atomic
def call_off(user, thing, address=None):
    demand_right(user, thing)
    hold(thing)
    if review := review_of(thing):
        audit.note(user, "call_off_review", thing, detail=review.due.isoformat(), address=address)
        review.delete()


def demand_right(user, thing):
    demand_sight(user, thing)
    if not may_appoint(user):
        raise Forbidden(_("Your role does not allow review dates."))


def demand_sight_of_owner(owner, thing):
    try:
        demand_sight(owner, thing)
    except OutOfSight:
        raise Refused(_("This person may not see what is to be reviewed.")) from None


def hold(thing):
    model = filed_under(type(thing))
    model._base_manager.select_for_update().get(pk=thing.pk)


def plan(user, thing, owner):
    """Let somebody look at an agreement before its term runs out, unless a day was appointed already."""
    agreement = complete(thing)
    if not isinstance(agreement, Agreement) or not agreement.term_ends or not owner or review_of(thing):
        return
    due = months_after(agreement.term_ends.earliest, -BEFORE_TERM)
    if due > localdate():
        Review(due=due, owner=owner).about(thing).save()
        audit.note(user, "review", thing, detail=f"{due.isoformat()}, {owner}")


def months_after(day, months):
    """Return the same day some months later or earlier, or the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def remind(moment=None):
    """Send one mail for each review that is due; return the titles. It may run twice at once."""
    moment = moment or now()
    due = Review.objects.filter(due__lte=localdate(moment), reminded_at=None)
    return [title for key in due.values_list("pk", flat=True) if (title := remind_of(key, moment))]


@transaction.atomic
def remind_of(key, moment):
    review = Review.objects.select_for_update().filter(pk=key, reminded_at=None).first()
    if review is None or review.thing is None or not is_reachable(review):
        return None
    # Only one of two runs finds it unmarked.
    if not Review.objects.filter(pk=key, reminded_at=None).update(reminded_at=moment):
        return None
    title = title_of(review)
    mails.due_for_review(review, title)
    audit.note(None, "remind", review.thing, detail=f"{review.due.isoformat()}, {review.owner}")
    return title


def is_reachable(review):
    """Whether a mail would be sent; whoever takes the place of somebody who left is reminded then."""
    owner = review.owner
    if owner is None or not (owner.is_active and owner.is_staff and owner.email):
        return False
    return mails.may_see(owner, review.thing)


def title_of(review):
    latest = Revision.objects.of(review.thing).order_by("-created_at").defer("document").first()
    return mails.called(latest) if latest else str(review.thing)
