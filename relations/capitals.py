"""The first letter of a label, as the language in use writes it.

Django's ``capfirst`` takes ``str.upper``: a Georgian label then begins with a letter of an alphabet that is
only for whole words in capitals (and missing from many fonts), an Azerbaijani one with I where İ belongs.
"""

import sys

from django.template import defaultfilters
from django.utils import text
from django.utils.functional import keep_lazy_text
from django.utils.translation import pgettext


def capitalised(words):
    """Begin with a capital letter; the catalogue knows the one of i, Unicode's title case all others."""
    words = str(words)
    # Translators: the capital form of the small letter i in your alphabet.
    first = pgettext("capital letter", "I") if words.startswith("i") else words[:1].title()
    return first + words[1:]


def install():
    """Replace Django's rule by ours wherever it was imported by name, and into the template filter.

    Django has no setting for it, and its labels, headings and messages are made in a dozen modules.
    """
    theirs, ours = text.capfirst, keep_lazy_text(capitalised)
    for module in list(sys.modules.values()):
        if getattr(module, "__dict__", {}).get("capfirst") is theirs:
            module.capfirst = ours
    defaultfilters.register.filter("capfirst", defaultfilters.stringfilter(capitalised), is_safe=True)
