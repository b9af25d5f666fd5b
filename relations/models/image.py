from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modeltranslation.utils import get_translation_fields

from relations.uploads.alt import validate_description
from relations.uploads.fields import CleanImageField, PdfField
from relations.uploads.holder import FileHolder
from relations.uploads.names import file_name, image_name

from .base import Identified, Part, default_language, in_any_language, languages


class ImageQuerySet(models.QuerySet):
    def showable(self):
        """Pictures that may be shown: licensed, and described to those who cannot see them."""
        described = Q(is_decorative=True)
        for column in get_translation_fields("alt"):
            described |= Q(**{f"{column}__gt": ""})
        return self.filter(described).exclude(licence="")

    def with_public_file(self):
        """Pictures that something public shows."""
        records = self.model._meta.get_field("records").related_model.objects.published()
        return self.showable().filter(Exists(records.filter(image=OuterRef("pk"))))


class Image(Identified, FileHolder):
    """A picture that records may show, with what the law and readers who cannot see it need."""

    file = CleanImageField(
        _("picture"),
        upload_to=image_name,
        width_field="width",
        height_field="height",
        focus_fields=("focal_x", "focal_y"),
        help_text=_("PNG, JPEG, WebP or AVIF, at most 10 MB. Hidden data (place, camera) are removed."),
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It tells nothing that the text does not; it needs no description."),
    )
    alt = models.CharField(
        _("description for those who cannot see it"),
        max_length=300,
        blank=True,
        validators=[validate_description],
        help_text=_("Say what the picture shows. Required in at least one language unless decorative."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Photographer or owner."))
    licence = models.CharField(
        _("licence"), max_length=200, blank=True, help_text=_("Needed before it can be shown.")
    )
    # The point that stays in sight when the picture is cropped, in per cent from the left and from the top.
    focal_x = models.PositiveSmallIntegerField(_("focus, per cent from the left"), default=50)
    focal_y = models.PositiveSmallIntegerField(_("focus, per cent from the top"), default=50)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["file"], name="image_file")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__lte=100, focal_y__lte=100),
                name="image_focus_in_picture",
                violation_error_message=_("The focus lies between 0 and 100 per cent."),
            )
        ]

    def __str__(self):
        return in_any_language(self, "alt") or in_any_language(self, "caption") or self.ref

    def clean(self):
        if not self.is_described:
            raise ValidationError(
                _("Describe the picture in at least one language, or mark it as decorative."),
                code="no_description",
            )

    @property
    def is_described(self):
        return self.is_decorative or any(getattr(self, column) for column in get_translation_fields("alt"))

    @property
    def is_showable(self):
        return bool(self.licence and self.is_described)

    @property
    def hidden_because(self):
        """Why visitors do not see it, in words for staff; empty of a picture that may be shown."""
        if not self.licence:
            return _("Visitors do not see this picture yet: its licence is missing.")
        if not self.is_described:
            return _("Visitors do not see this picture yet: its description is missing.")
        return ""


class AttachmentQuerySet(models.QuerySet):
    def with_public_file(self):
        records = self.model._meta.get_field("record").related_model.objects.published()
        return self.filter(record__in=records)


class Attachment(Part, FileHolder):
    """A file that belongs to a record: the text of an agreement in one language, an annex."""

    record = models.ForeignKey("Record", models.CASCADE, related_name="attachments", verbose_name=_("record"))
    file = PdfField(
        _("file"),
        upload_to=file_name,
        size_field="size",
        checksum_field="checksum",
        help_text=_("PDF, at most 20 MB."),
    )
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language of the file"), max_length=10, choices=languages, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False, default=0)
    checksum = models.CharField(_("SHA-256"), max_length=64, editable=False, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta(Part.Meta):
        indexes = [models.Index(fields=["file"], name="attachment_file")]
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return in_any_language(self, "title")

    @property
    def file_title(self):
        # In the file's own language, so that every reader's copy has the same name.
        with override(self.language or default_language()):
            return in_any_language(self, "title")
