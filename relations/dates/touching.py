"""Finding and sorting rows by partial dates, in plain SQL over their bounds."""

from datetime import MAXYEAR, MINYEAR, date

from django.db.models import Case, F, Q, When


def touching(name: str, first_year: int, last_year: int | None = None) -> Q:
    """Rows whose date, or any day it spans, falls in the years; ``name`` may cross relations.

    >>> Visit.objects.filter(touching("date", 2010))
    >>> Relation.objects.filter(touching("records__date", 2008, 2010))
    """
    last_year = first_year if last_year is None else last_year
    if first_year > last_year or last_year < MINYEAR or first_year > MAXYEAR:
        return Q(pk__in=[])
    return Q(
        **{
            f"{name}_earliest__lte": date(min(last_year, MAXYEAR), 12, 31),
            f"{name}_latest__gte": date(max(first_year, MINYEAR), 1, 1),
        }
    )


def newest_first(name: str) -> tuple:
    """Order by last day, then by first day, both falling; undated rows last.

    A date counts as its last possible day: "2023" stands above every day of 2023, "May 2023" above
    31 May. What has no end yet ("since 2022") stands where it started.
    """
    earliest, latest = F(f"{name}_earliest"), F(f"{name}_latest")
    last_day = Case(When(**{f"{name}_latest": date.max}, then=earliest), default=latest)
    return last_day.desc(nulls_last=True), earliest.desc(nulls_last=True)


def oldest_first(name: str) -> tuple:
    """Order by first day, then by last day, both rising; undated rows last.

    A date counts as its first possible day: "2023" stands between 1 and 2 January 2023. What has no known
    beginning ("until 2013") stands where it ended.
    """
    earliest, latest = F(f"{name}_earliest"), F(f"{name}_latest")
    first_day = Case(When(**{f"{name}_earliest": date.min}, then=latest), default=earliest)
    return first_day.asc(nulls_last=True), latest.asc(nulls_last=True)
