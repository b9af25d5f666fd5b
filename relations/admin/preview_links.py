"""Links under which somebody outside sees the draft of a thing: making, listing and closing them."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import PreviewLink
from relations.publishing import acts, preview_links
from relations.publishing.rights import Sight, permission
from relations.publishing.states import Refused

from .not_saved import gone, texts_said

LONGEST_QUESTION = 2000


class LinkForm(forms.Form):
    """Whom a draft is shown to, for how long, and what they are asked."""

    recipient = forms.CharField(
        label=gettext_lazy("For whom"), max_length=PreviewLink._meta.get_field("recipient").max_length
    )
    question = forms.CharField(
        label=gettext_lazy("Question"),
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "They can answer it once under the draft. Leave empty to show the draft only."
        ),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Works for how many days"),
        min_value=1,
        max_value=preview_links.MOST_DAYS,
        initial=preview_links.MOST_DAYS,
    )


class PreviewLinkPages:
    """The page of an admin on which links for outsiders are made, listed and closed."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/links/", view(self.links_view), name=f"{name}_links"),
            path("<path:object_id>/links/<uuid:key>/revoke/", view(self.revoke_view), name=f"{name}_revoke"),
            *super().get_urls(),
        ]

    def links_address(self, thing):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_links", args=[thing.pk])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.user.has_perm(permission(Sight.LINK)):
            context["links_address"] = self.links_address(obj)
            context["answers"] = preview_links.links_of(obj).filter(answered_at__isnull=False).count()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def thing_with_links(self, request, object_id):
        """Return the thing whose links are asked for, None if it is not there. Raises PermissionDenied."""
        if not request.user.has_perm(permission(Sight.LINK)):
            raise PermissionDenied
        thing = self.get_object(request, unquote(object_id))
        return thing

    def links_view(self, request, object_id):
        thing = self.thing_with_links(request, object_id)
        if thing is None and request.method == "POST":
            return gone(request, self, texts_said(request))
        if thing is None:
            raise Http404("There is no such thing.")
        if request.method != "POST":
            return self.links_page(request, thing, LinkForm())
        form = LinkForm(request.POST)
        if not form.is_valid():
            return self.links_page(request, thing, form, status=422)
        address = request.META.get("REMOTE_ADDR")
        try:
            link, key = preview_links.make(request.user, thing, **form.cleaned_data, address=address)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.links_page(request, thing, form, status=422)
        # The page says the key this once, and no redirect or message carries it.
        made = f"{settings.SITE_URL}{reverse('preview', args=[key])}"
        return self.links_page(request, thing, LinkForm(), made=made, link=link)

    def links_page(self, request, thing, form, status=200, **context):
        links = list(preview_links.links_of(thing))
        for one in links:
            one.state = preview_links.state_of(one)
        draft = acts.in_work(thing)
        context |= {
            **self.admin_site.each_context(request),
            "title": _("Preview links"),
            "subtitle": draft.title if draft else str(thing),
            "opts": self.opts,
            "thing": thing,
            "links": links,
            "has_draft": draft is not None,
            "form": form,
            "change_address": self.change_address(thing),
            "links_address": self.links_address(thing),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/bilateral/preview_links.html", context, status=status)

    def revoke_view(self, request, object_id, key):
        thing = self.thing_with_links(request, object_id)
        link = thing and preview_links.links_of(thing).filter(pk=key).first()
        if link is None:
            raise Http404("There is no such link.")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        preview_links.revoke(request.user, thing, link, request.META.get("REMOTE_ADDR"))
        messages.success(request, _("The link for “%(person)s” is closed.") % {"person": link.recipient})
        return HttpResponseRedirect(self.links_address(thing))
