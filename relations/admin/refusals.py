"""Refused tries at rights, in the audit log."""

from django.core.exceptions import PermissionDenied

from relations.publishing import audit


class WrittenDown(PermissionDenied):
    """A refusal that stands in the log already."""

    is_written_down = True


def note_refusal(request, act, thing, refusal):
    address = request.META.get("REMOTE_ADDR")
    audit.note(request.user, act, thing, detail=refusal, refused=True, address=address)
