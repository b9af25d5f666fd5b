"""One type of line: what it is known by, what it holds, and how its objects are found."""

from types import SimpleNamespace

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Collate

from relations.models import Record, Relation
from relations.models.base import Identified, Published, as_ref, uuid_for

from .citations import states_fit
from .references import Number, Public, Ref, named_by, pair_ref
from .shape import Shape
from .values import Identifier
from .wrong import Wrong, unknown

# Sorts by code point, so that a bundle has the same order on every database.
BYTEWISE = {"postgresql": "C", "sqlite": "BINARY"}


class Definition:
    """A type of line. The first fields say what the thing is; those of every identified thing are added."""

    def __init__(self, name, model, fields, *, natural=False, numbered=False, **options):
        self.name = name
        self.model = model
        self.key = named_by(model)
        # The field that a fault of the key is reported under.
        self.named_in = self.key
        self.natural = natural
        self.numbered = numbered
        self.is_identified = issubclass(model, Identified)
        self.is_published = issubclass(model, Published)
        self.options = options
        self.shape = self.shape_with(model, fields)

    def shape_with(self, model, fields) -> Shape:
        head = []
        if self.is_identified:
            head = [Ref(self.model, "ref", required=not self.natural), Identifier(self.model, "uuid")]
        if self.numbered:
            head.append(Number(self.model))
        tail = [Public(self.model)] if self.is_published else []
        shape = Shape(model, [*head, *fields, *tail], **self.options)
        if "sources" in shape.fields:
            shape.rules = [*shape.rules, states_fit(shape)]
        return shape

    @property
    def shapes(self) -> list[Shape]:
        return [self.shape]

    def shape_of(self, document) -> Shape:
        return self.shape

    def check(self, given) -> dict:
        """Return a line's content in canonical form; raise `Wrong` with all that is wrong."""
        given = {name: value for name, value in given.items() if name != "type"}
        shape = self.shape_of(given)
        document = shape.check(given)
        if self.is_identified:
            self.name_it(shape, document)
        return document

    def name_it(self, shape, document):
        """Complete reference and uuid by the models' own rules where the line does not give them."""
        if "ref" not in document:
            attributes = {}
            for field in shape.stored_fields:
                if not field.settled or field.name in document:
                    attributes |= field.stand_in(document.get(field.name))
            document["ref"] = as_ref(self.model.natural_ref(SimpleNamespace(**attributes)))
            if len(document["ref"]) > self.model._meta.get_field("ref").max_length:
                raise Wrong("the reference that follows is too long; give a shorter one", "ref")

    def uuid_of(self, document) -> str:
        return document.get("uuid") or str(uuid_for(self.model, document["ref"]))

    def key_of(self, document) -> str:
        return document[self.key]

    def stored(self, keys) -> dict:
        """The objects that exist with these keys: key → (primary key, document)."""
        documents = self.load(self.model._base_manager.filter(**{f"{self.key}__in": list(keys)}))
        return {self.key_of(document): (number, document) for number, document in documents.items()}

    def load(self, queryset) -> dict:
        return self.shape.load(queryset)

    def numbers_of(self, keys) -> dict:
        """The primary keys of things that exist."""
        return dict(self.model._base_manager.filter(**{f"{self.key}__in": keys}).values_list(self.key, "pk"))

    def in_order(self) -> QuerySet:
        collation = BYTEWISE[connection.vendor]
        return self.model._base_manager.order_by(Collate(F(self.key), collation))


class RelationDefinition(Definition):
    """Relations are known by their two countries."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.named_in = "countries"

    def key_of(self, document):
        return pair_ref(document["countries"])

    def stored(self, keys):
        numbers = self.numbers_of(keys).values()
        documents = self.load(Relation._base_manager.filter(pk__in=list(numbers)))
        return {self.key_of(document): (number, document) for number, document in documents.items()}

    def numbers_of(self, keys):
        codes = {code.upper() for key in keys for code in key.split("-")}
        among = Relation._base_manager.filter(country_a__code__in=codes, country_b__code__in=codes)
        rows = among.values_list("pk", "country_a__code", "country_b__code")
        return {pair_ref(pair): number for number, *pair in rows if pair_ref(pair) in keys}


class RecordDefinition(Definition):
    """Records have a shape for each kind."""

    def __init__(self, name, fields, kinds, **options):
        super().__init__(name, Record, fields, numbered=True, **options)
        self.kinds = {
            str(details.shape.model.own_kind): self.shape_with(details.shape.model, [*fields, details])
            for details in kinds
        }

    @property
    def shapes(self):
        return list(self.kinds.values())

    def shape_of(self, document):
        kind = document.get("kind")
        if not isinstance(kind, str) or kind not in self.kinds:
            message = "is missing" if kind is None else unknown("kind of record", kind, self.kinds)
            raise Wrong(message, "kind")
        return self.kinds[kind]

    def load(self, queryset):
        kinds = dict(queryset.values_list("pk", "kind"))
        documents = {}
        for kind, shape in self.kinds.items():
            numbers = [number for number, own in kinds.items() if own == kind]
            if numbers:
                documents |= shape.load(shape.model._base_manager.filter(pk__in=numbers))
        return {number: documents[number] for number in kinds}
