"""Imports run one way, and no line names a language: docs/architecture.md, held against the code."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).parent.parent
APP = ROOT / "relations"

# Which rooms of the app a room may import.
DOMAIN = {"dates", "uploads", "models", "publishing", "translating", "figures", "letters"}
ALLOWED = {
    "dates": set(),
    "uploads": set(),
    "capitals": set(),
    "apps": {"capitals"},
    "staff": {"admin"},
    "models": {"dates", "uploads", "letters"},
    "translation": {"models"},
    "translating": set(),
    "figures": {"models", "dates"},
    "letters": set(),
    "publishing": {"models", "dates", "uploads"},
    "merging": {"models"},
    "templatetags": DOMAIN | {"capitals"},
    "exchange": DOMAIN,
    "admin": DOMAIN | {"merging"},
    "site": DOMAIN,
    "management": DOMAIN | {"exchange"},
}

# Written by people, and not data: columns of languages stand in migrations, which nobody writes.
SOURCES = {".py", ".html", ".js", ".css"}
FOLDERS = ("relations", "templates", "static")
NAMES_A_LANGUAGE = re.compile(rf"\b\w+_({'|'.join(code for code, _name in settings.LANGUAGES)})\b")


def room_of(path):
    return path.relative_to(APP).parts[0].removesuffix(".py")


def modules():
    paths = (path for path in APP.rglob("*.py") if path != APP / "__init__.py")
    return [path for path in paths if room_of(path) != "migrations"]


def imported(path):
    """Yield the full name of everything that a module imports, wherever in it."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".") for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) + 1 - node.level]] if node.level else []
            module = node.module.split(".") if node.module else []
            yield from ([*base, *module, name.name] for name in node.names)


def rooms_imported(path):
    return {names[1] for names in imported(path) if names[0] == APP.name and len(names) > 1} - {room_of(path)}


def test_every_room_has_its_rule():
    assert {room_of(path) for path in modules()} == set(ALLOWED)


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_what_stands_below_it(room):
    wrong = {
        str(path.relative_to(ROOT)): sorted(rooms_imported(path) - ALLOWED[room])
        for path in modules()
        if room_of(path) == room and rooms_imported(path) - ALLOWED[room]
    }

    assert wrong == {}


def test_rules_make_no_circle():
    left = dict(ALLOWED)
    while left:
        lowest = [room for room in left if not ALLOWED[room] & set(left)]
        assert lowest, sorted(left)
        for room in lowest:
            del left[room]


def test_the_app_imports_neither_settings_nor_tests():
    outside = {names[0] for path in modules() for names in imported(path)} & {"config", "tests"}

    assert outside == set()


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_line_names_a_language(folder):
    paths = [path for path in (ROOT / folder).rglob("*") if path.suffix in SOURCES]
    paths = [path for path in paths if not {"migrations", "bundles", "vendor"} & set(path.parts)]
    named = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if NAMES_A_LANGUAGE.search(line)
    ]

    assert paths
    assert named == []
