"""Deleting what was never public, discarding drafts, and undoing either for as long as it is kept."""

from itertools import chain

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, router, transaction
from django.db.models import CASCADE, Exists, OuterRef, Q
from django.db.models.deletion import Collector
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from relations.models import Deletion, PreviewLink, Record, Review, Revision
from relations.models.base import Published
from relations.models.publication import type_of

from . import audit
from .acts import demand_free, fresh, in_work, live, lock, written_down
from .desks import about_what_is_in_sight_of, closed_to, countries_of, demand_sight
from .documents import apply, complete, translated_names
from .rights import Forbidden, demand, permission
from .states import Act, Refused, after

DELETE, BRING_BACK = "delete", "bring_back"
GONE = _("“%(thing)s” names something that has been deleted since. Bring that back first.")


def discard(user, revision, token=None, address=None):
    """Throw a draft of a public thing away; what was never public is deleted itself instead."""
    with written_down(user, Act.DISCARD, revision.thing, revision, address):
        thing = lock(revision.thing)
        revision = fresh(revision, token)
        demand_sight(user, thing)
        demand(user, Act.DISCARD, revision)
        before = revision.state
        after(before, Act.DISCARD)
        demand_free(Act.DISCARD, revision)
        if revision.base is None:
            raise Refused(_("This was never public: delete it instead."))
        audit.note(user, Act.DISCARD, thing, revision, before, address=address)
        # What somebody outside answered stays with the thing.
        revision.preview_links.filter(answered_at__isnull=False).update(revision=revision.base)
        deletion = Deletion(title=revision.title, is_draft=True, rows=rows_of(revision), deleted_by=user)
        deletion.about(thing).save()
        revision.delete()
        return deletion


def was_public(thing):
    """Whether visitors have ever seen a thing: it is never deleted then."""
    return bool(thing.is_public or thing.first_published_at or Revision.objects.of(thing).numbered().exists())


def reason_against(thing):
    """Return why a thing is not deleted; nothing if it may be."""
    if was_public(thing):
        return _("What was public is kept: withdraw or unpublish it.")
    if (revision := in_work(thing)) and revision.is_on_its_way:
        return _("This is scheduled. Take it off the schedule before you delete it.")
    return ""


def forget(user, thing, address=None):
    """Delete the work on a thing that was never public and is about to be deleted itself."""
    # As it is now, and not as it was when somebody opened the page.
    thing = complete(lock(thing))
    if reason := reason_against(thing):
        raise Refused(reason)
    audit.note(user, DELETE, thing, in_work(thing), address=address)
    work = [*Revision.objects.of(thing), *Review.objects.of(thing)]
    deletion = keep(user, thing, *work)
    for row in work:
        row.delete()
    # An embargo stays: the log still says what the thing was called, and holds if it comes back.
    return deletion


def keep(user, thing, *others):
    """Keep a thing that is about to be deleted, with everything that goes with it."""
    thing = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    deletion = Deletion(title=str(thing)[:300], rows=rows_of(thing, *others), deleted_by=user)
    deletion.about(thing).save()
    return deletion


def rows_of(*things):
    """Return the things, and every row that is deleted with them, as Django serialises them."""
    collector = Collector(using=router.db_for_write(type(things[0])))
    for thing in things:
        collector.collect([thing])
    rows = list(chain(*collector.data.values(), *collector.fast_deletes))
    # An address that was handed out stays dead; what was answered under it is kept.
    rows = [row for row in rows if not isinstance(row, PreviewLink) or row.answered_at]
    return [without_copies(row) for row in serializers.serialize("python", rows)]


def without_copies(row):
    """Leave out what stands in rows of its own, or in the column of a language."""
    model = apps.get_model(row["model"])
    copies = {*translated_names(model), *(field.name for field in model._meta.many_to_many)}
    return row | {"fields": {name: value for name, value in row["fields"].items() if name not in copies}}


# Undoing


def in_reach_of(user):
    """Return what a user may bring back: what they deleted themselves, an administrator what others did."""
    closed = closed_to(user).filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id"))
    kept = Deletion.objects.kept().exclude(Exists(closed))
    # A draft is of something that is still there.
    drafts = about_what_is_in_sight_of(user, Deletion.objects.filter(is_draft=True))
    kept = kept.filter(Q(is_draft=False) | Q(pk__in=drafts.values("pk")))
    sees_others = user.has_perm(permission(Act.EMERGENCY)) and countries_of(user) is None
    return kept if sees_others else kept.filter(deleted_by=user)


