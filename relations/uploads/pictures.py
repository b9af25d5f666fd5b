"""Pictures: recognised by their content, measured before they are decoded, kept as nothing but pixels."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from .content import content_of
from .plain import holds_only_a_picture

MOST_BYTES = 10 * 1024**2
MOST_PIXELS = 40_000_000
# Decoding WebP takes almost twice the memory of the others.
MOST_PIXELS_IN = {"WEBP": 25_000_000}
# Twice what the largest screen is sent: enough to make every size from, too little to burden the server.
KEPT_SIDE = 3200

# Pillow's own alarm, for whatever it measures before we do.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

# One picture at a time: several at once would add up to more memory than a server may have.
decoding = Lock()


@dataclass(frozen=True)
class Kept:
    """How pictures of one kind are kept."""

    format: str
    suffix: str
    options: dict


PNG = Kept("PNG", ".png", {})
JPEG = Kept("JPEG", ".jpg", {"quality": 90, "optimize": True, "progressive": True})
WEBP = Kept("WEBP", ".webp", {"quality": 90, "method": 2})
# An MPO is what many telephones call a JPEG; its first picture is the photograph.
KEPT_AS = {"PNG": PNG, "JPEG": JPEG, "MPO": JPEG, "WEBP": WEBP, "AVIF": WEBP}
ACCEPTED = ["PNG", "JPEG", "WEBP", "AVIF"]
CONTENT_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}

BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What Pillow raises for files that are broken, or made to break it.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class CleanPicture(ContentFile):
    """A picture without anything beside its pixels; only `clean_picture` makes one."""


def clean_picture(file, *, keep_plain=False) -> CleanPicture:
    """Return the picture written anew, upright, without metadata. Raises ValidationError if it is none.

    With `keep_plain` a file that holds only a picture as this site writes it stays the same to the byte: a
    bundle that was exported comes back as it went out. The same file always gives the same result.
    """
    if isinstance(file, CleanPicture):
        return file
    content = content_of(file, MOST_BYTES)
    with decoding:
        kept = KEPT_AS[check(content)]
        picture = decoded(content)
        if keep_plain and max(picture.size) <= KEPT_SIDE and holds_only_a_picture(content):
            return CleanPicture(content, name=f"picture{kept.suffix}")
        return encoded(picture, kept)


def check(content) -> str:
    """Return the format of a picture that may be decoded, after looking at its head and its check sums."""
    picture = opened(content)
    if picture.width * picture.height > MOST_PIXELS_IN.get(picture.format, MOST_PIXELS):
        raise too_many_pixels(MOST_PIXELS_IN.get(picture.format, MOST_PIXELS))
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise ValidationError(
            _("The picture moves. Upload a single picture that stands still."), code="animated"
        )
    try:
        picture.verify()
    except UNREADABLE as error:
        raise broken() from error
    return picture.format


def opened(content):
    """Return the picture, not yet decoded: Pillow has read only what stands before the pixels."""
    try:
        return Image.open(BytesIO(content), formats=ACCEPTED)
    except BOMB as error:
        raise too_many_pixels(MOST_PIXELS) from error
    except UNREADABLE as error:
        raise ValidationError(
            _(
                "This is not a PNG, JPEG, WebP or AVIF picture, whatever its name says. "
                "Save it as one of these and upload it again."
            ),
            code="not_a_picture",
        ) from error


def decoded(content):
    """Return the pixels: upright, in sRGB, reduced if there are more than the site can use."""
    try:
        picture = opened(content)
        # JPEG can be decoded at a fraction of its size.
        picture.draft(None, (2 * KEPT_SIDE, 2 * KEPT_SIDE))
        picture.load()
        picture = in_mode(picture, {"CMYK"})
        picture.thumbnail((KEPT_SIDE, KEPT_SIDE), reducing_gap=2.0)
        picture = ImageOps.exif_transpose(in_srgb(picture))
        picture = in_mode(picture, set())
    except (*BOMB, *UNREADABLE) as error:
        raise broken() from error
    picture.info.clear()
    return picture


def in_mode(picture, accepted):
    """Return the picture in grey, in colours, or in colours with transparency."""
    if picture.mode.startswith("I"):
        # Sixteen bits a pixel.
        picture = picture.point(lambda value: value / 256).convert("L")
    mode = "RGBA" if picture.has_transparency_data else "L" if picture.mode in {"1", "L"} else "RGB"
    return picture if picture.mode in {mode, *accepted} else picture.convert(mode)


def in_srgb(picture):
    """Return the picture in the colours of a file without a profile; as it is if its profile is wrong."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, *UNREADABLE):
        return picture


def encoded(picture, kept) -> CleanPicture:
    written = BytesIO()
    picture.save(written, kept.format, **kept.options)
    return CleanPicture(written.getvalue(), name=f"picture{kept.suffix}")


def size_of(file) -> tuple:
    """Return width and height from the file's head; nothing of a file that is no acceptable picture."""
    try:
        file.open()
        return opened(file.read(MOST_BYTES)).size
    except (ValidationError, OSError, ValueError):
        return None, None


def too_many_pixels(most):
    return ValidationError(
        _("The picture has more than %(most)s million pixels. Make it smaller and upload it again."),
        code="too_many_pixels",
        params={"most": most // 1_000_000},
    )


def broken():
    return ValidationError(
        _("The picture is damaged or cut short. Open it in a picture program, save it anew and try again."),
        code="broken",
    )
