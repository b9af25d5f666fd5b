"""The page on which a thing that is not public is kept from all but the people and groups named."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Embargo
from relations.publishing import embargoes
from relations.publishing.states import Refused

from .labels import group_name


class Groups(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group):
        return group_name(group)


class People(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user):
        return user.get_full_name() or user.get_username()


def name_of(field):
    return capfirst(Embargo._meta.get_field(field).verbose_name)


class EmbargoForm(forms.Form):
    """Who may see a thing until it is public."""

    users = People(label=name_of("users"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple)
    groups = Groups(
        label=name_of("groups"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=Embargo._meta.get_field("reason").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, user, **options):
        super().__init__(**options)
        staff = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(pk=user.pk)
        self.fields["users"].queryset = staff.order_by("username")
        self.fields["groups"].queryset = Group.objects.order_by("name")


class EmbargoPage:
    """The embargo of a thing, as a page of its admin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.embargo_view)
        return [path("<path:object_id>/embargo/", view, name=self.embargo_name), *super().get_urls()]

    @property
    def embargo_name(self):
        return f"{self.opts.app_label}_{self.opts.model_name}_embargo"

    def embargo_address(self, request, thing):
        """Return the address of the page, or nothing where there is nothing to do on it for this person."""
        if thing.is_public or not embargoes.may_order(request.user):
            return ""
        return reverse(f"admin:{self.embargo_name}", args=[thing.pk])

    def embargo_view(self, request, object_id):
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404("There is no such thing.")
        if not embargoes.may_order(request.user):
            raise PermissionDenied
        embargo = embargoes.embargo_on(thing)
        form = EmbargoForm(request.user, data=request.POST or None, initial=named_in(embargo))
        refusal = None
        if request.method == "POST" and ("_lift" in request.POST or form.is_valid()):
            try:
                self.set_embargo(request, thing, form)
            except Refused as reason:
                refusal = reason
            else:
                return HttpResponseRedirect(self.change_address(thing))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Embargo"),
            "subtitle": str(thing),
            "opts": self.opts,
            "thing": thing,
            "embargo": embargo,
            "form": form,
            "refusal": refusal,
            "change_address": self.change_address(thing),
        }
        status = 422 if refusal else 200
        return TemplateResponse(request, "admin/bilateral/embargo.html", context, status=status)

    def set_embargo(self, request, thing, form):
        address = request.META.get("REMOTE_ADDR")
        if "_lift" in request.POST:
            embargoes.lift(request.user, thing, address=address)
            messages.success(request, _("The embargo on “%(thing)s” is lifted.") % {"thing": thing})
        else:
            embargoes.order(request.user, thing, **form.cleaned_data, address=address)
            messages.success(request, _("“%(thing)s” is under an embargo.") % {"thing": thing})


def named_in(embargo):
    if embargo is None:
        return {}
    return {"users": embargo.users.all(), "groups": embargo.groups.all(), "reason": embargo.reason}
