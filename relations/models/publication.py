"""Work beside what visitors see: revisions, corrections, release sets, links for outsiders."""

import secrets
import uuid
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from .base import Published, ReadableEncoder, in_any_language, languages


def staff(label, **options):
    """A reference to a member of staff, kept as long as what they did is kept."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
        **options,
    )


class OfThingQuerySet(models.QuerySet):
    def of(self, thing):
        """What belongs to a thing; a visit and the record it is are one thing."""
        return self.filter(content_type=type_of(thing), object_id=thing.pk)

    def of_all(self, model):
        """What belongs to the things of a model."""
        kind = filed_under(model)._meta
        return self.filter(content_type__app_label=kind.app_label, content_type__model=kind.model_name)

    def of_each(self, model):
        """What belongs to a thing of a model, for use in a query of such things."""
        return self.of_all(model).filter(object_id=OuterRef("pk"))


def type_of(thing):
    """Return the content type under which everything about a thing is filed."""
    return ContentType.objects.get_for_model(filed_under(type(thing)))


def filed_under(model):
    """Return the model under which the revisions of a model's things are filed: Record for every kind."""
    parents = [parent for parent in model._meta.get_parent_list() if issubclass(parent, Published)]
    return parents[-1] if parents else model


class OfThing(models.Model):
    """A row about one thing that is published: a record, a text, a figure, a page."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    thing = GenericForeignKey()

    objects = OfThingQuerySet.as_manager()

    class Meta:
        abstract = True

    def about(self, thing):
        self.content_type, self.object_id = type_of(thing), thing.pk
        return self


class RevisionQuerySet(OfThingQuerySet):
    def in_work(self):
        """Work that is not finished: at most one revision of each thing."""
        return self.filter(state__in=Revision.IN_WORK)

    def live(self):
        """What visitors see now, or saw last before it was taken off: at most one of each thing."""
        return self.filter(state__in=Revision.LIVE)

    def numbered(self):
        """What was once public, newest first."""
        return self.filter(major__isnull=False).order_by("-major", "-minor")


class Revision(OfThing):
    """One version of a thing with all its parts and languages; kept for ever once it was public."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("state", "Submitted")
        REJECTED = "rejected", pgettext_lazy("state", "Rejected")
        APPROVED = "approved", pgettext_lazy("state", "Approved")
        SCHEDULED = "scheduled", pgettext_lazy("state", "Scheduled")
        PUBLISHED = "published", pgettext_lazy("state", "Published")
        SUPERSEDED = "superseded", pgettext_lazy("state", "Superseded")
        WITHDRAWN = "withdrawn", pgettext_lazy("state", "Withdrawn")
        UNPUBLISHED = "unpublished", pgettext_lazy("state", "Unpublished")

    IN_WORK = (State.DRAFT, State.SUBMITTED, State.REJECTED, State.APPROVED, State.SCHEDULED)
    LIVE = (State.PUBLISHED, State.WITHDRAWN, State.UNPUBLISHED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    # How often it was saved or moved; a form that was opened before the last time is out of date.
    version = models.PositiveIntegerField(default=1, editable=False)
    major = models.PositiveIntegerField(null=True, editable=False)
    minor = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField(_("title"), max_length=300, editable=False)
    document = models.JSONField(editable=False, encoder=ReadableEncoder)
    # What was live when the work began; empty for a thing that was never public.
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", editable=False)
    # Languages whose texts visitors do not get, however complete they are.
    held_back = models.JSONField(_("languages held back"), default=list, blank=True, editable=False)
    is_minor = models.BooleanField(_("small change"), default=False)
    note = models.CharField(_("note on the change"), max_length=500, blank=True)
    correction = models.CharField(_("correction"), max_length=500, blank=True)
    remark = models.TextField(_("remark to the author"), blank=True, editable=False)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True, editable=False)
    take_down_at = models.DateTimeField(_("take down at"), null=True, blank=True, editable=False)
    ending_reason = models.CharField(_("reason"), max_length=500, blank=True)
    redirect_to = models.CharField(_("leads to"), max_length=500, blank=True, editable=False)
    emergency_reason = models.TextField(_("reason for the emergency"), blank=True, editable=False)
    # Why publishing at the appointed time did not work, for the owner.
    failure = models.TextField(_("failure"), blank=True, editable=False)
    release_set = models.ForeignKey(
        "ReleaseSet",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("release set"),
        editable=False,
    )
    author = staff(_("author"), editable=False)
    edited_by = staff(_("last edited by"), editable=False)
    submitted_by = staff(_("submitted by"), editable=False)
    approved_by = staff(_("approved by"), editable=False)
    created_at = models.DateTimeField(_("begun"), default=now, editable=False)
    edited_at = models.DateTimeField(_("last edited"), default=now, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-created_at", "id"]
        # One for each act of the workflow (publishing/states.py), and those that move nothing.
        permissions = [
            ("save_revision", "Can save drafts"),
            ("discard_revision", "Can discard drafts"),
            ("submit_revision", "Can submit drafts for approval"),
            ("recall_revision", "Can take back what was submitted"),
            ("reject_revision", "Can reject what was submitted"),
            ("approve_revision", "Can approve what was submitted"),
            ("schedule_revision", "Can schedule publications"),
            ("unschedule_revision", "Can take a publication off the schedule"),
            ("publish_revision", "Can publish what was approved"),
            ("emergency_revision", "Can publish in an emergency"),
            ("approve_afterwards_revision", "Can approve an emergency publication"),
            ("withdraw_revision", "Can withdraw"),
            ("reinstate_revision", "Can reinstate what was withdrawn"),
            ("unpublish_revision", "Can unpublish"),
            ("take_down_later_revision", "Can appoint a time for taking down"),
            ("restore_revision", "Can restore an earlier revision into a draft"),
            ("preview_revision", "Can preview drafts"),
            ("compare_revision", "Can compare revisions"),
            ("link_revision", "Can make preview links for outsiders"),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="revision_of_thing"),
            models.Index(fields=["state", "publish_at"], name="revision_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(state__in=("draft", "submitted", "rejected", "approved", "scheduled")),
                name="revision_one_in_work",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(state__in=("published", "withdrawn", "unpublished")),
                name="revision_one_live",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "major", "minor"],
                condition=Q(major__isnull=False),
                name="revision_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False),
                name="revision_scheduled_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})" if self.number else self.title

    def name_after(self, thing):
        """Call it what the thing is called, in every language: staff read their lists in their own."""
        for code, _name in languages():
            with override(code):
                self.title = str(thing)[:300]

    @property
    def number(self):
        """The public number, such as 2.1: a new first part for every change that matters."""
        return f"{self.major}.{self.minor}" if self.major else ""

    @property
    def is_in_work(self):
        return self.state in self.IN_WORK

    @property
    def is_live(self):
        return self.state in self.LIVE

    @property
    def is_on_its_way(self):
        """Whether it becomes public at an appointed time, alone or with a set; nobody changes it then."""
        in_set = self.is_in_work and self.release_set is not None and self.release_set.is_scheduled
        return self.state == self.State.SCHEDULED or in_set

    @property
    def token(self):
        """What a form must send back to show that it has seen this version."""
        return f"{self.pk}.{self.version}"

    def keep_earlier(self):
        """Keep what it says before it is saved again, for whoever has opened it as it is now."""
        newest = self.earlier_saves.first()
        first = newest.last_version + 1 if newest else 1
        self.earlier_saves.create(first_version=first, last_version=self.version, document=self.document)
        kept = list(self.earlier_saves.values_list("pk", flat=True)[: EarlierSave.KEPT])
        of_this_thing = Revision.objects.filter(content_type=self.content_type_id, object_id=self.object_id)
        EarlierSave.objects.filter(revision__in=of_this_thing).exclude(pk__in=kept).delete()

    def keep_beginning(self, document):
        """Keep what a thing said before it was saved here for the first time, for the same reason."""
        self.earlier_saves.create(first_version=0, last_version=0, document=document)

    def document_at(self, version):
        """Return what it said in one of its versions; None if nobody knows any more."""
        saves = self.earlier_saves.defer("document")
        if save := saves.filter(first_version__lte=version, last_version__gte=version).first():
            return save.document
        newest = saves.first()
        is_since = newest is None or version > newest.last_version
        return self.document if is_since and 0 < version <= self.version else None


class EarlierSave(models.Model):
    """What a draft said before it was saved again; kept while somebody may still have a form of then open."""

    KEPT = 10

    revision = models.ForeignKey(
        Revision,
        models.CASCADE,
        related_name="earlier_saves",
        verbose_name=_("revision"),
        editable=False,
    )
    # The versions of the revision in which it said so; nought is what was there before the first save.
    first_version = models.PositiveIntegerField(editable=False)
    last_version = models.PositiveIntegerField(editable=False)
    document = models.JSONField(editable=False, encoder=ReadableEncoder)

    class Meta:
        verbose_name = _("earlier save")
        verbose_name_plural = _("earlier saves")
        ordering = ["-last_version", "pk"]
        # Nobody asks for them by name: they serve those who may save.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["revision", "last_version"], name="earliersave_version_once")
        ]

    def __str__(self):
        return f"{self.revision} {self.last_version}"


