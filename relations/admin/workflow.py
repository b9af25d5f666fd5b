"""The pages on which staff move a thing along: each asks, says what follows, and does one act."""

import time
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from modeltranslation.utils import get_translation_fields

from relations.models import Revision
from relations.models.base import languages
from relations.publishing import acts, deletions
from relations.publishing.desks import OutOfSight
from relations.publishing.documents import Unfit
from relations.publishing.rights import Forbidden, demand
from relations.publishing.states import Act, Refused, WrongState, acts_from, after
from relations.translating.direction import direction

from .deletion import offer_undo
from .leading import leads_somewhere
from .moments import AppointingForm, MomentField
from .not_saved import gone, texts_said
from .refusals import WrittenDown, note_refusal
from .seeing import as_listed
from .translators import languages_on

# Acts with a page of their own; saving is what the form does, and the site itself supersedes.
ON_A_PAGE = [act for act in Act if act not in (Act.SAVE, Act.SUPERSEDE, Act.RESTORE)]
ON_LIVE = (Act.APPROVE_AFTERWARDS, Act.WITHDRAW, Act.REINSTATE, Act.UNPUBLISH, Act.TAKE_DOWN_LATER)
# These take something away from somebody.
GRAVE = (Act.DISCARD, Act.REJECT, Act.EMERGENCY, Act.WITHDRAW, Act.UNPUBLISH)

FOLLOWS = {
    Act.SUBMIT: gettext_lazy("Somebody else then approves it, or rejects it with a remark."),
    Act.RECALL: gettext_lazy("It becomes a draft again, and can be changed."),
    Act.REJECT: gettext_lazy("The author gets it back with your remark."),
    Act.APPROVE: gettext_lazy(
        "It can then be published or scheduled. A later change takes the approval away."
    ),
    Act.SCHEDULE: gettext_lazy("Until then visitors see what they see now, and nobody changes the draft."),
    Act.UNSCHEDULE: gettext_lazy("It stays approved, and is not published by itself."),
    Act.PUBLISH: gettext_lazy("Visitors see it at once."),
    Act.EMERGENCY: gettext_lazy(
        "Visitors see it at once, without a second pair of eyes. It is marked, and somebody must approve it "
        "afterwards."
    ),
    Act.APPROVE_AFTERWARDS: gettext_lazy("The mark of the emergency goes; the log keeps it."),
    Act.DISCARD: gettext_lazy("The draft is deleted. What visitors see stays as it is."),
    Act.WITHDRAW: gettext_lazy("The text stays to be read, under a banner with your reason."),
    Act.REINSTATE: gettext_lazy("The banner goes."),
    Act.UNPUBLISH: gettext_lazy("Its page is gone, or leads to the address you give. The text is kept here."),
    Act.TAKE_DOWN_LATER: gettext_lazy("It is unpublished at that time, with your reason."),
}
DONE = {
    Act.SUBMIT: gettext_lazy("“%(thing)s” was submitted for approval."),
    Act.RECALL: gettext_lazy("“%(thing)s” is a draft again."),
    Act.REJECT: gettext_lazy("“%(thing)s” was rejected."),
    Act.APPROVE: gettext_lazy("“%(thing)s” was approved."),
    Act.SCHEDULE: gettext_lazy("“%(thing)s” is scheduled."),
    Act.UNSCHEDULE: gettext_lazy("“%(thing)s” is off the schedule."),
    Act.PUBLISH: gettext_lazy("“%(thing)s” is public."),
    Act.EMERGENCY: gettext_lazy("“%(thing)s” is public; it waits to be approved afterwards."),
    Act.APPROVE_AFTERWARDS: gettext_lazy("“%(thing)s” was approved afterwards."),
    Act.DISCARD: gettext_lazy("The draft of “%(thing)s” was discarded."),
    Act.WITHDRAW: gettext_lazy("“%(thing)s” was withdrawn."),
    Act.REINSTATE: gettext_lazy("“%(thing)s” was reinstated."),
    Act.UNPUBLISH: gettext_lazy("“%(thing)s” was unpublished."),
    Act.TAKE_DOWN_LATER: gettext_lazy("“%(thing)s” will be taken down at that time."),
}


class ListForm(ActionForm):
    """What to do with the rows of a list, and when the list was shown: nobody approves what nobody saw."""

    shown_at = forms.FloatField(label="", initial=time.time, required=False, widget=forms.HiddenInput)


