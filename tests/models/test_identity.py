"""Uuids and references: made once, kept for ever."""

import io
import uuid

import pytest
from django.core.management import call_command

from relations.models import Membership, RelationLevel
from relations.models.base import uuid_for
from relations.models.record import Record

from . import making

pytestmark = pytest.mark.django_db


def test_uuid_of_a_reference_is_the_same_on_every_database():
    namespace = uuid.UUID("6f0d1c1e-9d0b-5a55-9a5e-0b11a7e7a100")

    assert uuid_for(Record, "agri-declaration") == uuid.uuid5(namespace, "record:agri-declaration")
    assert uuid_for(Record, "a") != uuid_for(Record, "b")


def test_uuid_and_reference_outlive_a_rename():
    thing = making.record(title_en="Before")
    before = (thing.uuid, thing.ref)

    thing.title_en = "After"
    thing.save()
    thing.refresh_from_db()

    assert (thing.uuid, thing.ref) == before
    assert thing.ref == thing.uuid.hex[:12]


def test_a_reference_given_is_kept():
    assert making.record(ref="agri-declaration").ref == "agri-declaration"


def natural_references():
    pair = making.relation("UZ", "AZ")
    guam = making.organisation("guam")
    return {
        pair: "az-uz",
        making.mission("AZ", "UZ", kind="consulate_general"): "az-uz.consulate-general",
        RelationLevel.objects.create(
            relation=pair, level="strategic_partnership"
        ): "az-uz.strategic-partnership",
        Membership.objects.create(organisation=guam, country=making.country("GE")): "guam.ge",
        making.figure("2025-01/2025-08", relation=pair): "trade-turnover.az-uz.x.turnover.2025-01-2025-08",
        making.figure("2010", reporter=making.country("GE")): "trade-turnover.az-ge.ge.turnover.2010",
        making.sector_text(viewpoint=making.country("GE"), as_of="2011"): "az-ge.energy.ge.2011",
        making.sector_text(): "az-ge.energy.x",
    }


def test_a_reference_follows_from_what_a_thing_is():
    for thing, ref in natural_references().items():
        assert thing.ref == ref


def test_a_reference_made_of_a_slug_with_other_signs_is_one_that_files_accept():
    figure = making.figure(indicator=making.indicator("Gross_Product_"))

    figure.full_clean()

    assert figure.ref == "gross-product.az-ge.x.turnover.2010"


def test_a_second_thing_of_the_same_nature_is_numbered():
    refs = [making.mission().ref for _time in range(3)]

    assert refs == ["az-ge.embassy", "az-ge.embassy-2", "az-ge.embassy-3"]


def test_a_reference_is_written_even_when_only_some_columns_are_saved():
    thing = making.organisation("guam")
    type(thing).objects.filter(pk=thing.pk).update(ref="")
    thing.ref, thing.kind = "", "international"

    thing.save(update_fields=["kind"])
    thing.refresh_from_db()

    assert thing.ref == thing.uuid.hex[:12]


def test_no_migration_is_missing():
    said = io.StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=said)

    assert "No changes detected" in said.getvalue()
