from django.contrib import admin

from relations.models import Country

from .base import EditorAdmin, OfferedOnly
from .filters import MissingLanguageFilter
from .languages import languages_column


@admin.register(Country)
class CountryAdmin(OfferedOnly, EditorAdmin):
    list_display = ("code", "__str__", "kind", "is_retired", "present_languages")
    list_display_links = ("code", "__str__")
    list_filter = ("kind", "is_retired", MissingLanguageFilter.on("name"))
    search_fields = ("name", "official_name", "code", "code3", "slug")
    fields = (
        "name",
        "official_name",
        "code",
        "code3",
        "numeric",
        "slug",
        "kind",
        "region",
        "sovereign",
        "existed",
        "flag",
        "is_retired",
    )

    present_languages = staticmethod(languages_column("name"))
