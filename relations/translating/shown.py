"""Which language of a text a reader gets, and the honesty to say which it is."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname


@dataclass(frozen=True)
class Shown:
    """A text as shown: its words, the language they are in, and whether that is another than asked for."""

    value: str
    language: str
    is_fallback: bool

    def __bool__(self):
        return bool(self.value)

    def __str__(self):
        return self.value


def shown(obj, field, language=None):
    """Return `field` of `obj` in the language asked for, else in its original, else in the first there is."""
    wanted = language or get_language()
    for code in fallbacks(obj, wanted):
        value = getattr(obj, build_localized_fieldname(field, code))
        if value:
            return Shown(value, code, code != wanted)
    return Shown("", wanted, False)


def fallbacks(obj, wanted):
    """Return the languages to try, best first: the one asked for, the original, then the site's order."""
    codes = [wanted, getattr(obj, "original_language", None), *dict(settings.LANGUAGES)]
    return [code for code in dict.fromkeys(codes) if code in dict(settings.LANGUAGES)]


def languages_of(obj, field):
    """Return the codes of the languages in which `field` has a text."""
    return [
        code for code, _name in settings.LANGUAGES if getattr(obj, build_localized_fieldname(field, code))
    ]
