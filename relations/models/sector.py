from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import in_any_language


class SectorQuerySet(models.QuerySet):
    def active(self):
        """Sectors that can be chosen for new content."""
        return self.filter(is_retired=False)


class Sector(models.Model):
    """A field of cooperation: energy, trade, culture. Records, figures and texts are filed under it."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Write a colour as # and six digits, such as #2a6f97."))
        ],
    )
    is_retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_("No longer offered for new content; old filters keep working."),
    )

    objects = SectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["position", "slug"]

    def __str__(self):
        return in_any_language(self, "name") or self.slug

    def get_absolute_url(self):
        return reverse("sector_detail", args=[self.slug])
