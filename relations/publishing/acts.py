"""The acts of the workflow. Each is one transaction: thing, revision and audit log, or nothing."""

from contextlib import contextmanager
from copy import copy
from functools import wraps

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import get_translation_fields

from relations.models import Correction, Embargo, Revision
from relations.models.base import in_any_language
from relations.models.publication import filed_under, type_of

from . import audit, mails, reviews
from .desks import OutOfSight, demand_sight
from .documents import Unfit, apply, as_if, capture, complete, hold_back, projected, stored
from .rights import Forbidden, demand
from .rules import reasons_against
from .states import Act, Refused, State, after
from .translators import demand_own_texts, demand_own_words, demand_some_language


class Outdated(Refused):
    """Somebody else saved or moved the thing after the form was opened."""


class NotReady(Refused):
    """What still has to be done before visitors may see the thing."""

    def __init__(self, reasons):
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = reasons


# The revisions of a thing


def in_work(thing):
    """Return the revision of a thing that somebody works on, or None."""
    return Revision.objects.of(thing).in_work().first()


def live(thing):
    """Return the revision that visitors see, or saw last; one is made of what is public without one."""
    revision = Revision.objects.of(thing).live().first()
    if thing.is_public and not (revision and is_shown(revision, thing)):
        return taken_over(thing, revision)
    return revision


def is_shown(revision, thing):
    """Whether the row is what the revision says, as far as visitors may see it."""
    thing = complete(thing)
    if revision.state == State.UNPUBLISHED:
        return False
    return projected(revision.document, type(thing), revision.held_back) == capture(thing)


def taken_over(thing, former):
    """Make a revision of what became public on another way, such as a bundle."""
    document, kind = capture(thing), type(complete(thing))
    # A language stays held back as long as nothing in it became public.
    former_held_back = former.held_back if former else []
    revision = Revision(
        state=State.WITHDRAWN if thing.withdrawn_at else State.PUBLISHED,
        document=document,
        held_back=[code for code in former_held_back if projected(document, kind, [code]) == document],
        published_at=now() if former else thing.first_published_at or now(),
        major=former.major if former else 1,
        minor=former.minor + 1 if former else 0,
        is_minor=former is not None,
        base=former,
    )
    if former:
        if former.state != State.UNPUBLISHED:
            # What was said of the end holds for the same thing with other words.
            for name in ("take_down_at", *get_translation_fields("ending_reason")):
                setattr(revision, name, getattr(former, name))
        move(former, Act.SUPERSEDE)
    revision.name_after(complete(thing))
    revision.about(thing).save()
    return revision


def document_for(thing):
    """Return what one works on who opens the thing to change it: the draft, else what is live in full."""
    revision = in_work(thing) or live(thing)
    return revision.document if revision else None


def waiting_afterwards(thing):
    """Return the emergency publication of a thing that waits longest to be approved afterwards, or None."""
    waiting = Revision.objects.of(thing).numbered().exclude(emergency_reason="").filter(approved_by=None)
    return waiting.order_by("published_at").first()


# What every act has in common


def lock(thing):
    """Hold a thing until the transaction ends: the second of two acts sees what the first did."""
    model = filed_under(type(thing))
    held = model._base_manager.select_for_update().filter(pk=thing.pk).first()
    if held is None:
        raise Outdated(_("This draft is no longer there: somebody published or discarded it."))
    return held


def move(revision, act):
    """Bring a revision into the state that an act leads to; return the state it was in."""
    before = revision.state
    revision.state = after(before, act)
    revision.version += 1
    if not revision._state.adding:
        revision.save()
    return before


@contextmanager
def written_down(user, act, thing, revision=None, address=None):
    """Write refused tries into the audit log; what is refused changes nothing else."""
    try:
        with transaction.atomic():
            yield
    except (Forbidden, OutOfSight, Refused, Unfit) as refusal:
        state = revision.state if revision is not None else ""
        audit.note(user, act, thing, revision, state, detail=str(refusal), refused=True, address=address)
        raise


