"""Lines of a bundle: from bytes to objects, with every fault of form said."""

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from .wrong import Wrong, shown

LONGEST_LINE = 4 * 1024 * 1024


def lines_of(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines without their ends, None for one that is too long to be held. Blank ones are given too."""
    first = True
    while raw := stream.readline(LONGEST_LINE + 1):
        if first:
            raw, first = raw.removeprefix(codecs.BOM_UTF8), False
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_LINE)
            yield None
        else:
            yield raw.rstrip(b"\r\n")


def object_of(raw: bytes | None) -> dict:
    """Parse one line."""
    if raw is None:
        raise Wrong(f"is longer than {LONGEST_LINE // 1024 // 1024} MB")
    try:
        given = json.loads(raw.decode(), object_pairs_hook=once_each, parse_constant=refused_constant)
    except UnicodeDecodeError as error:
        raise Wrong(f"is not UTF-8: byte 0x{raw[error.start]:02X} at position {error.start + 1}") from None
    except json.JSONDecodeError as error:
        raise Wrong(f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise Wrong("is nested too deeply") from None
    except Wrong:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise Wrong(f"is not JSON: {error}") from None
    if not isinstance(given, dict):
        raise Wrong(f"{shown(given)} is not an object in braces")
    return given


def once_each(pairs):
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Wrong("is given twice", twice)
    return content


def refused_constant(name):
    raise Wrong(f"is not JSON: {name}")
