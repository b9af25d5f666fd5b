"""What only one kind of record has: a visit's level, an agreement's dates and acts."""

from .values import Field
from .wrong import Wrong, is_empty


class Details(Field):
    """An object within a record's line whose columns stand in the table of the record's kind."""

    says = "object, see below"
    default = None
    required = False

    def __init__(self, shape):
        self.name = "details"
        self.shape = shape
        self.columns = tuple(shape.columns)

    def accept(self, given, document):
        value = given.get(self.name)
        try:
            details = self.shape.check({} if is_empty(value) else value)
        except Wrong as wrong:
            raise wrong.within(self.name) from None
        if details:
            document[self.name] = details

    def read(self, values):
        return self.shape.read_row(values)

    def gather(self, documents):
        """Add the rows of the details' own parts, and drop details that say nothing."""
        details = {owner: document.setdefault(self.name, {}) for owner, document in documents.items()}
        for field in self.shape.gathered_fields:
            field.gather(details)
        for owner, document in documents.items():
            document[self.name] = self.shape.ordered(details[owner])
            if not document[self.name]:
                del document[self.name]

    def store(self, value, found):
        return self.shape.store(value or {}, found)

    def mentions(self, value):
        for model, key, path, later in self.shape.mentions(value):
            yield model, key, (self.name, *path), later

    def same(self, given, stored):
        return not self.shape.differences(given or {}, stored or {})

    def rows_of(self, given, stored):
        return self.shape.rows_of(given.get(self.name, {}), stored.get(self.name, {}))

    def trimmed(self, details, owner_uuid):
        return self.shape.trimmed(details, owner_uuid)

    @property
    def meaning(self):
        return "What only this kind of record has"
