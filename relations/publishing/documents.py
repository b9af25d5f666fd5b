"""A thing with all its parts and languages as one JSON document, and back again."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.translator import NotRegistered, translator

from relations.dates.fields import PartialDateBoundField
from relations.models import Record
from relations.models.base import Published
from relations.uploads.lifetime import outliving_rollback

# What says whether and since when a thing is public is no part of what it says.
STAMPS = frozenset(field.name for field in Published._meta.fields)
PLAIN = (str, int, bool, list, dict)


class Unfit(Exception):
    """A document no longer fits what is in the database, such as one that names a deleted organisation."""


def columns_of(model):
    """Return the columns that a document holds: texts by language, nothing that follows from others."""
    texts = set(translated_names(model))
    return [
        field
        for field in model._meta.concrete_fields
        if not (
            field.primary_key
            or field.name in texts
            or field.name in STAMPS
            or field.name in ("uuid", "kind", "plain_words")
            or isinstance(field, PartialDateBoundField)
            or (field.is_relation and field.remote_field.parent_link)
        )
    ]


def translated_names(model):
    try:
        return translator.get_options_for_model(model).get_field_names()
    except NotRegistered:
        return ()


def language_columns(model):
    """Return the columns of texts in each language: {code: [field, …]}."""
    found = {}
    for field in model._meta.concrete_fields:
        if hasattr(field, "translated_field"):
            found.setdefault(field.language, []).append(field)
    return found


def choices_of(model):
    """Return the many-to-many fields of a model that somebody fills in, with no rows of their own."""
    return [
        field
        for field in model._meta.many_to_many
        if field.editable and field.remote_field.through._meta.auto_created
    ]


def complete(thing):
    """Return a record as the kind it is; any other thing is complete as it stands."""
    return thing.details if type(thing) is Record else thing


def stored(thing):
    """Return a thing as the database has it, with numbers as precise as its columns are."""
    model = type(complete(thing))
    return model._base_manager.get(pk=thing.pk)


def part_model(model, name):
    """Return the model of a thing's parts of one name, and the foreign key by which they belong to it."""
    relation = model._meta.get_field(name)
    return relation.related_model, relation.field


def capture(thing):
    """Return the document of a thing as it is in the database."""
    thing = stored(thing)
    return {
        "fields": values_of(thing),
        "choices": {
            field.name: sorted(getattr(thing, field.name).values_list("pk", flat=True))
            for field in choices_of(type(thing))
        },
        "parts": {
            name: [
                {"id": str(row.pk), **values_of(row, without=part_model(type(thing), name)[1])}
                for row in getattr(thing, name).order_by(*order_of(type(thing), name))
            ]
            for name in thing.parts
        },
    }


def order_of(model, name):
    part, _key = part_model(model, name)
    return ("position", "pk") if any(field.name == "position" for field in part._meta.fields) else ("pk",)


def values_of(row, without=None):
    return {
        field.attname: plain(field, row)
        for field in columns_of(type(row))
        # A part says itself of which thing it is.
        if field is not without
    }


def plain(field, row):
    """Return the value of a column as JSON can hold it; of a text that may be missing, one emptiness."""
    value = getattr(row, field.attname)
    if value == "" and field.null:
        return None
    if value is None or type(value) in PLAIN:
        return value
    return field.value_to_string(row)


def projected(document, model, held_back):
    """Return the document without the texts of languages that are held back: what visitors may see of it."""
    parts = {
        name: [without_texts(row, part_model(model, name)[0], held_back) for row in rows]
        for name, rows in document["parts"].items()
    }
    return {**document, "fields": without_texts(document["fields"], model, held_back), "parts": parts}


def without_texts(values, model, held_back):
    values = dict(values)
    for code, fields in language_columns(model).items():
        if code in held_back:
            empty = {field.attname: None if field.null else "" for field in fields}
            values |= {name: value for name, value in empty.items() if name in values}
    return values


def hold_back(row, held_back):
    """Empty the texts of a row in languages that are held back, before visitors read it; it is not saved."""
    for code, fields in language_columns(type(row)).items():
        if code in held_back:
            for field in fields:
                setattr(row, field.attname, None)


@transaction.atomic
def apply(thing, document):
    """Write a document into the database: the thing, its choices and its parts, with the parts' own keys.

    Raises Unfit where something it refers to is no longer there.
    """
    thing = complete(thing)
    model = type(thing)
    check_references(document, model)
    fill(thing, document["fields"])
    thing.save()
    for field in choices_of(model):
        getattr(thing, field.name).set(document["choices"].get(field.name, []))
    current = capture(thing)["parts"]
    for name in thing.parts:
        rows = document["parts"].get(name, [])
        if rows != current[name]:
            replace_parts(thing, name, rows)
    thing.settle()
    return thing


def replace_parts(thing, name, rows):
    """Write the parts anew, so that no two of them stand in each other's way on the way there."""
    part, key = part_model(type(thing), name)
    getattr(thing, name).all().delete()
    part._base_manager.bulk_create(fill(part(pk=row["id"], **{key.attname: thing.pk}), row) for row in rows)


def fill(row, values):
    for field in columns_of(type(row)):
        if field.attname in values:
            setattr(row, field.attname, field.to_python(values[field.attname]))
    return row


def check_references(document, model):
    """Raise Unfit, with what is missing in the words of its field, where a reference leads nowhere."""
    wanted = {}
    for row_model, values in rows_of(document, model):
        for field in columns_of(row_model):
            if field.is_relation and values.get(field.attname) is not None:
                wanted.setdefault(field, set()).add(values[field.attname])
    for field in choices_of(model):
        wanted.setdefault(field, set()).update(document["choices"].get(field.name, ()))
    for field, keys in wanted.items():
        known = field.related_model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)
        if missing := keys - set(known) - {str(key) for key in known}:
            raise Unfit(
                _("%(field)s: what was chosen (number %(keys)s) has been deleted since.")
                % {"field": capfirst(field.verbose_name), "keys": ", ".join(map(str, sorted(missing)))}
            )


def rows_of(document, model):
    """Yield the values of the thing and of each of its parts, with their models."""
    yield model, document["fields"]
    for name, rows in document["parts"].items():
        part, _key = part_model(model, name)
        for row in rows:
            yield part, row


@contextmanager
def as_if(thing, document):
    """Within the block the database is as if the document were live; afterwards it is as before.

    Files that are uploaded inside stay, for the draft that is made there names them.
    """
    with outliving_rollback(), transaction.atomic():
        try:
            if document is not None:
                apply(thing, document)
            yield
        finally:
            transaction.set_rollback(True)
