"""What a member of staff did last, as the start page tells it: from the audit log, which has every act."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.text import capfirst

from relations.models import AuditEntry, Deletion, Record
from relations.models.publication import filed_under
from relations.publishing.desks import about_what_is_in_sight_of

from .audit import ACTS
from .start import Place

SHOWN = 10
# Coming, going and looking.
NO_WORK = ("log_in", "log_out", "see")


@dataclass(frozen=True)
class Recent:
    """One act, with the address of what was acted on as long as that is there."""

    at: datetime
    act: str
    title: str
    kind: str
    address: str


def recent_acts(site, request):
    """Return the latest acts of somebody on what they may see, newest first; what was refused is none."""
    own = AuditEntry.objects.filter(actor=request.user, is_refused=False).exclude(act__in=NO_WORK)
    own = about_what_is_in_sight_of(request.user, own)
    records = Record.objects.filter(pk=OuterRef("object_id"))
    # Asked for with the entries, so that a page takes the same time whatever was done.
    own = own.annotate(is_there=is_there(site), record_kind=Subquery(records.values("kind")))
    return [recent(site, request, entry) for entry in own[:SHOWN]]


def is_there(site):
    """Return the condition that what an entry is about still exists and has a form in the admin."""
    condition = Q(pk__in=[])
    # The log is about everything but itself and what is kept of deletions.
    models = {filed_under(model) for model in site._registry} - {AuditEntry, Deletion}
    for model, kind in ContentType.objects.get_for_models(*models).items():
        thing = model._base_manager.filter(pk=OuterRef("object_id"))
        condition |= Q(content_type=kind) & Q(Exists(thing))
    return condition


def recent(site, request, entry):
    act = ACTS.get(entry.act, entry.act)
    if entry.content_type_id is None:
        return Recent(entry.at, act, entry.title, "", "")
    model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
    if model is Record and entry.is_there:
        model = apps.get_model(Record._meta.app_label, entry.record_kind)
    is_shown = entry.is_there and site.get_model_admin(model).has_view_permission(request)
    address = Place(model, entry.object_id).change if is_shown else ""
    return Recent(entry.at, act, entry.title, capfirst(model._meta.verbose_name), address)
