"""Sources, and the citations of them that other lines hold."""

from relations.models import Citation, Source

from .. import rules
from ..citations import Citations
from ..definition import Definition
from ..json_values import States
from ..references import Reference
from ..wrong import Wrong
from .plain import plain

SOURCE = Definition(
    "source",
    Source,
    [
        *plain(Source, "publisher", "publisher_organisation", "title", "language", "url"),
        *plain(Source, "published", "read_on", "archived_url", "archived", "licence"),
        Reference(Source, "reproduces", later=True),
        *plain(Source, "correction", "note"),
    ],
)


def citations(owner: str) -> Citations:
    """The field `sources` of a thing that is cited on; `owner` is the citation's foreign key to it."""
    return Citations(
        Citation,
        "sources",
        owner,
        [
            *plain(Citation, "source", "locator"),
            States(Citation, "states"),
            *plain(Citation, "preferred:is_preferred", "note"),
        ],
        together=[rules.one_preferred],
    )


def one_source(given: dict) -> dict:
    """`source` is short for `sources` with one entry."""
    if "source" not in given:
        return given
    if "sources" in given:
        raise Wrong("is short for sources; give one of the two", "source")
    rest = {name: value for name, value in given.items() if name != "source"}
    return {**rest, "sources": [given["source"]]} if given["source"] else rest
