"""What staff see first: boxes with the number of what waits for them, and the page that lists it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Q
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relations.models import PreviewLink, Record, Review
from relations.models.publication import filed_under, type_of
from relations.publishing.rights import Forbidden, demand, published_models
from relations.publishing.states import Act, State
from relations.publishing.work import Share, Work, WorkList

PER_PAGE = 50
LARGEST_KEY = 2**63 - 1
# Marked where something went wrong, or is late.
URGENT = (WorkList.REJECTED, WorkList.FAILED, WorkList.EMERGENCY, WorkList.OVERDUE, WorkList.REVIEWS)
NEXT = {
    State.DRAFT: Act.SUBMIT,
    State.REJECTED: Act.SUBMIT,
    State.SUBMITTED: Act.APPROVE,
    State.APPROVED: Act.PUBLISH,
    State.SCHEDULED: Act.UNSCHEDULE,
}


@dataclass(frozen=True)
class Box:
    """A number on the start page, which leads to what it counts."""

    list: WorkList
    number: int
    overdue: int = 0
    next_time: object = None
    share: Share | None = None

    @property
    def address(self):
        return address_of(self.list)

    @property
    def overdue_address(self):
        return address_of(WorkList.OVERDUE)

    @property
    def is_urgent(self):
        return self.overdue > 0 if self.list == WorkList.REVIEWS else self.list in URGENT


def address_of(work_list):
    return f"{reverse('admin:work')}?{urlencode({'list': work_list.value})}"


def boxes(user):
    """Return the boxes of the start page, without empty ones; None for who has no part in it."""
    if not user.has_perm("relations.view_revision"):
        return None
    work = Work(user)
    numbers = work.counts()
    # Asked always, so that a page takes the same time whatever waits.
    next_time, share = work.next_time(), work.share_of_emergencies()
    details = {
        WorkList.SCHEDULED: {"next_time": next_time},
        WorkList.EMERGENCY: {"share": share},
        WorkList.REVIEWS: {"overdue": numbers[WorkList.OVERDUE]},
    }
    shown = [name for name in WorkList if name not in (WorkList.ALL, WorkList.OVERDUE)]
    return [Box(name, numbers[name], **details.get(name, {})) for name in shown if numbers[name]]


# The page of work


@dataclass(frozen=True)
class Next:
    """What comes next with a thing, and where; or why this person cannot do it."""

    label: str
    address: str = ""
    hindrance: str = ""


@dataclass(frozen=True)
class Row:
    title: str
    address: str
    kind: str
    state: str
    who: object
    when: object
    next: Next
    detail: str = ""


def work_page(site, request):
    """List what waits, of all kinds of things. Parameters: list, kind, person, p."""
    name = chosen(request, "list", {name.value: name for name in WorkList}, WorkList.ALL)
    kinds = {model._meta.model_name: model for model in kinds_seen(request.user)}
    kind = chosen(request, "kind", kinds)
    people = {
        str(user.pk): user for user in get_user_model().objects.filter(is_staff=True).order_by("username")
    }
    person = chosen(request, "person", people)
    work = Work(request.user)
    rows = work.listed(name)
    if kind:
        rows = rows.filter(of_kind(kind, "revision__" if rows.model is PreviewLink else ""))
    if person:
        rows = rows.filter(by(person, rows.model))
    try:
        page = Paginator(rows, PER_PAGE).page(request.GET.get("p") or 1)
    except InvalidPage:
        raise Http404("There is no such page of work.") from None
    parameters = {key: request.GET[key] for key in ("list", "kind", "person") if request.GET.get(key)}
    context = {
        **site.each_context(request),
        "title": name.label,
        "lists": [(other.value, other.label) for other in WorkList],
        "kinds": sorted(((key, capfirst(model._meta.verbose_name)) for key, model in kinds.items()), key=str),
        "people": people.items(),
        "chosen": {"list": name.value, **parameters},
        "page": page,
        "rows": rows_of(page, request.user, name),
        "share": work.share_of_emergencies() if name == WorkList.EMERGENCY else None,
        "query": urlencode(parameters),
    }
    return TemplateResponse(request, "admin/bilateral/work.html", context)


def chosen(request, parameter, values, default=None):
    """Return what a parameter of the address stands for; 404 where it stands for nothing."""
    value = request.GET.get(parameter)
    if not value:
        return default
    try:
        return values[value]
    except KeyError:
        raise Http404(f"There is no such {parameter}.") from None


def kinds_seen(user):
    return [
        model
        for model in published_models()
        if model is not Record and user.has_perm(f"relations.view_{filed_under(model)._meta.model_name}")
    ]


def of_kind(model, prefix):
    condition = {f"{prefix}content_type": type_of(model())}
    if issubclass(model, Record):
        condition[f"{prefix}object_id__in"] = Record.objects.filter(kind=model.own_kind).values("pk")
    return Q(**condition)


def by(person, model):
    """Return the condition that somebody has to do with a row of a list."""
    if model is Review:
        return Q(owner=person)
    if model is PreviewLink:
        return Q(created_by=person)
    return Q(author=person) | Q(edited_by=person) | Q(submitted_by=person)


def rows_of(page, user, name):
    things = [getattr(one, "revision", one) for one in page.object_list]
    records = ContentType.objects.get_for_model(Record)
    keys = [one.object_id for one in things if one.content_type_id == records.pk]
    record_kinds = dict(Record.objects.filter(pk__in=keys).values_list("pk", "kind"))
    found = []
    for one, thing in zip(page.object_list, things, strict=True):
        model = thing.content_type.model_class()
        if model is Record:
            model = apps.get_model(Record._meta.app_label, record_kinds[thing.object_id])
        found.append(row(one, thing, model, user, name))
    return found


def row(one, thing, model, user, name):
    """Return how a revision, review or answered link stands in the list."""
    place = Place(model, thing.object_id)
    common = {"address": place.change, "kind": capfirst(model._meta.verbose_name)}
    if isinstance(one, Review):
        state = State(one.state).label if one.state else ""
        again = Next(_("Look at it again"), place.review)
        return Row(
            one.title or str(one.thing), state=state, who=one.owner, when=one.due, next=again, **common
        )
    state = State(thing.state).label
    if isinstance(one, PreviewLink):
        read = Next(_("Read the answer"), f"{place.to('links')}#links-heading")
        return Row(
            thing.title,
            state=state,
            who=one.recipient,
            when=one.answered_at,
            next=read,
            detail=one.answer,
            **common,
        )
    return Row(
        thing.title,
        state=state,
        who=last_hand(thing),
        when=last_moment(thing),
        next=next_of(thing, place, user, name),
        detail=detail_of(thing),
        **common,
    )


@dataclass(frozen=True)
class Place:
    """Where a thing is worked on."""

    model: type
    key: int

    def to(self, page, *args):
        kind = self.model._meta
        return reverse(f"admin:{kind.app_label}_{kind.model_name}_{page}", args=[self.key, *args])

    @property
    def change(self):
        return self.to("change")

    @property
    def review(self):
        return self.to("review")


def last_hand(revision):
    match revision.state:
        case State.SUBMITTED:
            return revision.submitted_by
        case State.APPROVED | State.SCHEDULED:
            return revision.approved_by
    return revision.edited_by or revision.author


def last_moment(revision):
    if revision.state == State.SUBMITTED:
        return revision.submitted_at
    if revision.state in (State.APPROVED, State.SCHEDULED) and revision.due_at:
        return revision.due_at
    return revision.published_at or revision.edited_at


def detail_of(revision):
    in_set = revision.release_set.failure if revision.release_set and revision.is_in_work else ""
    waits_afterwards = revision.published_at and not revision.approved_by_id
    return (
        revision.failure
        or in_set
        or revision.remark
        or (revision.emergency_reason if waits_afterwards else "")
    )


# The states from which a release set takes a revision to the public.
SETTLED = (State.APPROVED, State.SCHEDULED)


def next_of(revision, place, user, name):
    """Return the act that leads on from where a revision is."""
    if revision.state in SETTLED and revision.release_set:
        return Next(_("Becomes public with “%(set)s”") % {"set": revision.release_set})
    act = Act.APPROVE_AFTERWARDS if name == WorkList.EMERGENCY else NEXT.get(revision.state)
    if act is None:
        return Next(_("Look at it again"), place.change)
    try:
        demand(user, act, revision)
    except Forbidden as refusal:
        return Next(act.label, hindrance=str(refusal))
    return Next(act.label, place.to("act", act.value))
