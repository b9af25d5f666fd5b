"""Dates to test with: every shape there is, and a strategy that draws any."""

from hypothesis import strategies as st

from relations.dates import PartialDate

EVERY_SHAPE = [
    "2010-09-14",
    "2008-11",
    "2023",
    "2010-04-15/2010-04-17",
    "2011-02-28/2011-03-03",
    "2010-12-30/2011-01-02",
    "1997/2010",
    "2025-01/2025-08",
    "2004-06/2006-08",
    "2010/2011-05",
    "2022/..",
    "2022-05/..",
    "2010-09-14/..",
    "../2013",
    "../2013-03",
    "../2010-09-14",
    "2004~/..",
    "1996~",
    "1998-05~",
    "1998-05-07~",
    "1996?",
    "1996%",
    "1996~/2000",
    "1996-01~/1996-02~",
    "1996-06~/1996-07~",
    "1996-11~/1996-12~",
    "2010-21",
    "2010-22",
    "2010-23",
    "2010-24",
    "2010-33",
    "2010-36",
    "2010-40",
    "2010-41",
    "199X",
    "199X~",
    "199X/..",
    "../2010-22",
    "1996-21/1997-22",
]

years = st.integers(1, 9989)
days = st.dates().map(lambda day: f"{day.year:04}-{day.month:02}-{day.day:02}")
months = st.builds("{:04}-{:02}".format, years, st.integers(1, 12))
plain = st.one_of(days, months, years.map("{:04}".format))
marked = st.builds(str.__add__, plain, st.sampled_from(["", "", "", "~", "?", "%"]))
parts = st.builds("{:04}-{}".format, years, st.sampled_from([21, 22, 23, 24, 33, 34, 35, 36, 40, 41]))
decades = st.integers(1, 998).map("{:03}X".format)
stretches = st.builds(
    lambda year, stretch: f"{year:04}-{stretch[0]:02}~/{year:04}-{stretch[1]:02}~",
    years,
    st.sampled_from([(1, 2), (6, 7), (11, 12)]),
)
points = st.one_of(marked, parts, decades)


def _period(texts) -> str:
    start, end = sorted(texts, key=PartialDate.parse)
    return f"{start}/{end}"


periods = st.one_of(
    st.tuples(points, points).map(_period),
    st.tuples(plain, plain).map(_period),
    points.map("{}/..".format),
    points.map("../{}".format),
)
partial_dates = st.one_of(points, stretches, periods).map(PartialDate.parse)
