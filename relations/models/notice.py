from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .base import Identified, Published, PublishedQuerySet, in_any_language
from .relation import Relation


class NoticeQuerySet(PublishedQuerySet):
    def showing_at(self, moment):
        """Notices that are on at a moment; they switch themselves on and off."""
        return (
            self.published()
            .filter(Q(starts__isnull=True) | Q(starts__lte=moment))
            .filter(Q(ends__isnull=True) | Q(ends__gt=moment))
            .order_by(F("starts").desc(nulls_last=True), "-pk")
        )


class Notice(Identified, Published):
    """A banner on the whole site or on one pair page, from a moment to a moment."""

    class Tone(models.TextChoices):
        INFO = "info", _("Information")
        WARNING = "warning", _("Warning")

    text = models.CharField(_("text"), max_length=500)
    tone = models.CharField(_("tone"), max_length=10, choices=Tone, default=Tone.INFO)
    relation = models.ForeignKey(
        Relation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("relation"),
        help_text=_("Leave empty to show it on the whole site."),
    )
    starts = models.DateTimeField(_("starts"), null=True, blank=True)
    ends = models.DateTimeField(_("ends"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lt=F("ends")),
                name="notice_ends_after_start",
                violation_error_message=_("A notice ends after it starts."),
            )
        ]

    def __str__(self):
        return in_any_language(self, "text") or self.ref
