"""Sources of the things on one page: read in one query, said at each thing, listed once at the end."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q

from relations.dates import PartialDate, in_words
from relations.models import Citation, Record
from relations.models.source import CITED


@dataclass(frozen=True)
class Disagreement:
    """What another source says about one field of a thing."""

    field: object
    value: object
    source: object


def attach_citations(**things):
    """Give each thing its citations as `cited`, preferred first; return the sources in order of appearance.

    Things come by the name of the citation's foreign key: `attach_citations(record=[…], mission=[…])`.
    """
    condition = Q(pk__in=[])
    for name, members in things.items():
        condition |= Q(**{f"{name}__in": [thing.pk for thing in members]})
    by_target = {}
    citations = Citation.objects.filter(condition).select_related("source", "source__reproduces")
    for citation in citations.order_by("-is_preferred", "position", "id"):
        target = next(name for name in CITED if getattr(citation, f"{name}_id"))
        by_target.setdefault((target, getattr(citation, f"{target}_id")), []).append(citation)
    sources = {}
    for name in things:
        for thing in things[name]:
            thing.cited = by_target.get((name, thing.pk), [])
            thing.disagreements = [
                found for citation in thing.cited for found in disagreements(thing, citation)
            ]
            sources.update((citation.source_id, citation.source) for citation in thing.cited)
    return list(sources.values())


def disagreements(thing, citation):
    """Return what a source states otherwise than the page does."""
    found = []
    for name, stated in citation.states.items():
        owner = owner_of(thing, name)
        if owner is None:
            continue
        field = owner._meta.get_field(name)
        value = stated_value(field, stated)
        if value is not None and value != getattr(owner, field.attname):
            found.append(Disagreement(field.verbose_name, readable(field, value), citation.source))
    return found


def owner_of(thing, name):
    """Return the object that has the field: the thing, or the details of a record's kind; None if neither."""
    # One of a kind, such as an agreement, has its kind's fields itself.
    owners = [thing, thing.details] if type(thing) is Record else [thing]
    for owner in owners:
        if any(field.name == name for field in owner._meta.fields):
            return owner
    return None


def stated_value(field, stated):
    """Return what a source states as the field would hold it; None of what it cannot hold."""
    try:
        return field.to_python(stated) if isinstance(stated, str | int) else None
    except ValidationError:
        return None


def readable(field, value):
    if isinstance(value, PartialDate):
        return in_words(value)
    return dict(field.flatchoices).get(value, value)
