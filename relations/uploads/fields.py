"""Model fields for uploads. Whatever door a file comes through, it is stored clean or not at all."""

import hashlib
import re
from pathlib import PurePosixPath

from django.apps import apps
from django.db import models
from django.db.models.fields.files import FieldFile, ImageFieldFile

from . import documents, pictures
from .addresses import Addressed
from .forms import DocumentFormField, PictureFormField
from .lifetime import delete_if_committed, keep_if_committed
from .renditions import CENTRE, WIDTHS, Rendition, drawn, renditions_of

STEM = re.compile(r"(\w+/[0-9a-f]{32})[-.][\w.-]+", re.ASCII)


def upload_fields():
    """Return every field of the site that holds uploads."""
    fields = (field for model in apps.get_models() for field in model._meta.local_fields)
    return [field for field in fields if isinstance(field, UploadField)]


class StoredFile(Addressed, FieldFile):
    """An uploaded file, reached only through the site's own address for it, wherever it is stored."""

    @property
    def shown_name(self):
        """The name under which a reader saves the file: its title, and the suffix of what it is."""
        return f"{self.instance.file_title}{PurePosixPath(self.name).suffix}"

    def save(self, name, content, save=True):
        content = self.field.cleaned(content)
        super().save(content.name, content, save=False)
        keep_if_committed(self.storage, self.name)
        self.field.describe(self.instance, content)
        if save:
            self.instance.save()


class StoredPicture(StoredFile, ImageFieldFile):
    """An uploaded picture and the sizes made of it."""

    @property
    def renditions(self):
        return self.field.renditions(self.instance)

    @property
    def square(self):
        """The square that keeps the focus, or None of a picture that has no sizes."""
        return next((each for each in self.renditions if each.is_square), None)

    @property
    def whole(self):
        """The sizes that show the whole picture, smallest first."""
        return [each for each in self.renditions if not each.is_square]

    @property
    def srcset(self):
        """What a browser may choose from: the whole picture in its sizes, and itself if it is not large."""
        width, height = self.field.dimensions(self.instance)
        original = Rendition(self.name, width, height, (0, 0, width, height))
        return [*self.whole, *([original] if width <= WIDTHS[-1] else [])]

    def _get_image_dimensions(self):
        # Django's own way of measuring decodes what we would refuse.
        if not hasattr(self, "_dimensions_cache"):
            was_closed = self.closed
            self._dimensions_cache = pictures.size_of(self)
            if was_closed:
                self.close()
        return self._dimensions_cache


class UploadField(models.FileField):
    """What the two kinds of upload share: cleaning, and files that come with their row.

    A row that is deleted may come back: `sweep_uploads` deletes its files once nothing names them any more.
    """

    form_field = None
    content_types = {}
    # Revisions may name a file that its row has dropped; then only `sweep_uploads` deletes it.
    is_kept_for_revisions = False

    @property
    def folder(self):
        return PurePosixPath(self.generate_filename(None, "x")).parts[0]

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": self.form_field, "max_length": None, **kwargs})

    def clean(self, value, model_instance):
        file = super().clean(value, model_instance)
        if file and not file._committed:
            file.file = self.cleaned(file.file)
        return file

    def cleaned(self, file):
        """Return the file as it may be stored; raise ValidationError if it may not."""
        raise NotImplementedError

    def taken_over(self, file):
        """Return a bundle's file as it may be stored: the same to the byte if this site once wrote it."""
        return self.cleaned(file)

    def describe(self, instance, content):
        """Fill the columns that tell of the file."""

    def renditions(self, instance):
        return []

    def names(self, instance) -> set:
        """The names of all files that belong to this field of a row."""
        name = getattr(instance, self.attname).name
        return {name, *(each.name for each in self.renditions(instance))} if name else set()

    def originals(self, name) -> list:
        """The names of the uploads that a file with this name can be, or be a size of."""
        stem = STEM.fullmatch(name)
        return [name, *(f"{stem[1]}{suffix}" for suffix in self.content_types if stem)]

    def pre_save(self, model_instance, add):
        before = set() if add else self.names_before(model_instance)
        file = super().pre_save(model_instance, add)
        after = self.names(model_instance)
        if after - before:
            self.complete(model_instance)
        self.discard(before - after)
        return file

    def names_before(self, instance):
        stored = type(instance)._base_manager.filter(pk=instance.pk).first()
        return self.names(stored) if stored else set()

    def complete(self, instance) -> bool:
        """Make what of the file's sizes is not there yet; return whether anything was missing."""
        return False

    def discard(self, names):
        if not self.is_kept_for_revisions:
            delete_if_committed(self.storage, names)


class CleanImageField(UploadField, models.ImageField):
    """A picture. With `focus_fields` the site makes its declared sizes and crops around that point."""

    attr_class = StoredPicture
    form_field = PictureFormField
    content_types = pictures.CONTENT_TYPES

    def __init__(self, *args, focus_fields=(), **kwargs):
        self.focus_fields = tuple(focus_fields)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.focus_fields:
            kwargs["focus_fields"] = self.focus_fields
        return name, path, args, kwargs

    def cleaned(self, file):
        return pictures.clean_picture(file)

    def taken_over(self, file):
        return pictures.clean_picture(file, keep_plain=True)

    def renditions(self, instance):
        if not self.focus_fields:
            return []
        focus = tuple(getattr(instance, field) for field in self.focus_fields) or CENTRE
        return renditions_of(getattr(instance, self.attname).name, *self.dimensions(instance), focus)

    def dimensions(self, instance):
        return getattr(instance, self.width_field), getattr(instance, self.height_field)

    def complete(self, instance):
        missing = [each for each in self.renditions(instance) if not self.storage.exists(each.name)]
        name = getattr(instance, self.attname).name
        if not missing or not self.storage.exists(name):
            return False
        with self.storage.open(name) as file:
            content = file.read()
        for rendition, drawing in drawn(content, missing):
            keep_if_committed(self.storage, self.storage.save(rendition.name, drawing))
        return True


class PdfField(UploadField):
    """A document, with its size and its SHA-256 in columns of their own."""

    attr_class = StoredFile
    form_field = DocumentFormField
    content_types = documents.CONTENT_TYPES
    is_kept_for_revisions = True

    def __init__(self, *args, size_field="", checksum_field="", **kwargs):
        self.size_field, self.checksum_field = size_field, checksum_field
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        own = {"size_field": self.size_field, "checksum_field": self.checksum_field}
        return name, path, args, kwargs | {key: value for key, value in own.items() if value}

    def cleaned(self, file):
        return documents.clean_document(file)

    def describe(self, instance, content):
        content.seek(0)
        if self.size_field:
            setattr(instance, self.size_field, content.size)
        if self.checksum_field:
            setattr(instance, self.checksum_field, hashlib.sha256(content.read()).hexdigest())
