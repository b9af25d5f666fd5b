"""Reading an answer as a visitor's browser does: elements, attributes and words."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What may load or run something, or make the page another than its template.
DANGEROUS = {
    "script",
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "svg",
    "math",
    "template",
    "noscript",
    "marquee",
    "audio",
    "video",
    "portal",
    "foreignobject",
    "isindex",
    "xmp",
    "plaintext",
    "dialog",
}
ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "srcset", "background", "cite", "ping"}


class Page(HTMLParser):
    """A page's elements in order, its words, and the words of its main part."""

    def __init__(self, response):
        super().__init__(convert_charrefs=True)
        self.source = response.content.decode()
        self.elements = []
        self.open = []
        self.faults = []
        self.words_by_element = {}
        self.feed(self.source)
        self.close()
        if self.open:
            self.faults.append(f"never closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(name for name, _number in self.open)))
        if len({name for name, _value in attrs}) < len(attrs):
            self.faults.append(f"an attribute twice in <{tag}>")
        if tag not in VOID:
            self.open.append((tag, len(self.elements) - 1))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
            return
        self.open.pop()

    def handle_data(self, data):
        for _tag, number in self.open:
            self.words_by_element.setdefault(number, []).append(data)

    def words(self, tag="body", **attributes):
        """The words of every such element, one string each; `class_` is for a single class."""
        return [
            " ".join("".join(self.words_by_element.get(number, [])).split())
            for number, (name, has, _within) in enumerate(self.elements)
            if name == tag and all(matches(has, key, value) for key, value in attributes.items())
        ]

    def pairs(self, tag, within=None, class_=None):
        """The attributes and words of every such element."""
        for number, (name, has, outside) in enumerate(self.elements):
            if (
                name == tag
                and (not within or within in outside)
                and (not class_ or matches(has, "class_", class_))
            ):
                yield has, " ".join("".join(self.words_by_element.get(number, [])).split())

    @property
    def text(self):
        return self.words("body")[0]

    @property
    def main(self):
        return self.words("main")[0]

    def all(self, tag, within=None):
        """The attributes of every such element, or of those within another."""
        return [
            has for name, has, outside in self.elements if name == tag and (not within or within in outside)
        ]

    def links(self, within=None):
        return [has["href"] for has in self.all("a", within) if "href" in has]

    @property
    def html(self):
        return self.all("html")[0]


def matches(has, key, value):
    if key == "class_":
        return value in (has.get("class") or "").split()
    return has.get(key) == value


def section(page, anchor):
    """The words of the section with an id; None where there is none."""
    return next(iter(page.words("section", id=anchor)), None)


def dangers(page, within=None):
    """Everything in a page, or in one element of it, that could run, load or leave."""
    found = []
    for tag, attributes, outside in page.elements:
        if within and within not in outside:
            continue
        if tag in DANGEROUS:
            found.append(f"<{tag}>")
        for name, value in attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc", "xlink:href", "http-equiv", "target"):
                found.append(f"<{tag} {name}>")
            if name in ADDRESSES and scheme(value) not in ("", "http", "https", "mailto", "tel"):
                found.append(f"<{tag} {name}={value}>")
    return found


def scheme(address):
    """The scheme as a browser sees it, which passes over blanks and control signs."""
    plain = re.sub(r"[\x00-\x20]+", "", address or "")
    head, colon, _rest = plain.partition(":")
    return head.lower() if colon and not set(head) & set("/?#") else ""


def foreign(page):
    """Addresses of other sites that the page loads by itself."""
    return [
        attributes[name]
        for tag, attributes, _outside in page.elements
        for name in ("href", "src", "srcset", "action")
        if name in attributes and tag != "a" and urlsplit(attributes[name]).netloc not in ("", "testserver")
    ]
