from django.contrib import admin

from relations.models import Event

from .record import RecordAdmin, RecordList


@admin.register(Event)
class EventAdmin(RecordAdmin):
    list_filter = ("type", *RecordList.list_filter)
    own_fields = ("type",)
