"""Pictures and other files that travel beside a bundle, in a folder, named by their content."""

import hashlib
import re
import shutil
from pathlib import Path, PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import File as OpenFile
from django.core.files.images import get_image_dimensions
from django.core.files.uploadedfile import UploadedFile

from .values import Field, text_of
from .wrong import Wrong, shown


class File(Field):
    """A stored file, written as the SHA-256 of its content and its suffix."""

    says = "SHA-256 and suffix of a file"
    written = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}", re.ASCII)

    def __init__(self, model, name, attribute=None, *, checksum=None, size=None):
        super().__init__(model, name, attribute)
        self.checksum, self.size = checksum, size
        self.columns += (checksum,) if checksum else ()

    def check(self, value):
        if not self.written.fullmatch(text_of(value)):
            raise Wrong(f"{shown(value)} is no SHA-256 with a suffix, such as 2c26…e7ae.jpg")
        return value

    def read(self, values):
        name, *checksum = values
        if not name:
            return None
        content = checksum[0] if any(checksum) else content_hash(self.source.storage, name)
        return content and f"{content}{PurePosixPath(name).suffix.lower()}"

    def mentions(self, value):
        yield self, value, (self.name,), False

    def store(self, value, found):
        if value is None:
            return {self.source.attname: ""}
        name, size = found.kept_file(self, value)
        columns = {self.source.attname: name}
        if self.checksum:
            columns |= {self.checksum: value.partition(".")[0], self.size: size}
        return columns | self.measured(name)

    def measured(self, name) -> dict:
        """Width and height, where the field keeps them."""
        if not getattr(self.source, "width_field", None):
            return {}
        with self.source.storage.open(name) as file:
            width, height = get_image_dimensions(file)
        return {self.source.width_field: width, self.source.height_field: height}

    def stored_names(self, value):
        """Files in the storage that have this content already, where a column says so."""
        if not self.checksum:
            return []
        same = self.source.model._base_manager.filter(**{self.checksum: value.partition(".")[0]})
        return list(same.values_list(self.source.attname, self.size)[:1])


def content_hash(storage, name):
    """The SHA-256 of a stored file; nothing if the storage has lost it."""
    try:
        with storage.open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


class Folder:
    """The folder that holds a bundle's files, and what an import has stored of them so far."""

    def __init__(self, path=None):
        self.path = path and Path(path)
        self.stored = []

    def problem_with(self, field, value) -> str:
        """Why this file cannot be taken over; nothing if it can."""
        path = self.path and self.path / value
        if not path or not path.is_file():
            if field.stored_names(value):
                return ""
            return f"{shown(value)} is not in the folder of files" if path else "needs --files, its folder"
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != value.partition(".")[0]:
                return f"{shown(value)} has other content than its name says"
            file.seek(0)
            upload = UploadedFile(file, value, size=path.stat().st_size)
            try:
                stored = field.source.taken_over(upload).read()
            except ValidationError as error:
                return f"{shown(value)}: {' '.join(error.messages)}"
        if hashlib.sha256(stored).hexdigest() != value.partition(".")[0]:
            # Stored otherwise than named, it would be another file at the next import.
            return f"{shown(value)} is not as this site stores files; upload it in the admin instead"
        return ""

    def keep(self, field, value) -> tuple[str, int]:
        """Take the file over into the site's storage; return the name it has there, and its size."""
        path = self.path and self.path / value
        if not path or not path.is_file():
            return field.stored_names(value)[0]
        storage = field.source.storage
        with path.open("rb") as file:
            name = storage.save(field.source.generate_filename(None, value), OpenFile(file))
        self.stored.append((storage, name))
        return name, path.stat().st_size

    def discard(self):
        """Delete what was stored; for an import that did not happen."""
        for storage, name in self.stored:
            storage.delete(name)

    def collect(self, field, name, value):
        """Copy a stored file into the folder."""
        target = self.path / value
        if not target.exists():
            with field.source.storage.open(name) as file, target.open("wb") as copy:
                shutil.copyfileobj(file, copy)
