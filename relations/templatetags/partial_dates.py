"""Dates of facts on pages."""

from django import template
from django.utils.html import format_html
from django.utils.timezone import localdate

from relations.dates import PartialDate, in_words
from relations.dates.words import time_element

register = template.Library()

register.filter("words", in_words)


@register.simple_tag
def fact_date(date):
    """Print a date as precisely as it is known; a machine-readable one only where HTML has a form for it."""
    words, machine = in_words(date), time_element(date)
    return format_html('<time datetime="{}">{}</time>', machine, words) if machine else words


@register.simple_tag
def day_of(moment):
    """Print the day of a moment."""
    return fact_date(PartialDate.of(localdate(moment)))
