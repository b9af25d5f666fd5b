"""Rows that belong to an object, read in the same query as the object: one answer for both."""

import json
from decimal import Decimal
from itertools import chain

from django.db import connections
from django.db.models import F, OuterRef, QuerySet, Subquery, TextField
from django.db.models.query import ModelIterable

# What the JSON of some rows is called among the columns of the object that they belong to.
PREFIX = "rows_of_"
LONGEST_PIECE = 90


class Rows(Subquery):
    """The rows of a query as one JSON array of rows, each an array of arrays of values.

    Databases make an array of about a hundred values at once and no more: longer rows come in pieces.
    """

    template = "(SELECT json_group_array(json_array(%(pieces)s)) FROM (%(subquery)s) AS part)"

    def __init__(self, queryset, names):
        super().__init__(queryset.values_list(*names), output_field=TextField())
        self.names = names

    def as_sql(self, compiler, connection, template=None, piece="json_array"):
        starts = range(0, len(self.names), LONGEST_PIECE)
        pieces = [f"{piece}({', '.join(self.names[start : start + LONGEST_PIECE])})" for start in starts]
        return super().as_sql(compiler, connection, template, pieces=", ".join(pieces))

    def as_postgresql(self, compiler, connection):
        template = (
            "(SELECT coalesce(json_agg(json_build_array(%(pieces)s)), '[]')::text "
            "FROM (%(subquery)s) AS part)"
        )
        return self.as_sql(compiler, connection, template, "json_build_array")


class Part:
    """The rows of one model that belong to an object of another, and how to make them of JSON again.

    A foreign key that the rows are to bring along is named by `select_related` of the queryset.
    """

    def __init__(self, model, name, queryset):
        self.name = name
        self.model = queryset.model
        self.related = list(queryset.query.select_related or ())
        paths = [field.attname for field in self.model._meta.concrete_fields]
        for key in self.related:
            others = self.model._meta.get_field(key).related_model._meta.concrete_fields
            paths += [f"{key}__{field.attname}" for field in others]
        self.columns = {f"column_{number}": F(path) for number, path in enumerate(paths)}
        self.queryset = belonging(model, name, queryset).select_related(None)

    @property
    def expression(self):
        return Rows(self.queryset.annotate(**self.columns), list(self.columns))

    def read(self, text, database):
        """Return the rows as objects, in order."""
        connection = connections[database]
        # As the database itself hands over decimal numbers.
        numbers = float if connection.vendor == "sqlite" else Decimal
        rows = json.loads(text, parse_float=numbers)
        return [self.made(chain.from_iterable(pieces), connection) for pieces in rows]

    def made(self, values, connection):
        row = from_columns(self.model, values, connection)
        for key in self.related:
            setattr(row, key, from_columns(self.model._meta.get_field(key).related_model, values, connection))
        return row


def belonging(model, name, queryset):
    """Narrow a queryset to the rows that belong to an object of a query outside."""
    field = model._meta.get_field(name)
    if field.one_to_many:
        return queryset.filter(**{field.field.attname: OuterRef("pk")})
    mine = {field.m2m_field_name(): OuterRef(OuterRef("pk"))}
    others = field.remote_field.through.objects.filter(**mine)
    return queryset.filter(pk__in=others.values(field.m2m_reverse_field_name()))


def from_columns(model, values, connection):
    """Return the object whose columns come next among the values; None where there is none."""
    fields = model._meta.concrete_fields
    row = [next(values) for _field in fields]
    if row[fields.index(model._meta.pk)] is None:
        return None
    found = [converted(field, value, connection) for field, value in zip(fields, row, strict=True)]
    return model.from_db(connection.alias, [field.attname for field in fields], found)


def converted(field, value, connection):
    """Return a value as reading the column itself would give it."""
    column = field.get_col(field.model._meta.db_table)
    for convert in (*connection.ops.get_db_converters(column), *field.get_db_converters(connection)):
        value = convert(value, column, connection)
    # JSON has no dates.
    return field.to_python(value)


class NestingIterable(ModelIterable):
    """The objects of a query, each with the rows that were read with it."""

    def __iter__(self):
        for thing in super().__iter__():
            for part in self.queryset.parts:
                rows = getattr(thing, part.name).all()
                # As prefetch_related leaves them behind.
                rows._result_cache = part.read(thing.__dict__.pop(PREFIX + part.name), self.queryset.db)
                rows._prefetch_done = True
                if not hasattr(thing, "_prefetched_objects_cache"):
                    thing._prefetched_objects_cache = {}
                thing._prefetched_objects_cache[part.name] = rows
            yield thing


class NestingQuerySet(QuerySet):
    """A queryset that can bring along what belongs to its objects without a query for it."""

    parts = ()

    def nesting(self, **querysets):
        """Read with each object the rows under some of its names, as `prefetch_related` would, in one query.

        `nesting(sector_links=RecordSector.objects.select_related("sector"))`
        """
        parts = [Part(self.model, name, queryset) for name, queryset in querysets.items()]
        clone = self.annotate(**{PREFIX + part.name: part.expression for part in parts})
        clone.parts = (*self.parts, *parts)
        clone._iterable_class = NestingIterable
        return clone

    def _clone(self):
        clone = super()._clone()
        clone.parts = self.parts
        return clone
