"""Citations as lines write them, and what a source itself states."""

from .parts import Parts
from .values import Field
from .wrong import Wrong, is_empty, shown, unknown


class Citations(Parts):
    """Sources of one thing: their references, or objects that say more."""

    says = "list of references or objects, see below"

    def check(self, value):
        if isinstance(value, list):
            value = [{"source": item} if isinstance(item, str) else item for item in value]
        return super().check(value)

    def trimmed(self, parts, owner_uuid):
        return [part["source"] if part.keys() == {"source"} else part for part in super().trimmed(parts, owner_uuid)]


class States(Field):
    """What the source itself says, by field, in the form that field has."""

    says = "object: field and value"

    def check(self, value):
        if not isinstance(value, dict):
            raise Wrong(f"{shown(value)} is not an object in braces")
        return with_sorted_keys(value)

    def read(self, values):
        return with_sorted_keys(values[0]) or None

    def nothing(self):
        return {}


def with_sorted_keys(value):
    """PostgreSQL keeps the keys of an object in an order of its own."""
    if not isinstance(value, dict):
        return value
    return {name: with_sorted_keys(value[name]) for name in sorted(value)}


def states_fit(fields):
    """What sources state is said of fields that the line has, in those fields' own form."""

    def rule(document):
        for number, part in enumerate(document.get("sources", ())):
            for name, value in part.get("states", {}).items():
                path = ("sources", number, "states", name)
                if name not in fields:
                    yield path, unknown("field of this line", name, fields)
                elif is_empty(value):
                    yield path, "is empty"
                else:
                    yield from wrong_statement(fields[name], value, path)

    return rule


def wrong_statement(field, value, path):
    try:
        field.check(value)
    except Wrong as wrong:
        yield from wrong.within(*path).problems
