"""The filters of lists and pair pages: what an address may say, and what it means."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

import django_filters
from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from relations.dates import newest_first, oldest_first, touching
from relations.models import (
    Agreement,
    Country,
    Membership,
    Mission,
    Observation,
    Organisation,
    Project,
    ProjectStatus,
    Record,
    RelationLevel,
    Sector,
    SectorText,
)

FIRST_YEAR, LAST_YEAR = 1800, 2100
MOST_CHOICES = 20
MOST_CHARACTERS = 200

# Names that other sites hang on links; they say nothing about what to show.
TRACKING = re.compile(r"\A(?:utm_\w+|fbclid|gclid|yclid|dclid|msclkid|mc_[ce]id|_openstat|igshid)\Z")


class KeyChoiceField(forms.MultipleChoiceField):
    """Several things named in the address by their keys; a name that is unknown is said, never ignored."""

    default_error_messages = {
        "unknown": _("“%(value)s” is not known here."),
        "too_many": _("At most %(limit)d values can be chosen at once."),
    }

    def __init__(self, *, keys, **kwargs):
        self.keys = keys
        super().__init__(**kwargs)

    def to_python(self, value):
        # A form may send a choice that was left empty.
        return [key for key in super().to_python(value) if key]

    def validate(self, value):
        if len(value) > MOST_CHOICES:
            self.fail("too_many", limit=MOST_CHOICES)
        known = self.keys(value)
        for key in value:
            if key not in known:
                self.fail("unknown", value=key[:MOST_CHARACTERS])

    def fail(self, code, **params):
        raise forms.ValidationError(self.error_messages[code], code=code, params=params)


class KeyChoiceFilter(django_filters.Filter):
    """Keep records that have any, or with `match=all` every, one of the keys."""

    field_class = KeyChoiceField

    def filter(self, queryset, keys):
        if not keys:
            return queryset
        if self.parent.form.cleaned_data.get("match") != "all":
            # A subquery, not a join: a record with two of the sectors is still one record.
            return queryset.filter(pk__in=self.having(keys))
        for key in keys:
            queryset = queryset.filter(pk__in=self.having([key]))
        return queryset

    def having(self, keys):
        return Record.objects.filter(**{f"{self.field_name}__in": keys}).values("pk")


def known_sectors(slugs):
    return set(Sector.objects.filter(slug__in=slugs).values_list("slug", flat=True))


def known_countries(codes):
    return set(Country.objects.filter(code__in=codes).values_list("code", flat=True))


def known_organisations(refs):
    return set(Organisation.objects.with_page().filter(ref__in=refs).values_list("ref", flat=True))


def known_kinds(kinds):
    return set(Record.Kind.values)


class YearField(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


class YearFilter(django_filters.Filter):
    """Keep what touches the year; a date known only as a span is found under each of its years."""

    field_class = YearField

    def filter(self, queryset, year):
        return queryset.filter(touching("date", year)) if year else queryset


class StatusFilter(django_filters.ChoiceFilter):
    """Keep agreements and projects that stand so today."""

    def filter(self, queryset, status):
        if not status:
            return queryset
        agreements = Agreement.objects.with_status(localdate()).filter(status=status).values("pk")
        projects = Project.objects.with_status().filter(status=status).values("pk")
        return queryset.filter(Q(pk__in=agreements) | Q(pk__in=projects))


def statuses():
    return [*Agreement.Status.choices, *ProjectStatus.Status.choices]


class RecordFilter(django_filters.FilterSet):
    """The filters every list of records understands."""

    sector = KeyChoiceFilter(field_name="sectors__slug", keys=known_sectors, label=_("Sector"))
    kind = KeyChoiceFilter(field_name="kind", keys=known_kinds, label=_("Kind"))
    country = KeyChoiceFilter(field_name="parties__country__code", keys=known_countries, label=_("Country"))
    organisation = KeyChoiceFilter(
        field_name="parties__organisation__ref", keys=known_organisations, label=_("Organisation")
    )
    match = django_filters.ChoiceFilter(
        choices=[("any", _("any of them")), ("all", _("all of them"))], method="as_it_is", label=_("Match")
    )
    year = YearFilter(label=_("Year"))
    year_from = YearFilter(method="from_year", label=_("From year"))
    year_to = YearFilter(method="to_year", label=_("To year"))
    status = StatusFilter(choices=statuses, label=_("Status"))
    sort = django_filters.ChoiceFilter(
        choices=[("newest", _("newest first")), ("oldest", _("oldest first"))],
        method="in_order",
        label=_("Order"),
    )

    class Meta:
        model = Record
        fields = []

    def as_it_is(self, queryset, name, value):
        return queryset

    def from_year(self, queryset, name, year):
        return queryset.filter(touching("date", year, LAST_YEAR + 1)) if year else queryset

    def to_year(self, queryset, name, year):
        return queryset.filter(touching("date", 1, year)) if year else queryset

    def in_order(self, queryset, name, order):
        return queryset.order_by(*oldest_first("date"), "pk") if order == "oldest" else queryset

    @cached_property
    def qs(self):
        """The records chosen, in order; none at all where the address says what is not understood."""
        return self.without()

    def without(self, *names):
        """Return the records that would be chosen without some of the filters."""
        if not self.is_understood:
            return self.queryset.none()
        records = self.queryset.order_by(*newest_first("date"), "-pk")
        for name, value in self.form.cleaned_data.items():
            if name not in names:
                records = self.filters[name].filter(records, value)
        return records

    def choice_without(self, *names):
        """Return the choice of sectors and years that the filters beside some make."""
        return Choice.of({name: value for name, value in self.chosen.items() if name not in names})

    @cached_property
    def is_understood(self):
        return not self.unknown_names and self.form.is_valid()

    @cached_property
    def unknown_names(self):
        """Names in the address that are no filter, each with the filter it may have meant."""
        known = [*self.filters, "page"]
        return {
            name[:MOST_CHARACTERS]: next(iter(get_close_matches(name, known, 1)), "")
            for name in self.data
            if name not in known and not TRACKING.match(name)
        }

    @cached_property
    def chosen(self):
        """What the address chooses, by filter name, without what is empty."""
        data = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: value for name, value in data.items() if value not in (None, "", [])}

    @property
    def kept_beside_years(self):
        """What a form for the years must carry along: [(name, value)] of every other filter."""
        return [
            (name, value)
            for name in self.filters
            if name not in ("year", "year_from", "year_to")
            for value in self.data.getlist(name)
        ]

    @cached_property
    def choice(self):
        return self.choice_without()


@dataclass(frozen=True)
class Choice:
    """A choice of sectors and years, applied to whatever is dated or filed under a sector."""

    sectors: tuple = ()
    every_sector: bool = False
    first_year: int | None = None
    last_year: int | None = None
    # A kind, a party or a status can only be had by a record.
    records_only: bool = False

    @classmethod
    def of(cls, chosen):
        year = chosen.get("year")
        return cls(
            sectors=tuple(chosen.get("sector", ())),
            every_sector=chosen.get("match") == "all",
            first_year=year or chosen.get("year_from"),
            last_year=year or chosen.get("year_to"),
            records_only=any(name in chosen for name in ("kind", "country", "organisation", "status")),
        )

    def keeps(self, thing):
        """Whether a text, figure, mission … is among what was chosen.

        What has no sector or no date is left out as soon as one is asked for.
        """
        if self.records_only:
            return False
        return self.keeps_sectors(thing) and self.keeps_dates([date for date in dates_of(thing) if date])

    def keeps_sectors(self, thing):
        if not self.sectors:
            return True
        wanted, filed = set(self.sectors), set(sectors_of(thing))
        return wanted <= filed if self.every_sector else bool(wanted & filed)

    def keeps_dates(self, dates):
        if not (self.first_year or self.last_year):
            return True
        first, last = self.first_year or FIRST_YEAR, self.last_year or LAST_YEAR
        return any(date.earliest.year <= last and date.latest.year >= first for date in dates)


def sectors_of(thing):
    """Return the slugs of a text's, figure's or membership's sectors; levels and missions have none."""
    match thing:
        case SectorText():
            return [thing.sector.slug, *(sector.slug for sector in thing.other_sectors.all())]
        case Observation():
            return [thing.indicator.sector.slug]
        case Membership():
            return [sector.slug for sector in thing.sectors.all()]
    return []


def dates_of(thing):
    """Return the dates under which a thing is found, None among them where one is not known."""
    match thing:
        case SectorText():
            return [thing.as_of]
        case Observation():
            return [thing.period]
        case Mission():
            return [thing.opened, thing.closed]
        case RelationLevel():
            return [thing.start]
        case Membership():
            return [thing.start, thing.as_of]
    return []
