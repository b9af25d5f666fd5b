"""The admin and its forms speak every language: Django's catalogues and formats with ours over them."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import django
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.forms import DateField
from django.utils import formats, translation
from django.utils.translation import to_locale
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JSONCatalog

OURS = Path(settings.BASE_DIR) / "config" / "locale"
DJANGO = Path(django.__file__).parent / "conf" / "locale"
DOMAINS = ["django", "djangojs"]
# A package without an English catalogue is asked for its messages through one it keeps complete itself.
SOURCES = ["en", "de"]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
TRANSLATED = [code for code in LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}|</?\w+[^>]*>")
# Into these Django puts the name of a kind of thing as it stands in a dictionary.
ABOUT_A_KIND = [
    "Add %s",
    "Change %s",
    "View %s",
    "Select %s",
    "Select %s to change",
    "Select %s to view",
    "Change history: %s",
    "Add %(name)s",
    "Cannot delete %(name)s",
    "Add another %(verbose_name)s",
    "Add another %(model)s",
    "Change selected %(model)s",
    "Delete selected %(model)s",
    "View selected %(model)s",
    "Delete selected %(verbose_name_plural)s",
]
EDITOR_MESSAGE = re.compile(r'\bgettext\(\s*"([^"]+)"')

DATES = {
    "en": ["5 March 2024", "5 March 2024, 09:07", "March 2024", "5 March", "05/03/2024"],
    "az": ["5 mart 2024", "5 mart 2024, 09:07", "mart 2024", "5 mart", "05.03.2024"],
    "ka": ["5 მარტი, 2024", "5 მარტი, 2024, 09:07", "მარტი, 2024", "5 მარტი", "05.03.2024"],
    "ru": [
        "5 марта 2024\u202fг.",
        "5 марта 2024\u202fг., 09:07",
        "Март 2024\u202fг.",
        "5 марта",
        "05.03.2024",
    ],
    "uz": ["5-mart, 2024", "5-mart, 2024, 09:07", "mart, 2024", "5-mart", "05.03.2024"],
    "tg": ["5 марти 2024", "5 марти 2024, 09:07", "марти 2024", "5 марти", "05.03.2024"],
}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """A folder with our catalogues as gettext reads them."""
    folder = tmp_path_factory.mktemp("locale")
    for path in OURS.glob("*/LC_MESSAGES/*.po"):
        target = folder / path.relative_to(OURS).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as mo_file:
            write_mo(mo_file, catalogue(path))
    return folder


@pytest.fixture(autouse=True)
def _our_catalogues(compiled, settings):
    settings.LOCALE_PATHS = [compiled]


@cache
def catalogue(path):
    with path.open("rb") as po_file:
        return read_po(po_file, abort_invalid=True)


def as_forms(text):
    return [text] if isinstance(text, str) else list(text)


def message_key(message):
    return message.context, tuple(as_forms(message.id))


def messages_of(path):
    return {message_key(message) for message in catalogue(path) if message.id}


@cache
def messages_in_use(domain):
    """What Django and the installed packages may say."""
    others = [config for config in apps.get_app_configs() if config.name != "relations"]
    folders = [DJANGO, *(Path(config.path) / "locale" for config in others)]
    found = set()
    for folder in folders:
        candidates = [folder / source / "LC_MESSAGES" / f"{domain}.po" for source in SOURCES]
        found |= next((messages_of(path) for path in candidates if path.exists()), set())
    return found | (messages_of_the_editor() if domain == "djangojs" else set())


def messages_of_the_editor():
    """Its JavaScript says more than its catalogues hold."""
    with open(finders.find("django_prose_editor/editor.js.map"), encoding="utf-8") as map_file:
        sources = json.load(map_file)["sourcesContent"]
    return {(None, (text,)) for source in sources for text in EDITOR_MESSAGE.findall(source)}


def gettext_keys(context, forms, plural_forms):
    """Under which keys gettext keeps a message."""
    text = f"{context}\x04{forms[0]}" if context else forms[0]
    return [text] if len(forms) == 1 else [(text, number) for number in range(plural_forms)]


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def edges(text):
    return text[0].isspace(), text[-1].isspace()


def our_files():
    return sorted(OURS.glob("*/LC_MESSAGES/*.po"))


def file_name(path):
    return str(path.relative_to(OURS))


def test_messages_of_django_and_the_packages_are_found():
    assert len(messages_in_use("django")) > 600
    assert len(messages_in_use("djangojs")) > 100
    assert (None, ("Remove caption",)) in messages_in_use("djangojs")


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_stays_untranslated(language, domain):
    merged = DjangoTranslation(language, domain=domain)._catalog
    plural_forms = catalogue(DJANGO / to_locale(language) / "LC_MESSAGES" / "django.po").num_plurals

    missing = [
        key
        for context, forms in messages_in_use(domain)
        for key in gettext_keys(context, forms, plural_forms)
        if not merged.get(key)
    ]

    assert missing == []


@pytest.mark.parametrize("message", ABOUT_A_KIND)
@pytest.mark.parametrize("language", TRANSLATED)
def test_name_of_a_kind_needs_no_case(language, message):
    """It follows a colon, for no ending that a catalogue could add fits every name."""
    text = DjangoTranslation(language)._catalog[message]

    assert re.fullmatch(r"[^:%]+: (%s|%\(\w+\)s)", text)


@pytest.mark.parametrize("path", our_files(), ids=file_name)
def test_our_catalogue_translates_only_what_is_said(path):
    assert messages_of(path) - messages_in_use(path.stem) == set()


@pytest.mark.parametrize("path", our_files(), ids=file_name)
def test_placeholders_and_markup_survive_translation(path):
    broken = [
        message.id
        for message in catalogue(path)
        for text in as_forms(message.string)
        if message.id and placeholders(text) not in map(placeholders, as_forms(message.id))
    ]

    assert broken == []


@pytest.mark.parametrize("path", our_files(), ids=file_name)
def test_spaces_around_a_message_survive_translation(path):
    uneven = [
        message.id
        for message in catalogue(path)
        for text in as_forms(message.string)
        if message.id and edges(text) != edges(as_forms(message.id)[0])
    ]

    assert uneven == []


@pytest.mark.parametrize("path", our_files(), ids=file_name)
def test_plural_forms_are_those_of_django(path):
    ours = catalogue(path)
    djangos = catalogue(DJANGO / path.parts[-3] / "LC_MESSAGES" / "django.po")

    assert (ours.num_plurals, re.sub(r"\s", "", ours.plural_expr)) == (
        djangos.num_plurals,
        re.sub(r"\s", "", djangos.plural_expr),
    )
    counts = {len(message.string) for message in ours if isinstance(message.id, tuple)}
    assert counts <= {djangos.num_plurals}


def test_uzbek_letters_have_their_own_sign():
    """Django's Uzbek writes oʻ, gʻ and the tutuq belgisi with four different quotation marks."""
    merged = DjangoTranslation("uz")._catalog
    keys = [key for message in messages_in_use("django") for key in gettext_keys(*message, plural_forms=1)]
    texts = [merged[key] for key in keys]

    assert [text for text in texts if re.search(r"[^\W\d]['‘’`]", text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_editor_and_calendar_are_translated_in_the_browser(rf, language):
    with translation.override(language):
        response = JSONCatalog.as_view(packages=["django.contrib.admin"])(rf.get("/admin/jsi18n/"))

    words = json.loads(response.content)["catalog"]
    for text in ["Insert Table", "Edit Link", "Today", "January", "one letter Sunday\x04S"]:
        assert words[text] not in ("", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_as_in_cldr(settings, language):
    settings.USE_THOUSAND_SEPARATOR = True
    number = Decimal("1234567.89")

    with translation.override(language):
        assert formats.localize(number) == format_decimal(number, locale=to_locale(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_written_as_the_language_does(language):
    moment = datetime(2024, 3, 5, 9, 7)
    names = ["DATE", "DATETIME", "YEAR_MONTH", "MONTH_DAY", "SHORT_DATE"]

    with translation.override(language):
        written = [formats.date_format(moment, f"{name}_FORMAT") for name in names]

    assert written == DATES[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_date_names_a_weekday(language):
    with translation.override(language):
        patterns = [formats.get_format(f"{name}_FORMAT") for name in ["DATE", "DATETIME", "SHORT_DATE"]]

    assert [pattern for pattern in patterns if re.search(r"[lDw]", pattern)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_have_24_hours(language):
    evening = datetime(2024, 3, 5, 21, 7)

    with translation.override(language):
        assert formats.time_format(evening.time()) == "21:07"
        assert formats.date_format(evening, "SHORT_DATETIME_FORMAT").endswith("2024 21:07")


@pytest.mark.parametrize("language", LANGUAGES)
def test_week_begins_on_monday(language):
    with translation.override(language):
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["05.03.2024", "2024-03-05"])
def test_form_reads_the_day_before_the_month(language, text):
    with translation.override(language):
        assert DateField().clean(text) == date(2024, 3, 5)
