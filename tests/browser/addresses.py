"""One address for every type of page."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import override

from relations import models


def public(code):
    """Return an address for each type of page visitors see, one of them of nothing, in a language."""
    with override(code):
        pair = models.Relation.objects.get(country_a__code="AZ", country_b__code="GE").get_absolute_url()
        shown = [
            models.Country.objects.get(code="GE"),
            models.Sector.objects.get(slug="energy"),
            models.Person.objects.first(),
            models.Organisation.objects.first(),
            models.Page.objects.first(),
            *(models.Record.objects.filter(kind=kind).first() for kind in models.Record.Kind.values),
        ]
        lists = [reverse(name) for name in ("home", "country_list", "record_list")]
        return [
            *lists,
            pair,
            f"{pair}?sector=energy&year=2010",
            f"{lists[-1]}?colour=red",
            *(thing.get_absolute_url() for thing in shown if thing),
            f"/{code}/nothing-here/",
        ]


def staff():
    """Return an address for each type of page of the admin: for each model its list and its forms."""
    every = ["/admin/", "/admin/relations/", "/admin/password_change/", "/admin/password_change/done/"]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        every += [reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[first(model).pk])]
        # A record is added as one of its kinds; the log and what was deleted, by what is done.
        is_added = model not in (models.Record, models.AuditEntry, models.Deletion)
        every += [reverse(f"{name}_add")] if is_added else []
    for model in (models.Visit, models.Sector):
        name = f"admin:relations_{model._meta.model_name}"
        every += [reverse(f"{name}_{page}", args=[first(model).pk]) for page in ("delete", "history")]
    looks = ("preview", "links", "review")
    every += [reverse(f"admin:relations_page_{page}", args=[first(models.Page).pk]) for page in looks]
    return [*every, "/admin/work/"]


def first(model):
    return model._default_manager.order_by("pk").first()
