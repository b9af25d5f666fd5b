"""What every form and list of the admin has in common."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import transaction
from django.db.models import TextField, URLField
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from modeltranslation.admin import TranslationAdmin, TranslationBaseModelAdmin

from relations.publishing import audit, deletions

from .choosing import ChosenSelect, ChosenSelectMultiple
from .dates import WIDGETS
from .deletion import offer_undo
from .forms import EditorForm
from .labels import named_after, with_names_of
from .language_bar import LanguageBar
from .languages import grouped, mark_language
from .not_saved import gone
from .opened import TellsOfOthers
from .requests import StrictRequests, is_search
from .seeing import as_listed, narrowed, sees_all, with_marks
from .translators import OwnLanguages
from .used import protecting, uses_of


class Editing:
    """Form fields as editors need them: searched choices, every language, dates as people write them."""

    form = EditorForm
    formfield_overrides = {
        **WIDGETS,
        TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
        URLField: {"assume_scheme": "https"},
    }
    # Form fields other than Django's own, by the name of the model's field.
    form_classes = {}

    def get_autocomplete_fields(self, request):
        """Every choice of another object is a search, wherever that object has an admin of its own."""
        return [
            field.name
            for field in self.opts.get_fields()
            if field.concrete and field.is_relation and self.admin_site.is_registered(field.related_model)
        ]

    def get_queryset(self, request):
        return with_marks(request, super().get_queryset(request))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs = narrowed(request, db_field, kwargs)
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChosenSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChosenSelectMultiple(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.form_classes:
            kwargs["form_class"] = self.form_classes[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(db_field, "translated_field"):
            # Needed in one language, whichever: EditorForm asks for it.
            field.required = field.widget.is_required = False
            mark_language(field, db_field)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Deleting a country is no business of a visit's form, and looking is what changing begins with.
            field.widget.can_delete_related = False
            field.widget.can_view_related &= not field.widget.can_change_related
        return field

    def get_fieldsets(self, request, obj=None):
        return self.grouped_fieldsets(self.fieldsets or [(None, {"fields": self.fields})])

    def grouped_fieldsets(self, fieldsets):
        return [
            (title, {**options, "fields": grouped(self.model, options["fields"])})
            for title, options in fieldsets
        ]


class EditorAdmin(TellsOfOthers, LanguageBar, StrictRequests, Editing, TranslationAdmin):
    """The admin of one kind of thing."""

    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    show_full_result_count = False
    save_on_top = True
    change_form_template = "admin/bilateral/change_form.html"
    # What else one row of the list shows, for `prefetch_related`.
    list_prefetch_related = ()

    class Media:
        css = {"all": ["bilateral_admin/editing.css"]}

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        # A list says itself what its rows need; offers in a search need their names.
        return queryset.select_related(*named_after(self.model)) if is_search(request) else queryset

    def get_list_select_related(self, request):
        return self.list_select_related or with_names_of(self.model, self.get_named_keys()) or False

    def get_named_keys(self):
        """Return the foreign keys among the columns of the list."""
        names = {field.name for field in self.opts.concrete_fields if field.is_relation}
        return [name for name in self.list_display if name in names]

    def get_changelist(self, request, **kwargs):
        return EditorList

    def for_list(self, queryset):
        """Load what the rows of the list show."""
        return queryset.prefetch_related(*self.list_prefetch_related)

    def get_changeform_initial_data(self, request):
        """Let editors write in the language they work in; any may be the original."""
        initial = super().get_changeform_initial_data(request)
        if any(field.name == "original_language" for field in self.opts.fields):
            initial.setdefault("original_language", editors_language())
        return initial

    def view_on_site(self, obj):
        """Lead to the page only where visitors find it."""
        is_there = getattr(obj, "is_public", True) and hasattr(obj, "get_absolute_url")
        return obj.get_absolute_url() if is_there else None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        uses = uses_of(obj, request, self.admin_site) if obj else []
        context["uses"] = [each for each in uses if each.count]
        if request.FILES and context["errors"]:
            # A browser gives no file back.
            messages.warning(request, _("Files must be chosen again."))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def construct_change_message(self, request, form, formsets, add=False):
        """Say which fields were changed; what rows name is not for everybody who may read it."""
        return super().construct_change_message(request, form, (), add)

    def log_addition(self, request, obj, message):
        self.write_down(request, "add", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self.write_down(request, "change", obj, fields_in(message))
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self.write_down(request, "delete", obj)
        return super().log_deletions(request, queryset)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Keep what somebody typed into the form of a thing that is gone by now."""
        is_form = request.method == "POST" and request.resolver_match.url_name.endswith("_change")
        return (
            gone(request, self)
            if is_form
            else super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        )

    def write_down(self, request, act, obj, detail=""):
        audit.note(request.user, act, obj, detail=detail, address=request.META.get("REMOTE_ADDR"))

    def delete_model(self, request, obj):
        offer_undo(request, [self.let_go(request, obj)])
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        if kept := [self.let_go(request, obj) for obj in queryset]:
            offer_undo(request, kept)
        super().delete_queryset(request, queryset)

    def let_go(self, request, obj):
        """Keep what is about to be deleted, so that it can be undone."""
        return deletions.keep(request.user, obj)

    def get_deleted_objects(self, objs, request):
        """Say where a thing is used instead of counting what can never be deleted with it."""
        if uses := protecting(objs, request, self.admin_site):
            return [], {}, set(), uses
        lines, counts, missing, protected = super().get_deleted_objects(objs, request)
        if not sees_all(request):
            # What goes with a thing may name what this person is not to see; its number is enough.
            lines = [line for line in lines if not isinstance(line, list)]
        return lines, counts, missing, protected


class EditorList(ChangeList):
    """A list that loads what its rows show in a constant number of queries."""

    def get_queryset(self, request, exclude_parameters=None):
        return self.model_admin.for_list(super().get_queryset(request, exclude_parameters))

    def get_results(self, request):
        super().get_results(request)
        self.result_list = as_listed(request, self.result_list)


class OfferedOnly:
    """An admin whose retired things are no longer found by searches for new choices."""

    def get_search_results(self, request, queryset, search_term):
        if is_search(request):
            queryset = queryset.filter(is_retired=False)
        return super().get_search_results(request, queryset, search_term)


class Rows(OwnLanguages, Editing):
    """Rows of parts on the form of what they belong to; added one by one, never empty ones in store."""

    extra = 0
    show_change_link = False

    def get_queryset(self, request):
        names = [
            name for name in self.get_autocomplete_fields(request) if self.opts.get_field(name).many_to_one
        ]
        return super().get_queryset(request).select_related(*with_names_of(self.model, names))


class TableRows(Rows, admin.TabularInline):
    """Parts without texts of their own, one line each."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Name each field to those who do not see the heading of its column."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            getattr(field.widget, "widget", field.widget).attrs["aria-label"] = field.label
        return field


class TranslatedRows(Rows, TranslationBaseModelAdmin, admin.StackedInline):
    """Parts with texts in every language, one below the other."""

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **self._get_form_or_formset(request, obj, **kwargs))


def fields_in(message):
    """Return the names of the fields that a message of Django's says were changed."""
    parts = message if isinstance(message, list) else []
    return ", ".join(name for part in parts for name in part.get("changed", {}).get("fields", ()))


def editors_language():
    language = get_language()
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
