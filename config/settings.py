"""Settings of the site.

Whatever differs between a laptop and a ministry's servers comes from the environment; the variables are
listed in README.md and .env.example. Sections follow the order of Django's own settings reference.
"""

from pathlib import Path
from urllib.parse import quote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

# Required in production

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", get_random_secret_key() if DEBUG else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [".localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000" if DEBUG else "").rstrip("/")

required = {"SECRET_KEY": SECRET_KEY, "ALLOWED_HOSTS": ALLOWED_HOSTS, "SITE_URL": SITE_URL}
if missing := [name for name, value in required.items() if not value]:
    raise ImproperlyConfigured(
        f"Set {', '.join(missing)} in the environment. README.md lists every setting; "
        "`make run` chooses values for a local installation by itself."
    )
if not DEBUG and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or "insecure" in SECRET_KEY):
    raise ImproperlyConfigured("SECRET_KEY is too short or well known: use 50 or more random characters.")
if urlsplit(SITE_URL).scheme not in {"http", "https"} or not urlsplit(SITE_URL).hostname:
    raise ImproperlyConfigured("SITE_URL is the site's public address, such as https://relations.example.org")

HTTPS = SITE_URL.startswith("https://")

# Databases

DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL",
        f"sqlite:///{quote(str(VAR_DIR / 'bilateral.sqlite3'))}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # As Django configures it, SQLite refuses most writes of several editors at once ("database is locked"),
    # and in WAL mode with synchronous=NORMAL a power cut may lose a save that was acknowledged.
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    # The server sets a limit for itself (config/wsgi.py); commands such as migrate may take their time.
    timeout = env.int("DATABASE_TIMEOUT", 0) * 1000
    DATABASE["OPTIONS"] = {
        "connect_timeout": 5,
        # Pages join many small tables: compiling such a plan takes longer than running it.
        "options": f"-c jit=off -c statement_timeout={timeout} -c lock_timeout=10000",
        # The server has many more threads than PostgreSQL should have connections.
        "pool": {"min_size": 0, "max_size": 16, "timeout": 5},
        **DATABASE.get("OPTIONS", {}),
    }
    # The pool keeps connections, and checks them before it hands them out.
    DATABASE["CONN_MAX_AGE"] = 0

# Email

EMAIL = env.dj_email_url("EMAIL_URL", "console:")
if "EMAIL_BACKEND" not in EMAIL:
    raise ImproperlyConfigured("EMAIL_URL begins with console:, smtp:, smtps: or submission:")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL["EMAIL_HOST"] or "localhost"
EMAIL_PORT = EMAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"webmaster@{urlsplit(SITE_URL).hostname}")

# Files and uploads

MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "media/"
# One form holds every language of a record and its parties, people and citations: 1,000 is not enough.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# A file larger than any form accepts never fills the disk.
FILE_UPLOAD_HANDLERS = [
    "relations.uploads.handlers.LimitingUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# HTTP

WSGI_APPLICATION = "config.wsgi.application"
MIDDLEWARE = [
    # What adds headers stands before what answers, so that files, redirects and errors have them too.
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.HeadersMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Sessions, sign-in and messages below exist for /admin/ only: this one takes visitors' cookies away.
    "config.middleware.VisitorMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.middleware.OddRequestMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.middleware.RefusalMiddleware",
]
SECURE_SSL_REDIRECT = HTTPS
# A probe on the machine itself speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS

# Languages, dates and numbers

# The one list of languages. Adding one is one line here, one migration and a catalogue (CONTRIBUTING.md).
LANGUAGES = [
    ("en", "English"),
    ("az", "Azərbaycanca"),
    ("ka", "ქართული"),
    ("ru", "Русский"),
    ("uz", "Oʻzbekcha"),
    ("tg", "Тоҷикӣ"),
]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [
    BASE_DIR / "relations" / "locale",
    BASE_DIR / "relations" / "dates" / "locale",
    BASE_DIR / "relations" / "uploads" / "locale",
    # What Django and other packages leave untranslated.
    BASE_DIR / "config" / "locale",
]
FORMAT_MODULE_PATH = ["config.formats"]
# Staff choose a language for the admin; a visitor's language is in the address.
LANGUAGE_COOKIE_PATH = "/admin/"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = env.str("TIME_ZONE", "UTC")

# Logging

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "config.logs.TextFormatter"},
        "json": {"()": "config.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": env.str("LOG_FORMAT", "text")},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        # The development server's own line for each request.
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Anyone can send a wrong Host; it is answered 400 and is no fault of the site.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

# Models

INSTALLED_APPS = [
    # Before the admin, whose classes it extends.
    "modeltranslation",
    "relations",
    # The admin, as staff see it.
    "relations.staff.StaffConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # `runserver` leaves static files to WhiteNoise, as production does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_prose_editor",
    "js_asset",
    "csp",
]

# Security

# Joining the browsers' HSTS preload list is a decision about a whole domain, not about this site.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# Templates

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "relations.site.context.furniture",
            ],
        },
    },
]

# URLs

ROOT_URLCONF = "config.urls"

# django.contrib.auth

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# django.contrib.sessions, and the CSRF cookie, which needs the same care

# Browsers accept a __Host- cookie from this very host only, over TLS.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = HTTPS
# Eight idle hours, counted from the last request.
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = True
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "relations.admin.not_saved.stale"

# django.contrib.staticfiles and WhiteNoise

STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# By default WhiteNoise lets every other site use the files.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# django-csp and django-permissions-policy

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

# django-modeltranslation

MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
# A missing translation is said on the page; it is never filled silently with another language.
MODELTRANSLATION_ENABLE_FALLBACKS = False
