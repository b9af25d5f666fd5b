"""Texts in the languages of the site."""

from functools import cached_property

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from relations.models.text import RichTextField, clean_html

from .values import Field, text_of
from .wrong import Wrong, shown, unknown


class Texts(Field):
    """One text in each language that has it, read from and stored in the languages' own columns."""

    def __init__(self, model, name, attribute=None, **options):
        super().__init__(model, name, attribute, **options)
        self.languages = [code for code, _name in settings.LANGUAGES]
        self.columns = tuple(build_localized_fieldname(self.attribute, code) for code in self.languages)
        self.default_language = settings.LANGUAGE_CODE
        self.is_rich = isinstance(self.source, RichTextField)

    @property
    def says(self):
        return "texts (HTML)" if self.is_rich else "texts"

    @cached_property
    def longest(self):
        return self.source.max_length or float("inf")

    def check(self, value):
        if not isinstance(value, dict):
            raise Wrong(f'{shown(value)} is not a text by language; write {{"{self.languages[0]}": "…"}}')
        strange = [code for code in value if code not in self.languages]
        if strange:
            raise Wrong(unknown("language of this site", strange[0], self.languages), strange[0])
        return {code: text for code in self.languages if (text := self.checked(code, value.get(code)))}

    def checked(self, code, value):
        if value is None:
            return None
        try:
            text = text_of(value)
            if self.is_rich:
                text = clean_html(text)
            if len(text) > self.longest:
                raise Wrong(f"{shown(text)} has {len(text)} characters; at most {self.longest} are accepted")
        except Wrong as wrong:
            raise wrong.within(code) from None
        return text

    def read(self, values):
        return {code: text for code, text in zip(self.languages, values, strict=True) if text} or None

    def store(self, value, found):
        value = value or {}
        # The column without a language is the default language's, as when a thing is saved in the admin.
        # It comes first, for assigned to an object it would set that language's own.
        columns = {self.attribute: value.get(self.default_language, "")}
        columns.update(zip(self.columns, map(value.get, self.languages), strict=True))
        return columns
