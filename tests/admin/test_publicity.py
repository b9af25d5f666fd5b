"""Showing several things to visitors at once, and what is said after saving figures and pictures."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from relations.models import (
    Image,
    Observation,
    Organisation,
    RecordParty,
    RecordPerson,
    Statement,
    Visit,
)
from tests import factories

from .pages import address, form_data, messages_of


@pytest.mark.parametrize(
    ("action", "before", "after"), [("make_public", False, True), ("make_private", True, False)]
)
def test_publicity_is_asked_for_and_changed(desk, action, before, after):
    visit, other = factories.visit(is_public=before), factories.visit(title_en="Other", is_public=before)
    data = {"action": action, "_selected_action": [visit.pk]}

    question = desk.post(address(Visit, "changelist"), data).content.decode()

    assert "<li>Visit to Tbilisi</li>" in question
    assert "<li>Other</li>" not in question
    visit.refresh_from_db()
    assert visit.is_public is before

    answer = desk.post(address(Visit, "changelist"), data | {"confirmed": "yes"}, follow=True)

    visit.refresh_from_db()
    other.refresh_from_db()
    assert (visit.is_public, other.is_public) == (after, before)
    assert messages_of(answer) == ["1 changed."]
    history = desk.get(address(Visit, "history", visit.pk)).content.decode()
    assert "Changed public." in history


def test_stated_change_that_cannot_follow_is_said_with_both_numbers(desk):
    factories.observation("2009", "500")
    figure = factories.observation("2010", "708.1")
    form = desk.get(address(Observation, "change", figure.pk))

    answer = desk.post(address(Observation, "change", figure.pk), form_data(form, change="30.6"), follow=True)

    assert "states a change of 30.6 %, but from the value of 2009 it is 41.6 %" in messages_of(answer)[0]
    assert Observation.objects.get(pk=figure.pk).change == Decimal("30.6")


def test_stated_change_that_follows_is_not_remarked(desk):
    factories.observation("2009", "542.2")
    figure = factories.observation("2010", "708.1")
    form = desk.get(address(Observation, "change", figure.pk))

    answer = desk.post(address(Observation, "change", figure.pk), form_data(form, change="30.6"), follow=True)

    assert len(messages_of(answer)) == 1


def test_picture_needs_a_description_or_to_be_decorative(desk):
    form = desk.get(address(Image, "add"))
    credit = {"credit_en": "Press service"}
    picture = SimpleUploadedFile("picture.png", factories.PNG, "image/png")

    refused = desk.post(address(Image, "add"), form_data(form, **credit) | {"file": picture})

    assert "mark it as decorative" in refused.content.decode()
    assert not Image.objects.exists()

    picture = SimpleUploadedFile("picture.png", factories.PNG, "image/png")
    saved = desk.post(
        address(Image, "add"), form_data(form, is_decorative="on", **credit) | {"file": picture}, follow=True
    )

    assert Image.objects.get().is_decorative
    assert "its licence is missing" in messages_of(saved)[0]


def test_other_names_are_lines(desk):
    organisation = factories.organisation(other_names=["Азнефть"])
    form = desk.get(address(Organisation, "change", organisation.pk))
    assert form_data(form)["other_names"] == ["Азнефть"]

    desk.post(
        address(Organisation, "change", organisation.pk),
        form_data(form, other_names="Азнефть\r\n\r\n  State Oil Company \r\nАзнефть"),
    )

    organisation.refresh_from_db()
    assert organisation.other_names == ["Азнефть", "State Oil Company"]


def test_figure_without_a_source_is_saved_but_not_shown(desk):
    figure = factories.observation("2010", "708.1", is_public=False)
    figure.citations.all().delete()
    form = desk.get(address(Observation, "change", figure.pk))

    answer = desk.post(
        address(Observation, "change", figure.pk), form_data(form, value="708.2", is_public="on"), follow=True
    )

    figure.refresh_from_db()
    assert (figure.is_public, figure.value) == (False, Decimal("708.2"))
    assert any("A figure needs a source" in text for text in messages_of(answer))


def test_statement_about_another_country_needs_its_speaker(desk):
    country = factories.country("AM", slug="armenia")
    statement = factories.statement(is_public=False)
    statement.parties.create(country=country, role=RecordParty.Role.SUBJECT)
    data = {"action": "make_public", "_selected_action": [statement.pk], "confirmed": "yes"}

    answer = desk.post(address(Statement, "changelist"), data, follow=True)

    statement.refresh_from_db()
    assert statement.is_public is False
    assert any("needs its speaker" in text for text in messages_of(answer))

    statement.people.create(person=factories.person(), role=RecordPerson.Role.SPEAKER)
    desk.post(address(Statement, "changelist"), data, follow=True)

    statement.refresh_from_db()
    assert statement.is_public is True
