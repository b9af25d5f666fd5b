"""Offices on the form of a person: never the same one twice at once; another holder is said."""

import pytest

from relations.admin.person import PersonAdmin
from relations.models import Appointment, Person
from tests import factories

from .pages import address, form_data, messages_of


@pytest.fixture
def minister(db):
    return factories.appointment(country=factories.country("GE")).person


def save(desk, person, **changes):
    form = desk.get(address(Person, "change", person.pk))
    return desk.post(address(Person, "change", person.pk), form_data(form, **changes), follow=True)


def again(start, **fields):
    georgia = factories.country("GE").pk
    row = {"office_en": "Minister", "country": georgia, "start": start, "position": "", **fields}
    return {f"appointments-1-{name}": value for name, value in row.items()}


def test_the_same_office_twice_at_once_is_refused_and_nothing_is_lost(desk, minister):
    response = save(desk, minister, **again("2012-10-25"))

    (_first, errors) = response.context["inline_admin_formsets"][0].formset.errors
    assert errors == {
        "start": [
            "This person holds the same office at that time: Minister (1 February 2009). End that one first."
        ]
    }
    assert 'value="2012-10-25"' in response.content.decode()
    assert minister.appointments.count() == 1


def test_the_earlier_one_can_be_ended_in_the_same_save(desk, minister):
    save(desk, minister, **{"appointments-0-end": "2012-10-25"}, **again("2012-10-25"))

    assert [str(one.start) for one in minister.appointments.all()] == ["2009-02-01", "2012-10-25"]


@pytest.mark.parametrize(
    "row", [{"start": "2008"}, {"start": "", "end": "2010"}, {"start": "2012", "country": ""}], ids=str
)
def test_other_offices_and_uncertain_dates_are_accepted(desk, minister, row):
    changes = {"appointments-0-start": "2008"} if row["start"] == "2008" else {}
    ends = {"appointments-0-end": "2008"} if changes else {}

    save(desk, minister, **changes, **ends, **again(**row))

    assert minister.appointments.count() == 2


def test_a_row_that_is_taken_off_does_not_count(desk, minister):
    save(desk, minister, **{"appointments-0-DELETE": "on"}, **again("2012"))

    assert [str(one.start) for one in minister.appointments.all()] == ["2012"]


def test_another_holder_is_said_and_accepted(desk, minister):
    other = factories.person(name_en="<b>Maka</b>")
    factories.appointment(person=other, country=factories.country("GE"), start="2011", end="2014-03")
    factories.appointment(
        person=factories.person(name_en="Before"), country=factories.country("GE"), end="2009"
    )

    response = save(desk, minister)

    said = [text for text in messages_of(response) if "same office" in text]
    assert len(said) == 1
    assert f'<a href="{address(Person, "change", other.pk)}">&lt;b&gt;Maka&lt;/b&gt;</a>' in said[0]
    assert "Minister (2011 – March 2014)" in said[0]
    assert Appointment.objects.count() == 3


@pytest.mark.parametrize("number", [1, 3])
def test_asking_for_other_holders_is_one_query(desk, django_assert_num_queries, number):
    person = factories.person(name_en="Many")
    for count in range(number):
        factories.appointment(person=person, office_en=f"Office {count}", country=factories.country("GE"))

    with django_assert_num_queries(2):
        PersonAdmin.tell_others(None, None, person)
