"""Month names from CLDR, read from Babel's data files.

Not through ``babel.Locale``: it keeps what an alias led to in data all languages share, so that the first
language asked for its stand-alone months gives them to the others (python-babel issue 1234, open in 2.18).
"""

import pickle
from functools import lru_cache

from babel import localedata
from django.utils.translation import to_locale


@lru_cache
def months(language: str, context: str = "format", width: str = "wide") -> tuple[str, ...]:
    """The twelve month names: as in a date (``format``) or by themselves (``stand-alone``)."""
    for data in _lineage(to_locale(language)):
        names = data.get("months", {}).get(context, {}).get(width)
        names = names[1] if isinstance(names, tuple) else names  # an alias with exceptions to it
        if isinstance(names, dict) and len(names) == 12:
            return tuple(names[number] for number in range(1, 13))
    if context == "stand-alone":
        return months(language, "format", width)
    return months(language) if width != "wide" else months("en")


def _lineage(locale: str):
    """The data of a locale and of the languages it is a variety of, nearest first."""
    parts = locale.split("_")
    for length in range(len(parts), 0, -1):
        name = "_".join(parts[:length])
        if localedata.exists(name):
            with open(localedata.resolve_locale_filename(name), "rb") as data_file:
                yield pickle.load(data_file)  # noqa: S301 – it is installed code, like Babel itself
