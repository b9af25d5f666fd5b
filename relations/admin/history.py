"""The history of a thing that is published: its revisions, what was done with it, and restoring."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from relations.models import AuditEntry, Revision
from relations.models.base import in_any_language
from relations.publishing import acts
from relations.publishing.desks import OutOfSight
from relations.publishing.documents import Unfit
from relations.publishing.rights import Forbidden, permission
from relations.publishing.states import Act, Refused, WrongState, after

from .audit import ACTS
from .comparing import revisions_of

# What was done longer ago than this many acts is in the log itself.
MOST_ENTRIES = 200


@dataclass(frozen=True)
class Version:
    """A row of the history: a revision and where it leads to."""

    revision: Revision
    note: str
    with_former: str = ""
    with_live: str = ""
    restore: str = ""


@dataclass(frozen=True)
class Entry:
    """A row of what was done: an entry of the audit log with its act and states in words."""

    entry: AuditEntry
    act: str
    from_state: str
    to_state: str


class OverwriteForm(forms.Form):
    """Asks whether a draft that is there may be replaced."""

    overwrite = forms.BooleanField()

    def __init__(self, draft, *args, **options):
        super().__init__(*args, **options)
        if draft is None:
            del self.fields["overwrite"]
        else:
            self.fields["overwrite"].label = _("Replace the draft that is there")


class HistoryPages:
    """History and restoring as pages of an admin."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<path:object_id>/restore/<uuid:key>/", view, name=name), *super().get_urls()]

    def restore_address(self, thing, revision):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_restore"
        return reverse(name, args=[thing.pk, revision.pk])

    def may_restore(self, request, thing):
        return self.has_change_permission(request, thing) and request.user.has_perm(permission(Act.RESTORE))

    @transaction.atomic
    def history_view(self, request, object_id, extra_context=None):
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        may_see_log = request.user.has_perm("relations.view_auditentry")
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(thing),
            "opts": self.opts,
            "thing": thing,
            "versions": self.versions(request, thing),
            "entries": entries_about(thing) if may_see_log else None,
            "most_entries": MOST_ENTRIES,
            "change_address": self.change_address(thing),
            "media": self.media,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/bilateral/history.html", context)

    def versions(self, request, thing):
        live = acts.live(thing)
        revisions = list(revisions_of(thing).defer("document"))
        numbered = [revision for revision in revisions if revision.number]
        former = dict(zip(numbered, numbered[1:], strict=False))
        may_compare, may_restore = self.may_compare(request, thing), self.may_restore(request, thing)
        for revision in revisions:
            before = former.get(revision) or (live if revision.is_in_work else None)
            is_older = live is not None and not revision.is_live and before != live
            yield Version(
                revision,
                in_any_language(revision, "note"),
                with_former=self.compare_address(thing, before, revision) if may_compare and before else "",
                with_live=self.compare_address(thing, revision, live) if may_compare and is_older else "",
                restore=self.restore_address(thing, revision) if may_restore and revision.number else "",
            )

    @transaction.atomic
    def restore_view(self, request, object_id, key):
        thing = self.get_object(request, unquote(object_id))
        revision = acts.restorable(thing).filter(pk=key).first() if thing else None
        if revision is None:
            raise Http404("There is no such revision of this.")
        if not self.may_restore(request, thing):
            raise PermissionDenied
        draft = acts.in_work(thing)
        if request.method != "POST":
            return self.restore_page(request, thing, revision, draft, OverwriteForm(draft))
        form = OverwriteForm(draft, request.POST)
        token = request.POST.get("token")
        if token is None:
            return self.restore_page(request, thing, revision, draft, form, 422)
        if token != (draft.token if draft else ""):
            outdated = _("Somebody else saved or moved this after you opened it. Look at it again first.")
            return self.restore_page(request, thing, revision, draft, OverwriteForm(draft), 409, outdated)
        if not form.is_valid():
            return self.restore_page(request, thing, revision, draft, form, 422)
        return self.restore(request, thing, revision, draft, form)

    def restore(self, request, thing, revision, draft, form):
        address = request.META.get("REMOTE_ADDR")
        try:
            restored = acts.restore(request.user, revision, draft and draft.token, address)
        except (acts.Outdated, WrongState) as refusal:
            return self.restore_page(request, thing, revision, draft, form, 409, refusal)
        except (Forbidden, OutOfSight) as refusal:
            return self.restore_page(request, thing, revision, draft, form, 403, refusal)
        except (Refused, Unfit) as refusal:
            return self.restore_page(request, thing, revision, draft, form, 422, refusal)
        except IntegrityError:
            contradiction = _("The database does not accept this any more: something else stands in its way.")
            return self.restore_page(request, thing, revision, draft, form, 422, contradiction)
        if restored:
            messages.success(
                request,
                _("The draft now says what revision %(number)s said. Look at it and submit it.")
                % {"number": revision.number},
            )
        else:
            messages.info(request, _("Nothing was changed: this is what is public."))
        return HttpResponseRedirect(self.change_address(thing))

    def restore_page(self, request, thing, revision, draft, form, status=200, reason=""):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Restore revision %(number)s") % {"number": revision.number},
            "subtitle": str(thing),
            "opts": self.opts,
            "thing": thing,
            "revision": revision,
            "draft": draft,
            "form": form,
            "reason": reason or hindrance(draft),
            "is_possible": not hindrance(draft),
            "change_address": self.change_address(thing),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/bilateral/restore.html", context, status=status)


def hindrance(draft):
    """Return why a draft cannot be replaced now, or an empty text."""
    try:
        if draft is not None:
            after(draft.state, Act.RESTORE)
    except WrongState as refusal:
        return str(refusal)
    return ""


def entries_about(thing):
    states = dict(Revision.State.choices)
    return [
        Entry(
            entry,
            ACTS.get(entry.act, entry.act),
            states.get(entry.from_state, ""),
            states.get(entry.to_state, ""),
        )
        for entry in AuditEntry.objects.of(thing).select_related("actor")[:MOST_ENTRIES]
    ]
