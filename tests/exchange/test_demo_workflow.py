"""What `make run` shows of the workflow: something in every state, and every fact as it was."""

import io
import stat

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from relations import models
from relations.publishing import rights
from relations.publishing.documents import capture

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(roles, settings, tmp_path):
    """Make the accounts of a local installation; return what was told about them."""
    settings.VAR_DIR = tmp_path

    def make():
        said = io.StringIO()
        call_command("demo_account", stdout=said)
        return said.getvalue()

    return make


def passwords(told):
    lines = [line.split() for line in told.splitlines()[1:]]
    return {words[1]: words[-1] for words in lines}


def test_every_role_has_an_account_whose_password_opens(accounts, tmp_path):
    told = passwords(accounts())

    assert set(told) == {"demo", *(f"demo-{role.value}" for role in rights.Role)}
    for name, password in told.items():
        assert Client().login(username=name, password=password)
        assert Client().get("/admin/").status_code == 302
    assert stat.S_IMODE((tmp_path / "demo-account.txt").stat().st_mode) == 0o600
    translator = models.Desk.objects.get()
    assert (translator.user.username, len(translator.languages)) == ("demo-translator", 2)


def test_accounts_made_again_are_the_same(accounts):
    assert accounts() == accounts()


def test_the_account_of_an_earlier_version_keeps_its_password(accounts, tmp_path, django_user_model):
    django_user_model.objects.create_superuser("demo", password="an old pass phrase")
    (tmp_path / "demo-account.txt").write_text("demo\nan-old-pass-phrase\n")

    assert passwords(accounts())["demo"] == "an-old-pass-phrase"


def test_something_is_in_every_state_and_no_fact_changes(accounts):
    call_command("load_demo", verbosity=0)
    things = [*models.Record.objects.all(), *models.SectorText.objects.all()]
    before = [capture(thing) for thing in things]
    accounts()

    call_command("demo_workflow", stdout=io.StringIO())

    found = set(models.Revision.objects.values_list("state", flat=True))
    assert found == set(models.Revision.State.values)
    assert [capture(thing) for thing in things] == before
    assert not models.Record.objects.filter(is_public=False).exists()
    assert models.ReleaseSet.objects.get().revisions.count() == 2
    assert models.Embargo.objects.get().thing.is_public is False
    assert models.Correction.objects.get().text_en.startswith("An earlier version")
    assert models.Revision.objects.exclude(emergency_reason="").get().approved_by is None
    number = models.Revision.objects.count()
    call_command("demo_workflow", stdout=io.StringIO())
    assert models.Revision.objects.count() == number


def test_its_pages_are_in_every_language(accounts, settings):
    call_command("load_demo", verbosity=0)
    accounts()
    call_command("demo_workflow", stdout=io.StringIO())

    pages = models.Page.objects.published().filter(position=100)
    assert {page.slug for page in pages} == {"demonstration", "example-withdrawn", "example-emergency"}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for page in pages:
                assert page.title
                assert Client().get(reverse("page_detail", args=[page.slug])).status_code == 200
