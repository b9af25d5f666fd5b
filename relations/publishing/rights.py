"""Who may do what: one table of roles and acts, from which groups, tests and docs/rights.md are made."""

from django.apps import apps as installed
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relations.models import AuditEntry
from relations.models.base import Published

from .states import Act, Refused


class Role(models.TextChoices):
    """What somebody is in the house; each is a group of Django's."""

    AUTHOR = "author", pgettext_lazy("role", "Author")
    TRANSLATOR = "translator", pgettext_lazy("role", "Translator")
    EDITOR = "editor", pgettext_lazy("role", "Editor")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")


class Sight(models.TextChoices):
    """What somebody does without moving anything."""

    PREVIEW = "preview", pgettext_lazy("act", "Preview")
    COMPARE = "compare", pgettext_lazy("act", "Compare")
    LINK = "link", pgettext_lazy("act", "Make a preview link")


EVERYBODY = frozenset(Role)
WRITERS = frozenset({Role.AUTHOR, Role.EDITOR, Role.ADMINISTRATOR})
EDITORS = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

# The site itself supersedes what something newer replaces.
RIGHTS = {
    Act.SAVE: EVERYBODY,
    Act.DISCARD: WRITERS,
    Act.SUBMIT: EVERYBODY,
    Act.RECALL: EVERYBODY,
    Act.REJECT: EDITORS,
    Act.APPROVE: EDITORS,
    Act.SCHEDULE: EDITORS,
    Act.UNSCHEDULE: EDITORS,
    Act.PUBLISH: EDITORS,
    Act.EMERGENCY: ADMINISTRATORS,
    Act.APPROVE_AFTERWARDS: EDITORS,
    Act.WITHDRAW: EDITORS,
    Act.REINSTATE: EDITORS,
    Act.UNPUBLISH: EDITORS,
    Act.TAKE_DOWN_LATER: EDITORS,
    Act.RESTORE: WRITERS,
    Sight.PREVIEW: EVERYBODY,
    Sight.COMPARE: EVERYBODY,
    Sight.LINK: WRITERS,
}

# Nobody does these with what they themselves submitted or last edited.
NEEDS_OTHER_EYES = frozenset({Act.APPROVE, Act.PUBLISH, Act.SCHEDULE, Act.APPROVE_AFTERWARDS})

# What is kept for the whole site shows at once wherever it is named: authors add to it, editors change it.
REGISTERS = (
    "appointment",
    "country",
    "formernumber",
    "image",
    "indicator",
    "organisation",
    "person",
    "sector",
    "source",
)
VERBS = ("view", "add", "change", "delete")


class Forbidden(Refused):
    """An act that this person may not do at all, or not with this thing."""


def permission(act):
    """Return the permission of Django's that an act needs."""
    return f"relations.{act.value}_revision"


def demand(user, act, revision=None):
    """Raise Forbidden unless the user may do the act with the revision, their desk and embargoes apart."""
    if not user.has_perm(permission(act)):
        raise Forbidden(_("Your role does not allow this: %(act)s.") % {"act": act.label})
    if revision is None or act not in NEEDS_OTHER_EYES:
        return
    if is_own(user, revision) or (act == Act.APPROVE_AFTERWARDS and hurried(user, revision)):
        raise Forbidden(
            _("Somebody else has to do this: you submitted or last edited it yourself (%(act)s).")
            % {"act": act.label}
        )


def is_own(user, revision):
    return user.pk in (revision.submitted_by_id, revision.edited_by_id)


def hurries_of(user):
    """Return what the log says of emergency publications by a user."""
    return AuditEntry.objects.filter(act=Act.EMERGENCY, actor=user, is_refused=False)


def hurried(user, revision):
    """Whether it was this user who published it in an emergency; lists have asked for all at once."""
    if "is_hurried" in revision.__dict__:
        return revision.is_hurried
    return hurries_of(user).filter(revision=revision.pk).exists()


def published_models():
    """Return the models of things that are published, kinds of records among them."""
    return [
        model for model in installed.get_app_config("relations").get_models() if issubclass(model, Published)
    ]


def part_models():
    """Return the models of rows that are edited on the form of what they belong to."""
    from .documents import part_model

    return {part_model(model, name)[0] for model in published_models() for name in model.parts}


def model_rights():
    """Return who may view, add, change and delete what: {model name: {verb: roles}}."""
    things = [model._meta.model_name for model in published_models()]
    parts = sorted(model._meta.model_name for model in part_models())
    work = {"view": EVERYBODY, "add": WRITERS, "change": EVERYBODY, "delete": WRITERS}
    return {
        **dict.fromkeys(things, work),
        **dict.fromkeys(parts, work),
        **dict.fromkeys(
            REGISTERS, {"view": EVERYBODY, "add": WRITERS, "change": EDITORS, "delete": ADMINISTRATORS}
        ),
        # A fact of its own that visitors see at once.
        "membership": {"view": EVERYBODY, "add": EDITORS, "change": EDITORS, "delete": ADMINISTRATORS},
        # A set is dissolved, not deleted.
        "releaseset": {"view": EVERYBODY, "add": EDITORS, "change": EDITORS},
        "embargo": {"view": EDITORS, "add": EDITORS, "change": EDITORS, "delete": EDITORS},
        "review": {"view": EVERYBODY, "add": WRITERS, "change": WRITERS, "delete": WRITERS},
        "revision": {"view": EVERYBODY},
        "correction": {"view": EVERYBODY},
        "previewlink": {"view": WRITERS},
        "deletion": {"view": WRITERS},
        "auditentry": {"view": EDITORS},
        "desk": dict.fromkeys(VERBS, ADMINISTRATORS),
    }


def permissions_of(role):
    """Return the permissions of a role: {(app, codename)}."""
    found = {("relations", f"{act.value}_revision") for act, roles in RIGHTS.items() if role in roles}
    for model, verbs in model_rights().items():
        found |= {("relations", f"{verb}_{model}") for verb, roles in verbs.items() if role in roles}
    if role == Role.ADMINISTRATOR:
        found |= {("auth", f"{verb}_user") for verb in ("view", "add", "change")}
        found |= {("auth", "view_group")}
    return found


def set_up_groups(group_model, permission_model):
    """Make a group of each role, with exactly the permissions of the table; run as often as one likes."""
    known = {
        (one.content_type.app_label, one.codename): one
        for one in permission_model.objects.select_related("content_type")
    }
    for role in Role:
        group, _is_new = group_model.objects.get_or_create(name=role.value)
        group.permissions.set(known[key] for key in permissions_of(role))
