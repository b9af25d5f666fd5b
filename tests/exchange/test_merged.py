"""A bundle that still names a merged record finds the one it was merged into."""

import io

import pytest
from django.core.management.base import CommandError

from relations.merging import merge
from relations.models import Agreement, FormerRef, Record, RelationLevel

from .bundles import BASIS, LEVEL, RECORD, VISIT, exported_lines, take_in

pytestmark = pytest.mark.django_db

OTHER = {**RECORD, "ref": "agri-too", "title": {"en": "Same declaration"}}


@pytest.fixture
def merged(tmp_path):
    """Two lines of a bundle, merged afterwards; the kept record."""
    take_in(tmp_path, [*BASIS, RECORD, OTHER])
    kept, other = (Agreement.objects.get(ref=ref) for ref in ("agri", "agri-too"))
    merge(kept, other)
    return kept


def test_what_names_the_merged_record_means_the_kept_one(tmp_path, merged):
    lines = [
        {**VISIT, "links": [{"to": "agri-too", "as": "about"}]},
        {**LEVEL, "basis": "agri-too"},
    ]

    take_in(tmp_path, lines)

    assert Record.objects.get(ref="visit").links.get().to_id == merged.pk
    assert RelationLevel.objects.get().basis_id == merged.pk
    again = [row.split() for row in take_in(tmp_path, lines).splitlines()]
    assert again[1:] == [["record", "0", "0", "1"], ["level", "0", "0", "1"]]


def test_a_line_that_describes_the_merged_record_updates_the_kept_one(tmp_path, merged):
    notes = io.StringIO()
    line = {**OTHER, "uuid": "0b7b1c5a-3a0a-4f6a-9a64-2d1b6a2c7f10", "summary": {"en": "New."}}

    take_in(tmp_path, [line], stderr=notes)

    kept = Agreement.objects.get()
    assert (kept.pk, kept.ref, kept.uuid) == (merged.pk, "agri", merged.uuid)
    assert (kept.title_en, kept.summary_en) == ("Same declaration", "New.")
    assert 'line 1: "agri-too" was merged into "agri"' in notes.getvalue()
    assert FormerRef.objects.get().record_id == kept.pk


@pytest.mark.parametrize("lines", [[RECORD, OTHER], [OTHER, RECORD]], ids=["kept first", "merged first"])
def test_both_in_one_bundle_are_refused_as_two_lines_on_one_thing(tmp_path, merged, lines):
    with pytest.raises(CommandError, match='line 2, field ref: "agri" is described by line 1 already'):
        take_in(tmp_path, lines)


def test_former_references_move_with_a_bundle(tmp_path, merged):
    (line,) = [one for one in exported_lines(tmp_path) if one["type"] == "record"]
    assert line["former_refs"] == ["agri-too"]
    Record.objects.all().delete()

    take_in(tmp_path, [line])
    take_in(tmp_path, [{**LEVEL, "basis": "agri-too"}])

    assert RelationLevel.objects.get().basis.ref == "agri"


def test_a_record_that_has_the_reference_comes_first(tmp_path, merged):
    Agreement.objects.create(ref="agri-too", title_en="A new one", instrument="treaty")

    take_in(tmp_path, [{**LEVEL, "basis": "agri-too"}])

    assert RelationLevel.objects.get().basis.ref == "agri-too"


@pytest.mark.parametrize(
    ("value", "field"),
    [("x", "former_refs"), (["A B"], r"former_refs\[0\]"), ([5], r"former_refs\[0\]|former_refs")],
)
def test_former_references_are_references(tmp_path, value, field):
    with pytest.raises(CommandError, match=f"line 1, field {field}"):
        take_in(tmp_path, [{**RECORD, "former_refs": value}])
