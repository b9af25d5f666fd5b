from django.db import models
from django.utils.translation import gettext_lazy as _

from relations.uploads.names import file_name, image_name

from .base import Identified, Part, in_any_language, languages


class Image(Identified):
    """A picture that records may show, with what the law and readers who cannot see it need."""

    file = models.ImageField(
        _("picture"), upload_to=image_name, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It tells nothing that the text does not; it needs no description.")
    )
    alt = models.CharField(
        _("description for those who cannot see it"),
        max_length=300,
        blank=True,
        help_text=_("Say what the picture shows. Required in at least one language unless decorative."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Photographer or owner."))
    licence = models.CharField(_("licence"), max_length=200, blank=True, help_text=_("Needed before it can be shown."))
    # The point that stays in sight when the picture is cropped, in per cent from the left and from the top.
    focal_x = models.PositiveSmallIntegerField(_("focus, % from the left"), default=50)
    focal_y = models.PositiveSmallIntegerField(_("focus, % from the top"), default=50)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__lte=100, focal_y__lte=100),
                name="image_focus_in_picture",
                violation_error_message=_("The focus lies between 0 and 100 per cent."),
            )
        ]

    def __str__(self):
        return in_any_language(self, "alt") or in_any_language(self, "caption") or self.ref


class Attachment(Part):
    """A file that belongs to a record: the text of an agreement in one language, an annex."""

    record = models.ForeignKey(
        "Record", models.CASCADE, related_name="attachments", verbose_name=_("record")
    )
    file = models.FileField(_("file"), upload_to=file_name)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(
        _("language of the file"), max_length=10, choices=languages, blank=True
    )
    size = models.PositiveIntegerField(_("size in bytes"), editable=False, default=0)
    checksum = models.CharField(_("SHA-256"), max_length=64, editable=False, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return in_any_language(self, "title")
