"""New rows, many at a time, also of models that extend another."""

from django.db import connection
from django.db.models import Model
from django.db.models.fields import AutoFieldMixin

BATCH = 500


def insert(model: type[Model], rows: list[dict]) -> list[Model]:
    """Insert rows given as columns; the other columns get the fields' defaults."""
    return insert_instances(model, [instance_of(model, row) for row in rows])


def instance_of(model: type[Model], columns: dict) -> Model:
    # By position, which Django and modeltranslation take several times faster than by name.
    return model(*[columns.get(name, default) for name, default in defaults_of(model)])


def defaults_of(model) -> list[tuple]:
    if model not in known_defaults:
        known_defaults[model] = [(field.attname, field.get_default()) for field in model._meta.concrete_fields]
    return known_defaults[model]


known_defaults = {}


def insert_instances(model: type[Model], instances: list[Model]) -> list[Model]:
    if not instances:
        return instances
    parents = [(parent, link) for parent, link in model._meta.parents.items() if link]
    for parent, link in parents:
        insert_numbered(parent, instances)
        for instance in instances:
            setattr(instance, link.attname, getattr(instance, parent._meta.pk.attname))
    if parents:
        insert_own_columns(model, instances)
    else:
        insert_numbered(model, instances)
    return instances


def insert_numbered(model, instances):
    """Insert instances whose key is given, then those that the database numbers."""
    key = model._meta.pk
    given = [instance for instance in instances if getattr(instance, key.attname) is not None]
    others = [instance for instance in instances if getattr(instance, key.attname) is None]
    if given:
        model._base_manager.bulk_create(given, batch_size=BATCH)
        if isinstance(key, AutoFieldMixin):
            advance_sequence(model)
    model._base_manager.bulk_create(others, batch_size=BATCH)


def insert_own_columns(model, instances):
    """Insert the rows of a model that extends another; `bulk_create` refuses such models altogether."""
    fields = model._meta.local_concrete_fields
    size = min(BATCH, connection.ops.bulk_batch_size(fields, instances))
    for start in range(0, len(instances), size):
        model._base_manager.all()._insert(instances[start : start + size], fields=fields, using=connection.alias)


def advance_sequence(model):
    """Let PostgreSQL number on after the highest number that was given; never back, for numbers are permanent."""
    if connection.vendor != "postgresql":
        return
    table, column = model._meta.db_table, model._meta.pk.column
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(sequence, greatest(highest, pg_sequence_last_value(sequence))) FROM"
            " (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence,"
            f" (SELECT max({quote(column)}) FROM {quote(table)}) AS highest) AS numbers",
            [quote(table), column],
        )
