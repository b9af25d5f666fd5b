import copy
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

import relations
from relations.dates import PartialDate, PartialDateField, bounds_constraint, span_constraint
from relations.dates.forms import PartialDateFormField

from .tables import made

PROJECT = Path(relations.__file__).parent.parent


with isolate_apps():

    class Mission(models.Model):  # noqa: DJ008
        opened = PartialDateField()
        closed = PartialDateField(blank=True, index=True)

        class Meta:
            app_label = "archive"
            db_table = "dates_mission"
            constraints = [bounds_constraint("opened"), span_constraint("opened", "closed")]

    class Dated(models.Model):
        date = PartialDateField(blank=True)

        class Meta:
            app_label = "archive"
            abstract = True
            constraints = [bounds_constraint("date")]
            indexes = [models.Index(fields=["date_latest"], name="%(class)s_latest")]

    class Record(Dated):  # noqa: DJ008
        class Meta(Dated.Meta):
            db_table = "dates_record"

    class Visit(Record):  # noqa: DJ008
        returned = PartialDateField(blank=True)

        class Meta:
            app_label = "archive"
            db_table = "dates_visit"


pytestmark = pytest.mark.usefixtures("tables", "db")


@pytest.fixture(scope="module")
def tables(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), made(Mission, Record, Visit):
        yield


@pytest.fixture
def mission():
    return Mission


def bounds(mission):
    return type(mission).objects.values_list("opened_earliest", "opened_latest").get(pk=mission.pk)


def test_field_brings_its_bounds_along(mission):
    assert [field.name for field in mission._meta.fields] == [
        *("id", "opened", "closed"),
        *("opened_earliest", "opened_latest", "closed_earliest", "closed_latest"),
    ]
    closed_latest = mission._meta.get_field("closed_latest")
    assert (closed_latest.null, closed_latest.editable, closed_latest.db_index) == (True, False, True)
    assert mission._meta.get_field("opened_latest").db_index is False
    assert mission._meta.get_field("closed").null is True


def test_save_stores_text_and_bounds(mission):
    opened = mission.objects.create(opened="1997/2010")

    assert bounds(opened) == (date(1997, 1, 1), date(2010, 12, 31))
    with connection.cursor() as cursor:
        cursor.execute("SELECT opened, closed FROM dates_mission")
        assert cursor.fetchone() == ("1997/2010", None)


def test_attribute_is_a_partial_date_before_and_after_saving(mission):
    opened = mission(opened="2008-11", closed="")

    assert opened.opened == PartialDate.parse("2008-11")
    assert opened.opened_latest == date(2008, 11, 30)
    assert opened.closed is None

    opened.save()
    loaded = mission.objects.get()

    assert loaded.opened == PartialDate.parse("2008-11")
    assert (loaded.closed, loaded.closed_earliest) == (None, None)


def test_loading_rows_parses_nothing(mission, monkeypatch):
    mission.objects.create(opened="1996-21")
    monkeypatch.setattr(PartialDate, "parse", None)

    assert len(mission.objects.all()) == 1


def test_bounds_follow_the_date(mission):
    opened = mission.objects.create(opened="2008")

    opened.opened = PartialDate.parse("2010-09")
    assert opened.opened_earliest == date(2010, 9, 1)
    opened.save()
    assert bounds(opened) == (date(2010, 9, 1), date(2010, 9, 30))

    opened.opened = "2012-02"
    opened.save(update_fields=["opened", "opened_earliest", "opened_latest"])
    assert bounds(opened) == (date(2012, 2, 1), date(2012, 2, 29))


def test_bounds_in_bulk(mission):
    made = mission.objects.bulk_create([mission(opened="2008"), mission(opened="2022/..")])

    assert [bounds(opened) for opened in made] == [
        (date(2008, 1, 1), date(2008, 12, 31)),
        (date(2022, 1, 1), date.max),
    ]

    for opened in made:
        opened.opened = "../2013"
    mission.objects.bulk_update(made, ["opened", "opened_earliest", "opened_latest"])

    assert {bounds(opened) for opened in made} == {(date.min, date(2013, 12, 31))}


def test_deferred_date_leaves_its_bounds_readable(mission, django_assert_num_queries):
    mission.objects.create(opened="2008")

    with django_assert_num_queries(1):
        assert mission.objects.only("opened_latest").get().opened_latest == date(2008, 12, 31)
    with django_assert_num_queries(2):
        assert mission.objects.defer("opened").get().opened == PartialDate.parse("2008")


def test_wrong_text_is_refused_when_cleaning_and_when_saving(mission):
    opened = mission(opened="14.09.2010")

    with pytest.raises(ValidationError) as error:
        opened.full_clean()
    assert set(error.value.message_dict) == {"opened"}
    with pytest.raises(ValidationError):
        opened.save()


def test_required_date_is_required(mission):
    with pytest.raises(ValidationError, match="cannot be null"):
        mission().full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        mission().save()


