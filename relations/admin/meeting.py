from django.contrib import admin

from relations.models import Meeting, MeetingSession

from .parts import OrderedRows, RowForm, TableRows
from .record import RecordAdmin, RecordList


class Sessions(TableRows):
    model = MeetingSession
    form = RowForm
    formset = OrderedRows
    fields = ("ordinal", "scope", "position")


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    list_filter = ("format", *RecordList.list_filter)
    own_fields = ("body_that_met", "format")
    own_rows = (Sessions,)
