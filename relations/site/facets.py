"""Choices with counts: how much each sector, kind, country or year would show under the other filters."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.http import urlencode

from relations.translating.shown import shown

from .choice import Choice, dates_of, sectors_of
from .counting import ask, parts, whole, years_of
from .filters import MOST_CHOICES, TYPED, YEARS, ThingFilter, has_several

# Of things of which there may be thousands, the most frequent are offered.
MOST_OFFERED = 12
# Each way out is counted by itself; who chose more than so many values is led out of all of them.
MOST_WAYS_OUT = 12
# What readers choose by first; the others are folded away.
FIRST = ("sector", "year", "kind", "country")
FURTHER = ("status", "type", "level", "place", "organisation", "person")


@dataclass
class Option:
    """One value a filter can take, with the number of things it would leave."""

    value: str
    label: object
    count: int | None = None
    is_chosen: bool = False
    # Where the choice leads: with the value added, or taken away if it is chosen.
    query: str = ""


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and the query without it."""

    name: str
    value: str
    label: object
    words: object
    query: str


@dataclass
class Facet:
    """A filter with its options."""

    name: str
    label: object
    options: list = field(default_factory=list)
    # Whether its labels are things with a name in every language, not words.
    has_objects: bool = False

    @property
    def chosen(self):
        return [option for option in self.options if option.is_chosen]

    def __bool__(self):
        return bool(self.options)


