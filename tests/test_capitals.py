"""Labels begin with a letter that the language in use has."""

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from django.forms import modelform_factory
from django.template import Context, Template
from django.utils import text, translation
from django.utils.translation import gettext_lazy

from relations import models
from relations.capitals import capitalised

GEORGIAN, MTAVRULI = "ვიზიტი", "Ვიზიტი"


@pytest.fixture
def azerbaijani(tmp_path, settings):
    """A site whose Azerbaijani catalogue names the capital of i."""
    folder = tmp_path / "az" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="az")
    catalogue.add("I", "İ", context="capital letter")
    with (folder / "django.mo").open("wb") as mo_file:
        write_mo(mo_file, catalogue)
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("az"):
        yield


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("visit", "Visit"),
        ("государственный визит", "Государственный визит"),
        ("ӯзбекӣ", "Ӯзбекӣ"),
        (GEORGIAN, GEORGIAN),
        ("oʻzbekcha", "Oʻzbekcha"),
        ("initial", "Initial"),
        ("5 visits", "5 visits"),
        ("already Capital", "Already Capital"),
        ("", ""),
    ],
)
def test_first_letter(words, written):
    assert capitalised(words) == written


def test_capital_of_i_is_named_by_the_catalogue(azerbaijani):
    assert capitalised("iclas") == "İclas"
    assert capitalised("ışıq") == "Işıq"


def test_template_filter_is_ours():
    html = Template("{{ georgian|capfirst }} {{ markup|capfirst }}").render(
        Context({"georgian": GEORGIAN, "markup": "<b>"})
    )

    assert html == f"{GEORGIAN} &lt;b&gt;"
    assert MTAVRULI not in html


def test_lazy_words_are_written_when_they_are_read():
    label = text.capfirst(gettext_lazy("Save"))

    with translation.override("ka"):
        assert str(label) == str(gettext_lazy("Save"))
    assert str(label) == "Save"


def test_labels_of_model_forms_are_ours(monkeypatch):
    monkeypatch.setattr(models.Sector._meta.get_field("colour"), "verbose_name", GEORGIAN)

    form = modelform_factory(models.Sector, fields=["colour"])()

    assert form["colour"].label == GEORGIAN
