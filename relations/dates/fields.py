"""The model field for the date of a fact, with its earliest and latest day beside it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from .partial import MAX_LENGTH, PartialDate

EDGES = ("earliest", "latest")


class PartialDateAttribute(DeferredAttribute):
    """Turn the stored text into a ``PartialDate`` when it is first read, not for every row loaded."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if not isinstance(value, str):
            return value
        try:
            value = PartialDate.parse(value)
        except ValueError:
            return value  # what was assigned stays visible until cleaning or saving refuses it
        instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = None if value == "" else value


class BoundAttribute(DeferredAttribute):
    """The bound of the date as it is now; the stored bound only where the date itself was not loaded."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        if self.field.date_name not in instance.__dict__:
            return super().__get__(instance, cls)
        value = getattr(instance, self.field.date_name)
        return getattr(value, self.field.edge, None)

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class PartialDateBoundField(models.DateField):
    """The earliest or latest day a date may mean: computed, for sorting, filtering and constraints."""

    descriptor_class = BoundAttribute

    def contribute_to_class(self, cls, name, **kwargs):
        if any(field.name == name for field in cls._meta.local_fields):
            return  # the date brought it along, or a base class did
        self.date_name, _underscore, self.edge = name.rpartition("_")
        super().contribute_to_class(cls, name, **kwargs)

    def pre_save(self, instance, add):
        return getattr(instance, self.attname)


class PartialDateField(models.CharField):
    """The date of a fact, as precise as it is known: EDTF text, read as a ``PartialDate`` or None.

    A field ``signed`` brings the columns ``signed_earliest`` and ``signed_latest`` along (``index=True``
    indexes them). They follow the date by themselves: after assignment, in ``save``, ``bulk_create`` and
    ``full_clean``. Only where columns are listed by hand – ``save(update_fields=…)``, ``bulk_update``,
    ``QuerySet.update`` – all three must be listed; ``update`` must be given all three values.

    An optional date (``blank=True``) that is empty is NULL.
    """

    description = _("Date known to the day, month, year or as a period")
    descriptor_class = PartialDateAttribute
    empty_strings_allowed = False

    def __init__(self, *args, index=False, bounds=True, **kwargs):
        """Take the options of a ``CharField``; ``bounds=False`` is for migrations, which list the bounds."""
        self.index = index
        self.bounds = bounds
        kwargs.setdefault("max_length", MAX_LENGTH)
        if kwargs.get("blank"):
            kwargs["null"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Describe the text column alone: migrations list the bounds, with their indexes, beside it."""
        name, path, args, kwargs = super().deconstruct()
        if self.max_length == MAX_LENGTH:
            del kwargs["max_length"]
        if self.blank:
            del kwargs["null"]
        return name, path, args, {**kwargs, "bounds": False}

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if self.bounds and not cls._meta.abstract:
            for edge in EDGES:
                bound = PartialDateBoundField(null=True, editable=False, db_index=self.index)
                bound.contribute_to_class(cls, f"{name}_{edge}")

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return PartialDate.parse(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def run_validators(self, value):
        super().run_validators(value.edtf if value else value)

    def get_prep_value(self, value):
        value = self.to_python(models.Field.get_prep_value(self, value))
        return value.edtf if value else None

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs):
        from .forms import PartialDateFormField

        # Past CharField.formfield, which would limit what people write to the length of what is stored.
        return models.Field.formfield(self, **{"form_class": PartialDateFormField, **kwargs})


def bounds_constraint(date: str) -> models.CheckConstraint:
    """The database's own word that a date does not end before it starts."""
    return models.CheckConstraint(
        condition=Q(**{f"{date}_earliest__lte": F(f"{date}_latest")}),
        name=f"%(app_label)s_%(class)s_{date}_bounds",
        violation_error_message=_("The date ends before it starts."),
    )


def span_constraint(start: str, end: str) -> models.CheckConstraint:
    """One date is not after another, as far as their precision can tell: 2013 may follow May 2013."""
    return models.CheckConstraint(
        condition=Q(**{f"{start}_earliest__lte": F(f"{end}_latest")}),
        name=f"%(app_label)s_%(class)s_{start}_not_after_{end}",
        violation_error_message=_("The end comes before the start."),
    )