def act_on_revision(act):
    """Make a function an act: rights, sight, state and version are checked before, and all is written down.

    The function gets the revision locked and moved; what it raises undoes the act. `within` is the release
    set that does the act with all of its members.
    """

    def decorate(function):
        @wraps(function)
        def wrapper(user, revision, token=None, address=None, within=None, **options):
            with written_down(user, act, revision.thing, revision, address):
                thing = lock(revision.thing)
                revision = fresh(revision, token)
                if user is not None:
                    demand_sight(user, thing)
                    demand(user, act, revision)
                    demand_some_language(user)
                after(revision.state, act)
                demand_free(act, revision, within)
                result = function(user, revision, thing, **options)
                before = move(revision, act)
                detail = options.get("reason") or options.get("remark") or ""
                audit.note(user, act, thing, revision, before, revision.state, detail, address=address)
                return result if result is not None else revision

        return wrapper

    return decorate


def fresh(revision, token):
    """Return the revision as it is now. Raises Outdated unless it is what the token stands for."""
    try:
        current = Revision.objects.select_for_update().get(pk=revision.pk)
    except Revision.DoesNotExist:
        raise Outdated(_("This draft is no longer there: somebody published or discarded it.")) from None
    if token is not None and token != current.token:
        raise Outdated(_("Somebody else saved or moved this after you opened it. Look at it again first."))
    return current


def demand_free(act, revision, within=None):
    """Raise Refused where a revision becomes public together with others, and so not by itself.

    Whoever holds the thing may trust the answer: a set takes hold of all its things before it is scheduled.
    """
    together = revision.release_set if revision.is_in_work else None
    if together is None or together == within:
        return
    words = {"set": together.name}
    if together.is_scheduled:
        raise Refused(
            _("This is scheduled with the release set “%(set)s”. Unschedule the set first.") % words
        )
    if act in (Act.SCHEDULE, Act.PUBLISH):
        raise Refused(_("This becomes public with the release set “%(set)s”. Take it out first.") % words)


# Writing


@transaction.atomic
def keep_draft(user, thing, document, address=None, former=None):
    """Keep a document as the draft of a thing; return its revision, or None where nothing would change.

    A thing that was never public is itself its draft; its revision says in what state the work is, and
    `former` what the thing said before.
    """
    thing = lock(thing)
    demand(user, Act.SAVE)
    revision = in_work(thing)
    base = revision.base if revision else live(thing)
    if revision or base:
        demand_sight(user, thing)
        former = former or (revision or base).document
    demand_own_texts(user, thing, former, document)
    if revision is None:
        if base is not None and base.document == document and base.state != State.UNPUBLISHED:
            return None
        revision = Revision(author=user, base=base, held_back=base.held_back if base else [])
        revision.about(thing)
        before = ""
    else:
        before = revision.state
        if revision.is_on_its_way:
            # Saved on its way to visitors it would no longer be what was approved.
            raise Refused(_("This is scheduled. Take it off the schedule before you change it."))
        if revision.document != document:
            revision.keep_earlier()
        revision.state = after(before, Act.SAVE)
        revision.version += 1
    revision.document = document
    revision.name_after(named_in(document, thing))
    revision.edited_by, revision.edited_at = user, now()
    revision.save()
    # What somebody just began may be without a country yet.
    demand_sight(user, thing)
    audit.note(user, Act.SAVE, thing, revision, before, revision.state, address=address)
    return revision


def named_in(document, thing):
    """Return the thing with what a document says in its columns, to ask it what it is called."""
    model = type(complete(thing))
    values = {name: value for name, value in document["fields"].items() if value is not None}
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(pk=thing.pk, **{name: fields[name].to_python(value) for name, value in values.items()})


@act_on_revision(Act.SUBMIT)
def submit(user, revision, thing, **options):
    demand_own_words(user, revision, options)
    describe(revision, options)
    if reasons := problems(revision, thing):
        raise NotReady(reasons)
    revision.submitted_by, revision.submitted_at = user, now()
    revision.approved_by = None
    revision.remark = ""
    mails.submitted(revision, thing)


def describe(revision, options):
    """Take over what was said about a change: its note, size, correction and public languages."""
    for name, value in options.items():
        setattr(revision, name, value)


@act_on_revision(Act.RECALL)
def recall(user, revision, thing):
    revision.approved_by = None


@act_on_revision(Act.REJECT)
def reject(user, revision, thing, remark):
    revision.remark = remark
    revision.approved_by = None
    mails.rejected(user, revision, thing)


