"""A bundle goes out: the whole content, in one order, the same bytes for the same content."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TextIO

from django.db import connection, transaction

from .definition import Definition
from .files import File, Folder
from .formats import DEFINITIONS

logger = logging.getLogger(__name__)

CHUNK = 500


def documents_of(definition: Definition) -> Iterator[dict]:
    """All objects of one type, as they stand in a bundle."""
    numbers = definition.in_order().values_list("pk", flat=True).iterator(chunk_size=CHUNK)
    while chunk := list(islice(numbers, CHUNK)):
        documents = definition.load(definition.model._base_manager.filter(pk__in=chunk))
        for number in chunk:
            document = documents[number]
            shape = definition.shape_of(document)
            yield {"type": definition.name, **shape.trimmed(document, document.get("uuid"))}


def line_of(document: dict) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def export(stream: TextIO, files=None) -> int:
    """Write everything, and into a folder the files that it names; return the number of lines."""
    count = 0
    with snapshot():
        for definition in DEFINITIONS.values():
            for document in documents_of(definition):
                stream.write(line_of(document))
                count += 1
        if files:
            collect_files(Folder(files))
    logger.info("Exported %s lines", count)
    return count


def collect_files(folder: Folder):
    """Copy every stored file that a line names."""
    shapes = [shape for definition in DEFINITIONS.values() for shape in definition.shapes]
    fields = {field for shape in shapes for field in shape.every_field() if isinstance(field, File)}
    folder.path.mkdir(parents=True, exist_ok=True)
    for field in fields:
        rows = field.source.model._base_manager.exclude(**{field.attribute: ""})
        for row in rows.values_list(*field.columns):
            value = field.read(row)
            if value:
                folder.collect(field, row[0], value)
            else:
                logger.error("The storage has lost %s; it is not in the bundle.", row[0])


@contextmanager
def snapshot():
    """See the content as of one moment, while editors go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # A plain BEGIN reads without the write lock that Django's own transactions take on SQLite here.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
