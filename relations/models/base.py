"""What several kinds of things share: identity, publication, languages."""

import re
import uuid
from functools import cache
from html import unescape

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import get_translation_fields

from relations.letters import in_plain_letters

from .nesting import NestingQuerySet

# A uuid made from (model, ref) is the same on every database that a bundle is imported into.
NAMESPACE = uuid.UUID("6f0d1c1e-9d0b-5a55-9a5e-0b11a7e7a100")

TAG = re.compile(r"<[^<>]*>")

validate_ref = RegexValidator(
    r"^[a-z0-9]+(?:[.-][a-z0-9]+)*\Z",
    _("Use lower-case letters a–z, digits, hyphens and points, for example “agri-declaration”."),
)


def languages():
    """The languages of the site as choices; a callable, so that a new language is no new migration here."""
    return settings.LANGUAGES


def default_language():
    return settings.LANGUAGE_CODE


def in_any_language(obj, field):
    """Return a text for staff: in the language of their interface, else in the first that has one."""
    texts = (getattr(obj, column) for column in (field, *get_translation_fields(field)))
    return next(filter(None, texts), "")


def in_plain_words(obj, fields):
    """Return all that translated texts of an object say, in every language, as it is searched."""
    texts = filter(None, [getattr(obj, column) for column in columns_in_every_language(tuple(fields))])
    return "\n".join(in_plain_letters(without_markup(text)) for text in texts)


@cache
def columns_in_every_language(fields):
    return [column for field in fields for column in get_translation_fields(field)]


def without_markup(text):
    return unescape(TAG.sub(" ", text) if "<" in text else text)


class ReadableEncoder(DjangoJSONEncoder):
    """JSON with letters of every script as they are, so that the database can search in it."""

    def __init__(self, **options):
        super().__init__(**options | {"ensure_ascii": False})


def as_ref(words):
    """Write words so that they may stand in a reference: `2011-01/2011-03` → `2011-01-2011-03`."""
    parts = (re.sub(r"[^a-z0-9]+", "-", part).strip("-") for part in str(words).lower().split("."))
    return ".".join(filter(None, parts))


def uuid_for(model, ref):
    """Return the uuid that an object of `model` with this `ref` gets wherever it is first entered."""
    return uuid.uuid5(NAMESPACE, f"{model._meta.model_name}:{ref}")


class Identified(models.Model):
    """A thing whose identity outlives renames, new addresses and moves between databases."""

    uuid = models.UUIDField(_("permanent identifier"), unique=True, editable=False, default=uuid.uuid4)
    ref = models.CharField(
        _("reference"),
        max_length=150,
        unique=True,
        blank=True,
        validators=[validate_ref],
        help_text=_(
            "A stable name for exchange files. Leave empty to have one made; do not change it later."
        ),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.ref:
            self.ref = self.free_ref()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "ref"}
        super().save(*args, **kwargs)

    def natural_ref(self):
        """Return the reference that follows from what the thing is, or else the head of its uuid."""
        return self.uuid.hex[:12]

    def free_ref(self):
        """Return the natural reference, numbered if another object has it already."""
        base, others = as_ref(self.natural_ref()), type(self)._base_manager.exclude(pk=self.pk)
        ref, number = base, 1
        while others.filter(ref=ref).exists():
            number += 1
            ref = f"{base}-{number}"
        return ref


class PublishedQuerySet(NestingQuerySet):
    def published(self):
        """Only what visitors may see. Public code reads through this method and no other way."""
        return self.filter(is_public=True)


class Published(models.Model):
    """A thing that visitors see or do not. The row is what they see; work on it is a revision beside it."""

    # The rows that belong to the thing and are published together with it, by the names they have there.
    parts = ()

    is_public = models.BooleanField(_("public"), default=False, editable=False)
    first_published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    # A small change, such as a mended letter, moves the last of these only.
    changed_at = models.DateTimeField(_("last changed"), null=True, editable=False)
    touched_at = models.DateTimeField(_("last touched"), null=True, editable=False)
    # Still to be read, under a banner that says why it no longer holds.
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    class Meta:
        abstract = True

    def settle(self):
        """Bring in line what follows from the parts, after they were written together."""


class Part(models.Model):
    """A row that belongs to one other object and has no life without it.

    Its key is a uuid made before the row is saved, so that a row of an unpublished change keeps its identity.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
