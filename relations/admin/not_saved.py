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

from relations.models import Deletion, PreviewLink, Revision
from relations.models.text import RichTextField, clean_html
from relations.publishing.documents import part_model
from relations.translating.direction import direction

from .languages import label_of

ROW = re.compile(r"(?P<rows>\w+)-(?P<number>\d{1,4})-(?P<name>\w+)", re.ASCII)

# What staff say to each other on the page of an act, by the names of its form.
SAID_IN_ACTS = {
    "remark": Revision._meta.get_field("remark"),
    "reason": Revision._meta.get_field("emergency_reason"),
    "question": PreviewLink._meta.get_field("question"),
}


@dataclass(frozen=True)
class Typed:
    """One text as it was typed, for those who want to copy it."""

    label: str
    text: str
    language: str
    is_rich: bool

    @property
    def direction(self):
        return direction(self.language) if self.language else ""

    @property
    def html(self):
        return mark_safe(clean_html(self.text))  # noqa: S308 -- cleaned in this very line


def signed_out(request):
    """Answer to a form that was sent after its session had ended; None to one with a pass phrase in it."""
    if any(is_secret(name) for name in request.POST):
        return None
    text = _(
        "Nothing was saved. What you typed is kept as long as this page stays open: sign in in another "
        "window, come back to this one and send it again; it will ask you to send it once more."
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


def gone(request, model_admin, typed=None):
    """Answer to a form of a thing that is no longer there, or no longer for the one who sends it."""
    text = _(
        "It was deleted meanwhile, or is no longer yours to change. Nothing was saved, and nothing of what "
        "you typed is lost: copy it from here, or send it again once the thing is back."
    )
    title = _("%(thing)s: no longer here") % {"thing": capfirst(model_admin.opts.verbose_name)}
    shown = {"typed": texts_typed(request, model_admin) if typed is None else typed}
    if site.get_model_admin(Deletion).has_view_permission(request):
        shown["deletions"] = Deletion._meta
    return page(request, title, text, HTTPStatus.NOT_FOUND, **shown)


def is_secret(name):
    """Whether a field holds a pass phrase, which is never sent back to a browser."""
    return "passw" in name.lower()


def page(request, title, text, status, **context):
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and not is_secret(name)
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
    """Return the texts among what a form of the thing sent, its own first and then those of its rows."""
    found = [*texts_among(request.POST, model_admin.model)]
    for rows, model in models_of_rows(request, model_admin).items():
        numbers = {
            int(row["number"]) for row in map(ROW.fullmatch, request.POST) if row and row["rows"] == rows
        }
        for place, number in enumerate(sorted(numbers), start=1):
            found += texts_among(request.POST, model, f"{rows}-{number}-", f"{name_of(model)} {place}: ")
    return found


def models_of_rows(request, model_admin):
    inlines = model_admin.get_inline_instances(request)
    return {inline.get_formset(request).get_default_prefix(): inline.model for inline in inlines}


def texts_said(request):
    """Return the texts among what the page of an act sent."""
    said = {field: request.POST.get(name, "").strip() for name, field in SAID_IN_ACTS.items()}
    plain = [Typed(capfirst(field.verbose_name), text, "", False) for field, text in said.items() if text]
    return [*plain, *texts_among(request.POST, Revision)]


def texts_chosen(request, model, document):
    """Return the texts that somebody chose among: theirs, and what they put together of both."""
    fields = {
        field.name: field for one in (model, *models_of_parts(model)) for field in one._meta.concrete_fields
    }
    anew = {name.rpartition(".")[2]: text for name, text in request.POST.items() if name.startswith("text.")}
    both = [typed_into(fields[name], text) for name, text in anew.items() if name in fields and text.strip()]
    return [*both, *texts_in(document, model)]


def models_of_parts(model):
    return [part_model(model, part)[0] for part in model.parts]


def texts_in(document, model):
    found = [*texts_among(document["fields"], model)]
    for part, rows in document["parts"].items():
        row_model = part_model(model, part)[0]
        for place, row in enumerate(rows, start=1):
            found += texts_among(row, row_model, label=f"{name_of(row_model)} {place}: ")
    return found


def name_of(model):
    return capfirst(model._meta.verbose_name)


def texts_among(values, model, prefix="", label=""):
    for field in model._meta.concrete_fields:
        text = (values.get(prefix + field.name) or "") if hasattr(field, "translated_field") else ""
        if text.strip():
            yield typed_into(field, text, label)


def typed_into(field, text, label=""):
    is_rich = isinstance(field, RichTextField)
    return Typed(label + label_of(field), text.strip(), getattr(field, "language", ""), is_rich)
