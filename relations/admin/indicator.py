from django.contrib import admin

from relations.models import Indicator

from .base import EditorAdmin
from .filters import MissingLanguageFilter, SectorFilter
from .languages import languages_column


@admin.register(Indicator)
class IndicatorAdmin(EditorAdmin):
    list_display = ("__str__", "slug", "sector", "nature", "unit", "present_languages")
    list_filter = ("nature", SectorFilter, MissingLanguageFilter.on("name"))
    search_fields = ("name", "description", "slug")
    fields = ("name", "description", "slug", "sector", "nature", "unit")

    present_languages = staticmethod(languages_column("name"))
