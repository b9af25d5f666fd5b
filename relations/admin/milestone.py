from django.contrib import admin

from relations.models import Milestone

from .record import RecordAdmin, RecordList


@admin.register(Milestone)
class MilestoneAdmin(RecordAdmin):
    list_filter = ("type", *RecordList.list_filter)
    own_fields = ("type", "mode")
