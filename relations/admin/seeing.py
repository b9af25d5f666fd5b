"""What a form may show of other things: names of none that the person before it is not to see."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from relations.models.base import Published
from relations.publishing.desks import in_sight_of, keys_of_things, sees_everything


class Unseen:
    """Stands in a form for a chosen thing that this person may not see; what others chose stays chosen."""

    def __init__(self, field, key):
        self.pk = key
        setattr(self, field.target_field.attname, key)

    def __str__(self):
        return _("something that you may not see")


def sees_all(request):
    """Whether nothing is kept from whoever asks; looked up once a request."""
    if not hasattr(request, "sees_all"):
        request.sees_all = sees_everything(request.user)
    return request.sees_all


def mark(field):
    """Return the name under which an object says whether the thing it refers to may be seen."""
    return f"sees_{field.name}"


def named_things(model):
    """Return the foreign keys of a model to things that it names without being a part of them."""
    return [
        field
        for field in keys_of_things(model)
        if field.remote_field.get_accessor_name() not in field.related_model.parts
    ]


def with_marks(request, queryset):
    """Let each object say of the things it refers to whether they may be seen."""
    fields = named_things(queryset.model)
    if not fields or sees_all(request):
        return queryset
    seen = {
        mark(field): Exists(
            in_sight_of(request.user, field.related_model._base_manager.filter(pk=OuterRef(field.attname)))
        )
        for field in fields
    }
    return queryset.annotate(**seen)


def unseen_keys(obj):
    """Return the foreign keys of an object that lead to what may not be seen."""
    return [
        field
        for field in named_things(type(obj))
        if getattr(obj, mark(field), None) is False and getattr(obj, field.attname) is not None
    ]


def hide_unseen(obj):
    """Take the names of unseen things out of an object that a form shows."""
    for field in unseen_keys(obj):
        field.set_cached_value(obj, Unseen(field, getattr(obj, field.attname)))


def as_listed(request, queryset):
    """Return the objects of an admin's queryset without the names of unseen things, as a list shows them."""
    if sees_all(request):
        return queryset
    things = list(queryset)
    for thing in things:
        hide_unseen(thing)
    return things


def narrowed(request, db_field, options):
    """Offer in a choice among things only those that may be seen."""
    model = db_field.remote_field.model
    if issubclass(model, Published) and "queryset" not in options and not sees_all(request):
        options["queryset"] = in_sight_of(request.user, model._default_manager.all())
    return options


def keep_chosen(form):
    """Accept in a narrowed choice what others chose before."""
    for field in unseen_keys(form.instance):
        if choice := form.fields.get(field.name):
            things = field.related_model._base_manager
            choice.queryset = things.filter(pk=getattr(form.instance, field.attname)) | things.filter(
                pk__in=choice.queryset.values("pk")
            )
