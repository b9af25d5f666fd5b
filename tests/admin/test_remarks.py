"""What is said after saving figures, pictures and organisations."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from relations.models import (
    Image,
    Observation,
    Organisation,
)
from tests import factories

from .pages import address, form_data, messages_of


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
