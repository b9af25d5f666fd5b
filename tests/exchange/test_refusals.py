"""Every kind of wrong line: refused with its number, field, value and what would be accepted."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from .bundles import (
    BASIS,
    COMPANY,
    COUNTRIES,
    INDICATOR,
    LEVEL,
    MEMBERSHIP,
    MISSION,
    NOTICE,
    OBSERVATION,
    PAGE,
    PERSON,
    RECORD,
    SECTORS,
    SOURCE,
    TEXT,
    VISIT,
    as_bytes,
    exported,
    take_in,
)

pytestmark = pytest.mark.django_db

THIRD = [*RECORD["parties"], {"country": "XX"}]
ORDERED_SESSIONS = [{"ordinal": 1}, {"ordinal": 2}]
ENDED_FIRST = [{"office": {"en": "x"}, "from": "2002", "to": "2001"}]
MINISTER = {"office": {"en": "Minister"}, "country": "GE", "from": "2009"}
MEETING = {**RECORD, "kind": "meeting"}
CLAIM = {
    **{name: value for name, value in RECORD.items() if name != "details"},
    "ref": "claim",
    "kind": "statement",
    "parties": [{"country": "AZ"}, {"country": "GE", "role": "subject"}],
}

WRONG = [
    # What a line is
    ({"ref": "x"}, "type", "is missing"),
    ({**RECORD, "type": "recrod"}, "type", '"recrod" is no type of line; did you mean "record"?'),
    ({**RECORD, "type": ["record"]}, "type", "is no type of line"),
    ({**RECORD, "titel": {"en": "x"}}, "titel", 'did you mean "title"'),
    ({**RECORD, "kind": "treaty"}, "kind", "accepted: agreement, event, meeting"),
    ({**VISIT, "details": {"instrument": "treaty"}}, "details.instrument", "is no field here"),
    ({**VISIT, "details": "official"}, "details", "is not an object"),
    # What is missing
    ({name: value for name, value in RECORD.items() if name != "ref"}, "ref", "is missing"),
    ({name: value for name, value in RECORD.items() if name != "title"}, "title", "is missing"),
    ({**RECORD, "title": {"en": ""}}, "title", "is missing"),
    ({**RECORD, "details": {}}, "details.instrument", "a public record needs this"),
    ({**PERSON, "appointments": [{"country": "AZ"}]}, "appointments[0].office", "is missing"),
    ({**COUNTRIES[0], "code": None}, "code", "is missing"),
    # Values of another sort
    ({**RECORD, "title": "Declaration"}, "title", "is not a text by language"),
    ({**RECORD, "title": {"en": 5}}, "title.en", "5 is not a text"),
    ({**RECORD, "title": {"fr": "Déclaration"}}, "title.fr", "accepted: az, en, ka, ru, tg, uz"),
    ({**RECORD, "title": {"en": "x" * 301}}, "title.en", "has 301 characters; at most 300"),
    ({**RECORD, "title": {"en": "a\0b"}}, "title.en", "U+0000"),
    ({**RECORD, "ref": "AGRI"}, "ref", '"AGRI"'),
    ({**RECORD, "parties": {"country": "AZ"}}, "parties", "is not a list"),
    ({**RECORD, "parties": ["AZ"]}, "parties[0]", "is not an object"),
    ({**RECORD, "sectors": "energy"}, "sectors", "is not a list"),
    ({**RECORD, "sectors": ["energy", "energy"]}, "sectors[1]", "listed twice"),
    ({**RECORD, "series": "yes"}, "series", "neither true nor false"),
    ({**RECORD, "public": 1}, "public", "neither true nor false"),
    ({**RECORD, "number": "12"}, "number", "is no number"),
    ({**RECORD, "number": 2**63}, "number", "is no number"),
    ({**RECORD, "uuid": "12"}, "uuid", "is no uuid"),
    ({**RECORD, "former_numbers": [0]}, "former_numbers", "is not a list of numbers"),
    ({**RECORD, "original_language": "fr"}, "original_language", "accepted: az, en"),
    ({**RECORD, "details": {"instrument": "treety"}}, "details.instrument", 'did you mean "treaty"'),
    ({**RECORD, "details": {"instrument": "treaty", "term_years": 40000}}, "details.term_years", "32767"),
    (
        {**RECORD, "details": {"instrument": "treaty", "term_years": True}},
        "details.term_years",
        "not a whole",
    ),
    (
        {**RECORD, "details": {"instrument": "treaty", "absent": {"ended": "never"}}},
        "details.absent.ended",
        "accepted: none, not_applicable",
    ),
    ({**COMPANY, "url": "www.example.org"}, "url", '"www.example.org"'),
    ({**COMPANY, "other_names": "SOCAR"}, "other_names", "is not a list"),
    ({**COMPANY, "other_names": ["a", 5]}, "other_names[1]", "5 is not a text"),
    ({**COMPANY, "kind": "firm"}, "kind", "accepted: agency, company"),
    ({**OBSERVATION, "value": 708.1}, "value", "in quotation marks"),
    ({**OBSERVATION, "value": "NaN"}, "value", "is no decimal"),
    ({**OBSERVATION, "value": "0.12345678"}, "value", '"0.12345678"'),
    ({**OBSERVATION, "share": "100.5"}, "share", "is not between 0 and 100"),
    ({**SECTORS[0], "colour": "blue"}, "colour", '"blue"'),
    ({**COUNTRIES[0], "code": "aze"}, "code", '"aze"'),
    ({**NOTICE, "starts": "2011-05-01T00:00:00"}, "starts", "date, time and zone"),
    ({**NOTICE, "starts": "2011-13-01T00:00:00Z"}, "starts", "date, time and zone"),
    # Dates
    ({**RECORD, "date": "14.09.2010"}, "date", "14.09.2010"),
    ({**RECORD, "date": "2010-02-30"}, "date", "2010-02-30"),
    ({**RECORD, "date": "2011/2010"}, "date", "2011/2010"),
    ({**RECORD, "date": 2010}, "date", "2010 is not a text"),
    ({**LEVEL, "from": "2020", "to": "2010"}, "to", '"2010" comes before from, "2020"'),
    ({**MISSION, "opened": "2020", "closed": "2010"}, "closed", "comes before opened"),
    ({**PERSON, "ref": "p", "appointments": ENDED_FIRST}, "appointments[0].to", "comes before from"),
    (
        {**NOTICE, "starts": "2011-05-02T00:00:00Z", "ends": "2011-05-01T00:00:00Z"},
        "ends",
        "is not after starts",
    ),
    # References
    ({**RECORD, "parties": THIRD}, "parties[2].country", '"XX" is no country'),
    ({**RECORD, "parties": [{"organisation": "sokar"}]}, "parties[0].organisation", 'did you mean "socar"?'),
    ({**RECORD, "sectors": ["enery"]}, "sectors[0]", 'did you mean "energy"?'),
    ({**RECORD, "sources": ["mfa", "mfb"]}, "sources[1].source", 'did you mean "mfa"?'),
    ({**RECORD, "links": [{"to": "nowhere"}]}, "links[0].to", '"nowhere" is no record'),
    ({**RECORD, "people": [{"person": "aliyev"}]}, "people[0].person", 'did you mean "i-aliyev"?'),
    ({**RECORD, "image": "none"}, "image", '"none" is no image'),
    ({**LEVEL, "basis": "treaty"}, "basis", '"treaty" is no record'),
    ({**LEVEL, "relation": ["AZ", "XX"]}, "relation[1]", '"XX" is no country'),
    ({**MISSION, "sending": "XX"}, "sending", '"XX" is no country'),
    ({**MEMBERSHIP, "organisation": "guam"}, "organisation", '"guam" is no organisation'),
    ({**TEXT, "other_sectors": ["energy", "art"]}, "other_sectors[0]", '"art" is no sector'),
    ({**INDICATOR, "slug": "other", "sector": "art"}, "sector", '"art" is no sector'),
    ({**COUNTRIES[0], "code": "AX", "slug": "aland", "sovereign": "FI"}, "sovereign", '"FI" is no country'),
    ({**SOURCE, "ref": "other", "reproduces": "none"}, "reproduces", '"none" is no source'),
    # What may not be public
    ({**OBSERVATION, "sources": []}, "sources", "a public figure needs a source"),
    (CLAIM, "people", "a public statement about another country needs its speaker"),
    ({**RECORD, "kind": "event", "details": {}}, "details.type", "a public record needs this"),
    ({**RECORD, "kind": "milestone", "details": {}}, "details.type", "a public record needs this"),
    # What does not fit together
    ({**LEVEL, "relation": ["AZ", "AZ"]}, "relation", "pairs a country with itself"),
    ({"type": "relation", "countries": ["AZ", "AZ"]}, "countries", "pairs a country with itself"),
    ({"type": "relation", "countries": ["AZ"]}, "countries", "is no pair"),
    ({**MISSION, "receiving": "AZ"}, "receiving", "is the same as sending"),
    ({**MISSION, "relation": ["AZ", "GE"]}, "relation", "is no field here"),
    ({**OBSERVATION, "reporter": "RO"}, "reporter", '"RO" is neither of AZ and GE'),
    ({**OBSERVATION, "partner": "GE"}, "partner", "give one of the two"),
    ({**OBSERVATION, "relation": None, "reporter": "AZ", "partner": "AZ"}, "partner", "the reporter itself"),
    ({**OBSERVATION, "relation": None, "partner": "AZ"}, "partner", "needs a reporter"),
    ({**RECORD, "parties": [{"role": "host"}]}, "parties[0].country", "neither is given"),
    (
        {**RECORD, "parties": [{"country": "AZ", "organisation": "socar"}]},
        "parties[0].country",
        "both are given",
    ),
    (
        {**RECORD, "parties": [{"country": "AZ"}, {"country": "AZ", "role": "host"}]},
        "parties[1].country",
        "listed twice",
    ),
    (
        {**PERSON, "appointments": [MINISTER, {**MINISTER, "office": {"en": "MINISTER", "ka": "მინისტრი"}}]},
        "appointments[1].office",
        "is held under [0] at the same time",
    ),
    (
        {**RECORD, "sources": [{"source": "mfa", "preferred": True}, {"source": "mfa", "preferred": True}]},
        "sources[1].preferred",
        "only one source can be the preferred one",
    ),
    ({**RECORD, "source": "mfa", "sources": ["mfa"]}, "source", "give one of the two"),
    (
        {**RECORD, "sources": [{"source": "mfa", "states": {"dat": "2010"}}]},
        "sources[0].states.dat",
        '"date"',
    ),
    (
        {**RECORD, "sources": [{"source": "mfa", "states": {"date": "soon"}}]},
        "sources[0].states.date",
        "soon",
    ),
    # The page could hold neither against its own value.
    (
        {**RECORD, "sources": [{"source": "mfa", "states": {"title": {"en": "x"}}}]},
        "sources[0].states.title",
        "is no field that sources can state otherwise",
    ),
    (
        {**RECORD, "sources": [{"source": "mfa", "states": {"parties": [{"country": "AZ"}]}}]},
        "sources[0].states.parties",
        "is no field that sources can state otherwise",
    ),
    ({**RECORD, "links": [{"to": "agri"}]}, "links[0].to", "cannot be linked to itself"),
    ({**RECORD, "links": [{"to": "b", "as": "about"}] * 2}, "links[1].to", "listed twice"),
    ({**MEETING, "details": {"sessions": [{"ordinal": 0}]}}, "details.sessions[0].ordinal", "between 1 and"),
    ({**MEETING, "details": {"sessions": ORDERED_SESSIONS}}, "details.sessions[1].scope", "listed twice"),
    ({**RECORD, "attachments": [{"file": "x.pdf", "title": {"en": "x"}}]}, "attachments[0].file", "SHA-256"),
    (
        {**RECORD, "attachments": [{"file": f"{'0' * 64}.pdf", "title": {"en": "x"}}]},
        "attachments[0].file",
        "needs --files",
    ),
    # What only the database knows
    ({**COUNTRIES[0], "code": "AX"}, "slug", "is taken by another one"),
    ({**PAGE, "slug": "other", "uuid": "3f2c1c1e-9d0b-4a55-9a5e-0b11a7e7a1aa"}, "uuid", "is no field here"),
    (SOURCE, "ref", '"mfa" is described by line 10 already'),
]


@pytest.mark.parametrize(("line", "field", "reason"), WRONG)
def test_wrong_line_is_named_with_its_field(tmp_path, line, field, reason):
    lines = [*BASIS, line, PAGE]

    with pytest.raises(CommandError) as refusal:
        take_in(tmp_path, lines)

    said = str(refusal.value).splitlines()
    assert said[0].startswith(f"line {len(BASIS) + 1}, field {field}: ")
    assert reason in said[0]
    assert said[1:] == ["Nothing was changed."]
    assert exported(tmp_path) == b""


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"type": "page", "slug"', "line 2: is not JSON: "),
        (b'["page"]', 'line 2: ["page"] is not an object in braces'),
        (b'{"type": "page", "title": {"en": "caf\xe9"}}', "line 2: is not UTF-8: byte 0xE9 at position 38"),
        (b'{"type": "page", "title": {"en": "a\0b"}}', "line 2: is not JSON: Invalid control character"),
        (b'{"type": "page", "slug": "x", "slug": "y"}', "line 2, field slug: is given twice"),
        (b'{"type": "page", "position": NaN}', "line 2: is not JSON: NaN"),
        (b'{"type": "page", "position": ' + b"1" * 5000 + b"}", "line 2: is not JSON: "),
        (b"[" * 100_000, "line 2: is nested too deeply"),
        (b'{"type": "page", "title": {"en": "\\ud800"}}', "line 2, field title.en: the text contains U+D800"),
        (b'{"type": "page", "slug": "' + b"x" * 5_000_000 + b'"}', "line 2: is longer than 4 MB"),
    ],
)
def test_line_that_cannot_be_read_is_named(tmp_path, raw, reason):
    with pytest.raises(CommandError) as refusal:
        take_in(tmp_path, as_bytes([PAGE]) + raw + b"\n" + as_bytes([NOTICE]))

    assert str(refusal.value).splitlines()[-2 if "slug" not in reason else 0].startswith(reason)
    assert exported(tmp_path) == b""


def test_faults_of_several_lines_are_told_together(tmp_path):
    wrong = [{**PAGE, "slug": f"page-{number}", "body": 5} for number in range(30)]

    with pytest.raises(CommandError) as refusal:
        take_in(tmp_path, [*BASIS, {**RECORD, "titel": "x", "date": "soon"}, *wrong])

    said = str(refusal.value).splitlines()
    assert said[0].startswith("line 11, field date: ")
    assert said[1].startswith("line 11, field titel: ")
    assert said[2].startswith("line 12, field body: ")
    assert len(said) == 22
    assert said[-2] == "… the first 20 faults are shown; there may be more."


def test_reference_to_a_wrong_line_is_no_second_fault(tmp_path):
    visit = {**VISIT, "links": [{"to": "agri"}]}

    with pytest.raises(CommandError) as refusal:
        take_in(tmp_path, [*BASIS, {**RECORD, "date": "soon"}, visit, {**LEVEL, "basis": "agri"}])

    assert [line.split(":")[0] for line in str(refusal.value).splitlines()] == [
        "line 11, field date",
        "Nothing was changed.",
    ]


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_bundle", str(tmp_path / "none.jsonl"))
