"""The doors a file can come through before it reaches a model."""

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.forms import modelform_factory
from django.test import RequestFactory

from relations.models import Attachment, Image
from relations.uploads import handlers

from .making import image, pdf, photograph, record, upload

ImageForm = modelform_factory(Image, fields=["file", "credit", "is_decorative"])
AttachmentForm = modelform_factory(Attachment, fields=["record", "file", "title"])


@pytest.mark.django_db
def test_form_says_at_its_field_what_is_wrong():
    form = ImageForm({"credit": "x", "is_decorative": "on"}, {"file": upload(b"<svg/>", "photo.png")})

    assert list(form.errors) == ["file"]
    assert "Save it as one of these" in form.errors["file"][0]


@pytest.mark.django_db
def test_form_stores_a_clean_picture(media_root):
    form = ImageForm(
        {"credit": "x", "is_decorative": "on"}, {"file": upload(photograph(), f"{'n' * 300}.jpg")}
    )

    assert form.is_valid(), form.errors
    saved = form.save()

    assert b"SECRET" not in (media_root / saved.file.name).read_bytes()
    assert (saved.width, saved.height) == (640, 400)


@pytest.mark.django_db
def test_form_stores_a_document():
    form = AttachmentForm({"record": record().pk, "title": "Text"}, {"file": upload(pdf(), "text.docx")})

    assert form.is_valid(), form.errors
    saved = form.save()

    assert saved.file.name.endswith(".pdf")
    assert saved.size == len(pdf())


@pytest.mark.django_db
def test_form_leads_staff_to_where_they_may_see_the_file():
    html = str(ImageForm(instance=image())["file"])

    assert 'href="/admin/media/images/' in html
    assert "Two people shake hands.jpg" in html
    assert 'accept="image/png,image/jpeg,image/webp,image/avif"' in html


def received(content):
    request = RequestFactory().post("/", {"file": upload(content, "large.pdf")})
    return request.FILES["file"]


def test_endless_file_does_not_fill_the_disk(monkeypatch, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    monkeypatch.setattr(handlers, "MOST_RECEIVED", 200_000)

    file = received(b"%PDF-" + b"x" * 1_000_000)

    (temporary,) = tmp_path.iterdir()
    assert 200_000 <= file.size == temporary.stat().st_size < 300_000
    file.close()
    assert list(tmp_path.iterdir()) == []


def test_ordinary_file_arrives_whole():
    file = received(b"%PDF-" + b"x" * 1000)

    assert isinstance(file, InMemoryUploadedFile)
    assert file.size == 1005
