"""The admin of what visitors see: a save changes a draft, and only acts of the workflow what is public."""

import uuid

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Revision
from relations.models.publication import type_of
from relations.publishing import acts, deletions
from relations.publishing.desks import OutOfSight, demand_sight, in_sight_of
from relations.publishing.documents import as_if, capture
from relations.publishing.embargoes import embargo_on
from relations.publishing.rights import Forbidden
from relations.publishing.states import Act, Refused, State

from .base import EditorAdmin
from .comparing import ComparePages
from .conflicts import OPENED_AT, ConflictPages, presence, say, token_of, unheard
from .embargo import EmbargoPage
from .filters import StrictFilter
from .history import HistoryPages
from .into_set import IntoSetPages
from .preview import PreviewPages
from .preview_links import PreviewLinkPages
from .refusals import WrittenDown, note_refusal
from .reviewing import ReviewPages
from .translators import NothingElse, OwnLanguages, languages_on
from .workflow import WorkflowPages

# The name of a field that the form of a new thing carries along, another each time it is opened.
FORM_KEY = "form_key"


class StateFilter(StrictFilter):
    """Things by the state of the work on them, or of what visitors see of them."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        self.kind = type_of(model_admin.model())
        return [(state.value, state.label) for state in State if state != State.SUPERSEDED]

    def condition(self, value):
        if value not in dict(self.lookup_choices):
            return None
        revisions = Revision.objects.filter(content_type=self.kind)
        found = Q(pk__in=revisions.filter(state=value).values("object_id"))
        if value == State.PUBLISHED:
            # What became public on another way has no revision until somebody works on it.
            found |= Q(is_public=True) & ~Q(pk__in=revisions.live().values("object_id"))
        return found


class PublishedAdmin(
    PreviewPages,
    PreviewLinkPages,
    IntoSetPages,
    ReviewPages,
    ComparePages,
    HistoryPages,
    ConflictPages,
    WorkflowPages,
    EmbargoPage,
    OwnLanguages,
    NothingElse,
    EditorAdmin,
):
    """The admin of things that are published. What is public is only ever changed by an act."""

    actions = ("submit_selected", "approve_selected", "publish_selected", "put_in_set_selected")

    class Media:
        css = {"all": ["bilateral_admin/workflow.css", "bilateral_admin/comparing.css"]}

    # Lists

    def get_queryset(self, request):
        return in_sight_of(request.user, super().get_queryset(request))

    def get_object(self, request, object_id, from_field=None):
        """Write down who asked for a thing that is not theirs to see; they get what is not there at all."""
        thing = super().get_object(request, object_id, from_field)
        if thing is None and (hidden := self.hidden(object_id)):
            note_refusal(request, "see", hidden, OutOfSight())
        return thing

    def hidden(self, object_id):
        try:
            return self.model._base_manager.filter(pk=self.opts.pk.to_python(object_id)).first()
        except (ValidationError, ValueError, OverflowError):
            return None

    def for_list(self, queryset):
        revisions = Revision.objects.filter(content_type=type_of(self.model()), object_id=OuterRef("pk"))
        return (
            super()
            .for_list(queryset)
            .annotate(
                state_of_work=Subquery(revisions.in_work().values("state")[:1]),
                state_for_visitors=Subquery(revisions.live().values("state")[:1]),
            )
        )

    def get_list_filter(self, request):
        return (StateFilter, *super().get_list_filter(request))

    @admin.display(description=gettext_lazy("state"))
    def state(self, thing):
        """What visitors see, and what is being worked on beside it."""
        states = [State(state).label for state in (shown_state(thing), thing.state_of_work) if state]
        return " · ".join(map(str, states)) or State.DRAFT.label

    # What is done with a thing stands in the audit log, where embargoes are kept too.

    def log_addition(self, request, obj, message):
        return None

    log_change = log_addition

    def log_deletions(self, request, queryset):
        return None

    # Deleting

    def delete_view(self, request, object_id, extra_context=None):
        """Lead whoever wants to delete what was public to where it can be withdrawn."""
        thing = self.get_object(request, unquote(object_id))
        if request.method == "GET" and thing is not None and deletions.was_public(thing):
            text = _("%(thing)s was public: withdraw or unpublish it instead.")
            messages.error(request, text % {"thing": thing})
            return HttpResponseRedirect(self.change_address(thing))
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            return self.not_deleted(request, refusal)

    def response_action(self, request, queryset):
        try:
            return super().response_action(request, queryset)
        except Refused as refusal:
            return self.not_deleted(request, refusal)

    def not_deleted(self, request, refusal):
        """Answer where somebody else was faster, such as in publishing what is about to be deleted."""
        messages.error(request, refusal)
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def has_delete_permission(self, request, obj=None):
        """Nothing that was ever public, or is about to be, is deleted."""
        is_kept = obj and (getattr(request, "is_on_its_way", False) or deletions.was_public(obj))
        return super().has_delete_permission(request, obj) and not is_kept

    def get_deleted_objects(self, objs, request):
        kept = [
            _("“%(thing)s”: %(reason)s") % {"thing": thing, "reason": reason}
            for thing in objs
            if (reason := deletions.reason_against(thing))
        ]
        return ([], {}, set(), kept) if kept else super().get_deleted_objects(objs, request)

    def let_go(self, request, obj):
        return deletions.forget(request.user, obj, address=request.META.get("REMOTE_ADDR"))

    # The form

    def has_change_permission(self, request, obj=None):
        """What is scheduled stays as it was approved until it is taken off the schedule."""
        allowed = super().has_change_permission(request, obj) and languages_on(request) != []
        return allowed and not getattr(request, "is_on_its_way", False)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show and save a thing as its draft says it is; a save of what is public changes the draft only."""
        try:
            return self.form_page(request, object_id, form_url, extra_context or {})
        except acts.Outdated:
            # Somebody deleted it in this moment.
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        except Forbidden as refusal:
            thing = object_id and self.get_object(request, unquote(object_id))
            note_refusal(request, Act.SAVE, thing or None, refusal)
            raise WrittenDown(str(refusal)) from refusal
        except OutOfSight as refusal:
            thing = object_id and self.get_object(request, unquote(object_id))
            note_refusal(request, Act.SAVE, thing or None, refusal)
            # Once more, with what was typed and why it was not saved.
            request.refusal = str(refusal)
            return self.form_page(request, object_id, form_url, extra_context or {})

    @transaction.atomic
    def form_page(self, request, object_id, form_url, context):
        request.saved_thing = None
        if object_id is None:
            return self.add_page(request, form_url, context)
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        acts.lock(thing)
        revision, live = acts.in_work(thing), acts.live(thing)
        request.is_on_its_way = revision is not None and revision.is_on_its_way
        opened_at = token_of(revision, live)
        context |= {
            "work": revision,
            "live": live,
            "opened_at": opened_at,
            "presence": presence(request.user, revision),
            "can_compare": revision and live and self.may_compare(request, thing),
            "offers": self.offers(request.user, thing, revision, live),
            "embargo": embargo_on(thing),
            "embargo_address": self.embargo_address(request, thing),
            "into_set_address": self.into_set_address(request, thing, revision),
        }
        if request.method == "POST" and OPENED_AT not in request.POST:
            return self.versionless_page(request, thing, form_url, context)
        if request.method == "POST" and request.POST[OPENED_AT] != opened_at:
            return self.conflict_page(request, thing, form_url, context)
        if request.method == "POST" and self.has_change_permission(request, thing):
            self.demand_own_fields(request, thing)
        if thing.is_public:
            return self.change_beside(request, thing, (revision or live).document, form_url, context)
        return self.change_directly(request, thing, form_url, context)

    def add_page(self, request, form_url, context):
        key = request.POST.get(FORM_KEY)
        if key and (entered := self.entered_with(key)):
            messages.info(request, _("This was saved already."))
            return HttpResponseRedirect(self.change_address(entered))
        response = super().changeform_view(
            request, None, form_url, {**context, "form_key": key or uuid.uuid4().hex}
        )
        if getattr(request, "was_refused", False) and (entered := self.entered_with(key)):
            # The same form, sent twice at one moment: the other one was first.
            messages.info(request, _("This was saved already."))
            return HttpResponseRedirect(self.change_address(entered))
        if request.saved_thing:
            self.keep(request, request.saved_thing, capture(request.saved_thing))
        return response

    def entered_with(self, key):
        """Return the thing that an earlier sending of the same form entered, or None."""
        if not any(field.name == "uuid" for field in self.opts.concrete_fields):
            return None
        return self.model._base_manager.filter(uuid=as_uuid(key)).first()

    def change_directly(self, request, thing, form_url, context):
        """A thing that visitors do not see is its own draft."""
        is_translation = request.method == "POST" and languages_on(request) is not None
        is_first_save = request.method == "POST" and not context["work"]
        former = capture(thing) if is_translation or is_first_save else None
        with unheard(request) as unsaid:
            response = super().changeform_view(request, str(thing.pk), form_url, context)
        if request.saved_thing:
            changed = former if is_translation else None
            revision = self.keep(request, request.saved_thing, capture(request.saved_thing), changed)
            if revision is None:
                messages.info(request, _("Nothing was changed."))
                return response
            if is_first_save:
                revision.keep_beginning(former)
        say(request, unsaid)
        return response

    def change_beside(self, request, thing, document, form_url, context):
        """Let the form work as if the draft were live, and keep what it made of it as the draft."""
        with as_if(thing, document):
            with unheard(request) as unsaid:
                response = super().changeform_view(request, str(thing.pk), form_url, context)
            if request.saved_thing:
                demand_sight(request.user, request.saved_thing)
                document = capture(request.saved_thing)
            else:
                say(request, unsaid)
                if hasattr(response, "render"):
                    response.render()
        if request.saved_thing:
            if self.keep(request, thing, document):
                say(request, unsaid)
                messages.info(request, _("Saved as a draft. Visitors see it once it is published."))
            else:
                messages.info(request, _("Nothing was changed."))
        return response

    def keep(self, request, thing, document, former=None):
        """Keep what a form made of a thing; return its draft, or None where nothing is different."""
        if (work := acts.in_work(thing)) and work.document == document:
            return None
        address = request.META.get("REMOTE_ADDR")
        return acts.keep_draft(request.user, thing, document, address=address, former=former)

    def save_model(self, request, obj, form, change):
        """Give a new thing the key of its form, so that a form sent twice enters one thing."""
        if not change and (key := as_uuid(request.POST.get(FORM_KEY))) and hasattr(obj, "uuid"):
            obj.uuid = key
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.saved_thing = form.instance

    def response_change(self, request, obj):
        if "_submit" in request.POST:
            return HttpResponseRedirect(self.act_address(obj, Act.SUBMIT))
        return super().response_change(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        if "_submit" in request.POST:
            return HttpResponseRedirect(self.act_address(obj, Act.SUBMIT))
        return super().response_add(request, obj, post_url_continue)

    def change_address(self, thing):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[thing.pk])

    # Several at once

    @admin.action(description=gettext_lazy("Submit for approval"), permissions=["change"])
    def submit_selected(self, request, queryset):
        self.act_on_each(request, queryset, Act.SUBMIT)

    @admin.action(description=gettext_lazy("Approve"), permissions=["approve"])
    def approve_selected(self, request, queryset):
        return self.asked_first(request, queryset, Act.APPROVE)

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        return self.asked_first(request, queryset, Act.PUBLISH)

    def asked_first(self, request, queryset, act):
        if "confirmed" not in request.POST:
            return self.several_page(request, queryset, act)
        return self.act_on_each(request, queryset, act)

    def has_approve_permission(self, request):
        return request.user.has_perm("relations.approve_revision")

    def has_publish_permission(self, request):
        return request.user.has_perm("relations.publish_revision")


def as_uuid(text):
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def shown_state(thing):
    """Return the state of what visitors see of a row of a list, or None if they see nothing."""
    return thing.state_for_visitors or (State.PUBLISHED if thing.is_public else None)
