"""Another language is a line, a migration and a catalogue: tried with Turkish and, right to left, Persian."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NEW = ("tr", "fa")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run Python with two more languages on a database of its own; returns what it printed."""
    folder = tmp_path_factory.mktemp("more-languages")
    shutil.copytree(ROOT / "relations" / "migrations", folder / "more_migrations")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.more_languages.settings",
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}",
    }

    def run_python(*arguments):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run_python.migrations = folder / "more_migrations"
    return run_python


@pytest.fixture(scope="module")
def migration(run):
    before = set(run.migrations.glob("0*.py"))
    run("manage.py", "makemigrations", "relations")
    run("manage.py", "migrate", "--verbosity=0")
    run("manage.py", "load_demo", "--verbosity=0")
    return set(run.migrations.glob("0*.py")) - before


def test_another_language_is_one_migration_that_only_adds_columns(migration):
    text = [path.read_text() for path in migration]

    assert len(text) == 1
    operations = re.findall(r"migrations\.(\w+)\(", text[0])
    assert set(operations) == {"AddField"}
    names = re.findall(r"^            name='(\w+)'", text[0], re.M)
    assert {name.rpartition("_")[2] for name in names} == set(NEW)
    assert "title_tr" in names
    assert "summary_fa" in names


@pytest.mark.usefixtures("migration")
def test_pages_in_another_language_have_its_direction_and_say_what_they_fall_back_to(run):
    addresses = [f"/{code}/relations/azerbaijan-georgia/" for code in NEW]

    (status_tr, turkish), (status_fa, persian) = json.loads(run("tests/more_languages/visit.py", *addresses))

    assert (status_tr, status_fa) == (200, 200)
    assert '<html lang="tr" dir="ltr">' in turkish
    assert '<html lang="fa" dir="rtl">' in persian
    # The demonstration is not translated: its texts carry their own language and direction, and say so.
    assert re.search(r'<div class="prose" lang="en" dir="ltr">', persian)
    assert "language-notice" in persian
    # Dates are CLDR's for the language, without a catalogue of ours.
    assert "14 Eylül 2010" in turkish


@pytest.mark.usefixtures("migration")
def test_the_admin_offers_another_language_with_its_direction(run):
    code = (
        "import django; django.setup()\n"
        "from django.contrib.auth.models import User\n"
        "from django.test import Client\n"
        "client = Client(headers={'host': 'testserver'})\n"
        "client.force_login(User.objects.create_superuser('editor'))\n"
        "print(client.get('/admin/relations/visit/add/').content.decode())\n"
    )

    form = run("-c", code)

    assert re.search(r'<input[^>]*name="title_fa"[^>]*>', form)
    assert re.search(r'<input[^>]*name="title_fa"[^>]*dir="rtl"', form)
    assert re.search(r'<input[^>]*name="title_tr"[^>]*dir="ltr"', form)
