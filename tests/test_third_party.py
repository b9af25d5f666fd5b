"""What the project ships of others' work: every file known, unchanged, licensed and free of scripts."""

import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

STATIC = Path(__file__).resolve().parent.parent / "static"
PACKAGES = json.loads((STATIC / "third_party.json").read_text(encoding="utf-8"))["packages"]
LICENCES = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Apache-2.0", "OFL-1.1", "CC0-1.0"}
OUR_OWN = {"fonts/fonts.css", "fonts/print.css"}
DRAWING = {
    "circle", "clipPath", "defs", "ellipse", "g", "line", "linearGradient", "mask", "path", "polygon",
    "marker", "polyline", "radialGradient", "rect", "stop", "svg", "title", "use",
}  # fmt: skip
FLAGS = sorted((STATIC / "flags").glob("*.svg"))
ALPHABETS = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyzABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ",
    "ka": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ„“",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя«»—№",
    "uz": "abdefghijklmnopqrstuvxyzʻʼ",
    "tg": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюяӢҒҚӮҲҶ",
    "currencies": "€₼₾₽₺£$",
}


def listed_files():
    return {name: digest for package in PACKAGES for name, digest in package["files"].items()}


def letters_of(ranges):
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def font_rules(style):
    """The family and the letters of each @font-face rule of one style."""
    for rule in re.findall(r"@font-face \{(.*?)\}", (STATIC / "fonts/fonts.css").read_text(), re.DOTALL):
        if f"font-style: {style}" in rule:
            family = re.search(r'font-family: "(.+?)"', rule)[1]
            yield family, set(letters_of(re.search(r"unicode-range: (.+?);", rule)[1]))


def test_every_vendored_file_is_listed_and_unchanged():
    shipped = {
        path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for room in ("flags", "fonts", "vendor")
        for path in (STATIC / room).rglob("*")
        if path.is_file()
    }

    assert {name: digest for name, digest in shipped.items() if name not in OUR_OWN} == listed_files()


def test_no_file_is_claimed_by_two_packages():
    names = [name for package in PACKAGES for name in package["files"]]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_package_has_an_allowed_licence_version_and_source(package):
    assert package["licence"] in LICENCES
    assert re.fullmatch(r"\d+(\.\d+)+", package["version"])
    assert package["source"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_package_is_described_for_readers(package):
    text = (STATIC / "THIRD_PARTY.md").read_text(encoding="utf-8")

    assert f"| {package['name']} | {package['version']} | {package['licence']} |" in text


def faults_of(drawing):
    """What a flag must not hold: scripts, styles, events, references to the outside."""
    for element in drawing.iter():
        if element.tag.removeprefix("{http://www.w3.org/2000/svg}") not in DRAWING:
            yield element.tag
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style":
                yield name
            if name.endswith("href") and not value.startswith("#"):
                yield value
            if "url(" in value and not value.startswith("url(#"):
                yield value


def test_faults_of_a_drawing_are_found():
    drawing = ElementTree.fromstring(  # noqa: S314 – written here
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script/><use href="https://example.org/#a"/>'
        '<path style="fill:red"/><path fill="url(https://example.org/b)"/><path fill="url(#c)"/></svg>'
    )

    assert list(faults_of(drawing)) == [
        "onload", "{http://www.w3.org/2000/svg}script", "https://example.org/#a", "style",
        "url(https://example.org/b)",
    ]  # fmt: skip


def test_flags_are_plain_four_to_three_drawings():
    drawings = {flag.stem: ElementTree.parse(flag).getroot() for flag in FLAGS}  # noqa: S314 – shipped by us

    assert len(drawings) == 198
    for code, drawing in drawings.items():
        left, top, width, height = map(float, drawing.get("viewBox").split())
        assert (code, left, top, width * 3) == (code, 0, 0, height * 4)
        assert (code, list(faults_of(drawing))) == (code, [])


def test_flags_together_stay_light():
    assert sum(flag.stat().st_size for flag in FLAGS) < 700_000
    assert max(flag.stat().st_size for flag in FLAGS) < 60_000


@pytest.mark.parametrize("style", ["fonts.css", "print.css"])
def test_font_rules_use_only_shipped_fonts(style):
    used = set(re.findall(r'url\("(.+?)"\)', (STATIC / "fonts" / style).read_text()))

    assert used == {path.name for path in (STATIC / "fonts").glob("*.woff2")}


@pytest.mark.parametrize("kind", ["Noto Sans", "Noto Serif"])
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_fonts_cover_the_alphabet(kind, alphabet):
    covered = set()
    for family, letters in font_rules("normal"):
        if family in {kind, f"{kind} Georgian"}:
            covered |= letters

    assert {letter for letter in ALPHABETS[alphabet] if ord(letter) not in covered} == set()


@pytest.mark.parametrize("style", ["normal", "italic"])
def test_font_subsets_do_not_overlap(style):
    seen = {}

    for family, letters in font_rules(style):
        assert not letters & seen.get(family, set())
        seen[family] = seen.get(family, set()) | letters

    assert "Noto Sans" in seen


def test_fonts_of_one_page_stay_light():
    upright = [path for path in (STATIC / "fonts").glob("*.woff2") if "italic" not in path.name]

    assert sum(path.stat().st_size for path in upright) < 200_000
    assert max(path.stat().st_size for path in upright) < 40_000
