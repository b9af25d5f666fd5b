"""The site with two languages more, one of them written from right to left."""

from config.settings import *  # noqa: F403
from config.settings import LANGUAGES as SHIPPED

LANGUAGES = [*SHIPPED, ("tr", "Türkçe"), ("fa", "فارسی")]
# A copy, in which the test makes the migration that the new languages need.
MIGRATION_MODULES = {"relations": "more_migrations"}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
