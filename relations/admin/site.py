"""What the admin as a whole is called."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_title = admin.site.site_header = "Bilateral"
admin.site.index_title = _("What staff keep")
