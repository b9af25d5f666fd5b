"""What is counted, and the figures."""

from relations.models import EarlierValue, Indicator, Observation

from .. import rules
from ..definition import Definition
from ..parts import Parts
from ..wrong import Wrong, is_empty, shown
from .plain import plain, settled
from .sources import citations, one_source


def partner(given: dict) -> dict:
    """`partner` beside `reporter` is short for `relation`."""
    if "partner" not in given:
        return given
    if not is_empty(given.get("relation")):
        raise Wrong("and the relation say the same; give one of the two", "partner")
    reporter, other = given.get("reporter"), given["partner"]
    if not isinstance(reporter, str) or not isinstance(other, str):
        raise Wrong("needs a reporter; where it is not known, give the relation", "partner")
    if reporter == other:
        raise Wrong(f"{shown(other)} is the reporter itself", "partner")
    rest = {name: value for name, value in given.items() if name != "partner"}
    return {**rest, "relation": [reporter, other]}


def reporter_is_one_of_the_two(document):
    if document.get("reporter", document["relation"][0]) not in document["relation"]:
        both = " and ".join(document["relation"])
        yield ("reporter",), f"{shown(document['reporter'])} is neither of {both}"


def public_only_with_a_source(document):
    if document.get("public", True) and not document.get("sources"):
        yield ("sources",), 'a public figure needs a source; without one it is "public": false'


INDICATOR = Definition(
    "indicator",
    Indicator,
    [
        *map(settled, plain(Indicator, "slug")),
        *plain(Indicator, "name", "description", "sector", "nature", "unit"),
    ],
)

OBSERVATION = Definition(
    "observation",
    Observation,
    [
        *plain(Observation, "indicator", "relation", "reporter", "direction", "period"),
        *plain(Observation, "comparator", "value", "unit", "scale", "status"),
        *plain(Observation, "change", "change_basis", "share", "share_of"),
        *plain(Observation, "rank", "rank_previous", "rank_of", "as_of", "note"),
        Parts(
            EarlierValue,
            "earlier_values",
            "observation",
            plain(EarlierValue, "value", "status", "stated", "note"),
        ),
        citations("observation"),
    ],
    natural=True,
    shorthands=[partner, one_source],
    rules=[
        reporter_is_one_of_the_two,
        public_only_with_a_source,
        rules.between("share", 0, 100),
        rules.between("scale", -Observation.LARGEST_SCALE, Observation.LARGEST_SCALE),
    ],
)
