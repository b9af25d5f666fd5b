"""The texts dates are made of: what a translator supplies for a language, the months apart (CLDR has them).

Placeholders, all optional, so that every grammar can choose:

* ``%(day)s``, ``%(year)s``; ``%(quarter)s`` (1–4) and ``%(roman)s`` (I–IV)
* ``%(month)s`` as CLDR writes it within a date, ``%(month_alone)s`` by itself, ``%(month_lower)s`` without
  a capital, ``%(month_since)s`` and ``%(month_until)s`` in the form given under those contexts below
* ``%(ordinal)s``: the year with the ending its number takes, from the context "year with ending"
* in periods also ``%(end_day)s``, ``%(end_month)s`` … for the second date

The same texts are read backwards to understand what people type (``reading``).
"""

from django.utils.translation import pgettext_lazy

PLAIN = {
    "day": pgettext_lazy("date", "%(day)s %(month)s %(year)s"),
    "month": pgettext_lazy("date", "%(month_alone)s %(year)s"),
    "year": pgettext_lazy("date", "%(year)s"),
    "spring": pgettext_lazy("date", "spring %(year)s"),
    "summer": pgettext_lazy("date", "summer %(year)s"),
    "autumn": pgettext_lazy("date", "autumn %(year)s"),
    "winter": pgettext_lazy("date", "winter %(year)s"),
    "quarter": pgettext_lazy("date", "Q%(quarter)s %(year)s"),
    "first half": pgettext_lazy("date", "first half of %(year)s"),
    "second half": pgettext_lazy("date", "second half of %(year)s"),
    "decade": pgettext_lazy("date", "%(year)ss"),
    "beginning": pgettext_lazy("date", "beginning of %(year)s"),
    "middle": pgettext_lazy("date", "middle of %(year)s"),
    "end": pgettext_lazy("date", "end of %(year)s"),
}

SINCE = {
    "day": pgettext_lazy("date", "since %(day)s %(month)s %(year)s"),
    "month": pgettext_lazy("date", "since %(month)s %(year)s"),
    "year": pgettext_lazy("date", "since %(year)s"),
    "spring": pgettext_lazy("date", "since spring %(year)s"),
    "summer": pgettext_lazy("date", "since summer %(year)s"),
    "autumn": pgettext_lazy("date", "since autumn %(year)s"),
    "winter": pgettext_lazy("date", "since winter %(year)s"),
    "quarter": pgettext_lazy("date", "since Q%(quarter)s %(year)s"),
    "first half": pgettext_lazy("date", "since the first half of %(year)s"),
    "second half": pgettext_lazy("date", "since the second half of %(year)s"),
    "decade": pgettext_lazy("date", "since the %(year)ss"),
}

# The named day, month or year is included: "until March 2013" ends on 31 March.
UNTIL = {
    "day": pgettext_lazy("date", "until %(day)s %(month)s %(year)s"),
    "month": pgettext_lazy("date", "until %(month)s %(year)s"),
    "year": pgettext_lazy("date", "until %(year)s"),
    "spring": pgettext_lazy("date", "until spring %(year)s"),
    "summer": pgettext_lazy("date", "until summer %(year)s"),
    "autumn": pgettext_lazy("date", "until autumn %(year)s"),
    "winter": pgettext_lazy("date", "until winter %(year)s"),
    "quarter": pgettext_lazy("date", "until Q%(quarter)s %(year)s"),
    "first half": pgettext_lazy("date", "until the first half of %(year)s"),
    "second half": pgettext_lazy("date", "until the second half of %(year)s"),
    "decade": pgettext_lazy("date", "until the %(year)ss"),
}

ABOUT = {
    "day": pgettext_lazy("date", "about %(day)s %(month)s %(year)s"),
    "month": pgettext_lazy("date", "about %(month)s %(year)s"),
    "year": pgettext_lazy("date", "about %(year)s"),
}

PERIOD = {
    "days": pgettext_lazy("date", "%(day)s–%(end_day)s %(month)s %(year)s"),
    "days of two months": pgettext_lazy("date", "%(day)s %(month)s – %(end_day)s %(end_month)s %(year)s"),
    "months": pgettext_lazy("date", "%(month_alone)s–%(end_month_alone)s %(year)s"),
    "years": pgettext_lazy("date", "%(year)s–%(end_year)s"),
    "other": pgettext_lazy("date", "%(start)s – %(end)s"),
}

