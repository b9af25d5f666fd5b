"""Showing things to visitors and hiding them again, several at once, after asking."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from relations.publishing.rules import reasons_against

from .base import EditorAdmin


class PublishedAdmin(EditorAdmin):
    """The admin of what visitors see or do not see."""

    actions = ("make_public", "make_private")

    @admin.action(description=_("Make public"), permissions=["change"])
    def make_public(self, request, queryset):
        question = _("Visitors will see these from now on:")
        return self.set_public(request, queryset, True, "make_public", question)

    @admin.action(description=_("Make private"), permissions=["change"])
    def make_private(self, request, queryset):
        question = _("Visitors will no longer see these, and links to them will lead nowhere:")
        return self.set_public(request, queryset, False, "make_private", question)

    def set_public(self, request, queryset, is_public, action, question):
        objects = list(queryset.exclude(is_public=is_public))
        if objects and "confirmed" not in request.POST:
            return self.ask(request, objects, action, question)
        changed = [obj for obj in objects if not is_public or not self.refused(request, obj)]
        with override(None):
            field = str(self.opts.get_field("is_public").verbose_name)
        with transaction.atomic():
            for obj in changed:
                obj.is_public = is_public
                obj.save(update_fields=["is_public"])
                self.log_change(request, obj, [{"changed": {"fields": [field]}}])
        text = ngettext("%(number)d changed.", "%(number)d changed.", len(changed))
        messages.success(request, text % {"number": len(changed)})

    def save_related(self, request, form, formsets, change):
        """Keep what was typed in any case, but show visitors nothing that lacks what it needs."""
        super().save_related(request, form, formsets, change)
        if form.instance.is_public and self.refused(request, form.instance):
            form.instance.is_public = False
            form.instance.save(update_fields=["is_public"])

    def refused(self, request, obj):
        """Say why a thing cannot be public yet; return whether there is a reason."""
        reasons = reasons_against(obj)
        for reason in reasons:
            text = _("“%(thing)s” is saved but not public: %(reason)s")
            messages.error(request, text % {"thing": obj, "reason": reason})
        return bool(reasons)

    def ask(self, request, objects, action, question):
        context = {
            **self.admin_site.each_context(request),
            "title": self.get_action(action)[2],
            "opts": self.opts,
            "objects": objects,
            "question": question,
            "action": action,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/bilateral/publicity_confirmation.html", context)
