"""Forms that editors can leave half done in five languages, but not empty in all."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname, get_translation_fields

from .choosing import show_chosen
from .languages import translated
from .seeing import hide_unseen


class EditorForm(forms.ModelForm):
    """A form over all languages: what has to be said is said in at least one of them."""

    # Set where the database refused what looked right: somebody else saved something at the same moment.
    was_refused = False
    # Why the thing cannot be saved although every field of it is right.
    refusal = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        show_chosen(self)

    def clean(self):
        cleaned = super().clean()
        for name in translated(self._meta.model):
            if not self._meta.model._meta.get_field(name).blank:
                self.need_in_one_language(name, cleaned)
        if self.was_refused:
            self.add_error(
                None,
                _(
                    "The database did not accept this: something else was saved at the same moment, or two "
                    "rows contradict each other. Nothing was saved; look at the rows and save again."
                ),
            )
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        hide_unseen(self.instance)

    def need_in_one_language(self, name, cleaned, message=None):
        columns = [column for column in get_translation_fields(name) if column in self.fields]
        if not columns or any(cleaned.get(column) or column in self.errors for column in columns):
            return
        others = set(get_translation_fields(name)) - set(columns)
        if any(getattr(self.instance, column) for column in others):
            return
        language = cleaned.get("original_language") or get_language()
        column = build_localized_fieldname(name, language)
        column = column if column in columns else columns[0]
        language = get_language_info(self.fields[column].widget.attrs["data-language"])["name_translated"]
        label = capfirst(self._meta.model._meta.get_field(name).verbose_name)
        message = message or _("%(field)s: needed in at least one language, such as here in %(language)s.")
        self.add_error(column, message % {"field": label, "language": language})