class Facets:
    """The choices offered beside filtered records, and beside the other things a pair page shows with them.

    `things` – texts, figures, missions, levels – count wherever sectors and years are counted. What the page
    is `about`, [(filter name, value)], is no choice on it.
    """

    def __init__(self, record_filter, things=(), about=()):
        self.filter = record_filter
        self.query = record_filter.data
        self.things = list(things)
        self.about = set(about)

    @cached_property
    def counts(self):
        """The number of things by filter name and value, each filter's under the others."""
        under = {name: self.choice_beside(name) for name in (*FIRST, *FURTHER)}
        ways = {way: {**self.filter.chosen, "match": way} for way in self.ways_to_match}
        counts = ask(
            [part for name in under for part in parts(name, self.filter.under(under[name]))]
            + [whole("match", way, self.filter.under(ways[way])) for way in ways]
        )
        for thing in self.things_under(under["sector"]):
            counts["sector"].update(set(sectors_of(thing)))
        for thing in self.things_under(under["year"]):
            dates = [date for date in dates_of(thing) if date]
            years = {year for date in dates for year in years_of(date.earliest.year, date.latest.year)}
            counts["year"].update(map(str, years))
        for way in ways:
            counts["match"][way] += len(self.things_under(ways[way]))
        return counts

    def choice_beside(self, name):
        """Return the choice under which a filter's values are counted, which leaves out its own.

        Where a record must have all of them, its own count too: one value more leaves less.
        """
        if self.filter.wants_all and has_several(self.filter.filters[name]):
            return self.filter.chosen
        return self.filter.chosen_without(*(YEARS if name == "year" else (name,)))

    def things_under(self, chosen):
        choice = Choice.of(chosen)
        return [thing for thing in self.things if self.filter.is_understood and choice.keeps(thing)]

    @cached_property
    def all(self):
        """The facets with anything to choose, in the order of the page."""
        offered = (
            (one.noun, key)
            for name, one in self.filter.filters.items()
            if isinstance(one, ThingFilter)
            for key in self.offered(name)
        )
        # They are counted in public records.
        self.filter.names.read(offered, are_public=True)
        return [facet for name in (*FIRST, *FURTHER) if (facet := self.facet(name))]

    @property
    def first(self):
        return [facet for facet in self.all if facet.name in FIRST]

    @property
    def further(self):
        return [facet for facet in self.all if facet.name in FURTHER]

    @property
    def further_chosen(self):
        return [option for facet in self.further for option in facet.chosen]

    def facet(self, name):
        one = self.filter.filters[name]
        if isinstance(one, ThingFilter):
            found = [thing for key in self.offered(name) if (thing := self.filter.names.get(one.noun, key))]
            choices = [(thing.key, thing) for thing in sorted(found, key=lambda thing: thing.position)]
        elif name == "year":
            years = {*self.counts[name], *self.values(name)}
            choices = [(year, year) for year in sorted(years, reverse=True)]
        else:
            choices = one.words.items()
        return Facet(name, one.label, self.options(name, choices), isinstance(one, ThingFilter))

    def offered(self, name):
        """Return the keys that a filter by things offers: those chosen, and the most frequent others."""
        counts, chosen = self.counts[name], self.values(name)
        keys = sorted({*counts, *chosen}, key=lambda key: (-counts[key], key))
        keys = [key for key in keys if key in chosen or (name, key) not in self.about]
        most = len(keys) if name == "sector" else MOST_OFFERED
        return [key for place, key in enumerate(keys) if place < most or key in chosen]

    def options(self, name, choices):
        """Make options of the choices that would leave something, or are chosen."""
        counts, chosen = self.counts[name], self.values(name)
        return [
            Option(value, words, counts[value], value in chosen, self.toggled(name, value))
            for value, words in choices
            if counts[value] or value in chosen
        ]

    @property
    def matched(self):
        """The filters with several values, of which any or all may have to fit; with one, if all have to."""
        enough = 1 if self.filter.wants_all else 2
        return [
            one
            for name, one in self.filter.filters.items()
            if has_several(one) and len(self.filter.chosen.get(name, ())) >= enough
        ]

    @property
    def matched_labels(self):
        return ", ".join(str(one.label) for one in self.matched)

    @property
    def ways_to_match(self):
        return list(self.filter.filters["match"].ways) if self.matched else []

    @property
    def match(self):
        return self.switch("match") if self.matched else None

    @property
    def sort(self):
        return self.switch("sort")

    def switch(self, name):
        """Return a facet of which always one option is chosen: the first unless the address says another."""
        one = self.filter.filters[name]
        first = next(iter(one.ways))
        now = self.filter.chosen.get(name, first)
        counts = self.counts[name] if name in self.counts else dict.fromkeys(one.ways)
        options = [
            Option(way, words, counts[way], way == now, self.changed({name: [way] if way != first else []}))
            for way, words in one.ways.items()
        ]
        return Facet(name, one.label, options)

    # What is chosen, and the ways out of it

    @cached_property
    def chips(self):
        """What is chosen, each with the address that leaves it out."""
        chips = [
            Chip(facet.name, option.value, facet.label, plain_label(facet, option), option.query)
            for facet in self.all
            for option in facet.chosen
        ]
        for name in ("q", "year_from", "year_to"):
            label = self.filter.filters[name].label
            chips += [Chip(name, one, label, one, self.toggled(name, one)) for one in self.values(name)]
        return chips

    @cached_property
    def ways_out(self):
        """The chips without which something would be left, each with how much; for a page with nothing."""
        chips = self.chips
        if not self.filter.is_understood or len(chips) > MOST_WAYS_OUT:
            return []
        without = [self.choice_without(chip) for chip in chips]
        counts = ask([whole("left", str(place), self.filter.under(one)) for place, one in enumerate(without)])
        numbers = [
            counts["left"][str(place)] + len(self.things_under(one)) for place, one in enumerate(without)
        ]
        return [(chip, number) for chip, number in zip(chips, numbers, strict=True) if number]

    def choice_without(self, chip):
        chosen = self.filter.chosen_without(chip.name)
        others = self.filter.chosen[chip.name]
        others = [one for one in others if one != chip.value] if isinstance(others, list) else []
        return {**chosen, chip.name: others} if others else chosen

    # Addresses

    def values(self, name):
        """Return what is chosen in a filter, as the address has it; what was typed, as it was understood."""
        if name in TYPED:
            return [str(self.filter.chosen[name])] if name in self.filter.chosen else []
        return self.query.getlist(name)[:MOST_CHOICES]

    def toggled(self, name, value):
        """Return the query with the value added, or taken away if it was there.

        A year that is added takes the place of other years: it is not a year within them.
        """
        chosen = self.values(name)
        if value in chosen:
            return self.changed({name: [one for one in chosen if one != value]})
        if name == "year":
            return self.changed({**dict.fromkeys(YEARS), name: [value]})
        return self.changed({name: [*chosen, value]})

    def changed(self, values):
        """Return the query with other values of some filters, always from the first page."""
        query = {**dict(self.query.lists()), "page": None, **values}
        # A form sends what was left empty, too.
        query = {name: [value for value in chosen or () if value] for name, chosen in query.items()}
        return urlencode(query, doseq=True)


def plain_label(facet, option):
    return shown(option.label, "name") if facet.has_objects else option.label
