"""What a page tells of the past of what it shows."""

from django import template
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from relations.publishing import past
from relations.translating.shown import Shown, shown

from .texts import marked

register = template.Library()

register.simple_tag(past.past_of)


@register.simple_tag
def earlier_title(correction, thing):
    """Print the title a thing had before, in the language in which the page has its title now."""
    if not hasattr(thing, "title"):
        return ""
    language = shown(thing, "title").language
    title = getattr(correction, build_localized_fieldname("old_title", language)) or ""
    return marked(Shown(title, language, language != get_language())) if title else ""