class Correction(OfThing):
    """What was wrong with a public thing, and since when it is right; it stays on the page for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.OneToOneField(
        Revision, models.PROTECT, related_name="notice_of_correction", editable=False
    )
    replaced = models.ForeignKey(Revision, models.PROTECT, related_name="+", editable=False)
    text = models.CharField(_("correction"), max_length=500)
    old_title = models.CharField(_("earlier title"), max_length=300, blank=True)
    corrected_at = models.DateTimeField(_("corrected at"), default=now, editable=False)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["corrected_at", "id"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="correction_of_thing")]

    def __str__(self):
        return in_any_language(self, "text")


class ReleaseSet(models.Model):
    """Several revisions that become public in one moment, or none of them."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a release set", "Open")
        SCHEDULED = "scheduled", pgettext_lazy("state of a release set", "Scheduled")
        RELEASED = "released", pgettext_lazy("state of a release set", "Released")

    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True, editable=False)
    released_at = models.DateTimeField(_("released at"), null=True, editable=False)
    failure = models.TextField(_("failure"), blank=True, editable=False)
    owner = staff(_("owner"), editable=False)
    created_at = models.DateTimeField(_("begun"), default=now, editable=False)

    class Meta:
        verbose_name = _("release set")
        verbose_name_plural = _("release sets")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False),
                name="releaseset_scheduled_has_a_time",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_scheduled(self):
        return self.state == self.State.SCHEDULED

    @property
    def token(self):
        """What a form must send back to show that it has seen this version."""
        return f"{self.pk}.{self.version}"


