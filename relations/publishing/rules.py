"""What must be there before visitors may see a thing."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Observation, Record, RecordParty, RecordPerson, SectorText
from relations.models.base import in_any_language


@dataclass(frozen=True)
class Reason:
    """Why a thing cannot be public yet, and the field or group of rows of its form where that is mended."""

    text: str
    place: str = ""

    def __str__(self):
        return str(self.text)


NO_TEXT = gettext_lazy("There is no text in any of the languages that are to be public.")


def reasons_against(thing):
    """Return why a thing cannot be public yet, as reasons for its editor; an empty list if it can."""
    match thing:
        case Observation():
            return reasons_against_figure(thing)
        case Record():
            return reasons_against_record(thing)
        case SectorText():
            return [] if in_any_language(thing, "body") else [Reason(NO_TEXT, "body")]
    return []


def reasons_against_figure(figure):
    if figure.citations.exists():
        return []
    return [Reason(_("A figure needs a source. Add one under “Sources”."), "citations")]


def reasons_against_record(record):
    reasons = []
    if not in_any_language(record, "title"):
        reasons.append(Reason(_("A record needs a title in a language that is to be public."), "title"))
    reasons += [
        Reason(_("“%(field)s” must be chosen.") % {"field": capfirst(field.verbose_name)}, field.name)
        for field in map(record._meta.get_field, record.needed_in_public)
        if not getattr(record, field.name)
    ]
    if not record.sector_links.filter(is_main=True).exists():
        reasons.append(Reason(_("A record needs a main sector."), "main_sector"))
    if not record.parties.filter(country__isnull=False).exists():
        reasons.append(Reason(_("A record needs at least one country among its parties."), "parties"))
    if not record.citations.exists():
        reasons.append(Reason(_("A record needs a source. Add one under “Sources”."), "citations"))
    if record.kind == Record.Kind.STATEMENT and speaks_of_others(record) and not has_speaker(record):
        text = _("A statement about another country needs its speaker. Add one under “People in a record”.")
        reasons.append(Reason(text, "people"))
    if record.image and not record.image.is_showable:
        reasons.append(Reason(str(record.image.hidden_because), "image"))
    return reasons


def speaks_of_others(record):
    return record.parties.filter(role=RecordParty.Role.SUBJECT, country__isnull=False).exists()


def has_speaker(record):
    return record.people.filter(role=RecordPerson.Role.SPEAKER).exists()
