"""Azerbaijani: a point between thousands, months without a capital."""

DATETIME_FORMAT = "j E Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "E Y"
MONTH_DAY_FORMAT = "j E"

THOUSAND_SEPARATOR = "."
