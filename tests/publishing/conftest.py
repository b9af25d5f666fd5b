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
