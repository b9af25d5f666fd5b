from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Image

from .base import EditorAdmin
from .filters import MissingLanguageFilter
from .forms import EditorForm
from .languages import languages_column


class ImageForm(EditorForm):
    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("is_decorative"):
            message = _("%(field)s: needed in at least one language (here %(language)s), or tick “decorative”.")
            self.need_in_one_language("alt", cleaned, message)
        return cleaned


@admin.register(Image)
class ImageAdmin(EditorAdmin):
    list_display = ("picture", "__str__", "credit", "licence", "is_decorative", "described_in")
    list_display_links = ("picture", "__str__")
    list_filter = ("is_decorative", MissingLanguageFilter.on("alt"))
    search_fields = ("alt", "caption", "credit", "ref")
    form = ImageForm
    fields = ("file", "is_decorative", "alt", "caption", "credit", "licence", "focal_x", "focal_y", "ref")

    described_in = staticmethod(languages_column("alt"))

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, image):
        return format_html('<img src="{}" alt="" height="60">', image.file.url)
