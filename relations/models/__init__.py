from .agreement import Agreement, AgreementAct
from .audit import AuditEntry
from .country import Country
from .deletion import Deletion
from .desk import Desk
from .event import Event
from .image import Attachment, Image
from .indicator import EarlierValue, Indicator, Observation
from .mail import Mail
from .meeting import Meeting, MeetingSession
from .milestone import Milestone
from .mission import Mission
from .notice import Notice
from .organisation import Membership, Organisation
from .page import Page
from .person import Appointment, Person
from .project import Project, ProjectStatus, ProjectValue
from .publication import Correction, EarlierSave, Embargo, PreviewLink, ReleaseSet, Review, Revision
from .record import FormerNumber, FormerRef, Record, RecordLink, RecordParty, RecordPerson, RecordSector
from .relation import Relation, RelationLevel, RelationLink, SectorText
from .sector import Sector
from .source import Citation, Source
from .statement import Statement
from .visit import Visit

__all__ = [
    "Agreement",
    "AgreementAct",
    "Appointment",
    "Attachment",
    "AuditEntry",
    "Citation",
    "Correction",
    "Country",
    "Deletion",
    "Desk",
    "EarlierSave",
    "EarlierValue",
    "Embargo",
    "Event",
    "FormerNumber",
    "FormerRef",
    "Image",
    "Indicator",
    "Mail",
    "Meeting",
    "MeetingSession",
    "Membership",
    "Milestone",
    "Mission",
    "Notice",
    "Observation",
    "Organisation",
    "Page",
    "Person",
    "PreviewLink",
    "Project",
    "ProjectStatus",
    "ProjectValue",
    "Record",
    "RecordLink",
    "RecordParty",
    "RecordPerson",
    "RecordSector",
    "Relation",
    "RelationLevel",
    "RelationLink",
    "ReleaseSet",
    "Review",
    "Revision",
    "Sector",
    "SectorText",
    "Source",
    "Statement",
    "Visit",
]