class PreviewLinkQuerySet(models.QuerySet):
    def open_at(self, moment):
        return self.filter(
            revoked_at__isnull=True,
            expires_at__gt=moment,
            answered_at__isnull=True,
            revision__state__in=Revision.IN_WORK,
        )

    def with_key(self, key):
        return self.filter(digest=digest(key))


class PreviewLink(models.Model):
    """An address under which somebody without an account sees one draft, and may answer a question on it."""

    LONGEST = timedelta(days=7)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="preview_links", verbose_name=_("revision"), editable=False
    )
    # The key itself stands only in the address that was handed out.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    recipient = models.CharField(_("for whom"), max_length=200)
    question = models.TextField(_("question"), blank=True)
    answer = models.TextField(_("answer"), blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    expires_at = models.DateTimeField(_("expires at"), editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    created_by = staff(_("made by"), editable=False)
    created_at = models.DateTimeField(_("made at"), default=now, editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created_at", "id"]

    def __str__(self):
        return self.recipient

    @classmethod
    def make(cls, **fields):
        """Return a new link and its key, which nobody can look up again."""
        key = secrets.token_urlsafe(32)
        fields.setdefault("expires_at", now() + cls.LONGEST)
        return cls.objects.create(digest=digest(key), **fields), key


def digest(key):
    return sha256(key.encode()).hexdigest()


class Embargo(OfThing):
    """Only the people and groups named may see a thing, on whatever way, until it is public."""

    users = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("people")
    )
    groups = models.ManyToManyField(Group, blank=True, related_name="+", verbose_name=_("groups"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_by = staff(_("ordered by"), editable=False)
    created_at = models.DateTimeField(_("ordered at"), default=now, editable=False)

    class Meta:
        verbose_name = _("embargo")
        verbose_name_plural = _("embargoes")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="embargo_one_per_thing")
        ]

    def __str__(self):
        return str(self.thing)


class Review(OfThing):
    """The day on which somebody looks again whether a thing is still true."""

    due = models.DateField(_("review on"))
    owner = staff(_("reminded"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)

    class Meta:
        verbose_name = _("review date")
        verbose_name_plural = _("review dates")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="review_one_per_thing")
        ]

    def __str__(self):
        return f"{self.thing}, {self.due}"
