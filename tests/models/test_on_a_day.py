"""What holds on a day: memberships, appointments, missions, notices, levels."""

from datetime import UTC, date, datetime

import pytest

from relations.models import Appointment, Country, Membership, Mission, Notice, Sector

from . import making

pytestmark = pytest.mark.django_db

# From, until, and whether it holds on 15 June 2013.
SPANS = [
    (None, None, True),
    ("2013-06-15", None, True),
    ("2013-06-16", None, False),
    ("2013", None, True),
    ("2014", None, False),
    (None, "2013-06-15", True),
    (None, "2013-06-14", False),
    (None, "2013-06", True),
    ("1997-10-10", "2013", True),
    ("1997-10-10", "2012", False),
    ("2012/2013", "2013/2014", True),
]
DAY = date(2013, 6, 15)


@pytest.mark.parametrize(("start", "end", "holds"), SPANS)
def test_a_membership_holds_between_its_dates(start, end, holds):
    guam, georgia = making.organisation("guam"), making.country("GE")
    Membership.objects.create(organisation=guam, country=georgia, start=start, end=end)

    assert Membership.objects.on(DAY).exists() is holds


@pytest.mark.parametrize(("start", "end", "holds"), SPANS)
def test_an_office_is_held_between_its_dates(start, end, holds):
    making.person().appointments.create(office_en="President", start=start, end=end)

    assert Appointment.objects.on(DAY).exists() is holds


@pytest.mark.parametrize(("opened", "closed", "is_open"), SPANS)
def test_a_mission_is_at_work_between_its_dates(opened, closed, is_open):
    making.mission(opened=opened, closed=closed)

    assert Mission.objects.open_on(DAY).exists() is is_open


@pytest.mark.parametrize(
    ("starts", "ends", "public", "shows"),
    [
        (None, None, True, True),
        (None, None, False, False),
        ((2013, 6, 15, 12), None, True, True),
        ((2013, 6, 15, 13), None, True, False),
        (None, (2013, 6, 15, 12), True, False),
        (None, (2013, 6, 15, 13), True, True),
        ((2011, 5, 1), (2011, 6, 1), True, False),
    ],
)
def test_a_notice_switches_itself_on_and_off(starts, ends, public, shows):
    moments = {
        name: datetime(*parts, tzinfo=UTC)
        for name, parts in {"starts": starts, "ends": ends}.items()
        if parts
    }
    Notice.objects.create(text_en="Maintenance", is_public=public, **moments)

    assert Notice.objects.showing_at(datetime(2013, 6, 15, 12, tzinfo=UTC)).exists() is shows


def test_what_is_retired_cannot_be_chosen_and_is_still_there():
    making.country("AZ"), making.sector("energy")
    Country.objects.update(is_retired=True)
    Sector.objects.update(is_retired=True)

    assert not Country.objects.active().exists()
    assert not Sector.objects.active().exists()
    assert making.record(sectors="energy").main_sector.slug == "energy"


def test_a_mission_belongs_to_the_pair_of_its_two_states():
    embassy = making.mission("UZ", "AZ")
    assert embassy.relation == making.relation("AZ", "UZ")

    embassy.receiving = making.country("GE")
    embassy.save()

    assert embassy.relation == making.relation("UZ", "GE")
