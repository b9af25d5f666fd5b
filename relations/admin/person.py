from itertools import combinations

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext as _

from relations.dates import in_words
from relations.models import Appointment, Person

from .base import EditorAdmin
from .filters import MissingLanguageFilter
from .labels import change_address
from .languages import languages_column
from .lines import LinesField
from .parts import OrderedRows, RowForm, TranslatedRows


class AppointmentRows(OrderedRows):
    """The offices of one person, none of them twice at the same time."""

    def clean(self):
        super().clean()
        rows = [form for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        rows = [form for form in rows if form.has_changed() or not form.empty_permitted]
        for one, other in combinations(rows, 2):
            if one.instance.is_to_same_office(other.instance) and one.instance.overlaps(other.instance):
                text = _("This person holds the same office at that time: %(office)s. End that one first.")
                other.add_error("start", text % {"office": in_short(one.instance)})


def in_short(appointment):
    """An office with the dates of the appointment, as far as there are any."""
    dates = [in_words(date) for date in (appointment.start, appointment.end) if date]
    return f"{appointment} ({' – '.join(dates)})" if dates else str(appointment)


class Appointments(TranslatedRows):
    model = Appointment
    form = RowForm
    formset = AppointmentRows
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

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.tell_others(request, form.instance)

    def tell_others(self, request, person):
        """Say who else holds an office of this person at the same time: some offices have two holders."""
        own = list(person.appointments.all())
        others = Appointment.objects.to_offices_of(own).exclude(person=person).select_related("person")
        for other in others:
            if any(one.is_to_same_office(other) and one.overlaps(other) for one in own):
                text = _(
                    "{} holds the same office at the same time: {}. If one of the two has left, enter when."
                )
                link = format_html('<a href="{}">{}</a>', change_address(other.person), other.person)
                messages.warning(request, format_html(text, link, in_short(other)))
