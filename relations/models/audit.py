import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Unalterable(Exception):
    """What was done cannot be made undone by changing what is written about it."""


class AuditQuerySet(models.QuerySet):
    def of(self, thing):
        from .publication import type_of

        return self.filter(content_type=type_of(thing), object_id=thing.pk)

    def update(self, **fields):
        raise Unalterable("An entry of the audit log is never changed.")

    def delete(self):
        raise Unalterable("An entry of the audit log is never deleted.")

    def bulk_update(self, objs, fields, **options):
        raise Unalterable("An entry of the audit log is never changed.")


class AuditEntry(models.Model):
    """One act of somebody on something, done or refused. Entries are added, never changed or deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("when"), default=now, editable=False)
    # Empty where the site itself acted, at an appointed time.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
        editable=False,
    )
    act = models.CharField(pgettext_lazy("of staff", "act"), max_length=30, editable=False)
    content_type = models.ForeignKey(
        ContentType,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("kind of thing"),
        editable=False,
    )
    object_id = models.PositiveBigIntegerField(null=True, editable=False)
    # What it was called then.
    title = models.CharField(_("on what"), max_length=300, blank=True, editable=False)
    revision = models.UUIDField(_("revision"), null=True, editable=False)
    from_state = models.CharField(_("from state"), max_length=12, blank=True, editable=False)
    to_state = models.CharField(_("to state"), max_length=12, blank=True, editable=False)
    is_refused = models.BooleanField(_("refused"), default=False, editable=False)
    detail = models.CharField(_("detail"), max_length=500, blank=True, editable=False)
    address = models.GenericIPAddressField(_("from where"), null=True, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="audit_of_thing"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}: {self.title}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Unalterable("An entry of the audit log is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unalterable("An entry of the audit log is never deleted.")
