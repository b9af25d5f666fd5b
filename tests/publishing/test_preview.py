"""A preview is the page that visitors will get, and nothing of it remains."""

from copy import deepcopy
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.translation import override

from relations import models
from relations.publishing import acts
from relations.publishing.documents import capture
from relations.publishing.preview import as_if_public, places_of, shown_revision
from tests import factories

from .previewing import address_of, as_page, browser, preview, public_page
from .work import NOTE, changed, draft, fresh, published, ready_visit, submitted


def publish(author, editor, revision):
    acts.submit(author, revision, **(NOTE if revision.base_id else {}))
    acts.publish(editor, acts.approve(editor, revision))


def visit_in_work(author, editor):
    """A public visit of two countries; in the draft a third takes part, and there is a Georgian title."""
    visit = ready_visit(summary_en="In short.")
    published(author, editor, visit)
    hungary = factories.country("HU")
    document = changed(acts.document_for(fresh(visit)), title_en="Longer visit", title_ka="ვიზიტი")
    party = {**document["parts"]["parties"][0], "id": str(uuid4()), "country_id": hungary.pk, "position": 3}
    document["parts"]["parties"].append(party | {"role": "participant"})
    return fresh(visit), acts.keep_draft(author, visit, document)


def figure_in_work(author, editor):
    figure = factories.observation(value="692.5")
    factories.citation(figure)
    published(author, editor, figure)
    return figure, draft(author, figure, value="708.1", note_en="Revised", note_ka="შესწორებული")


def text_in_work(author, editor):
    text = factories.sector_text(title_ka="ენერგეტიკა", body_ka="<p>გაზი.</p>")
    factories.citation(text)
    return text, draft(author, text, body_en="<p>More gas flows.</p>")


def page_in_work(author, editor):
    page = factories.page(title_ka="შესახებ")
    return page, draft(author, page, body_en="<p>More about it.</p>", body_ka="<p>მეტი.</p>")


@pytest.mark.parametrize("begin", [visit_in_work, figure_in_work, text_in_work, page_in_work])
def test_a_preview_is_the_page_after_publication(author, editor, begin):
    factories.visit(countries=("AZ", "HU"), is_public=True)
    thing, revision = begin(author, editor)
    if revision.base_id:
        models.Revision.objects.filter(pk=revision.pk).update(**NOTE)
    client = browser(author)
    # A language keeps its own address, and a preview of a record all of its pages.
    seen = {}
    for language in ("en", "ka"):
        with as_if_public(thing, revision) as shown, override(language):
            addresses = [place.address for place in places_of(shown)]
        for place, address in enumerate(addresses):
            seen[address] = preview(client, thing, language, place)

    publish(author, editor, revision)

    assert len(seen) == (10 if begin is visit_in_work else 2)
    for address, response in seen.items():
        assert response.status_code == 200, address
        assert "preview-bar" in response.content.decode()
        path = address.split("#")[0].split("?")[0]
        assert as_page(response, path) == public_page(address), address


def test_a_new_party_shows_on_the_page_of_the_new_pair(author, editor):
    visit, _revision = visit_in_work(author, editor)

    pages = [preview(browser(author), visit, "en", place).content.decode() for place in range(5)]

    hungarian = [html for html in pages if "<title>Azerbaijan – Hungary" in html]
    assert len(hungarian) == 1
    assert "Longer visit" in hungarian[0]
    assert not models.Relation.objects.between(factories.country("AZ"), factories.country("HU")).exists()


def test_held_back_languages_are_not_shown(author, editor):
    text, revision = text_in_work(author, editor)
    acts.submit(author, revision, held_back=["ka"])

    html = preview(browser(author), text, "ka").content.decode()

    assert "გაზი" not in html
    assert "More gas flows" in html


def everything():
    """All rows of everything that publishing writes."""
    found = [
        models.Relation,
        models.RecordParty,
        models.Revision,
        models.Correction,
        models.AuditEntry,
        models.Notice,
        models.Embargo,
        models.Visit,
        models.Observation,
        models.SectorText,
        models.Page,
        models.Record.relations.through,
    ]
    return {model: list(model._base_manager.order_by("pk").values()) for model in found}


