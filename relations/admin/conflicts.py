"""What happens when two people save one thing: each sees what the other did, and nothing typed is lost."""

import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.messages.storage import default_storage
from django.core import signing
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.timezone import now
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from relations.models import AuditEntry, Revision
from relations.models.publication import EarlierSave
from relations.publishing import acts
from relations.publishing.comparing import UNKNOWN, Side, by_key, merged, recognised, three_way
from relations.publishing.desks import OutOfSight, languages_of
from relations.publishing.documents import Unfit, apply, as_if, capture, complete
from relations.publishing.rights import Forbidden, Sight
from relations.publishing.states import Act, Refused, State
from relations.publishing.word_by_word import word_by_word
from relations.translating.direction import direction

from .audit import ACTS
from .comparing import grouped_differences
from .not_saved import gone, texts_chosen
from .wording import Wording, is_text

# Names of fields that forms carry along: the version a form was opened at, and what was typed into it.
OPENED_AT, CARRIED = "opened_at", "carried"
# Somebody who saved less than this ago may still sit before the form.
PRESENT = timedelta(minutes=15)

# Acts on a thing that leave it as it was, and what another act brings with it.
NO_CHANGE = (
    *("see", "remind", "review", "call_off_review", "embargo", "lift_embargo"),
    *(Sight.LINK, "revoke_link", "answer_link", Act.SUPERSEDE),
)

TO_DECIDE = gettext_lazy("You both changed this: decide")
SECTIONS = {
    Side.BOTH: TO_DECIDE,
    Side.MINE: gettext_lazy("Only you changed this"),
    Side.THEIRS: gettext_lazy("Only the other one changed this"),
}


def token_of(revision, live):
    """Return what a form must send back to show that nobody saved or published since it was opened."""
    return " ".join(one.token for one in (revision, live) if one)


def presence(user, revision):
    """Return the draft if somebody else saved it a moment ago, and may still be working on it."""
    is_others = revision and revision.edited_by_id and revision.edited_by_id != user.pk
    return revision if is_others and now() - revision.edited_at < PRESENT else None


def ancestor_of(thing, token):
    """Return the document that a form was opened with, by its token; None if it is no longer known."""
    revision, version = None, 0
    for part in token.split()[:2]:
        key, _point, number = part.rpartition(".")
        revision = revision_of(thing, key)
        if revision:
            # A draft that is gone was discarded: what was public then stands behind it.
            version = int(number) if number.isdecimal() and len(number) < 9 else -1
            break
    if not thing.is_public and (revision is None or revision.state == State.UNPUBLISHED):
        beginning = EarlierSave.objects.filter(revision__in=Revision.objects.of(thing), last_version=0)
        if found := beginning.first():
            return found.document
    return revision.document_at(version) if revision else None


def revision_of(thing, key):
    try:
        return Revision.objects.of(thing).filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None


@contextmanager
def unheard(request):
    """Let what is said inside go unsaid, such as that a form was saved; yield it, to be said after all."""
    told = request._messages
    request._messages = default_storage(request)
    try:
        yield request._messages
    finally:
        request._messages = told


def say(request, unsaid):
    for message in unsaid._queued_messages:
        messages.add_message(request, message.level, message.message, message.extra_tags)


# The page


@dataclass(frozen=True)
class Said:
    """What one of the two, or their common ancestor, has at a place."""

    words: str
    pieces: list = field(default_factory=list)
    is_gone: bool = False


@dataclass(frozen=True)
class Choice:
    """One place of the page, with the fields of its form."""

    label: str
    where: str
    language: str
    before: Said | None
    mine: Said
    theirs: Said
    choice: object
    text: object = None

    @property
    def direction(self):
        return direction(self.language) if self.language else ""

    @property
    def language_name(self):
        return get_language_info(self.language)["name_translated"] if self.language else ""


