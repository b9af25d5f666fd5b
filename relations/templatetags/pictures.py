"""Pictures on pages."""

from django import template

from relations.translating.shown import shown

register = template.Library()


@register.filter
def description(image):
    """Return the words for those who cannot see a picture, with their language; none of a decorative one."""
    return None if image.is_decorative else shown(image, "alt")
