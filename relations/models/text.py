"""Formatted text: what editors may use, and the cleaning that lets nothing else through."""

import re

import nh3
from django_prose_editor.fields import ProseEditorField

LINK_SCHEMES = ["http", "https", "mailto", "tel"]

# Few formats on purpose: pages keep one typography, and pasted office markup loses the rest.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": LINK_SCHEMES},
    "History": True,
}

# A parser may read broken HTML otherwise once it was repaired: it is cleaned until nothing changes any more.
MOST_PASSES = 10

_cleaner = nh3.Cleaner(
    tags={"p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "a"},
    attributes={"a": {"href", "title"}},
    url_schemes=set(LINK_SCHEMES),
    link_rel="noopener noreferrer",
)
_too_high_heading = re.compile(r"<(/?)h[12](?=[\s>/])", re.IGNORECASE)
_empty = re.compile(r"\A(?:\s|<p>\s*(?:<br>)?\s*</p>)*\Z")


def clean_html(html):
    """Return the HTML with only the formats that editors are offered; page headings are lowered to h3.

    Cleaning twice gives the same as cleaning once. Text without any content becomes the empty string.
    """
    for _time in range(MOST_PASSES):
        before, html = html, cleaned_once(html)
        if html == before:
            break
    return "" if _empty.match(html) else html


def cleaned_once(html):
    # A byte order mark inside a text is left over from a file; a parser drops it or not by where it stands.
    return _cleaner.clean(_too_high_heading.sub(r"<\1h3", html)).replace("\ufeff", "")


class RichTextField(ProseEditorField):
    """A text with few formats, cleaned on every way into the database: form, bundle, bulk or shell."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", clean_html)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if not value:
            return value
        cleaned = clean_html(value)
        if cleaned != value:
            setattr(model_instance, self.attname, cleaned)
        return cleaned
