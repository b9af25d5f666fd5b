"""Choosing other objects: a search as one types, and no query for a name that is already loaded."""

from django.contrib.admin.widgets import AutocompleteSelect


class ChosenSelect(AutocompleteSelect):
    """A search field that may be told what is chosen, instead of asking the database row by row."""

    chosen = None

    def optgroups(self, name, value, attr=None):
        if self.chosen is None or [str(key) for key in value] != [str(self.chosen.pk)]:
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.chosen)
        options.append(self.create_option(name, self.chosen.pk, label, True, len(options)))
        return [(None, options, 0)]


def show_chosen(form):
    """Tell the form's search fields which objects its instance has already loaded."""
    loaded = form.instance._state.fields_cache
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, ChosenSelect):
            widget.chosen = loaded.get(name)
