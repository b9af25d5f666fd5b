"""Whether an address of this site leads visitors anywhere, asked of the site itself."""

from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, override

# A former number leads to the present address, which may lead to the one with the right title.
MOST_STEPS = 4


def leads_somewhere(request, address: str) -> bool:
    """Ask for a page as a visitor without cookies would, and follow where it leads within the site."""
    site = BaseHandler()
    site.load_middleware()
    for _step in range(MOST_STEPS):
        parts = urlsplit(address)
        if parts.netloc not in ("", request.get_host()) or parts.path.startswith(reverse("admin:index")):
            return False
        # A visitor's language is not that of the one who asks.
        with override(get_language()):
            response = site.get_response(visit(request, parts))
        if response.status_code not in (301, 302):
            return response.status_code == 200
        address = response["Location"]
    return False


def visit(request, parts):
    path = unquote_to_bytes(parts.path).decode("latin-1")
    left_out = ("HTTP_COOKIE", "CONTENT_LENGTH", "CONTENT_TYPE")
    environ = {name: value for name, value in request.META.items() if name not in left_out}
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": iri_to_uri(parts.query)}
    return WSGIRequest({**environ, **asked, "wsgi.input": BytesIO()})
