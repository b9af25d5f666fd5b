"""Two countries and what is said of the pair as such: its summary, its levels, its texts by sector."""

from itertools import combinations

from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.dates import PartialDateField, bounds_constraint, newest_first, span_constraint

from .base import (
    Identified,
    Part,
    Published,
    PublishedQuerySet,
    as_ref,
    default_language,
    in_any_language,
    languages,
)
from .text import RichTextField


class RelationQuerySet(PublishedQuerySet):
    def between(self, one, other):
        """The relation of two countries, in whichever order they are given."""
        return self.filter(Q(country_a=one, country_b=other) | Q(country_a=other, country_b=one))

    def of(self, country):
        return self.filter(Q(country_a=country) | Q(country_b=country))

    def join(self, one, other):
        """Return the relation of two countries, entering it if nothing joined them before."""
        if relation := self.between(one, other).first():
            return relation
        first, second = sorted((one, other), key=lambda country: country.slug)
        try:
            with transaction.atomic(using=self.db):
                return self.create(country_a=first, country_b=second)
        except IntegrityError:
            # Somebody else joined them in the same moment.
            return self.between(one, other).get()

    def join_all(self, countries):
        """Return the relations of every two of the countries."""
        among = self.filter(country_a__in=countries, country_b__in=countries)
        known = {frozenset((one.country_a_id, one.country_b_id)): one for one in among}
        return [
            known.get(frozenset((one.pk, other.pk))) or self.join(one, other)
            for one, other in combinations(countries, 2)
        ]

    def with_page(self):
        """Relations that have something public to show; for all others the pair page does not exist."""
        has_content = Q(is_public=True)
        for name in ("records", "missions", "observations", "sector_texts", "levels"):
            accessor = self.model._meta.get_field(name)
            public = accessor.related_model.objects.published()
            has_content |= Q(Exists(public.filter(**{accessor.field.name: OuterRef("pk")})))
        return self.filter(has_content)

    def with_countries(self):
        return self.select_related("country_a", "country_b")

    def for_page(self):
        """Load what a pair page says of the relation itself, and how many public agreements it has."""
        agreements = Q(records__is_public=True, records__kind="agreement")
        return (
            self.with_countries()
            .nesting(links=RelationLink.objects.all())
            .annotate(number_of_agreements=Count("records", filter=agreements))
        )

    def newest_first(self):
        """Relations by their newest dated public record; those without any last."""
        records = self.model._meta.get_field("records").related_model.objects.published()
        last_day = newest_first("date")[0].expression
        dated = records.filter(relations=OuterRef("pk"), date__isnull=False)
        newest = Subquery(dated.order_by(last_day.desc()).values_list(last_day)[:1])
        return self.order_by(newest.desc(nulls_last=True), "country_a__slug", "country_b__slug")


class Relation(Identified, Published):
    """The relation of two countries, in no order. It is entered by itself when something first joins them."""

    country_a = models.ForeignKey("Country", models.PROTECT, related_name="+", verbose_name=_("country"))
    country_b = models.ForeignKey(
        "Country", models.PROTECT, related_name="+", verbose_name=_("other country")
    )
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("Leave empty to use the names of the two countries."),
    )
    summary = RichTextField(_("summary"), blank=True)
    original_language = models.CharField(
        _("original language"), max_length=10, choices=languages, default=default_language
    )

    parts = ("links", "citations")

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["country_a__slug", "country_b__slug"]
        constraints = [
            models.UniqueConstraint(
                Least("country_a", "country_b"),
                Greatest("country_a", "country_b"),
                name="relation_one_per_pair",
                violation_error_message=_("These two countries already have a page."),
            ),
            models.CheckConstraint(
                condition=~Q(country_a=F("country_b")),
                name="relation_of_two_countries",
                violation_error_message=_("A relation joins two different countries."),
            ),
        ]

    def __str__(self):
        return f"{self.country_a} – {self.country_b}"

    def get_absolute_url(self):
        return reverse("relation_detail", args=[self.slug])

    def natural_ref(self):
        return "-".join(sorted((self.country_a.code, self.country_b.code))).lower()

    @property
    def countries(self):
        """The two countries in the order of the page's address."""
        return sorted((self.country_a, self.country_b), key=lambda country: country.slug)

    @property
    def slug(self):
        return "-".join(country.slug for country in self.countries)

    def partner_of(self, country):
        return self.country_b if country.pk == self.country_a_id else self.country_a


