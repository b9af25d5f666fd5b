"""Filters of the admin's lists. A value that no filter knows is said and finds nothing, never everything."""

from django.contrib import admin, messages
from django.db.models import Q
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from relations.dates import touching
from relations.models import Citation, Country, Relation, Sector
from relations.models.base import languages

MOST_OFFERED = 500


class StrictFilter(admin.SimpleListFilter):
    """A filter that answers an unknown value with a message and an empty list."""

    # The path from the listed model to what is filtered by.
    path = ""

    @classmethod
    def on(cls, path, title=None, parameter_name=None):
        """Return the same filter for a model where the path is another."""
        names = {"path": path, "title": title or cls.title}
        if parameter_name:
            names["parameter_name"] = parameter_name
        return type(cls.__name__, (cls,), names)

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        condition = self.condition(self.value())
        if condition is None:
            text = _("The filter “%(filter)s” has no value “%(value)s”.")
            messages.warning(request, text % {"filter": self.title, "value": self.value()[:50]})
            return queryset.none()
        return queryset.filter(condition)

    def condition(self, value):
        """Return what the value stands for as a Q, or None if it stands for nothing."""
        known = {str(key) for key, _label in self.lookup_choices}
        return Q(**{self.path: value}) if value in known else None


class ChooseFilter(StrictFilter):
    """A filter with many values: a list to choose from instead of a link for each."""

    template = "admin/bilateral/choose.html"

    def choices(self, changelist):
        self.kept = list(parameters(changelist, self.parameter_name))
        self.remove = changelist.get_query_string(remove=[self.parameter_name])
        return [
            {"value": value, "display": label, "selected": str(value) == self.value()}
            for value, label in self.lookup_choices
        ]


class TypeFilter(ChooseFilter):
    """A filter with more values than can be listed: one types, the first values are offered."""

    template = "admin/bilateral/type.html"
    # Shown in the empty input.
    example = ""


class PairFilter(TypeFilter):
    title = gettext_lazy("pair")
    parameter_name = "pair"
    path = "relations"

    def lookups(self, request, model_admin):
        relations = Relation.objects.with_countries()[:MOST_OFFERED]
        return [(relation.ref, str(relation)) for relation in relations]

    def condition(self, value):
        relation = Relation.objects.filter(ref=value).first()
        return Q(**{self.path: relation}) if relation else None


class CountryFilter(ChooseFilter):
    title = gettext_lazy("country")
    parameter_name = "country"
    path = "country"

    def lookups(self, request, model_admin):
        return [(country.code, str(country)) for country in Country.objects.all()]

    def condition(self, value):
        country = Country.objects.filter(code=value).first()
        return Q(**{self.path: country}) if country else None


class SectorFilter(ChooseFilter):
    title = gettext_lazy("sector")
    parameter_name = "sector"
    path = "sector"

    def lookups(self, request, model_admin):
        return [(sector.slug, str(sector)) for sector in Sector.objects.all()]

    def condition(self, value):
        sector = Sector.objects.filter(slug=value).first()
        return Q(**{self.path: sector}) if sector else None


class YearFilter(TypeFilter):
    """Everything whose date touches the year, however precisely it is known."""

    title = gettext_lazy("year")
    parameter_name = "year"
    path = "date"
    example = "2010"

    def lookups(self, request, model_admin):
        return [("", "")]

    def condition(self, value):
        is_year = value.isascii() and value.isdecimal() and 1 <= int(value[:5]) <= 9999
        return touching(self.path, int(value)) if is_year else None


class MissingLanguageFilter(StrictFilter):
    """What has no text yet in a language, judged by its title or name."""

    title = gettext_lazy("missing language")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [(code, get_language_info(code)["name_translated"]) for code, _name in languages()]

    def condition(self, value):
        if value not in dict(languages()):
            return None
        column = build_localized_fieldname(self.path, value)
        return Q(**{f"{column}__isnull": True}) | Q(**{column: ""})


class OriginalLanguageFilter(StrictFilter):
    title = gettext_lazy("original language")
    parameter_name = "original"
    path = "original_language"
    lookups = MissingLanguageFilter.lookups


class SourceFilter(StrictFilter):
    """What no source is cited on."""

    title = gettext_lazy("sources")
    parameter_name = "sources"
    # The foreign key of a citation to the listed model.
    path = "record"

    def lookups(self, request, model_admin):
        return [("none", _("Without source")), ("some", _("With source"))]

    def condition(self, value):
        citations = Citation.objects.filter(**{f"{self.path}__isnull": False})
        is_cited = Q(pk__in=citations.values(self.path))
        return {"none": ~is_cited, "some": is_cited}.get(value)


def parameters(changelist, left_out):
    """Yield the list's present parameters, for a form that adds one of its own."""
    for name, values in changelist.filter_params.items():
        if name != left_out:
            yield from ((name, value) for value in values)