@act_on_revision(Act.APPROVE)
def approve(user, revision, thing):
    if reasons := problems(revision, thing):
        raise NotReady(reasons)
    revision.approved_by = user
    mails.approved(user, revision, thing)


def approve_and_publish(user, revision, token=None, address=None):
    """Approve and publish in one step: both, or neither."""
    with written_down(user, Act.PUBLISH, revision.thing, revision, address):
        return publish(user, approve(user, revision, token, address), address=address)


@act_on_revision(Act.SCHEDULE)
def schedule(user, revision, thing, publish_at):
    if publish_at <= now():
        raise Refused(_("The appointed time has passed already."))
    revision.publish_at, revision.failure = publish_at, ""


@act_on_revision(Act.UNSCHEDULE)
def unschedule(user, revision, thing):
    revision.publish_at, revision.failure = None, ""


# What must be there


def problems(revision, thing):
    """Return why a revision cannot be public yet, as reasons; an empty list if it can."""
    thing = complete(thing)
    try:
        with as_if(thing, projected(revision.document, type(thing), revision.held_back)):
            reasons = reasons_against(type(thing)._base_manager.get(pk=thing.pk))
    except Unfit as unfit:
        reasons = [unfit]
    return [*reasons, *reasons_against_change(revision)]


def reasons_against_change(revision):
    if revision.base is None or revision.is_minor or in_any_language(revision, "note"):
        return []
    return [_("Say in a note what has changed, or mark it as a small change.")]


# Becoming public, and ceasing to be


@act_on_revision(Act.PUBLISH)
def publish(user, revision, thing):
    make_public(user, revision, thing)


@act_on_revision(Act.EMERGENCY)
def publish_in_emergency(user, revision, thing, reason, **options):
    if not reason:
        raise Refused(_("An emergency needs a reason."))
    describe(revision, options)
    revision.emergency_reason = reason
    # The others of its set go on without it.
    revision.release_set = None
    make_public(user, revision, thing)


@act_on_revision(Act.APPROVE_AFTERWARDS)
def approve_afterwards(user, revision, thing):
    if not revision.emergency_reason or revision.approved_by:
        raise Refused(_("This does not wait to be approved afterwards."))
    revision.approved_by = user


def make_public(user, revision, thing):
    """Let visitors see a revision, with everything that follows from it."""
    former = live(thing)
    if (former and former.pk) != revision.base_id:
        raise Outdated(_("What is public has changed since this draft was begun. Compare the two first."))
    # Looked at where visitors will read it; what is not ready is undone with the whole act.
    try:
        become_public(revision, thing, former)
        reasons = reasons_against(stored(thing))
    except Unfit as unfit:
        reasons = [unfit]
    if reasons := [*reasons, *reasons_against_change(revision)]:
        raise NotReady(reasons)
    reviews.plan(user, thing, revision.author)
    mails.published(user, revision, thing)


def become_public(revision, thing, former):
    """Write a revision to where visitors read, whether or not it may be there."""
    kind = type(complete(thing))
    apply(thing, projected(revision.document, kind, revision.held_back))
    moment = now()
    if former is None:
        revision.major, revision.minor = 1, 0
    elif revision.is_minor:
        revision.major, revision.minor = former.major, former.minor + 1
    else:
        revision.major, revision.minor = former.major + 1, 0
    revision.published_at, revision.failure = moment, ""
    revision.publish_at = None
    if former:
        take_over_ending(revision, former)
        move(former, Act.SUPERSEDE)
        enter_correction(revision, former, thing)
    stamp(thing, moment, is_first=former is None, is_minor=former is not None and revision.is_minor)
    Embargo.objects.of(thing).delete()


def take_over_ending(revision, former):
    """Let what was appointed for the taking down of a thing hold for the version that replaces it, too."""
    if former.take_down_at is None:
        return
    for name in ("take_down_at", *get_translation_fields("ending_reason")):
        setattr(revision, name, getattr(former, name))


def stamp(thing, moment, is_first, is_minor):
    """Write on the row that it is public, since when, and when it last changed in a way that matters.

    Of what was public before on another way it stays unknown since when.
    """
    model = filed_under(type(thing))
    row = model._base_manager.get(pk=thing.pk)
    values = {"is_public": True, "touched_at": moment, "withdrawn_at": None}
    if is_first and not row.first_published_at:
        values["first_published_at"] = moment
    if not is_minor:
        values["changed_at"] = moment
    model._base_manager.filter(pk=thing.pk).update(**values)


