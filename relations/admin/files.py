"""The files of uploads for staff: those of what the person who asks may see, drafts among it."""

from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import Http404
from django.views.decorators.http import require_safe

from relations.models import Revision
from relations.publishing.desks import about_what_is_in_sight_of, parts_in_sight_of
from relations.uploads.fields import STEM
from relations.uploads.serving import answer, field_for, holder_of


@require_safe
@staff_member_required
def staff_media(request, name):
    """Answer staff who may see what the file belongs to, also where a draft alone names it."""
    field = field_for(name)
    if not request.user.has_perm(f"{field.model._meta.app_label}.view_{field.model._meta.model_name}"):
        raise PermissionDenied
    holder = holder_of(field, name, parts_in_sight_of(request.user, field.model._base_manager.all()))
    if holder is None and not is_of_a_draft(request.user, field, name):
        raise Http404("There is no such file.")
    return answer(request, field, holder, name)


def is_of_a_draft(user, field, name):
    """Whether a form or a revision that the user may see has a file which no row has, now or any more."""
    stem = STEM.fullmatch(name)
    if stem is None:
        return False
    if not field.is_kept_for_revisions:
        # A picture of a register, which everybody on the staff sees.
        return True
    revisions = about_what_is_in_sight_of(user, Revision.objects.all())
    return (
        revisions.annotate(text=Cast("document", TextField())).filter(text__contains=f"{stem[1]}.").exists()
    )


def no_shortcut(request, address):
    """Django leads from a number of any table to the page of that row, whoever may see it: not here."""
    raise Http404("There is no such door.")
