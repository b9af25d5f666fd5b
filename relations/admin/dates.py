"""Dates of facts in forms and lists of the admin."""

from django import forms
from django.contrib import admin
from django.db.models import ExpressionWrapper
from django.utils.html import format_html
from django.utils.translation import gettext as _

from relations.dates import PartialDateField, in_words, newest_first


class PartialDateInput(forms.TextInput):
    """A date as people write it; what was understood stands below in words."""

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        understood = (attrs or {}).get("data-understood")
        if not understood:
            return field
        words = _("Understood as: %(date)s") % {"date": understood}
        return format_html('{}<div class="help understood">{}</div>', field, words)


class UndatedLast(ExpressionWrapper):
    """A date to sort a list by; what has none stands last in both directions."""

    def asc(self, **kwargs):
        return super().asc(nulls_last=True)

    def desc(self, **kwargs):
        return super().desc(nulls_last=True)


def date_column(name, model):
    """Make the list column of a date: in words, sorted by its last possible day."""
    field = model._meta.get_field(name)
    last_day = UndatedLast(newest_first(name)[0].expression, model._meta.get_field(f"{name}_latest"))

    @admin.display(description=field.verbose_name, ordering=last_day)
    def column(obj):
        return in_words(getattr(obj, name))

    return column


WIDGETS = {PartialDateField: {"widget": PartialDateInput}}
