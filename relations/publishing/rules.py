"""What must be there before visitors may see a thing."""

from django.utils.translation import gettext as _

from relations.models import Observation, Record, RecordParty, RecordPerson


def reasons_against(thing):
    """Return why a thing cannot be public yet, as sentences for its editor; an empty list if it can."""
    match thing:
        case Observation():
            return reasons_against_figure(thing)
        case Record():
            return reasons_against_record(thing)
    return []


def reasons_against_figure(figure):
    if figure.citations.exists():
        return []
    return [_("A figure needs a source. Add one under “Sources”.")]


def reasons_against_record(record):
    reasons = []
    if record.kind == Record.Kind.STATEMENT and speaks_of_others(record) and not has_speaker(record):
        reasons.append(
            _("A statement about another country needs its speaker. Add one under “People in a record”.")
        )
    if record.image and not record.image.is_showable:
        reasons.append(str(record.image.hidden_because))
    return reasons


def speaks_of_others(record):
    return record.parties.filter(role=RecordParty.Role.SUBJECT, country__isnull=False).exists()


def has_speaker(record):
    return record.people.filter(role=RecordPerson.Role.SPEAKER).exists()
