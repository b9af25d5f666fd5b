"""What must fit together within one line; checked before the database is asked."""

from itertools import combinations

from relations.dates import PartialDate
from relations.models.person import overlap

from .wrong import shown


def either(*names):
    """Exactly one of the fields is given: a party is a country or an organisation."""

    def rule(document):
        given = [name for name in names if name in document]
        if len(given) != 1:
            which = "neither is given" if not given else "both are given"
            yield (names[0],), f"either {' or '.join(names)} is needed; {which}"

    return rule


def in_order(start, end):
    """One date is not after another, as far as their precision can tell."""

    def rule(document):
        if start in document and end in document:
            first, last = PartialDate.parse(document[start]), PartialDate.parse(document[end])
            if first.earliest > last.latest:
                yield (end,), f"{shown(document[end])} comes before {start}, {shown(document[start])}"

    return rule


def moments_in_order(start, end):
    def rule(document):
        # Moments are written in one form, in UTC, so that they sort as texts.
        if start in document and end in document and document[start] >= document[end]:
            yield (end,), f"{shown(document[end])} is not after {start}, {shown(document[start])}"

    return rule


def different(one, other):
    """Two fields do not name the same thing."""

    def rule(document):
        if document.get(one) == document.get(other) is not None:
            yield (other,), f"{shown(document[other])} is the same as {one}"

    return rule


def distinct(*names):
    """No two of the parts agree in all these fields."""

    def rule(parts):
        seen = {}
        for number, part in enumerate(parts):
            key = tuple(part.get(name) for name in names)
            if key in seen:
                name, value = next(
                    (name, value) for name, value in zip(names, key, strict=True) if value is not None
                )
                yield (number, name), f"{shown(value)} is listed twice, here and under [{seen[key]}]"
            seen.setdefault(key, number)

    return rule


def one_office_at_a_time(parts):
    """Nobody is appointed to an office that he or she holds at that time."""
    for (first, one), (second, other) in combinations(enumerate(parts), 2):
        if is_one_office(one, other) and overlap(span(one), span(other)):
            reason = f"{shown(other['office'])} is held under [{first}] at the same time; end that first"
            yield (second, "office"), reason


def is_one_office(one, other):
    if any(one.get(name) != other.get(name) for name in ("country", "organisation", "mission")):
        return False
    names = other["office"]
    return any(names.get(code, "").casefold() == text.casefold() for code, text in one["office"].items())


def span(part):
    return tuple(part.get(name) and PartialDate.parse(part[name]) for name in ("from", "to"))


def one_preferred(parts):
    preferred = [number for number, part in enumerate(parts) if part.get("preferred")]
    for number in preferred[1:]:
        yield (number, "preferred"), f"only one source can be the preferred one; [{preferred[0]}] is already"


def between(name, low, high):
    """A number or decimal lies within bounds."""

    def rule(document):
        if name in document and not low <= float(document[name]) <= high:
            yield (name,), f"{shown(document[name])} is not between {low} and {high}"

    return rule
