"""Which way a language is written."""

from django.conf import settings


def direction(code):
    # Not from LANG_INFO, which calls Azerbaijani a right-to-left language.
    return "rtl" if code.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"
