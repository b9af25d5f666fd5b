"""The numbers in addresses outlive a move, and are never given twice."""

import io

import pytest

from relations.models import FormerNumber, Person, Record

from .bundles import BASIS, PERSON, RECORD, VISIT, take_in

pytestmark = pytest.mark.django_db


def test_numbers_are_kept_where_they_are_free(tmp_path):
    take_in(tmp_path, [*BASIS, {**RECORD, "number": 500, "former_numbers": [7]}])
    notes = io.StringIO()

    take_in(tmp_path, [{**VISIT, "number": 500}, {**VISIT, "ref": "c", "number": 7}], stderr=notes)

    numbers = dict(Record.objects.values_list("ref", "pk"))
    assert numbers["agri"] == 500
    assert min(numbers["visit"], numbers["c"]) > 500
    assert "line 1: number 500 is taken; it gets a new one" in notes.getvalue()
    assert "line 2: number 7 is taken; it gets a new one" in notes.getvalue()
    assert FormerNumber.objects.get(number=7).record_id == 500
    take_in(tmp_path, [{**RECORD, "number": 9}])
    assert Record.objects.get(ref="agri").pk == 500
    assert FormerNumber.objects.filter(record_id=500).count() == 1


def test_numbers_go_on_after_those_that_were_given(tmp_path):
    take_in(tmp_path, [*BASIS, {**PERSON, "ref": "other", "number": 900}])

    assert Person.objects.create(ref="third", name_en="Third").pk > 900


def test_number_of_a_deleted_record_is_not_given_again(tmp_path):
    take_in(tmp_path, [*BASIS, {**RECORD, "number": 40}])
    Record.objects.all().delete()

    take_in(tmp_path, [{**VISIT, "number": 12}, RECORD])

    assert Record.objects.get(ref="visit").pk == 12
    assert Record.objects.get(ref="agri").pk > 40
