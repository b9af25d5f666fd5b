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

    A foreign key that the rows are to bring along is named by `select_related` of the queryset; of the rows
    themselves, `only` the columns that it names are read.
    """

    def __init__(self, name, queryset):
        self.name = name
        self.model = queryset.model
        self.related = list(queryset.query.select_related or ())
        # Rows may have parts themselves.
        self.parts = queryset.parts if isinstance(queryset, NestingQuerySet) else ()
        self.own = columns_read(queryset)
        paths = [field.attname for field in self.own]
        for key in self.related:
            others = self.model._meta.get_field(key).related_model._meta.concrete_fields
            paths += [f"{key}__{field.attname}" for field in others]
        paths += [PREFIX + part.name for part in self.parts]
        self.columns = {f"column_{number}": F(path) for number, path in enumerate(paths)}
        self.queryset = queryset.select_related(None)

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
        row = from_columns(self.model, self.own, values, connection)
        for key in self.related:
            model = self.model._meta.get_field(key).related_model
            setattr(row, key, from_columns(model, model._meta.concrete_fields, values, connection))
        for part in self.parts:
            part.give(row, part.read(next(values), connection.alias))
        return row

    def give(self, thing, rows):
        """Let an object have its rows as `prefetch_related` leaves them behind."""
        related = getattr(thing, self.name).all()
        related._result_cache = rows
        related._prefetch_done = True
        if not hasattr(thing, "_prefetched_objects_cache"):
            thing._prefetched_objects_cache = {}
        thing._prefetched_objects_cache[self.name] = related


class LoosePart(Part):
    """Rows that no key of theirs ties to the object: their query says whose they are, by `OuterRef`."""

    def give(self, thing, rows):
        setattr(thing, self.name, rows)


def columns_read(queryset):
    """Return the columns of the rows' own that a query reads: all, or those that its `only` names."""
    fields = queryset.model._meta.concrete_fields
    names, is_deferred = queryset.query.deferred_loading
    if is_deferred:
        return [field for field in fields if field.name not in names]
    return [field for field in fields if field.primary_key or field.name in names or field.attname in names]


def belonging(model, name, queryset):
    """Narrow a queryset to the rows that belong to an object of a query outside."""
    field = model._meta.get_field(name)
    if field.one_to_many:
        return queryset.filter(**{field.field.attname: OuterRef("pk")})
    mine = {field.m2m_field_name(): OuterRef(OuterRef("pk"))}
    others = field.remote_field.through.objects.filter(**mine)
    return queryset.filter(pk__in=others.values(field.m2m_reverse_field_name()))


def from_columns(model, fields, values, connection):
    """Return the object whose columns come next among the values; None where there is none."""
    row = [next(values) for _field in fields]
    if row[fields.index(model._meta.pk)] is None:
        return None
    found = [converted(field, value, connection) for field, value in zip(fields, row, strict=True)]
    return model.from_db(connection.alias, [field.attname for field in fields], found)


def converted(field, value, connection):
    """Return a value as reading the column itself would give it."""
    if isinstance(value, list | dict):
        # A column of JSON, which the database did not hand over as text within text.
        return value
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
                part.give(thing, part.read(thing.__dict__.pop(PREFIX + part.name), self.queryset.db))
            yield thing


class NestingQuerySet(QuerySet):
    """A queryset that can bring along what belongs to its objects without a query for it."""

    parts = ()

    def nesting(self, **querysets):
        """Read with each object the rows under some of its names, as `prefetch_related` would, in one query.

        `nesting(sector_links=RecordSector.objects.select_related("sector"))`
        """
        return self.bringing(
            *(Part(name, belonging(self.model, name, queryset)) for name, queryset in querysets.items())
        )

    def nesting_loose(self, **querysets):
        """Read with each object, as a list, the rows of queries that say by `OuterRef` whose they are."""
        return self.bringing(*(LoosePart(name, queryset) for name, queryset in querysets.items()))

    def bringing(self, *parts):
        clone = self.annotate(**{PREFIX + part.name: part.expression for part in parts})
        clone.parts = (*self.parts, *parts)
        clone._iterable_class = NestingIterable
        return clone

    def _clone(self):
        clone = super()._clone()
        clone.parts = self.parts
        return clone
