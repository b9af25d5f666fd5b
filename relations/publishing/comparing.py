"""Documents of one thing held against each other: where they differ, and who changed what."""

from copy import deepcopy
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from .documents import part_model

# What a row is told apart by, and where it stands among the others, are no values of it.
KEY, ORDER = "id", "position"
EMPTY = (None, "", [], {})


class Unknown:
    """What a document said that is no longer kept: like nothing else, so that no change is passed over."""


UNKNOWN = Unknown()


class Place(NamedTuple):
    """Where in a document something stands: a column of the thing, a row of its parts, a column of a row.

    A part without a row and the name ORDER is the order of its rows.
    """

    name: str = ""
    part: str = ""
    row: str = ""

    def __str__(self):
        return ".".join((self.part, self.row, self.name))

    @property
    def is_row(self):
        """Whether it is a row as a whole, there or not there."""
        return bool(self.row) and not self.name

    @property
    def is_order(self):
        return bool(self.part) and not self.row


@dataclass(frozen=True)
class Difference:
    """One place that two documents fill differently; None is a row that is not there."""

    place: Place
    before: object
    after: object


class Side(Enum):
    """Who changed a place since both began."""

    NOBODY = "nobody"
    MINE = "mine"
    THEIRS = "theirs"
    ALIKE = "alike"
    BOTH = "both"


@dataclass(frozen=True)
class Divergence:
    """One place that somebody changed, as it was and as each of the two has it."""

    place: Place
    ancestor: object
    mine: object
    theirs: object
    side: Side


def same(one, other):
    """Whether two values say the same; a column that did not exist yet says nothing."""
    return one == other or (is_empty(one) and is_empty(other))


def is_empty(value):
    return value in EMPTY


def side_of(ancestor, mine, theirs):
    if same(mine, theirs):
        return Side.NOBODY if same(mine, ancestor) else Side.ALIKE
    if same(mine, ancestor):
        return Side.THEIRS
    return Side.MINE if same(theirs, ancestor) else Side.BOTH


# Two documents


def differences(before, after):
    """Return where the second document differs from the first: the thing's own columns, then its rows."""
    own = [
        Difference(Place(name), one, other)
        for name, (one, other) in side_by_side(values_in(before), values_in(after))
        if not same(one, other)
    ]
    return own + [
        found
        for part, rows in side_by_side(before["parts"], after["parts"])
        for found in row_differences(part, *map(by_key, rows))
    ]


def row_differences(part, before, after):
    for key, (one, other) in side_by_side(before, after):
        if one is None or other is None:
            yield Difference(Place(part=part, row=key), one, other)
        else:
            for name, (old, new) in side_by_side(bare(one), bare(other)):
                if not same(old, new):
                    yield Difference(Place(name, part, key), old, new)
    order = [key for key in before if key in after]
    new_order = [key for key in after if key in before]
    if order != new_order:
        yield Difference(Place(ORDER, part), order, new_order)


def values_in(document):
    return {**document["fields"], **document["choices"]}


def by_key(rows):
    return {row[KEY]: row for row in rows or ()}


def bare(row):
    """Return what a row says, whichever and wherever it is."""
    if row is None or row is UNKNOWN:
        return row
    return {name: value for name, value in row.items() if name not in (KEY, ORDER)}


def side_by_side(*all_values):
    """Yield every key that one of the dictionaries has, with the value of each, or None."""
    for key in dict.fromkeys(key for values in all_values for key in values):
        yield key, tuple(values.get(key) for values in all_values)


# Three documents


def three_way(ancestor, mine, theirs):
    """Return every place that one of two people changed since both began with the ancestor.

    Where the ancestor is no longer known (None), everything that differs was changed by both.
    """
    mine_in, theirs_in = values_in(mine), values_in(theirs)
    ancestor_in = values_in(ancestor) if ancestor else unknown(mine_in, theirs_in)
    found = [
        divergence(Place(name), *values) for name, values in side_by_side(ancestor_in, mine_in, theirs_in)
    ]
    for part, (my_rows, their_rows) in side_by_side(mine["parts"], theirs["parts"]):
        my_rows, their_rows = by_key(my_rows), by_key(their_rows)
        former = by_key(ancestor["parts"].get(part)) if ancestor else unknown(my_rows, their_rows)
        found += rows_apart(part, former, my_rows, their_rows)
    return [one for one in found if one.side != Side.NOBODY]


