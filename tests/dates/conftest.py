"""Compile the catalogue of the dates where that has not happened yet, or before its last change."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import relations.dates

for catalogue in Path(relations.dates.__file__).parent.glob("locale/*/LC_MESSAGES/django.po"):
    compiled = catalogue.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
        with catalogue.open("rb") as source, compiled.open("wb") as target:
            write_mo(target, read_po(source))
