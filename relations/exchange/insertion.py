"""New rows, many at a time, also of models that extend another.

`bulk_create` refuses models that extend another, and prepares each value of each row through a dozen calls,
which is most of the time of a large import. Here rows are columns by name, ready but for what the database
driver needs; they are made ready a column at a time, and go through one prepared statement.
"""

from functools import cache
from itertools import repeat
from operator import itemgetter

from django.db import connection
from django.db.models import Model

# Values of these types reach every column of ours as they are.
PLAIN = {str, int, bool, type(None)}


def insert(model: type[Model], rows: list[dict]):
    """Insert rows into the model's table, and before that into those of the models it extends.

    All rows give the same columns. A column that is not given gets the field's default; a key that is not
    given is made by the database.
    """
    for parent in model._meta.parents:
        insert(parent, rows)
    if not rows:
        return
    given = rows[0].keys()
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not field.primary_key or field.attname in given
    ]
    columns = [
        ready(field, list(map(itemgetter(field.attname), rows)))
        if field.attname in given
        else repeat(default_of(field), len(rows))
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            statement(model, [field.column for field in fields]), list(zip(*columns, strict=True))
        )


@cache
def default_of(field):
    (value,) = ready(field, [field.get_default()])
    return value


def statement(model, columns) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 names of models and columns


def ready(field, values: list) -> list:
    """Return the values of a column as the driver takes them."""
    if PLAIN.issuperset(map(type, values)):
        return values
    return [value if type(value) in PLAIN else field.get_db_prep_save(value, connection) for value in values]


def new_numbers(model: type[Model], count: int, above: int = 0) -> list[int]:
    """Take numbers that no row of the model has had, above those that are about to be given by hand.

    Numbers stand in addresses, so the database must never give one again: its own count is only moved on.
    """
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), column]
            )
            (sequence,) = cursor.fetchone()
            if above:
                moved = "SELECT setval(%s::regclass, greatest(%s, pg_sequence_last_value(%s::regclass)))"
                cursor.execute(moved, [sequence, above, sequence])
            cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, count])
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
        last = max(last, above)
        return list(range(last + 1, last + 1 + count))
