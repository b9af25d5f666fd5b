"""A partial date as text in any language, never more precise than it is known."""

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language, override, to_locale

from . import phrases
from .cldr import months
from .partial import PartialDate

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
HALVES = {40: "first half", 41: "second half"}
ROMAN = ("I", "II", "III", "IV")


def in_words(partial: PartialDate | None, language: str | None = None) -> str:
    """Say the date in the language, by default the active one; an unknown date is an empty text."""
    if partial is None:
        return ""
    language = language or get_language() or settings.LANGUAGE_CODE
    with override(language):
        return _words(partial, language)


def time_element(partial: PartialDate | None) -> str | None:
    """The ``datetime`` attribute of an HTML ``<time>``; None for what HTML has no notation for."""
    if partial is None or partial.is_about or partial.is_uncertain:
        return None
    return partial.edtf if partial.precision in ("day", "month", "year") else None


def shape_of(point: PartialDate) -> str:
    """The key of the phrases for this date: day, month, year, spring, quarter, first half, decade …"""
    if point.precision == "season":
        return SEASONS[point.number]
    return HALVES.get(point.number, point.precision)


def _words(partial: PartialDate, language: str) -> str:
    if partial.precision == "part":
        return phrases.PLAIN[partial.stretch] % _values(partial, language)
    if partial.is_open_end:
        return _marked(partial.start, phrases.SINCE, language)
    if partial.is_open_start:
        return _marked(partial.end, phrases.UNTIL, language)
    if partial.is_interval:
        return _period(partial.start, partial.end, language)
    if partial.is_about and shape_of(partial) in phrases.ABOUT:
        text = phrases.ABOUT[shape_of(partial)] % _values(partial, language)
        return phrases.UNCERTAIN % {"date": text} if partial.is_uncertain else text
    return _marked(partial, phrases.PLAIN, language)


def _marked(point: PartialDate, forms: dict, language: str) -> str:
    """The phrase for the date, followed by how sure it is."""
    text = forms[shape_of(point)] % _values(point, language)
    if point.is_about:
        text = phrases.APPROXIMATELY % {"date": text}
    if point.is_uncertain:
        text = phrases.UNCERTAIN % {"date": text}
    return text


def _period(start: PartialDate, end: PartialDate, language: str) -> str:
    form = phrases.PERIOD[_period_shape(start, end)]
    values = _values(start, language)
    values |= {f"end_{name}": value for name, value in _values(end, language).items()}
    return form % {**values, "start": _words(start, language), "end": _words(end, language)}


def _period_shape(start: PartialDate, end: PartialDate) -> str:
    """Whether the two dates can share their month or year in print."""
    if any(point.is_about or point.is_uncertain for point in (start, end)):
        return "other"
    match start.precision, end.precision:
        case "year", "year":
            return "years"
        case "month", "month" if start.earliest.year == end.earliest.year:
            return "months"
        case "day", "day" if start.earliest.year == end.earliest.year:
            return "days" if start.earliest.month == end.earliest.month else "days of two months"
    return "other"


def _values(point: PartialDate, language: str) -> dict[str, object]:
    day = point.earliest
    month = day.month - 1
    quarter = month // 3
    return {
        "day": day.day,
        "month": months(language)[month],
        "month_alone": months(language, "stand-alone")[month],
        "month_lower": months(language)[month].lower(),
        "month_since": month_form(phrases.MONTHS_SINCE, language, month),
        "month_until": month_form(phrases.MONTHS_UNTIL, language, month),
        "quarter": quarter + 1,
        "roman": ROMAN[quarter],
        "year": day.year,
        "ordinal": phrases.ORDINALS[_ordinal_category(day.year, language)] % {"year": day.year},
    }


def month_form(forms: tuple, language: str, month: int) -> str:
    """The month as the catalogue declines it, or CLDR's form of it where the catalogue is silent."""
    declined = str(forms[month])
    return months(language)[month] if declined == months("en")[month] else declined


def _ordinal_category(year: int, language: str) -> str:
    if year % 1000 == 0:
        return "thousand"
    try:
        return Locale.parse(to_locale(language)).ordinal_form(year)
    except (UnknownLocaleError, ValueError):
        return "other"
