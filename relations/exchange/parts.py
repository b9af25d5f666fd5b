"""Fields with rows of their own: lists of parts, sets of sectors, and what follows from them."""

from itertools import combinations
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError

from relations.models import Record, RecordParty, Relation
from relations.models.base import validate_ref

from .references import pair_ref
from .shape import Shape
from .values import Field, Identifier, text_of
from .wrong import Wrong, shown


class Gathered(Field):
    """A field whose content stands in other tables, read for many objects at once."""

    columns = ()
    default = None

    def __init__(self, model, name, owner, *, required=False):
        self.name = name
        self.model = model
        self.owner = model._meta.get_field(owner)
        self.required = required

    def gather(self, documents):
        """Put the content into the documents of its owners, which are given by primary key."""
        for owner, value in self.values_of(documents):
            documents[owner].setdefault(self.name, []).append(value)

    def completed(self, given, stored, owner_uuid):
        """What is to be stored, with what a line need not repeat."""
        return given

    def owned(self, owners):
        return self.model._base_manager.filter(**{f"{self.owner.attname}__in": list(owners)})

    @property
    def meaning(self):
        return str(self.model._meta.verbose_name_plural).capitalize()


class Parts(Gathered):
    """A list of objects that belong to one other, in order."""

    says = "list of objects, see below"

    def __init__(self, model, name, owner, fields, *, rules=(), together=(), shorthands=(), required=False):
        super().__init__(model, name, owner, required=required)
        identity = Identifier(model, "id")
        self.shape = Shape(model, [identity, *fields], rules, shorthands)
        self.together = together

    def check(self, value):
        if not isinstance(value, list):
            raise Wrong(f"{shown(value)} is not a list")
        parts, problems = [], []
        for number, item in enumerate(value):
            try:
                parts.append(self.shape.check(item))
            except Wrong as wrong:
                problems += wrong.within(number).problems
        if not problems:
            problems = [problem for rule in self.together for problem in rule(parts)]
        if problems:
            raise Wrong.together(problems)
        return parts

    def values_of(self, owners):
        queryset = self.owned(owners).order_by("position", "id")
        rows = list(queryset.values_list("pk", *self.shape.columns, self.owner.attname))
        documents = self.shape.read(rows)
        return [(row[-1], self.shape.ordered(documents[row[0]])) for row in rows]

    def mentions(self, value):
        for number, part in enumerate(value):
            for model, key, path, later in self.shape.mentions(part):
                yield model, key, (self.name, number, *path), later

    def same(self, given, stored):
        given, stored = given or [], stored or []
        return len(given) == len(stored) and all(
            {**new, "id": new.get("id", old["id"])} == old for new, old in zip(given, stored, strict=True)
        )

    def usual_id(self, owner_uuid, number) -> str:
        """The key that a part gets by its place, the same on every database."""
        return str(uuid5(UUID(owner_uuid), f"{self.model._meta.model_name}.{number}"))

    def trimmed(self, parts, owner_uuid):
        """The parts as they are written: a key that follows from the place goes without saying."""
        return [
            {
                name: value
                for name, value in part.items()
                if name != "id" or value != self.usual_id(owner_uuid, number)
            }
            for number, part in enumerate(parts)
        ]

    def completed(self, given, stored, owner_uuid) -> list[dict]:
        """Give each part a key: its own, else that of the row with the same content, else a changed row's."""
        parts = [dict(part) for part in given]
        free = [part for part in stored if part["id"] not in {part.get("id") for part in parts}]
        for part in parts:
            if "id" not in part:
                match = next((old for old in free if {**part, "id": old["id"]} == old), None)
                if match:
                    part["id"] = match["id"]
                    free.remove(match)
        used = {part["id"] for part in parts if "id" in part}
        for number, part in enumerate(parts):
            if "id" not in part:
                part["id"] = free.pop(0)["id"] if free else self.unused_id(owner_uuid, number, used)
                used.add(part["id"])
        return parts

    def unused_id(self, owner_uuid, number, used) -> str:
        while (key := self.usual_id(owner_uuid, number)) in used:
            number += 1
        return key

    def rows(self, parts, owner, found):
        """The columns of the parts of one owner, for insertion."""
        for position, part in enumerate(parts):
            yield {self.owner.attname: owner, "position": position, **self.shape.store(part, found)}


