"""What answers where something was public once: that it is gone and why, or the way to what replaces it."""

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from relations.models import FormerNumber, Page, Record, Revision
from relations.publishing.documents import hold_back


def missing_record(request, number):
    """Answer for a number under which no record is public."""
    former = FormerNumber.objects.select_related("record").filter(pk=number).first()
    if former and former.record.is_public:
        return HttpResponsePermanentRedirect(former.record.get_absolute_url())
    key = former.record_id if former else number
    return ended(request, Revision.objects.of_all(Record).filter(object_id=key))


def missing_page(request, slug):
    """Answer for an address at which no page of the staff is public."""
    # Its row may have another name by now, which nobody was told yet.
    return ended(request, Revision.objects.of_all(Page).filter(document__fields__slug=slug))


def ended(request, revisions):
    """Answer for what was unpublished. Raises Http404 where nothing was ever public."""
    ending = revisions.filter(state=Revision.State.UNPUBLISHED).defer("document").first()
    if ending is None:
        raise Http404("Nothing public is or was here.")
    if address := replacement(request, ending.redirect_to):
        return HttpResponsePermanentRedirect(address)
    return gone(request, ending, ending.held_back)


def gone(request, ending, held_back):
    """Say that something was public and no longer is, with the reason that was given and nothing else."""
    hold_back(ending, held_back)
    return render(request, "410.html", {"ending": ending}, status=410)


def replacement(request, address):
    """Return the address that a visitor is led to, in their language; empty if it leads nowhere else."""
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None) or not address.startswith("/"):
        return ""
    address = in_own_language(address)
    # What leads to itself in whatever spelling would lead there for ever.
    return "" if place(address) == place(request.path) else address


def in_own_language(address):
    """Return an address of this site under the language of the page; one without any language stays so."""
    _root, first, *rest = address.split("/")
    path = "/".join(rest) if first in dict(settings.LANGUAGES) else address[1:]
    own = f"/{get_language()}/{path}"
    return own if is_valid_path(own.partition("?")[0].partition("#")[0]) else address


def place(address):
    """Return what an address is about, such as `records/12`, whatever follows."""
    return address.partition("?")[0].partition("#")[0].split("/")[2:4]
