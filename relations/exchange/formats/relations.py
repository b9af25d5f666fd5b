"""Pairs of countries, and what is said of a pair as such."""

from relations.models import Relation, RelationLevel, RelationLink, SectorText

from .. import rules
from ..definition import Definition, RelationDefinition
from ..parts import Names, Parts
from ..references import TwoCountries
from .plain import plain
from .sources import citations, one_source

RELATION = RelationDefinition(
    "relation",
    Relation,
    [
        TwoCountries(Relation, "countries"),
        *plain(Relation, "title", "summary", "original_language"),
        Parts(RelationLink, "links", "relation", plain(RelationLink, "url", "label", "organisation")),
        citations("relation"),
    ],
    natural=True,
    shorthands=[one_source],
)

SECTOR_TEXT = Definition(
    "sector_text",
    SectorText,
    [
        *plain(SectorText, "relation", "sector"),
        Names(SectorText.other_sectors.through, "other_sectors", "sectortext", "sector", "slug"),
        *plain(SectorText, "viewpoint", "as_of", "title", "body", "original_language"),
        citations("sector_text"),
    ],
    natural=True,
    shorthands=[one_source],
)

LEVEL = Definition(
    "level",
    RelationLevel,
    [*plain(RelationLevel, "relation", "level", "from:start", "to:end", "basis", "note"), citations("level")],
    natural=True,
    shorthands=[one_source],
    rules=[rules.in_order("from", "to")],
)
