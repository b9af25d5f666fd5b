from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relations.models import Relation, RelationLink

from .filters import CountryFilter, OriginalLanguageFilter, SourceFilter
from .languages import languages_column
from .parts import Citations, OrderedRows, RowForm, TranslatedRows
from .publicity import PublishedAdmin


class EitherCountryFilter(CountryFilter):
    """Relations of a country, whichever of the two it is."""

    def condition(self, value):
        either = Q(country_a__code=value) | Q(country_b__code=value)
        return either if value in dict(self.lookup_choices) else None


class RelationLinks(TranslatedRows):
    model = RelationLink
    form = RowForm
    formset = OrderedRows
    fields = ("url", "label", "organisation", "position")


@admin.register(Relation)
class RelationAdmin(PublishedAdmin):
    list_display = ("__str__", "state", "texts_in", "original_language")
    list_select_related = ("country_a", "country_b")
    list_filter = (EitherCountryFilter, SourceFilter.on("relation"), OriginalLanguageFilter)
    search_fields = (
        "country_a__name",
        "country_b__name",
        "country_a__code",
        "country_b__code",
        "title",
        "ref",
    )
    fields = ("country_a", "country_b", "title", "summary", "original_language", "ref")
    inlines = (RelationLinks, Citations)

    def get_readonly_fields(self, request, obj=None):
        """What was entered of two countries cannot become that of two others."""
        given = super().get_readonly_fields(request, obj)
        return list(dict.fromkeys([*given, "country_a", "country_b"])) if obj else given

    texts_in = staticmethod(languages_column("summary", _("summary in")))
