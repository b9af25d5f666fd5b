"""Whether a file holds only a picture: no metadata, no comment, nothing before or behind it."""

import struct

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_CHUNKS = {b"IHDR", b"IDAT", b"IEND"}
WEBP_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
# Tables, frame and scan headers of baseline and progressive JPEG, and the JFIF head.
JPEG_SEGMENTS = {0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0}
JFIF_LENGTH = 16


def holds_only_a_picture(content: bytes) -> bool:
    try:
        if content.startswith(PNG_HEAD):
            return is_plain_png(content)
        if content.startswith(b"RIFF"):
            return is_plain_webp(content)
        return is_plain_jpeg(content)
    except (struct.error, LookupError, ValueError):
        return False


def is_plain_png(content):
    position = len(PNG_HEAD)
    while True:
        length, kind = struct.unpack_from(">I4s", content, position)
        position += 12 + length
        if kind not in PNG_CHUNKS:
            return False
        if kind == b"IEND":
            return length == 0 and position == len(content)


def is_plain_webp(content):
    (claimed,) = struct.unpack_from("<I", content, 4)
    if claimed + 8 != len(content):
        return False
    position = 12
    while position < len(content):
        kind, length = struct.unpack_from("<4sI", content, position)
        position += 8 + length + length % 2
        if kind not in WEBP_CHUNKS:
            return False
    return position == len(content)


def is_plain_jpeg(content):
    if not content.startswith(b"\xff\xd8") or not content.endswith(b"\xff\xd9"):
        return False
    position = 2
    while position < len(content) - 2:
        start, marker, length = struct.unpack_from(">BBH", content, position)
        if start != 0xFF or marker not in JPEG_SEGMENTS or (marker == 0xE0 and length != JFIF_LENGTH):
            return False
        position += 2 + length
        if marker == 0xDA:
            position = end_of_scan(content, position)
    return position == len(content) - 2


def end_of_scan(content, position):
    """Return where the next segment begins: after 0xFF comes neither a stuffed zero nor a restart mark."""
    while True:
        position = content.index(0xFF, position)
        if content[position + 1] != 0 and not 0xD0 <= content[position + 1] <= 0xD7:
            return position
        position += 2
