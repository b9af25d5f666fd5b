"""What an operator sets, what the site refuses, and what a live database connection says."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import global_settings, settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from environs import Env

ROOT = Path(__file__).parent.parent
SETTINGS = ROOT / "config" / "settings.py"
KEY = "a-sufficiently-long-and-random-looking-key-0123456789-xyz"
PRODUCTION = {
    "DEBUG": "False",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "relations.example.org",
    "SITE_URL": "https://relations.example.org",
    "DATABASE_URL": "sqlite:///tests.sqlite3",
}

# Settings that Django does not know, by the package or module that reads them.
OWNERS = {
    # Without a default, so not in Django's list of defaults.
    "django": {"ROOT_URLCONF"},
    "config": {"BASE_DIR", "SITE_URL", "VAR_DIR"},
    "django-csp": {"CONTENT_SECURITY_POLICY"},
    "django-modeltranslation": {"MODELTRANSLATION_DEFAULT_LANGUAGE", "MODELTRANSLATION_ENABLE_FALLBACKS"},
    "django-permissions-policy": {"PERMISSIONS_POLICY"},
    "whitenoise": {"WHITENOISE_ALLOW_ALL_ORIGINS"},
    "this module itself": {"COOKIE_PREFIX", "DATABASE", "EMAIL", "HTTPS"},
}

# Read by the scripts in deploy/, before Django starts.
READ_BY_SCRIPTS = {"BIND", "PORT"}


def load_settings(root: Path = ROOT, **environment) -> dict:
    """Run config/settings.py as a new process would, with no other variables and without .env."""
    file = root / "config" / "settings.py"
    names = {"__file__": str(file), "__name__": "config.settings"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "environ", environment)
        patch.setattr(Env, "read_env", lambda self, *arguments, **options: None)
        exec(compile(SETTINGS.read_text(), file, "exec"), names)  # noqa: S102
    return names


def manage(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def variables_read() -> set[str]:
    """The names given to env.str(), env.bool() and their like."""
    calls = (node for node in ast.walk(ast.parse(SETTINGS.read_text())) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.func.attr != "read_env"
    }


def test_production_without_anything_names_all_that_is_missing():
    with pytest.raises(ImproperlyConfigured, match="^Set SECRET_KEY, ALLOWED_HOSTS, SITE_URL in the env"):
        load_settings()


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
def test_production_without_one_variable_names_only_that(missing):
    given = PRODUCTION | {missing: ""}

    with pytest.raises(ImproperlyConfigured, match=f"^Set {missing} in the environment"):
        load_settings(**given)


@pytest.mark.parametrize("key", ["short", "x" * 80, "django-insecure-" + KEY])
def test_production_with_a_weak_key_is_refused(key):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is too short or well known"):
        load_settings(**PRODUCTION | {"SECRET_KEY": key})


@pytest.mark.parametrize("address", ["relations.example.org", "ftp://relations.example.org", "https://"])
def test_site_url_that_is_no_address_is_refused(address):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL is the site's public address"):
        load_settings(**PRODUCTION | {"SITE_URL": address})


def test_email_url_of_an_unknown_kind_is_refused():
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL begins with"):
        load_settings(**PRODUCTION | {"EMAIL_URL": "pigeon://mail.example.org"})


def test_debugging_needs_no_environment():
    loaded = load_settings(DEBUG="True")

    assert loaded["SITE_URL"] == "http://127.0.0.1:8000"
    assert loaded["SECRET_KEY"] != load_settings(DEBUG="True")["SECRET_KEY"]


def test_a_manage_command_in_production_says_what_is_missing():
    refused = manage("check", **PRODUCTION | {"SITE_URL": "", "SECRET_KEY": ""})

    assert refused.returncode == 1
    assert "Set SECRET_KEY, SITE_URL in the environment" in refused.stderr


def test_check_deploy_finds_nothing_in_production():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_https_site_has_cookies_for_this_host_only():
    loaded = load_settings(**PRODUCTION)

    assert loaded["SESSION_COOKIE_NAME"] == "__Host-session"
    assert loaded["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert loaded["SESSION_COOKIE_SECURE"]
    assert loaded["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600


def test_http_site_does_not_promise_tls():
    loaded = load_settings(**PRODUCTION | {"SITE_URL": "http://127.0.0.1:8000"})

    assert loaded["SESSION_COOKIE_NAME"] == "session"
    assert not loaded["SESSION_COOKIE_SECURE"]
    assert not loaded["SECURE_SSL_REDIRECT"]
    assert loaded["SECURE_PROXY_SSL_HEADER"] is None


def test_database_path_may_contain_spaces_and_percent_signs():
    loaded = load_settings(Path("/srv/100% of relations"), DEBUG="True")

    assert loaded["DATABASES"]["default"]["NAME"] == "/srv/100% of relations/var/bilateral.sqlite3"


def test_every_variable_read_is_documented_and_every_documented_one_is_read():
    in_readme = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "README.md").read_text(), re.MULTILINE))
    in_example = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert in_readme == variables_read() | READ_BY_SCRIPTS
    assert in_example == variables_read()


def test_every_setting_is_known_to_django_or_has_an_owner():
    names = {name for name in load_settings(**PRODUCTION) if name.isupper()}
    owned = set().union(*OWNERS.values())

    unknown = {name for name in names - owned if not hasattr(global_settings, name)}

    assert unknown == set()
    assert owned - names == set()


def test_only_the_list_of_languages_and_the_default_name_a_language():
    codes = {code for code, name in settings.LANGUAGES}
    strings = [
        node.value for node in ast.walk(ast.parse(SETTINGS.read_text())) if isinstance(node, ast.Constant)
    ]

    named = [text for text in strings if text in codes]

    assert sorted(named) == sorted([*codes, settings.LANGUAGE_CODE])


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20000)],
)
def test_sqlite_connection_is_set_up_to_keep_what_it_acknowledged(pragma, value):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")

        assert cursor.fetchone()[0] == value


def test_sqlite_transactions_take_the_write_lock_at_once():
    options = load_settings(**PRODUCTION)["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"


def test_postgres_connection_does_not_wait_for_ever():
    loaded = load_settings(
        **PRODUCTION | {"DATABASE_URL": "postgres://u:p@db.example.org/bilateral", "DATABASE_TIMEOUT": "5"}
    )
    options = loaded["DATABASES"]["default"]["OPTIONS"]

    assert options["connect_timeout"] == 5
    assert "statement_timeout=5000" in options["options"]


def test_json_log_line_is_one_object_without_control_characters():
    script = (
        "import django, logging; django.setup();"
        "logging.getLogger('relations').warning('first\\nsecond \\x1b[31m %s', 'word')"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**PRODUCTION, "LOG_FORMAT": "json", "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    (line,) = run.stderr.splitlines()

    assert json.loads(line)["message"] == "first\nsecond \x1b[31m word"
    assert "\x1b" not in line