class MergeForm(forms.Form):
    """Mine or theirs for every place that one of two people changed; a text of both may be written anew."""

    def __init__(self, divergences, wording, editor_of, languages, **options):
        super().__init__(**options)
        self.divergences, self.wording = divergences, wording
        for one in divergences:
            field = wording.field_at(one.place)
            self.fields[choice_at(one.place)] = choice_field(one, is_closed(one, wording, languages))
            if one.side == Side.BOTH and field is not None and is_text(field):
                text = editor_of(field)
                text.required, text.initial = False, one.mine
                text.widget.attrs["aria-label"] = _("Your text, to be changed here")
                self.fields[text_at(one.place)] = text

    def chosen(self):
        """Return what differs from theirs: {place: value}."""
        values = {}
        for one in self.divergences:
            if self.cleaned_data[choice_at(one.place)] == Side.MINE.value:
                values[one.place] = self.cleaned_data.get(text_at(one.place), one.mine)
        return values

    def sections(self, documents):
        """Return the places in groups, what must be decided first: [(title, choices)]."""
        for side, title in SECTIONS.items():
            choices = [self.shown(one, documents) for one in self.divergences if one.side == side]
            if choices:
                yield title, choices

    def shown(self, one, documents):
        place, wording = one.place, self.wording
        text = text_at(place)
        return Choice(
            wording.label_at(place),
            where(place, wording, documents),
            wording.language_at(place),
            None if one.ancestor is UNKNOWN else self.said(one, one.ancestor, documents),
            self.said(one, one.mine, documents),
            self.said(one, one.theirs, documents),
            self[choice_at(place)],
            self[text] if text in self.fields else None,
        )

    def said(self, one, value, documents):
        place, wording = one.place, self.wording
        if place.is_order:
            return Said(
                ", ".join(wording.name_of_row(place.part, row_at(place, key, documents)) for key in value)
            )
        words = wording.at(place, value)
        if place.is_row or value is one.ancestor or not is_text(wording.field_at(place)):
            return Said(words, is_gone=place.is_row and value is None)
        before = one.theirs if one.ancestor is UNKNOWN else one.ancestor
        return Said(words, word_by_word(wording.at(place, before), words))


def choice_at(place):
    return f"choice.{place}"


def text_at(place):
    return f"text.{place}"


def choice_field(one, is_closed):
    choices = [(Side.MINE.value, _("Mine")), (Side.THEIRS.value, _("The other’s"))]
    return forms.ChoiceField(
        choices=choices[1:] if is_closed else choices,
        initial=None if one.side == Side.BOTH else one.side.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )


def is_closed(one, wording, languages):
    """Whether somebody else changed what this person may not change: it cannot be changed back either."""
    return (
        one.side == Side.THEIRS and languages is not None and wording.language_at(one.place) not in languages
    )


def where(place, wording, documents):
    """Say among which rows, and on which of them, a place is; an empty text for the thing's own columns."""
    if not place.part:
        return ""
    if place.is_order:
        return wording.group_of(place.part)
    row = row_at(place, place.row, documents)
    return f"{wording.group_of(place.part)}: {wording.name_of_row(place.part, row)}"


def row_at(place, key, documents):
    rows = (by_key(document["parts"].get(place.part)).get(key) for document in documents if document)
    return next(filter(None, rows), {})


