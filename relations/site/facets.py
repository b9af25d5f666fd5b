"""Choices with counts: how much each sector, kind, country or year would show under the other filters."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from relations.models import Country, Record, RecordParty, RecordSector, Sector
from relations.translating.shown import shown

from .filters import FIRST_YEAR, LAST_YEAR, RecordFilter

MOST_COUNTRIES = 12
# A span longer than this names no year in particular.
LONGEST_SPAN = 60


@dataclass
class Option:
    """One value a filter can take, with the number of things it would leave."""

    value: str
    label: object
    count: int
    is_chosen: bool = False
    # Where the choice leads: with the value added, or taken away if it is chosen.
    query: str = ""


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and the query without it."""

    label: object
    words: object
    query: str


@dataclass
class Facet:
    """A filter with its options."""

    name: str
    label: object
    options: list = field(default_factory=list)

    @property
    def chosen(self):
        return [option for option in self.options if option.is_chosen]

    @property
    def has_objects(self):
        """Whether its labels are things with a name in every language, not words."""
        return self.name in ("sector", "country")

    def __bool__(self):
        return bool(self.options)


class Facets:
    """The choices offered beside a list of records, and beside the other things a pair page shows with it.

    `things` are pairs of (sector slugs, dates); they count wherever sectors and years are counted.
    """

    def __init__(self, query, records, things=()):
        self.query = query
        self.records = records
        self.things = list(things)

    def under_others(self, *names):
        """Return the filter without some of its names: what a choice of those would choose from."""
        query = self.query.copy()
        for name in names:
            query.pop(name, None)
        return RecordFilter(query, self.records)

    @cached_property
    def all(self):
        """The facets with anything to choose, in the order of the page."""
        facets = (self.sectors, self.kinds, self.countries, self.years)
        return [facet for facet in facets if facet]

    @property
    def sectors(self):
        others = self.under_others("sector")
        counts = by_sector(others.qs)
        for slugs, dates in self.things:
            if others.is_understood and others.choice.keeps(slugs, dates):
                counts.update(set(slugs))
        return self.facet("sector", _("Sector"), [(one.slug, one) for one in Sector.objects.all()], counts)

    @property
    def kinds(self):
        return self.facet("kind", _("Kind"), Record.Kind.choices, by_kind(self.under_others("kind").qs))

    @property
    def countries(self):
        counts = by_country(self.under_others("country").qs)
        most = [code for code, _count in counts.most_common(MOST_COUNTRIES)]
        named = Country.objects.filter(code__in=[*most, *self.query.getlist("country")[:MOST_COUNTRIES]])
        return self.facet("country", _("Country"), [(one.code, one) for one in named], counts)

    @property
    def years(self):
        others = self.under_others("year", "year_from", "year_to")
        counts = by_year(others.qs)
        for slugs, dates in self.things:
            if others.is_understood and others.choice.keeps(slugs, dates):
                counts.update(
                    {year for date in dates if date for year in years_of(date.earliest, date.latest)}
                )
        years = [(str(year), year) for year in sorted(counts, reverse=True)]
        return self.facet("year", _("Year"), years, {str(year): number for year, number in counts.items()}, False)

    @cached_property
    def chips(self):
        """What is chosen, each with the address that leaves it out."""
        chips = [
            Chip(facet.label, plain_label(facet, option), option.query)
            for facet in self.all
            for option in facet.chosen
        ]
        named = {facet.name for facet in self.all}
        chosen = RecordFilter(self.query, self.records).chosen
        for name, value in chosen.items():
            if name not in named and name not in ("sort", "match"):
                values = value if isinstance(value, list) else [value]
                label = RecordFilter.base_filters[name].label
                chips += [Chip(label, one, self.toggled(name, str(one), True)) for one in values]
        return chips

    def facet(self, name, label, choices, counts, repeatable=True):
        """Make a facet of the choices that would leave something, or are chosen."""
        chosen = self.query.getlist(name)
        options = [
            Option(value, text, counts.get(value, 0), value in chosen, self.toggled(name, value, repeatable))
            for value, text in choices
            if counts.get(value) or value in chosen
        ]
        return Facet(name, label, options)

    def toggled(self, name, value, repeatable):
        """Return the query with the value added, or taken away if it was there; always from the first page."""
        query = self.query.copy()
        query.pop("page", None)
        chosen = query.getlist(name)
        if value in chosen:
            query.setlist(name, [one for one in chosen if one != value])
        else:
            query.setlist(name, [*chosen, value] if repeatable else [value])
        return query.urlencode()


def plain_label(facet, option):
    return shown(option.label, "name") if facet.has_objects else option.label


def by_sector(records):
    """Count records by sector slug."""
    rows = RecordSector.objects.filter(record__in=records).order_by().values_list("sector__slug")
    return Counter(dict(rows.annotate(n=Count("pk"))))


def by_kind(records):
    return Counter(dict(records.order_by().values_list("kind").annotate(n=Count("pk"))))


def by_country(records):
    """Count records by the code of each country that is a party."""
    rows = RecordParty.objects.filter(record__in=records, country__isnull=False).order_by()
    return Counter(dict(rows.values_list("country__code").annotate(n=Count("pk"))))


def by_year(things, date="date"):
    """Count things by every year their date touches; an open end counts up to this year."""
    spans = things.order_by().values_list(f"{date}_earliest", f"{date}_latest").annotate(n=Count("pk"))
    counts = Counter()
    for earliest, latest, number in spans:
        for year in years_of(earliest, latest):
            counts[year] += number
    return counts


def years_of(earliest, latest):
    """Return the years worth offering for a span of days; none for an undated thing."""
    if earliest is None:
        return range(0)
    last = min(latest.year, max(localdate().year, earliest.year), LAST_YEAR)
    first = max(earliest.year, FIRST_YEAR)
    return range(first, last + 1) if last - first < LONGEST_SPAN else range(last, last + 1)
