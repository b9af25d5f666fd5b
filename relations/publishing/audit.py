"""Writing down what was done and what was refused."""

from relations.models import AuditEntry
from relations.models.publication import OfThing, type_of


def note(actor, act, thing=None, revision=None, before="", after="", detail="", refused=False, address=None):
    """Add one entry to the audit log; it is written with what it speaks of, or not at all.

    What is said of a row about a thing, such as a deletion, is said of the thing.
    """
    if isinstance(thing, OfThing):
        content_type, key = thing.content_type, thing.object_id
    else:
        content_type, key = (type_of(thing), thing.pk) if thing is not None else (None, None)
    return AuditEntry.objects.create(
        actor=actor,
        act=act,
        content_type=content_type,
        object_id=key,
        title=str(thing)[:300] if thing is not None else "",
        revision=revision.pk if revision is not None else None,
        from_state=before,
        to_state=after or "",
        detail=str(detail)[:500],
        is_refused=refused,
        address=address,
    )