def unknown(*all_values):
    return {key: UNKNOWN for values in all_values for key in values}


def rows_apart(part, former, mine, theirs):
    for key, (ancestor, my_row, their_row) in side_by_side(former, mine, theirs):
        if my_row is None or their_row is None:
            yield divergence(Place(part=part, row=key), bare(ancestor), bare(my_row), bare(their_row))
            continue
        my_row, their_row = bare(my_row), bare(their_row)
        before = unknown(my_row, their_row) if ancestor is UNKNOWN else bare(ancestor) or {}
        for name, values in side_by_side(before, my_row, their_row):
            yield divergence(Place(name, part, key), *values)
    shared = {key for key in former if key in mine and key in theirs}
    orders = [[key for key in rows if key in shared] for rows in (former, mine, theirs)]
    if former and any(value is UNKNOWN for value in former.values()):
        orders[0] = UNKNOWN
    yield divergence(Place(ORDER, part), *orders)


def divergence(place, ancestor, mine, theirs):
    return Divergence(place, ancestor, mine, theirs, side_of(ancestor, mine, theirs))


def recognised(model, mine, theirs):
    """Return my document with the keys of theirs for rows that both entered, such as the same party."""
    parts = {}
    for part, rows in mine["parts"].items():
        theirs_of_part = by_key(theirs["parts"].get(part))
        keys = {row[KEY] for row in rows}
        known = {
            identity: key
            for key, row in theirs_of_part.items()
            if key not in keys
            for identity in identities(model, part, row)
        }
        parts[part] = [
            row if row[KEY] in theirs_of_part else {**row, KEY: key_among(known, model, part, row)}
            for row in rows
        ]
    return {**mine, "parts": parts}


def key_among(known, model, part, row):
    return next((known[one] for one in identities(model, part, row) if one in known), row[KEY])


def identities(model, part, row):
    """Return what no two rows of a thing may have in common, by the constraints of their model."""
    row_model, owner = part_model(model, part)
    found = []
    for constraint in row_model._meta.total_unique_constraints:
        fields = [row_model._meta.get_field(name) for name in constraint.fields]
        if owner in fields:
            values = tuple((field.attname, row.get(field.attname)) for field in fields if field is not owner)
            if all(value is not None for _name, value in values):
                found.append(values)
    return found


# One document of two


def merged(theirs, mine, values):
    """Return their document with other values at some places: {place: value}.

    A row that is taken over from mine comes where it stood there; None takes a row away.
    """
    document = deepcopy(theirs)
    for place, value in values.items():
        if not place.part:
            home = document["choices"] if place.name in document["choices"] else document["fields"]
            home[place.name] = value
        elif place.is_row:
            put_row(document["parts"].setdefault(place.part, []), place.row, value)
        elif not place.is_order:
            by_key(document["parts"][place.part])[place.row][place.name] = value
    for part in {place.part for place in values if place.part}:
        order = interleaved(
            values.get(Place(ORDER, part)) or [],
            keys_of(theirs["parts"].get(part)),
            keys_of(mine["parts"].get(part)),
        )
        is_numbered = any(ORDER in row for one in (theirs, mine) for row in one["parts"].get(part, ()))
        document["parts"][part] = in_order(document["parts"][part], order, is_numbered)
    return document


def keys_of(rows):
    return [row[KEY] for row in rows or ()]


def put_row(rows, key, value):
    rows[:] = [row for row in rows if row[KEY] != key]
    if value is not None:
        rows.append({KEY: key, **value})


def interleaved(*orders):
    """Return one order of all: what only a later one has comes where it stood there."""
    found = []
    for order in orders:
        place = 0
        for key in order:
            if key in found:
                place = found.index(key) + 1
            else:
                found.insert(place, key)
                place += 1
    return found


def in_order(rows, order, is_numbered):
    """Return rows as the order says, numbered anew where rows of their kind are numbered."""
    rows = sorted(rows, key=lambda row: order.index(row[KEY]))
    return [{**row, ORDER: number} if is_numbered else row for number, row in enumerate(rows, start=1)]
