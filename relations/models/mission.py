from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relations.dates import PartialDateField, bounds_constraint, span_constraint

from .base import Identified, Published, PublishedQuerySet
from .relation import Relation


class MissionQuerySet(PublishedQuerySet):
    def open_on(self, day):
        """Missions at work on a day, as far as their dates tell."""
        return self.exclude(opened_earliest__gt=day).exclude(closed_latest__lt=day)


class Mission(Identified, Published):
    """A state's embassy, consulate or other post in a receiving state (Vienna Conventions 1961, 1963)."""

    class Kind(models.TextChoices):
        EMBASSY = "embassy", _("Embassy")
        CONSULATE_GENERAL = "consulate_general", _("Consulate general")
        CONSULATE = "consulate", _("Consulate")
        HONORARY_CONSULATE = "honorary_consulate", _("Honorary consulate")
        PERMANENT_MISSION = "permanent_mission", _("Permanent mission")
        REPRESENTATIVE_OFFICE = "representative_office", _("Representative office")
        TRADE_MISSION = "trade_mission", _("Trade mission")
        CULTURAL_CENTRE = "cultural_centre", _("Cultural centre")
        OTHER = "other", _("Other")

    sending = models.ForeignKey(
        "Country", models.PROTECT, related_name="missions_abroad", verbose_name=_("sending state")
    )
    receiving = models.ForeignKey(
        "Country", models.PROTECT, related_name="missions_received", verbose_name=_("receiving state")
    )
    # Follows from the two states.
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="missions", editable=False)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind, default=Kind.EMBASSY)
    city = models.CharField(_("city"), max_length=100, blank=True)
    address = models.CharField(_("street address"), max_length=300, blank=True)
    covered_from = models.ForeignKey(
        "Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("covered from"),
        help_text=_("For a non-resident mission: the country it works from."),
    )
    opened = PartialDateField(_("opened"), blank=True)
    closed = PartialDateField(_("closed"), blank=True)
    url = models.URLField(_("website"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)

    parts = ("citations",)

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["opened_earliest", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sending=F("receiving")),
                name="mission_in_another_state",
                violation_error_message=_("The sending and the receiving state are different countries."),
            ),
            bounds_constraint("opened"),
            bounds_constraint("closed"),
            span_constraint("opened", "closed"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.sending} → {self.receiving}"

    def get_absolute_url(self):
        return f"{self.relation.get_absolute_url()}#missions"

    def save(self, *args, **kwargs):
        self.relation = Relation.objects.join(self.sending, self.receiving)
        super().save(*args, **kwargs)

    def natural_ref(self):
        return f"{self.sending.code}-{self.receiving.code}.{self.kind.replace('_', '-')}".lower()
