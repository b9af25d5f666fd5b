"""Countries, organisations and people."""

from relations.models import Appointment, Country, Organisation, Person

from .. import rules
from ..definition import Definition
from ..files import File
from ..json_values import Strings
from ..parts import Parts
from ..references import Reference
from .plain import plain, settled

COUNTRY = Definition(
    "country",
    Country,
    [
        *map(settled, plain(Country, "code")),
        *plain(Country, "code3", "numeric", "slug", "kind", "region", "name", "official_name"),
        File(Country, "flag"),
        *plain(Country, "existed"),
        Reference(Country, "sovereign", later=True),
        *plain(Country, "retired:is_retired"),
    ],
)

ORGANISATION = Definition(
    "organisation",
    Organisation,
    [
        *plain(Organisation, "kind", "country", "name", "abbreviation"),
        Strings(Organisation, "other_names"),
        *plain(Organisation, "description", "url"),
    ],
    numbered=True,
)

PERSON = Definition(
    "person",
    Person,
    [
        *plain(Person, "name"),
        Strings(Person, "other_names"),
        Parts(
            Appointment,
            "appointments",
            "person",
            [
                *plain(Appointment, "office", "country", "organisation"),
                Reference(Appointment, "mission", later=True),
                *plain(Appointment, "from:start", "to:end"),
            ],
            rules=[rules.in_order("from", "to")],
            together=[rules.one_office_at_a_time],
        ),
    ],
    numbered=True,
)
