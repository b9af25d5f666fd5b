"""Dates of facts on pages."""

from django import template
from django.utils.html import format_html

from relations.dates import in_words

register = template.Library()


@register.simple_tag
def fact_date(date):
    """Print a date as precisely as it is known; a machine-readable one only where HTML has a form for it."""
    if not date:
        return ""
    from relations.dates.words import machine_date

    machine = machine_date(date)
    words = in_words(date)
    return format_html('<time datetime="{}">{}</time>', machine, words) if machine else words


@register.filter
def words(date):
    return in_words(date) if date else ""
