"""Values kept as JSON: lists of texts, and objects that say something about fields."""

from .values import Field, text_of
from .wrong import Wrong, is_empty, shown, unknown


class Strings(Field):
    says = "list of texts"

    def check(self, value):
        if not isinstance(value, list):
            raise Wrong(f"{shown(value)} is not a list")
        for number, item in enumerate(value):
            if is_empty(item):
                raise Wrong("is empty", number)
            try:
                text_of(item)
            except Wrong as wrong:
                raise wrong.within(number) from None
        return value

    def nothing(self):
        return []


class Absences(Field):
    """For fields that are empty: whether there is none, or the question does not arise."""

    says = "object: field and reason"

    def __init__(self, model, name, fields, reasons):
        super().__init__(model, name)
        self.fields, self.reasons = fields, reasons.values

    def check(self, value):
        if not isinstance(value, dict):
            raise Wrong(f"{shown(value)} is not an object in braces")
        for name, reason in value.items():
            if name not in self.fields:
                raise Wrong(unknown("field that can be absent", name, self.fields), name)
            if reason not in self.reasons:
                raise Wrong(unknown("reason", reason, self.reasons), name)
        return self.read([value])

    def read(self, values):
        return {name: values[0][name] for name in sorted(values[0])} or None

    def nothing(self):
        return {}


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
