"""Content goes out and comes in again without a byte of difference."""

import json
from contextlib import suppress
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relations.exchange.exporting import line_of
from relations.exchange.formats import DEFINITIONS
from relations.exchange.wrong import Wrong
from relations.models import Attachment, Citation, Image, Record, RecordLink, RecordParty, RecordPerson

from .bundles import CONTENT, FILES, PAGE, as_bytes, counts, delete_everything, examples, exported, take_in


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.mark.django_db(transaction=True)
def test_export_into_an_empty_database_gives_the_same_bytes(tmp_path, media):
    take_in(tmp_path, examples(), files=FILES)
    first = exported(tmp_path, files=tmp_path / "files")
    call_command("flush", interactive=False, verbosity=0)

    take_in(tmp_path, first, files=tmp_path / "files")

    assert exported(tmp_path) == first
    assert {path.name for path in (tmp_path / "files").iterdir()} == {path.name for path in FILES.iterdir()}


@pytest.mark.django_db
def test_examples_come_out_as_they_were_written(tmp_path, media):
    take_in(tmp_path, examples(), files=FILES)

    lines = {identity(line): line for line in map(json.loads, exported(tmp_path).splitlines())}

    for example in examples():
        line = lines[identity(example)]
        for name, value in example.items():
            assert ordered(line[name]) == ordered(value), name


def identity(line):
    definition = DEFINITIONS[line["type"]]
    return definition.name, definition.key_of(definition.check(line))


def ordered(value):
    """Without what an export adds: sets in order, roles that go without saying."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return sorted(value)
    if isinstance(value, list):
        return [
            {"role": "participant", "scope": "regular", **item} if isinstance(item, dict) else item
            for item in value
        ]
    return value


def test_examples_use_every_field():
    used = {definition.name: set() for definition in DEFINITIONS.values()}
    for example in examples():
        used[example["type"]] |= set(names_in(example))

    for definition in DEFINITIONS.values():
        for shape in definition.shapes:
            fields = set(names_of(shape)) - {
                "uuid",
                "id",
                "ref",
                "number",
                "public",
                "former_numbers",
                "former_refs",
            }
            assert fields - used[definition.name] == set(), definition.name
    assert {"uuid", "number"} <= used["person"]
    assert {"number", "public", "former_numbers", "former_refs"} <= used["record"]


def names_of(shape):
    """The fields of a shape and its parts; those of citations, the same everywhere, for records only."""
    for field in shape.fields.values():
        if not field.hidden:
            yield field.name
        if hasattr(field, "shape") and (field.name != "sources" or "details" in shape.fields):
            yield from names_of(field.shape)


def names_in(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from names_in(inner)
    elif isinstance(value, list):
        for item in value:
            yield from names_in(item)


@pytest.mark.django_db
def test_saving_what_was_imported_changes_no_column(tmp_path, media):
    take_in(tmp_path, examples(), files=FILES)

    for model in [*CONTENT, *Record.__subclasses__()]:
        before = list(model.objects.order_by("pk").values())
        for thing in model.objects.all():
            thing.save()
        assert list(model.objects.order_by("pk").values()) == before, model


@pytest.mark.django_db
def test_export_says_everything_that_is_stored(tmp_path, media):
    """A second round through the database changes no row either."""
    take_in(tmp_path, examples(), files=FILES)
    before = rows()
    written = exported(tmp_path, files=tmp_path / "files")
    delete_everything()

    take_in(tmp_path, written, files=tmp_path / "files")

    assert rows() == before


def rows():
    """All columns but keys and moments that only this database knows, and names of stored files."""
    models = [*CONTENT, *Record.__subclasses__(), Attachment, Citation, RecordLink, RecordParty, RecordPerson]
    return {model: sorted(map(known_columns, model.objects.values()), key=str) for model in models}


def known_columns(row):
    unknown = {"file", "flag", "first_published_at", "changed_at", "touched_at"}
    if not isinstance(row["id"], UUID):
        unknown.add("id")
    return {name: value for name, value in row.items() if name not in unknown and not name.endswith("_id")}


@pytest.mark.django_db
def test_files_are_taken_over_and_named_by_the_site(tmp_path, media):
    take_in(tmp_path, examples(), files=FILES)

    image, attachment = Image.objects.get(), Attachment.objects.get()
    assert (image.width, image.height) == (6, 6)
    assert image.file.name.startswith("images/")
    assert attachment.checksum == "02a9cd8b08109db2e5ac19beeaf21b3b66157b4bd101e4fe150ff46f52316034"
    assert attachment.size == attachment.file.size


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{"dry_run": True}, {"lines": [{**PAGE, "slug": "no slug"}]}])
def test_files_of_an_import_that_did_not_happen_are_not_kept(tmp_path, media, options):
    lines = [*examples(), *options.pop("lines", [])]

    with suppress(CommandError):
        take_in(tmp_path, lines, files=FILES, **options)

    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert default_storage.location == str(media)


@pytest.mark.django_db
def test_file_with_other_content_is_refused(tmp_path, media):
    (tmp_path / "files").mkdir()
    for path in FILES.iterdir():
        (tmp_path / "files" / path.name).write_bytes(b"not a picture")

    with pytest.raises(CommandError, match="has other content than its name says"):
        take_in(tmp_path, examples(), files=tmp_path / "files")


@pytest.mark.django_db
def test_export_writes_lines_without_what_is_empty(tmp_path):
    take_in(tmp_path, [PAGE])

    assert exported(tmp_path) == as_line(
        {"type": "page", "slug": "about", "title": {"en": "About"}, "original_language": "en"}
    )


def as_line(document):
    return line_of(document).encode()


texts = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=texts, body=texts)
def test_any_text_comes_out_as_it_went_in_or_is_refused(tmp_path, title, body):
    line = {**PAGE, "title": {"en": "x", "ka": title}, "body": {"az": body}}
    try:
        checked = DEFINITIONS["page"].check(line)
    except Wrong:
        with pytest.raises(CommandError, match="line 1, field "):
            take_in(tmp_path, [line])
        return

    take_in(tmp_path, [line])

    assert exported(tmp_path) == as_line({"type": "page", **checked})
    assert counts(take_in(tmp_path, [line])) == {"page": (0, 0, 1)}
    assert DEFINITIONS["page"].check(checked) == checked
    assert take_in(tmp_path, as_bytes([line]).replace(b"\n", b"\r\n"))
