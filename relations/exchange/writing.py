"""Lines that create or change something, written to the database many at a time."""

from collections import defaultdict
from uuid import UUID

from relations.models.record import FormerNumber, Record

from .insertion import insert, insert_instances, instance_of


class Writer:
    """Writes the lines of one type; what they refer to has been found before."""

    def __init__(self, definition, found):
        self.definition = definition
        self.found = found
        self.notes = []

    def write(self, lines):
        self.create([line for line in lines if line.owner is None])
        self.update([line for line in lines if line.owner is not None])

    def create(self, lines):
        numbers = self.free_numbers(lines)
        by_model = defaultdict(list)
        for line in lines:
            line.instance = self.new(line, numbers.get(line.position))
            by_model[type(line.instance)].append(line.instance)
        for model, instances in by_model.items():
            insert_instances(model, instances)
        self.write_rows(lines)

    def new(self, line, number):
        shape = self.definition.shape_of(line.document)
        columns = shape.store(line.document, self.found)
        if self.definition.is_identified:
            columns["uuid"] = UUID(line.uuid)
        if self.definition.is_published:
            columns["is_public"] = line.is_public
        if self.definition.numbered:
            columns["id"] = number
            if number and self.definition.model is not shape.model:
                columns[shape.model._meta.pk.attname] = number
        instance = instance_of(shape.model, columns)
        if isinstance(instance, Record):
            instance.complete()
        return instance

    def free_numbers(self, lines) -> dict:
        """The numbers that lines ask for and that nothing has had before, by the lines' position."""
        if not self.definition.numbered:
            return {}
        wanted = [line.document["number"] for line in lines if "number" in line.document]
        taken = set(self.definition.model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        if self.definition.model is Record:
            taken |= set(FormerNumber.objects.filter(number__in=wanted).values_list("number", flat=True))
        numbers = {}
        for line in lines:
            number = line.document.get("number")
            if number in taken:
                self.notes.append((line, f"number {number} is taken; it gets a new one"))
            elif number:
                numbers[line.position] = number
                taken.add(number)
        return numbers

    def update(self, lines):
        by_model = defaultdict(list)
        for line in lines:
            by_model[self.definition.shape_of(line.document).model].append(line)
        for model, changed in by_model.items():
            instances = model._base_manager.in_bulk([line.owner for line in changed])
            for line in changed:
                line.instance = instances[line.owner]
                self.change(line)
        self.write_rows(lines)

    def change(self, line):
        shape = self.definition.shape_of(line.document)
        for name, value in shape.store(line.document, self.found, line.changes).items():
            setattr(line.instance, name, value)
        if self.definition.is_published:
            line.instance.is_public = line.is_public
        line.instance.save()

    def write_rows(self, lines):
        """Replace the rows of changed parts, sectors and places; a part keeps its key."""
        outdated, rows = defaultdict(list), defaultdict(list)
        for line in lines:
            shape = self.definition.shape_of(line.document)
            for field, given, stored in shape.rows_of(line.document, line.stored):
                if field.same(given, stored):
                    continue
                owner = line.instance.pk
                if stored:
                    outdated[field].append(owner)
                rows[field] += field.rows(field.completed(given, stored, line.uuid), owner, self.found)
        for field, owners in outdated.items():
            field.owned(owners).delete()
        for field in rows:
            insert(field.model, rows[field])
