"""Numbers and units as each language writes them, from CLDR."""

from decimal import Decimal, localcontext

from babel import UnknownLocaleError
from babel.core import Locale
from babel.numbers import format_decimal, format_percent, get_currency_name, is_currency
from django.utils.translation import get_language, npgettext, pgettext
from django.utils.translation import gettext as _

# A column's digits and its powers of ten together, or a change computed from two, are more than the usual 28.
MOST_DIGITS = 80


def cldr_locale(language=None):
    """Return the CLDR locale of a language code of the site."""
    try:
        return Locale.parse(language or get_language(), sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse("und")


def number(value):
    """Write a number with the language's signs: 708.1 in English, 708,1 in Georgian. No digit is added."""
    with localcontext(prec=MOST_DIGITS):
        return format_decimal(Decimal(value).normalize(), "#,##0.######", locale=cldr_locale())


def per_cent(value, signed=False):
    """Write a number of per cent: 30.6 is 30.6% or 30,6 %."""
    with localcontext(prec=MOST_DIGITS):
        part = abs(Decimal(value)).normalize() / 100
        written = format_percent(part, locale=cldr_locale(), decimal_quantization=False)
    if not signed:
        return written
    return f"−{written}" if value < 0 else f"+{written}"


def scale_word(scale):
    """Return the word for a power of ten, empty for none and for those without a word."""
    return {
        3: pgettext("after a number", "thousand"),
        6: pgettext("after a number", "million"),
        9: pgettext("after a number", "billion"),
        12: pgettext("after a number", "trillion"),
    }.get(scale, "")


def unit_word(unit, count):
    """Return the unit's name for a count: a currency by its CLDR name, persons and documents by ours."""
    if is_currency(unit):
        return get_currency_name(unit, count=count, locale=cldr_locale())
    counted = int(count)
    return {
        "persons": npgettext("counted", "person", "persons", counted),
        "documents": npgettext("counted", "document", "documents", counted),
    }.get(unit, unit)


def value_in_words(observation):
    """Write a figure whole: comparator, number, scale and unit, such as “more than 30 documents”."""
    scale = scale_word(observation.scale)
    value = observation.value if scale else observation.value.scaleb(observation.scale)
    # Without trailing noughts: “1.000000” would be counted as several.
    count = observation.value.scaleb(observation.scale).normalize()
    words = " ".join(filter(None, (number(value), scale, unit_word(observation.unit, count))))
    templates = {
        ">": _("more than %(figure)s"),
        "<": _("less than %(figure)s"),
        "about": _("about %(figure)s"),
    }
    template = templates.get(observation.comparator, "%(figure)s")
    return template % {"figure": words}
