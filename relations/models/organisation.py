from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from relations.dates import PartialDateField, bounds_constraint, span_constraint

from .agreement import AgreementAct
from .base import Identified, ReadableEncoder, in_any_language
from .meeting import Meeting
from .nesting import NestingQuerySet
from .record import Record, RecordParty, RecordPerson


class OrganisationQuerySet(models.QuerySet):
    def with_page(self):
        """Organisations that something public names: visitors learn nothing of what only drafts name."""
        records = Record.objects.published().filter(naming(OuterRef(OuterRef("pk"))))
        memberships = Membership.objects.filter(organisation=OuterRef("pk"))
        return self.filter(Exists(memberships) | Exists(records))


def naming(organisation):
    """Return the condition that a record names an organisation: as party, as body that met, with a person."""
    rows = (
        RecordParty.objects.filter(organisation=organisation).values("record"),
        RecordPerson.objects.filter(organisation=organisation).values("record"),
        AgreementAct.objects.filter(organisation=organisation).values("agreement"),
        Meeting.objects.filter(body_that_met=organisation).values("pk"),
    )
    return Q(*(Q(pk__in=each) for each in rows), _connector=Q.OR)


class Organisation(Identified):
    """A body that takes part in relations and is no country: an international organisation, a company."""

    class Kind(models.TextChoices):
        INTERNATIONAL = "international", _("International organisation")
        FRAMEWORK = "framework", _("Partner framework")
        JOINT_BODY = "joint_body", _("Joint body")
        PARLIAMENT = "parliament", _("Parliament")
        MINISTRY = "ministry", _("Ministry")
        AGENCY = "agency", _("State agency")
        COMPANY = "company", _("Company")
        INSTITUTION = "institution", _("Institution")
        MEDIA = "media", _("News medium")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    country = models.ForeignKey(
        "Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("country"),
        help_text=_("Leave empty for international organisations and joint bodies."),
    )
    name = models.CharField(_("name"), max_length=250)
    abbreviation = models.CharField(_("abbreviation"), max_length=50, blank=True)
    other_names = models.JSONField(
        _("other names"),
        default=list,
        blank=True,
        encoder=ReadableEncoder,
        help_text=_("Other spellings, former names; one a line."),
    )
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("website"), max_length=500, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]

    def __str__(self):
        return in_any_language(self, "name") or self.ref

    def get_absolute_url(self):
        slug = slugify(self.name or "", allow_unicode=True) or self.ref
        return reverse("organisation_detail", args=[self.pk, slug])


class MembershipQuerySet(NestingQuerySet):
    def on(self, day):
        """Memberships that hold on a day; one without dates holds as far as is known."""
        return self.exclude(start_earliest__gt=day).exclude(end_latest__lt=day)


class Membership(Identified):
    """A country's place in an organisation or framework, from a date to a date."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        FOUNDER = "founder", _("Founding member")
        ASSOCIATE = "associate", _("Associate member")
        OBSERVER = "observer", _("Observer")
        PARTNER = "partner", _("Partner")
        PARTICIPANT = "participant", _("Participant")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    country = models.ForeignKey(
        "Country", models.PROTECT, related_name="memberships", verbose_name=_("country")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    start = PartialDateField(_("from"), blank=True)
    end = PartialDateField(_("until"), blank=True)
    as_of = PartialDateField(
        _("as of"), blank=True, help_text=_("When the source says so, where the date of entry is not known.")
    )
    sectors = models.ManyToManyField("Sector", blank=True, related_name="+", verbose_name=_("sectors"))
    note = models.TextField(_("note"), blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation__name", "country__name", "pk"]
        constraints = [
            bounds_constraint("start"),
            bounds_constraint("end"),
            bounds_constraint("as_of"),
            span_constraint("start", "end"),
        ]

    def __str__(self):
        return f"{self.country} – {self.organisation}"

    def natural_ref(self):
        return f"{self.organisation.ref}.{self.country.code.lower()}"
