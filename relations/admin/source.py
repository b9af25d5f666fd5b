from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from relations.models import Source

from .base import EditorAdmin
from .dates import date_column
from .filters import YearFilter


@admin.register(Source)
class SourceAdmin(EditorAdmin):
    list_display = ("__str__", "language", "published_in_words", "read_on_in_words", "cited")
    list_filter = (YearFilter.on("published"),)
    search_fields = ("publisher", "title", "url", "ref", "publisher_organisation__name")
    fieldsets = [
        (None, {"fields": ("publisher", "publisher_organisation", "title", "language", "published")}),
        (_("Address"), {"fields": ("url", "read_on", "archived_url", "archived")}),
        (_("More"), {"fields": ("reproduces", "licence", "correction", "note", "ref")}),
    ]

    published_in_words = staticmethod(date_column("published", Source))
    read_on_in_words = staticmethod(date_column("read_on", Source))

    def for_list(self, queryset):
        return super().for_list(queryset).annotate(number_cited=Count("citations"))

    @admin.display(description=_("cited"), ordering="number_cited")
    def cited(self, source):
        return source.number_cited
