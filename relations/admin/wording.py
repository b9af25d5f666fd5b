"""What stands in a document, in the words of its fields: names, dates and choices instead of keys."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePosixPath

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from relations.dates import PartialDate, PartialDateField, in_words
from relations.models.base import Published
from relations.models.text import RichTextField
from relations.publishing.comparing import KEY, ORDER, is_empty, same
from relations.publishing.desks import in_sight_of
from relations.publishing.documents import choices_of, columns_of, part_model
from relations.publishing.word_by_word import as_paragraphs, word_by_word
from relations.translating.direction import direction

from .labels import named_after

NOT_FREE_TEXT = (PartialDateField, models.FileField)


@dataclass(frozen=True)
class Line:
    """One value that differs, before and after, as a page shows it."""

    label: str
    before: str = ""
    after: str = ""
    language: str = ""
    # The words that were kept, removed and added, where it is a text.
    pieces: list = field(default_factory=list)

    @property
    def direction(self):
        return direction(self.language) if self.language else ""

    @property
    def language_name(self):
        return get_language_info(self.language)["name_translated"] if self.language else ""

    @property
    def is_only_form(self):
        """Whether nothing of it can be read: a text got another format, or spaces in other places."""
        return self.before == self.after


class Wording:
    """The words for what stands in documents of a kind of thing. What they refer to is loaded once.

    The name of another thing that the reader may not see stays unsaid.
    """

    def __init__(self, model, documents, reader):
        self.model, self.reader = model, reader
        self.names = self.load_names([document for document in documents if document])

    def load_names(self, documents):
        keys = {}
        for document in documents:
            for row_model, values in self.rows_of(document):
                for column in columns_of(row_model):
                    if column.is_relation and values.get(column.attname) is not None:
                        keys.setdefault(column.related_model, set()).add(values[column.attname])
            for column in choices_of(self.model):
                keys.setdefault(column.related_model, set()).update(document["choices"].get(column.name, ()))
        return {related: self.names_of(related, wanted) for related, wanted in keys.items() if wanted}

    def rows_of(self, document):
        yield self.model, document["fields"]
        for part, rows in document["parts"].items():
            for row in rows:
                yield part_model(self.model, part)[0], row

    def names_of(self, model, keys):
        found = model._base_manager.filter(pk__in=keys).select_related(*named_after(model))
        if issubclass(model, Published):
            found = in_sight_of(self.reader, found)
        return {str(one.pk): str(one) for one in found}

    # Fields

    def model_at(self, place):
        return part_model(self.model, place.part)[0] if place.part else self.model

    def field_at(self, place):
        """Return the model's field at a place; None for a whole row and the order of rows."""
        if place.is_row or place.is_order:
            return None
        return self.model_at(place)._meta.get_field(place.name)

    def label_of(self, field):
        return capfirst(getattr(field, "translated_field", field).verbose_name)

    def label_at(self, place):
        if place.is_order:
            return _("Order")
        # Which row a whole row is, its name says.
        return "" if place.is_row else self.label_of(self.field_at(place))

    def language_at(self, place):
        return getattr(self.field_at(place), "language", "")

    def group_of(self, part):
        return capfirst(part_model(self.model, part)[0]._meta.verbose_name_plural)

    # Values

    def at(self, place, value):
        """Say the value of a place in words; an empty text for nothing."""
        if place.is_row:
            return "\n".join(
                f"{line.label}: {line.after}" for line in self.row_lines(place.part, None, value)
            )
        if place.is_order:
            return ""
        return self.value(self.field_at(place), value)

    def value(self, field, value):
        if is_empty(value):
            return ""
        if field.is_relation:
            keys = value if isinstance(value, list) else [value]
            return ", ".join(self.name(field.related_model, key) for key in keys)
        return plain_words(field, value)

    def name(self, model, key):
        unsaid = _("number %(key)s, deleted or not to be seen by you") % {"key": key}
        return self.names.get(model, {}).get(str(key), unsaid)

    def name_of_row(self, part, row):
        """Say which row it is: what it refers to, else the first of its texts."""
        model = part_model(self.model, part)[0]
        columns = [column for column in columns_of(model) if not is_empty(row.get(column.attname))]
        referring = [column for column in columns if column.is_relation]
        if referring:
            return ", ".join(self.value(column, row[column.attname]) for column in referring)
        texts = (self.value(column, row[column.attname]) for column in columns if is_text(column))
        return next(texts, capfirst(model._meta.verbose_name))

    # Lines of a comparison

    def line(self, field, before, after):
        words = self.value(field, before), self.value(field, after)
        return Line(
            self.label_of(field),
            *words,
            language=getattr(field, "language", ""),
            pieces=word_by_word(*words) if is_text(field) else [],
        )

    def row_lines(self, part, before, after):
        """Return a line for each column in which two rows differ; None is a row that is not there."""
        before, after = before or {}, after or {}
        names = dict.fromkeys(name for row in (before, after) for name in row if name not in (KEY, ORDER))
        model = part_model(self.model, part)[0]
        return [
            self.line(model._meta.get_field(name), before.get(name), after.get(name))
            for name in names
            if not same(before.get(name), after.get(name))
        ]


def is_text(field):
    """Whether people write words into it, in sentences or not."""
    is_written = isinstance(field, models.CharField | models.TextField)
    return is_written and not field.choices and not isinstance(field, NOT_FREE_TEXT)


def plain_words(field, value):
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    match field:
        case PartialDateField():
            return in_words(PartialDate.parse(value))
        case RichTextField():
            return as_paragraphs(value)
        case models.FileField():
            return PurePosixPath(value).name
        case models.DateTimeField():
            return date_format(localtime(parse_datetime(value)), "DATETIME_FORMAT")
        case models.DateField():
            return date_format(parse_date(value))
        case models.DecimalField():
            return number_format(Decimal(value).normalize())
        case models.JSONField():
            return in_lines(value)
    return str(value)


def in_lines(value):
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "\n".join(f"{key}: {text}" for key, text in value.items())
    return json.dumps(value, ensure_ascii=False)
