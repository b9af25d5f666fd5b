from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relations.dates import PartialDateField, bounds_constraint, span_constraint

from .base import Part
from .record import Record, RecordLink, RecordQuerySet


class AgreementQuerySet(RecordQuerySet):
    def with_status(self, day):
        """Agreements with their `status` on a day: the same rule as `Agreement.status_on`, in SQL."""
        heirs = RecordLink.objects.filter(
            to=OuterRef("pk"),
            type=RecordLink.Type.REPLACES,
            record__is_public=True,
            record__date_latest__lte=day,
        )
        steps = [
            When(ended_latest__lt=day, then=Value(Agreement.Status.ENDED)),
            When(ended__isnull=True, term_ends_latest__lt=day, then=Value(Agreement.Status.ENDED)),
            When(Exists(heirs), then=Value(Agreement.Status.REPLACED)),
            When(in_force_latest__lte=day, then=Value(Agreement.Status.IN_FORCE)),
            When(provisional_latest__lte=day, then=Value(Agreement.Status.PROVISIONAL)),
            When(date__isnull=True, then=Value(Agreement.Status.UNKNOWN)),
            When(date_earliest__lte=day, then=Value(Agreement.Status.SIGNED)),
        ]
        return self.annotate(status=Case(*steps, default=Value(Agreement.Status.NOT_YET)))

    def running_in(self, first_year, last_year):
        """Agreements that ran in one of the years, from their date to the end of them that is known."""
        end = Q(ended_latest__year__gte=first_year) | Q(
            ended__isnull=True, term_ends_latest__year__gte=first_year
        )
        return self.filter(end, date_earliest__year__lte=last_year)

    def term_ending(self, first, last):
        """Agreements whose term may run out on one of these days, unless another end is recorded."""
        return self.filter(ended__isnull=True, term_ends_earliest__lte=last, term_ends_latest__gte=first)

    def run_out_unnoted(self, day):
        """Agreements whose term has run out, and nothing says what came then.

        An end, a word why there is none, or a record that ends or replaces it would say so.
        """
        ends = (RecordLink.Type.REPLACES, RecordLink.Type.ENDS)
        links = RecordLink.objects.filter(to=OuterRef("pk"), type__in=ends)
        run_out = self.filter(ended__isnull=True, term_ends_latest__lt=day)
        return run_out.exclude(absent__has_key="ended").exclude(Exists(links))


