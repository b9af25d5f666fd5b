"""Lists and small tables of texts in forms: one a line, as people write them."""

import json
import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from relations.dates import PartialDateField

CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
LONGEST = 300
MOST = 200


class PlainField(forms.CharField):
    """A text in the form that stands for a JSON value of the model."""

    widget = forms.Textarea(attrs={"class": "vLargeTextField", "rows": 3})

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        super().__init__(**{**kwargs, "widget": self.widget})

    def bound_data(self, data, initial):
        return data

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != (initial or self.to_python(""))
        except ValidationError:
            return True


class LinesField(PlainField):
    """A list of texts, one a line; empty lines and repeated ones are left out."""

    def prepare_value(self, value):
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        lines = [line.strip() for line in super().to_python(value).splitlines()]
        lines = list(dict.fromkeys(filter(None, lines)))
        if len(lines) > MOST or any(len(line) > LONGEST for line in lines):
            raise ValidationError(
                _("At most %(most)d lines of %(longest)d letters."), params={"most": MOST, "longest": LONGEST}
            )
        return lines


class LanguagesInput(forms.MultiWidget):
    """A box for each language of the site, and codes for all others."""

    def __init__(self):
        others = forms.TextInput(
            attrs={
                "class": "other-languages",
                "aria-label": _("Other languages"),
                "placeholder": _("Codes of other languages: fr de"),
            }
        )
        super().__init__([forms.CheckboxSelectMultiple(choices=settings.LANGUAGES), others])

    def decompress(self, value):
        codes, site = value or [], dict(settings.LANGUAGES)
        return [
            [code for code in codes if code in site],
            " ".join(code for code in codes if code not in site),
        ]


class LanguagesField(forms.MultiValueField):
    """A list of languages, those of the site to tick and any other by its code."""

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        fields = (
            forms.MultipleChoiceField(choices=settings.LANGUAGES, required=False),
            forms.CharField(required=False, max_length=LONGEST),
        )
        super().__init__(fields, require_all_fields=False, **{**kwargs, "widget": LanguagesInput()})

    def compress(self, values):
        ticked, typed = values or ([], "")
        others = typed.lower().replace(",", " ").split()
        for code in others:
            if not CODE.fullmatch(code):
                raise ValidationError(_("“%(code)s” is no language code."), params={"code": code})
        return list(dict.fromkeys([*ticked, *others]))


class StatesField(PlainField):
    """What a source itself states: a field of the thing it is cited on and a value, one pair a line."""

    def __init__(self, *, cited, **kwargs):
        super().__init__(**kwargs)
        self.cited = cited

    def prepare_value(self, value):
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{name}: {as_text(stated)}" for name, stated in value.items())

    def to_python(self, value):
        pairs = (line.partition(":") for line in super().to_python(value).splitlines() if line.strip())
        return dict(self.stated(name.strip(), text.strip(), colon) for name, colon, text in pairs)

    def stated(self, name, text, colon):
        if not colon or not text:
            raise ValidationError(_("Write a field, a colon and a value: date: 2007-03-15."))
        field = self.field_called(name)
        if isinstance(field, PartialDateField):
            return field.name, str(field.formfield().clean(text))
        # A number is a number and a choice one of its keys: the page compares it with its own.
        field.clean(text, None)
        return field.name, text

    def field_called(self, name):
        """Return the field with this name, in the code or in the language of the form."""
        fields = citable(self.cited)
        for field in fields:
            if name.casefold() in (field.name, str(field.verbose_name).casefold()):
                return field
        names = ", ".join(field.name for field in fields)
        raise ValidationError(
            _("“%(name)s” is no field here. There are: %(names)s."), params={"name": name, "names": names}
        )


def citable(model):
    """Return the fields of a model that a source can speak about."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable
        and not field.is_relation
        and not hasattr(field, "translated_field")
        and field.name not in ("ref", "is_public", "original_language", "position")
    ]


def as_text(value):
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
