"""What an import does to the content, and what it leaves alone."""

import io
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.exchange import importing
from relations.models import Agreement, Country, Mission, Record, Relation
from relations.models.base import uuid_for

from .bundles import (
    BASIS,
    COUNTRIES,
    LEVEL,
    MISSION,
    NOTICE,
    PAGE,
    RECORD,
    SOURCE,
    VISIT,
    as_bytes,
    counts,
    exported,
    take_in,
)

pytestmark = pytest.mark.django_db


def test_last_line_wrong_changes_nothing(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD])
    before = exported(tmp_path)
    changed = {**RECORD, "title": {"en": "Changed"}}

    with pytest.raises(CommandError, match="^line 14, field slug: "):
        take_in(tmp_path, [*BASIS, changed, VISIT, MISSION, {**PAGE, "slug": "not a slug"}])

    assert exported(tmp_path) == before
    assert Record.objects.count() == 1


def test_second_import_changes_nothing(tmp_path):
    lines = [*BASIS, RECORD, VISIT, MISSION, LEVEL, NOTICE, PAGE]
    take_in(tmp_path, lines)
    before = exported(tmp_path)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        said = take_in(tmp_path, lines)

    assert {created + updated for created, updated, _unchanged in counts(said).values()} == {0}
    assert sum(unchanged for *_changes, unchanged in counts(said).values()) == len(lines)
    writes = ("INSERT", "UPDATE", "DELETE")
    assert [query["sql"] for query in queries if query["sql"].startswith(writes)] == []
    assert exported(tmp_path) == before


def test_record_of_four_countries_shows_on_six_relations(tmp_path):
    parties = [{"country": code, "role": "signatory"} for code in ("AZ", "GE", "RO", "HU")]

    take_in(tmp_path, [*BASIS, {**RECORD, "parties": parties}])

    record = Record.objects.get()
    placed = set(record.relations.values_list("ref", flat=True))
    assert placed == {"az-ge", "az-ro", "az-hu", "ge-ro", "ge-hu", "hu-ro"}
    record.refresh_relations()
    assert set(record.relations.values_list("ref", flat=True)) == placed


def test_record_leaves_relations_with_its_parties(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD])
    route = [{"country": "AZ"}, {"country": "RO"}, {"country": "GE", "role": "route"}]

    take_in(tmp_path, [{**RECORD, "parties": route}])

    assert list(Record.objects.get().relations.values_list("ref", flat=True)) == ["az-ro"]


def test_relation_is_joined_as_saving_would(tmp_path):
    take_in(tmp_path, [*BASIS, MISSION, {**MISSION, "sending": "HU", "receiving": "AZ"}])

    relation = Relation.objects.get(ref="az-hu")
    assert (relation.country_a.code, relation.country_b.code) == ("AZ", "HU")
    assert relation.uuid == uuid_for(Relation, "az-hu")
    assert not relation.is_public
    assert Mission.objects.get(ref="hu-az.embassy").relation == relation


def test_dry_run_changes_nothing_and_says_what_would(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD])
    before = exported(tmp_path)
    lines = [*BASIS, {**RECORD, "date": "2010-09", "details": {"instrument": "treaty"}}, VISIT]

    said = take_in(tmp_path, lines, dry_run=True)

    assert said.splitlines()[:2] == [
        "line 11: record agri would be updated (date, details)",
        "line 12: record visit would be created",
    ]
    assert counts(said)["record"] == (1, 1, 0)
    assert exported(tmp_path) == before
    assert counts(take_in(tmp_path, lines)) == counts(said)


def test_links_may_point_forward(tmp_path):
    first = {**RECORD, "links": [{"to": "visit", "as": "outcome_of"}]}
    second = {**VISIT, "links": [{"to": "agri", "as": "related"}]}

    said = take_in(tmp_path, [*BASIS, {**LEVEL, "basis": "agri"}, first, second])

    assert counts(said)["record"] == (2, 0, 0)
    assert Record.objects.get(ref="agri").links.get().to.ref == "visit"
    assert Record.objects.get(ref="visit").links.get().to.ref == "agri"
    assert Relation.objects.get(ref="az-ge").levels.get().basis.ref == "agri"


