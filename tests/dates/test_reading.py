import re
import time

import pytest
from django import forms
from django.conf import settings
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from relations.dates import PartialDate, in_words
from relations.dates.forms import PartialDateFormField
from relations.dates.reading import display, understand

from .values import EVERY_SHAPE, partial_dates

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# What is typed, on lines that start with what it means.
TYPED = """
2010-09-14 = 14.09.2010 | 14/9/2010 | 14-09-2010 | 2010-09-14 | 2010/09/14 | 14. 09. 2010 |
    14 September 2010 | Sept 14, 2010 | 14th September 2010 | 14-Sep-2010 | 14 сентября 2010 г. |
    14 сентября 2010 года | 14 sentyabr 2010 | 14 Sentyabr 2010-cu il | 2010 წლის 14 სექტემბერი |
    14 სექტემბერი, 2010 | 2010-yil 14-sentabr | 14-sentabr, 2010 | 14 сентябри соли 2010 |
    14 Сентябр 2010 | ١٤.٠٩.٢٠١٠
1998-05 = May 1998 | may, 1998 | 05.1998 | 5/1998 | 1998-05 | май 1998 | мая 1998 | май 1998 года |
    1998-ci ilin mayı | MAY 1998 | 1998 წლის მაისი | მაისი 1998 | 1998-yil may | 1998-yil may oyi |
    майи соли 1998 | Май 1998
2008 = 2008 | in 2008 | 2008 год | 2008 г. | 2008-ci il | 2008 წელი | 2008-yil | соли 2008 | 2008
2010-04-15/2010-04-17 = 15–17.04.2010 | 15-17.04.2010 | 15 - 17.04.2010 | 15.04.2010–17.04.2010 |
    2010-04-15/2010-04-17 | 2010-04-15 – 2010-04-17 | 15–17 April 2010 | 15-17 April 2010 |
    April 15–17, 2010 | 15–17 апреля 2010 г. | 15–17 апреля 2010 | с 15 по 17 апреля 2010 года |
    15–17 aprel 2010-cu il | 2010 წლის 15–17 აპრილი | 2010-yil 15–17-aprel | 15–17 апрели соли 2010
2011-02-28/2011-03-03 = 28.02–03.03.2011 | 28.02.–03.03.2011 | 28 Feb - 3 Mar 2011 |
    28 February-3 March 2011 | Feb 28 – Mar 3, 2011 | 28 февраля – 3 марта 2011 | 28 fevral – 3 mart 2011
1997/2010 = 1997–2010 | 1997-2010 | 1997 — 2010 | 1997/2010 | from 1997 to 2010 | с 1997 по 2010 год |
    1997–2010 гг. | 1997–2010-cu illər | 1997-ci ildən 2010-cu ilədək | 1997–2010 წლები |
    1997–2010-yillar | солҳои 1997–2010
2025-01/2025-08 = Jan–Aug 2025 | Jan-Aug 2025 | January to August 2025 | 01–08.2025 | 01.2025–08.2025 |
    январь–август 2025 | yanvar–avqust 2025 | იანვარი–აგვისტო, 2025
2022/.. = since 2022 | Since 2022 | from 2022 | 2022/.. | с 2022 | с 2022 года | с 2022 г. |
    2022-ci ildən | 2022-ci ildən bəri | 2022 წლიდან | 2022-yildan | 2022-yildan beri | аз соли 2022
2022-05-01/.. = since 01.05.2022 | с 01.05.2022 | с 1 мая 2022 года | 01.05.2022-dan | 01.05.2022-დან |
    аз 01.05.2022
../2013 = until 2013 | till 2013 | до 2013 | до 2013 года | по 2013 год | 2013-cü ilədək | 2013 წლამდე |
    2013-yilgacha | то соли 2013 | ../2013
../2013-03 = until March 2013 | до марта 2013 года | по март 2013 года | 2013-cü ilin martınadək |
    2013 წლის მარტამდე
1996~ = about 1996 | c. 1996 | ca 1996 | ca. 1996 | circa 1996 | около 1996 | ок. 1996 г. |
    примерно 1996 | təxminən 1996 | təxminən 1996-cı il | დაახლოებით 1996 წელი | taxminan 1996-yil |
    тақрибан соли 1996 | 1996~
1996-06~/1996-07~ = middle of 1996 | mid 1996 | mid-1996 | середина 1996 | в середине 1996 года |
    1996-cı ilin ortaları | 1996-CI İLİN ORTALARI | 1996-ci ilin ortalari | 1996 წლის შუა |
    1996-yil oʻrtalari | 1996-yil o'rtalari | 1996-yil o‘rtalari | миёнаи соли 1996
199X = 1990s | the 1990s | 1990’s | 1990-е | 1990-е годы | 1990-cı illər | 1990-იანი წლები | 1990-yillar |
    солҳои 1990-ум | 199X | 199x
2010-34 = Q2 2010 | 2010 Q2 | II квартал 2010 г. | 2-й квартал 2010 | 2010-cu ilin II rübü | 2010-34
2010-06 = İYUN 2010 | iyun 2010 | İyun 2010 | июнь 2010
1996% = about 1996 (uncertain) | 1996%
2004~/.. = since about 2004 | since c. 2004 | с примерно 2004
1998-05~ = circa May 1998 | около мая 1998
"""
CASES = [
    (text.strip(), edtf)
    for edtf, texts in re.findall(r"(?ms)^(\S+) = (.*?)$(?!\n )", TYPED)
    for text in texts.split("|")
]