class Agreement(Record):
    """A document that parties agreed on, from a treaty to a memorandum. Its date is that of signature."""

    own_kind = Record.Kind.AGREEMENT
    needed_in_public = ("instrument",)

    class Instrument(models.TextChoices):
        TREATY = "treaty", _("Treaty")
        AGREEMENT = "agreement", _("Agreement")
        CONVENTION = "convention", _("Convention")
        PROTOCOL = "protocol", _("Protocol")
        MEMORANDUM = "memorandum", _("Memorandum")
        DECLARATION = "declaration", _("Declaration")
        JOINT_STATEMENT = "joint_statement", _("Joint statement")
        EXCHANGE_OF_NOTES = "exchange_of_notes", _("Exchange of notes")
        CONTRACT = "contract", _("Contract")
        ARRANGEMENT = "arrangement", _("Arrangement")
        OTHER = "other", _("Other document")

    class Status(models.TextChoices):
        """Where an agreement stands on a day, as far as its dates tell."""

        UNKNOWN = "unknown", _("Date of signature not recorded")
        NOT_YET = "not_yet", _("Not yet signed")
        SIGNED = "signed", _("Signed or adopted")
        PROVISIONAL = "provisional", _("Applied provisionally")
        IN_FORCE = "in_force", _("In force")
        ENDED = "ended", _("Ended")
        REPLACED = "replaced", _("Replaced")

    class Absence(models.TextChoices):
        NONE = "none", pgettext_lazy("of a particular", "None")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    # Fields where "not recorded", "there is none" and "not applicable" are three different answers.
    CAN_BE_ABSENT = ("provisional", "in_force", "ended", "term_years", "depositary", "registration")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="agreement"
    )
    instrument = models.CharField(_("instrument"), max_length=20, choices=Instrument, blank=True)
    provisional = PartialDateField(_("applied provisionally from"), blank=True)
    in_force = PartialDateField(_("in force from"), blank=True)
    ended = PartialDateField(_("ended"), blank=True)
    term_years = models.PositiveSmallIntegerField(_("term in years"), null=True, blank=True)
    # Follows from the term and its beginning; kept so that agreements can be found by it.
    term_ends = PartialDateField(_("term ends"), blank=True, editable=False)
    depositary = models.CharField(_("depositary"), max_length=200, blank=True)
    registration = models.CharField(
        _("registration"),
        max_length=100,
        blank=True,
        help_text=_("Such as the number in the UN Treaty Series."),
    )
    authentic_languages = models.JSONField(
        _("authentic languages"),
        default=list,
        blank=True,
        help_text=_("Language codes of the equally authentic texts."),
    )
    absent = models.JSONField(
        _("known to be absent"),
        default=dict,
        blank=True,
        help_text=_("For an empty field: whether there is none, or the question does not arise."),
    )

    parts = (*Record.parts, "acts")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            bounds_constraint("provisional"),
            bounds_constraint("in_force"),
            bounds_constraint("ended"),
            bounds_constraint("term_ends"),
            span_constraint("in_force", "ended"),
        ]

    def complete(self):
        """Work out when the term runs out, as precisely as its beginning is known."""
        super().complete()
        self.term_ends = end_of_term(self.in_force or self.date, self.term_years)

    def status_on(self, day):
        """Return the status on a day; a date known only to the year counts from that year's last day.

        A term that has run out ends the agreement unless an end is recorded.
        """
        ends = self.ended or self.term_ends
        if ends and ends.latest < day:
            return self.Status.ENDED
        if any(heir.date and heir.date.latest <= day for heir in self.replaced_by):
            return self.Status.REPLACED
        if self.in_force and self.in_force.latest <= day:
            return self.Status.IN_FORCE
        if self.provisional and self.provisional.latest <= day:
            return self.Status.PROVISIONAL
        if not self.date:
            return self.Status.UNKNOWN
        return self.Status.SIGNED if self.date.earliest <= day else self.Status.NOT_YET

    @property
    def status_label(self):
        """The word for the status that `with_status` found."""
        return self.Status(self.status).label

    @property
    def replaced_by(self):
        """Records that replace this one; uses what `links_here` has prefetched."""
        return [
            link.record
            for link in self.links_here.all()
            if link.type == RecordLink.Type.REPLACES and link.record.is_public
        ]


def end_of_term(begins, years):
    """Return the date so many years later; None where either is not known, or no calendar goes that far."""
    if begins and begins.is_open_end:
        # “Since 2022” has begun in 2022.
        begins = begins.start
    if not (begins and years) or begins.is_open_start:
        return None
    try:
        return begins.plus_years(years)
    except ValueError:
        return None


class AgreementAct(Part):
    """What one party did about an agreement, when, and from when it counts."""

    class Act(models.TextChoices):
        SIGNED = "signed", pgettext_lazy("act of a party", "Signed")
        RATIFIED = "ratified", _("Ratified")
        APPROVED = "approved", _("Approved")
        ACCEPTED = "accepted", _("Accepted")
        ACCEDED = "acceded", _("Acceded")
        PROVISIONAL = "applied_provisionally", _("Applies provisionally")
        DENOUNCED = "denounced", _("Denounced")
        WITHDREW = "withdrew", _("Withdrew")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="acts", verbose_name=_("agreement"))
    country = models.ForeignKey(
        "Country", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    organisation = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    act = models.CharField(_("act"), max_length=30, choices=Act)
    taken = PartialDateField(_("done on"), blank=True)
    effective = PartialDateField(_("effective from"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("act of a party")
        verbose_name_plural = _("acts of parties")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=True, organisation__isnull=False)
                | Q(country__isnull=False, organisation__isnull=True),
                name="agreementact_country_or_organisation",
                violation_error_message=_("A party is either a country or an organisation."),
            ),
            bounds_constraint("taken"),
            bounds_constraint("effective"),
        ]

    def __str__(self):
        return f"{self.country or self.organisation}: {self.get_act_display()}"
