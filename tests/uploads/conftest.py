from pathlib import Path

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """An empty storage for each test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def stored(media_root):
    """Say which files are stored at the moment."""

    def names():
        return {str(path.relative_to(media_root)) for path in Path(media_root).rglob("*") if path.is_file()}

    return names


class ReadingClient(Client):
    """A visitor who reads what is sent to the end, so that the server can close its file."""

    def request(self, **request):
        response = super().request(**request)
        response.body = b"".join(response)
        return response


@pytest.fixture
def client():
    return ReadingClient()


@pytest.fixture
def admin_client(django_user_model, db):
    client = ReadingClient()
    client.force_login(django_user_model.objects.create_superuser("chief"))
    return client
