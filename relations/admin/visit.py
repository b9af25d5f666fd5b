from django.contrib import admin

from relations.models import Visit

from .record import RecordAdmin, RecordList


@admin.register(Visit)
class VisitAdmin(RecordAdmin):
    list_filter = ("level", *RecordList.list_filter)
    own_fields = ("level", "format", "outcomes_counted", "outcomes_note")
