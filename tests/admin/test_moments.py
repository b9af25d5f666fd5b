"""A moment that staff appoint is the one they meant, in whatever zone and on whatever night."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone

from relations.admin.moments import AppointingForm, MomentField, readings

BUDAPEST = ZoneInfo("Europe/Budapest")


class Form(AppointingForm):
    at = MomentField()


@pytest.fixture(autouse=True)
def budapest():
    with timezone.override(BUDAPEST):
        yield


def sent(date, time, **others):
    return Form({"at_0": date, "at_1": time, **others})


def test_a_time_is_kept_in_utc():
    form = sent("2030-07-01", "12:00")

    assert form.is_valid()
    assert form.cleaned_data == {"at": datetime(2030, 7, 1, 10, tzinfo=UTC)}


def test_a_time_that_the_clocks_skip_is_refused():
    form = sent("2030-03-31", "02:30")

    assert not form.is_valid()
    assert form.errors["at"] == ["There is no such time: the clocks are set forward then. Choose another."]


def test_of_a_time_that_comes_twice_the_form_asks_which():
    form = sent("2030-10-27", "02:30")

    assert not form.is_valid()
    assert "show this time twice" in form.errors["at"][0]
    html = str(form["which"])
    assert "27 October 2030, 02:30 CEST (27 October 2030, 00:30 UTC)" in html
    assert "27 October 2030, 02:30 CET (27 October 2030, 01:30 UTC)" in html


@pytest.mark.parametrize(("which", "hour"), [("0", 0), ("1", 1)])
def test_of_a_time_that_comes_twice_the_chosen_one_is_taken(which, hour):
    form = sent("2030-10-27", "02:30", which=which)

    assert form.is_valid()
    assert form.cleaned_data == {"at": datetime(2030, 10, 27, hour, 30, tzinfo=UTC)}


def test_an_answer_to_a_question_of_before_does_no_harm():
    form = sent("2030-10-28", "02:30", which="1")

    assert form.is_valid()
    assert form.cleaned_data == {"at": datetime(2030, 10, 28, 1, 30, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("date", "time", "which"),
    [
        ("0001-01-01", "00:00", ""),
        ("9999-12-31", "23:59", "x"),
        ("2030-07-01", "", ""),
        ("", "12:00", ""),
        ("", "", "1"),
        ("soon", "noon", "\0"),
    ],
)
def test_odd_times_are_errors_of_the_form(date, time, which):
    form = sent(date, time, which=which)

    form.is_valid()

    assert form.errors or form.cleaned_data["at"].year == 9999


def test_a_zone_without_summer_time_never_asks():
    baku = ZoneInfo("Asia/Baku")

    assert readings(datetime(2030, 10, 27, 2, 30), baku) == [datetime(2030, 10, 26, 22, 30, tzinfo=UTC)]


def test_the_zone_is_said_beside_the_field():
    assert "Time zone: Europe/Budapest." in Form()["at"].help_text


def test_a_form_keeps_its_other_errors():
    class WithText(AppointingForm):
        text = forms.CharField()
        at = MomentField()

    form = WithText({"at_0": "2030-07-01", "at_1": "12:00"})

    assert form.errors == {"text": ["This field is required."]}