class Names(Gathered):
    """Other things of one sort by their names, in no order that matters."""

    says = "list of slugs"

    def __init__(self, model, name, owner, target, key, *, required=False):
        super().__init__(model, name, owner, required=required)
        self.other = model._meta.get_field(target)
        self.key = key

    def check(self, value):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Wrong(f"{shown(value)} is not a list of texts")
        for number, item in enumerate(value):
            if item in value[:number]:
                raise Wrong(f"{shown(item)} is listed twice", number)
        return self.arranged(value)

    def arranged(self, names):
        return sorted(names)

    def values_of(self, owners):
        names = self.owned(owners).values_list(self.owner.attname, f"{self.other.name}__{self.key}")
        return sorted(names)

    def mentions(self, value):
        for number, name in enumerate(value):
            yield self.other.related_model, name, (self.name, number), False

    def rows(self, names, owner, found):
        for name in names:
            yield {self.owner.attname: owner, self.other.attname: found(self.other.related_model, name)}

    @property
    def meaning(self):
        return str(self.other.related_model._meta.verbose_name_plural).capitalize()


class MainFirst(Names):
    """Names of which the first is the main one."""

    def arranged(self, names):
        return names[:1] + sorted(names[1:])

    def values_of(self, owners):
        rows = self.owned(owners).values_list(self.owner.attname, "is_main", f"{self.other.name}__{self.key}")
        return [
            (owner, name)
            for owner, _is_main, name in sorted(rows, key=lambda row: (row[0], not row[1], row[2]))
        ]

    def rows(self, names, owner, found):
        for number, row in enumerate(super().rows(names, owner, found)):
            # No line names the key of such a row, and no row has a life of its own.
            yield {**row, "id": uuid4().hex, "is_main": number == 0}

    @property
    def meaning(self):
        return f"{super().meaning}; the first is the main one"


class FormerNumbers(Gathered):
    """Numbers of records that were merged into this one. A line may add to them, never remove any."""

    says = "list of whole numbers"
    column = "number"

    def check(self, value):
        if not isinstance(value, list) or not all(type(item) is int and 0 < item < 2**63 for item in value):
            raise Wrong(f"{shown(value)} is not a list of numbers")
        return sorted(set(value))

    def values_of(self, owners):
        return self.owned(owners).order_by(self.column).values_list(self.owner.attname, self.column)

    def same(self, given, stored):
        return set(given or []) <= set(stored or [])

    def completed(self, given, stored, owner_uuid):
        return sorted({*given, *stored})

    def rows(self, numbers, owner, found):
        for number in numbers:
            yield {self.owner.attname: owner, self.column: number}


class FormerRefs(FormerNumbers):
    """References of records that were merged into this one, kept like their numbers."""

    says = "list of references"
    column = "ref"

    def check(self, value):
        if not isinstance(value, list):
            raise Wrong(f"{shown(value)} is not a list of references")
        for number, item in enumerate(value):
            try:
                validate_ref(text_of(item))
            except ValidationError as error:
                raise Wrong(f"{shown(item)}: {error.message}", number) from None
        return sorted(set(value))


class Placing(Gathered):
    """The pair pages a record shows on: those of every two of its countries (`Record.refresh_relations`)."""

    def __init__(self):
        super().__init__(Record.relations.through, "parties", "record")

    def pairs(self, parties):
        codes = {
            part["country"]
            for part in parties or ()
            if "country" in part and part["role"] in RecordParty.JOINING
        }
        return [pair_ref(pair) for pair in combinations(sorted(codes), 2)]

    def same(self, given, stored):
        return self.pairs(given) == self.pairs(stored)

    def mentions(self, value):
        for pair in self.pairs(value):
            yield Relation, pair, (self.name,), False

    def rows(self, parties, owner, found):
        for pair in self.pairs(parties):
            yield {"record_id": owner, "relation_id": found(Relation, pair)}
