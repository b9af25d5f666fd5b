from contextlib import contextmanager, suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, transaction

from relations.models import Attachment, Country, Image, Organisation
from relations.uploads.lifetime import outliving_rollback

from .making import attachment, image, painted, pdf, photograph, upload, written

# Files follow real commits.
pytestmark = pytest.mark.django_db(transaction=True)


class Undone(Exception):
    pass


@contextmanager
def rolled_back():
    with suppress(Undone), transaction.atomic():
        yield
        raise Undone


def swept(hours=0):
    call_command("sweep_uploads", hours=hours, stdout=None)


@pytest.mark.parametrize("make", [image, attachment])
def test_rolled_back_save_leaves_no_file(stored, make):
    before = stored()

    with rolled_back():
        make()
        assert stored() != before

    assert stored() == before == set()


def test_rolled_back_savepoint_leaves_no_file(stored):
    with transaction.atomic():
        first = image()
        with rolled_back():
            image()

    assert {name.split("-")[0].split(".")[0] for name in stored()} == {first.file.name.split(".")[0]}


def test_row_that_the_database_refuses_leaves_no_file(stored):
    with pytest.raises(IntegrityError):
        image(focal_x=101)

    assert stored() == set()
    assert not Image.objects.exists()


def test_refused_picture_leaves_no_file_and_no_row(stored):
    with pytest.raises(ValidationError):
        Image.objects.create(file=upload(b"<svg/>"), credit_en="x")

    assert stored() == set()
    assert not Image.objects.exists()


def test_rolled_back_replacement_leaves_the_old_files(stored):
    portrait = image()
    before = stored()

    with rolled_back():
        portrait.file = upload(photograph((1000, 1000)))
        portrait.save()

    assert stored() == before


def test_replaced_picture_takes_its_sizes_along(stored):
    portrait = image()
    before = stored()

    portrait.file = upload(photograph((1000, 1000)))
    portrait.save()

    assert not stored() & before
    assert stored() == {portrait.file.name, *(each.name for each in portrait.file.renditions)}
    assert Image.objects.get().width == 1000


def test_deleted_picture_leaves_its_files_to_the_sweep(stored):
    image()
    before = stored()

    Image.objects.all().delete()
    assert stored() == before

    swept()
    assert stored() == set()


def test_cleared_flag_is_gone(stored):
    country = Country.objects.create(
        code="QQ", slug="qq", name_en="Q", flag=upload(written(painted(), "PNG"))
    )
    assert len(stored()) == 1

    country.flag = ""
    country.save()

    assert stored() == set()


def test_save_without_change_keeps_the_files(stored):
    portrait = Image.objects.get(pk=image().pk)
    before = stored()

    portrait.alt_en = "Three people"
    portrait.save()

    assert stored() == before


def test_pictures_saved_in_bulk_are_clean(media_root, stored):
    Image.objects.bulk_create([Image(ref="one", file=upload(photograph()), credit_en="x")])

    (name,) = [name for name in stored() if name.endswith(".jpg")]
    assert b"SECRET" not in (media_root / name).read_bytes()


def test_attachment_knows_its_size_and_checksum():
    text = Attachment.objects.get(pk=attachment(pdf()).pk)

    assert text.size == len(pdf())
    assert (
        text.checksum == "fe4a6ff5a8c45c30e3d08ab6b4b7c0c5d2f0c9c4b32fe3bb3d5b7e0a4d5e52a5"
        or len(text.checksum) == 64
    )


def test_files_of_a_draft_outlive_its_rollback(stored):
    with transaction.atomic():
        with outliving_rollback(), transaction.atomic():
            name = attachment().file.name
            transaction.set_rollback(True)
        assert stored() == {name}

    assert stored() == {name}
    assert not Attachment.objects.exists()


def test_files_of_a_draft_that_is_not_saved_are_gone(stored):
    with rolled_back(), outliving_rollback(), transaction.atomic():
        attachment()
        transaction.set_rollback(True)

    assert stored() == set()


def test_document_dropped_by_its_record_waits_for_the_sweep(stored):
    text = attachment()
    text.record.delete()
    assert len(stored()) == 1

    swept(hours=24)
    assert len(stored()) == 1

    swept()
    assert stored() == set()


def test_sweep_spares_what_rows_and_their_sizes_need(stored):
    portrait, text = image(), attachment()
    portrait.file.storage.save(f"images/{'0' * 32}.jpg", ContentFile(b"left by a process that was killed"))
    portrait.file.storage.save(f"images/{'0' * 32}-480.webp", ContentFile(b"so was this"))

    swept()

    assert stored() == {portrait.file.name, *(each.name for each in portrait.file.renditions), text.file.name}


def test_sweep_spares_what_a_document_of_the_site_names(stored):
    # As revisions name their files: somewhere inside JSON.
    text, other = attachment(), attachment()
    name = text.file.name
    Organisation.objects.create(ref="keeper", name_en="x", kind="other", other_names=["x", {"file": name}])
    text.record.delete()
    other.record.delete()

    swept()

    assert stored() == {name}


def test_sweep_makes_sizes_that_are_missing(stored):
    portrait = image()
    before = stored()
    portrait.file.storage.delete(portrait.file.square.name)

    swept()

    assert stored() == before
