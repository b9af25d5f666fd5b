"""Dates of facts: known to the day, the month or the year, or as a period with open ends.

A date is stored as EDTF text with its earliest and latest day beside it (``fields``), found by year
(``touching``), typed the way people write (``forms``) and printed in every language never more precisely
than it is known (``words``).
"""

from .fields import PartialDateField, bounds_constraint, span_constraint
from .partial import PartialDate
from .touching import newest_first, oldest_first, touching
from .words import in_words

__all__ = [
    "PartialDate",
    "PartialDateField",
    "bounds_constraint",
    "in_words",
    "newest_first",
    "oldest_first",
    "span_constraint",
    "touching",
]
