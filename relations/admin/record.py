"""Records: one list of all, and a form for each kind with what all share and what it has of its own."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Citation, Record, RecordSector, Relation, Sector

from .choosing import ChosenSelect, ChosenSelectMultiple
from .dates import date_column
from .filters import (
    CountryFilter,
    MissingLanguageFilter,
    OriginalLanguageFilter,
    PairFilter,
    SectorFilter,
    SourceFilter,
    YearFilter,
)
from .forms import EditorForm
from .labels import change_address
from .languages import languages_column
from .merging import Merging
from .parts import Attachments, Citations, Links, Parties, People
from .publicity import PublishedAdmin

FILED_UNDER = RecordSector._meta.get_field("sector")


class RecordForm(EditorForm):
    """A record with the sectors it is filed under: one main sector, any number beside it."""

    main_sector = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Main sector"),
        help_text=gettext_lazy("It decides the colour, and where the record stands on a page."),
    )
    other_sectors = forms.ModelMultipleChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Other sectors"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Made for each form, since they speak the language of the moment.
        if "main_sector" not in self.fields:
            # A translator reads them only.
            return
        for name, widget in (("main_sector", ChosenSelect), ("other_sectors", ChosenSelectMultiple)):
            field = self.fields[name]
            field.widget = widget(FILED_UNDER, admin.site)
            field.widget.is_required = field.required
            field.queryset = Sector.objects.all()
        if self.instance.pk:
            self.show_sectors(self.instance.sector_links.select_related("sector"))

    def show_sectors(self, links):
        main = next((link.sector for link in links if link.is_main), None)
        self.fields["main_sector"].widget.chosen = main
        self.initial["main_sector"] = main and main.pk
        self.initial["other_sectors"] = [link.sector_id for link in links if not link.is_main]

    def file_under_sectors(self):
        """Write the chosen sectors; the former main sector goes first, since only one may be it."""
        if "main_sector" not in self.fields:
            return
        main = self.cleaned_data["main_sector"]
        others = [sector for sector in self.cleaned_data["other_sectors"] if sector != main]
        links = RecordSector.objects.filter(record_id=self.instance.pk)
        links.exclude(sector__in=filter(None, [main, *others])).delete()
        links.exclude(sector=main).filter(is_main=True).update(is_main=False)
        if main:
            links.update_or_create(record_id=self.instance.pk, sector=main, defaults={"is_main": True})
        for sector in others:
            links.get_or_create(record_id=self.instance.pk, sector=sector)


class RecordList(Merging, PublishedAdmin):
    """What lists of records show and filter by, whatever their kind."""

    actions = (*PublishedAdmin.actions, "merge_records")

    list_display = ("name", "date_in_words", "pairs", "sector", "state", "present_languages", "sources")
    list_filter = (
        PairFilter,
        CountryFilter.on("parties__country"),
        SectorFilter.on("sector_links__sector"),
        YearFilter,
        MissingLanguageFilter.on("title"),
        SourceFilter,
        OriginalLanguageFilter,
    )
    list_prefetch_related = (
        Prefetch("relations", Relation.objects.with_countries()),
        Prefetch("sector_links", RecordSector.objects.select_related("sector")),
    )
    search_fields = ("title", "place", "ref")
    search_related = {
        "parties": (
            "country__name",
            "organisation__name",
            "organisation__abbreviation",
            "organisation__other_names",
        ),
        "people": ("person__name", "person__other_names", "office"),
    }

    date_in_words = staticmethod(date_column("date", Record))
    present_languages = staticmethod(languages_column("title"))

    def for_list(self, queryset):
        citations = Citation.objects.filter(record=OuterRef("pk")).order_by().values("record")
        number = Subquery(citations.annotate(number=Count("pk")).values("number"))
        return super().for_list(queryset).annotate(number_of_sources=number)

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def name(self, record):
        return str(record)

    @admin.display(description=gettext_lazy("pairs"))
    def pairs(self, record):
        return format_html_join(", ", "{}", ((relation,) for relation in record.relations.all()))

    @admin.display(description=gettext_lazy("main sector"))
    def sector(self, record):
        return record.main_sector

    @admin.display(description=gettext_lazy("sources"), ordering="number_of_sources")
    def sources(self, record):
        return record.number_of_sources or 0


@admin.register(Record)
class AllRecords(RecordList):
    """Records of every kind in one list; each is edited on the form of its own kind."""

    list_display = ("name", "kind", *RecordList.list_display[1:])
    list_display_links = None
    list_filter = ("kind", *RecordList.list_filter)
    fields = ("title",)

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def name(self, record):
        return format_html('<a href="{}">{}</a>', change_address(record), record)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """A record is deleted on the form of its kind, by those who may delete that kind."""
        if obj is None:
            return False
        kind = type(obj)._meta.apps.get_model("relations", obj.kind)
        return self.admin_site.get_model_admin(kind).has_delete_permission(request)

    def has_merge_permission(self, request):
        kinds = (model for model in Record.__subclasses__() if self.admin_site.is_registered(model))
        return any(self.admin_site.get_model_admin(kind).has_merge_permission(request) for kind in kinds)

    def delete_view(self, request, object_id, extra_context=None):
        return self.change_view(request, object_id)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        query = request.META["QUERY_STRING"]
        return redirect(f"{change_address(record)}?{query}" if query else change_address(record))


class RecordAdmin(RecordList):
    """The form of one kind of record: what all share, and `own_fields` and `own_rows` of the kind."""

    form = RecordForm
    own_fields = ()
    own_rows = ()

    def get_fieldsets(self, request, obj=None):
        own = [(self.opts.verbose_name.capitalize(), {"fields": self.own_fields})] if self.own_fields else []
        return self.grouped_fieldsets(
            [
                (
                    None,
                    {"fields": ("date", "date_note", "title", "main_sector", "other_sectors")},
                ),
                *own,
                (_("Text"), {"fields": ("summary", "body", "note")}),
                (_("Place"), {"fields": ("place", "place_country")}),
                (_("More"), {"fields": ("image", "original_language", "is_series", "ref")}),
            ]
        )

    def get_inlines(self, request, obj):
        return (Parties, People, *self.own_rows, Citations, Links, Attachments)

    @admin.display(description=gettext_lazy("Other sectors"))
    def other_sectors(self, record):
        """Shown to those who may look at a record but not change it."""
        return ", ".join(str(link) for link in record.sector_links.all() if not link.is_main)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.file_under_sectors()
        self.tell_pages(request, form.instance)

    def tell_pages(self, request, record):
        """Say after saving on which pair pages the record shows."""
        relations = record.relations.with_countries()
        pages = [(relation.get_absolute_url(), relation) for relation in relations]
        if not pages:
            messages.warning(
                request,
                _("It shows on no pair page: at least two countries must take part in it as parties."),
            )
        elif record.is_public:
            links = format_html_join(", ", '<a href="{}">{}</a>', pages)
            messages.info(request, format_html(_("Shows on: {}"), links))
        else:
            names = ", ".join(str(relation) for _address, relation in pages)
            messages.info(request, _("Will show, once public, on: %(pages)s") % {"pages": names})