def has_changed_since(revision, shown_at):
    changed = max(filter(None, (revision.edited_at, revision.submitted_at)))
    return shown_at is not None and changed.timestamp() > shown_at


class ActForm(forms.Form):
    """What an act wants to know; a text that visitors read has a field in every language."""

    texts = ()

    def __init__(self, revision, own=None, **options):
        super().__init__(**options)
        self.revision = revision
        # The languages that a translator answers for; every other person answers for all.
        self.own = [code for code in dict(languages()) if own is None or code in own]
        for name in self.texts:
            for column in get_translation_fields(name):
                if Revision._meta.get_field(column).language in self.own:
                    self.fields[column] = text_field(column, getattr(revision, column))


def text_field(column, initial):
    field = Revision._meta.get_field(column)
    info = get_language_info(field.language)
    label = _("%(field)s (%(language)s)") % {
        "field": capfirst(field.translated_field.verbose_name),
        "language": info["name_local"],
    }
    attrs = {"lang": field.language, "dir": direction(field.language), "class": "vLargeTextField", "rows": 2}
    widget = forms.Textarea(attrs=attrs)
    return forms.CharField(
        label=label, initial=initial, required=False, max_length=field.max_length, widget=widget
    )


class PublicLanguagesForm(ActForm):
    """Which languages visitors get."""

    public = forms.MultipleChoiceField(
        label=gettext_lazy("Public languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Texts in a language that is not ticked stay here, and visitors do not get them."
        ),
    )

    def __init__(self, revision, own=None, **options):
        super().__init__(revision, own, **options)
        self.fields["public"].choices = [choice for choice in languages() if choice[0] in self.own]
        self.fields["public"].initial = [code for code in self.own if code not in revision.held_back]

    def clean(self):
        cleaned = super().clean()
        chosen = cleaned.pop("public", [])
        others = [code for code in dict(languages()) if code not in self.own]
        public = {*chosen, *(code for code in others if code not in self.revision.held_back)}
        if not public:
            self.add_error("public", _("At least one language must be public."))
        cleaned["held_back"] = [code for code in dict(languages()) if code not in public]
        return cleaned


class SubmitForm(PublicLanguagesForm):
    pass


class SubmitChangeForm(PublicLanguagesForm):
    """What visitors are told about a change of something public."""

    texts = ("note", "correction")

    is_minor = forms.BooleanField(
        label=gettext_lazy("Small change"),
        required=False,
        help_text=gettext_lazy("A mended letter or link: visitors see no new date. It needs no note."),
    )

    def __init__(self, revision, own=None, **options):
        super().__init__(revision, own, **options)
        self.fields["is_minor"].initial = revision.is_minor


class ApproveForm(ActForm):
    publish = forms.BooleanField(label=gettext_lazy("Publish at once"), required=False)


class RejectForm(ActForm):
    remark = forms.CharField(
        label=gettext_lazy("Remark to the author"), widget=forms.Textarea(attrs={"rows": 4})
    )


class EmergencyForm(PublicLanguagesForm):
    texts = ("note",)

    reason = forms.CharField(
        label=gettext_lazy("Reason for the emergency"), widget=forms.Textarea(attrs={"rows": 3})
    )


class EmergencyChangeForm(EmergencyForm, SubmitChangeForm):
    """An emergency in something public; visitors are told of it as of any change."""

    texts = SubmitChangeForm.texts


class ScheduleForm(AppointingForm, ActForm):
    publish_at = MomentField(label=gettext_lazy("Publish at"))


class WithdrawForm(ActForm):
    texts = ("ending_reason",)


class UnpublishForm(ActForm):
    texts = ("ending_reason",)

    redirect_to = forms.CharField(
        label=gettext_lazy("Leads to"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "An address of this site, from the first stroke on, such as /en/records/12/. "
            "Leave empty if there is none."
        ),
    )

    def clean_redirect_to(self):
        address = self.cleaned_data["redirect_to"]
        if address and (not address.startswith("/") or address.startswith("//") or "\\" in address):
            raise forms.ValidationError(_("Only an address of this site, beginning with one stroke."))
        return address


class TakeDownForm(AppointingForm, ActForm):
    texts = ("ending_reason",)

    take_down_at = MomentField(label=gettext_lazy("Take down at"))


