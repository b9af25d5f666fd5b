"""What one object in a line consists of: its fields, checked, read from the database, and stored in it."""

from .values import Field
from .wrong import Wrong, shown, unknown


def overrides(field, method) -> bool:
    return getattr(type(field), method) is not getattr(Field, method)


class Shape:
    """The fields of one kind of object, in the order in which they are written.

    A rule is a function of a checked object that yields (path, message) for what does not fit together.
    A shorthand is a function that writes out what a line may say more briefly. What follows from other
    fields and stands in tables of its own is listed as `derived`.
    """

    def __init__(self, model, fields, rules=(), shorthands=(), derived=()):
        self.model = model
        self.fields = {field.name: field for field in fields}
        self.names = [field.name for field in fields if not field.hidden]
        self.rules = rules
        self.shorthands = shorthands
        self.derived = list(derived)
        self.columns = [column for field in fields for column in field.columns]
        self.readers, end = [], 0
        for field in fields:
            if field.columns:
                start, end = end, end + len(field.columns)
                self.readers.append((field, slice(start, end)))
        self.stored_fields = [field for field in fields if field.columns]
        self.gathered_fields = [field for field in fields if hasattr(field, "gather")]
        self.mentioning_fields = [field for field in [*fields, *derived] if overrides(field, "mentions")]
        # Most fields have nothing to check where a line leaves them out.
        self.unskippable = {
            field.name
            for field in fields
            if field.required or field.default is not None or overrides(field, "accept")
        }

    def every_field(self):
        """The fields, and those of the parts and details among them."""
        for field in self.fields.values():
            yield field
            if hasattr(field, "shape"):
                yield from field.shape.every_field()

    def check(self, given) -> dict:
        """Return the canonical form of an object, or raise everything that is wrong with it."""
        if not isinstance(given, dict):
            raise Wrong(f"{shown(given)} is not an object in braces")
        for shorthand in self.shorthands:
            given = shorthand(given)
        document, problems = {}, []
        for name, field in self.fields.items():
            if name not in given and name not in self.unskippable:
                continue
            try:
                field.accept(given, document)
            except Wrong as wrong:
                problems += wrong.problems
        problems += [((name,), self.strange(name)) for name in given if name not in self.names]
        if not problems:
            problems = [problem for rule in self.rules for problem in rule(document)]
        if problems:
            raise Wrong.together(problems)
        return document

    def strange(self, name) -> str:
        return unknown("field here", name, self.names)

    def read_row(self, values) -> dict:
        document = {}
        for field, piece in self.readers:
            value = field.read(values[piece])
            if value is not None:
                document[field.name] = value
        return document

    def read(self, rows) -> dict:
        """Make documents of rows that hold the primary key and then `columns`; by primary key."""
        documents = {row[0]: self.read_row(row[1:]) for row in rows}
        for field in self.gathered_fields:
            field.gather(documents)
        return documents

    def load(self, queryset) -> dict:
        return self.read(queryset.values_list("pk", *self.columns))

    def ordered(self, document) -> dict:
        return {name: document[name] for name in self.fields if name in document}

    def trimmed(self, document, owner_uuid) -> dict:
        """The document as it is written to a file, in order."""
        return {
            name: field.trimmed(document[name], owner_uuid)
            for name, field in self.fields.items()
            if name in document and not field.hidden
        }

    def store(self, document, found, names=None) -> dict:
        """Return the columns for the named fields, all by default; a field left out is emptied."""
        columns = {}
        for field in self.stored_fields:
            if names is not None and field.name not in names:
                continue
            if field.name in document:
                columns |= field.store(document[field.name], found)
            elif not field.settled:
                columns |= field.emptied
        return columns

    def differences(self, given, stored) -> list[str]:
        return [
            name
            for name, field in self.fields.items()
            if not field.settled and not field.same(given.get(name), stored.get(name))
        ]

    def mentions(self, document):
        for field in self.mentioning_fields:
            if field.name in document:
                yield from field.mentions(document[field.name])

    def rows_of(self, given, stored):
        """Fields with rows of their own, each with what is given and what is stored."""
        for field in [*self.gathered_fields, *self.derived]:
            if hasattr(field, "rows_of"):
                yield from field.rows_of(given, stored)
            else:
                yield field, given.get(field.name, []), stored.get(field.name, [])
