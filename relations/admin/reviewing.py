"""The page on which somebody appoints when a thing is looked at again, and who is reminded."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.publishing import reviews
from relations.publishing.states import Refused

# Months from today that are offered.
SUGGESTIONS = (6, 12)


class ReviewForm(forms.Form):
    due = forms.DateField(
        label=gettext_lazy("Review on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who is reminded"), queryset=get_user_model().objects.none()
    )

    def __init__(self, user, review, data=None):
        if data and data.get("months") in map(str, SUGGESTIONS):
            data = data.copy()
            data["due"] = reviews.months_after(localdate(), int(data["months"])).isoformat()
        initial = {"due": review.due, "owner": review.owner} if review else {"owner": user}
        super().__init__(data, initial=initial)
        staff = get_user_model().objects.filter(is_active=True, is_staff=True)
        self.fields["owner"].queryset = staff.order_by("username")


class ReviewPages:
    """Review dates as a page of an admin."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        view = self.admin_site.admin_view(self.review_view)
        return [path("<path:object_id>/review/", view, name=name), *super().get_urls()]

    def review_address(self, thing):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_review", args=[thing.pk])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["review"] = reviews.review_of(obj)
            context["today"] = localdate()
            context["review_address"] = self.review_address(obj) if reviews.may_appoint(request.user) else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def review_view(self, request, object_id):
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404("There is no such thing here.")
        if not reviews.may_appoint(request.user):
            raise PermissionDenied
        review = reviews.review_of(thing)
        form = ReviewForm(request.user, review, request.POST if request.method == "POST" else None)
        if request.method == "POST" and self.keep_review(request, thing, form):
            return HttpResponseRedirect(self.change_address(thing))
        return self.review_page(request, thing, review, form)

    def keep_review(self, request, thing, form):
        """Do what the form says; return whether it was done."""
        origin = request.META.get("REMOTE_ADDR")
        if "call_off" in request.POST:
            reviews.call_off(request.user, thing, origin)
            messages.success(request, _("There is no review date any more."))
            return True
        if not form.is_valid():
            return False
        try:
            review = reviews.appoint(request.user, thing, address=origin, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return False
        messages.success(request, _("%(who)s is reminded.") % {"who": review.owner})
        return True

    def review_page(self, request, thing, review, form):
        today = localdate()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review date"),
            "subtitle": str(thing),
            "opts": self.opts,
            "review": review,
            "form": form,
            "suggestions": [(months, reviews.months_after(today, months)) for months in SUGGESTIONS],
            "change_address": self.change_address(thing),
            "media": self.media,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/bilateral/review.html", context, status=status)
