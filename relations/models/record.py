"""The unit of the timeline: anything dated between parties, with its parties, people, sectors and links."""

import uuid

from django.db import models, transaction
from django.db.models import F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relations.dates import PartialDateField, bounds_constraint

from .base import (
    Identified,
    Part,
    Published,
    PublishedQuerySet,
    default_language,
    in_any_language,
    in_plain_words,
    languages,
)
from .country import Country
from .relation import Relation
from .text import RichTextField


class RecordQuerySet(PublishedQuerySet):
    def of(self, country):
        """Records that a country is a party to, in whatever role."""
        return self.filter(parties__country=country)

    def on_page_of(self, relation):
        return self.filter(relations=relation)

    def for_card(self):
        """Load what a record's entry in a list shows, its kind's own fields among it; not the long texts."""
        return (
            self.select_related("place_country", *Record.Kind.values)
            .nesting(sector_links=RecordSector.objects.select_related("sector"))
            .nesting_loose(joined_countries=Country.objects.joined_by(OuterRef("pk")).only("name"))
            .defer("body", "note", "plain_words")
        )

    def for_page(self):
        """Load what a record's own page shows beside what its kind alone has."""
        return self.select_related("place_country", "image", *Record.Kind.values).prefetch_related(
            "relations__country_a",
            "relations__country_b",
            "attachments",
            Prefetch("sector_links", RecordSector.objects.select_related("sector")),
            Prefetch("parties", RecordParty.objects.select_related("country", "organisation")),
            Prefetch("people", RecordPerson.objects.select_related("person", "country")),
            Prefetch("links", RecordLink.objects.filter(to__is_public=True).select_related("to")),
            Prefetch(
                "links_here", RecordLink.objects.filter(record__is_public=True).select_related("record")
            ),
        )


class Record(Identified, Published):
    """Something dated between parties. It shows on the page of every pair among its countries."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Visit")
        MEETING = "meeting", _("Meeting")
        AGREEMENT = "agreement", pgettext_lazy("kind of record", "Agreement")
        PROJECT = "project", _("Project")
        MILESTONE = "milestone", _("Milestone")
        EVENT = "event", _("Event")
        STATEMENT = "statement", _("Statement")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, editable=False)
    date = PartialDateField(_("date"), blank=True)
    date_note = models.CharField(
        _("note on the date"),
        max_length=300,
        blank=True,
        help_text=_("How the date is known, where a source does not say it outright."),
    )
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    body = RichTextField(_("text"), blank=True)
    note = models.TextField(
        _("editor’s note"), blank=True, help_text=_("Printed: what is uncertain, or how a source words it.")
    )
    place = models.CharField(_("place"), max_length=150, blank=True)
    place_country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country of the place"),
    )
    is_series = models.BooleanField(
        _("several occasions"),
        default=False,
        help_text=_(
            "The sources speak of several occasions without listing them; this stands for all of them."
        ),
    )
    original_language = models.CharField(
        _("original language"), max_length=10, choices=languages, default=default_language
    )
    image = models.ForeignKey(
        "Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        verbose_name=_("image"),
    )
    sectors = models.ManyToManyField(
        "Sector", through="RecordSector", related_name="records", verbose_name=_("sectors")
    )
    # What its texts say in every language, as it is searched; follows from them.
    plain_words = models.TextField(editable=False, default="")
    # Follows from the parties and is kept by them; nobody edits it.
    relations = models.ManyToManyField(
        Relation, related_name="records", editable=False, verbose_name=_("shown on the pages of")
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = [F("date_latest").desc(nulls_last=True), "-pk"]
        indexes = [models.Index(fields=["is_public", "date_latest"], name="record_public_by_date")]
        constraints = [bounds_constraint("date")]

    parts = ("sector_links", "parties", "people", "citations", "links", "attachments")

    # The text that makes its address and says which languages it exists in.
    title_field = "title"

    # The texts in which a reader's words are sought.
    SEARCHED = ("title", "summary", "body", "note", "place")

    # The kind that a model of its own stands for; each of those names its own.
    own_kind = ""
    # What a draft may leave open and visitors must be told.
    needed_in_public = ()

    def __str__(self):
        return in_any_language(self, "title") or self.ref

    def save(self, *args, **kwargs):
        self.complete()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "plain_words"}
        super().save(*args, **kwargs)

    def complete(self):
        """Fill the columns that follow from others; needed before every save, bulk ones included."""
        self.kind = self.own_kind or self.kind
        self.plain_words = in_plain_words(self, self.SEARCHED)

    def get_absolute_url(self):
        return reverse(
            "record_detail", args=[self.pk, slugify(self.title or "", allow_unicode=True) or self.ref]
        )

    @property
    def details(self):
        """The same record as its own kind: a Visit, an Agreement …"""
        return getattr(self, self.kind)

    @property
    def main_sector(self):
        """The sector the record is filed under first, or None; uses what `sector_links` has prefetched."""
        return next((link.sector for link in self.sector_links.all() if link.is_main), None)

    def settle(self):
        self.refresh_relations()

    def refresh_relations(self):
        """Place the record on the pages of every two countries among its parties."""
        with transaction.atomic():
            # Of two parties that are saved at one moment, the later one sees the other.
            Record.objects.select_for_update(no_key=True).only("pk").get(pk=self.pk)
            self.relations.set(Relation.objects.join_all(list(Country.objects.joined_by(self))))


class RecordSector(models.Model):
    """A sector a record is filed under. One is the main one: it decides colour and place on a page."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="sector_links", verbose_name=_("record"))
    sector = models.ForeignKey(
        "Sector", models.PROTECT, related_name="record_links", verbose_name=_("sector")
    )
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    is_main = models.BooleanField(_("main sector"), default=False)

    class Meta:
        verbose_name = _("sector of a record")
        verbose_name_plural = _("sectors of a record")
        ordering = ["-is_main", "sector__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "sector"],
                name="recordsector_once",
                violation_error_message=_("This sector is already chosen."),
            ),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(is_main=True),
                name="recordsector_one_main",
                violation_error_message=_("Only one sector can be the main one."),
            ),
        ]

    def __str__(self):
        return str(self.sector)


