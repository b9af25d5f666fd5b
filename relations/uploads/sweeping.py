"""Stored files that nothing names: left by a process that was killed, or dropped by every revision."""

import re
from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast
from django.utils.timezone import is_naive, make_aware, now

from .fields import STEM, upload_fields

# A file is stored before the row that names it is committed.
LEAST_AGE = timedelta(days=1)
BATCH = 500
NAMED = re.compile(r"\w+/[0-9a-f]{32}(?=[-.])", re.ASCII)


def sweep(least_age=LEAST_AGE) -> int:
    """Delete what nothing names; return the number of files deleted."""
    strays = [(field, name) for field in upload_fields() for name in strays_of(field, least_age)]
    stems = {stem_of(name) for _field, name in strays}
    stems -= named_in_documents(stems)
    doomed = [(field, name) for field, name in strays if stem_of(name) in stems]
    for field, name in doomed:
        field.storage.delete(name)
    return len(doomed)


def stem_of(name):
    stem = STEM.fullmatch(name)
    return stem[1] if stem else name


def strays_of(field, least_age):
    """Yield the stored names that no row of the field accounts for and that are old enough to judge."""
    try:
        _folders, files = field.storage.listdir(field.folder)
    except FileNotFoundError:
        return
    names = [f"{field.folder}/{file}" for file in files]
    for start in range(0, len(names), BATCH):
        batch = names[start : start + BATCH]
        named = named_by_rows(field, batch)
        yield from (name for name in batch if name not in named and is_old(field.storage, name, least_age))


def named_by_rows(field, names):
    originals = {original for name in names for original in field.originals(name)}
    holders = field.model._base_manager.filter(**{f"{field.attname}__in": originals})
    return {name for holder in holders for name in field.names(holder)}


def is_old(storage, name, least_age):
    try:
        written = storage.get_modified_time(name)
    except FileNotFoundError:
        return False
    return (make_aware(written) if is_naive(written) else written) <= now() - least_age


def named_in_documents(stems) -> set:
    """Return those of the names that a JSON document of the site mentions: revisions keep their files."""
    found = set()
    if not stems:
        return found
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.JSONField):
                texts = model._base_manager.annotate(text=Cast(field.attname, models.TextField()))
                for text in texts.values_list("text", flat=True).order_by().iterator(BATCH):
                    found.update(stems.intersection(NAMED.findall(text or "")))
    return found


def complete_all() -> int:
    """Make the sizes that stored pictures lack, as after an import; return how many pictures lacked some."""
    number = 0
    for field in upload_fields():
        for holder in field.model._base_manager.exclude(**{field.attname: ""}).iterator(BATCH):
            number += field.complete(holder)
    return number
