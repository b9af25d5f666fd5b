from types import SimpleNamespace

import pytest


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.fixture
def administrator(staff):
    return staff("administrator")


@pytest.fixture
def sent_at_once(monkeypatch):
    """Let mail be sent as soon as what it tells of is done, by the thread that did it."""
    at_once = SimpleNamespace(submit=lambda function, *args: function(*args))
    monkeypatch.setattr("relations.publishing.mails.DELIVERY", at_once)
    # The thread would give its own back; this is that of the test.
    monkeypatch.setattr("relations.publishing.mails.close_old_connections", lambda: None)
