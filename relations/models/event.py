from django.db import models
from django.utils.translation import gettext_lazy as _

from .record import Record


class Event(Record):
    """Something that took place beside politics: a fair, a tour, days of culture."""

    own_kind = Record.Kind.EVENT
    needed_in_public = ("type",)

    class Type(models.TextChoices):
        FAIR = "fair", _("Fair")
        EXHIBITION = "exhibition", _("Exhibition")
        CULTURE_DAYS = "culture_days", _("Days of culture")
        TOUR = "tour", _("Tour of artists")
        COMPETITION = "competition", _("Competition")
        CONFERENCE = "conference", _("Conference")
        FORUM = "forum", _("Forum")
        TRAINING = "training", _("Training")
        OTHER = "other", _("Other")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="event"
    )
    type = models.CharField(_("type"), max_length=20, choices=Type, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
