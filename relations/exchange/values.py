"""The kinds of single values in a line. Each checks what is written, and knows its columns both ways.

``check`` turns what stands in a line into its canonical form, without looking at the database; ``read`` makes
the same form of a row's columns; ``store`` makes columns of it. Equal content has equal canonical forms.
"""

import re
from datetime import UTC
from decimal import Context
from decimal import Decimal as Number
from functools import cached_property
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.dateparse import parse_datetime

from relations.dates import PartialDate

from .wrong import Wrong, is_empty, shown, unknown

# What no database column, feed or page can hold: controls, halves of surrogate pairs, non-characters.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Wide enough that no digit of a figure is rounded off on its way.
EXACT = Context(prec=100)
INTEGER_RANGES = BaseDatabaseOperations.integer_field_ranges


def text_of(value) -> str:
    if not isinstance(value, str):
        raise Wrong(f"{shown(value)} is not a text; write it in quotation marks")
    if value.isprintable():
        return value
    found = UNWRITABLE.search(value)
    if found:
        raise Wrong(f"the text contains U+{ord(found[0]):04X}, which no text may contain")
    return value


class Field:
    """A key of a line, and the columns of a model it stands for."""

    says = "text"
    # Settled fields are what a thing is known by; they are given once and never changed by a line.
    settled = False
    # Hidden fields follow from others and are not written.
    hidden = False

    def __init__(self, model, name, attribute=None, *, required=None):
        self.name = name
        self.attribute = attribute or name
        self.source = model._meta.get_field(self.attribute)
        self.columns = (self.source.attname,)
        self.default = self.default_value()
        self.required = self.is_required() if required is None else required

    def default_value(self):
        return None

    def is_required(self):
        return not self.source.blank and not self.source.has_default()

    def accept(self, given, document):
        """Check this field's part of what was given and put it into the document, in canonical form."""
        value = given.get(self.name)
        if not is_empty(value):
            try:
                value = self.check(value)
            except Wrong as wrong:
                raise wrong.within(self.name) from None
        if is_empty(value):
            if self.required:
                raise Wrong("is missing", self.name)
            value = self.default
        if value is not None:
            document[self.name] = value

    def check(self, value):
        return self.validated(text_of(value))

    def validated(self, value):
        try:
            self.source.run_validators(value)
        except ValidationError as error:
            raise Wrong(f"{shown(str(value))}: {' '.join(error.messages)}") from None
        return value

    def read(self, values):
        return values[0] or None

    def store(self, value, found):
        return {self.source.attname: value if value is not None else self.nothing()}

    def nothing(self):
        return None if self.source.null else ""

    def stand_in(self, value):
        """What `natural_ref` may read of a thing that is not in the database yet."""
        return {self.attribute: value}

    @cached_property
    def emptied(self):
        """The columns where a line says nothing."""
        return self.store(None, None)

    def mentions(self, value):
        """The things elsewhere that the value names: (model, key, path, whether they may come later)."""
        return ()

    def same(self, given, stored):
        return given == stored

    def trimmed(self, value, owner_uuid):
        """The value as it is written to a file."""
        return value

    @property
    def meaning(self):
        return " – ".join(filter(None, (str(self.source.verbose_name), str(self.source.help_text))))


class Text(Field):
    """Text in no particular language: an address, a code, a unit."""


class Date(Field):
    says = "date (EDTF)"

    def check(self, value):
        try:
            return PartialDate.parse(text_of(value)).edtf
        except ValueError as error:
            if isinstance(error, Wrong):
                raise
            raise Wrong(str(error)) from None

    def read(self, values):
        return str(values[0]) if values[0] else None

    def store(self, value, found):
        date = value and PartialDate.parse(value)
        return {
            self.attribute: value,
            f"{self.attribute}_earliest": date and date.earliest.isoformat(),
            f"{self.attribute}_latest": date and date.latest.isoformat(),
        }


class Moment(Field):
    says = "moment (2011-05-01T00:00:00Z)"

    def check(self, value):
        try:
            moment = parse_datetime(text_of(value))
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise Wrong(f"{shown(value)} is no moment; write date, time and zone: 2011-05-01T00:00:00Z")
        return self.read([moment])

    def read(self, values):
        if values[0] is None:
            return None
        return values[0].astimezone(UTC).isoformat().replace("+00:00", "Z")

    def store(self, value, found):
        return {self.source.attname: value and parse_datetime(value)}


class Decimal(Field):
    says = 'decimal in quotation marks ("708.1")'
    written = re.compile(r"-?\d{1,40}(\.\d{1,40})?", re.ASCII)

    def check(self, value):
        if not isinstance(value, str) or not self.written.fullmatch(value):
            raise Wrong(f'{shown(value)} is no decimal; write digits in quotation marks, such as "708.1"')
        self.validated(Number(value).normalize(EXACT))
        return self.read([Number(value)])

    def read(self, values):
        return None if values[0] is None else f"{EXACT.add(values[0], 0).normalize(EXACT):f}"

    def store(self, value, found):
        return {self.source.attname: None if value is None else Number(value)}


class Whole(Field):
    says = "whole number"

    def check(self, value):
        low, high = INTEGER_RANGES[self.source.get_internal_type()]
        if type(value) is not int:
            raise Wrong(f"{shown(value)} is not a whole number")
        if not low <= value <= high:
            raise Wrong(f"{shown(value)} is not between {low} and {high}")
        return self.read([value])

    def read(self, values):
        """A number that goes without saying is left out."""
        return None if self.source.has_default() and values[0] == self.source.get_default() else values[0]

    def nothing(self):
        return self.source.get_default() if self.source.has_default() else None


class Truth(Field):
    says = "true or false"

    def check(self, value):
        if not isinstance(value, bool):
            raise Wrong(f"{shown(value)} is neither true nor false")
        return value or None

    def read(self, values):
        return values[0] or None

    def nothing(self):
        return False


class Choice(Field):
    def default_value(self):
        return str(self.source.get_default()) if self.source.has_default() else None

    @property
    def says(self):
        return f"one of {', '.join(self.names)}"

    @cached_property
    def names(self):
        return [str(value) for value, _label in self.source.flatchoices if value]

    def check(self, value):
        if not isinstance(value, str) or value not in self.names:
            raise Wrong(unknown(str(self.source.verbose_name), value, self.names))
        return value


class Identifier(Field):
    """A uuid. Where a line gives none, it follows from the reference, the same on every database."""

    says = "uuid"
    settled = True

    def check(self, value):
        try:
            return str(UUID(text_of(value)))
        except ValueError as error:
            if isinstance(error, Wrong):
                raise
            raise Wrong(f"{shown(value)} is no uuid") from None

    def is_required(self):
        return False

    def read(self, values):
        return str(values[0])

    def store(self, value, found):
        """Without hyphens every database takes it as it is."""
        return {self.source.attname: value.replace("-", "")}

    @property
    def meaning(self):
        return f"{self.source.verbose_name}; made from the reference if left out"
