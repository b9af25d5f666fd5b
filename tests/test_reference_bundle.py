"""The reference bundle: countries, sectors and indicators that every installation starts with."""

import itertools
import json
import re
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINES = (ROOT / "relations/exchange/bundles/reference.jsonl").read_text(encoding="utf-8").splitlines()
OBJECTS = [json.loads(line) for line in LINES]
SCRIPTS = {
    "en": "LATIN", "az": "LATIN", "ka": "GEORGIAN", "ru": "CYRILLIC", "uz": "LATIN", "tg": "CYRILLIC",
}  # fmt: skip
UZBEK_MARKS = {"ʻ", "ʼ"}
KEYS = {
    "country": ["type", "code", "code3", "numeric", "slug", "kind", "region", "name", "official_name"],
    "sector": ["type", "slug", "name", "position", "colour"],
    "indicator": ["type", "slug", "name", "sector", "nature", "unit"],
}
NAMES = [
    ("AZ", "Azerbaijan", "Azərbaycan", "აზერბაიჯანი", "Азербайджан", "Ozarbayjon", "Озарбойҷон"),
    ("GE", "Georgia", "Gürcüstan", "საქართველო", "Грузия", "Gruziya", "Гурҷистон"),
    ("UZ", "Uzbekistan", "Özbəkistan", "უზბეკეთი", "Узбекистан", "Oʻzbekiston", "Ӯзбекистон"),
    ("TJ", "Tajikistan", "Tacikistan", "ტაჯიკეთი", "Таджикистан", "Tojikiston", "Тоҷикистон"),
    ("KG", "Kyrgyzstan", "Qırğızıstan", "ყირგიზეთი", "Кыргызстан", "Qirgʻiziston", "Қирғизистон"),
    ("TR", "Türkiye", "Türkiyə", "თურქეთი", "Турция", "Turkiya", "Туркия"),
    ("AF", "Afghanistan", "Əfqanıstan", "ავღანეთი", "Афганистан", "Afgʻoniston", "Афғонистон"),
    ("BY", "Belarus", "Belarus", "ბელარუსი", "Беларусь", "Belarus", "Беларус"),
    ("LT", "Lithuania", "Litva", "ლიეტუვა", "Литва", "Litva", "Литва"),
    ("RO", "Romania", "Rumıniya", "რუმინეთი", "Румыния", "Ruminiya", "Руминия"),
    ("HU", "Hungary", "Macarıstan", "უნგრეთი", "Венгрия", "Vengriya", "Маҷористон"),
    ("CZ", "Czechia", "Çexiya", "ჩეხეთი", "Чехия", "Chexiya", "Чехия"),
    ("PS", "Palestine", "Fələstin", "პალესტინა", "Палестина", "Falastin", "Фаластин"),
    ("VA", "Holy See", "Müqəddəs Taxt-Tac", "წმინდა საყდარი",
     "Святой Престол", "Muqaddas Taxt", "Тахти Муқаддас"),
    ("SZ", "Eswatini", "Esvatini", "ესვატინი", "Эсватини", "Esvatini", "Эсватини"),
    ("MM", "Myanmar", "Myanma", "მიანმარი", "Мьянма", "Myanma", "Мянма"),
    ("CV", "Cabo Verde", "Kabo-Verde", "კაბო-ვერდე", "Кабо-Верде", "Kabo-Verde", "Кабо-Верде"),
    ("CI", "Côte d’Ivoire", "Kot-d’İvuar", "კოტ-დ’ივუარი", "Кот-д’Ивуар", "Kot-dʼIvuar", "Кот-д’Ивуар"),
    ("CG", "Congo", "Konqo", "კონგო", "Конго", "Kongo", "Конго"),
    ("NR", "Naoero", "Naoero", "ნაოერო", "Наоэро", "Naoero", "Наоэро"),
    ("EU", "European Union", "Avropa İttifaqı", "ევროკავშირი",
     "Европейский союз", "Yevropa Ittifoqi", "Иттиҳоди Аврупо"),
    ("XK", "Kosovo", "Kosovo", "კოსოვო", "Косово", "Kosovo", "Косово"),
    ("TW", "Taiwan", "Tayvan", "ტაივანი", "Тайвань", "Tayvan", "Тайван"),
    ("KR", "Republic of Korea", "Koreya Respublikası", "კორეის რესპუბლიკა",
     "Республика Корея", "Koreya Respublikasi", "Ҷумҳурии Корея"),
    ("MK", "North Macedonia", "Şimali Makedoniya", "ჩრდილოეთ მაკედონია",
     "Северная Македония", "Shimoliy Makedoniya", "Македонияи Шимолӣ"),
    ("US", "United States", "Amerika Birləşmiş Ştatları", "ამერიკის შეერთებული შტატები",
     "Соединённые Штаты Америки", "Amerika Qoʻshma Shtatlari", "Иёлоти Муттаҳидаи Амрико"),
]  # fmt: skip


def of_type(name):
    return [thing for thing in OBJECTS if thing["type"] == name]


COUNTRIES = of_type("country")


def texts_in(language):
    for thing in OBJECTS:
        for field in ("name", "official_name"):
            if language in thing.get(field, {}):
                yield thing[field][language]


def scripts_of(text):
    letters = (letter for letter in text if letter.isalpha() and letter not in UZBEK_MARKS)
    return {unicodedata.name(letter).split()[0] for letter in letters}


def relative_luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_with_white(colour):
    return 1.05 / (relative_luminance(colour) + 0.05)


def test_lines_are_in_canonical_form():
    for line, thing in zip(LINES, OBJECTS, strict=True):
        assert line == json.dumps(thing, ensure_ascii=False)
        assert list(thing) == [key for key in KEYS[thing["type"]] if key in thing]


