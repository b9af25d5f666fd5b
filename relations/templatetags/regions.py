"""Names of the regions that countries lie in, by their M49 code."""

import json
from pathlib import Path

from django import template
from django.utils.translation import get_language

from relations.figures.words import cldr_locale

register = template.Library()

# Where CLDR is wrong, or says it for people who choose a region in a form; null where nothing can be trusted.
CORRECTED = json.loads(Path(__file__).with_name("regions.json").read_text(encoding="utf-8"))


@register.filter
def region(code):
    """Return the name of a region in the page's language; nothing where no name of it can be trusted."""
    corrected = CORRECTED.get(get_language(), {})
    found = corrected[code] if code in corrected else cldr_locale().territories.get(code)
    return found or ""
