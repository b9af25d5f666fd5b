"""Putting what is being worked on into a release set: from its own page, or several from a list."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relations.models import ReleaseSet
from relations.publishing import acts, releases
from relations.publishing.releases import SetAct
from relations.publishing.states import Refused

from .seeing import as_listed


class ChooseSetForm(forms.Form):
    release_set = forms.ModelChoiceField(
        queryset=ReleaseSet.objects.filter(state=ReleaseSet.State.OPEN), label=gettext_lazy("Release set")
    )


class IntoSetPages:
    """The ways of things into release sets, as pages of their admin."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_into_set"
        view = self.admin_site.admin_view(self.into_set_view)
        return [path("<path:object_id>/release-set/", view, name=name), *super().get_urls()]

    def into_set_address(self, request, thing, revision):
        """Return the address where work is put into a set; empty where that cannot be."""
        if revision is None or revision.is_on_its_way or not self.has_publish_permission(request):
            return ""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_into_set", args=[thing.pk])

    def into_set_view(self, request, object_id):
        thing = self.get_object(request, unquote(object_id))
        revision = thing and acts.in_work(thing)
        if revision is None:
            raise Http404("Nothing is being worked on.")
        if request.method != "POST":
            return self.into_set_page(
                request, thing, revision, ChooseSetForm(initial={"release_set": revision.release_set_id})
            )
        form = ChooseSetForm(request.POST)
        if not form.is_valid():
            return self.into_set_page(request, thing, revision, form)
        try:
            release_set = releases.put_in(
                request.user,
                form.cleaned_data["release_set"],
                revision,
                request.POST.get("token", ""),
                request.META.get("REMOTE_ADDR"),
            )
        except Refused as refusal:
            return self.into_set_page(request, thing, revision, form, refusal)
        messages.success(request, _("“%(thing)s” is in the set.") % {"thing": revision.title})
        return HttpResponseRedirect(reverse("admin:relations_releaseset_change", args=[release_set.pk]))

    def into_set_page(self, request, thing, revision, form, refusal=None):
        context = {
            **self.admin_site.each_context(request),
            "title": SetAct.PUT_IN.label,
            "subtitle": revision.title,
            "opts": self.opts,
            "revision": revision,
            "act": SetAct.PUT_IN,
            "follows": _("It becomes public in one moment with everything in the set, or not at all."),
            "form": form,
            "reasons": [(refusal, "")] if refusal else [],
            "change_address": self.change_address(thing),
            "media": self.media + form.media,
        }
        status = status_of(refusal) if refusal else 200
        return TemplateResponse(request, "admin/bilateral/act.html", context, status=status)

    @admin.action(description=gettext_lazy("Put into a release set…"), permissions=["publish"])
    def put_in_set_selected(self, request, queryset):
        chosen = [(thing, acts.in_work(thing)) for thing in as_listed(request, queryset)]
        if "token" not in request.POST:
            return self.choose_set_page(request, chosen, ChooseSetForm())
        form = ChooseSetForm(request.POST)
        if not form.is_valid():
            return self.choose_set_page(request, chosen, form)
        self.put_in_each(request, form.cleaned_data["release_set"], chosen)
        return None

    def put_in_each(self, request, release_set, chosen):
        """Put in each that can be, as it was when the page was opened, and name those that cannot."""
        tokens = {token.rpartition(".")[0]: token for token in request.POST.getlist("token")}
        done = 0
        for thing, revision in chosen:
            try:
                if revision is None:
                    raise Refused(_("Nothing is being worked on."))
                token = tokens.get(str(revision.pk), "")
                releases.put_in(request.user, release_set, revision, token, request.META.get("REMOTE_ADDR"))
            except Refused as refusal:
                messages.error(request, _("“%(thing)s”: %(reason)s") % {"thing": thing, "reason": refusal})
            else:
                done += 1
        text = ngettext("%(number)d is in the set.", "%(number)d are in the set.", done)
        messages.success(request, text % {"number": done})

    def choose_set_page(self, request, chosen, form):
        context = {
            **self.admin_site.each_context(request),
            "title": SetAct.PUT_IN.label,
            "opts": self.opts,
            "chosen": chosen,
            "form": form,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/bilateral/into_set.html", context)


def status_of(refusal):
    """Return what the answer to a refused act says to machines."""
    return 409 if isinstance(refusal, acts.Outdated) else 422
