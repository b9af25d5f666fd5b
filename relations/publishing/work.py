"""What waits for a member of staff: the lists of the start page, each narrowed to what they may see."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from relations.models import PreviewLink, ReleaseSet, Review, Revision
from relations.models.publication import filed_under, type_of

from .desks import in_sight_of
from .rights import Sight, hurries_of, permission, published_models
from .states import Act, State

SHARE_OVER = timedelta(days=90)
REVIEWS_AHEAD = timedelta(days=30)
ANSWERS_FOR = timedelta(days=14)


class WorkList(models.TextChoices):
    """The lists, in the order of the start page; the last one stands on the page of work only."""

    DRAFTS = "drafts", _("My drafts")
    REJECTED = "rejected", _("Rejected: mine")
    WAITING = "waiting", _("Waiting for my approval")
    APPROVED = "approved", _("Approved, ready to publish")
    SCHEDULED = "scheduled", _("Scheduled next")
    FAILED = "failed", _("Failed at their time")
    EMERGENCY = "emergency", _("Published in an emergency, not yet approved")
    REVIEWS = "reviews", _("Due for review")
    OVERDUE = "overdue", _("Review overdue")
    ANSWERS = "answers", _("Answers from outside")
    ALL = "all", _("All work")


OF_REVIEWS = (WorkList.REVIEWS, WorkList.OVERDUE)
OLDEST_FIRST = {
    WorkList.WAITING: ("submitted_at", "id"),
    WorkList.SCHEDULED: ("due_at", "id"),
    WorkList.EMERGENCY: ("published_at", "id"),
}


@dataclass(frozen=True)
class Share:
    """How many of the publications of the last months were emergencies."""

    emergencies: int
    publications: int

    @property
    def percent(self):
        return 100 * self.emergencies / self.publications if self.publications else 0


class Work:
    """The lists of one member of staff at one moment; a number and its list come from the same condition."""

    def __init__(self, user):
        self.user, self.moment = user, now()
        self.sight = sight_of(user)
        self.conditions = {**revision_conditions(user), **review_conditions(localdate(self.moment))}

    def listed(self, name):
        """Return the rows of a list: revisions, reviews or answered links."""
        if name == WorkList.ANSWERS:
            return self.answers()
        if name in OF_REVIEWS:
            return self.reviews().filter(self.conditions[name])
        order = OLDEST_FIRST.get(name, ("-edited_at", "id"))
        return self.revisions().filter(self.conditions[name]).order_by(*order)

    def counts(self):
        """Return how many rows each list has: {name: number}."""
        numbers = dict.fromkeys(WorkList, 0)
        of_revisions = [name for name in self.conditions if name not in OF_REVIEWS]
        for rows, names in ((self.revisions(), of_revisions), (self.reviews(), OF_REVIEWS)):
            any_of_them = Q(pk__in=[])
            for name in names:
                any_of_them |= self.conditions[name]
            numbers |= rows.filter(any_of_them).aggregate(
                **{name.value: Count("pk", filter=self.conditions[name]) for name in names}
            )
        return numbers | {WorkList.ANSWERS: self.answers().count()}

    def next_time(self):
        """Return when the next scheduled thing becomes public, or None."""
        return self.listed(WorkList.SCHEDULED).order_by().aggregate(next=Min("due_at"))["next"]

    def share_of_emergencies(self):
        """What came from a bundle was published by nobody here, and does not count."""
        recent = Revision.objects.filter(
            self.sight, published_at__gte=self.moment - SHARE_OVER, author__isnull=False
        )
        return Share(
            **recent.aggregate(
                emergencies=Count("pk", filter=~Q(emergency_reason="")), publications=Count("pk")
            )
        )

    def revisions(self):
        people = ("author", "edited_by", "submitted_by", "approved_by", "release_set", "content_type")
        return (
            Revision.objects.filter(self.sight)
            .select_related(*people)
            .defer("document")
            .annotate(
                due_at=Coalesce("publish_at", "release_set__publish_at"),
                is_hurried=Exists(hurries_of(self.user).filter(revision=OuterRef("pk"))),
            )
        )

    def reviews(self):
        same_thing = {"content_type": OuterRef("content_type"), "object_id": OuterRef("object_id")}
        latest = Revision.objects.filter(**same_thing).order_by("-created_at", "id")
        live = Revision.objects.filter(**same_thing).live()
        return (
            Review.objects.filter(self.sight)
            .select_related("owner", "content_type")
            .annotate(title=Subquery(latest.values("title")[:1]), state=Subquery(live.values("state")[:1]))
            .order_by("due", "pk")
        )

    def answers(self):
        # They are read where links are made.
        if not self.user.has_perm(permission(Sight.LINK)):
            return PreviewLink.objects.none()
        in_sight = Revision.objects.filter(self.sight)
        return (
            PreviewLink.objects.filter(
                revision__in=in_sight.values("pk"), answered_at__gte=self.moment - ANSWERS_FOR
            )
            .select_related("revision__content_type", "created_by")
            .defer("revision__document")
            .order_by("-answered_at", "id")
        )


def sight_of(user):
    """Return the condition on a revision or review that its thing is one the user may see."""
    condition = Q(pk__in=[])
    if not user.has_perm("relations.view_revision"):
        return condition
    for model in dict.fromkeys(map(filed_under, published_models())):
        if user.has_perm(f"relations.view_{model._meta.model_name}"):
            thing = in_sight_of(user, model._base_manager.filter(pk=OuterRef("object_id")))
            condition |= Q(content_type=type_of(model())) & Q(Exists(thing))
    return condition


def revision_conditions(user):
    """Return which revisions each list has; those of a task are for whoever may do it, and for its owner."""
    none = Q(pk__in=[])
    last_hands = Q(submitted_by=user) | Q(edited_by=user)
    own = Q(author=user) | last_hands
    released_later = Q(
        state=State.APPROVED, release_set__in=ReleaseSet.objects.filter(state=ReleaseSet.State.SCHEDULED)
    )
    # A failure of a set is one of all that is in it.
    failed_sets = ReleaseSet.objects.exclude(failure="").exclude(state=ReleaseSet.State.RELEASED)
    failed = Q(state__in=Revision.IN_WORK, release_set__in=failed_sets) | ~Q(failure="") & ~Q(
        state=State.SUPERSEDED
    )
    publishes = Q() if user.has_perm(permission(Act.PUBLISH)) else own
    return {
        WorkList.DRAFTS: own & Q(state=State.DRAFT),
        WorkList.REJECTED: own & Q(state=State.REJECTED),
        WorkList.WAITING: Q(state=State.SUBMITTED) & without(last_hands)
        if user.has_perm(permission(Act.APPROVE))
        else none,
        WorkList.APPROVED: publishes
        & Q(state=State.APPROVED)
        & ~Q(pk__in=Revision.objects.filter(released_later).values("pk")),
        WorkList.SCHEDULED: publishes & (Q(state=State.SCHEDULED) | released_later),
        WorkList.FAILED: publishes & failed,
        WorkList.EMERGENCY: Q(major__isnull=False, approved_by=None) & ~Q(emergency_reason="")
        if user.has_perm(permission(Act.APPROVE_AFTERWARDS))
        else none,
        WorkList.ALL: Q(state__in=Revision.IN_WORK),
    }


def without(condition):
    """Return the opposite of a condition on revisions, those with empty columns among it."""
    return ~Q(pk__in=Revision.objects.filter(condition).values("pk"))


def review_conditions(today):
    return {
        WorkList.REVIEWS: Q(due__lte=today + REVIEWS_AHEAD),
        WorkList.OVERDUE: Q(due__lt=today),
    }