def test_look_up_by_value_or_text(mission):
    mission.objects.create(opened="2008-11")

    assert mission.objects.filter(opened="2008-11").exists()
    assert mission.objects.filter(opened=PartialDate.parse("2008-11")).exists()
    assert mission.objects.filter(opened__in=[PartialDate.parse("2008-11")]).exists()
    assert mission.objects.filter(opened__startswith="2008").exists()
    assert mission.objects.filter(closed=None).exists()


def test_end_before_start_is_refused_by_form_and_database(mission):
    opened = mission(opened="2013-05", closed="2012")

    with pytest.raises(ValidationError, match="The end comes before the start"):
        opened.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        opened.save()


def test_end_in_the_same_vague_year_is_accepted(mission):
    mission(opened="2013-05", closed="2013").full_clean()


def test_bounds_the_wrong_way_round_are_refused_by_the_database(mission):
    mission.objects.create(opened="2013")

    with pytest.raises(IntegrityError), transaction.atomic():
        mission.objects.update(opened_latest=date(2012, 1, 1))


def test_constraint_names_say_which_date(mission):
    assert [constraint.name for constraint in mission._meta.constraints] == [
        *("archive_mission_opened_bounds", "archive_mission_opened_not_after_closed")
    ]


def test_serializing_and_loading_keeps_the_text(mission):
    mission.objects.create(opened="1996-06~/1996-07~")

    text = serializers.serialize("json", mission.objects.all())
    field = mission._meta.get_field("opened")

    assert '"opened": "1996-06~/1996-07~"' in text
    assert '"closed": null' in text
    assert field.to_python("1996-06~/1996-07~").stretch == "middle"


def test_copies_are_independent(mission):
    field = mission._meta.get_field("closed")
    path, args, kwargs = field.deconstruct()[1:]

    assert path == "relations.dates.fields.PartialDateField"
    assert (args, kwargs) == ([], {"blank": True, "bounds": False})
    assert field.clone().deconstruct()[1:] == (path, args, kwargs)
    assert copy.deepcopy(field).bounds is True


def test_model_form_reads_and_shows_what_people_type(mission):
    form_class = forms.modelform_factory(mission, fields=["opened", "closed"])

    form = form_class({"opened": "15–17.04.2010", "closed": ""})

    assert isinstance(form.fields["opened"], PartialDateFormField)
    assert form.is_valid(), form.errors
    assert str(form.save().opened) == "2010-04-15/2010-04-17"
    assert 'value="15–17.04.2010"' in str(form_class(instance=mission.objects.get())["opened"])


def test_admin_form_field_keeps_its_attributes(mission):
    class_for_admin = admin.ModelAdmin(mission, admin.site).get_form(request=None)

    html = str(class_for_admin({"opened": "since 2022"})["opened"])

    assert 'class="vTextField"' in html
    assert "data-partial-date" in html
    assert 'data-understood="since 2022"' in html


def test_abstract_base_and_multi_table_inheritance():
    visit = Visit.objects.create(date="2010", returned="2011")

    assert Record.objects.get().date_latest == date(2010, 12, 31)
    assert Visit.objects.get(date_latest__year=2010).returned_earliest == date(2011, 1, 1)
    assert [field.name for field in Visit._meta.local_fields] == [
        *("record_ptr", "returned", "returned_earliest", "returned_latest")
    ]
    visit.date = None
    visit.save()
    assert Record.objects.values_list("date", "date_earliest", "date_latest").get() == (None, None, None)


MODELS = """
from django.db import models
from relations.dates import PartialDateField, bounds_constraint

class Dated(models.Model):
    date = PartialDateField(blank=True, index=True)
    class Meta:
        abstract = True
        constraints = [bounds_constraint("date")]

class Record(Dated):
    title = models.CharField(max_length=10)
    class Meta(Dated.Meta):
        pass

class Visit(Record):
    class Meta:
        verbose_name = "visit"
"""
MORE = """
    title = models.CharField(max_length=10)
    ended = PartialDateField(blank=True)
    ended_by = models.CharField(max_length=10, unique=True, default="x")
    ended_note = models.CharField(max_length=10, default="")
"""
RUN = """
import sys
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["archive"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1]}},
)
import django
django.setup()
from django.core.management import call_command
from archive.models import Visit
call_command("makemigrations", "archive", verbosity=0)
call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, verbosity=0)
Visit.objects.create(title="a", date="2010")
assert Visit.objects.get(date_latest="2010-12-31").date.edtf == "2010"
Visit.objects.all().delete()
"""


def test_migrations_are_made_once_and_later_columns_can_be_added(tmp_path):
    package = tmp_path / "archive"
    package.mkdir()
    (package / "__init__.py").touch()
    paths = os.pathsep.join([str(tmp_path), str(PROJECT)])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}

    for source in (MODELS, MODELS.replace("    title = models.CharField(max_length=10)\n", MORE)):
        (package / "models.py").write_text(source)
        command = [sys.executable, "-c", RUN, str(tmp_path / "db.sqlite3")]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        assert run.returncode == 0, run.stderr

    assert len(list((package / "migrations").glob("000*.py"))) == 2
