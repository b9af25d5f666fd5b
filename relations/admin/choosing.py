"""Choosing other objects: a search as one types, and no query for a name that is already loaded."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms import Media, Script

from .seeing import hide_unseen, keep_chosen


class SearchField:
    """A search that speaks the page's language, and shows a form again whatever was sent, but for no keys."""

    @property
    def media(self):
        return super().media + Media(js=[Script("bilateral_admin/search-words.js", type="module")])

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        if attrs["lang"] is None:
            # Select2 has no words in it; written out, this would be a language called None.
            del attrs["lang"]
        return attrs

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if self.is_key(key)], attr)

    def is_key(self, value):
        try:
            return not value or self.choices.queryset.filter(pk=value) is not None
        except (ValueError, ValidationError):
            return False


class ChosenSelect(SearchField, AutocompleteSelect):
    """A search field that may be told what is chosen, instead of asking the database row by row."""

    chosen = None

    def optgroups(self, name, value, attr=None):
        if self.chosen is None or [str(key) for key in value] != [str(self.chosen.pk)]:
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.chosen)
        options.append(self.create_option(name, self.chosen.pk, label, True, len(options)))
        return [(None, options, 0)]


class ChosenSelectMultiple(SearchField, AutocompleteSelectMultiple):
    """A search field for several objects."""


def show_chosen(form):
    """Tell the form's search fields which objects its instance has already loaded, or hides."""
    hide_unseen(form.instance)
    keep_chosen(form)
    loaded = form.instance._state.fields_cache
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, ChosenSelect):
            widget.chosen = loaded.get(name)
