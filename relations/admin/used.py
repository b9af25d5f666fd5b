"""Where a thing is used: shown on its form and before it is deleted."""

from dataclasses import dataclass
from itertools import islice

from django.db.models import PROTECT
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations import models
from relations.publishing.desks import parts_in_sight_of

from .labels import change_address, edited_on, named_after, owners, with_names_of
from .seeing import sees_all

SHOWN = 20
# Deleted together with the thing, and yet uses that an editor wants to know.
ALSO = [models.RecordLink._meta.get_field("to")]


@dataclass
class Uses:
    """The uses of one thing in one place: the records of a sector, the figures of a country."""

    place: str
    count: int
    links: list
    protects: bool
    # How many uses are kept from the one who asks.
    hidden: int = 0

    @property
    def others(self):
        """How many uses are not among the links, in words; empty if there are none."""
        number = self.count - len(self.links)
        text = ngettext("and %(number)d more", "and %(number)d more", number) % {"number": number}
        return text if number else ""


def references(model):
    """Return the fields of other models that refer to the model without being parts of it."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not relation.is_relation:
            continue
        field = relation.field
        if field.many_to_many:
            is_use = bool(field.remote_field.through._meta.auto_created)
        else:
            is_use = field.remote_field.on_delete is PROTECT or field in ALSO
        if is_use:
            found.append(field)
    return found


def protects(field):
    """Whether a use keeps the thing from being deleted; taking a sector off a text is harmless."""
    if field.many_to_many:
        return not field.editable
    return field.remote_field.on_delete is PROTECT


def uses_of(obj, request, site):
    """Return the uses of an object, place by place; names only of what the user may see."""
    every = [uses_in(field, obj, request, site) for field in references(type(obj))]
    return [uses for uses in every if uses.count or uses.hidden]


def uses_in(field, obj, request, site):
    model = field.model
    parts = owners(model) if not site.is_registered(model) else []
    paths = [*named_after(model), *with_names_of(model, parts)]
    every = model._base_manager.filter(**{field.name: obj.pk})
    rows = every if sees_all(request) else parts_in_sight_of(request.user, every)
    hidden = 0 if rows is every or not protects(field) else every.count() - rows.count()
    rows = rows.select_related(*paths).order_by("pk")
    first = list(islice(rows[: SHOWN + 1], SHOWN + 1))
    count = len(first) if len(first) <= SHOWN else rows.count()
    return Uses(
        place=f"{capfirst(model._meta.verbose_name_plural)}: {field.verbose_name}",
        count=count,
        links=[link for row in first[:SHOWN] if (link := link_to(row, obj, request, site))],
        protects=protects(field),
        hidden=hidden,
    )


def link_to(row, used, request, site):
    """Return a link to the form on which a use can be changed; nothing if the user may not see it."""
    home = edited_on(row, site)
    if not site.is_registered(type(home)) or not site.get_model_admin(type(home)).has_view_permission(
        request
    ):
        return None
    # A row such as a record's sector has no name but that of what is used.
    text = str(home) if home is row or str(row) == str(used) else f"{home} ({row})"
    return format_html('<a href="{}">{}</a>', change_address(home), text)


def protecting(objs, request, site):
    """Return what keeps the objects from being deleted, as the delete page lists it: links, then a number."""
    lines = []
    for obj in objs:
        for uses in uses_of(obj, request, site):
            if uses.hidden:
                lines.append(_("%(object)s is used in something that you may not see.") % {"object": obj})
            if uses.protects and uses.count:
                title = _("%(object)s is used in %(place)s (%(number)d)")
                title %= {"object": obj, "place": uses.place, "number": uses.count}
                lines += [title, [*uses.links, *([uses.others] if uses.others else [])]]
    return lines
