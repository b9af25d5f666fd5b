"""Texts in the reader's language, or marked as being in another."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from relations.figures.words import cldr_locale
from relations.models.text import clean_html
from relations.translating.direction import direction
from relations.translating.shown import shown

register = template.Library()


def language_name(code):
    """Return the language's name in the language of the page; its code where nobody has a name for it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return cldr_locale().languages.get(code.replace("-", "_"), code)


@register.simple_tag
def text(obj, field="name"):
    """Print a plain text; in another language than the page's it carries its own `lang`."""
    return marked(shown(obj, field))


def marked(found):
    """Return a shown text; in another language than the page's with its own `lang`."""
    if not found.is_fallback:
        return found.value
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', found.language, direction(found.language), found.value
    )


@register.simple_tag
def rich_text(obj, field="body"):
    """Print formatted text, cleaned once more on its way out; a language other than the page's is said."""
    found = shown(obj, field)
    if not found:
        return ""
    body = mark_safe(clean_html(found.value))  # noqa: S308 -- cleaned in this very line
    if not found.is_fallback:
        return format_html('<div class="prose">{}</div>', body)
    return format_html(
        '{}<div class="prose" lang="{}" dir="{}">{}</div>',
        missing_language(found),
        found.language,
        direction(found.language),
        body,
    )


@register.simple_tag
def language_notice(obj, field="title"):
    """Say that a text is not there in the page's language; nothing where it is."""
    found = shown(obj, field)
    return missing_language(found) if found.is_fallback else ""


def missing_language(found):
    return format_html(
        '<p class="language-notice">{}</p>',
        _("Not yet translated. Shown in: %(language)s.") % {"language": language_name(found.language)},
    )


@register.filter
def web(address):
    """Return an address of the web; nothing where it is of another kind, which a link must not lead to."""
    return address if address.lower().startswith(("http://", "https://")) else ""


@register.filter
def plain(obj, field="name"):
    """Return the text alone, for attributes and titles."""
    return str(shown(obj, field))
