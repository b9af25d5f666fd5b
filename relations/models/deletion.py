import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .base import ReadableEncoder
from .publication import OfThing, OfThingQuerySet, staff


class ExactEncoder(ReadableEncoder):
    """JSON that keeps moments whole; Django's leaves out what is below a millisecond."""

    def default(self, value):
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


class DeletionQuerySet(OfThingQuerySet):
    def kept(self):
        """Those that can still be undone."""
        return self.filter(deleted_at__gt=now() - Deletion.KEPT)

    def outlived(self):
        return self.filter(deleted_at__lte=now() - Deletion.KEPT)


class Deletion(OfThing):
    """What somebody deleted, or the draft they discarded: whole, and kept so long that it can be undone."""

    KEPT = timedelta(days=30)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=300, editable=False)
    # Of a discarded draft the thing itself is still there, and public.
    is_draft = models.BooleanField(default=False, editable=False)
    # The rows as Django serialises them: the thing, its parts, and the work on it.
    rows = models.JSONField(editable=False, encoder=ExactEncoder)
    deleted_by = staff(_("deleted by"), editable=False)
    deleted_at = models.DateTimeField(_("deleted"), default=now, editable=False)

    objects = DeletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        ordering = ["-deleted_at", "id"]
        indexes = [models.Index(fields=["deleted_at"], name="deletion_by_time")]

    def __str__(self):
        return self.title

    @property
    def kept_until(self):
        return self.deleted_at + self.KEPT
