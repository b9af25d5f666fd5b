"""Where a country is represented, and what it belongs to."""

from relations.models import Membership, Mission

from .. import rules
from ..definition import Definition
from ..parts import Names
from ..references import Joined
from .plain import plain
from .sources import citations, one_source

MISSION = Definition(
    "mission",
    Mission,
    [
        *plain(Mission, "sending", "receiving", "kind", "city", "address", "covered_from"),
        Joined(Mission, "sending", "receiving"),
        *plain(Mission, "opened", "closed", "url", "note"),
        citations("mission"),
    ],
    natural=True,
    shorthands=[one_source],
    rules=[rules.different("sending", "receiving"), rules.in_order("opened", "closed")],
)

MEMBERSHIP = Definition(
    "membership",
    Membership,
    [
        *plain(Membership, "organisation", "country", "role", "from:start", "to:end", "as_of"),
        Names(Membership.sectors.through, "sectors", "membership", "sector", "slug"),
        *plain(Membership, "note"),
        citations("membership"),
    ],
    natural=True,
    shorthands=[one_source],
    rules=[rules.in_order("from", "to")],
)