class RelationLink(Part):
    """An address elsewhere that readers of a pair page need, such as the counterpart ministry's site."""

    relation = models.ForeignKey(Relation, models.CASCADE, related_name="links", verbose_name=_("relation"))
    url = models.URLField(_("address"), max_length=500)
    label = models.CharField(_("label"), max_length=200)
    organisation = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )

    class Meta(Part.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return in_any_language(self, "label") or self.url


class RelationLevel(Identified, Published):
    """The rank two countries give their relations from a date on, with the document it rests on."""

    class Level(models.TextChoices):
        RECOGNISED = "recognised", _("Recognition")
        DIPLOMATIC = "diplomatic_relations", _("Diplomatic relations")
        CONSULAR = "consular_relations", _("Consular relations")
        FRIENDSHIP = "friendship", _("Friendly relations")
        STRATEGIC_COOPERATION = "strategic_cooperation", _("Strategic cooperation")
        STRATEGIC_PARTNERSHIP = "strategic_partnership", _("Strategic partnership")
        ALLIED = "allied", _("Allied relations")
        DOWNGRADED = "downgraded", _("Relations downgraded")
        SUSPENDED = "suspended", _("Relations suspended")
        SEVERED = "severed", _("Relations severed")
        RESTORED = "restored", _("Relations restored")

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="levels", verbose_name=_("relation"))
    level = models.CharField(_("level"), max_length=30, choices=Level)
    start = PartialDateField(_("from"), blank=True)
    end = PartialDateField(_("until"), blank=True)
    basis = models.ForeignKey(
        "Record",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="levels",
        verbose_name=_("basis"),
        help_text=_("The treaty, declaration or other record that this level rests on."),
    )
    note = models.TextField(_("note"), blank=True)

    parts = ("citations",)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("level of relations")
        verbose_name_plural = _("levels of relations")
        # By first day: levels are steps, the latest of them is the present one.
        ordering = ["start_earliest", "pk"]
        constraints = [bounds_constraint("start"), bounds_constraint("end"), span_constraint("start", "end")]

    def __str__(self):
        return self.get_level_display()

    def natural_ref(self):
        return f"{self.relation.ref}.{self.level.replace('_', '-')}"


class SectorText(Identified, Published):
    """What one side says of the relations in one sector, as of a date."""

    relation = models.ForeignKey(
        Relation, models.CASCADE, related_name="sector_texts", verbose_name=_("relation")
    )
    sector = models.ForeignKey(
        "Sector", models.PROTECT, related_name="sector_texts", verbose_name=_("main sector")
    )
    other_sectors = models.ManyToManyField(
        "Sector", blank=True, related_name="+", verbose_name=_("other sectors")
    )
    viewpoint = models.ForeignKey(
        "Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("viewpoint"),
        help_text=_(
            "Whose text it is; a third country's is shown as that. Leave empty if it is no country's, "
            "such as a news report."
        ),
    )
    as_of = PartialDateField(_("as of"), blank=True, help_text=_("The date at which the text was true."))
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = RichTextField(_("text"), blank=True)
    original_language = models.CharField(
        _("original language"), max_length=10, choices=languages, default=default_language
    )

    parts = ("citations",)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector text")
        verbose_name_plural = _("sector texts")
        ordering = ["sector__position", "-as_of_latest", "pk"]
        constraints = [bounds_constraint("as_of")]

    def __str__(self):
        return in_any_language(self, "title") or f"{self.relation}: {self.sector}"

    def get_absolute_url(self):
        return f"{self.relation.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self):
        return f"text-{self.pk}"

    def natural_ref(self):
        viewpoint = self.viewpoint.code.lower() if self.viewpoint else "x"
        as_of = f".{as_ref(self.as_of)}" if self.as_of else ""
        return f"{self.relation.ref}.{self.sector.slug}.{viewpoint}{as_of}"