FORMS = {
    Act.SUBMIT: SubmitForm,
    Act.APPROVE: ApproveForm,
    Act.REJECT: RejectForm,
    Act.SCHEDULE: ScheduleForm,
    Act.EMERGENCY: EmergencyForm,
    Act.WITHDRAW: WithdrawForm,
    Act.UNPUBLISH: UnpublishForm,
    Act.TAKE_DOWN_LATER: TakeDownForm,
}
# For a new version of something public.
OF_CHANGE = {Act.SUBMIT: SubmitChangeForm, Act.EMERGENCY: EmergencyChangeForm}
PERFORM = {
    Act.SUBMIT: acts.submit,
    Act.RECALL: acts.recall,
    Act.REJECT: acts.reject,
    Act.APPROVE: lambda *args, publish=False, **options: (
        acts.approve_and_publish(*args, **options) if publish else acts.approve(*args, **options)
    ),
    Act.SCHEDULE: acts.schedule,
    Act.UNSCHEDULE: acts.unschedule,
    Act.PUBLISH: acts.publish,
    Act.EMERGENCY: acts.publish_in_emergency,
    Act.APPROVE_AFTERWARDS: acts.approve_afterwards,
    Act.DISCARD: deletions.discard,
    Act.WITHDRAW: acts.withdraw,
    Act.REINSTATE: acts.reinstate,
    Act.UNPUBLISH: acts.unpublish,
    Act.TAKE_DOWN_LATER: acts.take_down_later,
}


def form_for(act, revision):
    if revision.base_id and act in OF_CHANGE:
        return OF_CHANGE[act]
    return FORMS.get(act, ActForm)


def what_was_done(act, form):
    """Return the words for an act that succeeded."""
    if act == Act.APPROVE and form.cleaned_data["publish"]:
        return _("“%(thing)s” was approved and is public.")
    return DONE[act]


@dataclass(frozen=True)
class Offer:
    """An act that is possible now, and why this person in particular cannot do it."""

    act: Act
    address: str
    hindrance: str = ""

    @property
    def label(self):
        return self.act.label

    @property
    def is_grave(self):
        return self.act in GRAVE


