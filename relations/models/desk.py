from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import base


class Desk(models.Model):
    """What a member of staff answers for, and in which language the site writes to them.

    They answer for some countries, or all; a translator for some languages.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk", verbose_name=_("member of staff")
    )
    countries = models.ManyToManyField(
        "Country",
        blank=True,
        related_name="+",
        verbose_name=_("countries"),
        help_text=_("Only what touches one of these countries is seen and edited. Leave empty for all."),
    )
    languages = models.JSONField(
        _("languages"),
        default=list,
        blank=True,
        help_text=_("For a translator: the languages whose texts may be changed, and no others."),
    )

    mail_language = models.CharField(
        _("language of mails"), max_length=7, choices=base.languages, default=base.default_language
    )

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["user__username"]

    def __str__(self):
        return str(self.user)
