"""What the admin accepts in an address: only what its own pages write there."""

from django.core.exceptions import BadRequest, FieldDoesNotExist, ValidationError
from django.db import IntegrityError
from django.db.models import Func, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Regex

from relations.letters import LONGEST_SEARCH, MOST_WORDS, pattern, words_of

from .languages import in_all_languages

LARGEST_KEY = 2**63 - 1


class StrictRequests:
    """A ModelAdmin that finds in every language and answers odd requests with a page, not an error.

    `search_fields` are names of texts; each is searched in all languages. `search_related` names, for
    the rows of other models that belong to an object, the texts to search there.
    """

    search_related = {}

    def lookup_allowed(self, lookup, value, request):
        return lookup in self.filter_parameters(request)

    def filter_parameters(self, request):
        """Return the parameters of the declared filters; nothing else reaches the database."""
        parameters = set()
        for spec in self.get_list_filter(request):
            if isinstance(spec, str):
                parameters |= {f"{spec}__exact", f"{spec}__isnull"}
            else:
                parameters.add(spec.parameter_name)
        return parameters

    def get_search_results(self, request, queryset, search_term):
        for word in words_of(search_term[:LONGEST_SEARCH])[:MOST_WORDS]:
            queryset = queryset.filter(self.found(request, word))
        return queryset, False

    def found(self, request, word):
        paths = [
            path for name in self.get_search_fields(request) for path in in_all_languages(self.model, name)
        ]
        found = matches(paths, word)
        for name, related in self.search_related.items():
            key = self.model._meta.get_field(name).field
            paths = [path for field in related for path in in_all_languages(key.model, field)]
            rows = key.model._default_manager.filter(matches(paths, word))
            found |= Q(pk__in=rows.values(key.attname))
        return found

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if self.is_sensible(name, value)}

    def is_sensible(self, name, value):
        """Whether a value given in the address can stand in the form: chosen objects must exist."""
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return False
        if not field.is_relation:
            return True
        keys = value if isinstance(value, list) else [value]
        try:
            objects = field.related_model._default_manager
            return all(objects.filter(pk=key).exists() for key in keys)
        except (ValueError, ValidationError):
            return False

    def response_action(self, request, queryset):
        keys = request.POST.getlist("_selected_action")
        if not all(key.isdecimal() and int(key[:20]) <= LARGEST_KEY for key in keys):
            raise BadRequest("A selected object has an impossible number.")
        return super().response_action(request, queryset)

    def to_field_allowed(self, request, to_field):
        """Refuse searches for a field that no form has, such as the other end of a foreign key."""
        if is_search(request) and not is_forward(self.opts.apps, request.GET):
            return False
        return super().to_field_allowed(request, to_field)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Answer with the form where the database refuses a save: two may enter the same at one moment.

        The second try sees what the other saved, and says so beside the field.
        """
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError:
                request.was_refused = True
                return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.was_refused = getattr(request, "was_refused", False)
        form.refusal = getattr(request, "refusal", "")
        return form


class ReadOnly:
    """An admin of what nobody enters, changes or deletes on a form, whatever their role."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def is_search(request):
    """Whether the request comes from a field that searches for objects to choose."""
    return request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"


def is_forward(apps, parameters):
    """Whether a search is for a foreign key or list of objects of the model that it names."""
    field = apps.get_model(parameters["app_label"], parameters["model_name"])._meta.get_field(
        parameters["field_name"]
    )
    return field.concrete and field.is_relation


class Lines(Func):
    """Texts of a row below each other as one; Concat would put them into each other, too deep for SQLite."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()

    def __init__(self, *paths):
        texts = [Coalesce(Cast(path, TextField()), Value("")) for path in paths]
        super().__init__(*(part for text in texts for part in (text, Value("\n"))))


def matches(paths, word):
    """Rows where one of the texts contains the word, however either is written."""
    # All at once: SQLite hands the long expression over again for each comparison.
    return Q(Regex(Lines(*paths), pattern(word)))
