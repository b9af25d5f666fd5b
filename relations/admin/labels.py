"""What the name of a thing is made of, so that lists and choices load it in one query; where it is edited."""

from django.db.models import CASCADE, ForeignKey
from django.urls import reverse

from relations import models
from relations.publishing.rights import Role

# The foreign keys that the name of a thing of this kind reads; all others have their name in themselves.
NAMED_AFTER = {
    models.Relation: ("country_a", "country_b"),
    models.Mission: ("sending", "receiving"),
    models.SectorText: ("relation", "sector"),
    models.RelationLevel: ("relation",),
    models.Observation: ("indicator", "relation"),
    models.Membership: ("country", "organisation"),
    models.RecordSector: ("sector",),
    models.RecordParty: ("country", "organisation"),
    models.RecordPerson: ("person",),
    models.RecordLink: ("to",),
    models.AgreementAct: ("country", "organisation"),
    models.Citation: ("source",),
}


def named_after(model, prefix=""):
    """Return the paths for `select_related` that the name of an object of the model reads."""
    paths = []
    for name in NAMED_AFTER.get(model, ()):
        paths.append(f"{prefix}{name}")
        paths += named_after(model._meta.get_field(name).remote_field.model, f"{prefix}{name}__")
    return paths


def with_names_of(model, names):
    """Return the paths that load the named foreign keys together with what their names read."""
    paths = []
    for name in names:
        paths += [name, *named_after(model._meta.get_field(name).remote_field.model, f"{name}__")]
    return paths


def owners(model):
    """Return the names of the foreign keys to things that a row of the model is a part of."""
    return [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.remote_field.on_delete is CASCADE
        and not field.remote_field.parent_link
    ]


def edited_on(row, site):
    """Return the object on whose form a row is edited: itself, or what it is a part of."""
    if site.is_registered(type(row)):
        return row
    for name in owners(type(row)):
        if getattr(row, f"{name}_id") is not None:
            return edited_on(getattr(row, name), site)
    return row


def change_address(obj):
    """Return the address of an object's form; a record's is that of its own kind."""
    name = obj.kind if type(obj) is models.Record else obj._meta.model_name
    return reverse(f"admin:{obj._meta.app_label}_{name}_change", args=[obj.pk])


def group_name(group):
    """Return what a group is called: a role in the language of the reader, any other by its own name."""
    return Role(group.name).label if group.name in Role.values else group.name
