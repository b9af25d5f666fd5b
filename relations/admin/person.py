from django.contrib import admin

from relations.models import Appointment, Person

from .base import EditorAdmin
from .filters import MissingLanguageFilter
from .languages import languages_column
from .lines import LinesField
from .parts import OrderedRows, RowForm, TranslatedRows


class Appointments(TranslatedRows):
    model = Appointment
    form = RowForm
    formset = OrderedRows
    fields = ("office", "country", "organisation", "mission", "start", "end", "position")


@admin.register(Person)
class PersonAdmin(EditorAdmin):
    list_display = ("__str__", "offices", "present_languages")
    list_filter = (MissingLanguageFilter.on("name"),)
    list_prefetch_related = ("appointments",)
    search_fields = ("name", "other_names", "ref")
    search_related = {"appointments": ("office",)}
    form_classes = {"other_names": LinesField}
    fields = ("name", "other_names", "ref")
    inlines = (Appointments,)

    present_languages = staticmethod(languages_column("name"))

    @admin.display(description=Appointment._meta.verbose_name_plural)
    def offices(self, person):
        return ", ".join(str(appointment) for appointment in person.appointments.all())