@pytest.mark.parametrize(("text", "edtf"), CASES)
def test_understand_in_whatever_language_is_active(text, edtf):
    for language in LANGUAGES:
        with override(language):
            assert understand(text).edtf == edtf, language


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "foo",
            "soon",
            "since",
            "15 April",
            "12.13",
            "9/14/2010",
            "21.2010",
            "1996-97",
            "20",
            "2022 –",
        ),
        *(
            "5 Foo 2010",
            "about",
            "about about about about 1996",
            "2010\0",
            "(" * 50,
            "-" * 110,
            "a" * 100_000,
        ),
    ],
)
def test_understand_refuses_with_examples(text):
    started = time.perf_counter()

    with pytest.raises(
        ValueError, match=r"14\.09\.2010, 11\.2008, 2008, 15–17\.04\.2010, 1997–2010, since 2022"
    ):
        understand(text)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("text", ["31.04.2010", "30 February 2010", "2010-02-30", "29 февраля 2011"])
def test_understand_says_when_there_is_no_such_day(text):
    with pytest.raises(ValueError, match=f"^“{re.escape(text)}” is not in the calendar"):
        understand(text)


@pytest.mark.parametrize("text", ["2010/2008", "2010–2008", "from 2010 to 2008", "17–15.04.2010"])
def test_understand_says_when_a_period_is_reversed(text):
    with pytest.raises(ValueError, match=f"^“{re.escape(text)}”: the period ends before it starts"):
        understand(text)


def test_understand_refusal_is_in_the_active_language():
    with (
        override("ru"),
        pytest.raises(ValueError, match="Не удалось прочитать «foo».* с 2022 года, около 1996 года"),
    ):
        understand("foo")


@given(st.text(max_size=130))
def test_understand_any_text_gives_a_date_or_says_no(text):
    try:
        date = understand(text)
    except ValueError:
        return
    assert understand(display(date)) == date


@pytest.mark.parametrize(
    ("edtf", "text"),
    [
        ("2010-09-14", "14.09.2010"),
        ("2008-11", "11.2008"),
        ("2008", "2008"),
        ("2010-04-15/2010-04-17", "15–17.04.2010"),
        ("2011-02-28/2011-03-03", "28.02–03.03.2011"),
        ("2010-12-30/2011-01-02", "30.12.2010–02.01.2011"),
        ("1997/2010", "1997–2010"),
        ("2025-01/2025-08", "01.2025–08.2025"),
        ("2022/..", "since 2022"),
        ("1996-06~/1996-07~", "middle of 1996"),
        ("1996~/2000", "1996~/2000"),
        ("0996", "0996"),
    ],
)
def test_display_is_what_people_type(edtf, text):
    assert display(PartialDate.parse(edtf)) == text


@given(partial_dates, st.sampled_from(LANGUAGES))
def test_display_reads_back_exactly(partial, language):
    with override(language):
        assert understand(display(partial)) == partial


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edtf", [edtf for edtf in EVERY_SHAPE if edtf != "1996~/2000"])
def test_words_of_every_language_read_back(edtf, language):
    partial = PartialDate.parse(edtf)

    for active in LANGUAGES:
        with override(active):
            assert understand(in_words(partial, language)) == partial, active


# The form field


class VisitForm(forms.Form):
    date = PartialDateFormField(required=False)


def test_form_shows_what_it_understood():
    form = VisitForm({"date": "15-17.04.2010"})

    assert form.is_valid()
    assert form.cleaned_data["date"] == PartialDate.parse("2010-04-15/2010-04-17")
    assert form["date"].understood == "15–17 April 2010"
    assert 'data-understood="15–17 April 2010"' in str(form["date"])


def test_form_keeps_what_was_typed_when_it_is_wrong():
    form = VisitForm({"date": "some day"})

    assert not form.is_valid()
    assert "since 2022" in form.errors["date"][0]
    assert form["date"].understood == ""
    assert 'value="some day"' in str(form["date"])


def test_form_empty_is_no_date():
    form = VisitForm({"date": "  "})

    assert form.is_valid()
    assert form.cleaned_data["date"] is None


def test_form_unchanged_when_the_same_date_is_typed_otherwise():
    initial = {"date": PartialDate.parse("2010-09-14")}

    assert not VisitForm({"date": "14 September 2010"}, initial=initial).has_changed()
    assert VisitForm({"date": "2010"}, initial=initial).has_changed()


def test_form_input_is_plain_text_without_inline_script():
    html = str(VisitForm(initial={"date": PartialDate.parse("2008-11")})["date"])

    assert 'type="text"' in html
    assert 'value="11.2008"' in html
    assert "data-partial-date" in html
    assert 'autocomplete="off"' in html
    assert "<script" not in html
    assert "style=" not in html
