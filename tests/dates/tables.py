"""Tables for the models of a test module."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def made(*models):
    """Create the tables, outside any transaction, and drop them afterwards."""
    with connection.schema_editor() as editor:
        for model in models:
            editor.create_model(model)
    yield
    with connection.schema_editor() as editor:
        for model in reversed(models):
            editor.delete_model(model)
