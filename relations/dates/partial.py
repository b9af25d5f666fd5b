"""A date of a fact, known to the day or less: the value behind every date in the domain.

The text is EDTF (ISO 8601-2). Plain years, months and days – with ``~ ? %`` and at both ends of a range –
are read here, because they are nearly all dates there are and the ``edtf`` package takes 5–20 ms for each.
Everything else goes to the package. Bounds are ours: the package cannot say them for open ends.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering

from django.utils.translation import gettext as _

MAX_LENGTH = 64
OPEN = ".."
ABOUT, UNCERTAIN, BOTH = "~", "?", "%"

PLAIN = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?(?P<mark>[~?%]?)", re.ASCII
)
# Winter has no agreed place in the year (January and February, or December), so it may be any day of it.
WINTER = 24
PARTS_OF_YEAR = {
    **dict.fromkeys((21, 22, 23, WINTER), "season"),
    **dict.fromkeys((33, 34, 35, 36), "quarter"),
    **dict.fromkeys((40, 41), "half"),
}
# The beginning, middle and end of a year are written as two approximate months.
STRETCHES = {(1, 2): "beginning", (6, 7): "middle", (11, 12): "end"}


class Impossible(ValueError):
    """A text that reads as a date which there cannot be; the reason quotes it."""

    def __init__(self, reason: str, text: str):
        super().__init__(reason % {"text": text})
        self.reason = reason

    def written_as(self, text: str) -> "Impossible":
        """The same, of a date that somebody wrote in another way."""
        return Impossible(self.reason, text)


@total_ordering
@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PartialDate:
    """A day, month, part of a year, year, decade or period, exactly as precise as it is known.

    ``earliest`` and ``latest`` bound the days it may mean; an open start is ``date.min``, an open end
    ``date.max``. ``precision`` is day, month, season, quarter, half, year, decade, part (beginning, middle
    or end of a year) or interval.
    """

    edtf: str
    earliest: date
    latest: date
    precision: str
    number: int | None = None  # which season, quarter or half (21–24, 33–36, 40–41)
    is_about: bool = False
    is_uncertain: bool = False
    start: "PartialDate | None" = None
    end: "PartialDate | None" = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read one EDTF text; raise ``ValueError``, with a message for people, where it is not a date."""
        if isinstance(text, cls):
            return text
        if not isinstance(text, str) or len(text) > MAX_LENGTH or "\0" in text:
            raise ValueError(_("A date is a short text such as 2010-09-14, 2008-11, 2023 or 1997/2010."))
        return _parse(text.strip())

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The partial date of one calendar day."""
        return cls.parse(f"{day:%Y-%m-%d}".rjust(10, "0"))

    @property
    def is_interval(self):
        return self.start is not None or self.end is not None

    @property
    def is_open_start(self):
        return self.start is None and self.end is not None

    @property
    def is_open_end(self):
        return self.end is None and self.start is not None

    @property
    def stretch(self) -> str | None:
        """Which part of its year this is: beginning, middle or end; None for all other dates."""
        if self.precision != "part":
            return None
        return STRETCHES[self.start.earliest.month, self.end.earliest.month]

    def years(self) -> tuple[int | None, int | None]:
        """The first and last year this may fall in; None at an open end."""
        first = None if self.is_open_start else self.earliest.year
        last = None if self.is_open_end else self.latest.year
        return first, last

    def touches(self, year: int) -> bool:
        """Whether any day this may mean, or spans, falls in the year."""
        return self.earliest.year <= year <= self.latest.year

    def plus_years(self, count: int) -> "PartialDate":
        """The same date so many years later, no more precise than this one (29 February may become 28)."""
        if self.is_interval:
            start, end = (edge.plus_years(count).edtf if edge else OPEN for edge in (self.start, self.end))
            return PartialDate.parse(f"{start}/{end}")
        year = self.earliest.year + count
        if self.precision == "decade" and year % 10:
            return PartialDate.parse(f"{year:04}/{year + 9:04}")
        return PartialDate.parse(_moved(self, year))

    def __str__(self):
        return self.edtf

    def __repr__(self):
        return f"PartialDate({self.edtf!r})"

    def __eq__(self, other):
        return self.edtf == other.edtf if isinstance(other, PartialDate) else NotImplemented

    def __lt__(self, other):
        return self.order < other.order if isinstance(other, PartialDate) else NotImplemented

    def __hash__(self):
        return hash(self.edtf)

    @property
    def order(self):
        """By first day, then by last day: 2023 stands between 1 and 2 January 2023."""
        return self.earliest, self.latest, self.edtf


def _moved(point: PartialDate, year: int) -> str:
    if not date.min.year <= year <= date.max.year:
        raise ValueError(_("The year must be between 1 and 9999."))
    if point.precision == "decade":
        return f"{year // 10:03}X{point.edtf[4:]}"
    rest = point.edtf[4:]
    if rest.startswith("-02-29") and not calendar.isleap(year):
        rest = rest.replace("-02-29", "-02-28")
    return f"{year:04}{rest}"


@lru_cache(maxsize=8192)
def _parse(text: str) -> PartialDate:
    start, slash, end = text.partition("/")
    return _interval(text, start, end) if slash else _point(text)


def _interval(text: str, start_text: str, end_text: str) -> PartialDate:
    if not (start_text and end_text) or start_text == end_text == OPEN:
        raise ValueError(_("Write an open end of a period as two dots, for example 2022/.. or ../2013."))
    start = None if start_text == OPEN else _point(start_text)
    end = None if end_text == OPEN else _point(end_text)
    if start == end:
        return start
    earliest = start.earliest if start else date.min
    latest = end.latest if end else date.max
    if earliest > latest:
        raise Impossible(_("“%(text)s”: the period ends before it starts."), text)
    return PartialDate(
        edtf=f"{start or OPEN}/{end or OPEN}",
        earliest=earliest,
        latest=latest,
        precision="part" if _is_stretch(start, end) else "interval",
        is_about=any(edge.is_about for edge in (start, end) if edge),
        is_uncertain=any(edge.is_uncertain for edge in (start, end) if edge),
        start=start,
        end=end,
    )


def _is_stretch(start: PartialDate | None, end: PartialDate | None) -> bool:
    return (
        start is not None
        and end is not None
        and start.precision == end.precision == "month"
        and start.edtf.endswith(ABOUT)
        and end.edtf.endswith(ABOUT)
        and start.earliest.year == end.earliest.year
        and (start.earliest.month, end.earliest.month) in STRETCHES
    )


def _point(text: str) -> PartialDate:
    plain = PLAIN.fullmatch(text)
    return _plain(text, **plain.groupdict()) if plain else _from_package(text)


def _plain(text: str, year: str, month: str | None, day: str | None, mark: str) -> PartialDate:
    try:
        earliest = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise Impossible(_("“%(text)s” is not in the calendar."), text) from None
    latest = earliest if day else _last_day(earliest.year, int(month or 12))
    precision = "day" if day else "month" if month else "year"
    return _qualified(text, earliest, latest, precision, mark)


def _from_package(text: str) -> PartialDate:
    """Read what is not plain – seasons, quarters, halves, decades – with the ``edtf`` package."""
    import edtf  # costs 0.15 s, and most processes never meet such a date

    try:
        parsed = edtf.parse_edtf(text)
        bounds = [date(*bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict())]
    except (edtf.EDTFParseException, ValueError, TypeError):
        raise _not_understood(text) from None
    if isinstance(parsed, edtf.Season) and int(parsed.season) in PARTS_OF_YEAR:
        number = int(parsed.season)
        if number == WINTER:
            bounds[0] = date(bounds[0].year, 1, 1)
        return _qualified(text, *bounds, PARTS_OF_YEAR[number], number=number)
    if isinstance(parsed, edtf.Unspecified) and parsed.precision == "decade":
        return _qualified(text, *bounds, "decade", text[4:])
    raise _not_understood(text)


def _qualified(text, earliest, latest, precision, mark="", number=None) -> PartialDate:
    return PartialDate(
        edtf=text,
        earliest=earliest,
        latest=latest,
        precision=precision,
        number=number,
        is_about=mark in (ABOUT, BOTH),
        is_uncertain=mark in (UNCERTAIN, BOTH),
    )


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _not_understood(text: str) -> ValueError:
    return ValueError(
        _("“%(text)s” is not a date. Examples: 2010-09-14, 2008-11, 2023, 1996~, 1997/2010, 2022/..")
        % {"text": text}
    )
