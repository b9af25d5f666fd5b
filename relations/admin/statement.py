from django.contrib import admin

from relations.models import Statement

from .record import RecordAdmin, RecordList


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    own_fields = ("occasion", "quotation", "spoken_language")
    search_fields = (*RecordList.search_fields, "occasion")
