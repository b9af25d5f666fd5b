from datetime import timedelta

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relations.models import Agreement, AgreementAct

from .filters import StrictFilter
from .lines import LanguagesField
from .parts import OrderedRows, RowForm, TableRows
from .record import RecordAdmin, RecordForm, RecordList
from .translators import languages_on

# The form field in which an editor says why a field of the agreement is empty.
ABSENT = {name: f"absent_{name}" for name in Agreement.CAN_BE_ABSENT}


def absence_field(name):
    label = Agreement._meta.get_field(name).verbose_name
    choices = [("", pgettext_lazy("absence", "Not recorded")), *Agreement.Absence.choices]
    return forms.ChoiceField(label=label, choices=choices, required=False)


class AbsenceForm(RecordForm):
    """An agreement, with the reason for each of its fields that is empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, reason in self.instance.absent.items():
            self.initial[ABSENT[name]] = reason

    def clean(self):
        cleaned = super().clean()
        if not set(ABSENT.values()) <= set(self.fields):
            return cleaned
        given = {name: cleaned.get(field) for name, field in ABSENT.items()}
        self.instance.absent = {name: reason for name, reason in given.items() if reason}
        for name in self.instance.absent:
            if any(cleaned.get(column) for column in self.columns_of(name)):
                self.add_error(ABSENT[name], _("The field has a value, so it is not absent."))
        return cleaned

    def columns_of(self, name):
        return [column for column in self.fields if column == name or column.startswith(f"{name}_")]


AgreementForm = type(
    "AgreementForm", (AbsenceForm,), {field: absence_field(name) for name, field in ABSENT.items()}
)


class TermFilter(StrictFilter):
    """What runs out soon, and what ran out without anybody having noted what came then."""

    title = Agreement._meta.get_field("term_ends").verbose_name
    parameter_name = "term"
    soon = timedelta(days=183)

    def lookups(self, request, model_admin):
        return [
            ("soon", _("Within six months")),
            ("over", _("Has run out, nothing noted")),
        ]

    def condition(self, value):
        today = localdate()
        found = {
            "soon": Agreement.objects.term_ending(today, today + self.soon),
            "over": Agreement.objects.run_out_unnoted(today),
        }
        return Q(pk__in=found[value].values("pk")) if value in found else None


class Acts(TableRows):
    model = AgreementAct
    form = RowForm
    formset = OrderedRows
    fields = ("country", "organisation", "act", "taken", "effective", "position")


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    list_filter = ("instrument", TermFilter, *RecordList.list_filter)
    form = AgreementForm
    form_classes = {"authentic_languages": LanguagesField}
    own_fields = (
        "instrument",
        "provisional",
        "in_force",
        "ended",
        "term_years",
        "depositary",
        "registration",
        "authentic_languages",
    )
    own_rows = (Acts,)

    def get_fieldsets(self, request, obj=None):
        first, own, *others = super().get_fieldsets(request, obj)
        if languages_on(request) is not None:
            return [first, own, *others]
        description = _("For an empty field: whether there is none, or the question does not arise.")
        absent = {"fields": tuple(ABSENT.values()), "description": description, "classes": ("collapse",)}
        return [first, own, (_("Known to be absent"), absent), *others]

    def get_readonly_fields(self, request, obj=None):
        given = super().get_readonly_fields(request, obj)
        return given if languages_on(request) is None else [*given, *ABSENT.values()]
