"""What was deleted or discarded and can be brought back: a list, a page for each, and the offer to undo."""

from collections import Counter

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from relations.models import Deletion
from relations.publishing import deletions
from relations.publishing.desks import OutOfSight
from relations.publishing.rights import Forbidden
from relations.publishing.states import Refused, State

from .labels import change_address
from .requests import ReadOnly, StrictRequests

# What a thing is worked with, beside what it says.
WORK = {"revision", "earliersave", "previewlink", "review"}


@admin.register(Deletion)
class DeletionAdmin(ReadOnly, StrictRequests, admin.ModelAdmin):
    list_display = ("title", "kind", "deleted_at", "deleted_by", "kept_until")
    list_select_related = ("content_type", "deleted_by")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("title",)
    actions = None

    def get_queryset(self, request):
        return deletions.in_reach_of(request.user).defer("rows")

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, deletion):
        if deletion.is_draft:
            return State.DRAFT.label
        return capfirst(deletion.content_type.name)

    @admin.display(description=gettext_lazy("kept until"))
    def kept_until(self, deletion):
        return deletion.kept_until

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show what would come back, and bring it back."""
        deletion = self.get_object(request, unquote(object_id))
        if deletion is None or not self.has_view_permission(request):
            raise Http404("There is no such deletion.")
        if request.method != "POST":
            return self.page(request, deletion)
        try:
            thing = deletions.bring_back(request.user, deletion, request.META.get("REMOTE_ADDR"))
        except (Forbidden, OutOfSight) as refusal:
            return self.page(request, deletion, 403, refusal)
        except Refused as refusal:
            if self.get_object(request, unquote(object_id)):
                return self.page(request, deletion, 409, refusal)
            messages.error(request, refusal)
            return HttpResponseRedirect(reverse("admin:relations_deletion_changelist"))
        messages.success(request, _("“%(thing)s” is there again.") % {"thing": deletion})
        if deletion.is_draft:
            messages.info(request, _("Compare the draft with what is public by now before you submit it."))
        return HttpResponseRedirect(change_address(thing))

    def page(self, request, deletion, status=200, refusal=None):
        context = {
            **self.admin_site.each_context(request),
            "title": pgettext("act", "Bring back"),
            "act": {"label": pgettext("act", "Bring back")},
            "subtitle": str(deletion),
            "opts": self.opts,
            "deletion": deletion,
            "kind": self.kind(deletion),
            "contents": contents(deletion),
            "form": forms.Form(),
            "reasons": [(refusal, "")] if refusal else [],
            "change_address": reverse("admin:relations_deletion_changelist"),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/bilateral/deletion.html", context, status=status)


def contents(deletion):
    """Return how many rows of which kind would come back: [(name, number)]."""
    known = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    numbers = Counter(known[row["model"]] for row in deletion.rows if row["model"] in known)
    parents = {parent for model in numbers for parent in model._meta.parents}
    return sorted(
        (str(capfirst(model._meta.verbose_name_plural)), number)
        for model, number in numbers.items()
        if not (model in parents or model._meta.auto_created or model._meta.model_name in WORK)
    )


def offer_undo(request, kept):
    """Say after a deletion, or several, how long it can be undone, with a link."""
    address = reverse("admin:relations_deletion_changelist")
    if len(kept) == 1:
        address = reverse("admin:relations_deletion_change", args=[kept[0].pk])
    days = Deletion.KEPT.days
    text = ngettext("For %(days)d day it can be undone.", "For %(days)d days it can be undone.", days)
    link = pgettext("act", "Bring back")
    messages.info(request, format_html('{} <a href="{}">{}</a>', text % {"days": days}, address, link))
