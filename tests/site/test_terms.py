"""How long an agreement was concluded for, never more precisely than that is known."""

from datetime import date

import pytest
from django.utils.translation import override

from relations.models import Agreement
from relations.templatetags import terms
from tests.models import making

from .reading import section

PAIR = "/en/relations/azerbaijan-georgia/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day is 1 June 2012."""
    monkeypatch.setattr(terms, "localdate", lambda: date(2012, 6, 1))


def said(language="en", **fields):
    agreement = Agreement(**fields)
    agreement.complete()
    with override(language):
        return terms.term(agreement)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": "2008-11", "term_years": 5}, "for 5 years, until November 2013"),
        ({"date": "2006-11", "term_years": 5}, "its term of 5 years, by calculation, until November 2011"),
        ({"date": "2011", "term_years": 1}, "for 1 year, until 2012"),
        ({"date": "2007-06-01", "term_years": 5}, "for 5 years, until 1 June 2012"),
        ({"date": "2007-05-31", "term_years": 5}, "its term of 5 years, by calculation, until 31 May 2012"),
        ({"date": "2008", "in_force": "2009-03-02", "term_years": 5}, "for 5 years, until 2 March 2014"),
        ({"in_force": "2009/..", "term_years": 5}, "for 5 years, until 2014"),
        ({"date": "2009~", "term_years": 5}, "for 5 years, until 2014 (approximately)"),
        ({"date": "2009-04-15/2009-04-17", "term_years": 5}, "term to: 15–17 April 2014"),
        ({"date": "2009-06~/2009-07~", "term_years": 1}, "term to: middle of 2010"),
        ({"date": "../2009", "term_years": 5}, ""),
        ({"date": "2008-11"}, ""),
        ({"term_years": 5}, ""),
        ({"date": "2006-11", "term_years": 5, "ended": "2010"}, ""),
    ],
)
def test_the_words_for_a_term(fields, words):
    assert said(**fields) == words


@pytest.mark.parametrize(
    ("language", "runs", "ran"),
    [
        (
            "az",
            "5 il müddətinə, 2013-cü ilin noyabrınadək",
            "5 illik müddət, hesablamaya görə 2011-ci ilin noyabrınadək",
        ),
        ("ka", "5 წლის ვადით, 2013 წლის ნოემბრამდე", "5-წლიანი ვადა, გაანგარიშებით, 2011 წლის ნოემბრამდე"),
        ("ru", "на 5 лет, по ноябрь 2013 года", "расчётный срок – 5 лет, по ноябрь 2011 года"),
        (
            "uz",
            "5 yilga, 2013-yil noyabrigacha",
            "5 yillik muddat, hisob-kitobga koʻra 2011-yil noyabrigacha",
        ),
        ("tg", "ба муддати 5 сол, то ноябри соли 2013", "муҳлати 5 сол, аз рӯи ҳисоб то ноябри соли 2011"),
    ],
)
def test_every_language_says_it(language, runs, ran):
    assert said(language, date="2008-11", term_years=5) == runs
    assert said(language, date="2006-11", term_years=5) == ran


def test_russian_counts_years():
    words = [said("ru", date="2012", term_years=years).split(",")[0] for years in (1, 2, 5, 11, 21)]

    assert words == ["на 1 год", "на 2 года", "на 5 лет", "на 11 лет", "на 21 год"]


def test_page_card_and_table_say_it(db, get):
    memorandum = making.agreement(
        title_en="Memorandum", date="2008-11", term_years=5, in_force="2008-11", sectors="energy"
    )

    pair, alone = get(PAIR), get(memorandum.get_absolute_url())

    words = "for 5 years, until November 2013"
    assert words in section(pair, "agreements")
    assert words in section(pair, "timeline")
    assert any(words in one for one in alone.words("dd"))
    assert words in get("/en/records/").main
    assert words in get("/en/").main


def test_of_a_replaced_agreement_the_table_names_no_end(db, get):
    old = making.agreement(title_en="Old", date="2008-11", term_years=500)
    making.agreement(title_en="New", date="2011").links.create(to=old.record, type="replaces")

    assert "until November" not in section(get(PAIR), "agreements")
    assert "Replaced" in section(get(PAIR), "agreements")
    assert not any("until November" in one for one in get(old.get_absolute_url()).words("dd"))
