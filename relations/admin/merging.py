"""Making two records one: showing both side by side, saying what will happen, asking, and doing it."""

import json

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.html import format_html, strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.dates import PartialDate, in_words
from relations.merging import Changed, Plan, columns_of, is_empty, merge
from relations.models import Agreement, RecordLink, RelationLevel, Review
from relations.models.text import RichTextField
from relations.publishing import embargoes, merges
from relations.publishing.states import Refused

from .labels import change_address
from .languages import label_of


class Merging:
    """An admin of records in whose list two of them can be made one."""

    @admin.action(description=gettext_lazy("Merge two records"), permissions=["merge"])
    def merge_records(self, request, queryset):
        records = self.two_of_one_kind(request, queryset)
        if not records:
            return None
        kept, other = self.chosen(request, records)
        if not self.may_merge(request, kept, other):
            raise PermissionDenied
        if "confirmed" in request.POST and self.merged(request, kept, other):
            return None
        return self.show_plan(request, records, kept, other)

    def has_merge_permission(self, request):
        return self.has_change_permission(request) and self.has_delete_permission(request)

    def two_of_one_kind(self, request, queryset):
        """Return the two records as their own kind; nothing, and say why, if they are not two of one kind."""
        kinds = list(queryset.order_by().values_list("pk", "kind")[:3])
        if len(kinds) != 2:
            messages.error(request, _("Choose exactly two records to merge."))
            return None
        if len({kind for _number, kind in kinds}) > 1:
            messages.error(request, _("Only records of the same kind can be merged."))
            return None
        model = self.opts.apps.get_model(self.opts.app_label, kinds[0][1])
        records = model._base_manager.in_bulk([number for number, _kind in kinds])
        return sorted(records.values(), key=lambda record: record.pk)

    def chosen(self, request, records):
        """Return the record that stays and the other; until one is chosen, what is public or older stays."""
        by_number = {str(record.pk): record for record in records}
        usual = min(records, key=lambda record: (not record.is_public, record.pk))
        kept = by_number.get(request.POST.get("kept", str(usual.pk)))
        if kept is None:
            raise BadRequest("The record to keep is neither of the two.")
        (other,) = (record for record in records if record is not kept)
        return kept, other

    def may_merge(self, request, kept, other):
        """Whether somebody may: to merge what is public is to publish."""
        own = self.admin_site.get_model_admin(type(kept))
        changes = all(own.has_change_permission(request, record) for record in (kept, other))
        is_public = kept.is_public or other.is_public
        publishes = not is_public or request.user.has_perm("relations.publish_revision")
        return changes and publishes and own.has_delete_permission(request)

    def merged(self, request, kept, other):
        """Merge the two; return whether that was done, having said it or why not."""
        taking, seen = set(request.POST.getlist("take")), request.POST.get("seen", "")
        own = self.admin_site.get_model_admin(type(kept))
        name = str(other)
        try:
            with transaction.atomic():
                own.log_deletions(request, [other])
                former = merges.before(kept, other)
                plan = merge(kept, other, taking, seen)
                story = told(plan, name, other, taking)
                own.log_change(request, kept, story)
                address = request.META.get("REMOTE_ADDR")
                embargoes.join(request.user, plan.kept, other, address)
                merges.after(request.user, plan.kept, former, story, address)
        except Refused as refusal:
            messages.error(request, refusal)
            return False
        except Changed:
            text = _(
                "One of the records has changed since. Nothing was merged; look at what will happen now."
            )
            messages.error(request, text)
            return False
        except (ValidationError, IntegrityError) as error:
            reasons = error.messages if isinstance(error, ValidationError) else []
            text = _("Nothing was merged, since the result would not be right: {}")
            messages.error(
                request, format_html(text, " ".join(reasons) or _("two rows contradict each other."))
            )
            return False
        self.say_merged(request, plan.kept, name)
        return True

    def say_merged(self, request, kept, name):
        link = format_html('<a href="{}">{}</a>', change_address(kept), kept)
        messages.success(request, format_html(_("“{}” is now part of {}."), name, link))

    def show_plan(self, request, records, kept, other):
        plan = Plan(kept, other)
        context = {
            **self.admin_site.each_context(request),
            "title": self.get_action("merge_records")[2],
            "opts": self.opts,
            "records": records,
            "kept": kept,
            "other": other,
            "compared": compared(plan, records),
            "plan": plan,
            "offered": [(value.name, label_of(value.field), words(value)) for value in plan.taken],
            "moved": moved(plan),
            "lost": lost(plan),
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/bilateral/merge_confirmation.html", context)


def compared(plan, records):
    """Return what the two records say, side by side: [(label, [words, words], whether they differ)]."""
    model = type(records[0])
    lines = []
    for column in columns_of(model):
        values = [Said(column, record) for record in records]
        if any(values):
            lines.append((label_of(column), values, all(values) and str(values[0]) != str(values[1])))
    for key, rows in plan.pointing.items():
        names = [", ".join(row_in_words(row, key) for row in rows[record.pk]) for record in records]
        if any(names):
            lines.append((place_of(key), names, False))
    return lines


class Said:
    """What a record says in one column, for people."""

    def __init__(self, column, record):
        self.value = getattr(record, column.name)
        self.words = "" if is_empty(self.value) else in_short(column, self.value)

    def __str__(self):
        return self.words

    def __bool__(self):
        # A box that is not ticked says nothing worth a line.
        return bool(self.words) and self.value is not False


def words(value):
    return in_short(value.field, value.value)


def in_short(column, value):
    """Write the value of a column for people, without the marks of formatted text."""
    if isinstance(value, PartialDate):
        return in_words(value)
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return strip_tags(value) if isinstance(column, RichTextField) else str(value)


def row_in_words(row, key):
    """Name a row by what stands at its other end, and by its part there."""
    match row:
        case RecordLink() if key.name == "to":
            return f"{row.record} ({row.get_type_display()})"
        case RelationLevel():
            return f"{row.relation}: {row}"
        case models.Model(role=_role):
            return f"{row} ({row.get_role_display()})"
    return str(row)


def place_of(key):
    name = capfirst(key.model._meta.verbose_name_plural)
    return f"{name}: {key.verbose_name}" if issubclass(key.model, RecordLink) else name


def name_of_reviews():
    return capfirst(Review._meta.verbose_name_plural)


def review_in_words(review):
    day = date_format(review.due, "DATE_FORMAT")
    return f"{day}, {review.owner}" if review.owner else day


def moved(plan):
    """Return what will belong to the kept record: [(place, [words])]."""
    places = {}
    for row in plan.rows:
        if row.moves:
            places.setdefault(place_of(row.key), []).append(row_in_words(row.row, row.key))
    for name, reason in plan.absences.items():
        label = capfirst(type(plan.kept)._meta.get_field(name).verbose_name)
        places.setdefault(_("Known to be absent"), []).append(f"{label}: {Agreement.Absence(reason).label}")
    for review in plan.reviews[:1]:
        if review.object_id == plan.other.pk:
            places[name_of_reviews()] = [review_in_words(review)]
    return list(places.items())


def lost(plan):
    """Return what neither record will say afterwards, and where it will be missed: [(label, words)]."""
    lines = [(label_of(value.field), words(value)) for value in plan.differing]
    for row in plan.rows:
        name = f"{place_of(row.key)}: {row_in_words(row.row, row.key)}"
        if row.is_circular:
            lines.append((name, _("it would link the record to itself")))
        lines += [(name, f"{label_of(value.field)}: {words(value)}") for value in row.lost]
    lines += [(name_of_reviews(), review_in_words(later)) for later in plan.reviews[1:]]
    lines += [(_("Shows no longer on"), str(relation)) for relation in plan.lost_pages]
    return lines


def told(plan, name, other, taking):
    """Return what the history of the kept record says: what it was merged with, and every word lost."""
    text = _("Merged with “%(record)s” (number %(number)s, reference %(ref)s).")
    text %= {"record": name, "number": other.pk, "ref": other.ref}
    left = [(label_of(value.field), words(value)) for value in plan.taken if value.name not in taking]
    gone = "; ".join(f"{label}: {said}" for label, said in [*lost(plan), *left])
    return f"{text} {_('Not kept:')} {gone}" if gone else text
