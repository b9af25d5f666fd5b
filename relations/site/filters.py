"""The filters of lists and pair pages: what an address may say, and what it means."""

import re
from datetime import date
from difflib import get_close_matches

import django_filters
from django import forms
from django.db.models import Count, Q
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from relations.dates import newest_first, oldest_first, touching
from relations.letters import LONGEST_SEARCH, MOST_WORDS, sought, words_of
from relations.models import Agreement, Event, Milestone, Project, ProjectStatus, Record, Visit

from .choice import FIRST_YEAR, LAST_YEAR, Choice
from .names import Names

MOST_CHOICES = 20
MOST_CHARACTERS = 200
YEARS = ("year", "year_from", "year_to")
# What is typed and not chosen from a list; one form asks for all of it.
TYPED = ("q", *YEARS)

# Names that other sites hang on links; they say nothing about what to show.
TRACKING = re.compile(r"\A(?:utm_\w+|fbclid|gclid|yclid|dclid|msclkid|mc_[ce]id|_openstat|igshid)\Z")


class KeyChoiceField(forms.MultipleChoiceField):
    """Several values named in the address by their keys; a key that is unknown is said, never ignored."""

    default_error_messages = {
        "unknown": _("“%(value)s” is not known here."),
        "too_many": _("At most %(limit)d values can be chosen at once."),
    }

    def __init__(self, *, known, **kwargs):
        self.known = known
        super().__init__(**kwargs)

    def to_python(self, value):
        # A form may send a choice that was left empty, a reader one twice.
        return [key for key in dict.fromkeys(super().to_python(value)) if key]

    def validate(self, value):
        if len(value) > MOST_CHOICES:
            self.fail("too_many", limit=MOST_CHOICES)
        known = self.known(value)
        for key in value:
            if key not in known:
                self.fail("unknown", value=key[:MOST_CHARACTERS])

    def fail(self, code, **params):
        raise forms.ValidationError(self.error_messages[code], code=code, params=params)


class KeyChoiceFilter(django_filters.Filter):
    """Keep records that have any one of the keys."""

    field_class = KeyChoiceField
    # Whether a record can have several, so that one may ask for all of them.
    has_several = False

    @property
    def field(self):
        self.extra.setdefault("known", self.known)
        return super().field

    def condition(self, keys):
        fits = Q(**{f"{self.field_name}__in": keys})
        # A subquery, not a join: a record with two of the sectors is still one record.
        return Q(pk__in=Record.objects.filter(fits).values("pk")) if self.has_several else fits


class ThingFilter(KeyChoiceFilter):
    """Keep records by things that have a name of their own, such as countries."""

    def __init__(self, noun, *, has_several=True, **kwargs):
        self.noun, self.has_several = noun, has_several
        super().__init__(**kwargs)

    def condition_for_all(self, keys):
        found = Record.objects.filter(**{f"{self.field_name}__in": keys}).values("pk")
        found = found.annotate(number=Count(self.field_name, distinct=True)).filter(number=len(keys))
        return Q(pk__in=found.values("pk"))

    def known(self, keys):
        return {key for key in keys if self.parent.names.get(self.noun, key)}


class WordFilter(KeyChoiceFilter):
    """Keep records by words from a list, such as their kinds."""

    def __init__(self, words, **kwargs):
        self.words = words
        super().__init__(**kwargs)

    def known(self, keys):
        return self.words.keys() & set(keys)


# The kinds that come in types, and the field that says which.
TYPES = ((Agreement, "instrument"), (Milestone, "type"), (Event, "type"))


class TypeFilter(WordFilter):
    """Keep agreements by their instrument, milestones and events by their type."""

    def condition(self, keys):
        found = (model.objects.filter(**{f"{name}__in": keys}).values("pk") for model, name in TYPES)
        return Q(*(Q(pk__in=each) for each in found), _connector=Q.OR)


class StatusFilter(WordFilter):
    """Keep agreements and projects that stand so today."""

    def condition(self, keys):
        agreements = Agreement.objects.with_status(localdate()).filter(status__in=keys).values("pk")
        projects = Project.objects.with_status().filter(status__in=keys).values("pk")
        return Q(pk__in=agreements) | Q(pk__in=projects)


def words_for_types():
    """Return the types of every kind that has some; “other” is one word for all of them, the last."""
    words = {value: label for model, name in TYPES for value, label in model._meta.get_field(name).choices}
    words["other"] = words.pop("other")
    return words


class YearField(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


class YearFilter(django_filters.Filter):
    """Keep what touches the years; a date known only as a span is found under each of its years.

    So is an agreement whose end is known, under those it ran in. What has no end is under no year to come.
    """

    field_class = YearField

    def __init__(self, years=lambda year: (year, year), **kwargs):
        self.years = years
        super().__init__(**kwargs)

    def condition(self, year):
        first, last = self.years(year)
        running = Agreement.objects.running_in(first, last)
        dated = touching("date", first, last)
        if first > localdate().year:
            dated &= Q(date_latest__lt=date.max) | Q(date_earliest__year__gte=first)
        return dated | Q(pk__in=running.values("pk"))


class WordsField(forms.CharField):
    """A few words, any of them “in quotes” if they stand beside each other: at most eight."""

    default_error_messages = {"too_many": _("At most %(limit)d words can be sought at once.")}

    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST_SEARCH, **kwargs)

    def validate(self, value):
        super().validate(value)
        if len(words_of(value)) > MOST_WORDS:
            raise forms.ValidationError(
                self.error_messages["too_many"], code="too_many", params={"limit": MOST_WORDS}
            )


