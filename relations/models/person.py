from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltranslation.utils import get_translation_fields

from relations.dates import PartialDateField, bounds_constraint, span_constraint

from .base import Identified, Part, ReadableEncoder, in_any_language


class Person(Identified):
    """Somebody who takes part in relations by virtue of an office."""

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=150)
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

    def to_offices_of(self, appointments):
        """Appointments to the offices that these are to, whoever holds them; an office is somebody's."""
        condition = Q(pk__in=[])
        for appointment in appointments:
            place = {key: getattr(appointment, key) for key in Appointment.WHERE}
            if any(place.values()):
                names = (Q(**{f"{column}__iexact": name}) for column, name in appointment.names.items())
                condition |= Q(Q(*names, _connector=Q.OR), **place)
        return self.filter(condition)


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

    # With its name, these say which office it is: one may be ambassador in two countries at once.
    WHERE = ("country_id", "organisation_id", "mission_id")

    objects = AppointmentQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [bounds_constraint("start"), bounds_constraint("end"), span_constraint("start", "end")]

    def __str__(self):
        return in_any_language(self, "office")

    @property
    def names(self):
        """The name of the office in each language that has it, by column, in small letters."""
        columns = get_translation_fields("office")
        return {column: name.casefold() for column in columns if (name := getattr(self, column))}

    def is_to_same_office(self, other):
        """Whether the two are to one office: the same place, and the same name in one language at least."""
        same_place = all(getattr(self, key) == getattr(other, key) for key in self.WHERE)
        return same_place and not self.names.items().isdisjoint(other.names.items())

    def overlaps(self, other):
        return overlap((self.start, self.end), (other.start, other.end))


def overlap(one, other):
    """Whether two spans, each (from, until), certainly share more than the day of handing over.

    A date counts from the last day and to the first day it may mean. What has no end goes on; when
    something without a beginning began, nobody knows.
    """
    first = max(certain_start(*one), certain_start(*other))
    last = min(certain_end(one[1]), certain_end(other[1]))
    return first < last


def certain_start(start, end):
    """The first day on which something with these dates has certainly begun."""
    if start is None:
        return certain_end(end)
    return start.start.latest if start.is_open_end else start.latest


def certain_end(end):
    """The last day on which something with this end has certainly not ended."""
    if end is None:
        return date.max
    return end.end.earliest if end.is_open_start else end.earliest
