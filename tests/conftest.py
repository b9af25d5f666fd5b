"""The site as the tests see it: production settings, a database of their own, no network."""

import os
import shutil
import socket
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

# Before any setting is read. DATABASE_URL is given by with_postgres.sh; .env never decides about a test.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "False",
    "SECRET_KEY": "only-for-tests-" + "0123456789abcdefghij" * 2,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "DATABASE_URL": os.environ.get("DATABASE_URL", "sqlite:///tests.sqlite3"),
    "DATABASE_TIMEOUT": "0",
    "EMAIL_URL": "memory:",
    "LOG_FORMAT": "text",
    "TIME_ZONE": "UTC",
    # Playwright keeps an event loop in the main thread, where Django would refuse to query.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}

FOLDER = Path(tempfile.mkdtemp(prefix="bilateral-tests-"))


def pytest_configure():
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = FOLDER / "media"
    settings.STATIC_ROOT = FOLDER / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # Static files come from where they are written, without collectstatic.
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # In memory, the threads of a live server would share one connection and its locks.
        database.setdefault("TEST", {})["NAME"] = str(FOLDER / "tests.sqlite3")


def pytest_sessionstart():
    from django.core.management import call_command

    call_command("compile_catalogues")


def pytest_unconfigure():
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Nothing the site does, or a test, may need the internet."""
    connect = socket.socket.connect

    def connect_nearby(self, address):
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            pytest.fail(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_nearby)
        yield


@pytest.fixture(autouse=True, scope="session")
def emptying():
    """An SQLite is emptied after some tests row by row, which what is kept for ever would refuse."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    empty = DatabaseOperations.execute_sql_flush

    def empty_without_rules(self, statements):
        with self.connection.cursor() as cursor:
            rules = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        lifted = [f"DROP TRIGGER {name}" for name, _rule in rules]
        empty(self, [*lifted, *statements, *(rule for _name, rule in rules)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", empty_without_rules)
        yield


@pytest.fixture(autouse=True, scope="session")
def mail_waits():
    """A thread that sends mail would see nothing of a test's transaction, and wait for its end."""
    idle = SimpleNamespace(submit=lambda function, *args: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("relations.publishing.mails.DELIVERY", idle)
        yield


@pytest.fixture(scope="session")
def chromium():
    """The system's own Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    programs = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
    program = next(filter(None, programs), None)
    assert program, "The browser tests need Chromium; `make test` installs it."
    with sync_playwright() as playwright:
        # As root, Chromium cannot make the sandbox it wants; it only meets pages of this site.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server):
    """A new visitor's window. The test fails if the page breaks its own content security policy."""
    context = chromium.new_context(base_url=live_server.url, locale="en-GB")
    page = context.new_page()
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    yield page
    context.close()
    assert [text for text in messages if "Content Security Policy" in text] == []


@pytest.fixture
def roles(db):
    """The groups of the table of rights, also where a test emptied the database before."""
    # pytest reads this file before Django is set up.
    from django.contrib.auth.models import Group, Permission

    from relations.publishing.rights import set_up_groups

    set_up_groups(Group, Permission)
    return {group.name: group for group in Group.objects.all()}


@pytest.fixture
def staff(roles, django_user_model):
    """Make a member of staff with a role: staff("author")."""

    def make(role, username=None):
        name = username or role
        user = django_user_model.objects.create_user(
            name, f"{name}@example.org", "a long pass phrase", is_staff=True
        )
        user.groups.add(roles[role])
        return user

    return make
