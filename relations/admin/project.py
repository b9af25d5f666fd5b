from django.contrib import admin

from relations.models import Project, ProjectStatus, ProjectValue

from .parts import OrderedRows, RowForm, TranslatedRows
from .record import RecordAdmin


class Statuses(TranslatedRows):
    model = ProjectStatus
    form = RowForm
    formset = OrderedRows
    fields = ("status", "start", "as_of", "note", "position")


class Values(TranslatedRows):
    model = ProjectValue
    form = RowForm
    formset = OrderedRows
    fields = ("label", "value", "unit", "position")


@admin.register(Project)
class ProjectAdmin(RecordAdmin):
    own_rows = (Statuses, Values)
