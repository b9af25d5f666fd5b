"""Looking at a draft, or at what stands in a form, as the public page it will be."""

from django.contrib.admin.utils import unquote
from django.contrib.messages.storage import default_storage
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from relations.publishing.preview import Bar, NoPage, anchor_of, page_of, rolled_back, shown_revision
from relations.publishing.rights import Sight, permission

from .base import editors_language


class PreviewPages:
    """The previews of an admin: of the draft that is kept, and of what is typed and kept nowhere."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(self.preview_view)
        return [
            path("add/preview/", view, name=f"{name}_add_preview"),
            path("<path:object_id>/preview/", view, name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def preview_address(self, thing=None):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{name}_preview", args=[thing.pk]) if thing else reverse(f"{name}_add_preview")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if request.user.has_perm(permission(Sight.PREVIEW)):
            if obj is not None:
                # The browser then shows the part of the page in which the thing stands.
                anchor = anchor_of(obj)
                context["preview_address"] = self.preview_address(obj) + (f"#{anchor}" if anchor else "")
            else:
                context["preview_address"] = self.preview_address()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def preview_view(self, request, object_id=None):
        """Show the draft; or, when the form is sent here, what stands in it."""
        if not request.user.has_perm(permission(Sight.PREVIEW)):
            raise PermissionDenied
        thing = self.get_object(request, unquote(object_id)) if object_id else None
        if thing is None and (object_id or request.method != "POST"):
            raise Http404("There is nothing to preview.")
        if request.method == "POST":
            return self.preview_of_form(request, thing)
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        with rolled_back():
            return self.previewed(request, thing, shown_revision(thing))

    def preview_of_form(self, request, thing):
        """Show what the form would make, and keep nothing; one with errors comes back with them."""
        request.saved_thing = None
        # What saving says is not for who only looks.
        told, request._messages = request._messages, default_storage(request)
        try:
            with rolled_back():
                if thing is None:
                    address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
                    response = self.add_view(request, address)
                else:
                    response = self.change_view(request, str(thing.pk), self.change_address(thing))
                if request.saved_thing is not None:
                    saved = request.saved_thing
                    return self.previewed(request, saved, shown_revision(saved), fields_sent(request))
                return response.render() if hasattr(response, "render") else response
        finally:
            request._messages = told

    def previewed(self, request, thing, revision, sent=()):
        # What is typed has no form to go back to: its own stands in another tab.
        back = "" if sent else self.change_address(thing)
        bar = Bar(
            revision,
            editors_language(),
            is_live=thing.is_public and revision.is_live and not sent,
            back=back,
            sent=sent,
        )
        try:
            return page_of(request, thing, revision, bar, ("staff_media",))
        except NoPage as refusal:
            return self.no_preview_page(request, refusal.reasons, back)

    def no_preview_page(self, request, reasons, back):
        context = {
            **self.admin_site.each_context(request),
            "title": _("This cannot be previewed yet"),
            "opts": self.opts,
            "reasons": [(reason, getattr(reason, "place", "")) for reason in reasons],
            "change_address": back,
        }
        return TemplateResponse(request, "admin/bilateral/no_preview.html", context, status=422).render()


def fields_sent(request):
    """Return what a form sent, to be sent once more for another language or page: [(name, value)]."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    return [("csrfmiddlewaretoken", get_token(request)), *fields]
