from django.db import models
from django.utils.translation import gettext_lazy as _

from .record import Record


class Statement(Record):
    """What somebody said on an occasion; the speaker stands among the record's people."""

    own_kind = Record.Kind.STATEMENT

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="statement"
    )
    occasion = models.CharField(_("occasion"), max_length=300, blank=True)
    quotation = models.TextField(_("quotation"), blank=True)
    spoken_language = models.CharField(
        _("language spoken"), max_length=10, blank=True, help_text=_("Language code, such as ru.")
    )

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
