"""A choice of words, sectors and years, applied to what a page shows beside records."""

from dataclasses import dataclass

from django.utils.timezone import localdate
from modeltranslation.translator import translator

from relations.letters import sought
from relations.models import Membership, Mission, Observation, RelationLevel, SectorText
from relations.models.base import in_plain_words

FIRST_YEAR, LAST_YEAR = 1800, 2100

# Everything on a page has words, a sector or a date; a kind, a party or a status only a record can have.
ACTS_ON_EVERYTHING = {"q", "sector", "match", "year", "year_from", "year_to", "sort"}

# What a thing is called after, where it has no name of its own.
NAMED_BY = {Observation: ["indicator"], Membership: ["organisation"]}


@dataclass(frozen=True)
class Choice:
    """A choice of words, sectors and years, applied to whatever is dated or filed under a sector."""

    words: tuple = ()
    sectors: tuple = ()
    every_sector: bool = False
    first_year: int | None = None
    last_year: int | None = None
    records_only: bool = False

    @classmethod
    def of(cls, chosen):
        year = chosen.get("year")
        return cls(
            words=tuple(sought(chosen.get("q", ""))),
            sectors=tuple(chosen.get("sector", ())),
            every_sector=chosen.get("match") == "all",
            first_year=year or chosen.get("year_from"),
            last_year=year or chosen.get("year_to"),
            records_only=not chosen.keys() <= ACTS_ON_EVERYTHING,
        )

    def keeps(self, thing):
        """Whether a text, figure, mission … is among what was chosen.

        What has no sector or no date is left out as soon as one is asked for.
        """
        if self.records_only:
            return False
        return (
            self.keeps_words(thing)
            and self.keeps_sectors(thing)
            and self.keeps_dates([date for date in dates_of(thing) if date])
        )

    def keeps_words(self, thing):
        if not self.words:
            return True
        plain = plain_words_of(thing)
        return all(word in plain for word in self.words)

    def keeps_sectors(self, thing):
        if not self.sectors:
            return True
        wanted, filed = set(self.sectors), set(sectors_of(thing))
        return wanted <= filed if self.every_sector else bool(wanted & filed)

    def keeps_dates(self, dates):
        if not (self.first_year or self.last_year):
            return True
        first, last = self.first_year or FIRST_YEAR, self.last_year or LAST_YEAR
        return any(date.earliest.year <= last and last_year_of(date) >= first for date in dates)


def last_year_of(date):
    """Return the last year under which a date is found: what has no end yet is under none to come."""
    return max(date.earliest.year, localdate().year) if date.is_open_end else date.latest.year


def plain_words_of(thing):
    """Return what a thing says in every language, as it is searched; kept, for counts ask many times."""
    if not hasattr(thing, "plain_words"):
        named = [thing, *(getattr(thing, name) for name in NAMED_BY.get(type(thing), ()))]
        thing.plain_words = "\n".join(
            in_plain_words(one, translator.get_options_for_model(type(one)).get_field_names())
            for one in named
        )
    return thing.plain_words


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
