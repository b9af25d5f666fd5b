"""What every type of line holds, one module per subject; in the order in which a bundle is written."""

from .actors import COUNTRY, ORGANISATION, PERSON
from .figures import INDICATOR, OBSERVATION
from .files import IMAGE
from .missions import MEMBERSHIP, MISSION
from .records import RECORD
from .relations import LEVEL, RELATION, SECTOR_TEXT
from .site import NOTICE, PAGE, SECTOR
from .sources import SOURCE

DEFINITIONS = {
    definition.name: definition
    for definition in (
        COUNTRY,
        SECTOR,
        INDICATOR,
        ORGANISATION,
        PERSON,
        SOURCE,
        IMAGE,
        RELATION,
        RECORD,
        SECTOR_TEXT,
        LEVEL,
        OBSERVATION,
        MISSION,
        MEMBERSHIP,
        NOTICE,
        PAGE,
    )
}
