from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Part
from .record import Record


class Meeting(Record):
    """Talks between parties, or the session of a body they share."""

    own_kind = Record.Kind.MEETING

    class Format(models.TextChoices):
        ONE_ON_ONE = "one_on_one", _("One-on-one")
        EXPANDED = "expanded", _("Expanded format")
        BILATERAL = "bilateral", _("Bilateral")
        TRILATERAL = "trilateral", _("Trilateral")
        MULTILATERAL = "multilateral", _("Multilateral")
        SESSION = "session", _("Session of a body")
        CONSULTATIONS = "consultations", _("Consultations")
        PRESS = "press_statements", _("Press statements")
        CONTACTS = "contacts", _("Working contacts")
        SPEECH = "speech", _("Speech")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="meeting"
    )
    body_that_met = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("body that met"),
    )
    format = models.CharField(_("format"), max_length=20, choices=Format, blank=True)

    parts = (*Record.parts, "sessions")

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")


class MeetingSession(Part):
    """One count of a body's session: a sitting can be its 10th bilateral and its 3rd trilateral one."""

    class Scope(models.TextChoices):
        REGULAR = "regular", _("Session")
        BILATERAL = "bilateral", _("Bilateral session")
        TRILATERAL = "trilateral", _("Trilateral session")
        MULTILATERAL = "multilateral", _("Multilateral session")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sessions", verbose_name=_("meeting"))
    ordinal = models.PositiveSmallIntegerField(_("number of the session"))
    scope = models.CharField(_("scope"), max_length=20, choices=Scope, default=Scope.REGULAR)

    class Meta(Part.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "scope"], name="meetingsession_scope_once"),
            models.CheckConstraint(
                condition=models.Q(ordinal__gte=1),
                name="meetingsession_from_first",
                violation_error_message=_("Sessions are counted from 1."),
            ),
        ]

    def __str__(self):
        return f"{self.ordinal} {self.get_scope_display()}"
