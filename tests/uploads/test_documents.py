import hashlib
import time

import pytest
from django.core.exceptions import ValidationError

from relations.uploads import documents
from relations.uploads.documents import MOST_BYTES, clean_document
from relations.uploads.forms import DocumentFormField

from .making import object_stream, painted, pdf, upload, written

SCRIPT = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
REFUSED = {
    "html": (b"<html><script>alert(1)</script>", "not_a_document"),
    "pdf behind something else": (b"\n" + pdf(), "not_a_document"),
    "html with the head of a pdf": (b"%PDF-1.7\n<script>alert(1)</script>", "broken"),
    "word with macros": (b"PK\x03\x04word/vbaProject.bin", "not_a_document"),
    "program": (b"MZ\x90\0", "not_a_document"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_document"),
    "picture": (written(painted(), "PNG"), "not_a_document"),
    "cut short": (pdf()[:-10], "broken"),
    "script": (pdf(SCRIPT), "active"),
    "script with an escaped name": (pdf(b"/OpenAction << /S /J#61va#53cript /J#53 (x) >>"), "active"),
    "script in a compressed object": (
        pdf(objects=object_stream(b"5 0 << /S /JavaScript /JS (x) >>")),
        "active",
    ),
    "script called by its short name": (pdf(b"/AA << /O << /JS (x) >> >>"), "active"),
    "program to be started": (pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "active"),
    "file inside": (pdf(b"/Names << /EmbeddedFiles 5 0 R >>"), "active"),
    "file inside, compressed": (pdf(objects=object_stream(b"5 0 << /Type /EmbeddedFile >>")), "active"),
    "film": (pdf(objects=b"7 0 obj\n<< /Subtype /RichMedia >>\nendobj\n"), "active"),
    "form that is a program": (pdf(b"/AcroForm << /XFA 5 0 R >>"), "active"),
    "protected": (pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 8 0 R"), "encrypted"),
    "too many bytes": (pdf() + b" " * MOST_BYTES + b"%%EOF", "too_large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_document_is_refused_in_time(name):
    content, code = REFUSED[name]
    started = time.monotonic()

    with pytest.raises(ValidationError) as refusal:
        DocumentFormField().clean(upload(content, "treaty.pdf"))

    assert time.monotonic() - started < 8
    assert refusal.value.error_list[0].code == code


def test_bomb_of_compressed_objects_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "MOST_INFLATED", 1_000_000)

    with pytest.raises(ValidationError) as refusal:
        clean_document(upload(pdf(objects=object_stream(b" " * 2_000_000))))

    assert refusal.value.code == "too_complex"


@pytest.mark.parametrize(
    "hostile",
    [b"stream\n" * 400_000, b"/ObjStm stream\nendstream" * 100_000, b"#4" * 1_000_000, b"/J" * 1_000_000],
)
def test_document_made_to_be_slow_is_read_in_time(hostile):
    started = time.monotonic()

    clean_document(upload(pdf(objects=hostile)))

    assert time.monotonic() - started < 8


def test_ordinary_document_is_kept_as_it_is():
    stream = b"8 0 obj\n<< /Length 3 >>\nstream\n/JS\nendstream\nendobj\n"
    content = pdf(b"/AcroForm << >>", stream + object_stream(b"5 0 << /JSomething 1 >>"))

    clean = clean_document(upload(content, "Соглашение.exe"))

    assert hashlib.sha256(clean.read()).digest() == hashlib.sha256(content).digest()
    assert clean.name == "document.pdf"