def test_lines_in_reverse_order_are_the_same_bundle(tmp_path):
    lines = [*BASIS, {**RECORD, "sources": ["mfa"]}, {**VISIT, "links": [{"to": "agri"}]}, MISSION]
    take_in(tmp_path, lines)

    with mock.patch.object(importing, "BATCH_LINES", 2):
        said = take_in(tmp_path, [*reversed(lines[4:]), *COUNTRIES])
        assert set(counts(said).values()) <= {(0, 0, number) for number in range(9)}
        Record.objects.all().delete()
        said = take_in(tmp_path, lines[::-1])

    assert counts(said)["record"] == (2, 0, 0)


def test_small_batches_give_the_same_content(tmp_path):
    lines = [*BASIS, RECORD, VISIT, MISSION, LEVEL, NOTICE, PAGE]
    with mock.patch.object(importing, "BATCH_LINES", 1):
        take_in(tmp_path, lines)

    said = take_in(tmp_path, lines)

    assert {created + updated for created, updated, _unchanged in counts(said).values()} == {0}


def test_without_publish_new_things_stay_drafts(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD, PAGE], publish=False)

    assert not Record.objects.get().is_public

    take_in(tmp_path, [RECORD], publish=False)
    take_in(tmp_path, [{**RECORD, "date": "2011"}], publish=False)
    assert not Record.objects.get().is_public

    said = take_in(tmp_path, [{**RECORD, "date": "2011"}])
    assert counts(said) == {"record": (0, 1, 0)}
    assert Record.objects.get().is_public


def test_without_publish_nothing_public_changes(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD])

    said = take_in(tmp_path, [RECORD], publish=False)
    assert counts(said) == {"record": (0, 0, 1)}
    with pytest.raises(CommandError, match=r'line 1: "agri" is public and would change \(date\).* --publish'):
        take_in(tmp_path, [{**RECORD, "date": "2011"}], publish=False)
    with pytest.raises(CommandError, match="needs --publish"):
        take_in(tmp_path, [{**RECORD, "public": False}], publish=False)

    assert Record.objects.get().is_public
    assert str(Record.objects.get().date) == "2010-09-14"


def test_line_may_keep_itself_back(tmp_path):
    take_in(tmp_path, [*BASIS, {**RECORD, "public": False}, VISIT])

    assert dict(Record.objects.values_list("ref", "is_public")) == {"agri": False, "visit": True}


def test_line_describes_the_whole_thing(tmp_path):
    take_in(tmp_path, [*BASIS, {**RECORD, "sources": ["mfa"], "sectors": ["energy"], "note": {"en": "x"}}])

    take_in(tmp_path, [RECORD])

    record = Record.objects.get()
    assert (record.note_en, record.citations.count(), record.sectors.count()) == (None, 0, 0)


def test_uuids_follow_from_references(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD, MISSION])

    assert Record.objects.get().uuid == uuid_for(Record, "agri")
    assert Mission.objects.get().uuid == uuid_for(Mission, "az-ge.embassy")
    parts = list(Record.objects.get().parties.values_list("pk", flat=True))
    Record.objects.all().delete()
    take_in(tmp_path, [RECORD])
    assert list(Record.objects.get().parties.values_list("pk", flat=True)) == parts


