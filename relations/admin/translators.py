"""Forms as translators get them: texts in their languages to write in, everything else to read."""

import re

from django.contrib.admin.utils import flatten_fieldsets

from relations.publishing.desks import languages_of
from relations.publishing.translators import OtherLanguage


def languages_on(request):
    """Return the languages that a form may be written in, None for all; looked up at each request."""
    if not hasattr(request, "languages_to_write"):
        request.languages_to_write = languages_of(request.user)
    return request.languages_to_write


class OwnLanguages:
    """A form, or rows in one, whose fields are read-only to a translator but for texts in their languages."""

    def get_readonly_fields(self, request, obj=None):
        given = super().get_readonly_fields(request, obj)
        languages = languages_on(request)
        if languages is None:
            return given
        own = {
            field.name
            for field in self.opts.concrete_fields
            if hasattr(field, "translated_field") and field.language in languages
        }
        others = flatten_fieldsets(self.get_fieldsets(request, obj))
        return list(dict.fromkeys([*given, *(name for name in others if name not in own)]))


class NothingElse:
    """A form of the admin that refuses what a translator's form does not have, instead of ignoring it."""

    def demand_own_fields(self, request, thing):
        """Raise OtherLanguage where a form sends what was read-only in it, a row too many, or a deletion."""
        if languages_on(request) is None:
            return
        sent = set(request.POST)
        names = set(self.get_readonly_fields(request, thing))
        for formset, inline in self.get_formsets_with_inlines(request, thing):
            prefix = formset.get_default_prefix()
            own = {field for field in sent if field.startswith(f"{prefix}-")}
            locked = {"DELETE", *inline.get_readonly_fields(request, thing)}
            if any(field.rpartition("-")[2] in locked for field in own):
                raise OtherLanguage()
            if request.POST.get(f"{prefix}-TOTAL_FORMS") != request.POST.get(f"{prefix}-INITIAL_FORMS"):
                raise OtherLanguage()
        # A date and its time are sent as two.
        if any(name in names or re.sub(r"_[01]$", "", name) in names for name in sent):
            raise OtherLanguage()
