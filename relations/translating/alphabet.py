"""The order of the reader's alphabet, which a database sorts by only if it was set up for that language."""

import re
import unicodedata
from functools import lru_cache

from django.utils.translation import get_language, pgettext

from .shown import shown


def in_alphabet(text):
    """Return what to sort a text by so that it stands where a dictionary of the page's language has it."""
    letters, ranks = alphabet(get_language())
    found = letters.findall(unicodedata.normalize("NFC", text.lower()))
    return [rank(letter, ranks) for letter in found if not unicodedata.combining(letter[0])], text


def name_in_alphabet(thing):
    """Return what to sort things by so that the names stand in order that the page shows, in any language."""
    return in_alphabet(str(shown(thing, "name")))


@lru_cache
def alphabet(_language):
    """Return a pattern that finds one letter after the other, and the place of each."""
    # Translators: the letters of your language in their order; signs that count as one stand together.
    named = pgettext("alphabet", "a b c d e f g h i j k l m n o p q r s t u v w x y z").split()
    longest_first = sorted(named, key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, longest_first), "."]))
    return pattern, {letter: number for number, letter in enumerate(named)}


def rank(letter, ranks):
    """The letter's place; that of its plain form if it only carries a mark; blanks first, strangers last."""
    plain = unicodedata.normalize("NFKD", letter)[0]
    if letter in ranks or plain in ranks:
        return 1, ranks.get(letter, ranks.get(plain))
    return (2, ord(plain)) if plain.isalpha() else (0, 0)
