"""Where uploads are reached: visitors at one address, staff, who also see what is not public, at another."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.urls import reverse

# The name of the address that pages lead to, and what stands in it before the name of the file.
_door = ContextVar("door", default=("media",))


class Addressed:
    """Something stored under a `name`."""

    @property
    def url(self):
        name, *args = _door.get()
        return reverse(name, args=[*args, self.name])

    @property
    def staff_url(self):
        return reverse("staff_media", args=[self.name])


@contextmanager
def files_behind(*door):
    """Let pages that are made in the block lead to files at another address, as previews of drafts do."""
    token = _door.set(door)
    try:
        yield
    finally:
        _door.reset(token)
