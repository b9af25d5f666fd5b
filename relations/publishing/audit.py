"""Writing down what was done and what was refused."""

from relations.models import AuditEntry
from relations.models.publication import type_of


def note(actor, act, thing=None, revision=None, before="", after="", detail="", refused=False, address=None):
    """Add one entry to the audit log; it is written with what it speaks of, or not at all."""
    return AuditEntry.objects.create(
        actor=actor,
        act=act,
        content_type=type_of(thing) if thing is not None else None,
        object_id=thing.pk if thing is not None else None,
        title=str(thing)[:300] if thing is not None else "",
        revision=revision.pk if revision is not None else None,
        from_state=before,
        to_state=after or "",
        detail=str(detail)[:500],
        is_refused=refused,
        address=address,
    )
