"""A draft as the public page itself: published in a transaction, asked for, and rolled back."""

from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from urllib.parse import unquote, urlencode, urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import override

from relations.models import (
    Mission,
    Notice,
    Observation,
    Page,
    Record,
    Relation,
    RelationLevel,
    Revision,
    SectorText,
)
from relations.models.publication import filed_under
from relations.uploads.addresses import files_behind

from . import acts
from .documents import Unfit, apply, capture, complete, projected, stored
from .rules import reasons_against
from .states import State

# What a page may know of the request that it is made for: where the site is, and nothing of who asks.
OF_THE_SERVER = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "SERVER_NAME", "SERVER_PORT", "REMOTE_ADDR")


@dataclass(frozen=True)
class Place:
    """A public page on which a thing shows, with the part of it where it stands."""

    name: str
    address: str

    @property
    def anchor(self):
        fragment = urlsplit(self.address).fragment
        return f"#{fragment}" if fragment else ""


@dataclass(frozen=True)
class Choice:
    """Another language or page of a preview, as its bar offers it."""

    name: str
    query: str
    is_current: bool
    language: str = ""


@dataclass
class Bar:
    """What stands above a previewed page: what it is, and the same thing in other languages and places."""

    revision: Revision
    # The language of those who look, who may not read that of the page.
    language: str
    is_live: bool
    missing: list = field(default_factory=list)
    languages: list = field(default_factory=list)
    places: list = field(default_factory=list)
    # What only staff see: the way back, and what stands in their form, to be sent once more.
    back: str = ""
    sent: list = field(default_factory=list)
    # What only those see who came with a link.
    link: object = None
    answer_form: object = None


class NoPage(Exception):
    """Nothing can be shown of a draft, with the reasons in words."""

    def __init__(self, reasons):
        super().__init__(" ".join(map(str, reasons)))
        self.reasons = reasons


@contextmanager
def rolled_back():
    """Whatever is written in the block is gone after it, files that were uploaded there among it."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def shown_revision(thing):
    """Return what a preview shows: the work, else what is or was public, else the thing as it stands."""
    revision = acts.in_work(thing) or acts.live(thing)
    if revision is None:
        revision = Revision(document=capture(thing)).about(thing)
        revision.name_after(thing)
    return revision


@contextmanager
def as_if_public(thing, revision):
    """Within the block the database is as if the revision were published; afterwards it is as before."""
    with rolled_back():
        thing = acts.lock(thing)
        if revision.is_live:
            apply(thing, projected(revision.document, type(complete(thing)), revision.held_back))
            filed_under(type(thing))._base_manager.filter(pk=thing.pk).update(is_public=True)
        else:
            published = copy(revision)
            acts.become_public(published, thing, acts.live(thing))
            published.state = State.PUBLISHED
            published.save()
        if isinstance(thing, Notice):
            # Its hours may not have come yet, and it is looked at now.
            Notice.objects.filter(pk=thing.pk).update(starts=None, ends=None)
        yield stored(thing)


# Where a thing shows


def places_of(thing):
    """Return the pages on which a thing shows, the one that is most about it first."""
    match thing:
        case Record():
            relations = thing.relations.with_countries()
            pairs = [Place(str(relation), relation.get_absolute_url()) for relation in relations]
            return [
                Place(_("Page of the record"), thing.get_absolute_url()),
                *pairs,
                Place(_("List of records"), f"{reverse('record_list')}?{urlencode(filters_of(thing))}"),
            ]
        case Page():
            return [Place(str(thing), thing.get_absolute_url())]
        case Relation():
            return [Place(str(thing), thing.get_absolute_url())]
        case Notice(relation=None):
            return [Place(_("Home page"), reverse("home"))]
    anchor = anchor_of(thing)
    return [Place(str(thing.relation), thing.relation.get_absolute_url() + (f"#{anchor}" if anchor else ""))]


def anchor_of(thing):
    """Return the part of its first page in which a thing stands; none where it is the page."""
    match thing:
        case Observation():
            return f"figure-{thing.indicator.slug}"
        case SectorText():
            return thing.anchor
        case Mission():
            return "missions"
        case RelationLevel():
            return "levels"
    return ""


def filters_of(record):
    """Return a choice of filters that leaves few records beside this one: [(name, value)]."""
    chosen = [("kind", record.kind)]
    codes = record.parties.filter(country__isnull=False).values_list("country__code", flat=True)
    chosen += [("country", code) for code in codes]
    return [*chosen, ("match", "all")] if len(chosen) > 2 else chosen


# The page


def page_of(request, thing, revision, bar, door):
    """Return the public page on which a revision shows, in the language and place that the address asks for.

    `door` is the name and arguments of the address at which whoever looks gets the files of drafts.
    Raises NoPage where nothing can be shown, and Http404 for a language or a place that does not exist.
    """
    language = request.GET.get("language", bar.language)
    number = request.GET.get("place", "0")
    if language not in dict(settings.LANGUAGES) or not (number.isascii() and number.isdigit()):
        raise Http404("There is no such preview.")
    try:
        with as_if_public(thing, revision) as thing, files_behind(*door):
            with override(bar.language):
                bar.missing = reasons_against(thing)
                names = [place.name for place in places_of(thing)]
            with override(language):
                places = places_of(thing)
                if int(number[:3]) >= len(places):
                    raise Http404("There is no such preview.")
                place = places[int(number[:3])]
                bar.languages = language_choices(language, number, place.anchor)
                bar.places = place_choices(language, place, places, names)
                response = public_answer(request, place.address, bar)
    except Unfit as unfit:
        raise NoPage([unfit]) from unfit
    except IntegrityError as error:
        raise NoPage([_("Something public has the same address or number already.")]) from error
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex, nofollow"
    add_never_cache_headers(response)
    request.is_preview = True
    return response


def language_choices(language, number, anchor):
    return [
        Choice(name, f"?{urlencode({'language': code, 'place': number})}{anchor}", code == language, code)
        for code, name in settings.LANGUAGES
    ]


def place_choices(language, current, places, names):
    return [
        Choice(name, f"?{urlencode({'language': language, 'place': number})}{place.anchor}", place is current)
        for number, (place, name) in enumerate(zip(places, names, strict=True))
    ]


def public_answer(request, address, bar):
    """Return what a visitor gets at an address, under the bar. Raises NoPage if there is nothing."""
    made = visitors_request(request, address)
    made.preview = bar
    view, args, kwargs = made.resolver_match
    try:
        response = view(made, *args, **kwargs)
    except Http404:
        response = None
    if response is None or response.status_code != 200:
        raise NoPage(bar.missing or [_("Nothing of it shows on any page.")])
    if hasattr(response, "render"):
        response.render()
    # What leads to the page itself leads to the public one.
    here = f'href="{urlsplit(address).path}?'.encode()
    response.content = response.content.replace(b'href="?', here)
    return response


def visitors_request(request, address):
    """Return a visitor's request for a page, made in the middle of another request."""
    parts = urlsplit(address)
    made = HttpRequest()
    made.method = "GET"
    made.path = made.path_info = unquote(parts.path)
    made.META = {name: request.META[name] for name in OF_THE_SERVER if name in request.META}
    made.META |= {"REQUEST_METHOD": "GET", "PATH_INFO": made.path, "QUERY_STRING": parts.query}
    made.GET = QueryDict(parts.query)
    made.resolver_match = resolve(made.path)
    return made
