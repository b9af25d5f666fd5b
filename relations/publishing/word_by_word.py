"""Texts held against each other word by word."""

import re
from difflib import SequenceMatcher
from html.parser import HTMLParser

KEPT, REMOVED, ADDED = "kept", "removed", "added"
WORD = re.compile(r"\n|[^\s]+[^\S\n]*|[^\S\n]+")
BLOCKS = frozenset({"p", "h3", "h4", "ul", "ol", "li", "blockquote", "br"})
# Two paragraphs with more pairs of words than this are not compared any further: it would take too long.
MOST_PAIRS = 4_000_000


def word_by_word(before, after):
    """Return the words that were kept, removed and added on the way: [(KEPT, "of the "), …]."""
    pieces = []
    for old, new in paragraphs_side_by_side(before, after):
        if old == new:
            pieces.append((KEPT, old))
        else:
            pieces += words_side_by_side(WORD.findall(old), WORD.findall(new))
    return joined(pieces)


def paragraphs_side_by_side(before, after):
    """Yield stretches of whole paragraphs that are the same, or stand in each other's place."""
    before, after = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for _same, start, end, new_start, new_end in changes(before, after):
        yield "".join(before[start:end]), "".join(after[new_start:new_end])


def words_side_by_side(before, after):
    if len(before) * len(after) > MOST_PAIRS:
        yield REMOVED, "".join(before)
        yield ADDED, "".join(after)
        return
    # How many spaces follow a word is no difference of the word.
    bare_before, bare_after = ([word.strip(" ") or word for word in words] for words in (before, after))
    for is_same, start, end, new_start, new_end in changes(bare_before, bare_after):
        if is_same:
            yield KEPT, "".join(after[new_start:new_end])
        else:
            yield REMOVED, "".join(before[start:end])
            yield ADDED, "".join(after[new_start:new_end])


def changes(before, after):
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, *place in matcher.get_opcodes():
        yield (tag == "equal", *place)


def joined(pieces):
    """Put neighbours of one kind together and leave out empty ones."""
    found = []
    for kind, text in pieces:
        if not text:
            continue
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + text)
        else:
            found.append((kind, text))
    return found


class Reader(HTMLParser):
    """Reads formatted text as plain paragraphs; where a link leads stands behind its words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.addresses = [], []

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.end_paragraph()
        if tag == "a":
            self.addresses.append(dict(attrs).get("href"))

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.end_paragraph()
        if tag == "a" and self.addresses and (address := self.addresses.pop()):
            self.text.append(f" ({address})")

    def handle_data(self, data):
        self.text.append(data)

    def end_paragraph(self):
        if self.text and self.text[-1] != "\n":
            self.text.append("\n")


def as_paragraphs(html):
    """Return formatted text as plain text, one paragraph a line."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.text).strip("\n")
