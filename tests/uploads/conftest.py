from pathlib import Path

import pytest


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
