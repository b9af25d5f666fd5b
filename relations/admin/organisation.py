from django.contrib import admin

from relations.models import Membership, Organisation

from .base import EditorAdmin
from .filters import CountryFilter, MissingLanguageFilter
from .languages import languages_column
from .lines import LinesField
from .parts import TranslatedRows


class Memberships(TranslatedRows):
    model = Membership
    fields = ("country", "role", "start", "end", "as_of", "note")
    # To its sectors and sources.
    show_change_link = True


@admin.register(Organisation)
class OrganisationAdmin(EditorAdmin):
    list_display = ("__str__", "abbreviation", "kind", "country", "present_languages")
    list_filter = ("kind", CountryFilter, MissingLanguageFilter.on("name"))
    search_fields = ("name", "abbreviation", "other_names", "ref")
    form_classes = {"other_names": LinesField}
    fields = ("name", "abbreviation", "other_names", "kind", "country", "description", "url", "ref")
    inlines = (Memberships,)

    present_languages = staticmethod(languages_column("name"))
