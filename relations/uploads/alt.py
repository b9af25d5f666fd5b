"""Whether the description of a picture says anything to those who cannot see it."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FILE_NAME = re.compile(
    r"""
      .*\.(?:jpe?g|png|webp|avif|gif|heic|tiff?|bmp|svg|pdf)   # it ends like a file
    | [\W\d_]+                                                 # it has no letter: 2010-09-14 (3)
    | (?=\S*[\d_])[^\W\d_]+[\w()-]*                            # one word with numbers: DSC00012, photo1
    | (?:img|image|photo|picture|scan|screenshot|dsc|pict|untitled)\b[\W\d_]*   # names that programs give
    """,
    re.VERBOSE | re.IGNORECASE,
)


def validate_description(text):
    """Refuse names of files; a description says what the picture shows."""
    if FILE_NAME.fullmatch(text.strip()):
        raise ValidationError(
            _("“%(text)s” looks like the name of a file. Say what the picture shows."),
            code="file_name",
            params={"text": text},
        )
