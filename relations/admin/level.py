from django.contrib import admin

from relations.models import RelationLevel

from .dates import date_column
from .filters import PairFilter, SourceFilter
from .labels import with_names_of
from .parts import Citations
from .publicity import PublishedAdmin


@admin.register(RelationLevel)
class RelationLevelAdmin(PublishedAdmin):
    list_display = ("__str__", "relation", "start_in_words", "end_in_words", "basis", "state")
    list_select_related = with_names_of(RelationLevel, ["relation", "basis"])
    list_filter = ("level", PairFilter.on("relation"), SourceFilter.on("level"))
    search_fields = ("relation__country_a__name", "relation__country_b__name", "note", "ref")
    fields = ("relation", "level", "start", "end", "basis", "note", "ref")
    inlines = (Citations,)

    start_in_words = staticmethod(date_column("start", RelationLevel))
    end_in_words = staticmethod(date_column("end", RelationLevel))
