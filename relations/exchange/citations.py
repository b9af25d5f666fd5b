"""Citations as lines write them."""

from .parts import Parts
from .values import Choice, Date, Decimal, Text, Truth, Whole
from .wrong import Wrong, is_empty, unknown

# Fields of one value, which can be held against another source's.
COMPARABLE = (Choice, Date, Decimal, Text, Truth, Whole)


class Citations(Parts):
    """Sources of one thing: their references, or objects that say more."""

    says = "list of references or objects, see below"

    def check(self, value):
        if isinstance(value, list):
            value = [{"source": item} if isinstance(item, str) else item for item in value]
        return super().check(value)

    def trimmed(self, parts, owner_uuid):
        return [
            part["source"] if part.keys() == {"source"} else part
            for part in super().trimmed(parts, owner_uuid)
        ]


def states_fit(shape):
    """What sources state is said of fields that the thing has, by its own names, in those fields' form."""
    details = shape.fields["details"].shape.fields.values() if "details" in shape.fields else ()
    fields = {
        field.attribute: field for field in (*details, *shape.fields.values()) if type(field) in COMPARABLE
    }

    def rule(document):
        for number, part in enumerate(document.get("sources", ())):
            for name, value in part.get("states", {}).items():
                path = ("sources", number, "states", name)
                if name not in fields:
                    yield path, unknown("field that sources can state otherwise", name, fields)
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