@pytest.mark.parametrize("begin", [visit_in_work, figure_in_work, text_in_work, page_in_work])
def test_a_preview_leaves_nothing(author, editor, begin):
    thing, revision = begin(author, editor)
    models.Embargo(created_by=author).about(thing).save()
    client, before, document = browser(author), everything(), capture(fresh(thing))

    for language in ("en", "ka"):
        assert preview(client, thing, language).status_code == 200

    assert everything() == before
    assert capture(fresh(thing)) == document
    assert shown_revision(thing).document == revision.document


def test_what_became_public_on_another_way_leaves_no_version(author):
    visit = ready_visit(is_public=True)

    html = preview(browser(author), visit).content.decode()

    assert "Visit to Tbilisi" in html
    assert "Nothing is being worked on" in html
    assert not models.Revision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_another_connection_sees_what_is_live(author, editor):
    visit, revision = visit_in_work(author, editor)
    seen = []

    def look():
        try:
            seen.append(models.Visit.objects.get(pk=visit.pk).title_en)
            seen.append(models.RecordParty.objects.filter(record=visit.pk).count())
        finally:
            connection.close()

    with as_if_public(visit, revision) as shown:
        thread = Thread(target=look)
        thread.start()
        thread.join()

    assert (shown.title_en, shown.parties.count()) == ("Longer visit", 2)
    assert seen == ["Visit to Tbilisi", 2]


def test_what_is_missing_is_said(author):
    visit = models.Visit.objects.create(title_ka="ვიზიტი")

    html = preview(browser(author), visit).content.decode()

    assert "A record needs a main sector." in html
    assert "A record needs a source" in html


def test_a_draft_that_no_longer_fits_says_why(author, editor):
    visit, revision = visit_in_work(author, editor)
    document = deepcopy(revision.document)
    document["parts"]["parties"][0]["country_id"] = 999999
    models.Revision.objects.filter(pk=revision.pk).update(document=document)

    response = preview(browser(author), visit)

    assert response.status_code == 422
    assert "has been deleted since" in response.content.decode()


def test_an_address_that_is_taken_is_said(author, editor):
    page = factories.page()
    published(author, editor, page)
    draft(author, page, slug="contact")
    factories.page("contact")

    assert preview(browser(author), page).status_code == 422


@pytest.mark.parametrize("make", [factories.mission, factories.level], ids=["mission", "level"])
def test_what_has_no_page_shows_on_that_of_the_pair(author, make):
    thing = make(note_en="Quite new")
    factories.citation(thing)

    assert "Quite new" in preview(browser(author), thing).content.decode()


@pytest.mark.parametrize("pair", [True, False], ids=["pair", "site"])
def test_a_notice_shows_before_its_hour(author, pair):
    factories.visit(is_public=True)
    notice = factories.notice(relation=factories.relation() if pair else None, starts="2100-01-01T00:00Z")

    html = preview(browser(author), notice).content.decode()

    assert "The site moves on Monday." in html
    assert ("<title>Azerbaijan – Georgia" in html) == pair


def test_a_revision_is_as_it_was_after_a_preview(author, editor):
    visit, revision = visit_in_work(author, editor)

    with as_if_public(visit, revision):
        assert models.Visit.objects.get(pk=visit.pk).title_en == "Longer visit"

    assert (revision.state, revision.number, revision.published_at) == ("draft", "", None)
    assert submitted(author, visit).state == "submitted"


def test_the_policy_is_that_of_the_public_page(author, editor, client):
    visit, _revision = visit_in_work(author, editor)

    response = preview(browser(author), visit)

    public = client.get(address_of(visit, "en"))
    assert response["Content-Security-Policy"] == public["Content-Security-Policy"]
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Language"] == "en"


@pytest.mark.parametrize(
    "query", ["language=xx", "language=", "place=9", "place=-1", "place=²", "place=x", "place=99999999"]
)
def test_a_preview_that_does_not_exist_is_not_found(author, editor, query):
    page, _revision = page_in_work(author, editor)
    request = f"/admin/relations/page/{page.pk}/preview/?{query}"

    assert browser(author).get(request).status_code == 404
