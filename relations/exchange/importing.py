"""A bundle comes in: all of it or nothing, in bounded memory."""

import logging
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection, reset_queries, transaction
from django.utils import translation

from .applying import Group
from .definition import Definition
from .files import Folder
from .finding import Found
from .formats import DEFINITIONS
from .ledger import Ledger
from .merged import Merged
from .reading import lines_of, object_of
from .versions import Versions
from .wrong import Wrong, shown, spelt, unknown

logger = logging.getLogger(__name__)

BATCH_LINES = 1000
BATCH_BYTES = 8 * 1024 * 1024
MOST_PROBLEMS = 20
PAGES_KIB = 64 * 1024
# Any number will do, as long as every import asks for the same one.
LOCK = 7_301_846


class BundleError(Exception):
    """The bundle was refused and nothing was changed; the message lists what is wrong, a line each."""


@dataclass(slots=True, eq=False)
class Line:
    """One line on its way into the database."""

    position: int
    raw: bytes
    definition: Definition
    document: dict
    key: str
    status: str = ""  # what has been done already, if the line was set aside in between
    owner: Any = None  # the primary key of the thing, if there is one
    stored: dict = field(default_factory=dict)
    changes: list = field(default_factory=list)
    uuid: str = ""
    is_public: bool = False
    waits: bool = False


class Watcher:
    """Is told how an import goes; commands print it."""

    def progress(self, lines: int):
        """So many lines have been read."""

    def change(self, place: str, status: str, line: Line):
        """A line has created or updated something."""

    def note(self, place: str, text: str):
        """Something that is done differently from what the line says."""


class Import:
    """One run over one or several files that are read as one bundle."""

    def __init__(self, *, publish=False, dry_run=False, files=None, watcher=None):
        self.publish = publish
        self.dry_run = dry_run
        self.folder = Folder(files)
        self.watcher = watcher or Watcher()
        self.found = Found(self.folder)
        self.counts = defaultdict(Counter)
        self.problems = []
        self.starts = []
        self.position = 0
        self.is_final = False

    def run(self, *files: tuple[str, BinaryIO]) -> dict[str, Counter]:
        """Take in (name, stream) pairs; return what was done: type → status → number of lines."""
        self.ledger = Ledger()
        self.versions = Versions()
        taken_over = False
        try:
            make_room()
            with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
                wait_for_other_imports()
                self.merged = Merged()
                self.take_all(files)
                if self.problems:
                    raise BundleError(self.refusal())
                transaction.set_rollback(self.dry_run)
            taken_over = not self.dry_run
        finally:
            self.ledger.close()
            if not taken_over:
                self.folder.discard()
        logger.info("Imported %s lines%s", self.position, " (dry run)" if self.dry_run else "")
        return {name: self.counts[name] for name in DEFINITIONS if name in self.counts}

    def take_all(self, files):
        for name, stream in files:
            self.starts.append((self.position, name))
            raw_lines = lines_of(stream)
            while batch := self.batch(raw_lines):
                self.apply(self.read_each(batch))
                self.watcher.progress(self.position)
                reset_queries()  # which Django would keep, with DEBUG, until memory runs out
                if len(self.problems) >= MOST_PROBLEMS:
                    return
        self.settle()
        if not self.problems:
            self.versions.complete()

    def batch(self, raw_lines) -> list[tuple[int, bytes]]:
        """The next lines with their positions, few enough to be held in memory."""
        batch, size = [], 0
        for raw in raw_lines:
            self.position += 1
            if raw is None or raw.strip():
                batch.append((self.position, raw))
                size += len(raw or b"")
            if len(batch) >= BATCH_LINES or size > BATCH_BYTES:
                break
        return batch

    def read_each(self, batch):
        for position, raw in batch:
            try:
                yield self.read(position, raw)
            except Wrong as wrong:
                self.refuse(position, wrong)

    def read(self, position, raw, status=None) -> Line:
        """Check a line by itself. One that was set aside, and so has a status, has been met before."""
        given = object_of(raw)
        name = given.get("type")
        if not isinstance(name, str) or name not in DEFINITIONS:
            raise Wrong("is missing" if name is None else unknown("type of line", name, DEFINITIONS), "type")
        definition = DEFINITIONS[name]
        try:
            document = definition.check(given)
        except Wrong:
            self.meet(definition, given, position)
            raise
        former = self.merged.renew(definition, document)
        key = definition.key_of(document)
        if former and status is None:
            note = f"{shown(former)} was merged into {shown(key)}; the line is read as describing that"
            self.watcher.note(self.place(position), note)
        earlier = None if status is not None else self.ledger.meet(name, key, position)
        if earlier:
            raise Wrong(f"{shown(key)} is described by {self.place(earlier)} already", definition.named_in)
        return Line(position, raw, definition, document, key, status or "")

    def meet(self, definition, given, position):
        """Remember what a wrong line is about, so that lines which refer to it are not blamed as well."""
        key = given.get(definition.key)
        if isinstance(key, str) and key.isprintable():
            self.ledger.meet(definition.name, key, position)

    def apply(self, lines):
        """Apply lines type by type, in the order in which types refer to each other."""
        groups = defaultdict(list)
        for line in lines:
            groups[line.definition.name].append(line)
        for definition in DEFINITIONS.values():
            if definition.name in groups:
                Group(self, definition).apply(groups[definition.name])
        self.found.forget()

    def settle(self):
        """Apply the lines that wait for others until no more of them can be."""
        left = self.ledger.count_waiting()
        while left:
            self.apply_waiting()
            before, left = left, self.ledger.count_waiting()
            if left == before:
                self.is_final = True
                self.apply_waiting()
                return

    def apply_waiting(self):
        waiting = self.ledger.waiting()
        while batch := list(islice(waiting, BATCH_LINES)):
            self.apply([self.read(position, raw, status or "") for position, status, raw in batch])

    def refuse(self, position, wrong):
        self.problems += [(position, path, message) for path, message in wrong.problems]

    def finish(self, line):
        """Count a line that has been dealt with."""
        self.counts[line.definition.name][line.status] += 1

    def place(self, position) -> str:
        start, name = next((start, name) for start, name in reversed(self.starts) if start < position)
        return f"line {position - start}" if len(self.starts) == 1 else f"{name}, line {position - start}"

    def refusal(self) -> str:
        self.problems.sort(key=lambda problem: problem[0])
        said = [
            f"{self.place(position)}{f', field {spelt(path)}' if path else ''}: {message}"
            for position, path, message in self.problems[:MOST_PROBLEMS]
        ]
        if len(self.problems) >= MOST_PROBLEMS:
            said.append(f"… the first {MOST_PROBLEMS} faults are shown; there may be more.")
        return "\n".join([*said, "Nothing was changed."])


def make_room():
    """Let SQLite hold the pages it comes back to with every line, instead of writing them over and over."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{PAGES_KIB}")


def wait_for_other_imports():
    """Two imports at once would enter the same things twice: the second waits, then finds them there."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
