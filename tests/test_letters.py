"""A word is found in any spelling, by each database alike: the suite runs on SQLite and on PostgreSQL."""

import pytest

from relations.letters import STANDS_FOR, in_plain_letters, pattern, sought, words_of
from relations.models import Page

FOUND = [
    ("Baku-Supsa", "Baku – Supsa"),
    ("Baku — Supsa", "baku-supsa"),
    ("Baki", "Bakı"),
    ("BAKI", "Bakı"),
    ("bakı", "BAKI"),
    ("gence", "Gəncə"),
    ("Gəncə", "GENCE"),
    ("GƏNCƏ", "gəncə"),
    ("Ozbekiston", "Oʻzbekiston"),
    ("O'zbekiston", "Oʻzbekiston"),
    ("Oʻzbekiston", "Ozbekiston"),
    ("oʼzbekiston", "O‘zbekiston"),
    ("точикистон", "Тоҷикистон"),
    ("ТОҶИКИСТОН", "точикистон"),
    ("чумхурии", "Ҷумҳурӣ ҷумҳурии"),
    ("гурчистон", "Гурҷистон"),
    ("узбекистон", "Ўзбекистон"),
    ("елка", "ёлка"),
    ("ЁЛКА", "елка"),
    ("елка", "е\u0308лка"),
    ("е\u0308лка", "Ёлка"),
    ("йод", "и\u0306од"),
    ("turkiye", "Türkiye"),
    ("TÜRKİYE", "Türkiye"),
    ("ilham", "İlham"),
    ("İlham", "ILHAM"),
    ("ılham", "ilham"),
    ("баку", "БАКУ"),
    ("Aзербайджан", "Азербайджан"),
    ("Азербайджан", "Aзербайджан"),
    ("PОССИЯ", "Россия"),
    ("თბილისი", "ᲗᲑᲘᲚᲘᲡᲘ"),
    ("ᲗᲑᲘᲚᲘᲡᲘ", "თბილისი"),
    ("strasse", "Straße"),
    ("STRAẞE", "strasse"),
    ("aegir", "Ægir"),
    ("ایران", "ايران"),
    ("\u212aelvin", "kelvin"),
    ("“several words”", "with “Several Words” in it"),
    ("50 %", "some 50 % of it"),
    ("a_b", "A_B"),
    ("f(x)", "F(X) = [0-9]+"),
    ("[0-9]+", "F(X) = [0-9]+"),
    ("c:\\new", "C:\\New"),
    ("***", "***"),
    ("(?i)", "(?i)"),
    ("$", "10 $"),
    ("'", "d'Azur"),
    ("한국", "대한민국 한국"),
]
NOT_FOUND = [
    ("Baki", "Baku"),
    ("точикистон", "таджикистан"),
    ("a.b", "axb"),
    ("Baku-Supsa", "Baku Supsa"),
    ("%", "anything"),
    ("_", "anything"),
    (".", "anything"),
    ("[0-9]+", "12"),
    ("\\d", "12"),
    ("^", "anything"),
    # A short word of look-alikes only is one of its own alphabet.
    ("CT", "министр"),
    ("ЕС", "economic"),
    ("\u0301", "anything"),
]
HOSTILE = [
    "(",
    "[",
    "{9",
    "\\",
    "a" * 200,
    "ё" * 200,
    "æ" * 200,
    "[" * 200,
    "'" * 200,
    "a*" * 100,
    "\ud7ff\uffff",
]


def rows_with(typed):
    return Page.objects.filter(title_en__regex=pattern(typed))


@pytest.mark.parametrize(("typed", "text"), FOUND)
def test_spelling_is_found(db, typed, text):
    Page.objects.create(slug="about", title_en=f"Before {text} after")

    assert rows_with(typed).exists()


@pytest.mark.parametrize(("typed", "text"), NOT_FOUND)
def test_other_word_is_not_found(db, typed, text):
    Page.objects.create(slug="about", title_en=text)

    assert not rows_with(typed).exists()


# Plain letters have no signs: one by itself is found by nobody.
@pytest.mark.parametrize(("typed", "text"), [pair for pair in FOUND if pair[0] != "'"])
def test_plain_letters_of_a_spelling_are_found_in_those_of_another(typed, text):
    assert (in_plain_letters(typed) or typed) in in_plain_letters(f"Before {text} after")


@pytest.mark.parametrize(("typed", "text"), NOT_FOUND)
def test_plain_letters_of_another_word_are_not_found(typed, text):
    assert (in_plain_letters(typed) or typed) not in in_plain_letters(text)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("gas  pipeline", ["gas", "pipeline"]),
        ('"Gas pipeline" Bakı', ["gas pipeline", "baki"]),
        ('"gas pipeline', ['"gas', "pipeline"]),
        ("d'Azur", ["dazur"]),
        ("''", ["''"]),
        ('"', ['"']),
        ("", []),
        ("  ", []),
    ],
)
def test_words_are_sought_one_by_one_unless_they_are_quoted(typed, words):
    assert sought(typed) == words
    assert len(words_of(typed)) == len(words)


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_finds_itself(db, typed):
    Page.objects.create(slug="about", title_en=typed)

    assert rows_with(typed).exists()


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_expression_is_no_longer_than_it_has_to_be(typed):
    assert len(pattern(typed)) <= 150 * len(typed)


def test_classes_hold_letters_only():
    """A sign would end a class early or begin a range."""
    assert len(STANDS_FOR) > 500
    assert [letters for letters in STANDS_FOR.values() if not letters.isalpha()] == []
