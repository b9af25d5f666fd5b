"""Fields whose kind follows from the model's own field."""

from django.db import models
from modeltranslation.fields import TranslationFieldDescriptor

from relations.dates import PartialDateField
from relations.models import Relation

from ..references import Pair, Reference
from ..texts import Texts
from ..values import Choice, Date, Decimal, Field, Moment, Text, Truth, Whole

KINDS = (
    (PartialDateField, Date),
    (models.ForeignKey, Reference),
    (models.DateTimeField, Moment),
    (models.DecimalField, Decimal),
    (models.BooleanField, Truth),
    (models.IntegerField, Whole),
    (models.CharField, Text),
    (models.TextField, Text),
)


def plain(model: type[models.Model], *names: str) -> list[Field]:
    """Fields of the model; written ``name:attribute`` where a line calls it by another name."""
    return [plain_field(model, *name.split(":")) for name in names]


def plain_field(model, name, attribute=None) -> Field:
    source = model._meta.get_field(attribute or name)
    if source.related_model is Relation:
        return Pair(model, name, attribute)
    if isinstance(getattr(model, source.name), TranslationFieldDescriptor):
        return Texts(model, name, attribute)
    if source.choices:
        return Choice(model, name, attribute)
    kind = next(kind for type_, kind in KINDS if isinstance(source, type_))
    return kind(model, name, attribute)


def settled(field: Field) -> Field:
    """The field, as one that a thing is known by and that no line changes."""
    field.settled = True
    return field
