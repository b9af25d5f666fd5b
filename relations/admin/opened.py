"""Of two people who change one thing of the registers at once, the second is told what the first wrote.

What is published has drafts and a page of its own for that (`conflicts`).
"""

from hashlib import sha256

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relations.models.base import Published

OPENED_AS = "opened_as"


class TellsOfOthers:
    """An admin whose forms know what the thing said, with its rows, when they were opened."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or issubclass(self.model, Published) or OPENED_AS not in request.POST:
            return form
        is_as_opened = request.POST[OPENED_AS] == self.fingerprint(obj)
        return form if is_as_opened else type(form)(form.__name__, (Overtaken, form), {})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and not issubclass(self.model, Published):
            context["opened_as"] = self.fingerprint(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def fingerprint(self, obj) -> str:
        """Return a digest of what the database has of a thing and of the rows on its form."""
        said = [stored(self.model, pk=obj.pk)]
        said += [stored(inline.model, **{owner_in(inline, self.model): obj.pk}) for inline in self.inlines]
        return sha256(repr(said).encode()).hexdigest()


def owner_in(inline, model):
    """Return the name of the field by which a row knows what it belongs to."""
    fields = inline.model._meta.concrete_fields
    return inline.fk_name or next(field.name for field in fields if field.related_model is model)


def stored(model, **which):
    return list(model._base_manager.filter(**which).order_by("pk").values_list())


class Overtaken:
    """A form that came too late: it is refused once, and says what stands now where it says other things."""

    def clean(self):
        data = super().clean()
        said = [self.said_now(name) for name in self.changed_data if is_column(self._meta.model, name)]
        if said:
            text = _(
                "Somebody changed this after you opened it, and nothing of yours was saved yet. "
                "Where you say something else, it now says: %(said)s. Save again to let yours stand."
            )
        else:
            text = _(
                "Somebody changed the rows of this after you opened it, and nothing of yours was saved yet. "
                "Look at it in another window, or save again to let yours stand."
            )
        self.add_error(None, text % {"said": "; ".join(said)})
        return data

    def said_now(self, name):
        now = self._meta.model._base_manager.get(pk=self.instance.pk)
        show = getattr(now, f"get_{name}_display", lambda: getattr(now, name))
        return f"{capfirst(self.fields[name].label)} – {show() or '–'}"


def is_column(model, name):
    try:
        return model._meta.get_field(name).concrete
    except FieldDoesNotExist:
        return False
