"""Lines that create or change something, written to the database many at a time."""

from collections import defaultdict

from relations.models import FormerNumber, Record

from .insertion import insert, new_numbers


class Writer:
    """Writes the lines of one type; what they refer to has been found before."""

    def __init__(self, definition, found, versions):
        self.definition = definition
        self.found = found
        self.versions = versions
        self.notes = []

    def write(self, lines):
        new = [line for line in lines if line.owner is None]
        changed = [line for line in lines if line.owner is not None]
        numbers = self.create(new) if new else {}
        self.update(changed)
        self.write_rows(
            [(line, numbers[line.key]) for line in new] + [(line, line.owner) for line in changed]
        )

    def create(self, lines) -> dict:
        """Insert the things themselves; return their primary keys."""
        numbers = self.numbers_for(lines) if self.definition.numbered else {}
        rows = defaultdict(list)
        for line in lines:
            rows[self.definition.shape_of(line.document).model].append(
                self.columns(line, numbers.get(line.key))
            )
        for model in rows:
            insert(model, rows[model])
        return numbers or self.definition.numbers_of([line.key for line in lines])

    def columns(self, line, number) -> dict:
        shape = self.definition.shape_of(line.document)
        columns = shape.store(line.document, self.found)
        if self.definition.is_identified:
            columns |= shape.fields["uuid"].store(line.uuid, self.found)
        if self.definition.is_published:
            columns["is_public"] = line.is_public
            columns |= self.versions.stamps(line.is_public)
        if number is not None:
            columns |= {"id": number, shape.model._meta.pk.attname: number}
        if self.definition.model is Record:
            columns |= completed(shape.model, columns)
        return columns

    def numbers_for(self, lines) -> dict:
        """A number for every line by its key: the one it asks for, if nothing has had that, or a new one."""
        wanted = [line.document["number"] for line in lines if "number" in line.document]
        taken = self.taken(wanted)
        numbers = {}
        for line in lines:
            number = line.document.get("number")
            if number in taken:
                self.notes.append((line, f"number {number} is taken; it gets a new one"))
            elif number:
                numbers[line.key] = number
                taken.add(number)
        others = [line.key for line in lines if line.key not in numbers]
        above = max(numbers.values(), default=0)
        return numbers | dict(
            zip(others, new_numbers(self.definition.model, len(others), above), strict=True)
        )

    def taken(self, numbers) -> set:
        taken = set(self.definition.model._base_manager.filter(pk__in=numbers).values_list("pk", flat=True))
        if self.definition.model is Record:
            taken |= set(FormerNumber.objects.filter(number__in=numbers).values_list("number", flat=True))
        return taken

    def update(self, lines):
        by_model = defaultdict(list)
        for line in lines:
            by_model[self.definition.shape_of(line.document).model].append(line)
        for model, changed in by_model.items():
            instances = model._base_manager.in_bulk([line.owner for line in changed])
            for line in changed:
                self.change(line, instances[line.owner])

    def change(self, line, instance):
        if self.definition.is_published:
            self.versions.keep(instance)
        shape = self.definition.shape_of(line.document)
        for name, value in shape.store(line.document, self.found, line.changes).items():
            setattr(instance, name, value)
        if self.definition.is_published:
            self.versions.stamp(instance, line.is_public)
            instance.is_public = line.is_public
        instance.save()

    def write_rows(self, owners):
        """Replace the rows of changed parts, sectors and places; a part keeps its key."""
        outdated, rows = defaultdict(list), defaultdict(list)
        for line, owner in owners:
            shape = self.definition.shape_of(line.document)
            for field, given, stored in shape.rows_of(line.document, line.stored):
                if field.same(given, stored):
                    continue
                if stored:
                    outdated[field].append(owner)
                rows[field] += field.rows(field.completed(given, stored, line.uuid), owner, self.found)
        for field, numbers in outdated.items():
            field.owned(numbers).delete()
        for field in rows:
            insert(field.model, rows[field])


def completed(model, columns) -> dict:
    """What the model itself derives from other columns, by its own `complete`."""
    # An object that only holds the columns: one made by its class is prepared for queries, at some cost.
    record = model.__new__(model)
    vars(record).update(columns)
    record.complete()
    own = (field.attname for field in model._meta.local_concrete_fields if not field.editable)
    return {name: getattr(record, name) for name in ("plain_words", *own) if name not in columns}
