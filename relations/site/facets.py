"""Choices with counts: how much each sector, kind, country or year would show under the other filters."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from relations.models import Country, Organisation, Record, RecordParty, RecordSector, Sector
from relations.translating.shown import shown

from .filters import FIRST_YEAR, LAST_YEAR, dates_of, sectors_of, statuses

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
    """The choices offered beside filtered records, and beside the other things a pair page shows with them.

    `things` – texts, figures, missions, levels – count wherever sectors and years are counted.
    """

    def __init__(self, record_filter, things=(), names=("sector", "kind", "country", "year")):
        self.filter = record_filter
        self.query = record_filter.data
        self.things = list(things)
        self.names = names

    @cached_property
    def all(self):
        """The facets with anything to choose, in the order of the page."""
        makers = {"sector": self.sectors, "kind": self.kinds, "country": self.countries, "year": self.years}
        return [facet for name in self.names if (facet := makers[name]())]

    def things_under_others(self, *names):
        choice = self.filter.choice_without(*names)
        return [thing for thing in self.things if self.filter.is_understood and choice.keeps(thing)]

    def sectors(self):
        counts = by_sector(self.filter.without("sector"))
        for thing in self.things_under_others("sector"):
            counts.update(set(sectors_of(thing)))
        return self.facet("sector", _("Sector"), [(one.slug, one) for one in Sector.objects.all()], counts)

    def kinds(self):
        return self.facet("kind", _("Kind"), Record.Kind.choices, by_kind(self.filter.without("kind")))

    def countries(self):
        counts = by_country(self.filter.without("country"))
        most = [code for code, _count in counts.most_common(MOST_COUNTRIES)]
        named = Country.objects.filter(code__in=[*most, *self.filter.chosen.get("country", [])])
        return self.facet("country", _("Country"), [(one.code, one) for one in named], counts)

    def years(self):
        names = ("year", "year_from", "year_to")
        counts = by_year(self.filter.without(*names))
        for thing in self.things_under_others(*names):
            dates = [date for date in dates_of(thing) if date]
            counts.update({year for date in dates for year in years_of(date.earliest, date.latest)})
        years = [(str(year), year) for year in sorted(counts, reverse=True)]
        facet = Facet("year", _("Year"))
        counts = {str(year): number for year, number in counts.items()}
        facet.options = self.options("year", years, counts, instead_of=names)
        return facet

    @cached_property
    def chips(self):
        """What is chosen, each with the address that leaves it out."""
        chips = [
            Chip(facet.label, plain_label(facet, option), option.query)
            for facet in self.all
            for option in facet.chosen
        ]
        named = {facet.name for facet in self.all} | {"sort", "match"}
        for name, value in self.filter.chosen.items():
            if name not in named:
                label = self.filter.filters[name].label
                words = self.words_for(name, value)
                chips += [Chip(label, words[one], self.toggled(name, str(one))) for one in words]
        return chips

    def words_for(self, name, value):
        """Return what is chosen in a filter without a facet, with its words: {value: words}."""
        match name:
            case "country":
                return {one.code: shown(one, "name") for one in Country.objects.filter(code__in=value)}
            case "organisation":
                return {one.ref: shown(one, "name") for one in Organisation.objects.filter(ref__in=value)}
            case "kind":
                return {one: Record.Kind(one).label for one in value}
            case "status":
                return {value: dict(statuses())[value]}
        return {one: one for one in (value if isinstance(value, list) else [value])}

    def facet(self, name, label, choices, counts):
        return Facet(name, label, self.options(name, choices, counts))

    def options(self, name, choices, counts, instead_of=()):
        """Make options of the choices that would leave something, or are chosen."""
        chosen = self.query.getlist(name)
        return [
            Option(value, text, counts.get(value, 0), value in chosen, self.toggled(name, value, instead_of))
            for value, text in choices
            if counts.get(value) or value in chosen
        ]

    def toggled(self, name, value, instead_of=()):
        """Return the query with the value added, or taken away if it was there; always from the first page.

        A value that is added `instead_of` others takes their place: one year, not a year within other years.
        """
        query = self.query.copy()
        query.pop("page", None)
        chosen = query.getlist(name)
        if value in chosen:
            query.setlist(name, [one for one in chosen if one != value])
            return query.urlencode()
        for other in instead_of:
            query.pop(other, None)
        query.appendlist(name, value)
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
