"""The content that comes with the software."""

import io
from functools import partial

import pytest
from django.core.management import call_command

from relations.exchange.demo import bundles
from relations.models import Record, Relation

from .bundles import counts, delete_everything, exported, take_in

load_demo = partial(call_command, "load_demo", stderr=io.StringIO())
pytestmark = pytest.mark.django_db


def test_demo_is_published_and_complete():
    load_demo(stdout=io.StringIO())

    lines = sum(path.read_bytes().count(b"\n") for path in bundles())
    assert lines > 300
    assert Record.objects.filter(is_public=False).count() == 0
    assert Relation.objects.get(ref="az-ge").records.count() >= 10


def test_demo_does_not_touch_content_that_is_there(tmp_path):
    load_demo(stdout=io.StringIO())
    Record.objects.filter(ref=Record.objects.first().ref).update(title_en="Edited")
    before = exported(tmp_path)
    said = io.StringIO()

    load_demo(stdout=said)

    assert said.getvalue() == "There is content already; nothing was loaded.\n"
    assert exported(tmp_path) == before


def test_demo_again_restores_what_was_edited(tmp_path):
    load_demo(stdout=io.StringIO())
    before = exported(tmp_path)
    Record.objects.filter(pk=Record.objects.first().pk).update(title_en="Edited")
    said = io.StringIO()

    load_demo(again=True, stdout=said)

    assert counts(said.getvalue())["record"][:2] == (0, 1)
    assert exported(tmp_path) == before


def test_demo_survives_a_move(tmp_path):
    load_demo(stdout=io.StringIO())
    before = exported(tmp_path)
    delete_everything()

    take_in(tmp_path, before)

    assert exported(tmp_path) == before
