"""Files that templates name exist: with hashed names, a missing one is a server error on every page."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders


def test_every_static_file_named_in_a_template_exists():
    folders = [settings.BASE_DIR / "templates", settings.BASE_DIR / "relations"]
    templates = [file for folder in folders for file in Path(folder).rglob("*.html")]
    named = {
        (match, file.name)
        for file in templates
        for match in re.findall(r"""{% static ["']([^"']+)["']""", file.read_text())
    }

    missing = {(match, name) for match, name in named if not finders.find(match)}

    assert named
    assert missing == set()
