from django.db import models
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.dates import PartialDateField, bounds_constraint
from relations.uploads.fields import CleanImageField
from relations.uploads.holder import FileHolder
from relations.uploads.names import flag_name

from .base import in_any_language


class CountryQuerySet(models.QuerySet):
    def active(self):
        """Countries that can be chosen for new content."""
        return self.filter(is_retired=False)

    def joined_by(self, record):
        """The countries on whose pages a record stands, in the order in which it names its parties."""
        party = self.model._meta.get_field("record_parties").related_model
        joining = {"record_parties__record": record, "record_parties__role__in": party.JOINING}
        return self.filter(**joining).order_by("record_parties__position", "record_parties__pk")

    def with_public_file(self):
        """Countries with a flag of their own; a flag is no secret."""
        return self.exclude(flag="")

    def with_slugs(self, *slugs_or_codes):
        """Countries named in an address by slug (`azerbaijan`) or by ISO code in any case (`az`)."""
        codes = [word.upper() for word in slugs_or_codes]
        return self.filter(models.Q(slug__in=slugs_or_codes) | models.Q(code__in=codes))


class Country(FileHolder):
    """A party that can form a pair: a state, a territory, a union of states, or one that existed once."""

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        TERRITORY = "territory", _("Territory")
        UNION = "union", _("Union of states")
        HISTORIC = "historic", _("Historic state")

    code = models.CharField(
        _("code"),
        max_length=2,
        unique=True,
        help_text=_("Two capital letters: ISO 3166-1, or a reserved or user-assigned code such as EU or XK."),
    )
    code3 = models.CharField(_("three-letter code"), max_length=3, unique=True, null=True, blank=True)
    numeric = models.CharField(_("numeric code"), max_length=3, blank=True)
    slug = models.SlugField(
        _("name in addresses"),
        unique=True,
        help_text=_("Used in every language’s address: /relations/azerbaijan-georgia/."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STATE)
    region = models.CharField(
        _("region"),
        max_length=3,
        blank=True,
        help_text=_("United Nations M49 code, such as 145 (Western Asia)."),
    )
    name = models.CharField(_("name"), max_length=100)
    official_name = models.CharField(_("official name"), max_length=200, blank=True)
    flag = CleanImageField(
        _("own flag image"),
        upload_to=flag_name,
        blank=True,
        help_text=_("Leave empty to use the flag that comes with the software."),
    )
    existed = PartialDateField(
        _("existed"),
        blank=True,
        help_text=_("For a historic state: the years it existed, such as 1922–1991."),
    )
    sovereign = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="territories",
        verbose_name=_("sovereign state"),
    )
    is_retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_("No longer offered for new content; what exists still shows it."),
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2}$"),
                name="country_code_is_two_capitals",
                violation_error_message=_("The code is two capital letters, such as AZ."),
            ),
            models.CheckConstraint(
                condition=models.Q(code3__isnull=True) | models.Q(code3__regex=r"^[A-Z]{3}$"),
                name="country_code3_is_three_capitals",
                violation_error_message=_("The three-letter code is three capital letters, such as AZE."),
            ),
            bounds_constraint("existed"),
        ]

    def __str__(self):
        return in_any_language(self, "name") or self.code

    def get_absolute_url(self):
        return reverse("country_detail", args=[self.slug])

    @property
    def flag_url(self):
        return self.flag.url if self.flag else static(f"flags/{self.code.lower()}.svg")
