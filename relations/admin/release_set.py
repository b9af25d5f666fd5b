"""Release sets: what is in them, and the pages on which they are scheduled and released."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Record, ReleaseSet, Revision
from relations.publishing import acts, audit, releases
from relations.publishing.desks import OutOfSight
from relations.publishing.documents import Unfit
from relations.publishing.releases import NEEDS, SetAct
from relations.publishing.rights import Forbidden, permission
from relations.publishing.states import Refused

from .filters import StrictFilter
from .into_set import status_of
from .labels import change_address
from .moments import AppointingForm, MomentField
from .requests import StrictRequests

# The acts that lead somewhere from a state, on a page of the set.
POSSIBLE = {
    ReleaseSet.State.OPEN: (SetAct.SCHEDULE, SetAct.RELEASE, SetAct.RENAME, SetAct.DISSOLVE),
    ReleaseSet.State.SCHEDULED: (SetAct.UNSCHEDULE, SetAct.RELEASE, SetAct.RENAME),
    ReleaseSet.State.RELEASED: (),
}
PERFORM = {
    SetAct.SCHEDULE: releases.schedule,
    SetAct.UNSCHEDULE: releases.unschedule,
    SetAct.RELEASE: releases.release,
    SetAct.RENAME: releases.rename,
    SetAct.DISSOLVE: releases.dissolve,
}
FOLLOWS = {
    SetAct.SCHEDULE: gettext_lazy(
        "At that time everything in the set becomes public in one moment, or nothing of it. "
        "Until then nobody changes what is in it."
    ),
    SetAct.UNSCHEDULE: gettext_lazy("Nothing of it is published by itself, and it can be changed again."),
    SetAct.RELEASE: gettext_lazy("Visitors see everything in the set at once, or nothing of it."),
    SetAct.RENAME: gettext_lazy("What is in the set and when it is published stay as they are."),
    SetAct.DISSOLVE: gettext_lazy("The set is deleted. What is in it stays as it is, and goes its own ways."),
    SetAct.TAKE_OUT: gettext_lazy("It stays as it is, and does not become public with the set."),
}
DONE = {
    SetAct.SCHEDULE: gettext_lazy("“%(set)s” is scheduled."),
    SetAct.UNSCHEDULE: gettext_lazy("“%(set)s” is off the schedule."),
    SetAct.RELEASE: gettext_lazy("Everything in “%(set)s” is public."),
    SetAct.RENAME: gettext_lazy("“%(set)s” was renamed."),
    SetAct.DISSOLVE: gettext_lazy("“%(set)s” was dissolved."),
    SetAct.TAKE_OUT: gettext_lazy("It was taken out of “%(set)s”."),
}


class ScheduleSetForm(AppointingForm):
    publish_at = MomentField(label=gettext_lazy("Publish at"))


class RenameSetForm(forms.Form):
    name = ReleaseSet._meta.get_field("name").formfield(widget=AdminTextInputWidget)


FORMS = {SetAct.SCHEDULE: ScheduleSetForm, SetAct.RENAME: RenameSetForm}


class SetStateFilter(StrictFilter):
    title = gettext_lazy("state")
    parameter_name = "state"
    path = "state"

    def lookups(self, request, model_admin):
        return ReleaseSet.State.choices


@dataclass(frozen=True)
class Member:
    """Something in a set, as a member of staff sees it."""

    revision: Revision
    thing: object

    @property
    def kind(self):
        is_record = type(self.thing) is Record
        return self.thing.get_kind_display() if is_record else capfirst(self.thing._meta.verbose_name)

    @property
    def address(self):
        return change_address(self.thing)


@admin.register(ReleaseSet)
class ReleaseSetAdmin(StrictRequests, admin.ModelAdmin):
    list_display = ("name", "state", "number", "publish_at", "released_at", "owner")
    list_filter = (SetStateFilter,)
    list_select_related = ("owner",)
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = 50
    search_fields = ("name",)
    fields = ("name",)
    # What is done with a set is done on its pages, one set at a time.
    actions = None
    change_form_template = "admin/bilateral/release_set.html"

    @admin.display(description=gettext_lazy("number"))
    def number(self, release_set):
        return release_set.number

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("revisions"))

    def get_readonly_fields(self, request, obj=None):
        return self.fields if obj else ()

    def has_delete_permission(self, request, obj=None):
        """A set is dissolved, on a page that says what becomes of what is in it."""
        return False

    def save_model(self, request, obj, form, change):
        obj.owner = request.user
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        audit.note(request.user, "add", obj, address=request.META.get("REMOTE_ADDR"))
        return super().log_addition(request, obj, message)

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, _("“%(set)s” was added.") % {"set": obj})
        return HttpResponseRedirect(self.page_address(obj))

    # The page of a set

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        return [
            path("<path:object_id>/act/<slug:act>/", view, name="relations_releaseset_act"),
            path("<path:object_id>/take-out/<uuid:key>/", view, name="relations_releaseset_take_out"),
            *super().get_urls(),
        ]

    def page_address(self, release_set):
        return reverse("admin:relations_releaseset_change", args=[release_set.pk])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self.contents(request.user, obj)
            context |= {"show_save": False, "show_save_and_continue": False}
            context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)

    def contents(self, user, release_set):
        """Return what the page of a set shows: its members in sight of the user, and what can be done."""
        revisions = list(releases.members(release_set).select_related("content_type", "edited_by"))
        things = releases.things_in_sight_of(user, revisions)
        members = [
            Member(revision, things[revision.content_type_id, revision.object_id])
            for revision in revisions
            if (revision.content_type_id, revision.object_id) in things
        ]
        return {
            "release_set": release_set,
            "members": members,
            "hidden": len(revisions) - len(members),
            "failure": failure_for(release_set, is_all_seen=len(members) == len(revisions)),
            "offers": [
                (act, reverse("admin:relations_releaseset_act", args=[release_set.pk, act.value]))
                for act in POSSIBLE[release_set.state]
                if user.has_perm(permission(NEEDS[act]))
            ],
            "may_take_out": release_set.state == ReleaseSet.State.OPEN
            and user.has_perm(permission(NEEDS[SetAct.TAKE_OUT])),
        }

    # Its acts

    def act_view(self, request, object_id, act=SetAct.TAKE_OUT.value, key=None):
        release_set = self.get_object(request, unquote(object_id))
        if release_set is None or act not in SetAct.values:
            raise Http404("There is no such act here.")
        act = SetAct(act)
        if act not in PERFORM and key is None:
            raise Http404("This act has no page of its own here.")
        acts_on = {}
        if key:
            member = release_set.revisions.filter(pk=key).first()
            if member is None or not releases.things_in_sight_of(request.user, [member]):
                raise Http404("This is not in the set.")
            acts_on["revision"] = member
        return self.act_answer(request, release_set, act, acts_on)

    def act_answer(self, request, release_set, act, acts_on):
        make_form = FORMS.get(act, forms.Form)
        if request.method != "POST":
            form = make_form(initial={"name": release_set.name})
            return self.act_page(request, release_set, act, form, acts_on)
        form = make_form(request.POST)
        if not form.is_valid():
            return self.act_page(request, release_set, act, form, acts_on)
        perform = PERFORM.get(act, releases.take_out)
        told = {"token": request.POST.get("token", ""), "address": request.META.get("REMOTE_ADDR")}
        try:
            perform(request.user, release_set, **acts_on, **told, **form.cleaned_data)
        except acts.NotReady as refusal:
            return self.act_page(request, release_set, act, form, acts_on, 422, refusal.reasons)
        except (Forbidden, OutOfSight) as refusal:
            return self.act_page(request, release_set, act, form, acts_on, 403, [refusal])
        except (Refused, Unfit) as refusal:
            return self.act_page(request, release_set, act, form, acts_on, status_of(refusal), [refusal])
        messages.success(request, DONE[act] % {"set": release_set})
        if act == SetAct.DISSOLVE:
            return HttpResponseRedirect(reverse("admin:relations_releaseset_changelist"))
        return HttpResponseRedirect(self.page_address(release_set))

    def act_page(self, request, release_set, act, form, acts_on, status=200, reasons=()):
        member = acts_on.get("revision")
        context = {
            **self.admin_site.each_context(request),
            "title": f"{act.label}: {member.title}" if member else act.label,
            "subtitle": str(release_set),
            "opts": self.opts,
            "revision": release_set,
            "act": act,
            "follows": FOLLOWS[act],
            "is_grave": act == SetAct.DISSOLVE,
            "form": form,
            "reasons": [(reason, address_of(reason)) for reason in reasons],
            "change_address": self.page_address(release_set),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/bilateral/act.html", context, status=status)


def failure_for(release_set, is_all_seen):
    """Return why a set was not released; its reasons name what is in it."""
    if release_set.failure and not is_all_seen:
        return str(releases.NotReleased([]))
    return release_set.failure


def address_of(reason):
    """Return where what keeps a set back is mended: a field of the form of the member that it is about."""
    revision = getattr(reason, "revision", None)
    if revision is None:
        return ""
    place = getattr(reason.reason, "place", "")
    return f"{change_address(revision.thing)}#{place}" if place else change_address(revision.thing)