class ConflictPages:
    """Answers to a form that was opened before somebody else saved."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]

    def versionless_page(self, request, thing, form_url, context):
        """Show a form that does not say what it was opened at again, with what was typed."""
        request.refusal = _(
            "This came without the version that it was opened at, so nothing was saved. "
            "Compare what stands here with what is saved, and save again."
        )
        with as_if(thing, newest_document(thing, context["work"], context["live"])):
            response = super().changeform_view(request, str(thing.pk), form_url, context)
            response.status_code = 422
            return response.render()

    def conflict_page(self, request, thing, form_url, context):
        """Show, place by place, what the other one saved and what was typed here, to choose from."""
        newest, live = context["work"] or context["live"], context["live"]
        theirs = newest_document(thing, context["work"], live)
        ancestor = ancestor_of(thing, request.POST[OPENED_AT])
        # Who may change a thing may show what they typed, wherever the thing stands by now.
        request.is_on_its_way = False
        try:
            mine, response = self.typed(request, thing, ancestor or theirs, form_url, context)
        except Unfit:
            ancestor = None
            mine, response = self.typed(request, thing, theirs, form_url, context)
        if mine is None:
            return self.faulty_page(request, thing, ancestor, theirs, newest, response)
        mine = recognised(type(complete(thing)), mine, theirs)
        divergences = to_choose(ancestor, mine, theirs)
        if not any(one.side != Side.THEIRS for one in divergences):
            messages.info(
                request,
                _("This was changed meanwhile. Nothing of yours was different: this is the newest."),
            )
            return HttpResponseRedirect(self.change_address(thing))
        form = self.merge_form(request, thing, ancestor, mine, theirs)
        return self.merge_page(
            request, thing, (ancestor, mine, theirs), newest, context["opened_at"], form, 409
        )

    def typed(self, request, thing, document, form_url, context):
        """Return what the form makes of a document, and None; or None and the form with its errors."""
        with unheard(request), as_if(thing, document):
            response = super().changeform_view(request, str(thing.pk), form_url, context)
            if request.saved_thing:
                return capture(request.saved_thing), None
            return None, response

    def faulty_page(self, request, thing, ancestor, theirs, newest, response):
        """Show the form with its errors, and above it what the other one changed meanwhile."""
        groups = []
        if ancestor:
            wording = Wording(type(complete(thing)), (ancestor, theirs), request.user)
            groups = grouped_differences(wording, ancestor, theirs)
        response.context_data |= {
            "last_act": last_act(thing, newest),
            "meanwhile": groups,
            # It stays out of date, so that the choice comes once the errors are mended.
            "opened_at": request.POST[OPENED_AT],
        }
        with as_if(thing, ancestor or theirs):
            response.status_code = 409
            return response.render()

    def merge_form(self, request, thing, ancestor, mine, theirs, **options):
        wording = Wording(type(complete(thing)), (ancestor, mine, theirs), request.user)
        return MergeForm(
            to_choose(ancestor, mine, theirs),
            wording,
            lambda field: self.formfield_for_dbfield(field, request),
            languages_of(request.user),
            **options,
        )

    @transaction.atomic
    def merge_view(self, request, object_id):
        thing = self.get_object(request, unquote(object_id))
        if thing is None and request.method == "POST":
            return self.gone_while_choosing(request, self.model(pk=unquote(object_id)))
        if thing is None:
            raise Http404("There is no such thing here.")
        if request.method != "POST":
            return HttpResponseRedirect(self.change_address(thing))
        if not self.has_change_permission(request, thing):
            raise PermissionDenied
        ancestor, mine = self.unpacked(request, thing)
        try:
            acts.lock(thing)
        except acts.Outdated:
            # Somebody deleted it in this moment.
            return self.gone_while_choosing(request, thing)
        revision, live = acts.in_work(thing), acts.live(thing)
        opened_at, theirs = token_of(revision, live), newest_document(thing, revision, live)
        documents = ancestor, mine, theirs

        def again(form, status, reason=""):
            return self.merge_page(
                request, thing, documents, revision or live, opened_at, form, status, reason
            )

        if request.POST.get(OPENED_AT) != opened_at:
            form = self.merge_form(request, thing, *documents, initial=request.POST.dict())
            return again(form, 409, _("It was saved once more meanwhile. Look at your choice again."))
        form = self.merge_form(request, thing, *documents, data=request.POST)
        if not form.is_valid():
            return again(form, 422, _("Not everything is decided yet. Nothing was saved."))
        try:
            self.save_merged(request, thing, merged(theirs, mine, form.chosen()))
        except (Forbidden, OutOfSight) as refusal:
            return again(form, 403, refusal)
        except (Refused, Unfit) as refusal:
            return again(form, 422, refusal)
        except IntegrityError:
            return again(
                form, 422, _("What you chose contradicts itself, such as two main sectors. Choose again.")
            )
        return HttpResponseRedirect(self.change_address(thing))

    def gone_while_choosing(self, request, thing):
        try:
            _ancestor, mine = self.unpacked(request, thing)
        except BadRequest as error:
            raise Http404("There is no such thing here.") from error
        return gone(request, self, texts_chosen(request, self.model, mine))

    @transaction.atomic
    def save_merged(self, request, thing, document):
        with as_if(thing, document):
            # As the database has it: cleaned, and proved to fit.
            document = capture(thing)
        if not thing.is_public:
            apply(thing, document)
        if self.keep(request, thing, document):
            messages.success(request, _("Saved as you chose."))
        else:
            messages.info(request, _("Nothing was changed."))

    def merge_page(self, request, thing, documents, newest, opened_at, form, status, reason=""):
        ancestor, mine, _theirs = documents
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_merge"
        context = {
            **self.admin_site.each_context(request),
            "title": _("This was changed meanwhile"),
            "subtitle": str(thing),
            "opts": self.opts,
            "thing": thing,
            "last_act": last_act(thing, newest),
            "reason": reason,
            "form": form,
            "sections": list(form.sections((mine, _theirs, ancestor))),
            "knows_ancestor": ancestor is not None,
            "opened_at": opened_at,
            "carried": signing.dumps([ancestor, mine], salt=salt(request.user, thing), compress=True),
            "merge_address": reverse(name, args=[thing.pk]),
            "change_address": self.change_address(thing),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/bilateral/conflict.html", context, status=status)

    def unpacked(self, request, thing):
        """Return the ancestor and what was typed, as this site sent them to this person."""
        try:
            return signing.loads(request.POST.get(CARRIED, ""), salt=salt(request.user, thing))
        except signing.BadSignature:
            raise BadRequest("What was typed did not come back as it was sent.") from None


def last_act(thing, newest):
    """Return who made of a thing what it is now, by what act and when; None where no act of staff did."""
    done = AuditEntry.objects.of(thing).filter(is_refused=False).exclude(act__in=NO_CHANGE)
    # A bundle changes what is public without an act of anybody.
    entry = done.filter(at__gte=newest.edited_at).select_related("actor").first()
    return entry and {"who": entry.actor, "act": ACTS.get(entry.act, entry.act), "when": entry.at}


def newest_document(thing, revision, live):
    """Return what a thing says now; one that visitors do not see is its own draft."""
    return (revision or live).document if thing.is_public else capture(thing)


def to_choose(ancestor, mine, theirs):
    return [one for one in three_way(ancestor, mine, theirs) if one.side in SECTIONS]


def salt(user, thing):
    """Bind what is sent to and fro to one person and one thing."""
    return f"conflict {user.pk} {thing._meta.label} {thing.pk}"
