"""What the database says when it refuses a row, in words for the editor of the line."""

import re

from django.apps import apps
from django.db import Error

COLUMNS = (
    re.compile(r"UNIQUE constraint failed: \w+\.(\w+)"),
    re.compile(r"Key \((\w+)\)=.* already exists"),
    re.compile(r'value .* in column "(\w+)"'),
)


def reason_of(error: Error) -> tuple[tuple, str]:
    """Return the path of the field that is to blame, as far as it can be told, and the reason."""
    text = str(error)
    for model in apps.get_app_config("relations").get_models():
        for constraint in model._meta.constraints:
            if re.search(rf"\b{re.escape(constraint.name)}\b", text):
                return (), str(constraint.get_violation_error_message())
    for pattern in COLUMNS:
        if found := pattern.search(text):
            return (found[1],), "is taken by another one"
    return (), text.splitlines()[0]
