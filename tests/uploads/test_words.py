"""What is said about a picture: its description, its licence, and the page that shows it."""

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import override

from relations.models import Image
from relations.uploads.addresses import files_behind
from relations.uploads.alt import validate_description

from .making import attachment, image, photograph, record, upload


@pytest.mark.parametrize(
    "text",
    [
        "IMG_2031.jpg",
        "img_2031",
        "DSC00012",
        "photo1",
        "Photo 1",
        "Image (2)",
        "delegation_baku",
        "фото12",
        "picture.PNG",
        "Meeting of ministers.jpeg",
        "2010-09-14 (3)",
        "20100914_112233",
        "Screenshot 2024-05-01",
        " scan ",
        "P1010001",
        "WhatsApp_Image_2024",
    ],
)
def test_name_of_a_file_is_no_description(text):
    with pytest.raises(ValidationError) as refusal:
        validate_description(text)

    assert refusal.value.code == "file_name"


@pytest.mark.parametrize(
    "text",
    [
        "Baku",
        "Two people shake hands",
        "The 10th session",
        "Photograph of the 1997 signing",
        "Signing in 2010",
        "Photo of the presidents",
        "ხელმოწერა 2010 წელს",
        "Президенты на саммите ГУАМ",
        "Image of the bridge, seen from Tbilisi.",
        "Minister of Foreign Affairs E. Mammadyarov",
    ],
)
def test_description_is_accepted(text):
    validate_description(text)


@pytest.mark.django_db
def test_file_name_is_refused_in_every_language(settings):
    for code, _name in settings.LANGUAGES:
        with pytest.raises(ValidationError) as refusal:
            Image(
                file=upload(photograph()),
                credit_en="x",
                is_decorative=True,
                **{f"alt_{code}": "IMG_2031.jpg"},
            ).full_clean(exclude=["ref"])
        # The plain name stands for the language that is active.
        assert set(refusal.value.message_dict) - {"alt"} == {f"alt_{code}"}


@pytest.mark.django_db
def test_description_is_needed_in_one_language_unless_decorative():
    picture = Image(file=upload(photograph()), credit="x", credit_en="x")
    with pytest.raises(ValidationError, match="Describe the picture"):
        picture.full_clean()

    picture.alt_ka = "ორი ადამიანი"
    picture.full_clean()

    picture.alt_ka, picture.is_decorative = "", True
    picture.full_clean()


@pytest.mark.django_db
def test_validation_of_a_model_refuses_and_cleans():
    with pytest.raises(ValidationError) as refusal:
        Image(file=upload(b"<svg/>"), credit="x", is_decorative=True).full_clean()
    assert list(refusal.value.message_dict) == ["file"]

    picture = Image(file=upload(photograph()), credit="x", is_decorative=True)
    picture.full_clean()
    picture.file.file.seek(0)
    assert b"SECRET" not in picture.file.file.read()


@pytest.mark.django_db
def test_picture_without_licence_is_not_shown():
    picture = image(licence="")

    assert not picture.is_showable
    assert "licence" in str(picture.hidden_because)
    assert not Image.objects.showable().exists()
    assert "<img" not in render_to_string("relations/_image.html", {"image": picture})


@pytest.mark.django_db
def test_picture_is_shown_with_its_sizes():
    picture = image(photograph((1200, 600)))

    html = render_to_string("relations/_image.html", {"image": picture})

    assert 'alt="Two people shake hands"' in html
    assert 'width="1200" height="600"' in html
    for size in picture.file.srcset:
        assert f"{size.url} {size.width}w" in html
    assert html.count("w,") == 2
    assert "style=" not in html


@pytest.mark.django_db
def test_description_in_another_language_says_so():
    with override("ka"):
        html = render_to_string("relations/_image.html", {"image": image()})

    assert 'alt="Two people shake hands" lang="en"' in html


@pytest.mark.django_db
def test_preview_uses_the_address_of_staff():
    with files_behind("staff_media"):
        html = render_to_string("relations/_image.html", {"image": image()})

    assert '"/media/' not in html
    assert "/admin/media/images/" in html


@pytest.mark.django_db
def test_record_page_shows_picture_and_document(client):
    shown, page = image(), record()
    page.image = shown
    page.save()
    text = attachment(record=page)

    html = client.get(page.get_absolute_url(), follow=True).content.decode()

    assert shown.file.url in html
    assert text.file.url in html
