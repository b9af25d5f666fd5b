"""Figures on pages."""

from django import template

from relations.figures import words

register = template.Library()

register.filter("number", words.number)
register.filter("figure", words.value_in_words)


@register.filter
def per_cent(value):
    return words.per_cent(value)


@register.filter
def change(value):
    """A change with its sign."""
    return words.per_cent(value, signed=True)
