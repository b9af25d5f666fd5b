"""The particulars of a record's kind, as rows of a description list."""

from dataclasses import dataclass

from django import template
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from relations.capitals import capitalised
from relations.dates import in_words
from relations.figures.words import number
from relations.models import Agreement, Event, Meeting, Milestone, Project, RecordLink, Statement, Visit
from relations.translating.shown import shown

from .terms import term
from .texts import language_name, text

register = template.Library()


@dataclass(frozen=True)
class Row:
    """One particular: what it is and what is known of it."""

    label: object
    values: list


def label_of(details, name):
    return capitalised(details._meta.get_field(name).verbose_name)


def row(details, name, value):
    return Row(label_of(details, name), [value])


def texts(details, *names):
    return [row(details, name, text(details, name)) for name in names if shown(details, name)]


def choice(details, name):
    """A choice, or the words that it is not recorded."""
    return row(details, name, getattr(details, f"get_{name}_display")() or _("not recorded"))


@register.simple_tag
def details_of(details):
    """Return the rows of a record's own kind; fields whose absence means nothing are left out."""
    match details:
        case Visit():
            return visit_rows(details)
        case Meeting():
            return meeting_rows(details)
        case Agreement():
            return agreement_rows(details)
        case Project():
            return project_rows(details)
        case Milestone():
            return (
                [choice(details, "type"), choice(details, "mode")]
                if details.mode
                else [choice(details, "type")]
            )
        case Event():
            return [choice(details, "type")]
        case Statement():
            return statement_rows(details)
    return []


def visit_rows(visit):
    rows = [choice(visit, "level"), *texts(visit, "format")]
    if visit.outcomes_counted is not None:
        known = visit.links_here.filter(type=RecordLink.Type.OUTCOME_OF, record__is_public=True).count()
        words = _("%(counted)s, of which %(known)s recorded here") % {
            "counted": visit.outcomes_counted,
            "known": known,
        }
        rows.append(row(visit, "outcomes_counted", words))
    return [*rows, *texts(visit, "outcomes_note")]


def meeting_rows(meeting):
    rows = []
    if meeting.body_that_met:
        rows.append(row(meeting, "body_that_met", text(meeting.body_that_met)))
    if meeting.format:
        rows.append(choice(meeting, "format"))
    sessions = [
        _("%(scope)s no. %(number)s") % {"scope": session.get_scope_display(), "number": session.ordinal}
        for session in meeting.sessions.all()
    ]
    return [*rows, Row(_("Session"), sessions)] if sessions else rows


def agreement_rows(agreement):
    found = Agreement.objects.with_status(localdate()).values_list("status")
    (agreement.status,) = found.get(pk=agreement.pk)
    stands = [agreement.status_label, *filter(None, [term(agreement)])]
    rows = [choice(agreement, "instrument"), Row(_("Status"), stands)]
    for name in agreement.CAN_BE_ABSENT:
        value = agreement_value(agreement, name)
        if not value:
            absence = agreement.absent.get(name)
            value = agreement.Absence(absence).label if absence else _("not recorded")
        rows.append(row(agreement, name, value))
    if agreement.term_ends:
        rows.append(row(agreement, "term_ends", in_words(agreement.term_ends)))
    if agreement.authentic_languages:
        names = map(language_name, agreement.authentic_languages)
        rows.append(row(agreement, "authentic_languages", ", ".join(names)))
    acts = [act_in_words(act) for act in agreement.acts.select_related("country", "organisation")]
    return [*rows, Row(_("Acts of parties"), acts)] if acts else rows


def agreement_value(agreement, name):
    if name == "depositary":
        return text(agreement, name)
    value = getattr(agreement, name)
    return in_words(value) if name in ("provisional", "in_force", "ended") and value else value


def act_in_words(act):
    dates = ", ".join(in_words(date) for date in (act.taken, act.effective) if date)
    said = format_html("{}, {}", text(act.country or act.organisation), act.get_act_display())
    return format_html("{}: {}", said, dates) if dates else said


def project_rows(project):
    statuses = [status_in_words(status) for status in project.statuses.all()]
    rows = [Row(_("Status history"), statuses)] if statuses else []
    return [*rows, *(Row(text(value, "label"), [value_in_words(value)]) for value in project.values.all())]


def value_in_words(value):
    unit = text(value, "unit")
    return format_html("{} {}", number(value.value), unit) if unit else number(value.value)


def status_in_words(status):
    words = status.get_status_display()
    if status.start:
        words = _("%(status)s, from: %(date)s") % {"status": words, "date": in_words(status.start)}
    if status.as_of:
        words = _("%(status)s, as of: %(date)s") % {"status": words, "date": in_words(status.as_of)}
    note = text(status, "note")
    return format_html("{}. {}", words, note) if note else words


def statement_rows(statement):
    rows = texts(statement, "occasion", "quotation")
    if statement.spoken_language:
        rows.append(row(statement, "spoken_language", language_name(statement.spoken_language)))
    return rows
