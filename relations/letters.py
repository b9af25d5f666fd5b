"""Letters that stand for each other, so that a word is found however its writer or its seeker typed it.

Databases compare letters each in a way of its own. A regular expression that spells out which letters may
stand in each place, capitals among them, means the same to all of them. Where many long texts are searched,
they are kept in plain letters beside, and what is sought is put into plain letters too.
"""

import re
import unicodedata
from collections import defaultdict
from functools import cache

from django.utils.text import smart_split, unescape_string_literal

# What may be sought at once: characters, and words.
LONGEST_SEARCH = 200
MOST_WORDS = 8

# Apostrophes and their like, which many leave out.
SIGNS = "'`´‘’ʻʼ"
# Signs, and accents where they stand by themselves behind their letter.
BETWEEN = f"[{SIGNS}\u0300-\u036f]"

# Hyphens, dashes and the minus, with a blank around them or none: “Baku-Tbilisi”, “Baku – Tbilisi”.
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
DASH = rf"\s{{0,2}}[-{DASHES}]\s{{0,2}}"

# What is typed for letters that do not come apart into a plain letter and an accent.
PLAIN = (
    dict(zip("əıđðłøħŋ", "eiddlohn", strict=True))
    | dict(zip("ғґқҳһҷҗңөүұ", "ггкххчжноуу", strict=True))
    | dict(zip("یىک", "ييك", strict=True))
    | {"ß": "ss", "æ": "ae", "œ": "oe"}
    | dict.fromkeys(DASHES, "-")
)
# Those, and what is left out; looked for by an expression, for str.translate asks about every letter.
NOT_PLAIN = re.compile(f"[{''.join(PLAIN)}]|{BETWEEN}")
# Pairs of one shape in two alphabets, small or as capitals.
PAIRS = list(zip("abcehijkmopstxy", "авсеніјкморѕтху", strict=True))
LOOK_ALIKES = dict(PAIRS) | {other: letter for letter, other in PAIRS}
# To the alphabet of the second of each pair, and to that of the first.
TO_CYRILLIC = str.maketrans(dict(PAIRS))
TO_LATIN = str.maketrans({other: letter for letter, other in PAIRS})
LATIN, CYRILLIC = re.compile("[a-z]"), re.compile("[\u0400-\u052f]")

# From Latin to Arabic; Georgian and its capitals; more accents of Latin and Greek.
ALPHABETS = (range(0x700), range(0x10A0, 0x1100), range(0x1C90, 0x1CC0), range(0x1E00, 0x2000))


def plain(letter):
    """Return a letter without capital, accent and hook; two letters for a ligature."""
    return made_plain(unicodedata.normalize("NFD", letter.lower()))


def in_plain_letters(text):
    """Return a text as it is searched: no capitals, accents and signs, every word in one alphabet."""
    if text.isascii():
        return close_up(text.lower().replace("'", "").replace("`", ""))
    letters = made_plain(unicodedata.normalize("NFD", text.lower()))
    has_both = CYRILLIC.search(letters) and LATIN.search(letters)
    return close_up(re.sub(r"\w+", in_one_alphabet, letters) if has_both else letters)


def close_up(letters):
    return re.sub(DASH, "-", letters) if "-" in letters else letters


def made_plain(letters):
    # A text has few of them, each many times.
    for letter in set(NOT_PLAIN.findall(letters)):
        letters = letters.replace(letter, PLAIN.get(letter, ""))
    return letters


def in_one_alphabet(match):
    """Return a word with its look-alikes in the alphabet that its other letters show, if they show one."""
    word = match[0]
    if LATIN.search(word) and CYRILLIC.search(word):
        others = "".join(letter for letter in word if letter not in LOOK_ALIKES)
        is_latin, is_cyrillic = bool(LATIN.search(others)), bool(CYRILLIC.search(others))
        if is_latin != is_cyrillic:
            return word.translate(TO_LATIN if is_latin else TO_CYRILLIC)
    return word


def sought(typed):
    """Return the words that were typed, in plain letters; of one that is all accents and signs, those."""
    return [in_plain_letters(word) or word for word in words_of(typed)]


def words_of(typed):
    """Split what was typed into words; “several words” in quotes are one."""
    return [
        unescape_string_literal(bit) if len(bit) > 2 and bit[0] in "\"'" and bit[0] == bit[-1] else bit
        for bit in smart_split(typed)
    ]


def classes():
    """Return for each plain letter all that stand for it."""
    found = defaultdict(str)
    for letter in (chr(number) for numbers in ALPHABETS for number in numbers):
        if letter.isalpha() and letter not in SIGNS:
            found[plain(letter)] += letter
    return dict(found)


STANDS_FOR = classes()
PLAIN_LETTERS = {letter: same for same, letters in STANDS_FOR.items() for letter in letters}
PART = re.compile("|".join([*(letters for letters in STANDS_FOR if len(letters) > 1), "."]), re.DOTALL)


def pattern(word):
    """Return the regular expression that finds a word in any spelling; what is no letter finds itself.

    Python and PostgreSQL read it alike. It is some 40 times as long as the word.
    """
    letters = re.sub(DASH, "-", re.sub(BETWEEN, "", unicodedata.normalize("NFC", word)))
    if not letters:
        return re.escape(word)
    letters = "".join(PLAIN_LETTERS.get(letter, letter) for letter in letters)
    others = LOOK_ALIKES if shows_its_alphabet(letters) else {}
    return f"{BETWEEN}*".join(written(part, others) for part in PART.findall(letters))


def shows_its_alphabet(letters):
    """Whether look-alikes are slips in this word: one of nothing else could be either alphabet's."""
    return any(letter.isalpha() and letter not in LOOK_ALIKES for letter in letters)


def written(part, look_alikes):
    """Return the regular expression for one letter, or for two that have a ligature."""
    if part == "-":
        return DASH
    every = STANDS_FOR.get(part, part) + STANDS_FOR.get(look_alikes.get(part), "")
    either = re.escape(every) if len(every) == 1 else f"[{in_ranges(every)}]"
    if len(part) == 1:
        return either
    apart = f"{BETWEEN}*".join(written(letter, look_alikes) for letter in part)
    return f"(?:{apart}|{either})"


@cache
def in_ranges(letters):
    """Write neighbours as the first and the last: SQLite hands the expression over again for each text."""
    runs = []
    for letter in sorted(letters):
        if runs and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1] += letter
        else:
            runs.append(letter)
    return "".join(run if len(run) < 3 else f"{run[0]}-{run[-1]}" for run in runs)
