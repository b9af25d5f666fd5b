"""Steps of the workflow, as tests take them."""

from copy import deepcopy

from relations.models import Revision
from relations.publishing import acts
from relations.publishing.documents import capture
from tests import factories

NOTE = {"note_en": "Outcome added"}


def ready_visit(**fields):
    """A visit that was never public and has everything that visitors need."""
    visit = factories.visit(**{"is_public": False} | fields)
    factories.citation(visit, position=1)
    return visit


def fresh(thing):
    return type(thing)._base_manager.get(pk=thing.pk)


def changed(document, **fields):
    """A copy of a document in which columns of the thing have other values."""
    document = deepcopy(document)
    document["fields"] |= fields
    return document


def draft(user, thing, **fields):
    """Save a draft in which columns have other values than now."""
    thing = fresh(thing)
    if thing.is_public:
        return acts.keep_draft(user, thing, changed(acts.document_for(thing), **fields))
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()
    return acts.keep_draft(user, thing, capture(thing))


def submitted(user, thing, note=None, **fields):
    revision = draft(user, thing, **fields)
    return acts.submit(user, revision, **(note or (NOTE if revision.base_id else {})))


def published(author, editor, thing, note=None, **fields):
    return acts.publish(editor, acts.approve(editor, submitted(author, thing, note, **fields)))


def states(thing):
    """The states of a thing's revisions, oldest first."""
    return list(Revision.objects.of(thing).order_by("created_at").values_list("state", flat=True))
