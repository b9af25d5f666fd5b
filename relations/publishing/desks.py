"""What a member of staff sees: the countries of their desk, and what is not under an embargo for them."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, ForeignKey, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from relations.models import (
    Desk,
    Embargo,
    Mission,
    Notice,
    Observation,
    Page,
    Record,
    RecordParty,
    Relation,
    RelationLevel,
    Revision,
    SectorText,
)
from relations.models.base import Published
from relations.models.publication import filed_under, type_of

from .rights import permission, published_models
from .states import Act, Refused


class OutOfSight(Refused):
    """A thing that this person is not to see: another desk's, or under an embargo."""

    def __init__(self):
        super().__init__(_("This touches no country of your desk."))


def desk_of(user):
    return Desk.objects.filter(user=user).first()


def countries_of(user):
    """Return the keys of the countries of a user's desk; None where all are theirs."""
    if user.is_superuser:
        return None
    keys = set(Desk.countries.through.objects.filter(desk__user=user).values_list("country", flat=True))
    return keys or None


def languages_of(user):
    """Return the languages whose texts alone a translator may change; None for those who write everything."""
    if user.has_perm(permission(Act.DISCARD)):
        return None
    desk = desk_of(user)
    return list(desk.languages) if desk else []


def language_of_mails_to(user):
    desk = desk_of(user)
    return desk.mail_language if desk else settings.LANGUAGE_CODE


def touching(model, countries):
    """Return the condition that a thing touches one of the countries."""
    pair = Q(relation__country_a__in=countries) | Q(relation__country_b__in=countries)
    if issubclass(model, Record):
        parties = RecordParty.objects.filter(record=OuterRef("pk"), country__in=countries)
        return Q(Exists(parties))
    return {
        Relation: Q(country_a__in=countries) | Q(country_b__in=countries),
        Mission: Q(sending__in=countries) | Q(receiving__in=countries),
        SectorText: pair,
        Observation: pair,
        RelationLevel: pair,
        Notice: pair,
        # Pages are the whole site's.
        Page: Q(pk__in=[]),
    }[model]


def begun_by(user, model, kind):
    """Return the condition that a user began a record to which no country is a party yet."""
    if not issubclass(model, Record):
        return Q(pk__in=[])
    own = Revision.objects.filter(content_type=kind, object_id=OuterRef("pk"), author=user)
    parties = RecordParty.objects.filter(record=OuterRef("pk"), country__isnull=False)
    return Q(Exists(own)) & ~Q(Exists(parties))


def in_sight_of(user, queryset):
    """Narrow things that are published to those that a user may see in the admin."""
    model = queryset.model
    if not issubclass(model, Published):
        return queryset
    kind = type_of(model())
    countries = countries_of(user)
    if countries is not None:
        queryset = queryset.filter(touching(model, countries) | begun_by(user, model, kind))
    return queryset.exclude(Exists(closed_to(user).filter(content_type=kind, object_id=OuterRef("pk"))))


def closed_to(user):
    """Return the embargoes that keep a user out; no administrator, once all their people have left."""
    named = Q(users=user) | Q(groups__in=user.groups.all()) | Q(created_by=user)
    closed = Embargo.objects.exclude(pk__in=Embargo.objects.filter(named).values("pk"))
    return closed.filter(pk__in=kept_by_somebody()) if user.has_perm(permission(Act.EMERGENCY)) else closed


def kept_by_somebody():
    """Return the embargoes that name at least one person who is still on the staff."""
    staff = get_user_model().objects.filter(is_active=True, is_staff=True)
    named = Q(users__in=staff) | Q(groups__user__in=staff) | Q(created_by__in=staff)
    return Embargo.objects.filter(named).values("pk")


def demand_sight(user, thing):
    """Raise OutOfSight unless a user may see the thing."""
    model = filed_under(type(thing))
    if not in_sight_of(user, model._base_manager.filter(pk=thing.pk)).exists():
        raise OutOfSight()


def sees_everything(user):
    """Whether nothing is kept from a user: no desk, and no embargo of others."""
    return countries_of(user) is None and not closed_to(user).exists()


def parts_in_sight_of(user, rows):
    """Narrow rows, such as citations, to those that name nothing which a user may not see."""
    if issubclass(rows.model, Published):
        return in_sight_of(user, rows)
    for field in keys_of_things(rows.model):
        things = in_sight_of(user, field.related_model._base_manager.filter(pk=OuterRef(field.attname)))
        rows = rows.filter(Q(**{f"{field.name}__isnull": True}) | Exists(things))
    return rows


def keys_of_things(model):
    """Return the foreign keys of a model to things that are published."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and not field.remote_field.parent_link
        and issubclass(field.related_model, Published)
    ]


def about_what_is_in_sight_of(user, rows):
    """Narrow revisions, entries of the log and the like to those about things that a user may see."""
    about = {"content_type": OuterRef("content_type"), "object_id": OuterRef("object_id")}
    rows = rows.exclude(Exists(closed_to(user).filter(**about)))
    countries = countries_of(user)
    if countries is None:
        return rows
    for model in {filed_under(model) for model in published_models()}:
        kind = type_of(model())
        things = model._base_manager.filter(pk=OuterRef("object_id"))
        seen = things.filter(touching(model, countries) | begun_by(user, model, kind))
        rows = rows.filter(~Q(content_type=kind) | Exists(seen))
    return rows
