"""The names under which uploads are stored: made by us, so that nobody can guess or shape them."""

from pathlib import PurePosixPath
from uuid import uuid4


def image_name(instance, filename):
    return f"images/{uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


def flag_name(instance, filename):
    return f"flags/{uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


def file_name(instance, filename):
    return f"files/{uuid4().hex}{PurePosixPath(filename).suffix.lower()}"
