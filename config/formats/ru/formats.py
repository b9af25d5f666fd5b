"""Russian: the year and its «г.» stay on one line; the month after a day is in the genitive."""

DATE_FORMAT = "j E Y\N{NARROW NO-BREAK SPACE}г."
DATETIME_FORMAT = "j E Y\N{NARROW NO-BREAK SPACE}г., H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y\N{NARROW NO-BREAK SPACE}г."
MONTH_DAY_FORMAT = "j E"
