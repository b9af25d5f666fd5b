"""What becomes of the publication of two records that become one."""

from django.utils.translation import gettext_lazy as _

from relations.models import Embargo, Revision

from . import audit
from .acts import NotReady, in_work, keep_draft, live, lock, move
from .documents import capture, complete
from .rules import reasons_against
from .states import Act, Refused


def before(kept, other):
    """Return the other record's revisions, and what the kept one lacks already.

    Raises Refused where a record has work, or an embargo, that a merge would contradict.
    """
    if kept.is_public != other.is_public:
        # Nothing becomes public that nobody approved, and nothing public goes unsaid.
        public, hidden = (kept, other) if kept.is_public else (other, kept)
        text = _("“%(public)s” is public and “%(hidden)s” is not: publish or discard that first, then merge.")
        raise Refused(text % {"public": public, "hidden": hidden})
    for record in (kept, other):
        if record.is_public and in_work(record):
            text = _("“%(thing)s” has a draft: publish or discard it first, then merge.")
            raise Refused(text % {"thing": record})
        if (work := in_work(record)) and work.state == Revision.State.SCHEDULED:
            text = _("“%(thing)s” is scheduled: take it off the schedule first, then merge.")
            raise Refused(text % {"thing": record})
        live(record)
    if kept.is_public and Embargo.objects.of(other).exists():
        # What moves to it would be public at once.
        raise Refused(_("“%(thing)s” is under an embargo: lift it first, then merge.") % {"thing": other})
    return list(Revision.objects.of(other).values_list("pk", flat=True)), lacking(kept)


def lacking(thing):
    return {str(reason) for reason in reasons_against(complete(thing))} if thing.is_public else set()


def after(user, kept, former, story, address=None):
    """Keep what the other record once said in public, and make a version of what the kept one says now."""
    keys, lacked = former
    kept = lock(kept)
    if reasons := lacking(kept) - lacked:
        raise NotReady(sorted(reasons))
    revisions = Revision.objects.filter(pk__in=keys)
    revisions.in_work().delete()
    for revision in revisions.live():
        move(revision, Act.SUPERSEDE)
    audit.note(user, "merge", kept, detail=story, address=address)
    if kept.is_public:
        live(kept)
    else:
        keep_draft(user, kept, capture(kept), address)
