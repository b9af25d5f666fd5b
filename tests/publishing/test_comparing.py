"""Documents held against each other: what differs, who changed it, and one document made of two."""

from copy import deepcopy

import pytest

from relations import models
from relations.publishing.comparing import Place, Side, differences, merged, recognised, same, three_way
from relations.publishing.documents import capture
from relations.publishing.word_by_word import MOST_PAIRS, as_paragraphs, word_by_word
from tests import factories

ROWS = [
    {"id": "a", "role": "host", "country_id": 1, "position": 1},
    {"id": "b", "role": "visitor", "country_id": 2, "position": 2},
    {"id": "c", "role": "organiser", "country_id": 3, "position": 3},
]


def document(rows=ROWS, **fields):
    values = {"title_en": "Visit", "title_ka": "ვიზიტი", "date": "2010", "is_series": False} | fields
    return {"fields": values, "choices": {"sectors": [1]}, "parts": {"parties": deepcopy(list(rows))}}


def row(key, **values):
    return {**next(one for one in ROWS if one["id"] == key), **values}


def sides(ancestor, mine, theirs):
    return {str(one.place): one.side.value for one in three_way(ancestor, mine, theirs)}


def mine_of(ancestor, mine, theirs):
    """What is kept when everybody keeps what they changed, and mine where both did."""
    found = three_way(ancestor, mine, theirs)
    return {one.place: one.mine for one in found if one.side in (Side.MINE, Side.BOTH)}


@pytest.mark.django_db
def test_a_document_says_the_same_as_itself():
    visit = factories.visit(main_sector="trade")
    factories.record_person(visit)
    factories.citation(visit)
    own = capture(visit)

    assert differences(own, deepcopy(own)) == []
    assert three_way(own, deepcopy(own), deepcopy(own)) == []


def test_differences_are_told_by_column_and_row():
    after = document([row("a", role="visitor"), row("c"), {"id": "d", "role": "host"}], title_ka="სტუმრობა")

    found = {str(one.place): (one.before, one.after) for one in differences(document(), after)}

    assert found == {
        "..title_ka": ("ვიზიტი", "სტუმრობა"),
        "parties.a.role": ("host", "visitor"),
        "parties.b.": (row("b"), None),
        "parties.d.": (None, {"id": "d", "role": "host"}),
    }


def test_numbers_of_rows_are_no_difference_but_their_order_is():
    later = [row("a", position=4), row("b", position=5), row("c", position=9)]
    turned = [row("b"), row("a"), row("c")]

    assert differences(document(), document(later)) == []
    assert [str(one.place) for one in differences(document(), document(turned))] == ["parties..position"]


def test_a_column_that_did_not_exist_yet_says_nothing():
    former = document()
    former["fields"].pop("date")

    assert differences(former, document(date=None)) == []
    assert not same(False, None)
    assert not same(0, None)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({}, {}, {}),
        ({"title_en": "M"}, {}, {"..title_en": "mine"}),
        ({}, {"title_en": "T"}, {"..title_en": "theirs"}),
        ({"title_en": "X"}, {"title_en": "X"}, {"..title_en": "alike"}),
        ({"title_en": "M"}, {"title_en": "T"}, {"..title_en": "both"}),
        ({"title_en": "M"}, {"title_ka": "T"}, {"..title_en": "mine", "..title_ka": "theirs"}),
    ],
)
def test_three_documents_tell_who_changed_what(mine, theirs, expected):
    assert sides(document(), document(**mine), document(**theirs)) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (ROWS, [row("a"), row("b")], {"parties.c.": "theirs"}),
        ([row("a"), row("b")], ROWS, {"parties.c.": "mine"}),
        ([row("a"), row("b")], [row("a"), row("b")], {"parties.c.": "alike"}),
        ([row("a"), row("b")], [row("a"), row("b"), row("c", role="host")], {"parties.c.": "both"}),
        ([*ROWS, {"id": "d", "role": "host"}], ROWS, {"parties.d.": "mine"}),
        (
            [row("a", role="visitor"), row("b"), row("c")],
            [row("a", country_id=9), row("b"), row("c")],
            {"parties.a.role": "mine", "parties.a.country_id": "theirs"},
        ),
        ([row("b"), row("a"), row("c")], ROWS, {"parties..position": "mine"}),
        ([row("b"), row("a"), row("c")], [row("a"), row("c"), row("b")], {"parties..position": "both"}),
    ],
)
def test_three_documents_tell_who_changed_which_row(mine, theirs, expected):
    assert sides(document(), document(mine), document(theirs)) == expected


