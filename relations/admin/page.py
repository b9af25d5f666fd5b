from django.contrib import admin

from relations.models import Page

from .filters import MissingLanguageFilter, OriginalLanguageFilter
from .languages import languages_column
from .publicity import PublishedAdmin


@admin.register(Page)
class PageAdmin(PublishedAdmin):
    list_display = ("__str__", "slug", "position", "state", "present_languages")
    list_filter = (MissingLanguageFilter.on("title"), OriginalLanguageFilter)
    search_fields = ("title", "body", "slug")
    fields = ("title", "body", "slug", "position", "original_language")

    present_languages = staticmethod(languages_column("title"))
