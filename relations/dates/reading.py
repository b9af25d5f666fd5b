"""Understanding dates as people type them: in numbers, in words of every language, or as EDTF."""

import re
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .partial import ABOUT, BOTH, OPEN, PLAIN, UNCERTAIN, Impossible, PartialDate
from .patterns import Phrase, phrases_of, squeezed
from .words import HALVES, ROMAN, SEASONS, in_words

MAX_LENGTH = 120
DEPTH = 3  # "since about May 1998" is two dates deep

DAY, MONTH, YEAR = r"\d{1,2}", r"(?:0?[1-9]|1[0-2])", r"\d{4}"
NUMERIC = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?P<day>{DAY})(?P<mark>[./-])(?P<month>{MONTH})(?P=mark)(?P<year>{YEAR})",
        rf"(?P<year>{YEAR})[./](?P<month>{MONTH})[./](?P<day>{DAY})",
        rf"(?P<month>{MONTH})[./-](?P<year>{YEAR})",
        rf"(?P<year>{YEAR})",
    )
]
NUMERIC_PERIODS = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?P<day>{DAY})[–-](?P<end_day>{DAY})[./](?P<month>{MONTH})[./](?P<year>{YEAR})",
        rf"(?P<day>{DAY})[./](?P<month>{MONTH})[–-](?P<end_day>{DAY})[./](?P<end_month>{MONTH})[./](?P<year>{YEAR})",
        rf"(?P<month>{MONTH})[–-](?P<end_month>{MONTH})[./](?P<year>{YEAR})",
        rf"(?P<year>{YEAR})[–-](?P<end_year>{YEAR})",
    )
]

STRETCHES = {"beginning": (1, 2), "middle": (6, 7), "end": (11, 12)}
EXAMPLES = (
    *("2010-09-14", "2008-11", "2008", "2010-04-15/2010-04-17"),
    *("1997/2010", "2022/..", "1996~", "1996-06~/1996-07~"),
)


def understand(text: str) -> PartialDate:
    """Read what a person typed; raise ``ValueError`` that says what can be typed instead."""
    try:
        date = _typed_date(text)
    except Impossible as impossible:
        raise impossible.written_as(text) from None
    if date is None:
        raise ValueError(
            _("“%(text)s” could not be read as a date. These can: %(examples)s.")
            % {"text": text[:MAX_LENGTH], "examples": examples()}
        )
    return date


def display(partial: PartialDate | None) -> str:
    """The date as text to edit: numbers or words, and EDTF where those would not be read back exactly."""
    if partial is None:
        return ""
    for text in (_in_numbers(partial), in_words(partial)):
        if text and _reads_back(text, partial):
            return text
    return partial.edtf


def _reads_back(text: str, partial: PartialDate) -> bool:
    try:
        return _typed_date(text) == partial
    except ValueError:
        return False


def examples() -> str:
    """Dates of several kinds, as they can be typed in the active language."""
    return ", ".join(display(PartialDate.parse(edtf)) for edtf in EXAMPLES)


# From text to a date


def _typed_date(text: str) -> PartialDate | None:
    if len(text) > MAX_LENGTH:
        return None
    return _understood(squeezed(text), get_language() or settings.LANGUAGE_CODE, DEPTH)


@lru_cache(maxsize=1024)
def _understood(text: str, language: str, depth: int) -> PartialDate | None:
    """The date the text says, None where it says none; ``ValueError`` for one that cannot be."""
    if re.fullmatch(r"[\dx./~?%-]+", text):
        date = _in_edtf(text) or _from_numbers(text)
        if date:
            return date
    return _from_numbers(text) or (_from_phrases(text, language, depth) if depth else None)


def _in_edtf(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text.upper())
    except ValueError:
        if re.match(r"\d{4}(-\d\d-|.*/\d{4}(-|$))", text):
            raise  # nothing but EDTF looks like this, and its own message says what is wrong
        return None


def _from_numbers(text: str) -> PartialDate | None:
    for pattern in NUMERIC:
        if match := pattern.fullmatch(text):
            return PartialDate.parse(_day(**{"mark": "", **match.groupdict()}))
    for pattern in NUMERIC_PERIODS:
        if match := pattern.fullmatch(text):
            return PartialDate.parse(_period(match.groupdict()))
    return None


