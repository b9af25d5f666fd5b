from django.db import models
from django.utils.translation import gettext_lazy as _

from .record import Record


class Milestone(Record):
    """A first in the relations of two countries: recognition, diplomatic relations, a first contract."""

    own_kind = Record.Kind.MILESTONE
    needed_in_public = ("type",)

    class Type(models.TextChoices):
        RECOGNITION = "recognition", _("Recognition")
        RELATIONS = "relations_established", _("Diplomatic relations established")
        CONSULAR = "consular_relations", _("Consular relations established")
        FIRST = "first", _("First of its kind")
        ELECTION = "election", _("Election")
        OTHER = "other", _("Other")

    class Mode(models.TextChoices):
        EXCHANGE_OF_NOTES = "exchange_of_notes", _("by exchange of notes")
        JOINT_STATEMENT = "joint_statement", _("by joint statement")
        PROTOCOL = "protocol", _("by protocol")
        AGREEMENT = "agreement", _("by agreement")
        OTHER = "other", _("in another way")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="milestone"
    )
    type = models.CharField(_("type"), max_length=30, choices=Type, blank=True)
    mode = models.CharField(
        _("mode"), max_length=20, choices=Mode, blank=True, help_text=_("Leave empty if no source says it.")
    )

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
