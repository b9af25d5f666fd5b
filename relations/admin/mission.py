from django.contrib import admin

from relations.models import Mission

from .dates import date_column
from .filters import CountryFilter, MissingLanguageFilter, PairFilter, SourceFilter, YearFilter
from .languages import languages_column
from .parts import Citations
from .publicity import PublishedAdmin


@admin.register(Mission)
class MissionAdmin(PublishedAdmin):
    list_display = (
        "kind",
        "sending",
        "receiving",
        "city",
        "opened_in_words",
        "closed_in_words",
        "state",
        "present_languages",
    )
    list_display_links = ("kind", "sending")
    list_filter = (
        "kind",
        PairFilter.on("relation"),
        CountryFilter.on("sending", Mission._meta.get_field("sending").verbose_name, "sending"),
        CountryFilter.on("receiving", Mission._meta.get_field("receiving").verbose_name, "receiving"),
        YearFilter.on("opened"),
        MissingLanguageFilter.on("city"),
        SourceFilter.on("mission"),
    )
    search_fields = ("sending__name", "receiving__name", "city", "address", "ref")
    fields = (
        "kind",
        "sending",
        "receiving",
        "city",
        "address",
        "covered_from",
        "opened",
        "closed",
        "url",
        "note",
        "ref",
    )
    inlines = (Citations,)

    opened_in_words = staticmethod(date_column("opened", Mission))
    closed_in_words = staticmethod(date_column("closed", Mission))
    present_languages = staticmethod(languages_column("city"))