def test_without_an_ancestor_everything_that_differs_is_to_be_decided():
    mine = document([row("a", role="visitor"), row("b")], title_en="M")

    found = {one.side for one in three_way(None, mine, document()) if one.side != Side.ALIKE}

    assert found == {Side.BOTH}
    assert sides(None, mine, document())["parties.c."] == "both"


def test_one_document_keeps_what_each_of_two_changed():
    mine = document(
        [row("a", role="visitor"), row("c"), {"id": "d", "role": "host", "position": 3}], date="2011"
    )
    theirs = document([row("a", country_id=9), row("b"), row("c"), {"id": "e", "position": 4}], title_ka="T")

    both = merged(theirs, mine, mine_of(document(), mine, theirs))

    assert both["fields"] == document(date="2011", title_ka="T")["fields"]
    assert both["parts"]["parties"] == [
        row("a", role="visitor", country_id=9, position=1),
        row("c", position=2),
        {"id": "d", "role": "host", "position": 3},
        {"id": "e", "position": 4},
    ]
    assert merged(theirs, mine, {}) == theirs


def test_a_row_that_was_deleted_comes_back_where_it_is_chosen():
    mine = document([row("a"), row("b", role="host"), row("c")])
    theirs = document([row("a"), row("c", position=2)])

    both = merged(theirs, mine, mine_of(document(), mine, theirs))

    assert [one["id"] for one in both["parts"]["parties"]] == ["a", "b", "c"]
    assert both["parts"]["parties"][1]["role"] == "host"


def test_the_order_that_is_chosen_is_kept():
    mine = document([row("c"), row("a"), row("b")])

    both = merged(document(), mine, mine_of(document(), mine, document()))

    assert [(one["id"], one["position"]) for one in both["parts"]["parties"]] == [
        ("c", 1),
        ("a", 2),
        ("b", 3),
    ]


def test_the_same_party_entered_by_both_is_one():
    mine = document([*ROWS, {"id": "m", "country_id": 7, "organisation_id": None, "role": "host"}])
    theirs = document([*ROWS, {"id": "t", "country_id": 7, "organisation_id": None, "role": "visitor"}])

    found = recognised(models.Visit, mine, theirs)

    assert [one["id"] for one in found["parts"]["parties"]] == ["a", "b", "c", "t"]
    assert sides(document(), found, theirs) == {
        "parties.t.role": "both",
        "parties.t.country_id": "alike",
    }


def test_places_have_names_of_their_own():
    assert [str(place) for place in (Place("a"), Place("a", "b", "c"), Place(part="b", row="c"))] == [
        "..a",
        "b.c.a",
        "b.c.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("one two", "one two", [("kept", "one two")]),
        ("one two", "one three", [("kept", "one "), ("removed", "two"), ("added", "three")]),
        ("", "new words", [("added", "new words")]),
        ("a  b", "a b", [("kept", "a b")]),
        ("one\ntwo", "one\nzwei", [("kept", "one\n"), ("removed", "two"), ("added", "zwei")]),
        ("ერთი ორი", "ერთი სამი", [("kept", "ერთი "), ("removed", "ორი"), ("added", "სამი")]),
    ],
)
def test_texts_are_compared_word_by_word(before, after, pieces):
    assert word_by_word(before, after) == pieces


def test_very_long_paragraphs_are_not_compared_word_by_word():
    words = int(MOST_PAIRS**0.5) + 1
    before, after = "x " * words, "y " + "x " * words

    assert [kind for kind, _words in word_by_word(before, after)] == ["removed", "added"]


def test_formatted_text_is_read_by_paragraphs_with_its_links():
    html = '<h3>A &amp; B</h3><p>See <a href="https://example.org/">there</a>.<br>Now</p><ul><li>x</li></ul>'

    assert as_paragraphs(html) == "A & B\nSee there (https://example.org/).\nNow\nx"
