from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from relations.models import Citation, Source
from relations.publishing.desks import parts_in_sight_of

from .base import EditorAdmin
from .dates import date_column
from .filters import YearFilter
from .requests import is_search


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

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if is_search(request):
            return queryset
        citations = parts_in_sight_of(request.user, Citation.objects.filter(source=OuterRef("pk")))
        number = citations.order_by().values("source").annotate(number=Count("pk")).values("number")
        return queryset.annotate(number_cited=Coalesce(Subquery(number), 0))

    @admin.display(description=_("cited"), ordering="number_cited")
    def cited(self, source):
        return source.number_cited
