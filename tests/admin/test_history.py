"""History, comparing two revisions of one thing, and restoring an earlier one."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relations import models
from relations.publishing import acts, audit
from relations.publishing.documents import capture
from tests import factories
from tests.publishing.work import changed, draft, fresh, published, ready_visit, states, submitted

from .pages import address, form_data, messages_of
from .test_payloads import LIVE, PAYLOADS


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def other_editor(staff):
    return staff("editor", "other")


@pytest.fixture
def visit(author, other_editor):
    """A visit that is public."""
    visit = ready_visit()
    published(author, other_editor, visit)
    return visit


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def comparison(thing, before, after):
    return address(type(thing), "compare", thing.pk, before.pk, after.pk)


def restoring(thing, revision):
    return address(type(thing), "restore", thing.pk, revision.pk)


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# Comparing


def test_languages_that_are_held_back_are_named(author, visit):
    draft(author, visit, title_en="Later")
    live, later = acts.live(visit), acts.in_work(visit)
    models.Revision.objects.filter(pk=later.pk).update(held_back=["ka", "ru"])

    assert "Georgian, Russian" in words_of(browser(author).get(comparison(visit, live, later)))


def test_languages_are_compared_apart(author, visit):
    live = acts.live(visit)
    work = draft(author, visit, title_en="Visit to Baku", title_ka="ვიზიტი", date="2011-05")

    html = browser(author).get(comparison(visit, live, work)).content.decode()

    sections = dict(re.findall(r'differences">\s*<h2>([^<]+)</h2>(.*?)</section>', html, re.S))
    assert list(sections) == ["In no language in particular", "English", "Georgian"]
    assert "May 2011" in sections["In no language in particular"]
    assert "<del>Tbilisi</del><ins>Baku</ins>" in sections["English"]
    assert "<ins>ვიზიტი</ins>" in sections["Georgian"]
    assert 'lang="ka"' in sections["Georgian"]


def test_rows_are_compared_by_what_they_name(author, visit):
    live = acts.live(visit)
    document = changed(live.document)
    host, guest = document["parts"]["parties"][:2]
    host["role"] = "organiser"
    document["parts"]["parties"].remove(guest)
    person = factories.person()
    row = {"id": "5f0c0f7e-0000-4000-8000-000000000001", "person_id": person.pk, "role": "host"}
    document["parts"]["people"].append({**row, "office_en": "Minister", "position": 1})
    work = acts.keep_draft(author, visit, document)

    text = words_of(browser(author).get(comparison(visit, live, work)))

    assert f"{person} added" in text
    assert "Minister" in text
    assert "Organiser" in text
    assert models.Country.objects.get(pk=guest["country_id"]).name_en + " removed" in text
    # What is the same is hidden.
    assert "Original language" not in text


def test_only_revisions_of_the_thing_are_compared_with_each_other(author, other_editor, visit):
    other = ready_visit(title_en="Other")
    published(author, other_editor, other)
    live, foreign = acts.live(visit), acts.live(other)
    client = browser(author)

    assert client.get(comparison(visit, live, live)).status_code == 200
    assert client.get(comparison(visit, live, foreign)).status_code == 404
    assert client.get(comparison(visit, foreign, live)).status_code == 404
    assert client.get(comparison(other, live, live)).status_code == 404
    page = address(models.Visit, "compare_choose", visit.pk)
    assert client.get(page, {"before": live.pk, "after": foreign.pk}).status_code == 400


def test_the_two_are_chosen_in_a_form(author, other_editor, visit):
    first = acts.live(visit)
    published(author, other_editor, visit, title_en="Second")
    work = draft(author, visit, title_en="Third")
    client, page = browser(author), address(models.Visit, "compare_choose", visit.pk)

    assert client.get(page)["Location"] == comparison(visit, acts.live(visit), work)
    chosen = client.get(page, {"before": first.pk, "after": work.pk})
    assert chosen["Location"] == comparison(visit, first, work)


def test_comparing_needs_the_right_and_the_sight(author, staff, visit, django_user_model):
    live = acts.live(visit)
    clerk = django_user_model.objects.create_user("clerk", password="a long pass phrase", is_staff=True)
    tajik = staff("editor", "tajik")
    models.Desk.objects.create(user=tajik).countries.add(factories.country("TJ"))

    assert browser(clerk).get(comparison(visit, live, live)).status_code == 403
    assert browser(tajik).get(comparison(visit, live, live)).status_code == 404
    assert browser(tajik).get(restoring(visit, live)).status_code == 404
    assert Client().get(comparison(visit, live, live)).status_code == 302


def test_a_name_out_of_sight_is_not_said(author, staff, visit):
    secret = ready_visit(title_en="Secret talks", countries=("TJ", "UZ"))
    live = acts.live(visit)
    document = changed(live.document)
    row = {"id": "5f0c0f7e-0000-4000-8000-000000000002", "to_id": secret.pk, "type": "related", "position": 1}
    document["parts"]["links"].append(row)
    work = acts.keep_draft(author, visit, document)
    georgian = staff("editor", "georgian")
    models.Desk.objects.create(user=georgian).countries.add(factories.country("GE"))

    assert "Secret talks" in words_of(browser(author).get(comparison(visit, live, work)))
    assert "Secret talks" not in words_of(browser(georgian).get(comparison(visit, live, work)))


def test_payloads_stay_text_in_comparison_and_history(author, other_editor, visit):
    live = acts.live(visit)
    names = ("title", "summary", "body", "note", "date_note", "format", "outcomes_note")
    columns = [f"{name}_{language}" for name in names for language in ("en", "ka")]
    # As texts would stand there if they had come past every cleaning.
    work = submitted(
        author, visit, {"note_en": " ".join(PAYLOADS)}, **dict(zip(columns, PAYLOADS, strict=False))
    )

    pages = [
        browser(author).get(comparison(visit, live, work)),
        browser(author).get(comparison(visit, work, live)),
        browser(other_editor).get(address(models.Visit, "history", visit.pk)),
    ]

    for page in pages:
        assert page.status_code == 200
        assert "&lt;script&gt;" in page.content.decode()
        assert not LIVE.search(page.content.decode())


# History


def test_history_shows_revisions_and_what_was_done(author, other_editor, visit):
    first = acts.live(visit)
    published(author, other_editor, visit, {"note_en": "Dates corrected"}, date="2012")
    work = draft(author, visit, title_en="Third")

    response = browser(other_editor).get(address(models.Visit, "history", visit.pk))

    html, text = response.content.decode(), words_of(response)
    second = acts.live(visit)
    assert text.index(" – Draft ") < text.index(" 2.0 Published ") < text.index(" 1.0 Superseded ")
    assert "Dates corrected" in text
    for link in (
        comparison(visit, second, work),
        comparison(visit, first, second),
        comparison(visit, first, second),
        restoring(visit, first),
    ):
        assert f'href="{link}"' in html
    assert restoring(visit, work) not in html
    assert "What was done" in text
    assert "Submit for approval" in text


def test_only_those_who_may_see_the_log_see_it(author, visit):
    text = words_of(browser(author).get(address(models.Visit, "history", visit.pk)))

    assert " 1.0 Published " in text
    assert "What was done" not in text


def test_history_asks_no_more_questions_for_more_revisions(author, other_editor, visit):
    client = browser(other_editor)

    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(models.Visit, "history", visit.pk)).status_code == 200
        return len(asked)

    questions()
    before = questions()
    published(author, other_editor, visit, date="2012")
    published(author, other_editor, visit, date="2013")

    assert questions() == before


# Restoring


def test_an_earlier_revision_is_restored_into_a_draft(author, other_editor, visit):
    first = acts.live(visit)
    published(author, other_editor, visit, title_en="Second")
    before, client = capture(fresh(visit)), browser(author)
    page = client.get(restoring(visit, first))

    response = client.post(restoring(visit, first), form_data(page), follow=True)

    assert "The draft now says what revision 1.0 said." in messages_of(response)[0]
    assert acts.in_work(visit).document == first.document
    assert capture(fresh(visit)) == before
    assert form_data(response)["title_en"] == ["Visit to Tbilisi"]


def test_a_draft_is_not_overwritten_without_being_asked(author, other_editor, visit):
    first = acts.live(visit)
    work, client = draft(other_editor, visit, title_en="In work"), browser(author)
    page = client.get(restoring(visit, first))
    assert "There is work on this already (Draft), last edited by other" in words_of(page)

    refused = client.post(restoring(visit, first), {"token": work.token})

    assert refused.status_code == 422
    assert acts.in_work(visit).document["fields"]["title_en"] == "In work"
    client.post(restoring(visit, first), {"token": work.token, "overwrite": "on"})
    assert acts.in_work(visit).document == first.document


@pytest.mark.parametrize(("token", "status"), [(None, 422), ("", 409), ("x.1", 409)], ids=str)
def test_restoring_needs_the_draft_that_was_looked_at(author, visit, token, status):
    first, _work = acts.live(visit), draft(author, visit, title_en="In work")
    data = {"overwrite": "on"} | ({} if token is None else {"token": token})

    assert browser(author).post(restoring(visit, first), data).status_code == status
    assert acts.in_work(visit).document["fields"]["title_en"] == "In work"


def test_what_waits_for_approval_is_not_replaced(author, visit):
    first, work = acts.live(visit), submitted(author, visit, title_en="In work")
    client = browser(author)

    assert "is not possible while" in words_of(client.get(restoring(visit, first)))
    answer = client.post(restoring(visit, first), {"token": work.token, "overwrite": "on"})
    assert answer.status_code == 409
    assert acts.in_work(visit).document["fields"]["title_en"] == "In work"


def test_restoring_needs_the_right_and_a_public_revision_of_the_thing(author, other_editor, staff, visit):
    other = ready_visit(title_en="Other")
    published(author, other_editor, other)
    first, work = acts.live(visit), draft(author, visit, title_en="In work")
    client = browser(author)

    assert client.get(restoring(visit, work)).status_code == 404
    assert client.get(restoring(visit, acts.live(other))).status_code == 404
    assert browser(staff("translator")).get(restoring(visit, first)).status_code == 403
    assert states(visit) == ["published", "draft"]


def test_what_is_unpublished_is_restored_in_itself(author, other_editor, visit):
    first = acts.live(visit)
    published(author, other_editor, visit, title_en="Second")
    acts.unpublish(other_editor, acts.live(visit), ending_reason_en="Wrong")
    client = browser(author)

    response = client.post(
        restoring(visit, first), form_data(client.get(restoring(visit, first))), follow=True
    )

    assert form_data(response)["title_en"] == ["Visit to Tbilisi"]
    assert not fresh(visit).is_public


def test_what_was_done_is_told_in_words(other_editor, visit):
    for act in ("link", "merge", "revoke_link"):
        audit.note(other_editor, act, visit)

    told = words_of(browser(other_editor).get(address(models.Visit, "history", visit.pk)))

    for words in ("Make a preview link", "Merge two records", "Close a preview link"):
        assert words in told
    assert "revoke_link" not in told
