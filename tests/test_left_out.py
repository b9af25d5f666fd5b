"""What pages leave out or put last: what only hidden things name, what says nothing, what has no date."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.models import Citation
from relations.site.addresses import LONGEST
from tests import factories
from tests.models import making

pytestmark = pytest.mark.django_db


def test_an_organisation_that_only_a_hidden_record_names_is_unknown(client):
    organisation = making.organisation("unseen")
    record = making.record(public=False)
    record.parties.create(organisation=organisation)
    addresses = [organisation.get_absolute_url(), f"/en/organisations/{organisation.pk}/"]

    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert "UNSEEN" not in client.get("/en/records/?organisation=unseen").content.decode()

    type(record).objects.update(is_public=True)
    assert client.get(organisation.get_absolute_url()).status_code == 200
    assert "UNSEEN" in client.get("/en/records/?organisation=unseen").content.decode()


@pytest.mark.parametrize(
    "states", [{"term_years": "five"}, {"title": {"en": "Other"}}, {"in_force": "soon"}, {"unheard": "x"}]
)
def test_a_statement_that_no_field_can_hold_is_left_out(client, states):
    agreement = making.agreement(date="2001")
    Citation.objects.create(record=agreement.record, source=making.source(), states=states)

    answers = [client.get(agreement.get_absolute_url()), client.get("/en/relations/azerbaijan-georgia/")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not any("states otherwise" in answer.content.decode() for answer in answers)


def test_statements_ask_no_more_questions(client):
    def disputed():
        agreement = making.agreement(date="2001")
        Citation.objects.create(record=agreement.record, source=making.source(), states={"date": "2002"})

    disputed()
    before = questions(client)
    disputed()
    disputed()

    assert questions(client) == before


def questions(client):
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/relations/azerbaijan-georgia/")
    return len(asked)


def test_key_facts_without_a_fact_are_left_out(client):
    making.mission(opened="1993", closed="1995")
    page = client.get("/en/relations/azerbaijan-georgia/").content.decode()
    assert 'id="key-facts"' not in page

    making.mission("GE", "AZ", opened="1993")
    page = client.get("/en/relations/azerbaijan-georgia/").content.decode()
    assert 'id="key-facts"' in page


def test_levels_and_texts_without_a_date_stand_last(client):
    factories.relation(is_public=True)
    for start, level in ((None, "allied"), ("1992", "recognised"), ("1996", "friendship")):
        factories.level(start=start, level=level, is_public=True)
    for as_of, title in ((None, "Undated text"), ("2009", "Text of 2009"), ("2011", "Text of 2011")):
        factories.sector_text(as_of=as_of, title_en=title, is_public=True)

    page = client.get("/en/relations/azerbaijan-georgia/").content.decode()

    for words in (
        ["Recognition</strong>", "Friendly relations</strong>", "Allied relations</strong>"],
        ["Text of 2011", "Text of 2009", "Undated text"],
    ):
        places = [page.index(word) for word in words]
        assert places == sorted(places)


def test_an_address_too_long_for_two_names_is_not_looked_up(client, django_assert_max_num_queries):
    words = "-".join(["a"] * LONGEST)

    # The menu of the page that says so.
    with django_assert_max_num_queries(2):
        answer = client.get(f"/en/relations/{words}/")

    assert answer.status_code == 404
