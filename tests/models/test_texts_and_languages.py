"""Every text of the site exists in every language, or is listed here with the reason why it has none."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, SlugField, TextField, URLField
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname

from relations.dates import PartialDateField

# Words that are the same in every language, and why.
NEUTRAL = {
    "plain_words": "follows from the texts of all languages",
    "ref": "a key in exchange files",
    "code": "ISO 3166-1",
    "code3": "ISO 3166-1",
    "numeric": "ISO 3166-1",
    "region": "UN M49",
    "colour": "a value of CSS",
    "unit": "a key that each language has a word for",
    "original_language": "a language code",
    "language": "a language code",
    "spoken_language": "a language code",
    "checksum": "computed from the file",
    "licence": "a name such as CC BY 4.0",
    "registration": "a number in a register",
}
# Words between members of staff, and what the site writes down for them: visitors never read any.
AMONG_STAFF = {
    "AuditEntry": {"act", "title", "from_state", "to_state", "detail"},
    "Deletion": {"title"},
    "Embargo": {"reason"},
    "Mail": {"subject", "body", "failure"},
    "PreviewLink": {"digest", "recipient", "question", "answer", "answered_by"},
    "ReleaseSet": {"name", "failure"},
    "Revision": {"remark", "redirect_to", "emergency_reason", "failure"},
}
NOT_TEXTS = (PartialDateField, URLField, SlugField)


def texts():
    """Every column people may write words into: [(model, name)]."""
    for model in apps.get_app_config("relations").get_models():
        for field in model._meta.local_fields:
            is_text = isinstance(field, CharField | TextField) and not isinstance(field, NOT_TEXTS)
            is_among_staff = field.name in AMONG_STAFF.get(model.__name__, ())
            if is_text and not (field.choices or is_among_staff or hasattr(field, "translated_field")):
                yield model, field.name


def is_translated(model, name):
    try:
        return name in translator.get_options_for_model(model).local_fields
    except NotRegistered:
        return False


def test_every_text_is_translated_or_listed_as_neutral():
    untranslated = {f"{model.__name__}.{name}" for model, name in texts() if not is_translated(model, name)}

    assert {label for label in untranslated if label.split(".")[1] not in NEUTRAL} == set()
    assert {label.split(".")[1] for label in untranslated} | {"original_language"} >= set(NEUTRAL) - {
        "language"
    }


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_every_translated_text_has_a_column_for_the_language(code):
    translated = [(model, name) for model, name in texts() if is_translated(model, name)]

    assert len(translated) >= 50
    for model, name in translated:
        assert model._meta.get_field(build_localized_fieldname(name, code))


def test_records_keep_their_original_language_among_those_of_the_site():
    for model in apps.get_app_config("relations").get_models():
        for field in model._meta.local_fields:
            if field.name == "original_language":
                assert list(field.flatchoices) == list(settings.LANGUAGES)
                assert field.get_default() == settings.LANGUAGE_CODE
