from django.contrib import admin

from relations.models import Sector

from .base import EditorAdmin, OfferedOnly
from .filters import MissingLanguageFilter
from .languages import languages_column


@admin.register(Sector)
class SectorAdmin(OfferedOnly, EditorAdmin):
    list_display = ("__str__", "slug", "position", "colour", "is_retired", "present_languages")
    list_filter = ("is_retired", MissingLanguageFilter.on("name"))
    search_fields = ("name", "description", "slug")
    fields = ("name", "description", "slug", "position", "colour", "is_retired")

    present_languages = staticmethod(languages_column("name"))
