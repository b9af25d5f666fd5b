"""Two people with one thing of the registers open at once: the second is told, and nothing is lost."""

import pytest
from django.test import Client

from relations import models
from tests import factories

from .pages import address, form_data, make, messages_of

REGISTERS = [
    models.Country,
    models.Image,
    models.Indicator,
    models.Organisation,
    models.Person,
    models.Sector,
    models.Source,
]


@pytest.fixture
def me(staff):
    return browser(staff("editor", "me"))


@pytest.fixture
def other(staff):
    return browser(staff("editor", "other"))


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text_of(model):
    """A text that every register has in two languages."""
    return {models.Image: "caption", models.Source: "title"}.get(model, "name")


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_the_second_is_told_what_the_first_wrote_and_may_insist(me, other, model):
    thing, name = make(model), text_of(model)
    form = address(model, "change", thing.pk)
    mine, theirs = me.get(form), other.get(form)
    assert other.post(form, form_data(theirs, **{f"{name}_en": "Theirs"})).status_code == 302

    late = me.post(form, form_data(mine, **{f"{name}_ru": "Моё"}))

    assert late.status_code == 200
    assert "workflow-heading" not in mine.content.decode()
    html = late.content.decode()
    assert "Somebody changed this after you opened it" in html
    assert "– Theirs" in html
    assert 'value="Моё"' in html or ">\nМоё<" in html or ">Моё<" in html
    thing.refresh_from_db()
    assert (getattr(thing, f"{name}_en"), getattr(thing, f"{name}_ru")) == ("Theirs", None)
    # What is sent again has been told what it does away with.
    assert me.post(form, form_data(late)).status_code == 302
    thing.refresh_from_db()
    assert getattr(thing, f"{name}_ru") == "Моё"


def test_whoever_saves_twice_in_a_row_is_told_nothing(me):
    person = factories.person()
    form = address(models.Person, "change", person.pk)

    for name in ("One", "Two"):
        assert me.post(form, form_data(me.get(form), name_en=name)).status_code == 302

    person.refresh_from_db()
    assert person.name_en == "Two"


def test_rows_that_were_changed_meanwhile_are_told_of(me, other):
    appointment = factories.appointment()
    form = address(models.Person, "change", appointment.person_id)
    mine = me.get(form)
    models.Appointment.objects.filter(pk=appointment.pk).update(office_en="Minister of Energy")

    late = me.post(form, form_data(mine))

    assert "Somebody changed the rows of this after you opened it" in late.content.decode()
    assert messages_of(late) == []
