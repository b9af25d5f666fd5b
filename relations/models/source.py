from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relations.dates import PartialDateField, bounds_constraint

from .base import Identified, Part, in_any_language

# What a source can be cited on, by the name of the foreign key.
CITED = ("record", "sector_text", "observation", "mission", "level", "membership", "relation")


class Source(Identified):
    """A publication that says something: a ministry's page, a news item, a register."""

    publisher = models.CharField(_("publisher"), max_length=200)
    publisher_organisation = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="published_sources",
        verbose_name=_("publishing organisation"),
    )
    title = models.CharField(
        _("title"), max_length=300, help_text=_("In the source’s own language; a translation where it helps.")
    )
    # Any language there is, not only those of the site.
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        help_text=_("Language code of the source, such as ka or fr."),
    )
    url = models.URLField(_("address"), max_length=1000, blank=True)
    published = PartialDateField(_("published"), blank=True)
    read_on = PartialDateField(_("read on"), blank=True)
    archived_url = models.URLField(_("address of the archived copy"), max_length=1000, blank=True)
    archived = PartialDateField(_("archived"), blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    reproduces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reproductions",
        verbose_name=_("reproduces"),
        help_text=_("The source that this one republishes."),
    )
    correction = models.TextField(
        _("correction"), blank=True, help_text=_("What the publisher says it changed, and when.")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "title", "pk"]
        constraints = [
            bounds_constraint("published"),
            bounds_constraint("read_on"),
            bounds_constraint("archived"),
        ]

    def __str__(self):
        texts = (in_any_language(self, "publisher"), in_any_language(self, "title"))
        return ": ".join(filter(None, texts)) or self.ref


class Citation(Part):
    """A source on one thing, with what the source itself states where sources disagree."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    record = models.ForeignKey("Record", models.CASCADE, null=True, blank=True, related_name="citations")
    sector_text = models.ForeignKey(
        "SectorText", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    observation = models.ForeignKey(
        "Observation", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    mission = models.ForeignKey("Mission", models.CASCADE, null=True, blank=True, related_name="citations")
    level = models.ForeignKey(
        "RelationLevel", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    membership = models.ForeignKey(
        "Membership", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    relation = models.ForeignKey("Relation", models.CASCADE, null=True, blank=True, related_name="citations")
    locator = models.CharField(_("place in the source"), max_length=200, blank=True)
    states = models.JSONField(
        _("what this source states"),
        default=dict,
        blank=True,
        help_text=_("Only where sources disagree: field and value, such as date: 2007-03-15."),
    )
    is_preferred = models.BooleanField(
        _("preferred"), default=False, help_text=_("The page follows this source where sources disagree.")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *(Q(**{f"{other}__isnull": other != target for other in CITED}) for target in CITED),
                    _connector=Q.OR,
                ),
                name="citation_on_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=[target],
                    condition=Q(is_preferred=True),
                    name=f"citation_one_preferred_{target}",
                    violation_error_message=_("Only one source can be the preferred one."),
                )
                for target in CITED
            ),
        ]

    def __str__(self):
        return str(self.source)