class RecordParty(Part):
    """A country or organisation that takes part in a record, in a role."""

    class Role(models.TextChoices):
        PARTICIPANT = "participant", _("Participant")
        SIGNATORY = "signatory", _("Signatory")
        VISITOR = "visitor", _("Visitor")
        HOST = "host", _("Host")
        ORGANISER = "organiser", _("Organiser")
        FUNDER = "funder", _("Funder")
        OPERATOR = "operator", _("Operator")
        DEPOSITARY = "depositary", _("Depositary")
        AFFECTED = "affected", _("Affected")
        ROUTE = "route", _("On the route")
        TARGET = "target", _("Target market")
        SUBJECT = "subject", _("Spoken of")
        MENTIONED = "mentioned", _("Mentioned")

    # Roles of those who act or are bound. A country that is only spoken of, or lies on a pipeline's way,
    # does not put the record on a pair page.
    JOINING = frozenset(set(Role) - {Role.ROUTE, Role.TARGET, Role.SUBJECT, Role.MENTIONED})

    record = models.ForeignKey(Record, models.CASCADE, related_name="parties", verbose_name=_("record"))
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="record_parties",
        verbose_name=_("country"),
    )
    organisation = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="record_parties",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTICIPANT)

    class Meta(Part.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=True, organisation__isnull=False)
                | Q(country__isnull=False, organisation__isnull=True),
                name="recordparty_country_or_organisation",
                violation_error_message=_("A party is either a country or an organisation."),
            ),
            models.UniqueConstraint(
                fields=["record", "country"],
                name="recordparty_country_once",
                violation_error_message=_("This country is already a party."),
            ),
            models.UniqueConstraint(
                fields=["record", "organisation"],
                name="recordparty_organisation_once",
                violation_error_message=_("This organisation is already a party."),
            ),
        ]

    def __str__(self):
        return str(self.country or self.organisation)

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.record.refresh_relations()

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        self.record.refresh_relations()
        return deleted


