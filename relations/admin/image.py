from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from relations.models import Image

from .base import EditorAdmin
from .filters import MissingLanguageFilter
from .languages import languages_column


@admin.register(Image)
class ImageAdmin(EditorAdmin):
    list_display = ("picture", "__str__", "credit", "licence", "is_decorative", "described_in")
    list_display_links = ("picture", "__str__")
    list_filter = ("is_decorative", MissingLanguageFilter.on("alt"))
    search_fields = ("alt", "caption", "credit", "ref")
    fields = ("file", "is_decorative", "alt", "caption", "credit", "licence", "focal_x", "focal_y", "ref")

    described_in = staticmethod(languages_column("alt", _("described in")))

    @admin.display(description=_("picture"))
    def picture(self, image):
        shown = image.file.square or image.file
        return format_html('<img src="{}" alt="" width="60" height="60">', shown.staff_url)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if reason := form.instance.hidden_because:
            messages.warning(request, reason)
