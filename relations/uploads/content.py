"""What an uploaded file holds, read without trusting its name or the size it claims."""

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _


def content_of(file, most_bytes) -> bytes:
    """Return the file's bytes. Raises ValidationError if there are more than allowed, before reading them."""
    if file.size > most_bytes:
        raise too_large(file.size, most_bytes)
    file.seek(0)
    content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise too_large(len(content), most_bytes)
    return content


def too_large(size, most_bytes):
    return ValidationError(
        _("The file is too large (%(size)s). At most %(most)s are allowed: make it smaller and try again."),
        code="too_large",
        params={"size": filesizeformat(size), "most": filesizeformat(most_bytes)},
    )