def _from_phrases(text: str, language: str, depth: int) -> PartialDate | None:
    impossible = None
    for phrase in phrases_of(language):
        match = phrase.pattern.fullmatch(text)
        if not match:
            continue
        try:
            date = _read(phrase, match.groupdict(), language, depth - 1)
        except ValueError as error:
            impossible = impossible or error
            continue
        if date:
            return date
    if impossible:
        raise impossible
    return None


def _read(phrase: Phrase, parts: dict, language: str, depth: int) -> PartialDate | None:
    for name in ("month", "end_month"):
        if name in parts:
            parts[name] = phrase.month_names.get(parts[name])
            if parts[name] is None:
                return None
    if phrase.role == "period" and "start" not in parts:
        return PartialDate.parse(_period(parts))
    if phrase.role == "period":
        start, end = (_understood(parts[name], language, depth) for name in ("start", "end"))
        return PartialDate.parse(f"{start}/{end}") if start and end else None
    inner = parts.get("date")
    date = _understood(inner, language, depth) if inner else _point(phrase.shape, parts)
    return _in_role(date, phrase.role) if date else None


def _point(shape: str, parts: dict) -> PartialDate | None:
    year = parts["year"][:4]
    if shape in ("day", "month", "year"):
        return PartialDate.parse(_day(year, parts.get("month"), parts.get("day")))
    if shape in STRETCHES:
        first, last = STRETCHES[shape]
        return PartialDate.parse(f"{year}-{first:02}~/{year}-{last:02}~")
    if shape == "decade":
        return PartialDate.parse(f"{year[:3]}X") if year.endswith("0") else None
    if shape == "quarter":
        number = int(parts["quarter"]) if "quarter" in parts else ROMAN.index(parts["roman"].upper()) + 1
        return PartialDate.parse(f"{year}-{32 + number}")
    numbers = {name: number for number, name in {**SEASONS, **HALVES}.items()}
    return PartialDate.parse(f"{year}-{numbers[shape]}")


def _in_role(date: PartialDate, role: str) -> PartialDate:
    match role:
        case "since":
            return PartialDate.parse(f"{date}/{OPEN}")
        case "until":
            return PartialDate.parse(f"{OPEN}/{date}")
        case "about":
            return _marked(date, ABOUT)
        case "uncertain":
            return _marked(date, UNCERTAIN)
    return date


def _marked(date: PartialDate, mark: str) -> PartialDate:
    if date.is_interval:
        start, end = (_marked(edge, mark) if edge else OPEN for edge in (date.start, date.end))
        return PartialDate.parse(f"{start}/{end}")
    text = date.edtf.rstrip(ABOUT + UNCERTAIN + BOTH)
    return PartialDate.parse(text + (BOTH if len(text) < len(date.edtf) else mark))


def _day(year, month=None, day=None, mark="") -> str:
    return "-".join([f"{int(year):04}", *(f"{int(part):02}" for part in (month, day) if part is not None)])


def _period(parts: dict) -> str:
    """EDTF of a period whose two dates share what is said once."""
    start = {name: parts[name] for name in ("year", "month", "day") if name in parts}
    end = {name: parts.get(f"end_{name}") or value for name, value in start.items()}
    return f"{_day(**{**start, 'year': start['year'][:4]})}/{_day(**{**end, 'year': end['year'][:4]})}"


# From a date to numbers


def _in_numbers(partial: PartialDate) -> str:
    if not partial.is_interval:
        return _numeric(partial)
    start, end = partial.start, partial.end
    if not (start and end and _numeric(start) and _numeric(end)):
        return ""
    if start.precision == end.precision == "day" and start.earliest.year == end.earliest.year:
        shared = "%d" if start.earliest.month == end.earliest.month else "%d.%m"
        return f"{start.earliest.strftime(shared)}–{_numeric(end)}"
    return f"{_numeric(start)}–{_numeric(end)}"


def _numeric(point: PartialDate) -> str:
    plain = PLAIN.fullmatch(point.edtf)
    return ".".join(reversed(point.edtf.split("-"))) if plain and not plain["mark"] else ""
