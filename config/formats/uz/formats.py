"""Uzbek: months without a capital, joined to the day."""

DATE_FORMAT = "j-E, Y"
DATETIME_FORMAT = "j-E, Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "E, Y"
