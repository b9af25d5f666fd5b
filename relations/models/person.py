from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from relations.dates import PartialDateField, bounds_constraint, span_constraint

from .base import Identified, Part, ReadableEncoder, in_any_language


class Person(Identified):
    """Somebody who takes part in relations by virtue of an office."""

    name = models.CharField(_("name"), max_length=150)
    other_names = models.JSONField(
        _("other spellings"),
        default=list,
        blank=True,
        encoder=ReadableEncoder,
        help_text=_(
            "Spellings found in sources and other alphabets, so that a search finds them; one a line."
        ),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]

    def __str__(self):
        return in_any_language(self, "name") or self.ref

    def get_absolute_url(self):
        return reverse(
            "person_detail", args=[self.pk, slugify(self.name or "", allow_unicode=True) or self.ref]
        )


class AppointmentQuerySet(models.QuerySet):
    def on(self, day):
        """Appointments that hold on a day; one without dates holds as far as is known."""
        return self.exclude(start_earliest__gt=day).exclude(end_latest__lt=day)


class Appointment(Part):
    """An office a person holds, from a date to a date."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments", verbose_name=_("person"))
    office = models.CharField(_("office"), max_length=200)
    country = models.ForeignKey(
        "Country", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    organisation = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    mission = models.ForeignKey(
        "Mission",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="heads",
        verbose_name=_("mission"),
        help_text=_("For a head of mission: the embassy or consulate."),
    )
    start = PartialDateField(_("from"), blank=True)
    end = PartialDateField(_("until"), blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [bounds_constraint("start"), bounds_constraint("end"), span_constraint("start", "end")]

    def __str__(self):
        return in_any_language(self, "office")
