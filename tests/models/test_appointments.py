"""One office, one holder at a time: what certainly overlaps, and what may only touch."""

import pytest

from relations.dates import PartialDate
from relations.models import Appointment
from relations.models.person import overlap
from tests import factories

pytestmark = pytest.mark.django_db


def span(start, end):
    return tuple(date and PartialDate.parse(date) for date in (start, end))


@pytest.mark.parametrize(
    ("one", "other", "is_certain"),
    [
        (("2009-02-01", None), ("2012-10-25", None), True),
        (("2009-02-01", "2012-10-25"), ("2012-10-25", None), False),
        (("2009-02-01", "2012-10-26"), ("2012-10-24", None), True),
        # Each may have ended, or begun, on any day of the year.
        (("2009", "2012"), ("2012", None), False),
        (("2009", "2012"), ("2011", None), True),
        (("2009", "2012-05"), ("2012-03", "2012-06"), True),
        (("2009", "2012-05"), ("2012-05", "2012-06"), False),
        (("2009/..", None), ("2010", None), True),
        (("2009", "../2012"), ("2011", "2013"), True),
        (("2009", "../2012"), ("2012", "2013"), False),
        (("2009~", "2012~"), ("2012~", None), False),
        # When it began nobody knows.
        ((None, None), ("2012", None), False),
        ((None, "2013"), ("2012", "2014"), False),
        ((None, None), (None, None), False),
        (("2012", "2012"), ("2012", "2012"), False),
    ],
)
def test_spans_overlap_only_where_that_is_certain(one, other, is_certain):
    assert overlap(span(*one), span(*other)) is is_certain
    assert overlap(span(*other), span(*one)) is is_certain


@pytest.mark.parametrize(
    ("fields", "is_same"),
    [
        ({}, True),
        ({"office_en": "MINISTER"}, True),
        ({"office_en": "Minister", "office_ka": "მინისტრი"}, True),
        ({"office_en": None, "office_ka": "Minister"}, False),
        ({"office_en": "Deputy minister"}, False),
        ({"country": "AZ"}, False),
        ({"country": None}, False),
        ({"mission": True}, False),
        ({"organisation": True}, False),
    ],
    ids=str,
)
def test_an_office_is_its_name_and_its_place(fields, is_same):
    made = {"office_en": "Minister", "country": "GE", **fields}
    made["country"] = made["country"] and factories.country(made["country"])
    for name, make in (("mission", factories.mission), ("organisation", factories.organisation)):
        made[name] = make() if made.get(name) else None
    one = factories.appointment(country=factories.country("GE"))
    other = factories.appointment(**made)

    assert one.is_to_same_office(other) is is_same
    found = Appointment.objects.to_offices_of([one]).exclude(pk=one.pk)
    assert list(found) == ([other] if is_same else [])