# Round any date the phrases above have no form for: "since 2004 (approximately)".
APPROXIMATELY = pgettext_lazy("date", "%(date)s (approximately)")
UNCERTAIN = pgettext_lazy("date", "%(date)s (uncertain)")

# Endings follow the last word of the number. The categories are CLDR's ordinal ones, which mislead for
# full thousands: those have a category of their own.
ORDINALS = {
    "zero": pgettext_lazy("year with ending: zero", "%(year)s"),
    "one": pgettext_lazy("year with ending: one", "%(year)s"),
    "two": pgettext_lazy("year with ending: two", "%(year)s"),
    "few": pgettext_lazy("year with ending: few", "%(year)s"),
    "many": pgettext_lazy("year with ending: many", "%(year)s"),
    "other": pgettext_lazy("year with ending: other", "%(year)s"),
    "thousand": pgettext_lazy("year with ending: thousand", "%(year)s"),
}

MONTHS_SINCE = (
    pgettext_lazy("month after since", "January"),
    pgettext_lazy("month after since", "February"),
    pgettext_lazy("month after since", "March"),
    pgettext_lazy("month after since", "April"),
    pgettext_lazy("month after since", "May"),
    pgettext_lazy("month after since", "June"),
    pgettext_lazy("month after since", "July"),
    pgettext_lazy("month after since", "August"),
    pgettext_lazy("month after since", "September"),
    pgettext_lazy("month after since", "October"),
    pgettext_lazy("month after since", "November"),
    pgettext_lazy("month after since", "December"),
)

MONTHS_UNTIL = (
    pgettext_lazy("month after until", "January"),
    pgettext_lazy("month after until", "February"),
    pgettext_lazy("month after until", "March"),
    pgettext_lazy("month after until", "April"),
    pgettext_lazy("month after until", "May"),
    pgettext_lazy("month after until", "June"),
    pgettext_lazy("month after until", "July"),
    pgettext_lazy("month after until", "August"),
    pgettext_lazy("month after until", "September"),
    pgettext_lazy("month after until", "October"),
    pgettext_lazy("month after until", "November"),
    pgettext_lazy("month after until", "December"),
)

# Further ways of typing the same, separated by "|". A translation lists those of its language, not these.
# %(date)s, %(start)s and %(end)s stand for any date in any of its forms. Case, commas, full stops and the
# shape of hyphens and apostrophes do not matter.
TYPED = {
    "day": pgettext_lazy(
        "date as typed",
        "%(month)s %(day)s %(year)s|%(day)sst %(month)s %(year)s|%(day)snd %(month)s %(year)s"
        "|%(day)srd %(month)s %(year)s|%(day)sth %(month)s %(year)s|%(day)s of %(month)s %(year)s",
    ),
    "month": pgettext_lazy("date as typed", "%(month)s %(year)s|%(year)s %(month)s|%(month)s of %(year)s"),
    "year": pgettext_lazy("date as typed", "year %(year)s|the year %(year)s|in %(year)s"),
    "quarter": pgettext_lazy("date as typed", "%(year)s Q%(quarter)s|quarter %(quarter)s of %(year)s"),
    "decade": pgettext_lazy("date as typed", "the %(year)ss|%(year)s's"),
    "beginning": pgettext_lazy("date as typed", "early %(year)s|start of %(year)s|the beginning of %(year)s"),
    "middle": pgettext_lazy("date as typed", "mid-%(year)s|the middle of %(year)s"),
    "end": pgettext_lazy("date as typed", "late %(year)s|the end of %(year)s"),
    "since": pgettext_lazy("date as typed", "since %(date)s|from %(date)s|%(date)s onwards"),
    "until": pgettext_lazy("date as typed", "until %(date)s|till %(date)s|up to %(date)s|to %(date)s"),
    "about": pgettext_lazy(
        "date as typed",
        "about %(date)s|around %(date)s|approximately %(date)s|circa %(date)s|ca. %(date)s|c. %(date)s",
    ),
    "period": pgettext_lazy(
        "date as typed",
        "%(month)s %(day)s–%(end_day)s %(year)s|%(month)s %(day)s – %(end_month)s %(end_day)s %(year)s"
        "|%(month)s to %(end_month)s %(year)s"
        "|from %(start)s to %(end)s|%(start)s to %(end)s|%(start)s until %(end)s",
    ),
}
