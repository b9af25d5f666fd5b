"""Lines of one type, compared with what is stored, and written where they differ."""

from copy import deepcopy

from django.db import DataError, IntegrityError, transaction

from .files import File
from .refusal import reason_of
from .writing import Writer
from .wrong import Wrong, shown

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


class Group:
    """Lines of one type out of one batch of an import."""

    def __init__(self, run, definition):
        self.run = run
        self.definition = definition

    def apply(self, lines):
        lines = [line for line in self.compared(lines) if self.refers_well(line)]
        self.write([line for line in lines if self.is_to_be_written(line)])
        for line in lines:
            if line.waits:
                self.run.ledger.set_aside(line.position, line.status, line.raw)
            else:
                self.run.finish(line)

    # What a line would change

    def compared(self, lines):
        stored = self.definition.stored({line.key for line in lines})
        for line in lines:
            if line.key in stored:
                line.owner, line.stored = stored[line.key]
        belongs = self.owners_of_uuids(lines)
        for line in lines:
            try:
                self.compare(line, belongs)
            except Wrong as wrong:
                self.run.refuse(line.position, wrong)
            else:
                yield line
        return

    def owners_of_uuids(self, lines) -> dict:
        if not self.definition.is_identified:
            return {}
        for line in lines:
            line.uuid = line.stored.get("uuid") or self.definition.uuid_of(line.document)
        new = [line.uuid for line in lines if line.owner is None]
        rows = self.definition.model._base_manager.filter(uuid__in=new).values_list("uuid", "ref")
        return {str(uuid): ref for uuid, ref in rows}

    def compare(self, line, belongs):
        shape = self.definition.shape_of(line.document)
        if line.owner is None:
            if line.uuid in belongs:
                raise Wrong(f"{shown(line.key)} is known here as {shown(belongs[line.uuid])}", "uuid")
            line.is_public = self.run.publish and line.document.get("public", True)
            return
        for name in ("kind", "uuid", "ref"):
            if shape.fields[name].settled if name in shape.fields else False:
                self.must_agree(line, name)
        line.changes = shape.differences(line.document, line.stored)
        if self.definition.is_published:
            self.compare_publication(line)

    def must_agree(self, line, name):
        if line.document.get(name, line.stored[name]) != line.stored[name]:
            raise Wrong(f"{shown(line.document[name])} cannot replace {shown(line.stored[name])}", name)

    def compare_publication(self, line):
        was_public = line.stored.get("public", True)
        wanted = line.document.get("public", True)
        if self.run.publish:
            line.is_public = wanted
        elif was_public and (line.changes or not wanted):
            what = ", ".join(line.changes or ["public"])
            raise Wrong(f"{shown(line.key)} is public and would change ({what}); use --publish to change it")
        else:
            line.is_public = was_public
        if line.is_public != was_public:
            line.changes.append("public")

    def is_to_be_written(self, line):
        return line.owner is None or line.changes

    # What a line refers to

    def refers_well(self, line) -> bool:
        """Whether all that the line refers to is there, or may still come."""
        return True

    def write(self, lines):
        raise NotImplementedError
