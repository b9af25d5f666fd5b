"""Pictures that records may show."""

from relations.models import Image

from ..definition import Definition
from ..files import File
from .plain import plain

IMAGE = Definition(
    "image",
    Image,
    [
        File(Image, "file"),
        *plain(Image, "decorative:is_decorative", "alt", "caption", "credit", "licence"),
        *plain(Image, "focal_x", "focal_y"),
    ],
)
