from django.contrib import admin

from relations.models import SectorText

from .dates import date_column
from .filters import (
    CountryFilter,
    MissingLanguageFilter,
    OriginalLanguageFilter,
    PairFilter,
    SectorFilter,
    SourceFilter,
    YearFilter,
)
from .labels import named_after
from .languages import languages_column
from .parts import Citations
from .publicity import PublishedAdmin


@admin.register(SectorText)
class SectorTextAdmin(PublishedAdmin):
    list_display = ("__str__", "relation", "sector", "viewpoint", "as_of_in_words", "state", "texts_in")
    list_select_related = (*named_after(SectorText), "viewpoint")
    list_filter = (
        PairFilter.on("relation"),
        SectorFilter,
        CountryFilter.on("viewpoint", SectorText._meta.get_field("viewpoint").verbose_name),
        YearFilter.on("as_of"),
        MissingLanguageFilter.on("body"),
        SourceFilter.on("sector_text"),
        OriginalLanguageFilter,
    )
    search_fields = (
        "title",
        "body",
        "sector__name",
        "relation__country_a__name",
        "relation__country_b__name",
        "ref",
    )
    fields = (
        "relation",
        "sector",
        "other_sectors",
        "viewpoint",
        "as_of",
        "title",
        "body",
        "original_language",
        "ref",
    )
    inlines = (Citations,)

    as_of_in_words = staticmethod(date_column("as_of", SectorText))
    texts_in = staticmethod(languages_column("body"))
