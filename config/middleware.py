"""What happens to every request before a view sees it, and to every answer after."""

import logging
from urllib.parse import unquote_to_bytes

from csp.constants import NONCE
from csp.middleware import CSPMiddleware
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DataError
from django.http import HttpResponseNotAllowed
from django.urls import get_resolver
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin

logger = logging.getLogger(__name__)

STAFF_ADDRESS = "/admin/"
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
QUERY_LENGTH = 4096

# The rich-text editor of the admin needs its import map and adds one style element, always the same.
STAFF_SOURCES = {
    "script-src": [NONCE],
    "style-src": ["'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
}


def is_for_staff(request) -> bool:
    return request.path_info.startswith(STAFF_ADDRESS)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """One strict policy for the whole site, with the editor's two exceptions for staff."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        # A preview is the public page itself.
        if is_for_staff(request) and not getattr(request, "is_preview", False):
            parts.update = {**STAFF_SOURCES, **(parts.update or {})}
        return parts


class HeadersMiddleware(MiddlewareMixin):
    """Headers that Django has no setting for."""

    def process_response(self, request, response):
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if is_for_staff(request):
            add_never_cache_headers(response)
        return response


class RefusalMiddleware(MiddlewareMixin):
    """Write down what members of staff tried without the right to it."""

    def process_exception(self, request, exception):
        is_refusal = isinstance(exception, PermissionDenied) and not hasattr(exception, "is_written_down")
        if is_refusal and is_for_staff(request) and request.user.is_authenticated:
            # Models can be imported only once settings, which name this module, are read.
            from relations.publishing import audit

            detail, address = f"{request.method} {request.path}", request.META.get("REMOTE_ADDR")
            audit.note(request.user, "denied", detail=detail, refused=True, address=address)


class OddRequestMiddleware(MiddlewareMixin):
    """Refuse what no browser sends, and blame the request for values no database column can hold."""

    def process_request(self, request):
        query = request.META.get("QUERY_STRING", "")
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if len(query) > QUERY_LENGTH:
            return bad_request(request, "The query is too long.")
        # WSGI hands over bytes as if they were Latin-1 text.
        if "\0" in request.path_info or not is_text(unquote_to_bytes(query.encode("latin-1"))):
            return bad_request(request, "The address is not text.")

    def process_exception(self, request, exception):
        if isinstance(exception, OverflowError | DataError):
            return bad_request(request, f"A value is out of range: {exception}")


def is_text(value: bytes) -> bool:
    """Whether the bytes are UTF-8 without a NUL, which PostgreSQL and file systems refuse."""
    try:
        return "\0" not in value.decode()
    except UnicodeDecodeError:
        return False


def bad_request(request, reason: str):
    """Answer with the site's own page; raising BadRequest would log a traceback for each such visitor."""
    logger.warning("%s", reason)
    return get_resolver().resolve_error_handler(400)(request, exception=BadRequest(reason))


class VisitorMiddleware(MiddlewareMixin):
    """Public pages are the same for everyone: cookies are neither read nor set outside the admin."""

    def process_request(self, request):
        if not is_for_staff(request):
            request.META.pop("HTTP_COOKIE", None)

    def process_response(self, request, response):
        if not is_for_staff(request):
            response.cookies.clear()
            varies = [name.strip() for name in response.get("Vary", "").split(",") if name.strip()]
            if "Cookie" in varies:
                # Said by Django's language redirect, although no cookie was read.
                varies.remove("Cookie")
                response["Vary"] = ", ".join(varies)
        return response
