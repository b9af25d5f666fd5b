"""The admin over all languages at once: columns side by side, searches and marks for every language."""

from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import get_translation_fields

from relations.translating.direction import direction
from relations.translating.shown import languages_of

LANGUAGES = _("languages")


def translated(model):
    """Return the names of the model's fields that exist in every language."""
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()


def in_all_languages(model, path):
    """Return a search path once for each language, if it ends in a translated field: `country__name`."""
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    names = get_translation_fields(last) if last in translated(model) else [last]
    return ["__".join([*steps, name]) for name in names]


def grouped(model, fields):
    """Put the languages of a translated field on one row of the form: ("title",) → (("title_…", …),)."""
    names = translated(model)
    return [tuple(get_translation_fields(field)) if field in names else field for field in fields]


def label_of(db_field):
    """Return what a field is called, with its language if it is a text in one."""
    if not hasattr(db_field, "translated_field"):
        return capfirst(db_field.verbose_name)
    label = capfirst(db_field.translated_field.verbose_name)
    language = get_language_info(db_field.language)["name_local"]
    return _("%(field)s (%(language)s)") % {"field": label, "language": language}


def mark_language(form_field, db_field):
    """Tell browser and language bar which language a field of the form holds, and what it is called."""
    form_field.label = label_of(db_field)
    form_field.widget.attrs |= {
        "lang": db_field.language,
        "dir": direction(db_field.language),
        "data-language": db_field.language,
        "data-field": db_field.translated_field.name,
    }


def languages_column(field, title=LANGUAGES):
    """Make the list column that says in which languages the field has a text: one code or dash for each."""

    @admin.display(description=title)
    def column(obj):
        present = languages_of(obj, field)
        signs = [(code if code in present else "–",) for code, _name in settings.LANGUAGES]
        names = [str(name) for code, name in settings.LANGUAGES if code in present]
        return format_html(
            '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>',
            format_html_join(" ", "{}", signs),
            ", ".join(names),
        )

    return column
