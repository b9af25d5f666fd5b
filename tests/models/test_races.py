"""Several editors at the same moment: the database decides, and nobody is met by an error."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from relations.models import Record, RecordParty, Relation

from . import making

pytestmark = pytest.mark.django_db(transaction=True)
EDITORS = 6


def at_once(act):
    """Let six threads do the same at the same moment; return what each got."""
    start = Barrier(EDITORS)

    def one(number):
        try:
            start.wait(timeout=20)
            return act(number)
        except IntegrityError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(EDITORS) as threads:
        return list(threads.map(one, range(EDITORS)))


def in_either_order(number):
    pair = [making.country("AZ"), making.country("GE")]
    return pair if number % 2 else pair[::-1]


def test_a_pair_entered_by_six_in_both_orders_is_there_once():
    making.country("AZ"), making.country("GE")

    def enter(number):
        one, other = in_either_order(number)
        return Relation.objects.create(country_a=one, country_b=other, ref=f"entered-{number}")

    results = at_once(enter)

    assert Relation.objects.count() == 1
    assert [type(result) for result in results].count(IntegrityError) == EDITORS - 1


@pytest.mark.parametrize("_round", range(3))
def test_a_pair_joined_by_six_in_both_orders_is_the_same_for_all(_round):
    making.country("AZ"), making.country("GE")

    results = at_once(lambda number: Relation.objects.join(*in_either_order(number)).pk)

    assert results == [Relation.objects.get().pk] * EDITORS


@pytest.mark.parametrize("_round", range(3))
def test_parties_entered_by_six_at_once_all_meet_on_their_pages(_round):
    countries = [making.country(code) for code in ("AZ", "GE", "HU", "KZ", "RO", "TJ")]
    thing = making.record(countries="")

    def enter(number):
        with transaction.atomic():
            return RecordParty.objects.create(record_id=thing.pk, country=countries[number])

    results = at_once(enter)

    assert {type(result) for result in results} == {RecordParty}
    assert Record.objects.get().relations.count() == 15
