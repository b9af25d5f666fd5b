"""The page that shows what two revisions of one thing say differently, language by language."""

from dataclasses import dataclass, field

from django import forms
from django.conf import settings
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from relations.models import Revision
from relations.publishing import acts
from relations.publishing.comparing import by_key, differences
from relations.publishing.documents import complete
from relations.publishing.rights import Sight, permission

from .wording import Line, Wording


@dataclass
class Row:
    """One row of parts that was added, removed or changed."""

    name: str
    kind: str
    lines: list


@dataclass
class Group:
    """What differs in one language, in no language in particular, or among the rows of one kind."""

    title: str
    language: str = ""
    lines: list = field(default_factory=list)
    rows: list = field(default_factory=list)


def grouped_differences(wording, before, after):
    """Return the differences of two documents for a page, in groups; what is the same is left out."""
    general = Group(_("In no language in particular"))
    languages = {
        code: Group(get_language_info(code)["name_translated"], code) for code, _name in settings.LANGUAGES
    }
    parts, changed_rows = {}, {}
    for difference in differences(before, after):
        place = difference.place
        if not place.part:
            line = wording.line(wording.field_at(place), difference.before, difference.after)
            languages.get(line.language, general).lines.append(line)
            continue
        group = parts.setdefault(place.part, Group(wording.group_of(place.part)))
        if place.is_order:
            group.lines.append(order_line(wording, place.part, difference, after))
        elif place.is_row:
            row = difference.after or difference.before
            lines = wording.row_lines(place.part, difference.before, difference.after)
            kind = "removed" if difference.after is None else "added"
            group.rows.append(Row(wording.name_of_row(place.part, row), kind, lines))
        else:
            if (place.part, place.row) not in changed_rows:
                row = by_key(after["parts"][place.part])[place.row]
                shown = Row(wording.name_of_row(place.part, row), "changed", [])
                changed_rows[place.part, place.row] = shown
                group.rows.append(shown)
            line = wording.line(wording.field_at(place), difference.before, difference.after)
            changed_rows[place.part, place.row].lines.append(line)
    return [group for group in (general, *languages.values(), *parts.values()) if group.lines or group.rows]


def order_line(wording, part, difference, document):
    rows = by_key(document["parts"][part])
    names = (
        ", ".join(wording.name_of_row(part, rows[key]) for key in order)
        for order in (difference.before, difference.after)
    )
    return Line(_("Order"), *names)


def in_short(revision):
    """Name a revision in a list to choose from: its number or state, and when."""
    moment = revision.published_at or revision.edited_at
    name = revision.number or revision.get_state_display()
    return f"{name}, {date_format(localtime(moment), 'SHORT_DATETIME_FORMAT')}"


class ChooseForm(forms.Form):
    """The two revisions to compare."""

    before = forms.ChoiceField(label=gettext_lazy("Compare"))
    after = forms.ChoiceField(label=gettext_lazy("with"))

    def __init__(self, revisions, *args, **options):
        super().__init__(*args, **options)
        choices = [(str(revision.pk), in_short(revision)) for revision in revisions]
        for name in ("before", "after"):
            self.fields[name].choices = choices


class ComparePages:
    """Two revisions of one thing beside each other, as a page of an admin."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_compare"
        view = self.admin_site.admin_view(self.compare_view)
        return [
            path("<path:object_id>/compare/", view, name=f"{name}_choose"),
            path("<path:object_id>/compare/<uuid:before>/<uuid:after>/", view, name=name),
            *super().get_urls(),
        ]

    def compare_address(self, thing, before, after):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_compare"
        return reverse(name, args=[thing.pk, before.pk, after.pk])

    def may_compare(self, request, thing):
        return self.has_view_permission(request, thing) and request.user.has_perm(permission(Sight.COMPARE))

    @transaction.atomic
    def compare_view(self, request, object_id, before=None, after=None):
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404("There is no such thing here.")
        if not self.may_compare(request, thing):
            raise PermissionDenied
        live = acts.live(thing)
        revisions = list(revisions_of(thing).defer("document"))
        if before is None:
            return self.choose_page(request, thing, revisions, live)
        chosen = {
            revision.pk: revision for revision in Revision.objects.of(thing).filter(pk__in=[before, after])
        }
        if not {before, after} <= set(chosen):
            raise Http404("There is no such revision of this.")
        return self.compare_page(request, thing, revisions, chosen[before], chosen[after])

    def choose_page(self, request, thing, revisions, live):
        """Lead to the two that were chosen; without a choice, to what was done last."""
        if request.GET:
            form = ChooseForm(revisions, request.GET)
            if not form.is_valid():
                return self.compare_page(request, thing, revisions, None, None, form)
            keys = form.cleaned_data
            found = {str(revision.pk): revision for revision in revisions}
            return HttpResponseRedirect(
                self.compare_address(thing, found[keys["before"]], found[keys["after"]])
            )
        if len(revisions) < 2:
            return self.compare_page(request, thing, revisions, None, None)
        newest = revisions[0]
        other = live if live and newest.is_in_work else revisions[1]
        return HttpResponseRedirect(self.compare_address(thing, other, newest))

    def compare_page(self, request, thing, revisions, before, after, form=None):
        groups = []
        if before and after:
            documents = before.document, after.document
            wording = Wording(type(complete(thing)), documents, request.user)
            groups = grouped_differences(wording, *documents)
            form = ChooseForm(revisions, initial={"before": str(before.pk), "after": str(after.pk)})
        context = {
            **self.admin_site.each_context(request),
            "title": _("Compare revisions"),
            "subtitle": str(thing),
            "opts": self.opts,
            "thing": thing,
            "before": before,
            "after": after,
            "held_back": [held_back_in_words(one) for one in (before, after) if one],
            "groups": groups,
            "form": form or ChooseForm(revisions),
            "can_choose": len(revisions) > 1,
            "choose_address": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_compare_choose", args=[thing.pk]
            ),
            "change_address": self.change_address(thing),
            "media": self.media,
        }
        status = 400 if form and form.is_bound and not form.is_valid() else 200
        return TemplateResponse(request, "admin/bilateral/compare.html", context, status=status)


def revisions_of(thing):
    """Return the revisions of a thing with those who made them: what is in work, then the newest first."""
    people = ("author", "edited_by", "submitted_by", "approved_by")
    order = F("major").desc(nulls_first=True), "-minor"
    return Revision.objects.of(thing).select_related(*people).order_by(*order)


def held_back_in_words(revision):
    return ", ".join(str(get_language_info(code)["name_translated"]) for code in revision.held_back)