class WorkflowPages:
    """The acts of the workflow as pages of an admin."""

    action_form = ListForm

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        view = self.admin_site.admin_view(self.act_view)
        return [path("<path:object_id>/act/<slug:act>/", view, name=name), *super().get_urls()]

    def act_address(self, thing, act):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
        return reverse(name, args=[thing.pk, act.value])

    def offers(self, user, thing, revision, live):
        """Return the acts that lead somewhere from where the thing is, for those who may do them at all."""
        found = []
        for act in ON_A_PAGE:
            subject = self.subject(thing, act, revision, live)
            if subject is None or act not in acts_from(subject.state) or not makes_sense(act, subject):
                continue
            try:
                demand(user, act)
            except Forbidden:
                continue
            try:
                demand(user, act, subject)
                acts.demand_free(act, subject)
            except Refused as refusal:
                found.append(Offer(act, "", str(refusal)))
            else:
                found.append(Offer(act, self.act_address(thing, act)))
        return found

    def subject(self, thing, act, revision, live):
        """Return the revision that an act is done with: what is worked on, or what is or was public."""
        if act == Act.APPROVE_AFTERWARDS:
            return acts.waiting_afterwards(thing)
        return live if act in ON_LIVE else revision

    def act_view(self, request, object_id, act):
        thing = self.get_object(request, unquote(object_id))
        if act not in [one.value for one in ON_A_PAGE]:
            raise Http404("There is no such act here.")
        if thing is None and request.method == "POST":
            return gone(request, self, texts_said(request))
        if thing is None:
            raise Http404("There is no such thing here.")
        act = Act(act)
        try:
            demand(request.user, act)
        except Forbidden as refusal:
            note_refusal(request, act, thing, refusal)
            raise WrittenDown(str(refusal)) from refusal
        revision = self.subject(thing, act, acts.in_work(thing), acts.live(thing))
        if revision is None or act not in acts_from(revision.state):
            messages.error(
                request, _("“%(act)s” is not possible any more: look at the state.") % {"act": act.label}
            )
            return HttpResponseRedirect(self.change_address(thing))
        if request.method == "POST":
            return self.perform(request, thing, act, revision)
        form = form_for(act, revision)(revision, languages_on(request))
        return self.act_page(request, thing, act, revision, form)

    def perform(self, request, thing, act, revision):
        form = form_for(act, revision)(revision, languages_on(request), data=request.POST)
        token = request.POST.get("token")
        if not token:
            return self.act_page(request, thing, act, revision, form, 422)
        if not form.is_valid():
            return self.act_page(request, thing, act, revision, form)
        return self.perform_as_asked(request, thing, act, revision, form, token)

    @transaction.atomic
    def perform_as_asked(self, request, thing, act, revision, form, token):
        try:
            address = request.META.get("REMOTE_ADDR")
            result = PERFORM[act](request.user, revision, token, address, **form.cleaned_data)
        except acts.NotReady as refusal:
            return self.act_page(request, thing, act, revision, form, 422, reasons=refusal.reasons)
        except (acts.Outdated, WrongState) as refusal:
            return self.act_page(request, thing, act, revision, form, 409, reasons=[refusal])
        except (Forbidden, OutOfSight) as refusal:
            return self.act_page(request, thing, act, revision, form, 403, reasons=[refusal])
        except (Refused, Unfit) as refusal:
            return self.act_page(request, thing, act, revision, form, 422, reasons=[refusal])
        # Asked of the site as it is now, where the thing itself is gone.
        replacement = form.cleaned_data.get("redirect_to")
        if replacement and not leads_somewhere(request, replacement):
            transaction.set_rollback(True)
            form.add_error("redirect_to", _("Visitors would find nothing there. Look at the address again."))
            return self.act_page(request, thing, act, revision, form, 422)
        messages.success(request, what_was_done(act, form) % {"thing": revision.title or thing})
        if act == Act.DISCARD:
            offer_undo(request, [result])
        return HttpResponseRedirect(self.change_address(thing))

    def act_page(self, request, thing, act, revision, form, status=200, reasons=()):
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "subtitle": revision.title or str(thing),
            "opts": self.opts,
            "thing": thing,
            "revision": revision,
            "act": act,
            "follows": FOLLOWS[act],
            "is_grave": act in GRAVE,
            "form": form,
            "reasons": [(reason, self.place_of(reason, thing)) for reason in reasons],
            "change_address": self.change_address(thing),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/bilateral/act.html", context, status=status)

    def place_of(self, reason, thing):
        """Return the address of the field where a reason against publishing is mended; empty without one."""
        place = getattr(reason, "place", "")
        return f"{self.change_address(thing)}#{place}" if place else ""

    # Several at once

    def several_page(self, request, queryset, act):
        """Ask whether an act shall be done with all that was ticked, and say with which it cannot be."""
        form = ListForm(request.POST)
        form.full_clean()
        things = [
            (thing, self.hindrance(request.user, thing, act, form.cleaned_data.get("shown_at")))
            for thing in as_listed(request, queryset)
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "opts": self.opts,
            "act": act,
            "follows": FOLLOWS[act],
            "action": request.POST["action"],
            "shown_at": request.POST.get("shown_at", ""),
            "possible": [thing for thing, reason in things if not reason],
            "hindered": [(thing, reason) for thing, reason in things if reason],
            "media": self.media,
        }
        return TemplateResponse(request, "admin/bilateral/act_on_several.html", context)

    def hindrance(self, user, thing, act, shown_at):
        """Return why an act cannot be done with a thing that was ticked in a list; empty where it can."""
        revision = acts.in_work(thing)
        try:
            self.demand_as_shown(revision, shown_at)
            after(revision.state, act)
            demand(user, act, revision)
            acts.demand_free(act, revision)
        except Refused as refusal:
            return str(refusal)
        return ""

    def demand_as_shown(self, revision, shown_at):
        if revision is None:
            raise Refused(_("Nothing is being worked on."))
        if has_changed_since(revision, shown_at):
            raise Refused(_("It has changed since this list was shown: look at it again."))

    def act_on_each(self, request, queryset, act):
        """Do the act with each thing that allows it, and name those that do not, with the reason."""
        done, form = 0, ListForm(request.POST)
        form.full_clean()
        shown_at = form.cleaned_data.get("shown_at")
        for thing in as_listed(request, queryset):
            revision = acts.in_work(thing)
            try:
                self.demand_as_shown(revision, shown_at)
                PERFORM[act](request.user, revision, address=request.META.get("REMOTE_ADDR"))
            except (Refused, Unfit) as refusal:
                messages.error(request, _("“%(thing)s”: %(reason)s") % {"thing": thing, "reason": refusal})
            else:
                done += 1
        if done:
            text = ngettext("%(number)d changed.", "%(number)d changed.", done)
            messages.success(request, text % {"number": done})


def makes_sense(act, revision):
    match act:
        case Act.DISCARD:
            return revision.base_id is not None
        case Act.APPROVE_AFTERWARDS:
            return bool(revision.emergency_reason) and revision.approved_by_id is None
    return True
