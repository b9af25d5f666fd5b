"""Documents: PDF by content, without anything that acts by itself.

What the check sees: names in the file's own text, escaped or not, and in object streams compressed the usual
way. What it cannot see: an object stream hidden behind another filter. Therefore a document is also only ever
handed out as a download that no browser opens in the site's name (serving.py), and an encrypted one, in
which nothing can be seen, is refused.
"""

import re
import zlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from .content import content_of

MOST_BYTES = 20 * 1024**2
CONTENT_TYPES = {".pdf": "application/pdf"}

HEAD = b"%PDF-"
TAIL = b"%%EOF"
TAIL_LENGTH = 2048
# How much of compressed object streams is read: a document has less, a bomb has more.
MOST_INFLATED = 64 * 1024**2

# How far before a stream the words stand that say what it holds.
DICTIONARY_LENGTH = 1000

STREAM = re.compile(rb"stream\r?\n")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
NAME_ENDS = rb"(?![^\s()<>\[\]{}/%])"
ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|GoToE|Rendition)" + NAME_ENDS
)
# Short names turn up by chance in compressed pictures, so they count in the file's own text only.
ACTIVE_IN_TEXT = re.compile(rb"/(JS|XFA)" + NAME_ENDS)
ENCRYPTED = re.compile(rb"/Encrypt" + NAME_ENDS)


class CleanDocument(ContentFile):
    """A PDF that was looked through; only `clean_document` makes one."""


def clean_document(file) -> CleanDocument:
    """Return the document as it came. Raises ValidationError if it is no PDF, or one that acts by itself."""
    if isinstance(file, CleanDocument):
        return file
    content = content_of(file, MOST_BYTES)
    if not content.startswith(HEAD):
        raise ValidationError(
            _("This is not a PDF, whatever its name says. Save the document as PDF and upload it again."),
            code="not_a_document",
        )
    if TAIL not in content[-TAIL_LENGTH:]:
        raise ValidationError(
            _("The PDF is cut short. Upload it again, or save it anew first."), code="broken"
        )
    refuse_active(content)
    return CleanDocument(content, name="document.pdf")


def refuse_active(content):
    parts = list(texts(content))
    whole = unescaped(content)
    if ENCRYPTED.search(whole):
        raise ValidationError(
            _("The PDF is protected, so it cannot be checked. Save it without password and restrictions."),
            code="encrypted",
        )
    if ACTIVE.search(whole) or any(map(is_active, parts)):
        raise ValidationError(
            _("The PDF holds scripts, forms or other files. Print it to a new PDF and upload that one."),
            code="active",
        )


def is_active(text):
    return ACTIVE.search(text) or ACTIVE_IN_TEXT.search(text)


def unescaped(text):
    """Return PDF text with its names spelt out: /J#61vaScript is /JavaScript."""
    return ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), text)


def texts(content):
    """Yield what a PDF says in words: all that stands between its streams, and its compressed objects."""
    position, left = 0, MOST_INFLATED
    while match := STREAM.search(content, position):
        end = content.find(b"endstream", match.end())
        if end < 0:
            break
        text = unescaped(content[position : match.start()])
        yield text
        if b"/ObjStm" in text[-DICTIONARY_LENGTH:]:
            objects = inflated(content[match.end() : end], left)
            left -= len(objects)
            yield unescaped(objects)
        position = end + len(b"endstream")
    yield unescaped(content[position:])


def inflated(packed, most):
    """Return compressed objects as text; nothing of what is packed in another way."""
    try:
        text = zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
    if len(text) >= most:
        raise ValidationError(
            _("The PDF is too complex to be checked. Print it to a new PDF."), code="too_complex"
        )
    return text
