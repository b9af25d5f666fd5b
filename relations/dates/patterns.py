"""The phrases of all languages, turned round: from what is written to what it means."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import override

from . import phrases
from .cldr import months
from .words import month_form

WORD = r"[^\W\d_]+"
PLACEHOLDERS = {
    "day": r"\d{1,2}",
    "year": r"\d{4}",
    "ordinal": r"\d{4}(?: \w{1,4})?",
    "quarter": r"[1-4]",
    "roman": r"iv|i{1,3}",
    "date": ".+",
    "start": ".+?",
    "end": ".+",
}
APOSTROPHES = dict.fromkeys(map(ord, "ʻʼ’‘`´"), "'")
DASHES = dict.fromkeys(map(ord, "‐‑"), "-") | dict.fromkeys(map(ord, "‒—―−"), "–")


@dataclass(frozen=True)
class Phrase:
    """One way of writing a kind of date in one language."""

    role: str  # plain, since, until, about, uncertain or period
    shape: str
    pattern: re.Pattern
    month_names: dict[str, int]

    @property
    def dates_within(self) -> int:
        """How many whole dates it leaves open: none in "since %(year)s", two in "%(start)s – %(end)s"."""
        return len({"date", "start", "end"} & set(self.pattern.groupindex))


@cache
def phrases_of(first: str) -> tuple[Phrase, ...]:
    """The phrases of every language: the most telling ones first, and among them those of the given one."""
    languages = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != first)
    phrases_found = [phrase for language in languages for phrase in _phrases_in(language)]
    return tuple(sorted(phrases_found, key=lambda phrase: phrase.dates_within))


@cache
def _phrases_in(language: str) -> tuple[Phrase, ...]:
    with override(language):
        texts = [
            *(("plain", shape, str(text)) for shape, text in phrases.PLAIN.items()),
            *(("since", shape, str(text)) for shape, text in phrases.SINCE.items()),
            *(("until", shape, str(text)) for shape, text in phrases.UNTIL.items()),
            *(("about", shape, str(text)) for shape, text in phrases.ABOUT.items()),
            *(_typed(key, text) for key, texts in phrases.TYPED.items() for text in str(texts).split("|")),
            *(("period", shape, str(text)) for shape, text in phrases.PERIOD.items()),
            ("about", "", str(phrases.APPROXIMATELY)),
            ("uncertain", "", str(phrases.UNCERTAIN)),
        ]
        names = _month_names(language)
    return tuple(Phrase(role, shape, *_pattern(text, names)) for role, shape, text in texts if text)


def _typed(key: str, text: str) -> tuple[str, str, str]:
    if key not in ("since", "until", "about", "period"):
        return "plain", key, text
    return key, "year" if "%(date)s" not in text else "", text


def _pattern(template: str, names: dict) -> tuple[re.Pattern, dict]:
    """The regular expression for a phrase, and the month names its placeholder stands for."""
    pattern, month_names = "", names["month"]
    for position, chunk in enumerate(re.split(r"%\((\w+)\)s", template)):
        if position % 2 == 0:
            literal = re.escape(_folded(chunk).replace(".", "").replace(",", " "))
            pattern += literal.replace(r"\-", r"[–\s]")
            continue
        prefix, name = ("end_", chunk[4:]) if chunk.startswith("end_") else ("", chunk)
        if name.startswith("month"):
            month_names = names.get(name, names["month"])
            pattern += f"(?P<{prefix}month>{WORD})"
        else:
            group = prefix + ("year" if name == "ordinal" else name)
            pattern += f"(?P<{group}>{PLACEHOLDERS[name]})"
    pattern = re.sub(r"(\\ )+", " ", pattern).replace(" –", "–").replace("– ", "–").strip()
    return re.compile(pattern), month_names


def _month_names(language: str) -> dict[str, dict[str, int]]:
    """The numbers of the months by their names, for each placeholder that has names of its own."""
    plain = {}
    for context in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            names = [_folded(name).replace(".", "") for name in months(language, context, width)]
            plain |= _beginnings(names) | {name: number for number, name in enumerate(names, start=1)}
    forms = {"month_since": phrases.MONTHS_SINCE, "month_until": phrases.MONTHS_UNTIL}
    return {"month": plain} | {
        name: {_folded(month_form(form, language, number)): number + 1 for number in range(12)}
        for name, form in forms.items()
    }


def _beginnings(names: list[str]) -> dict[str, int]:
    """Three or more first letters, where only one month begins with them."""
    return {
        name[:length]: number
        for number, name in enumerate(names, start=1)
        for length in range(3, len(name))
        if sum(other.startswith(name[:length]) for other in names) == 1
    }


# What does not matter in writing


def _folded(text: str) -> str:
    """Without capitals, dotted or dotless i, ё, and kinds of spaces, dashes and apostrophes."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("\u0307", "")
    text = text.translate(APOSTROPHES).translate(DASHES).replace("ı", "i").replace("ё", "е")
    return re.sub(r"\s+", " ", text)


def squeezed(text: str) -> str:
    """The text with one spelling for everything that may be spelt in several ways."""
    text = "".join(str(unicodedata.digit(char, char)) for char in _folded(text)).strip()
    text = re.sub(r"(?<=\d)\. (?=\d)", ".", text)
    text = re.sub(r"(?<!\d)(?<!\.)\.(?!\.)|(?<=\d)\.(?![\d.])", " ", text.replace(",", " "))
    text = re.sub(rf"(?<=\d)-({WORD})-(?=\d{{4}})", r" \1 ", text)
    text = re.sub(r"(?<![\d-])(\d\d?)-(?=\d\d? )|(?<!\d)(\d{4})-(?=\d{4})", r"\1\2–", text)
    text = re.sub(r"(?<=\d)-(?=[^\W\d_])", " ", text)
    text = re.sub(r"(?<=[^\W\d_])-(?=\w)| - ", "–", text)
    return re.sub(r" *– *", "–", re.sub(r"\s+", " ", text)).strip()
