"""Formatted text is cleaned on every way into the database, and cleaning twice changes nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from relations.models import Event, Page
from relations.models.text import clean_html

from . import making

PIECES = [
    *"<>\"'&;/=-!`\\ \n\t\0",
    *(
        "<p>",
        "</p>",
        "<h1>",
        "</h1>",
        "<H2 class=x>",
        "<h3>",
        "<ul>",
        "<li>",
        "<a href=",
        "<a href='javascript:x'>",
        "</a>",
    ),
    *(
        "<script>",
        "</script>",
        "<svg>",
        "<math>",
        "<style>",
        "<img src=x onerror=x>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
    ),
    *(
        "<br>",
        "<table>",
        "<td>",
        "<template>",
        "<noscript>",
        "<textarea>",
        "<title>",
        "<h1",
        "<h2/",
        "<h1\n",
        "h1",
        "&lt;h1&gt;",
    ),
    *(
        "javascript:",
        "data:text/html,",
        "https://example.org/",
        "&#x6A;",
        "&nbsp;",
        "ə",
        "თ",
        "ш",
        "oʻ",
        "\u202e",
        "\ufeff",
    ),
]
html = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)


@settings(max_examples=2000, deadline=None)
@example("<h1><h1<p><h1>")
@given(html)
def test_cleaning_twice_gives_the_same_as_cleaning_once(text):
    once = clean_html(text)

    assert clean_html(once) == once


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>Plain</p>", "<p>Plain</p>"),
        ("<h1>Title</h1><h2 class='x'>Part</h2>", "<h3>Title</h3><h3>Part</h3>"),
        ("<p style='color:red' onclick='x()'>Red</p>", "<p>Red</p>"),
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<div><p>Word</p></div>", "<p>Word</p>"),
        (
            '<a href="https://mfa.gov.az">MFA</a>',
            '<a href="https://mfa.gov.az" rel="noopener noreferrer">MFA</a>',
        ),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ("<p></p><p> <br></p>\n", ""),
        ("", ""),
    ],
)
def test_only_the_formats_that_are_offered_are_kept(written, kept):
    assert clean_html(written) == kept


@pytest.mark.django_db
def test_text_is_cleaned_in_save_bulk_create_and_in_every_language():
    dirty = "<p onclick='x()'>ok</p><script>x</script>"

    saved = making.record(body_en=dirty, body_ka=dirty)
    Page.objects.bulk_create([Page(slug="about", title_en="About", body_en=dirty, body_ru=dirty)])
    text = making.sector_text(body=dirty)
    saved.refresh_from_db(), text.refresh_from_db()
    page = Page.objects.get()

    assert {saved.body_en, saved.body_ka, text.body_en, page.body_en, page.body_ru} == {"<p>ok</p>"}


@pytest.mark.django_db
def test_what_is_kept_is_what_the_object_then_holds():
    thing = Event(title_en="x", type="fair", body_en="<h1>x</h1>")

    thing.save()

    assert thing.body_en == "<h3>x</h3>"
