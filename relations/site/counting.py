"""How many records each value of a filter would leave: all filters of a page in one query."""

from collections import Counter, defaultdict

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast, Coalesce, ExtractYear
from django.utils.timezone import localdate
from modeltranslation.manager import MultilingualQuerySet

from relations.models import Agreement, Project, RecordParty, RecordPerson, RecordSector, Visit

from .choice import FIRST_YEAR, LAST_YEAR
from .filters import TYPES

EVERY_ROW, NO_END = Count("pk"), Value("")
# A span longer than this names no year in particular.
LONGEST_SPAN = 60


def parts(name, records):
    """Return the queries that count records by the values of a filter."""
    # Each asks the table that has the values: joined to what the records were found by, a party would be
    # counted without the other parties.
    match name:
        case "sector":
            counted = [(RecordSector.objects.filter(record__in=records), F("sector__slug"))]
        case "country":
            counted = [(RecordParty.objects.filter(record__in=records), F("country__code"))]
        case "organisation":
            counted = [(RecordParty.objects.filter(record__in=records), F("organisation__ref"))]
        case "person":
            # Somebody may both host and sign.
            people = RecordPerson.objects.filter(record__in=records)
            return [grouped(name, people, F("person__ref"), Count("record", distinct=True))]
        case "kind":
            counted = [(records, F("kind"))]
        case "place":
            counted = [(records, F("place_country__code"))]
        case "type":
            counted = [(model.objects.filter(pk__in=records), F(field)) for model, field in TYPES]
        case "level":
            counted = [(Visit.objects.filter(pk__in=records), F("level"))]
        case "status":
            found = (Agreement.objects.with_status(localdate()), Project.objects.with_status())
            counted = [(each.filter(pk__in=records), F("status")) for each in found]
        case "year":
            end = Coalesce("agreement__ended_latest", "agreement__term_ends_latest", "date_latest")
            first, last = (Cast(ExtractYear(day), CharField()) for day in ("date_earliest", end))
            return [grouped(name, records, first, until=last)]
    return [grouped(name, things, value) for things, value in counted]


def whole(name, value, records):
    """Return the query that counts records as they are, under a value of one's own."""
    return grouped(name, records, Value(value))


def grouped(name, things, value, number=EVERY_ROW, until=NO_END):
    """Return the query that counts things by a value: rows of the filter's name, value, until, number."""
    if isinstance(things, MultilingualQuerySet):
        # Columns keep their order only where no translated ones are looked for among them.
        things = things.rewrite(False)
    rows = things.order_by().annotate(counted=Value(name), by=value, until=until)
    rows = rows.values("counted", "by", "until").annotate(number=number)
    return rows.values_list("counted", "by", "until", "number")


def ask(queries):
    """Ask all at once; return {name: {value: number}}. A span of years counts under each of them."""
    counts = defaultdict(Counter)
    if queries:
        for name, value, until, number in queries[0].union(*queries[1:], all=True):
            if value:
                for one in years_of(int(value), int(until)) if until else [value]:
                    counts[name][str(one)] += number
    return counts


def years_of(first, last):
    """Return the years worth offering for a span; an open end reaches up to this year."""
    last = min(last, max(localdate().year, first), LAST_YEAR)
    first = max(first, FIRST_YEAR)
    return range(first, last + 1) if last - first < LONGEST_SPAN else range(last, last + 1)
