from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import Published, PublishedQuerySet, default_language, in_any_language, languages
from .text import RichTextField


class Page(Published):
    """A text of the staff about the site itself: about, contact."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    body = RichTextField(_("text"), blank=True)
    original_language = models.CharField(
        _("original language"), max_length=10, choices=languages, default=default_language
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "slug"]

    def __str__(self):
        return in_any_language(self, "title") or self.slug

    def get_absolute_url(self):
        return reverse("page_detail", args=[self.slug])
