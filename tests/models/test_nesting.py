"""What belongs to an object can be read with it: the same rows as asking for each, in one query."""

import pytest

from relations import models
from tests.models import making

pytestmark = pytest.mark.django_db


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_are_what_the_database_gives_for_each(django_assert_num_queries):
    project = making.record(models.Project)
    project.statuses.create(
        status="proposed", as_of="2011", note_en="in the “text”", note_ka="ტექსტი", position=2
    )
    project.statuses.create(status="dropped", start="2013~", position=1)
    project.values.create(label_en="Voltage", value="500.125", unit_en="kV")
    making.record(models.Project)
    parts = {"statuses": models.ProjectStatus.objects.all(), "values": models.ProjectValue.objects.all()}

    with django_assert_num_queries(1):
        first, second = models.Project.objects.nesting(**parts).order_by("pk")
        read = {name: [columns(row) for row in getattr(first, name).all()] for name in parts}
        assert not second.statuses.all()

    assert read == {name: [columns(row) for row in getattr(project, name).all()] for name in parts}
    assert [row["status"] for row in read["statuses"]] == ["dropped", "proposed"]


def test_rows_bring_along_what_they_name(django_assert_num_queries):
    record = making.record(sectors="energy trade").record

    with django_assert_num_queries(1):
        (read,) = models.Record.objects.nesting(
            sector_links=models.RecordSector.objects.select_related("sector")
        )
        sectors = [link.sector for link in read.sector_links.all()]
        main = read.main_sector

    assert sectors == [link.sector for link in record.sector_links.all()]
    assert [columns(sector) for sector in sectors] == [
        columns(link.sector) for link in record.sector_links.all()
    ]
    assert main.slug == "energy"


def test_other_ends_of_many_to_many_are_rows_too(django_assert_num_queries):
    text = making.sector_text()
    text.other_sectors.set([making.sector("trade"), making.sector("culture")])
    making.sector_text()

    with django_assert_num_queries(1):
        texts = models.SectorText.objects.nesting(other_sectors=models.Sector.objects.all()).order_by("pk")
        slugs = [{sector.slug for sector in one.other_sectors.all()} for one in texts]

    assert slugs == [{"trade", "culture"}, set()]
