from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from relations.dates import PartialDateField, bounds_constraint

from .base import Part, in_any_language
from .record import Record, RecordQuerySet


class ProjectQuerySet(RecordQuerySet):
    def with_status(self):
        """Projects with their newest dated `status`: the same rule as `Project.latest_status`, in SQL."""
        known = Coalesce("start_earliest", "as_of_earliest")
        newest = ProjectStatus.objects.filter(project=OuterRef("pk")).annotate(known=known)
        newest = newest.filter(known__isnull=False).order_by("-known", "position", "id")
        return self.annotate(status=Subquery(newest.values("status")[:1]))


class Project(Record):
    """Something countries build or carry out together, with the history of its status."""

    own_kind = Record.Kind.PROJECT

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="project"
    )

    parts = (*Record.parts, "statuses", "values")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    @property
    def latest_status(self):
        """The status that the newest dated entry gives, or None; uses what `statuses` has prefetched."""
        dated = [status for status in self.statuses.all() if status.known]
        return max(dated, key=lambda status: status.known.earliest, default=None)


class ProjectStatus(Part):
    """The state a project entered on a date, or was in when a source said so."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        BUILDING = "building", _("Under construction")
        OPERATING = "operating", _("In operation")
        HALTED = "halted", _("Halted")
        DROPPED = "dropped", _("Dropped")

    project = models.ForeignKey(Project, models.CASCADE, related_name="statuses", verbose_name=_("project"))
    status = models.CharField(_("status"), max_length=20, choices=Status)
    start = PartialDateField(_("from"), blank=True)
    as_of = PartialDateField(
        _("as of"), blank=True, help_text=_("When a source says so, where the beginning is not known.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("status of a project")
        verbose_name_plural = _("status history")
        constraints = [bounds_constraint("start"), bounds_constraint("as_of")]

    def __str__(self):
        return self.get_status_display()

    @property
    def known(self):
        """The date under which the status is known."""
        return self.start or self.as_of


class ProjectValue(Part):
    """A technical value of a project: a length, a voltage, a capacity."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="values", verbose_name=_("project"))
    label = models.CharField(_("what is measured"), max_length=150)
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=6)
    unit = models.CharField(_("unit"), max_length=30, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("technical value")
        verbose_name_plural = _("technical values")

    def __str__(self):
        return in_any_language(self, "label")
