"""Files follow the database: what a transaction stored goes if it is rolled back, what it dropped if not.

Django tells when a transaction is committed, and silently forgets what waited for it otherwise. So a stored
file waits there as an object that deletes the file when it is forgotten. A process that is killed forgets
nothing; `manage.py sweep_uploads` finds what it left.
"""

import weakref
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

_held = ContextVar("held", default=None)


class Stored:
    """A file just written. It is deleted with this object, unless it is kept first."""

    def __init__(self, storage, name):
        self._delete = weakref.finalize(self, storage.delete, name)

    def keep(self):
        self._delete.detach()


def keep_if_committed(storage, name):
    stored = Stored(storage, name)
    held = _held.get()
    if held is None:
        transaction.on_commit(stored.keep)
    else:
        held.append(stored)


def delete_if_committed(storage, names):
    for name in names:
        transaction.on_commit(lambda name=name: storage.delete(name), robust=True)


@contextmanager
def outliving_rollback():
    """Let files stored inside live although their transaction is rolled back on purpose, as a draft's is.

    They then depend on the transaction around this block, which saves the draft that names them.
    """
    held = []
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    for stored in held:
        transaction.on_commit(stored.keep)
