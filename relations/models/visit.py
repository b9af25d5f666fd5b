from django.db import models
from django.utils.translation import gettext_lazy as _

from .record import Record


class Visit(Record):
    """A journey of a country's representative to another. Its direction follows from the parties' roles."""

    own_kind = Record.Kind.VISIT

    class Level(models.TextChoices):
        STATE = "state", _("State visit")
        OFFICIAL = "official", _("Official visit")
        WORKING = "working", _("Working visit")
        TRANSIT = "transit", _("Transit stop")
        PRIVATE = "private", _("Private visit")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="visit"
    )
    level = models.CharField(
        _("level"), max_length=20, choices=Level, blank=True, help_text=_("Leave empty if no source says it.")
    )
    format = models.CharField(_("format of the talks"), max_length=200, blank=True)
    outcomes_counted = models.PositiveSmallIntegerField(
        _("documents signed"),
        null=True,
        blank=True,
        help_text=_("The number a source gives; those entered as records are counted by themselves."),
    )
    outcomes_note = models.CharField(_("note on the documents"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
