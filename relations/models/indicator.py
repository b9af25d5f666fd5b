"""Figures: what is counted, and each value with its period, unit, source and comparison."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relations.dates import PartialDateField, bounds_constraint

from .base import Identified, Part, Published, PublishedQuerySet, as_ref, in_any_language
from .relation import Relation


class Indicator(models.Model):
    """Something that is counted or measured again and again, such as trade turnover."""

    class Nature(models.TextChoices):
        FLOW = "flow", _("Sum over a period")
        CUMULATIVE = "cumulative", _("Total over several years")
        STOCK = "stock", _("Count as of a date")

    slug = models.SlugField(_("name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    description = models.TextField(_("description"), blank=True)
    sector = models.ForeignKey("Sector", models.PROTECT, related_name="indicators", verbose_name=_("sector"))
    nature = models.CharField(_("nature"), max_length=12, choices=Nature, default=Nature.FLOW)
    unit = models.CharField(_("usual unit"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["sector__position", "slug"]

    def __str__(self):
        return in_any_language(self, "name") or self.slug


class Observation(Identified, Published):
    """A figure about two countries: its value, the period it holds for and whose statistics it is from."""

    class Direction(models.TextChoices):
        TURNOVER = "turnover", _("Turnover")
        EXPORTS = "exports", _("Exports")
        IMPORTS = "imports", _("Imports")
        INWARD = "inward", _("Inward")
        OUTWARD = "outward", _("Outward")
        MUTUAL = "mutual", _("Mutual")
        NONE = "none", _("Without direction")

    class Comparator(models.TextChoices):
        MORE = ">", _("more than")
        LESS = "<", _("less than")
        ABOUT = "about", _("about")

    class Status(models.TextChoices):
        PRELIMINARY = "preliminary", _("Preliminary")
        ESTIMATED = "estimated", _("Estimated")
        FINAL = "final", _("Final")
        REVISED = "revised", _("Revised")

    class ChangeBasis(models.TextChoices):
        PREVIOUS_YEAR = "previous_year", _("on the previous year")
        SAME_PERIOD = "same_period_previous_year", _("on the same period of the previous year")
        NOT_STATED = "not_stated", _("basis not stated")

    # Beyond it nothing that countries count can be written.
    LARGEST_SCALE = 15

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator")
    )
    relation = models.ForeignKey(
        Relation, models.PROTECT, related_name="observations", verbose_name=_("relation")
    )
    reporter = models.ForeignKey(
        "Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reporter"),
        help_text=_(
            "Whose statistics it is: one of the two countries. Leave empty if the source does not say."
        ),
    )
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.NONE)
    period = PartialDateField(_("period"), help_text=_("Such as 2010, January–March 2011 or 1997–2010."))
    comparator = models.CharField(_("comparator"), max_length=6, choices=Comparator, blank=True)
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=6)
    unit = models.CharField(
        _("unit"), max_length=30, help_text=_("A currency code such as USD, or a plain unit.")
    )
    scale = models.SmallIntegerField(
        _("power of ten"), default=0, help_text=_("6 for millions, 9 for billions.")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, blank=True)
    change = models.DecimalField(
        _("stated change, %"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    change_basis = models.CharField(_("change compared with"), max_length=30, choices=ChangeBasis, blank=True)
    share = models.DecimalField(_("share, %"), max_digits=9, decimal_places=4, null=True, blank=True)
    share_of = models.CharField(_("share of"), max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    rank_previous = models.PositiveSmallIntegerField(_("rank before"), null=True, blank=True)
    rank_of = models.CharField(_("rank among"), max_length=200, blank=True)
    as_of = PartialDateField(_("as of"), blank=True)
    note = models.TextField(_("note"), blank=True)

    parts = ("citations", "earlier_values")

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["indicator__slug", "period_earliest", "pk"]
        constraints = [
            bounds_constraint("period"),
            bounds_constraint("as_of"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=100),
                name="observation_share_is_percent",
                violation_error_message=_("A share lies between 0 and 100 per cent."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.period}"

    def get_absolute_url(self):
        return f"{self.relation.get_absolute_url()}#figure-{self.indicator.slug}"

    @property
    def partner(self):
        return self.relation.partner_of(self.reporter) if self.reporter else None

    def clean(self):
        if not self.relation_id:
            return
        if self.reporter_id not in (None, self.relation.country_a_id, self.relation.country_b_id):
            raise ValidationError({"reporter": _("The reporter is one of the two countries.")})
        if self.scale is not None and abs(self.scale) > self.LARGEST_SCALE:
            raise ValidationError({"scale": _("Write 6 for millions, 9 for billions; at most 15.")})

    def natural_ref(self):
        reporter = self.reporter.code.lower() if self.reporter else "x"
        parts = [self.indicator.slug, self.relation.ref, reporter, self.direction, as_ref(self.period)]
        return ".".join(parts)


class EarlierValue(Part):
    """What a figure was said to be before it was revised."""

    observation = models.ForeignKey(
        Observation, models.CASCADE, related_name="earlier_values", verbose_name=_("figure")
    )
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=6)
    status = models.CharField(_("status"), max_length=12, choices=Observation.Status, blank=True)
    stated = PartialDateField(_("stated"), blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("earlier value")
        verbose_name_plural = _("earlier values")
        constraints = [bounds_constraint("stated")]

    def __str__(self):
        return str(self.value)
