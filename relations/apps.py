from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from . import capitals


class RelationsConfig(AppConfig):
    name = "relations"
    verbose_name = _("Relations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Before the first label is written; the catalogues that name the capital letters are known by now.
        capitals.install()
