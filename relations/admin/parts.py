"""Rows that stand on the forms of several kinds of things: their order, parties, people, sources, links."""

from functools import partial

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import models

from .base import TableRows, TranslatedRows
from .forms import EditorForm
from .lines import StatesField

LAST = float("inf")


class RowForm(EditorForm):
    """One row. Its place among the rows may be typed; otherwise it keeps its place or comes last."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            if self.instance._state.adding:
                self.initial["position"] = None

    def has_changed(self):
        """A new row with nothing but its place among the others is still an empty one."""
        is_empty = self.instance._state.adding and self.changed_data == ["position"]
        return super().has_changed() and not is_empty

    def clean_position(self):
        return self.cleaned_data["position"] or 0


class OrderedRows(BaseInlineFormSet):
    """Rows in the order in which they stand on the form, but for those that were given a number."""

    def clean(self):
        """Refuse the key of a row that is not one of these: Django would make a new row of it."""
        super().clean()
        if any(form.instance._state.adding for form in self.initial_forms):
            raise ValidationError(_("One of these rows is not there any more. Open the form again."))

    def get_unique_error_message(self, unique_check):
        """Say what stands there twice in the words of the model's own constraint, if it has any."""
        for constraint in self.model._meta.total_unique_constraints:
            message = constraint.violation_error_message
            if constraint.fields == unique_check and message != constraint.default_violation_error_message:
                return message
        return super().get_unique_error_message(unique_check)

    def save(self, commit=True):
        saved = super().save(commit)
        if commit and "position" in self.form.base_fields:
            self.number_rows()
        return saved

    def number_rows(self):
        rows = [form for form in self.forms if form not in self.deleted_forms and form.instance.pk]
        rows = [form for form in rows if not form.instance._state.adding]
        for number, form in enumerate(sorted(rows, key=self.wanted_place), start=1):
            if form.instance.position != number:
                form.instance.position = number
                type(form.instance).objects.filter(pk=form.instance.pk).update(position=number)

    def wanted_place(self, form):
        """A row that was just given a number comes before the one that has it."""
        is_moved = "position" in form.changed_data
        return form.instance.position or LAST, not is_moved, self.forms.index(form)


class CitedRows(OrderedRows):
    """Sources of one thing, at most one of them preferred; the preference may move from row to row."""

    def clean(self):
        super().clean()
        preferred = [
            form
            for form in self.forms
            if form not in self.deleted_forms and getattr(form, "cleaned_data", {}).get("is_preferred")
        ]
        if len(preferred) > 1:
            raise ValidationError(_("Only one source can be the preferred one."))

    def save(self, commit=True):
        if commit and "is_preferred" in self.form.base_fields:
            self.get_queryset().filter(is_preferred=True).update(is_preferred=False)
            for form in self.initial_forms:
                if form.cleaned_data.get("is_preferred"):
                    form.instance.save(update_fields=["is_preferred"])
        return super().save(commit)


class CitationForm(RowForm):
    def _get_validation_exclusions(self):
        # Whether another row is preferred is decided by all rows together, not against what is saved.
        return super()._get_validation_exclusions() | {"is_preferred"}


class Citations(TranslatedRows):
    model = models.Citation
    form = CitationForm
    formset = CitedRows
    fields = ("source", "locator", "states", "is_preferred", "note", "position")
    verbose_name = gettext_lazy("source")
    verbose_name_plural = gettext_lazy("sources")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "states":
            kwargs["form_class"] = partial(StatesField, cited=self.parent_model)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class Parties(TableRows):
    model = models.RecordParty
    form = RowForm
    formset = OrderedRows
    fields = ("country", "organisation", "role", "position")


class People(TranslatedRows):
    model = models.RecordPerson
    form = RowForm
    formset = OrderedRows
    fields = ("person", "role", "office", "country", "organisation", "position")


class Links(TranslatedRows):
    model = models.RecordLink
    form = RowForm
    formset = OrderedRows
    fk_name = "record"
    fields = ("type", "to", "note", "position")


class Attachments(TranslatedRows):
    model = models.Attachment
    form = RowForm
    formset = OrderedRows
    fields = ("file", "title", "language", "position")
