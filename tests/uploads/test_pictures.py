import io
import subprocess
import sys
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from PIL import ImageCms

from relations.uploads.forms import PictureFormField
from relations.uploads.pictures import KEPT_SIDE, MOST_BYTES, clean_picture
from relations.uploads.plain import holds_only_a_picture

from .making import (
    jpeg_claiming,
    moving,
    painted,
    photograph,
    png_chunk,
    png_claiming,
    upload,
    webp_claiming,
    written,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
XXE = b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'
LAUGHS = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><svg>&b;</svg>'
PNG = written(painted(), "PNG")
JPEG = written(painted(), "JPEG")
WEBP = written(painted(), "WEBP")

REFUSED = {
    "svg with a script": (SVG, "not_a_picture"),
    "svg with an external entity": (XXE, "not_a_picture"),
    "svg of a billion laughs": (LAUGHS, "not_a_picture"),
    "html": (b"<!doctype html><script>alert(1)</script>", "not_a_picture"),
    "html with the head of a png": (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "not_a_picture"),
    "html with the head of a jpeg": (b"\xff\xd8\xff\xe0<script>alert(1)</script>", "not_a_picture"),
    "html with the head of a webp": (b"RIFF\x20\0\0\0WEBPVP8 <script>alert(1)</script>", "not_a_picture"),
    "gif": (written(painted(), "GIF"), "not_a_picture"),
    "tiff": (written(painted(), "TIFF"), "not_a_picture"),
    "bmp": (written(painted(), "BMP"), "not_a_picture"),
    "ico": (written(painted((32, 32)), "ICO"), "not_a_picture"),
    "pdf": (written(painted(), "PDF"), "not_a_picture"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not_a_picture"),
    "program": (b"MZ" + b"\0" * 500, "not_a_picture"),
    "one byte": (b"\x89", "not_a_picture"),
    "moving png": (moving("PNG"), "animated"),
    "moving webp": (moving("WEBP"), "animated"),
    "moving avif": (moving("AVIF"), "animated"),
    "png of 60,000 by 60,000": (png_claiming(60_000, 60_000), "too_many_pixels"),
    "png of 2^31 - 1 by 2^31 - 1": (png_claiming(2**31 - 1, 2**31 - 1), "too_many_pixels"),
    "png just too large": (png_claiming(8001, 5000), "too_many_pixels"),
    "jpeg of 65,000 by 65,000": (jpeg_claiming(65_000, 65_000), "too_many_pixels"),
    "webp of 16,384 by 16,384": (webp_claiming(16_384, 16_384), None),
    "png with other rows than its head claims": (png_claiming(2000, 2000), "broken"),
    "png of no size": (png_claiming(0, 0), None),
    "png cut short": (PNG[:-30], "broken"),
    "png with a wrong check sum": (PNG[:-25] + bytes([PNG[-25] ^ 1]) + PNG[-24:], "broken"),
    "jpeg cut short": (JPEG[: len(JPEG) * 2 // 3], "broken"),
    "webp cut short": (WEBP[:-40], None),
    "too many bytes": (PNG + b"\0" * MOST_BYTES, "too_large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_picture_is_refused_in_time_whatever_its_name(name):
    content, code = REFUSED[name]
    started = time.monotonic()

    with pytest.raises(ValidationError) as refusal:
        PictureFormField().clean(SimpleUploadedFile("harmless.png", content, "image/png"))

    assert time.monotonic() - started < 8
    assert code in {None, refusal.value.error_list[0].code}
    assert "pictur" in refusal.value.messages[0] or "file" in refusal.value.messages[0]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_cleaned_picture_holds_nothing_but_pixels(format):
    original = photograph(format=format)
    assert b"SECRET-MAKER" in original

    clean = clean_picture(upload(original))

    kept = clean.read()
    picture = Picture.open(io.BytesIO(kept))
    assert not picture.getexif()
    assert holds_only_a_picture(kept)
    for secret in (b"SECRET", b"secret", b"Exif", b"eXIf", b"xmp"):
        assert secret not in kept
    assert picture.size == (640, 400)
    assert picture.format == {"AVIF": "WEBP"}.get(format, format)
    assert clean.name == {"JPEG": "picture.jpg", "PNG": "picture.png"}.get(format, "picture.webp")


@pytest.mark.parametrize("base", [PNG, JPEG, WEBP], ids=["png", "jpeg", "webp"])
def test_what_hangs_on_behind_a_picture_is_gone(base):
    polyglot = base + b"PK\x03\x04<script>alert(1)</script>"

    assert b"script" not in clean_picture(upload(polyglot)).read()


def test_text_inside_a_png_is_gone():
    bomb = PNG[:33] + png_chunk(b"tEXt", b"Comment\0<script>alert(1)</script>") + PNG[33:]

    assert b"script" not in clean_picture(upload(bomb)).read()


@pytest.mark.parametrize("name", ["photo.svg", "photo.exe", "photo.html", "photo", "../../photo.php"])
def test_content_decides_not_the_name(name):
    assert clean_picture(upload(PNG, name)).name == "picture.png"


def test_orientation_is_applied():
    clean = clean_picture(upload(photograph((640, 400), orientation=6)))

    assert Picture.open(clean).size == (400, 640)


def test_colours_of_a_profile_are_kept_and_the_profile_is_gone():
    lab_white_point = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    original = written(painted(colour=(200, 30, 30)), "PNG", icc_profile=lab_white_point)

    clean = clean_picture(upload(original))

    picture = Picture.open(clean)
    assert "icc_profile" not in picture.info
    assert all(abs(a - b) <= 2 for a, b in zip(picture.getpixel((0, 0)), (200, 30, 30), strict=True))


def test_broken_profile_does_not_matter():
    original = written(painted(), "PNG", icc_profile=b"no profile at all" * 20)

    assert Picture.open(clean_picture(upload(original))).size == (640, 400)


@pytest.mark.parametrize(
    ("mode", "colour", "kept"),
    [("1", 1, "L"), ("L", 99, "L"), ("P", 3, "RGB"), ("RGBA", (9, 9, 9, 9), "RGBA"), ("LA", (9, 9), "RGBA")],
)
def test_kinds_of_colour_are_kept(mode, colour, kept):
    clean = clean_picture(upload(written(painted(colour=colour, mode=mode), "PNG")))

    assert Picture.open(clean).mode == kept


def test_sixteen_bits_become_eight():
    clean = clean_picture(upload(written(Picture.new("I;16", (20, 20), 0x8000), "PNG")))

    picture = Picture.open(clean)
    assert (picture.mode, picture.getpixel((5, 5))) == ("L", 128)


def test_cmyk_becomes_rgb():
    clean = clean_picture(upload(written(painted(mode="CMYK", colour=(0, 255, 255, 0)), "JPEG")))

    picture = Picture.open(clean)
    assert picture.mode == "RGB"
    assert picture.getpixel((5, 5))[0] > 200 > 60 > picture.getpixel((5, 5))[1]


def test_large_picture_is_kept_at_the_size_the_site_can_use():
    clean = clean_picture(upload(written(painted((6000, 3000)), "JPEG")))

    assert Picture.open(clean).size == (KEPT_SIDE, KEPT_SIDE // 2)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_bundle_gets_back_to_the_byte_what_the_site_once_wrote(format):
    stored = clean_picture(upload(photograph(format=format))).read()

    again = clean_picture(upload(stored), keep_plain=True).read()

    assert again == stored


def test_bundle_does_not_bring_metadata_in():
    assert b"SECRET" not in clean_picture(upload(photograph()), keep_plain=True).read()


def test_cleaning_gives_the_same_result_each_time():
    assert clean_picture(upload(photograph())).read() == clean_picture(upload(photograph())).read()


LARGEST = """
import io, resource, sys
from django.conf import settings
settings.configure()
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from relations.uploads.pictures import clean_picture
content = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF)
clean_picture(SimpleUploadedFile("x", content))
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
print((after.ru_maxrss - before.ru_maxrss) // 1024)
"""


@pytest.mark.parametrize(
    ("format", "mode", "size"),
    [
        ("JPEG", "RGB", (8000, 5000)),
        ("PNG", "RGBA", (8000, 5000)),
        ("PNG", "P", (8000, 5000)),
        ("WEBP", "RGB", (5000, 5000)),
    ],
)
def test_largest_picture_takes_bounded_time_and_memory(tmp_path, format, mode, size):
    file = tmp_path / "largest"
    file.write_bytes(written(painted(size, 0, mode), format))

    used = subprocess.run([sys.executable, "-c", LARGEST, file], capture_output=True, text=True, check=True)

    seconds, megabytes = used.stdout.split()
    assert float(seconds) < 8
    assert int(megabytes) < 400
