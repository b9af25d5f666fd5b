"""Records: what all of them have, and what each kind has of its own."""

from relations.models import (
    Agreement,
    AgreementAct,
    Attachment,
    Event,
    Meeting,
    MeetingSession,
    Milestone,
    Project,
    ProjectStatus,
    ProjectValue,
    Record,
    RecordLink,
    RecordParty,
    RecordPerson,
    RecordSector,
    Statement,
    Visit,
)
from relations.models.record import FormerNumber, FormerRef

from .. import rules
from ..definition import RecordDefinition
from ..details import Details
from ..files import File
from ..json_values import Absences, Strings
from ..parts import FormerNumbers, FormerRefs, MainFirst, Parts, Placing
from ..references import Reference
from ..shape import Shape
from .plain import plain, settled
from .sources import citations, one_source

FIELDS = [
    *map(settled, plain(Record, "kind")),
    *plain(Record, "date", "date_note", "title", "summary", "body", "note", "place", "place_country"),
    *plain(Record, "series:is_series", "original_language", "image"),
    MainFirst(RecordSector, "sectors", "record", "sector", "slug"),
    Parts(
        RecordParty,
        "parties",
        "record",
        plain(RecordParty, "country", "organisation", "role"),
        rules=[rules.either("country", "organisation")],
        together=[rules.distinct("country", "organisation")],
    ),
    Parts(
        RecordPerson,
        "people",
        "record",
        plain(RecordPerson, "person", "office", "country", "organisation", "role"),
    ),
    citations("record"),
    Parts(
        RecordLink,
        "links",
        "record",
        [Reference(RecordLink, "to", later=True), *plain(RecordLink, "as:type", "note")],
        together=[rules.distinct("to", "as")],
    ),
    Parts(
        Attachment,
        "attachments",
        "record",
        [File(Attachment, "file", checksum="checksum", size="size"), *plain(Attachment, "title", "language")],
    ),
    FormerNumbers(FormerNumber, "former_numbers", "record"),
    FormerRefs(FormerRef, "former_refs", "record"),
]

VISIT = Shape(Visit, plain(Visit, "level", "format", "outcomes_counted", "outcomes_note"))

MEETING = Shape(
    Meeting,
    [
        *plain(Meeting, "body:body_that_met", "format"),
        Parts(
            MeetingSession,
            "sessions",
            "meeting",
            plain(MeetingSession, "ordinal", "scope"),
            rules=[rules.between("ordinal", 1, 32767)],
            together=[rules.distinct("scope")],
        ),
    ],
)

AGREEMENT = Shape(
    Agreement,
    [
        *plain(Agreement, "instrument", "provisional", "in_force", "ended", "term_years"),
        *plain(Agreement, "depositary", "registration"),
        Strings(Agreement, "authentic_languages"),
        Absences(Agreement, "absent", Agreement.CAN_BE_ABSENT, Agreement.Absence),
        Parts(
            AgreementAct,
            "acts",
            "agreement",
            plain(AgreementAct, "country", "organisation", "act", "taken", "effective"),
            rules=[rules.either("country", "organisation")],
        ),
    ],
    rules=[rules.in_order("in_force", "ended")],
)

PROJECT = Shape(
    Project,
    [
        Parts(
            ProjectStatus,
            "statuses",
            "project",
            plain(ProjectStatus, "status", "from:start", "as_of", "note"),
        ),
        Parts(ProjectValue, "values", "project", plain(ProjectValue, "label", "value", "unit")),
    ],
)

MILESTONE = Shape(Milestone, plain(Milestone, "type", "mode"))

EVENT = Shape(Event, plain(Event, "type"))

STATEMENT = Shape(Statement, plain(Statement, "occasion", "quotation", "spoken_language"))


def other_records_only(document):
    for number, link in enumerate(document.get("links", ())):
        if link["to"] == document.get("ref"):
            yield ("links", number, "to"), "a record cannot be linked to itself"


def public_claims_have_a_speaker(document):
    """What is said of another country is somebody's word, never the site's."""
    parties, people = document.get("parties", ()), document.get("people", ())
    is_claim = document.get("kind") == Record.Kind.STATEMENT and any(
        party.get("role") == RecordParty.Role.SUBJECT and "country" in party for party in parties
    )
    has_speaker = any(person.get("role") == RecordPerson.Role.SPEAKER for person in people)
    if is_claim and document.get("public", True) and not has_speaker:
        reason = 'a public statement about another country needs its speaker, or is "public": false'
        yield ("people",), reason


def public_records_say_what_they_are(document):
    """A draft may leave open what kind of event it is; visitors are told."""
    if not document.get("public", True):
        return
    details = document.get("details", {})
    for name in NEEDED.get(document.get("kind"), ()):
        if name not in details:
            yield ("details", name), 'a public record needs this, or is "public": false'


KINDS = (VISIT, MEETING, AGREEMENT, PROJECT, MILESTONE, EVENT, STATEMENT)
NEEDED = {shape.model.own_kind: shape.model.needed_in_public for shape in KINDS}

RECORD = RecordDefinition(
    "record",
    FIELDS,
    map(Details, KINDS),
    shorthands=[one_source],
    rules=[other_records_only, public_claims_have_a_speaker, public_records_say_what_they_are],
    derived=[Placing()],
)
