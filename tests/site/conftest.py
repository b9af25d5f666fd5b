import pytest
from django.db import transaction
from django.utils.translation import override

from . import reading


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language behind; the next test's addresses are not to follow it."""
    with override("en"):
        yield


@pytest.fixture
def get(client):
    """Ask for an address; it must be there, or answer as said."""

    def ask(address, status=200, **options):
        answer = client.get(address, **options)
        assert answer.status_code == status, (address, answer.status_code, answer.headers.get("Location"))
        return reading.Page(answer)

    return ask


@pytest.fixture(scope="module")
def entered_once(django_db_setup, django_db_blocker):
    # Models cannot be imported before Django is set up.
    from .content import Content

    with django_db_blocker.unblock(), transaction.atomic():
        yield Content()
        transaction.set_rollback(True)


@pytest.fixture
def content(entered_once, db):
    """The content of a module's tests; what a test changes in the database is undone after it."""
    return entered_once
