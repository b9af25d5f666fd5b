"""The sizes in which a picture is sent: declared here, made by the server, never asked for by an address."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from PIL import Image

from .addresses import Addressed
from .pictures import ACCEPTED, decoding

WIDTHS = (480, 960, 1600)
SQUARE = 480
CENTRE = (50, 50)


@dataclass(frozen=True)
class Rendition(Addressed):
    """One size of a picture: the name it is stored under, and which part of the original it shows."""

    name: str
    width: int
    height: int
    box: tuple
    is_square: bool = False


def renditions_of(name, width, height, focus=CENTRE) -> list[Rendition]:
    """Return the sizes of a picture, smallest first, the square last; none larger than the picture is."""
    if not (name and width and height):
        return []
    stem = PurePosixPath(name).with_suffix("")
    whole = (0, 0, width, height)
    widths = [each for each in WIDTHS if each < width]
    heights = [max(1, round(height * each / width)) for each in widths]
    found = [
        Rendition(f"{stem}-{each}.webp", each, high, whole)
        for each, high in zip(widths, heights, strict=True)
    ]
    side = min(SQUARE, width, height)
    square_name = f"{stem}-square-{side}-{focus[0]}-{focus[1]}.webp"
    return [*found, Rendition(square_name, side, side, square_around(width, height, focus), is_square=True)]


def square_around(width, height, focus):
    """Return the largest square of the picture that keeps its focus as near to the middle as possible."""
    side = min(width, height)
    left, top = (
        min(max(round(length * percent / 100 - side / 2), 0), length - side)
        for length, percent in zip((width, height), focus, strict=True)
    )
    return left, top, left + side, top + side


def drawn(content: bytes, renditions):
    """Yield the sizes of a stored picture as files, each with its rendition."""
    with decoding:
        picture = Image.open(BytesIO(content), formats=ACCEPTED)
        picture.load()
        for rendition in renditions:
            size = (rendition.width, rendition.height)
            smaller = picture.resize(size, Image.Resampling.LANCZOS, box=rendition.box, reducing_gap=2.0)
            written = BytesIO()
            smaller.save(written, "WEBP", quality=80, method=4)
            yield rendition, ContentFile(written.getvalue())
