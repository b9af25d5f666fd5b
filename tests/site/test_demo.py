"""The demonstration under filters: what its sources say of a field and its years, and no more."""

import pytest
from django.core.management import call_command

from relations.models import Record

GAS_2008 = {"gas-memorandum-2008", "first-long-term-gas-contract"}


@pytest.fixture
def demo(db):
    call_command("load_demo", verbosity=0)


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("country=AZ&sector=energy&year_from=2008&year_to=2011", {*GAS_2008, "agri-declaration"}),
        ("country=AZ&sector=energy&year_from=2008&year_to=2009", GAS_2008),
        # Concluded in 2008, for five years.
        ("country=AZ&sector=energy&year_from=2009&year_to=2009", {"gas-memorandum-2008"}),
        ("country=GE&country=RO&match=all", {"agri-declaration", "agri"}),
        ("country=AZ&sector=energy&type=declaration&place=AZ", {"agri-declaration"}),
        ("level=official&person=e-rahmon", {"rahmon-azerbaijan-2007-08"}),
        (
            "level=official&person=e-rahmon&person=i-aliyev",
            {"rahmon-azerbaijan-2007-08", "aliyev-tajikistan-2007-03"},
        ),
        ("level=official&person=e-rahmon&person=i-aliyev&match=all", {"rahmon-azerbaijan-2007-08"}),
    ],
)
def test_a_list_has_the_records_of_the_demonstration_only(demo, get, query, refs):
    page = get(f"/en/records/?{query}")

    shown = {int(link.split("/")[3]) for link in page.links("h3")}
    assert shown == {record.pk for record in Record.objects.filter(ref__in=refs)}
    assert len(shown) == len(refs)


def test_any_of_two_countries_gives_more_than_both(demo, get):
    either = get("/en/records/?country=GE&country=RO")
    both = get("/en/records/?country=GE&country=RO&match=all")

    assert len(both.words("article", class_="record")) == 2
    assert len(either.words("article", class_="record")) == 35