def bring_back(user, deletion, address=None):
    """Undo a deletion: the same thing is there again, at its address, or the same draft. Return the thing.

    Raises Refused where it is no longer kept, where something else stands in its place, and where it
    names something that is gone.
    """
    with written_down(user, BRING_BACK, deletion, address=address):
        deletion = in_reach_of(user).select_for_update().filter(pk=deletion.pk).first()
        if deletion is None:
            raise Refused(_("This is no longer kept: it was brought back already, or its time is over."))
        demand_deleting(user, deletion)
        thing = bring_back_draft(deletion) if deletion.is_draft else bring_back_thing(deletion)
        is_published = isinstance(thing, Published)
        if is_published:
            demand_sight(user, thing)
        revision = in_work(thing) if is_published else None
        audit.note(user, BRING_BACK, thing, revision, address=address)
        deletion.delete()
        return thing


def bring_back_draft(deletion):
    if deletion.thing is None:
        # The record has become part of another one.
        raise Refused(GONE % {"thing": deletion})
    thing = lock(deletion.thing)
    if in_work(thing):
        raise Refused(_("There is another draft by now. Publish or discard that one first."))
    restore(deletion, base=live(thing).pk)
    if not thing.is_public:
        # What visitors do not see is its own draft.
        apply(thing, in_work(thing).document)
    return complete(thing)


def bring_back_thing(deletion):
    restore(deletion)
    model = deletion.content_type.model_class()
    thing = model._base_manager.filter(pk=deletion.object_id).first()
    if thing is None:
        raise Refused(GONE % {"thing": deletion})
    return complete(thing)


def demand_deleting(user, deletion):
    """Raise Forbidden unless the user might do themselves what they undo."""
    if deletion.is_draft:
        demand(user, Act.DISCARD)
    elif not user.has_perm(f"relations.delete_{deletion.content_type.model}"):
        raise Forbidden(
            _("Your role does not allow this: %(act)s.") % {"act": pgettext_lazy("act", "Bring back")}
        )


def restore(deletion, **different):
    """Write the rows of a deletion as they were; what is said about revisions may be different now."""
    different |= {"release_set": None}
    rows = [
        row | {"fields": row["fields"] | different} if row["model"] == Revision._meta.label_lower else row
        for row in deletion.rows
    ]
    # Columns without a language follow from those of the first one.
    with override(settings.LANGUAGE_CODE):
        found = fitting(understood(rows), deletion)
        try:
            with transaction.atomic():
                for one in found:
                    one.save_base(raw=True, force_insert=True)
        except IntegrityError:
            taken = _("Something else has taken the place of “%(thing)s”, such as its reference.")
            raise Refused(taken % {"thing": deletion}) from None


def understood(rows):
    """Return the rows as objects. Raises Refused where the site's tables are others by now."""
    try:
        found = [one.object for one in serializers.deserialize("python", rows)]
    except (serializers.base.DeserializationError, FieldDoesNotExist) as error:
        raise Refused(_("This was kept in a form that the site no longer understands.")) from error
    for one in found:
        if type(one) is Record:
            one.complete()
    return found


def fitting(found, deletion):
    """Return the rows without those whose owner is gone. Raises Refused where one names what is gone."""
    there = {(type(one), one.pk) for one in found}
    missing = [
        (one, field)
        for one in found
        for field in one._meta.local_concrete_fields
        if field.is_relation and not is_there(field, getattr(one, field.attname), there)
    ]
    ownerless = [one for one, field in missing if is_gone_for_good(one, field)]
    if any(one not in ownerless for one, _field in missing):
        raise Refused(GONE % {"thing": deletion})
    return fitting([one for one in found if one not in ownerless], deletion) if ownerless else found


def is_gone_for_good(row, field):
    """Whether a row belonged to something that does not come back any more, such as a merged record."""
    owner = {"content_type": type_of(field.related_model()), "object_id": getattr(row, field.attname)}
    return field.remote_field.on_delete is CASCADE and not Deletion.objects.kept().filter(**owner).exists()


def is_there(field, key, there):
    model = field.related_model
    return key is None or (model, key) in there or model._base_manager.filter(pk=key).exists()


def purge():
    """Let go of what has been kept long enough; return how much that was."""
    number, _by_model = Deletion.objects.outlived().delete()
    return number
