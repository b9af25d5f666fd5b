from django.apps import AppConfig

from . import capitals


class RelationsConfig(AppConfig):
    name = "relations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Before the first label is written; the catalogues that name the capital letters are known by now.
        capitals.install()
