"""Embargoes: a thing that is not public yet is kept from all but the people and groups named."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relations.models import Embargo

from . import audit
from .acts import lock, written_down
from .desks import demand_sight
from .rights import Forbidden
from .states import Refused

ORDER, LIFT = "embargo", "lift_embargo"


def embargo_on(thing):
    return Embargo.objects.of(thing).first()


def may_order(user):
    return user.has_perm("relations.change_embargo")


def demand_order(user, thing):
    demand_sight(user, thing)
    if not may_order(user):
        raise Forbidden(_("Your role does not allow to order an embargo."))


def order(user, thing, users=(), groups=(), reason="", address=None):
    """Let nobody but the people and groups named see a thing. Whoever orders it is always among them."""
    with written_down(user, ORDER, thing, address=address):
        thing = lock(thing)
        demand_order(user, thing)
        if thing.is_public:
            raise Refused(_("Visitors see this already: there is nothing to keep back."))
        embargo = embargo_on(thing) or Embargo(created_by=user).about(thing)
        embargo.reason = reason
        embargo.save()
        embargo.users.set({*users, user})
        embargo.groups.set(groups)
        note_order(user, thing, embargo, address)
        return embargo


def note_order(user, thing, embargo, address):
    named = ", ".join(map(str, [*embargo.users.all(), *embargo.groups.all()]))
    detail = f"{named}: {embargo.reason}" if embargo.reason else named
    audit.note(user, ORDER, thing, detail=detail, address=address)


def lift(user, thing, address=None):
    """Let everybody on the staff see a thing again; publication does the same by itself."""
    with written_down(user, LIFT, thing, address=address):
        thing = lock(thing)
        demand_order(user, thing)
        Embargo.objects.of(thing).delete()
        audit.note(user, LIFT, thing, address=address)


def join(user, kept, other, address=None):
    """Let an embargo on a record hold for the one that it becomes part of; two let in who was let in by both.

    The other's stays as well: the log still says what that record was called.
    """
    own, former = embargo_on(kept), embargo_on(other)
    if former is None:
        return
    people = let_in(former) & let_in(own) if own else {*former.users.all(), former.created_by, user} - {None}
    embargo = own or Embargo(reason=former.reason).about(kept)
    # Whoever merges the two sees both.
    embargo.created_by = user
    embargo.save()
    embargo.users.set(people)
    embargo.groups.set([] if own else former.groups.all())
    note_order(user, kept, embargo, address)


def let_in(embargo):
    named = Q(pk__in=embargo.users.all()) | Q(groups__in=embargo.groups.all()) | Q(pk=embargo.created_by_id)
    return set(get_user_model().objects.filter(named))