def enter_correction(revision, former, thing):
    """Put the notice of a correction on the page, with the title that was there before if it is another."""
    columns = get_translation_fields("correction")
    if not any(getattr(revision, column) for column in columns):
        return
    correction = Correction(revision=revision, replaced=former).about(thing)
    before = projected(former.document, type(complete(thing)), former.held_back)["fields"]
    # In full: a title that is only held back now has not changed.
    after_it = revision.document["fields"]
    for text, said in zip(get_translation_fields("text"), columns, strict=True):
        setattr(correction, text, getattr(revision, said))
    for title, name in zip(get_translation_fields("title"), get_translation_fields("old_title"), strict=True):
        if before.get(title) and before[title] != after_it.get(title):
            setattr(correction, name, before[title])
    correction.save()


@act_on_revision(Act.WITHDRAW)
def withdraw(user, revision, thing, **reason):
    take_reason(user, revision, reason)
    revision.take_down_at = None
    call_off(user, thing)
    filed_under(type(thing))._base_manager.filter(pk=thing.pk).update(withdrawn_at=now(), touched_at=now())


@act_on_revision(Act.REINSTATE)
def reinstate(user, revision, thing):
    filed_under(type(thing))._base_manager.filter(pk=thing.pk).update(withdrawn_at=None, touched_at=now())


@act_on_revision(Act.UNPUBLISH)
def unpublish(user, revision, thing, redirect_to="", **reason):
    take_reason(user, revision, reason)
    revision.redirect_to, revision.take_down_at, revision.failure = redirect_to, None, ""
    if user is not None:
        call_off(user, thing)
    rows = filed_under(type(thing))._base_manager
    rows.filter(pk=thing.pk).update(is_public=False, withdrawn_at=None)
    # Out of sight it is its own draft again, in the languages that were held back, too.
    thing, work = rows.get(pk=thing.pk), in_work(thing)
    try:
        apply(thing, (work or revision).document)
    except Unfit:
        # What somebody works on does not keep it public.
        if work is None:
            raise
        apply(thing, revision.document)


def call_off(user, thing):
    """Take the next version off the schedule: what somebody takes off does not come back by itself."""
    revision = in_work(thing)
    if revision is None:
        return
    demand_free(Act.UNSCHEDULE, revision)
    if revision.state == State.SCHEDULED:
        unschedule(user, revision)


def take_reason(user, revision, reason):
    describe(revision, reason)
    if not in_any_language(revision, "ending_reason"):
        raise Refused(_("Say why, in at least one language: visitors read the reason."))
    if user is None:
        # What was appointed is done, whatever language has been held back since.
        return
    told = copy(revision)
    hold_back(told, revision.held_back)
    if not in_any_language(told, "ending_reason"):
        raise Refused(_("Say why in a public language: visitors get nothing in one that is held back."))


@act_on_revision(Act.TAKE_DOWN_LATER)
def take_down_later(user, revision, thing, take_down_at, **reason):
    take_reason(user, revision, reason)
    if take_down_at is not None and take_down_at <= now():
        raise Refused(_("The appointed time has passed already."))
    revision.take_down_at, revision.failure = take_down_at, ""


def restore(user, earlier, token=None, address=None):
    """Put what an earlier revision says into a draft; return the draft."""
    thing = earlier.thing
    with written_down(user, Act.RESTORE, thing, earlier, address):
        thing = lock(thing)
        demand_sight(user, thing)
        demand(user, Act.RESTORE)
        current = in_work(thing)
        if current is not None:
            fresh(current, token)
            after(current.state, Act.RESTORE)
        with as_if(thing, earlier.document):
            # It must still fit what it refers to; Unfit is raised if not.
            pass
        if not thing.is_public:
            # What visitors do not see is its own draft.
            apply(thing, earlier.document)
        draft = keep_draft(user, thing, earlier.document, address=address)
        audit.note(user, Act.RESTORE, thing, earlier, earlier.state, address=address)
        return draft


def restorable(thing):
    return Revision.objects.filter(content_type=type_of(thing), object_id=thing.pk).numbered()
