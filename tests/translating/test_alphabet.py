"""Names stand where a reader of each language looks for them."""

import pytest
from django.utils.translation import override

from relations.translating.alphabet import in_alphabet

WORDS = {
    "en": ["Åland", "Albania", "Austria", "Côte d’Ivoire", "Croatia", "Türkiye", "Turkmenistan"],
    "az": ["Cibuti", "Çin", "Danimarka", "Ekvador", "Əfqanıstan", "Fransa", "Xorvatiya", "İran", "Kanada"],
    "ka": ["ავღანეთი", "თურქეთი", "იაპონია", "საქართველო", "ხორვატია"],
    "ru": ["Армения", "Германия", "Грузия", "Эстония", "Япония"],
    "uz": ["Gana", "Hindiston", "Oman", "Qatar", "Zambiya", "Oʻzbekiston", "Gʻarbiy", "Shvetsiya", "Chexiya"],
    "tg": ["Гана", "Ғарб", "Дания", "Кения", "Қазоқистон", "Лаос", "Ӯзбекистон", "Фаронса", "Ҳиндустон"],
}


@pytest.mark.parametrize("language", WORDS)
def test_names_are_sorted_by_the_alphabet_of_the_language(language):
    mixed = sorted(WORDS[language], key=len)

    with override(language):
        assert sorted(mixed, key=in_alphabet) == WORDS[language]


def test_blanks_come_first_and_strange_letters_last():
    with override("en"):
        found = sorted(["საქართველო", "Guinea-Bissau", "Guineas", "Guinea", "", "—"], key=in_alphabet)

    assert found == ["", "—", "Guinea", "Guinea-Bissau", "Guineas", "საქართველო"]
