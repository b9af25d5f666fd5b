"""Lines of one type, compared with what is stored, and written where they differ."""

from django.db import DataError, IntegrityError, transaction

from relations.models import Relation

from .files import File
from .formats import DEFINITIONS
from .refusal import reason_of
from .versions import against_public
from .writing import Writer
from .wrong import Wrong, shown

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


class Group:
    """Lines of one type out of one batch of an import."""

    def __init__(self, run, definition):
        self.run = run
        self.definition = definition

    def apply(self, lines):
        lines = self.compared(lines)
        unchanged = [line for line in lines if line.owner is not None and not line.changes]
        changing = [line for line in lines if line.owner is None or line.changes]
        written = self.write(self.referring_well(changing))
        for line in lines:
            if line.waits:
                self.run.ledger.set_aside(line.position, line.status, line.raw)
        for line in [*unchanged, *written]:
            line.status = line.status or UNCHANGED
            if not line.waits:
                self.run.finish(line)

    # What a line would change

    def compared(self, lines) -> list:
        stored = self.definition.stored({line.key for line in lines})
        for line in lines:
            line.owner, line.stored = stored.get(line.key, (None, {}))
        others = self.owners_of_uuids(lines)
        return [line for line in lines if self.is_allowed(line, others)]

    def owners_of_uuids(self, lines) -> dict:
        """The references of things that have the uuid a new line asks for."""
        if not self.definition.is_identified:
            return {}
        for line in lines:
            line.uuid = line.stored.get("uuid") or self.definition.uuid_of(line.document)
        wanted = [line.uuid for line in lines if line.owner is None]
        rows = self.definition.model._base_manager.filter(uuid__in=wanted).values_list("uuid", "ref")
        return {str(uuid): ref for uuid, ref in rows}

    def is_allowed(self, line, others) -> bool:
        try:
            if line.owner is None:
                self.check_new(line, others)
            else:
                self.compare(line)
        except Wrong as wrong:
            self.run.refuse(line.position, wrong)
            return False
        return True

    def check_new(self, line, others):
        if line.uuid in others:
            name = "uuid" if "uuid" in line.document else self.definition.named_in
            raise Wrong(f"{shown(line.key)} is known here as {shown(others[line.uuid])}", name)
        line.is_public = self.run.publish and line.document.get("public", True)

    def compare(self, line):
        shape = self.definition.shape_of(line.document)
        self.check_identity(line, shape)
        line.changes = shape.differences(line.document, line.stored)
        if self.definition.is_published:
            self.decide_publication(line)

    def check_identity(self, line, shape):
        """A line cannot change what a thing is known by; only its number may differ, as after a move."""
        for name, field in shape.fields.items():
            if not field.settled or name in ("number", "public") or name not in line.document:
                continue
            if line.document[name] not in (line.stored[name], line.key):
                raise Wrong(f"{shown(line.document[name])} cannot replace {shown(line.stored[name])}", name)

    def decide_publication(self, line):
        was_public = line.stored.get("public", True)
        wanted = line.document.get("public", True)
        line.is_public = wanted if self.run.publish else was_public
        if not self.run.publish and was_public and (line.changes or not wanted):
            changes = ", ".join(line.changes or ["public"])
            raise Wrong(f"{shown(line.key)} is public and would change ({changes}); that needs --publish")
        if line.is_public != was_public:
            line.changes.append("public")
        if line.is_public and line.changes:
            reason = against_public(self.definition.model, line.owner, was_public, line.document)
            if reason:
                raise Wrong(f"{shown(line.key)} {reason}; that is published in the admin", "public")

    # What a line refers to

    def referring_well(self, lines) -> list:
        shape_of = self.definition.shape_of
        mentions = {line: list(shape_of(line.document).mentions(line.document)) for line in lines}
        self.run.found.look_up([mention for own in mentions.values() for mention in own])
        return [line for line in lines if self.refers_well(line, mentions[line])]

    def refers_well(self, line, mentions) -> bool:
        """Whether the line can be written now, for some of what it refers to may still come."""
        missing = [mention for mention in mentions if not self.run.found.has(*mention[:2])]
        if not missing:
            return True
        if self.run.is_final or any(isinstance(target, File) for target, *_rest in missing):
            self.refuse_for(line, missing)
            return False
        line.waits = True
        if not all(later for *_mention, later in missing):
            return False
        line.document = without(line.document, [path for _target, _key, path, _later in missing])
        if line.owner is not None:
            self.compare(line)
        return line.owner is None or bool(line.changes)

    def refuse_for(self, line, missing):
        for target, key, path, _later in missing:
            # A relation is missing only where a country is; what a wrong line describes is no second fault.
            if target is not Relation and not self.is_in_wrong_line(target, key):
                self.run.refuse(line.position, Wrong(self.run.found.reason(target, key), *path))

    def is_in_wrong_line(self, target, key) -> bool:
        names = [definition.name for definition in DEFINITIONS.values() if definition.model is target]
        return any(self.run.ledger.line_of(name, key) for name in names)

    # What is written

    def write(self, lines) -> list:
        if not lines:
            return []
        writer = Writer(self.definition, self.run.found, self.run.versions)
        try:
            with transaction.atomic():
                writer.write(lines)
        except (IntegrityError, DataError):
            return self.write_one_by_one(lines)
        for line in lines:
            self.tell(line)
        for line, text in writer.notes:
            self.run.watcher.note(self.run.place(line.position), text)
        return lines

    def write_one_by_one(self, lines) -> list:
        """Find the lines that the database refuses."""
        for line in lines:
            try:
                with transaction.atomic():
                    Writer(self.definition, self.run.found, self.run.versions).write([line])
            except (IntegrityError, DataError) as error:
                path, reason = reason_of(error)
                self.run.refuse(line.position, Wrong(reason, *path))
        return lines

    def tell(self, line):
        status = CREATED if line.owner is None else UPDATED
        if not line.status or line.status == UNCHANGED:
            line.status = status
            self.run.watcher.change(self.run.place(line.position), status, line)


def without(document, paths) -> dict:
    """The document without the parts, or else the fields, that refer to what is under the paths."""
    parts = {path[:2] for path in paths if len(path) > 2}
    fields = {path[0] for path in paths if len(path) == 1}
    reduced = {name: value for name, value in document.items() if name not in fields}
    for name in {name for name, _number in parts}:
        reduced[name] = [part for number, part in enumerate(document[name]) if (name, number) not in parts]
    return reduced
