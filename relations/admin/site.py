"""What the admin as a whole is called, and a door of it that stays shut."""

from django.contrib import admin
from django.http import Http404
from django.utils.translation import gettext_lazy as _

admin.site.site_title = admin.site.site_header = "Bilateral"
admin.site.index_title = _("What staff keep")


def no_shortcut(request, address):
    """Django leads from a number of any table to the page of that row, whoever may see it: not here."""
    raise Http404("There is no such door.")
