"""Drafts for somebody outside who was sent a link: no account, no cookie, and nothing for whoever guesses."""

import logging

from django import forms
from django.conf import settings
from django.db import IntegrityError, InternalError, OperationalError
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from relations.publishing import preview_links
from relations.publishing.documents import Unfit
from relations.publishing.preview import Bar, NoPage, as_if_public, page_of
from relations.uploads.serving import media

from .errors import WITHOUT_FURNITURE

logger = logging.getLogger(__name__)

# An answer in any script, and what the form adds to it.
LARGEST_BODY = 64 * 1024
HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
# Seconds after which it is worth trying again.
LATER = "60"


class AnswerForm(forms.Form):
    """What somebody outside says to the question that came with their link."""

    name = forms.CharField(label=_("Your name"), max_length=preview_links.LONGEST_NAME)
    text = forms.CharField(
        label=_("Your answer"),
        max_length=preview_links.LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def for_holders_of_a_key(view):
    """Let a view answer those whose key opens something; everybody else gets one and the same page."""

    def answer(request, key, **options):
        link = preview_links.open_link(key)
        try:
            response = view(request, key, link, **options) if link else gone(request)
        except (Http404, NoPage, Unfit, IntegrityError):
            response = gone(request)
        except (OperationalError, InternalError):
            # Making a preview writes and rolls back; a database that only reads, or is busy, cannot do it.
            logger.exception("A preview could not be made.")
            response = plain_page(request, "relations/preview_later.html", 503)
            response["Retry-After"] = LATER
        for header, value in HEADERS.items():
            response[header] = value
        add_never_cache_headers(response)
        return response

    return answer


# The key is the secret here. A token against forged forms would need a cookie, which visitors do not get.
@csrf_exempt
@for_holders_of_a_key
def preview(request, key, link):
    """Show a draft in any language, with the question on it if there is one."""
    if request.method == "POST" and link.question:
        return take_answer(request, key, link)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return draft(request, key, link, AnswerForm() if link.question else None)


def draft(request, key, link, form, status=200):
    language = chosen_language(request)
    bar = Bar(link.revision, language, is_live=False, link=link, answer_form=form)
    with override(language):
        response = page_of(request, link.revision.thing, link.revision, bar, ("preview_media", key))
    response.status_code = status
    return response


def take_answer(request, key, link):
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length[:20]) > LARGEST_BODY:
        return HttpResponse(status=413)
    with override(chosen_language(request)):
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return draft(request, key, link, form, 422)
    name, text = form.cleaned_data["name"], form.cleaned_data["text"]
    if not preview_links.answer(key, name, text, request.META.get("REMOTE_ADDR")):
        return gone(request)
    return plain_page(request, "relations/preview_answered.html", 200)


@for_holders_of_a_key
def preview_media(request, key, link, name):
    """Answer with a file that something public has, or this draft."""
    with as_if_public(link.revision.thing, link.revision):
        return media(request, name)


def gone(request):
    return plain_page(request, "relations/preview_gone.html", 404)


def plain_page(request, template, status):
    """Answer with a page about which the database is asked nothing."""
    language = chosen_language(request)
    with override(language):
        response = render(request, template, WITHOUT_FURNITURE, status=status)
    response["Content-Language"] = language
    return response


def chosen_language(request):
    """Return the language of the address, if it says one, else that of the visitor's browser."""
    language = request.GET.get("language")
    return language if language in dict(settings.LANGUAGES) else get_language()
