"""What was typed and came too late to be saved: it stands on a page of its own, and is sent again from there.

The session has ended meanwhile, or the thing is gone. Nothing of it is kept on the server.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib.admin.sites import site
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from relations.models import Deletion
from relations.models.text import RichTextField, clean_html
from relations.translating.direction import direction

from .languages import label_of

# Never sent back to a browser, whatever form it was typed into.
SECRET = re.compile("passw|csrfmiddlewaretoken", re.IGNORECASE)
ROW = re.compile(r"(?P<rows>\w+)-(?P<number>\d+)-(?P<name>\w+)", re.ASCII)


@dataclass(frozen=True)
class Typed:
    """One text as it was typed, for those who want to copy it."""

    label: str
    text: str
    language: str
    is_rich: bool

    @property
    def direction(self):
        return direction(self.language)

    @property
    def html(self):
        return mark_safe(clean_html(self.text))  # noqa: S308 -- cleaned in this very line


def signed_out(request):
    """Answer to a form that was sent after its session had ended."""
    text = _(
        "Nothing was saved. What you typed is kept as long as this page stays open: "
        "sign in in another window, come back to this one and send it again."
    )
    status = HTTPStatus.FORBIDDEN
    return page(request, _("You are signed out"), text, status, sign_in_address=reverse("admin:login"))


def stale(request, reason=""):
    """Answer to a form whose secret is an old one: it was opened before somebody signed in anew."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    is_form_of_staff = request.path_info.startswith(reverse("admin:index"))
    if not is_ours or not is_form_of_staff or request.path_info == reverse("admin:login"):
        return csrf_failure(request, reason)
    text = _("It was opened before you signed in. Nothing is lost: send it once more.")
    return page(request, _("This form has gone stale"), text, HTTPStatus.FORBIDDEN)


def gone(request, model_admin):
    """Answer to a form of a thing that is no longer there, or no longer for the one who sends it."""
    text = _(
        "It was deleted meanwhile, or is no longer yours to change. Nothing was saved, and nothing of what "
        "you typed is lost: copy it from here, or send it again once the thing is back."
    )
    title = _("%(thing)s: no longer here") % {"thing": capfirst(model_admin.opts.verbose_name)}
    shown = {"typed": texts_typed(request, model_admin)}
    if site.get_model_admin(Deletion).has_view_permission(request):
        shown["deletions"] = Deletion._meta
    return page(request, title, text, HTTPStatus.NOT_FOUND, **shown)


def page(request, title, text, status, **context):
    sent = [
        (name, value) for name, values in request.POST.lists() for value in values if not SECRET.search(name)
    ]
    shown = {
        **site.each_context(request),
        "title": title,
        "reason": text,
        "sent": sent,
        "had_files": bool(request.FILES),
        "is_nav_sidebar_enabled": request.user.is_authenticated,
        "address": request.get_full_path(),
        **context,
    }
    return TemplateResponse(request, "admin/bilateral/not_saved.html", shown, status=status).render()


def texts_typed(request, model_admin):
    """Return the texts among what was sent, the thing's own first and then those of its rows."""
    found = [*typed_in(request, "", "", model_admin.model)]
    for rows, model in models_of_rows(request, model_admin).items():
        numbers = {
            int(row["number"]) for row in map(ROW.fullmatch, request.POST) if row and row["rows"] == rows
        }
        for place, number in enumerate(sorted(numbers), start=1):
            name = f"{capfirst(model._meta.verbose_name)} {place}: "
            found += typed_in(request, f"{rows}-{number}-", name, model)
    return found


def models_of_rows(request, model_admin):
    inlines = model_admin.get_inline_instances(request)
    return {inline.get_formset(request).get_default_prefix(): inline.model for inline in inlines}


def typed_in(request, prefix, label, model):
    for field in model._meta.concrete_fields:
        text = request.POST.get(prefix + field.name, "").strip()
        if text and hasattr(field, "translated_field"):
            yield Typed(
                label + label_of(field),
                text,
                field.language,
                isinstance(field, RichTextField),
            )