def test_lines_come_in_the_order_of_the_format():
    assert [thing["type"] for thing in OBJECTS] == ["country"] * 198 + ["sector"] * 26 + ["indicator"] * 8


def test_countries_are_sorted_and_have_unique_identities():
    codes = [country["code"] for country in COUNTRIES]

    assert codes == sorted(set(codes))
    shapes = [("code3", r"[A-Z]{3}", 0), ("numeric", r"\d{3}", 2), ("slug", r"[a-z]+(-[a-z]+)*", 0)]
    for key, shape, without in shapes:
        values = [country[key] for country in COUNTRIES if key in country]
        assert len(values) == len(set(values)) == 198 - without
        assert all(re.fullmatch(shape, value) for value in values)


def test_country_kinds_follow_the_united_nations():
    kinds = {country["code"]: country["kind"] for country in COUNTRIES if country["kind"] != "state"}

    assert kinds == {"EU": "union", "TW": "territory", "XK": "territory"}


def test_country_regions_are_the_finest_of_m49():
    regions = {country["region"] for country in COUNTRIES}
    by_code = {country["code"]: country["region"] for country in COUNTRIES}

    assert regions == {
        "005", "011", "013", "014", "015", "017", "018", "021", "029", "030", "034", "035", "039", "053",
        "054", "057", "061", "143", "145", "150", "151", "154", "155",
    }  # fmt: skip
    assert [by_code[code] for code in ("AZ", "GE", "TJ", "KE")] == ["145", "145", "143", "014"]


def test_address_of_every_pair_splits_one_way_only():
    slugs = {country["slug"] for country in COUNTRIES}

    for pair in itertools.permutations(sorted(slugs), 2):
        address = "-".join(pair)
        hyphens = [match.start() for match in re.finditer("-", address)]
        readings = [(address[:at], address[at + 1 :]) for at in hyphens]
        assert [reading for reading in readings if slugs.issuperset(reading)] == [pair]


def test_addresses_of_the_first_pairs_are_as_promised():
    slugs = {country["code"]: country["slug"] for country in COUNTRIES}

    assert [slugs[code] for code in ("AZ", "GB", "CI", "CG", "CD", "TR", "ST")] == [
        "azerbaijan", "united-kingdom", "cote-divoire", "congo", "dr-congo", "turkiye",
        "sao-tome-and-principe",
    ]  # fmt: skip


def test_names_are_there_in_every_language():
    for thing in OBJECTS:
        assert list(thing["name"]) == list(SCRIPTS)
        assert set(thing.get("official_name", {})) <= set(SCRIPTS)


@pytest.mark.parametrize("language", SCRIPTS)
def test_texts_are_in_their_script(language):
    texts = list(texts_in(language))

    assert len(texts) >= 198 + 26 + 8
    assert [text for text in texts if scripts_of(text) != {SCRIPTS[language]}] == []


@pytest.mark.parametrize("language", SCRIPTS)
def test_texts_are_cleanly_written(language):
    wrong = set("'`‘&()") | (set("’") if language == "uz" else set())

    for text in texts_in(language):
        assert not wrong & set(text), text
        assert text == " ".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("language", SCRIPTS)
def test_names_tell_countries_apart(language):
    names = [country["name"][language] for country in COUNTRIES]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("code", "names"), [(row[0], row[1:]) for row in NAMES], ids=[row[0] for row in NAMES]
)
def test_country_name_is_the_one_diplomacy_uses(code, names):
    country = next(country for country in COUNTRIES if country["code"] == code)

    assert tuple(country["name"].values()) == names


def test_official_names_of_the_first_four_are_complete():
    official = {country["code"]: country.get("official_name") for country in COUNTRIES}

    assert official["AZ"]["az"] == "Azərbaycan Respublikası"
    assert official["UZ"]["uz"] == "Oʻzbekiston Respublikasi"
    assert official["TJ"]["tg"] == "Ҷумҳурии Тоҷикистон"
    assert official["GE"]["ka"] == "საქართველო"
    assert all(list(official[code]) == list(SCRIPTS) for code in ("AZ", "GE", "UZ", "TJ"))


def test_every_country_has_a_flag_and_every_flag_a_country():
    flags = {path.stem for path in (ROOT / "static/flags").glob("*.svg")}

    assert flags == {country["code"].lower() for country in COUNTRIES}


def test_sectors_are_those_of_the_documents():
    documents = json.loads((ROOT / "tests/data/facts.json").read_text(encoding="utf-8"))["seeds"]
    used = {sector for document in documents for fact in document["facts"] for sector in fact["sectors"]}

    assert {sector["slug"] for sector in of_type("sector")} == used - {"general"}
    assert [sector["position"] for sector in of_type("sector")] == list(range(10, 270, 10))


def test_sector_colours_are_distinct_and_carry_white_text():
    colours = {sector["slug"]: sector["colour"] for sector in of_type("sector")}

    assert len(set(colours.values())) == 26
    assert {slug: colour for slug, colour in colours.items() if contrast_with_white(colour) < 4.5} == {}


def test_indicators_say_sector_nature_and_unit():
    indicators = {
        indicator["slug"]: (indicator["sector"], indicator["nature"], indicator["unit"])
        for indicator in of_type("indicator")
    }

    assert indicators == {
        "trade-turnover": ("trade", "flow", "USD"),
        "exports": ("trade", "flow", "USD"),
        "imports": ("trade", "flow", "USD"),
        "fdi-inflow": ("investment", "flow", "USD"),
        "fdi-total": ("investment", "cumulative", "USD"),
        "visitors": ("tourism", "flow", "persons"),
        "bilateral-documents": ("legal", "stock", "documents"),
        "draft-documents": ("legal", "stock", "documents"),
    }