def test_parts_keep_their_identity_while_their_content_stays(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD])
    before = {party.country.code: party.pk for party in Record.objects.get().parties.all()}
    parties = [{"country": "RO"}, *reversed(RECORD["parties"])]

    take_in(tmp_path, [{**RECORD, "parties": parties}])

    after = {party.country.code: party.pk for party in Record.objects.get().parties.all()}
    assert list(after) == ["RO", "GE", "AZ"]
    assert {code: after[code] for code in before} == before
    assert after["RO"] not in before.values()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "visit", "details": {}}, 'field kind: "visit" cannot replace "agreement"'),
        ({"uuid": "3f2c1c1e-9d0b-4a55-9a5e-0b11a7e7a1aa"}, "field uuid: .* cannot replace"),
    ],
)
def test_identity_cannot_be_changed(tmp_path, change, reason):
    take_in(tmp_path, [*BASIS, RECORD])

    with pytest.raises(CommandError, match=reason):
        take_in(tmp_path, [{**RECORD, **change}])


def test_thing_that_got_another_reference_is_not_entered_twice(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD])
    Record.objects.update(ref="renamed")

    with pytest.raises(CommandError, match='line 1, field ref: "agri" is known here as "renamed"'):
        take_in(tmp_path, [RECORD])


def test_derived_columns_are_those_of_an_ordinary_save(tmp_path):
    take_in(tmp_path, [*BASIS, {**RECORD, "details": {"instrument": "treaty", "term_years": 5}}])

    agreement = Agreement.objects.get()
    assert str(agreement.term_ends) == "2015-09-14"
    assert agreement.kind == "agreement"
    columns = Agreement.objects.values().get()
    agreement.save()
    assert Agreement.objects.values().get() == columns
    take_in(tmp_path, [{**RECORD, "details": {"instrument": "treaty", "term_years": 6}}])
    assert str(Agreement.objects.get().term_ends) == "2016-09-14"


def test_html_is_cleaned_and_stays_unchanged(tmp_path):
    dirty = {**RECORD, "body": {"en": '<p onclick="x()">Text<script>alert(1)</script></p>'}}
    take_in(tmp_path, [*BASIS, dirty])

    assert Record.objects.get().body_en == "<p>Text</p>"
    assert counts(take_in(tmp_path, [dirty])) == {"record": (0, 0, 1)}


def test_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    raw = b"\xef\xbb\xbf" + as_bytes([*BASIS, RECORD]).replace(b"\n", b"\r\n") + b"\r\n\n"

    take_in(tmp_path, raw)

    assert counts(take_in(tmp_path, [*BASIS, RECORD]))["record"] == (0, 0, 1)


def test_standard_input_is_a_bundle(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", mock.Mock(buffer=io.BytesIO(as_bytes(COUNTRIES))))

    call_command("import_bundle", "-", stdout=io.StringIO(), stderr=io.StringIO())

    assert Country.objects.count() == 4


def test_progress_is_told_and_can_be_silenced(tmp_path, monkeypatch):
    monkeypatch.setattr("relations.management.commands.import_bundle.Reporter.EVERY_SECONDS", 0)
    progress, silence = io.StringIO(), io.StringIO()

    take_in(tmp_path, COUNTRIES, stderr=progress)
    said = take_in(tmp_path, COUNTRIES, stderr=silence, verbosity=0)

    assert progress.getvalue().startswith("4 lines, ")
    assert "a second" in progress.getvalue()
    assert (said, silence.getvalue()) == ("", "")


def test_unexpected_failure_changes_nothing(tmp_path):
    with (
        mock.patch.object(importing.Import, "settle", side_effect=OSError("disk full")),
        pytest.raises(CommandError, match="disk full"),
    ):
        take_in(tmp_path, [*BASIS, SOURCE])

    assert exported(tmp_path) == b""


def test_words_of_a_new_and_of_a_changed_record_are_found(tmp_path):
    def found(word):
        return Record.objects.filter(plain_words__contains=word).exists()

    take_in(
        tmp_path,
        [*BASIS, {**RECORD, "title": {"en": "Gäs Fair"}, "body": {"en": "<p>of&nbsp;<em>oil</em></p>"}}],
    )
    assert found("gas fair")
    assert found("oil")
    assert not found("<p>")

    take_in(tmp_path, [*BASIS, {**RECORD, "title": {"en": "Wind fair"}}])
    assert found("wind")
    assert not found("gas")
