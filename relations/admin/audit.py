"""The audit log: read, searched and taken along as a table; nobody adds, changes or deletes an entry."""

import csv

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.timezone import localtime, now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from relations.models import AuditEntry
from relations.publishing import audit
from relations.publishing.desks import about_what_is_in_sight_of
from relations.publishing.releases import SetAct
from relations.publishing.rights import Sight
from relations.publishing.states import Act, State

from .filters import ChooseFilter, StrictFilter
from .requests import ReadOnly, StrictRequests

# Acts that move nothing through the workflow.
OTHER_ACTS = {
    "add": pgettext_lazy("act", "Enter"),
    "change": pgettext_lazy("act", "Change"),
    "delete": pgettext_lazy("act", "Delete"),
    "bring_back": pgettext_lazy("act", "Bring back"),
    "see": pgettext_lazy("act", "Look at"),
    "denied": pgettext_lazy("act", "Try without the right"),
    "embargo": pgettext_lazy("act", "Order an embargo"),
    "lift_embargo": pgettext_lazy("act", "Lift an embargo"),
    "export": pgettext_lazy("act", "Export"),
    "merge": pgettext_lazy("act", "Merge two records"),
    "review": pgettext_lazy("act", "Set a review date"),
    "call_off_review": pgettext_lazy("act", "Call off a review"),
    "remind": pgettext_lazy("act", "Remind of a review"),
    "revoke_link": pgettext_lazy("act", "Close a preview link"),
    "answer_link": pgettext_lazy("act", "Answer through a preview link"),
    "log_in": pgettext_lazy("act", "Log in"),
    "log_out": pgettext_lazy("act", "Log out"),
    "add_user": pgettext_lazy("act", "Enter a member of staff"),
    "change_user": pgettext_lazy("act", "Change a member of staff"),
    "change_password": pgettext_lazy("act", "Change a pass phrase"),
    "add_group": pgettext_lazy("act", "Enter a group"),
    "change_group": pgettext_lazy("act", "Change a group"),
    "delete_group": pgettext_lazy("act", "Delete a group"),
}
ACTS = {**OTHER_ACTS, **dict(SetAct.choices), **dict(Sight.choices), **dict(Act.choices)}
# A spreadsheet takes what begins with one of these for a formula; full-width ones count.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


class ActFilter(ChooseFilter):
    title = AuditEntry._meta.get_field("act").verbose_name
    parameter_name = path = "act"

    def lookups(self, request, model_admin):
        return sorted(ACTS.items(), key=lambda item: str(item[1]))


class WhoFilter(ChooseFilter):
    title = AuditEntry._meta.get_field("actor").verbose_name
    parameter_name = "who"
    path = "actor__username"

    def lookups(self, request, model_admin):
        users = get_user_model().objects.filter(is_staff=True).order_by("username")
        return [(user.username, user.get_full_name() or user.username) for user in users]


class KindFilter(ChooseFilter):
    title = AuditEntry._meta.get_field("content_type").verbose_name
    parameter_name = "kind"
    path = "content_type__model"

    def lookups(self, request, model_admin):
        kinds = ContentType.objects.filter(pk__in=AuditEntry.objects.values("content_type"))
        return [(kind.model, capfirst(kind.name)) for kind in kinds]


class RefusedFilter(StrictFilter):
    title = AuditEntry._meta.get_field("is_refused").verbose_name
    parameter_name = "refused"
    path = "is_refused"

    def lookups(self, request, model_admin):
        return [("1", _("Yes")), ("0", _("No"))]


@admin.register(AuditEntry)
class AuditAdmin(ReadOnly, StrictRequests, admin.ModelAdmin):
    list_display = ("at", "actor", "act_in_words", "title", "states", "is_refused", "detail", "address")
    list_display_links = None
    list_select_related = ("actor",)
    list_filter = (ActFilter, RefusedFilter, WhoFilter, KindFilter, ("at", admin.DateFieldListFilter))
    search_fields = ("title", "detail", "actor__username", "address")
    list_per_page = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    change_list_template = "admin/bilateral/audit.html"

    def get_queryset(self, request):
        """What is kept from somebody is kept in the log too; accounts are for who may see accounts."""
        entries = about_what_is_in_sight_of(request.user, super().get_queryset(request))
        if not request.user.has_perm("auth.view_user"):
            accounts = ContentType.objects.get_for_model(get_user_model())
            entries = entries.exclude(content_type=accounts)
        return entries

    def filter_parameters(self, request):
        return {"act", "refused", "who", "kind", "at__gte", "at__lt", "at__isnull"}

    @admin.display(description=AuditEntry._meta.get_field("act").verbose_name, ordering="act")
    def act_in_words(self, entry):
        return ACTS.get(entry.act, entry.act)

    @admin.display(description=_("state"))
    def states(self, entry):
        states = [State(state).label for state in (entry.from_state, entry.to_state) if state in State]
        return " → ".join(map(str, states))

    # As a table

    def get_urls(self):
        view = self.admin_site.admin_view(self.download_view)
        return [path("download/", view, name="relations_auditentry_download"), *super().get_urls()]

    def download_view(self, request):
        """Send what the list shows with the same filters, and write down that it was taken along."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entries = self.get_changelist_instance(request).queryset
        address = request.META.get("REMOTE_ADDR")
        audit.note(request.user, "export", detail=request.META["QUERY_STRING"], address=address)
        writer = csv.writer(Line())
        rows = self.rows(entries)
        response = StreamingHttpResponse(
            (writer.writerow(map(harmless, row)) for row in rows), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="audit-{now():%Y-%m-%d}.csv"'
        return response

    def rows(self, entries):
        names = ("at", "actor", "act", "title", "from_state", "to_state", "is_refused", "detail", "address")
        yield [capfirst(AuditEntry._meta.get_field(name).verbose_name) for name in names]
        for entry in entries.iterator(500):
            yield [
                localtime(entry.at).isoformat(timespec="seconds"),
                entry.actor or "",
                self.act_in_words(entry),
                entry.title,
                entry.from_state,
                entry.to_state,
                gettext("Yes") if entry.is_refused else gettext("No"),
                entry.detail,
                entry.address or "",
            ]


class Line:
    """A file for the writer of CSV that hands each line on."""

    def write(self, line):
        return line


def harmless(value):
    """Return a value as a spreadsheet shows it, also where it would take it for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text