class RecordPerson(Part):
    """A person's part in a record, with the office held then. An office's unnamed holder has no person."""

    class Role(models.TextChoices):
        HEAD = "head_of_delegation", _("Head of delegation")
        HOST = "host", pgettext_lazy("of a person", "Host")
        SPEAKER = "speaker", _("Speaker")
        SIGNATORY = "signatory", pgettext_lazy("of a person", "Signatory")
        PARTICIPANT = "participant", _("Participant")
        ELECTED = "elected", _("Elected")

    record = models.ForeignKey(Record, models.CASCADE, related_name="people", verbose_name=_("record"))
    person = models.ForeignKey(
        "Person", models.PROTECT, null=True, blank=True, related_name="record_roles", verbose_name=_("person")
    )
    office = models.CharField(
        _("office"), max_length=200, blank=True, help_text=_("The office on the day of the record.")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    organisation = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTICIPANT)

    class Meta(Part.Meta):
        verbose_name = _("person in a record")
        verbose_name_plural = _("people in a record")

    def __str__(self):
        return str(self.person or in_any_language(self, "office"))


class RecordLink(Part):
    """A typed link between two records, entered once and shown on both."""

    class Type(models.TextChoices):
        AMENDS = "amends", _("Amends")
        REPLACES = "replaces", _("Replaces")
        CARRIES_OUT = "carries_out", _("Carries out")
        ENDS = "ends", _("Ends")
        OUTCOME_OF = "outcome_of", _("Outcome of")
        PART_OF = "part_of", _("Part of")
        FOLLOWS = "follows", _("Follows")
        ABOUT = "about", _("About")
        ESTABLISHES = "establishes", _("Establishes")
        RELATED = "related", _("See also")

    # How the link reads from the other end.
    REVERSE = {
        Type.AMENDS: _("Amended by"),
        Type.REPLACES: _("Replaced by"),
        Type.CARRIES_OUT: _("Carried out by"),
        Type.ENDS: _("Ended by"),
        Type.OUTCOME_OF: _("Outcomes"),
        Type.PART_OF: _("Parts"),
        Type.FOLLOWS: _("Followed by"),
        Type.ABOUT: _("Spoken of in"),
        Type.ESTABLISHES: _("Established by"),
        Type.RELATED: _("See also"),
    }

    record = models.ForeignKey(Record, models.CASCADE, related_name="links", verbose_name=_("record"))
    to = models.ForeignKey(Record, models.CASCADE, related_name="links_here", verbose_name=_("other record"))
    type = models.CharField(_("type"), max_length=20, choices=Type, default=Type.RELATED)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("link to a record")
        verbose_name_plural = _("links to records")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "to", "type"],
                name="recordlink_once",
                violation_error_message=_("This link is already there."),
            ),
            models.CheckConstraint(
                condition=~Q(record=F("to")),
                name="recordlink_to_another",
                violation_error_message=_("A record cannot be linked to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.get_type_display()} {self.to}"

    @property
    def reverse_label(self):
        return self.REVERSE[self.Type(self.type)]


class FormerNumber(models.Model):
    """The number in the address of a record that was merged into another; it leads there for ever."""

    number = models.PositiveBigIntegerField(_("former number"), primary_key=True)
    record = models.ForeignKey(
        Record, models.CASCADE, related_name="former_numbers", verbose_name=_("record")
    )

    class Meta:
        verbose_name = _("former number")
        verbose_name_plural = _("former numbers")

    def __str__(self):
        return str(self.number)


class FormerRef(models.Model):
    """The reference of a record that was merged into another; bundles that use it mean that other one."""

    ref = models.CharField(_("former reference"), max_length=150, primary_key=True)
    record = models.ForeignKey(Record, models.CASCADE, related_name="former_refs", verbose_name=_("record"))

    class Meta:
        verbose_name = _("former reference")
        verbose_name_plural = _("former references")

    def __str__(self):
        return self.ref
