"""The same page in the other languages."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override

from relations.translating.direction import direction
from relations.translating.shown import languages_of

register = template.Library()


@dataclass(frozen=True)
class LanguageLink:
    """A page's address in one language."""

    code: str
    name: str
    direction: str
    address: str
    is_current: bool


@register.simple_tag(takes_context=True)
def language_links(context, subject=None):
    """Return a link for each language the page exists in; filters and the page's number are kept.

    `subject` is the object the page is about, where its address differs by language.
    """
    request = context["request"]
    query = request.META.get("QUERY_STRING", "")
    codes = languages_of(subject, subject.title_field) if hasattr(subject, "title_field") else None
    return [
        LanguageLink(
            code,
            name,
            direction(code),
            address_in(code, request.path, subject) + (f"?{query}" if query else ""),
            code == get_language(),
        )
        for code, name in settings.LANGUAGES
        if codes is None or code in codes or code == get_language()
    ]


def address_in(code, path, subject):
    """Return where the page is in a language; the home page where the address is that of nothing."""
    with override(code):
        if subject:
            return subject.get_absolute_url()
    translated = translate_url(path, code)
    if translated != path or code == get_language():
        return translated
    with override(code):
        return reverse("home")


@register.simple_tag
def absolute(address):
    """Return an address of this site as others must write it."""
    return f"{settings.SITE_URL}{address}"
