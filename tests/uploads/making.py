"""Small real pictures and documents, records that show them, and what attackers make of such files."""

import io
import itertools
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture

from relations.models import Attachment, Image, Record

numbers = itertools.count(1)

GPS = {1: "N", 2: (41.0, 42.0, 0.0), 3: "E", 4: (44.0, 49.0, 0.0)}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">secret-xmp</x:xmpmeta>'


def painted(size=(640, 400), colour="navy", mode="RGB"):
    return Picture.new(mode, size, colour)


def written(picture, format, **options):
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def photograph(size=(640, 400), format="JPEG", orientation=1):
    """A picture as a telephone makes it, with place, camera and notes."""
    exif = Picture.Exif()
    exif[0x010F] = "SECRET-MAKER"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update(GPS)
    options = {"exif": exif, "xmp": XMP} if format != "PNG" else {"exif": exif}
    if format == "JPEG":
        options["comment"] = b"secret-comment"
    return written(painted(size), format, **options)


def png_chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_claiming(width, height, rows=b"\0" * 1000):
    """A PNG whose head claims a size that its few bytes would have to be blown up to."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def webp_claiming(width, height):
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    content = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(content)) + content


def jpeg_claiming(width, height):
    content = bytearray(written(painted(), "JPEG"))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def moving(format):
    frames = [painted(colour=colour) for colour in ("red", "green", "blue")]
    return written(frames[0], format, save_all=True, append_images=frames[1:])


def pdf(catalogue=b"", objects=b""):
    """A document of one empty page, with whatever else it is to hold."""
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n"
        + objects
        + b"trailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    )


def object_stream(text):
    packed = zlib.compress(text)
    head = (
        b"<< /Type /ObjStm /N 1 /First 4 /DecodeParms << /Columns 1 >> /Filter /FlateDecode /Length %d >>"
        % len(packed)
    )
    return b"9 0 obj\n" + head + b"\nstream\n" + packed + b"\nendstream\nendobj\n"


def upload(content, name="picture.jpg"):
    return SimpleUploadedFile(name, content)


def image(content=None, **values):
    values = {"alt_en": "Two people shake hands", "licence": "CC BY 4.0", "credit_en": "MFA"} | values
    return Image.objects.create(file=upload(content or photograph()), **values)


def record(**values):
    values = {"kind": Record.Kind.EVENT, "title_en": "A fair", "is_public": True} | values
    return Record.objects.create(ref=f"record-{next(numbers)}", **values)


def attachment(content=None, **values):
    values = {"title_en": "Text of the agreement"} | values
    if "record" not in values:
        values["record"] = record()
    return Attachment.objects.create(file=upload(content or pdf(), "agreement.pdf"), **values)
