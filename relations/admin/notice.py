from django.contrib import admin

from relations.models import Notice

from .filters import MissingLanguageFilter, PairFilter
from .labels import with_names_of
from .languages import languages_column
from .publicity import PublishedAdmin


@admin.register(Notice)
class NoticeAdmin(PublishedAdmin):
    list_display = ("__str__", "tone", "relation", "starts", "ends", "state", "present_languages")
    list_select_related = with_names_of(Notice, ["relation"])
    list_filter = ("tone", PairFilter.on("relation"), MissingLanguageFilter.on("text"))
    search_fields = ("text", "ref")
    fields = ("text", "tone", "relation", "starts", "ends", "ref")

    present_languages = staticmethod(languages_column("text"))
