"""What is typed into the forms, however hostile, stays text in every list, form, message and delete page."""

import re

import pytest

from relations.models import Record, Visit
from tests import factories

from .pages import address, form_data

PAYLOADS = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "<svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</option></select><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7|add:7 }}{% debug %}",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "%(name)s %s {0}",
    "<!--<script>alert(1)//-->",
    "\u202ealert(1)\u2028<b onclick=alert(1)>x</b>",
]
RICH = [
    ("<p onclick=alert(1)>a</p>", "<p>a</p>"),
    ("<a href='javascript:alert(1)'>a</a>", '<a rel="noopener noreferrer">a</a>'),
    ("<a href='jav&#x09;ascript:alert(1)'>a</a>", '<a rel="noopener noreferrer">a</a>'),
    ("<p>a</p><script>alert(1)</script><style>p{}</style>", "<p>a</p>"),
    ("<iframe src=//example.org></iframe><p>a</p>", "<p>a</p>"),
    ("<p style='color:red'>a<img src=x onerror=alert(1)></p>", "<p>a</p>"),
    ("<svg><animate onbegin=alert(1)></svg><p>a</p>", "<p>a</p>"),
    ("<p>a</p><base href=//example.org><meta http-equiv=refresh>", "<p>a</p>"),
]
LIVE = re.compile(
    r"<script>alert|<img src=x|<svg/onload|<iframe|<b onclick|onfocus=alert\(1\) x='", re.IGNORECASE
)
TEXTS = ("title", "summary", "note", "place", "date_note", "format", "outcomes_note")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_in_every_text_stays_text(desk, payload):
    factories.visit(countries=())
    visit = factories.visit(main_sector="trade")
    factories.record_person(visit)
    factories.citation(visit)
    texts = {f"{name}_{language}": payload for name in TEXTS for language in ("en", "ka")}
    rows = {"people-0-office_en": payload, "citations-0-note_en": payload, "citations-0-locator_ka": payload}
    form = desk.get(address(Visit, "change", visit.pk))

    saved = desk.post(address(Visit, "change", visit.pk), form_data(form, **texts, **rows), follow=True)

    pages = [
        saved,
        desk.get(address(Visit, "change", visit.pk)),
        desk.get(address(Visit, "delete", visit.pk)),
        desk.get(address(Visit, "history", visit.pk)),
        desk.get(address(Record, "changelist"), {"q": payload}),
        desk.get(address(type(visit.citations.get().source), "change", visit.citations.get().source_id)),
        desk.post(
            address(Visit, "changelist"),
            {"action": "submit_selected", "_selected_action": visit.pk},
            follow=True,
        ),
        desk.get("/admin/"),
    ]
    visit.refresh_from_db()
    assert visit.title_ka == payload
    assert visit.outcomes_note_en == payload
    for page in pages:
        assert page.status_code == 200
        assert not LIVE.search(page.content.decode())


@pytest.mark.parametrize(("payload", "cleaned"), RICH)
def test_rich_text_is_cleaned_when_saved(desk, payload, cleaned):
    visit = factories.visit()
    form = desk.get(address(Visit, "change", visit.pk))

    desk.post(address(Visit, "change", visit.pk), form_data(form, body_ka=payload))

    visit.refresh_from_db()
    assert visit.body_ka == cleaned


def test_payload_sent_back_with_an_error_stays_text(desk):
    form = desk.get(address(Visit, "add"))
    texts = {f"{name}_en": PAYLOADS[2] for name in TEXTS}

    response = desk.post(
        address(Visit, "add"), form_data(form, **texts, date=PAYLOADS[2], main_sector=PAYLOADS[0])
    )

    assert response.status_code == 200
    assert not LIVE.search(response.content.decode())