class WordsFilter(django_filters.Filter):
    """Keep records whose texts have all of the words, in whatever language and spelling."""

    field_class = WordsField

    def condition(self, typed):
        return Q(*(Q(plain_words__contains=word) for word in sought(typed)))


class WayFilter(django_filters.ChoiceFilter):
    """One of a few ways, the first unless another is chosen; it keeps records from nobody."""

    condition = None

    def __init__(self, ways, **kwargs):
        self.ways = ways
        super().__init__(choices=list(ways.items()), **kwargs)


class RecordForm(forms.Form):
    def clean(self):
        data = super().clean()
        first, last = data.get("year_from"), data.get("year_to")
        if first and last and first > last:
            self.add_error("year_to", _("This year is before the first one."))
        return data


class RecordFilter(django_filters.FilterSet):
    """The filters every list of records understands."""

    q = WordsFilter(label=_("Words"))
    sector = ThingFilter("sector", field_name="sectors__slug", label=_("Sector"))
    kind = WordFilter(dict(Record.Kind.choices), field_name="kind", label=_("Kind"))
    country = ThingFilter("country", field_name="parties__country__code", label=_("Country"))
    status = StatusFilter(
        {**dict(Agreement.Status.choices), **dict(ProjectStatus.Status.choices)}, label=_("Status")
    )
    type = TypeFilter(words_for_types(), label=_("Type"))
    level = WordFilter(dict(Visit.Level.choices), field_name="visit__level", label=_("Level of the visit"))
    place = ThingFilter("country", has_several=False, field_name="place_country__code", label=_("Place"))
    organisation = ThingFilter(
        "organisation", field_name="parties__organisation__ref", label=_("Organisation")
    )
    person = ThingFilter("person", field_name="people__person__ref", label=_("Person"))
    match = WayFilter({"any": _("any of them"), "all": _("all of them")}, label=_("Match"))
    year = YearFilter(label=_("Year"))
    year_from = YearFilter(lambda year: (year, LAST_YEAR + 1), label=_("From year"))
    year_to = YearFilter(lambda year: (1, year), label=_("To year"))
    sort = WayFilter({"newest": _("newest first"), "oldest": _("oldest first")}, label=_("Order"))

    class Meta:
        model = Record
        form = RecordForm
        fields = []

    @cached_property
    def qs(self):
        """The records chosen, in order; none at all where the address says what is not understood."""
        records = self.under(self.chosen)
        if self.is_oldest_first:
            return records.order_by(*oldest_first("date"), "pk")
        return records.order_by(*newest_first("date"), "-pk")

    @property
    def is_oldest_first(self):
        return self.chosen.get("sort") == "oldest"

    def under(self, chosen):
        """Return the records that a choice such as `chosen` leaves, in no particular order."""
        if not self.is_understood:
            return self.queryset.none()
        wants_all = chosen.get("match") == "all"
        conditions = [self.condition(name, value, wants_all) for name, value in chosen.items()]
        return self.queryset.order_by().filter(*filter(None, conditions))

    def condition(self, name, value, wants_all):
        """Return the condition of one filter, kept: a page with its counts asks for it many times."""
        one = self.filters[name]
        make = one.condition_for_all if wants_all and has_several(one) else one.condition
        if make and (make, str(value)) not in self.conditions:
            self.conditions[make, str(value)] = make(value)
        return self.conditions.get((make, str(value)))

    @cached_property
    def conditions(self):
        return {}

    @property
    def wants_all(self):
        return self.chosen.get("match") == "all"

    @cached_property
    def is_understood(self):
        return not self.unknown_names and self.form.is_valid()

    @cached_property
    def unknown_names(self):
        """Names in the address that are no filter, each with the filter it may have meant."""
        known = [*self.filters, "page"]
        return {
            name[:MOST_CHARACTERS]: next(iter(get_close_matches(name, known, 1)), "")
            for name in self.data
            if name not in known and not TRACKING.match(name)
        }

    @cached_property
    def chosen(self):
        """What the address chooses, by filter name, without what is empty."""
        data = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: value for name, value in data.items() if value not in (None, "", [])}

    def chosen_without(self, *names):
        return {name: value for name, value in self.chosen.items() if name not in names}

    @property
    def kept_beside_typed(self):
        """What the form for words and years must carry along: [(name, value)] of every other filter."""
        return [
            (name, value) for name in self.filters if name not in TYPED for value in self.data.getlist(name)
        ]

    @property
    def typed_years(self):
        """The first and the last year as they stand in that form; one year that was chosen is both."""
        year = self.chosen.get("year", "")
        return [self.data.get(name) or year for name in ("year_from", "year_to")]

    @cached_property
    def choice(self):
        return Choice.of(self.chosen)

    @cached_property
    def names(self):
        """The names of what the address chooses, read at once and not filter by filter."""
        names = Names()
        names.read(
            (one.noun, key)
            for name, one in self.filters.items()
            if isinstance(one, ThingFilter)
            for key in self.data.getlist(name)[:MOST_CHOICES]
        )
        return names


def has_several(one):
    return getattr(one, "has_several", False)
