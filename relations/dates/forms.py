"""The form field for a partial date: type it any usual way, see what was understood."""

from django import forms
from django.core.exceptions import ValidationError

from .partial import PartialDate
from .reading import MAX_LENGTH, display, understand
from .words import in_words

NUMBERS = "14.09.2010 · 11.2008 · 2008 · 1997–2010"


class UnderstoodField(forms.BoundField):
    """A date in a form, able to say what it understood."""

    @property
    def understood(self) -> str:
        """The date in the input, in words of the active language; empty where there is none."""
        try:
            return in_words(self.field.to_python(self.value()))
        except ValidationError:
            return ""

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if self.understood:
            attrs["data-understood"] = self.understood
        return attrs


class PartialDateFormField(forms.Field):
    """A date as precise as it is known: ``14.09.2010``, ``November 2008``, ``since 2022``, ``2008-11`` …"""

    widget = forms.TextInput
    bound_field_class = UnderstoodField

    def __init__(self, *, max_length=MAX_LENGTH, **kwargs):
        self.max_length = max_length
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip()
        if value in self.empty_values:
            return None
        if isinstance(value, PartialDate):
            return value
        try:
            return understand(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value):
        return display(value) if isinstance(value, PartialDate) else value

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {
            "autocomplete": "off",
            "data-partial-date": True,
            "maxlength": self.max_length,
            "placeholder": NUMBERS,
        }
