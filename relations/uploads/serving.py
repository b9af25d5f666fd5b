"""The addresses of uploads: a file is there while something public shows it, and is nothing but a file."""

import re
from pathlib import PurePosixPath

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from .fields import upload_fields

HEADERS = {
    "Cache-Control": "public, no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
SHOWN_LENGTH = 100
# Path separators, what file systems refuse, and invisible characters: controls, marks of direction.
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+')


@require_safe
def media(request, name):
    """Answer with a file that belongs to something public; only then are its conditions looked at."""
    field = field_for(name)
    holder = holder_of(field, name, field.model._default_manager.with_public_file())
    if holder is None:
        raise Http404("Nothing public has this file.")
    return answer(request, field, holder, name)


def field_for(name):
    """Return the field whose uploads lie in the folder that a name begins with."""
    for field in upload_fields():
        if name.startswith(f"{field.folder}/") and PurePosixPath(name).suffix in field.content_types:
            return field
    raise Http404("There are no such files.")


def holder_of(field, name, queryset):
    """Return the row that a file belongs to as it is now, or None."""
    holders = queryset.filter(**{f"{field.attname}__in": field.originals(name)})
    return next((holder for holder in holders if name in field.names(holder)), None)


def answer(request, field, holder, name):
    stored = name
    if holder is not None and not field.storage.exists(name):
        # A size that was not made yet: the picture itself shows the same.
        stored = getattr(holder, field.attname).name
    etag = quote_etag(stored)
    response = get_conditional_response(request, etag=etag) or file_response(field, holder, stored)
    for header, value in {**HEADERS, "ETag": etag}.items():
        response[header] = value
    return response


def file_response(field, holder, stored):
    path = PurePosixPath(stored)
    title = fit(getattr(holder, field.attname).shown_name) if holder is not None else path.name
    is_picture = field.content_types[path.suffix].startswith("image/")
    try:
        file = field.storage.open(stored)
    except FileNotFoundError as error:
        raise Http404("The file is lost.") from error
    return FileResponse(
        file,
        as_attachment=not is_picture,
        filename=path.name if is_picture else title,
        content_type=field.content_types[path.suffix],
    )


def fit(name):
    """Return a name under which every system can save a file."""
    path = PurePosixPath(" ".join(UNFIT.sub(" ", name).split()).strip(" ."))
    return f"{path.stem[:SHOWN_LENGTH].strip(' .')}{path.suffix}"
