"""One bar for the language of a whole form, its inlines included, instead of tabs on every field."""

import json

from django.conf import settings
from django.forms import Script
from django.utils.translation import gettext_lazy as _
from js_asset import Media
from modeltranslation.translator import translator

from relations.translating.direction import direction

from .languages import translated

# The editor has no catalogue for the titles of its buttons; prose-editor.js puts these in their place.
PROSE_EDITOR_WORDS = {
    "bold": _("Bold"),
    "italic": _("Italic"),
    "heading 3": _("Heading"),
    "heading 4": _("Smaller heading"),
    "paragraph": _("Paragraph"),
    "unordered list": _("List"),
    "ordered list": _("Numbered list"),
    "blockquote": _("Quotation"),
    "insert link": _("Link"),
    "remove link": _("Remove the link"),
    "undo": _("Undo"),
    "redo": _("Redo"),
}


class LanguageBar:
    """A model's form with the bar above it, and with the rich-text editor under the site's strict policy."""

    @property
    def media(self):
        # The page is not painted in all languages first and in one of them a moment later.
        bar = Script("bilateral_admin/language-bar.js", type="module", blocking="render")
        modules = ["bilateral_admin/prose-editor.js", "bilateral_admin/field-names.js"]
        others = [Script(path, type="module") for path in modules]
        return Media(css={"all": ["bilateral_admin/language-bar.css"]}, js=[bar, *others]) + super().media

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        inlines = [formset.opts.model for formset in context["inline_admin_formsets"]]
        if fields := texts_of(self.model, *inlines):
            context["language_bar"] = {
                "languages": [describe(code, name) for code, name in settings.LANGUAGES],
                "fields": json.dumps(fields),
                "original": getattr(obj, "original_language", ""),
            }
        context["prose_editor_words"] = PROSE_EDITOR_WORDS
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, add, change, form_url, obj)


def texts_of(*models):
    """Return which text in which language each translated column of the models holds."""
    return {
        column.name: {"field": name, "language": column.language}
        for model in models
        if translated(model)
        for name, columns in translator.get_options_for_model(model).all_fields.items()
        for column in columns
    }


def describe(code, name):
    return {"code": code, "name": name, "direction": direction(code)}
