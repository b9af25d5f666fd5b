from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.dates import in_words
from relations.figures.comparison import base_of, computed_change, disagrees
from relations.models import EarlierValue, Observation
from relations.publishing.desks import in_sight_of

from .dates import date_column
from .filters import CountryFilter, PairFilter, SourceFilter, StrictFilter, YearFilter
from .labels import named_after
from .parts import Citations, OrderedRows, RowForm, TranslatedRows
from .publicity import PublishedAdmin


class IndicatorFilter(StrictFilter):
    title = Observation._meta.get_field("indicator").verbose_name
    parameter_name = "indicator"
    path = "indicator__slug"

    def lookups(self, request, model_admin):
        indicators = Observation._meta.get_field("indicator").related_model.objects.all()
        return [(indicator.slug, str(indicator)) for indicator in indicators]


class EarlierValues(TranslatedRows):
    model = EarlierValue
    form = RowForm
    formset = OrderedRows
    fields = ("value", "status", "stated", "note", "position")


@admin.register(Observation)
class ObservationAdmin(PublishedAdmin):
    list_display = (
        "indicator",
        "relation",
        "reporter",
        "direction",
        "period_in_words",
        "value",
        "unit",
        "scale",
        "status",
        "state",
    )
    list_select_related = (*named_after(Observation), "reporter")
    list_filter = (
        IndicatorFilter,
        PairFilter.on("relation"),
        CountryFilter.on("reporter", Observation._meta.get_field("reporter").verbose_name),
        "direction",
        YearFilter.on("period"),
        "status",
        SourceFilter.on("observation"),
    )
    search_fields = (
        "indicator__name",
        "relation__country_a__name",
        "relation__country_b__name",
        "unit",
        "period",
        "ref",
    )
    fieldsets = [
        (None, {"fields": ("indicator", "relation", "reporter", "direction", "period")}),
        (
            gettext_lazy("Value"),
            {"fields": ("comparator", "value", "scale", "unit", "status", "as_of", "note")},
        ),
        (gettext_lazy("Comparison"), {"fields": ("change", "change_basis")}),
        (
            gettext_lazy("Share and rank"),
            {"fields": ("share", "share_of", "rank", "rank_previous", "rank_of")},
        ),
        (gettext_lazy("More"), {"fields": ("ref",)}),
    ]
    inlines = (Citations, EarlierValues)

    period_in_words = staticmethod(date_column("period", Observation))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.warn_of_contradictions(request, form.instance)

    def warn_of_contradictions(self, request, observation):
        """Say when a stated change cannot follow from the values: this figure's, or the next year's."""
        series = Observation.objects.select_related(*named_after(Observation)).filter(
            indicator=observation.indicator, relation=observation.relation
        )
        series = list(in_sight_of(request.user, series))
        for figure in series:
            base = base_of(figure, series)
            if base and observation.pk in (figure.pk, base.pk) and disagrees(figure, base):
                text = _(
                    "%(period)s: the source states a change of %(stated)s %%, but from the value of "
                    "%(base)s it is %(computed)s %%. Both are kept; please check the numbers."
                )
                messages.warning(
                    request,
                    text
                    % {
                        "period": in_words(figure.period),
                        "stated": figure.change.normalize(),
                        "base": in_words(base.period),
                        "computed": computed_change(figure, base),
                    },
                )
