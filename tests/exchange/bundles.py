"""Small bundles for the tests, and the way in and out."""

import io
import json
from pathlib import Path

from django.core.management import call_command

from relations.exchange.guide import EXAMPLES
from relations.models import (
    Country,
    Image,
    Indicator,
    Membership,
    Mission,
    Notice,
    Observation,
    Organisation,
    Page,
    Person,
    Record,
    Relation,
    RelationLevel,
    Sector,
    SectorText,
    Source,
)

FILES = Path(__file__).parent / "files"

COUNTRIES = [
    {"type": "country", "code": code, "slug": slug, "name": {"en": slug.capitalize()}}
    for code, slug in (("AZ", "azerbaijan"), ("GE", "georgia"), ("RO", "romania"), ("HU", "hungary"))
]
SECTORS = [
    {"type": "sector", "slug": slug, "name": {"en": slug.capitalize()}} for slug in ("energy", "transport")
]
SOURCE = {"type": "source", "ref": "mfa", "publisher": {"en": "Ministry"}, "title": {"en": "Relations"}}
PERSON = {"type": "person", "ref": "i-aliyev", "name": {"en": "Ilham Aliyev"}}
INDICATOR = {"type": "indicator", "slug": "turnover", "name": {"en": "Turnover"}, "sector": "energy"}
COMPANY = {"type": "organisation", "ref": "socar", "kind": "company", "name": {"en": "SOCAR"}}
BASIS = [*COUNTRIES, *SECTORS, INDICATOR, COMPANY, PERSON, SOURCE]

RECORD = {
    "type": "record",
    "ref": "agri",
    "kind": "agreement",
    "date": "2010-09-14",
    "title": {"en": "Declaration"},
    "parties": [{"country": "AZ", "role": "signatory"}, {"country": "GE", "role": "signatory"}],
    "details": {"instrument": "declaration"},
}
VISIT = {**RECORD, "ref": "visit", "kind": "visit", "details": {"level": "official"}}
LEVEL = {"type": "level", "relation": ["AZ", "GE"], "level": "allied"}
OBSERVATION = {
    "type": "observation",
    "indicator": "turnover",
    "relation": ["AZ", "GE"],
    "period": "2010",
    "value": "708.1",
    "unit": "USD",
    "sources": ["mfa"],
}
MISSION = {"type": "mission", "sending": "AZ", "receiving": "GE", "kind": "embassy"}
MEMBERSHIP = {"type": "membership", "organisation": "socar", "country": "GE"}
TEXT = {"type": "sector_text", "relation": ["AZ", "GE"], "sector": "energy"}
NOTICE = {"type": "notice", "ref": "note", "text": {"en": "Renewal"}}
PAGE = {"type": "page", "slug": "about", "title": {"en": "About"}}

CONTENT = [
    Notice,
    Page,
    Membership,
    RelationLevel,
    Record,
    Person,
    Mission,
    Observation,
    SectorText,
    Relation,
    Image,
    Source,
    Organisation,
    Indicator,
    Sector,
    Country,
]


def examples():
    return [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]


def as_bytes(lines) -> bytes:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def take_in(folder, lines, **options) -> str:
    """Import lines, or the bytes of a file, with the command; return what it says."""
    path = folder / "bundle.jsonl"
    path.write_bytes(lines if isinstance(lines, bytes) else as_bytes(lines))
    said = io.StringIO()
    options = {"publish": True, "stdout": said, "stderr": io.StringIO()} | options
    call_command("import_bundle", str(path), **options)
    return said.getvalue()


def counts(said) -> dict[str, tuple[int, int, int]]:
    """The table at the end of an import: type → created, updated, unchanged."""
    rows = [line.split() for line in said.splitlines()]
    return {row[0]: tuple(map(int, row[1:])) for row in rows if len(row) == 4 and row[1].isdigit()}


def exported(folder, **options) -> bytes:
    path = folder / "exported.jsonl"
    call_command("export_bundle", str(path), **options)
    return path.read_bytes()


def exported_lines(folder) -> list[dict]:
    return [json.loads(line) for line in exported(folder).splitlines()]


def delete_everything():
    Source.objects.update(reproduces=None)
    Country.objects.update(sovereign=None)
    for model in CONTENT:
        model.objects.all().delete()
