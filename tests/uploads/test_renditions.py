import pytest
from PIL import Image as Picture
from PIL import ImageDraw

from relations.models import Country, Image
from relations.uploads.renditions import renditions_of, square_around

from .making import image, painted, photograph, upload, written

pytestmark = pytest.mark.django_db


def test_sizes_follow_from_the_picture_alone():
    sizes = renditions_of("images/ab.jpg", 1200, 600, (30, 70))

    assert [(each.name, each.width, each.height) for each in sizes] == [
        ("images/ab-480.webp", 480, 240),
        ("images/ab-960.webp", 960, 480),
        ("images/ab-square-480-30-70.webp", 480, 480),
    ]


@pytest.mark.parametrize(
    ("focus", "box"),
    [
        ((50, 50), (100, 0, 200, 100)),
        ((0, 0), (0, 0, 100, 100)),
        ((100, 100), (200, 0, 300, 100)),
        ((60, 10), (130, 0, 230, 100)),
    ],
)
def test_square_stays_inside_the_picture(focus, box):
    assert square_around(300, 100, focus) == box


@pytest.mark.parametrize(("size", "focus"), [((2000, 600), (8, 50)), ((600, 2000), (50, 93))])
def test_square_keeps_the_face(media_root, size, focus):
    picture = painted(size, "navy")
    x, y = (length * percent // 100 for length, percent in zip(size, focus, strict=True))
    ImageDraw.Draw(picture).ellipse((x - 40, y - 40, x + 40, y + 40), fill="red")

    portrait = image(written(picture, "PNG"), focal_x=focus[0], focal_y=focus[1])

    square = Picture.open(media_root / portrait.file.square.name).convert("RGB")
    red = sum(number for number, (r, g, b) in square.getcolors(480 * 480) if r > 200 and b < 80)
    scale = 480 / 600
    assert square.size == (480, 480)
    assert red == pytest.approx(3.14 * (40 * scale) ** 2, rel=0.1)


def test_sizes_are_stored_when_the_picture_is(stored):
    wide = image(photograph((2000, 1000)))

    assert stored() == {wide.file.name, *(each.name for each in wide.file.renditions)}
    assert [(each.width, each.height) for each in wide.file.whole] == [(480, 240), (960, 480), (1600, 800)]
    assert (wide.width, wide.height) == (2000, 1000)


def test_sizes_are_as_large_as_they_say(media_root):
    for each in image(photograph((1200, 900))).file.renditions:
        with Picture.open(media_root / each.name) as picture:
            assert (picture.size, picture.format) == ((each.width, each.height), "WEBP")


def test_small_picture_has_no_larger_size(stored):
    small = image(photograph((300, 200)))

    assert [each.name for each in small.file.whole] == []
    assert small.file.square.width == 200
    assert len(stored()) == 2


def test_upright_picture_has_its_true_measures():
    turned = image(photograph((640, 400), orientation=8))

    assert (turned.width, turned.height) == (400, 640)
    assert Image.objects.get().width == 400


def test_browser_chooses_among_sizes_and_a_small_original():
    assert [each.width for each in image(photograph((1200, 600))).file.srcset] == [480, 960, 1200]
    assert [each.width for each in image(photograph((2400, 600))).file.srcset] == [480, 960, 1600]


def test_moved_focus_makes_a_new_square_only(media_root, django_capture_on_commit_callbacks, stored):
    portrait = image(photograph((1200, 600)))
    before = stored()

    with django_capture_on_commit_callbacks(execute=True):
        portrait.focal_x = 10
        portrait.save()

    assert stored() - before == {portrait.file.square.name}
    assert [name for name in before - stored() if "-square-480-50-50" in name] == list(before - stored())


def test_flag_has_one_size(stored):
    flag = Country.objects.create(
        code="QQ", slug="qq", name_en="Q", flag=upload(written(painted((900, 600)), "PNG"))
    ).flag

    assert stored() == {flag.name}
    assert flag.name.startswith("flags/")
    assert flag.width == 900
