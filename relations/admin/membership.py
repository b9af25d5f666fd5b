from django.contrib import admin

from relations.models import Membership

from .base import EditorAdmin
from .dates import date_column
from .filters import CountryFilter, SourceFilter, YearFilter
from .parts import Citations


@admin.register(Membership)
class MembershipAdmin(EditorAdmin):
    list_display = ("country", "organisation", "role", "start_in_words", "end_in_words")
    list_display_links = ("country", "organisation")
    list_filter = ("role", CountryFilter, YearFilter.on("start"), SourceFilter.on("membership"))
    search_fields = (
        "country__name",
        "organisation__name",
        "organisation__abbreviation",
        "organisation__other_names",
        "ref",
    )
    fields = ("country", "organisation", "role", "start", "end", "as_of", "sectors", "note", "ref")
    inlines = (Citations,)

    start_in_words = staticmethod(date_column("start", Membership))
    end_in_words = staticmethod(date_column("end", Membership))
