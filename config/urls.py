"""Addresses of the site: staff under /admin/, visitors under a language, machines at the root."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from relations.admin.files import no_shortcut, staff_media
from relations.uploads.serving import media

urlpatterns = [
    path("admin/language/", set_language, name="set_language"),
    path("admin/media/<path:name>", staff_media, name="staff_media"),
    path("admin/r/<path:address>", no_shortcut),
    path("admin/", admin.site.urls),
    path("media/<path:name>", media, name="media"),
    path("", include("relations.site.root_urls")),
    *i18n_patterns(path("", include("relations.site.urls"))),
]
if find_spec("relations.api"):
    urlpatterns.insert(2, path("api/v1/", include("relations.api.urls")))

handler400 = "relations.site.errors.bad_request"
handler403 = "relations.site.errors.permission_denied"
handler404 = "relations.site.errors.page_not_found"
handler500 = "relations.site.errors.server_error"
