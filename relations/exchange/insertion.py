"""New rows, many at a time, also of models that extend another.

`bulk_create` refuses models that extend another, and prepares each value of each row through a dozen calls,
which is most of the time of a large import. Here rows are columns by name, ready but for what the database
driver needs, and go through one prepared statement.
"""

from functools import cache

from django.db import connection
from django.db.models import Model

# Values of these types reach every column of ours as they are.
PLAIN = {str, int, bool, type(None)}


def insert(model: type[Model], rows: list[dict]):
    """Insert rows into the model's table, and before that into those of the models it extends.

    A column that is not given gets the field's default; a key that is not given is made by the database.
    """
    for parent in model._meta.parents:
        insert(parent, rows)
    if not rows:
        return
    fields = [field for field in columns_of(model) if not field[0].primary_key or field[1] in rows[0]]
    with connection.cursor() as cursor:
        cursor.executemany(
            statement(model, [field.column for field, _name, _default in fields]),
            [
                [
                    value if type(value := row.get(name, default)) in PLAIN else ready(field, value)
                    for field, name, default in fields
                ]
                for row in rows
            ],
        )


@cache
def columns_of(model):
    return [(field, field.attname, field.get_default()) for field in model._meta.local_concrete_fields]


def statement(model, columns) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 names of models and columns


def ready(field, value):
    return field.get_db_prep_save(value, connection)


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
