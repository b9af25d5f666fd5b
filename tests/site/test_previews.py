"""A draft for somebody outside who has a link: what it shows, when it dies, and what it never tells."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils.timezone import now

from relations import models
from relations.publishing import acts, deletions, preview_links
from tests import factories
from tests.publishing.work import NOTE, draft, published, ready_visit

SECRET = "Longer visit"


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.fixture
def visit(author, editor):
    visit = ready_visit(title_ka="ვიზიტი")
    published(author, editor, visit)
    draft(author, visit, title_en=SECRET, title_ka="ხანგრძლივი ვიზიტი")
    return visit


@pytest.fixture
def link(author, visit):
    link, key = preview_links.make(author, visit, "Dr Ó")
    link.key = key
    return link


@pytest.fixture
def question(author, visit):
    link, key = preview_links.make(author, visit, "Dr Ó", "Is the date right?")
    link.key = key
    return link


def address(link, query=""):
    return f"/preview/{link.key}/{query}"


def test_a_link_shows_the_draft_in_any_language(client, link):
    english, georgian = client.get(address(link)), client.get(address(link, "?language=ka"))

    assert "Longer visit" in english.content.decode()
    assert "Preview – visitors do not see this" in english.content.decode()
    assert "Dr Ó" in english.content.decode()
    assert "ხანგრძლივი ვიზიტი" in georgian.content.decode()
    assert '<html lang="ka"' in georgian.content.decode()
    assert "Longer visit" in client.get(address(link, "?place=1")).content.decode()


def test_nobody_learns_of_a_link_from_its_page(client, link):
    response = client.get(address(link))

    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "script-src 'self';" in response["Content-Security-Policy"] + ";"
    assert not response.cookies
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


def test_links_inside_lead_to_public_pages(client, link, visit):
    html = client.get(address(link, "?place=1")).content.decode()

    main = html.split("<main")[1]
    assert 'href="?' not in main
    assert link.key not in main
    assert f"/en/records/{visit.pk}/" in main


def test_another_draft_is_never_shown(client, author, editor, link, visit):
    draft(author, factories.observation(), note_en="Secret figure")
    text = factories.sector_text(is_public=True)
    draft(author, text, body_en="<p>Secret text</p>")
    draft(author, ready_visit(title_en="Secret visit"), place_en="Secret place")
    pages = [client.get(address(link, f"?place={number}")).content.decode() for number in range(3)]

    assert "Gas flows." in pages[1]
    assert all(SECRET in html for html in pages)
    assert not any("Secret" in html for html in pages)


def close_by_expiry(link, author, editor, visit):
    models.PreviewLink.objects.update(expires_at=now() - timedelta(seconds=1))


def close_by_revoking(link, author, editor, visit):
    preview_links.revoke(author, visit, link)


def close_by_publishing(link, author, editor, visit):
    revision = acts.submit(author, acts.in_work(visit), **NOTE)
    acts.publish(editor, acts.approve(editor, revision))


def close_by_discarding(link, author, editor, visit):
    deletions.discard(author, acts.in_work(visit))


def close_by_answering(link, author, editor, visit):
    models.PreviewLink.objects.update(question="?")
    assert preview_links.answer(link.key, "Dr Ó", "Yes")


CLOSING = [close_by_expiry, close_by_revoking, close_by_publishing, close_by_discarding, close_by_answering]


def told(ask, key):
    """What an answer tells who asked with a key: everything but the key itself and the second."""
    response = ask(f"/preview/{key}/")
    headers = {name: value for name, value in response.items() if name != "Expires"}
    return response.status_code, headers, response.content.decode().replace(key, "")


@pytest.mark.parametrize("close", CLOSING, ids=lambda close: close.__name__)
def test_a_closed_link_says_what_a_guess_says(client, author, editor, visit, link, close):
    assert client.get(address(link)).status_code == 200

    close(link, author, editor, visit)

    for ask in (client.get, client.post, client.head):
        status, headers, page = told(ask, link.key)
        assert (status, headers, page) == told(ask, "A" * 43)
        assert status == 404
        assert SECRET not in page
        assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "key", ["x", "A" * 43, "A" * 3000, "%00", "..", "ключ", "' OR 1=1", "*", "admin"], ids=repr
)
def test_a_guess_is_not_found_and_costs_one_look(client, link, key, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        response = client.get(f"/preview/{key}/")

    assert response.status_code == (400 if key == "%00" else 404)
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"If-None-Match": "*"},
        {"If-Match": "*"},
        {"Range": "bytes=0-9"},
        {"X-Original-URL": "/admin/"},
        {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"},
    ],
    ids=str,
)
def test_no_header_opens_a_closed_link(client, link, headers):
    models.PreviewLink.objects.update(revoked_at=now())

    assert client.get(address(link), headers=headers).status_code == 404
    assert client.get(address(link, "?preview=1"), headers=headers).status_code == 404


def test_the_page_for_guesses_speaks_the_visitors_language(client, db):
    html = client.get("/preview/x/?language=ka").content.decode()

    assert '<html lang="ka"' in html


def test_a_preview_of_an_outsider_leaves_nothing(client, link, visit):
    before = list(models.Revision.objects.order_by("pk").values())
    entries = models.AuditEntry.objects.count()

    client.get(address(link))

    assert list(models.Revision.objects.order_by("pk").values()) == before
    assert models.AuditEntry.objects.count() == entries
    assert SECRET not in client.get(f"/en/records/{visit.pk}/", follow=True).content.decode()


def test_files_of_the_draft_are_there_for_who_has_the_key(client, author, link, visit):
    picture, other = factories.image(), factories.image()
    draft(author, visit, image_id=picture.pk)
    where = address(link, f"media/{picture.file.name}")

    html = client.get(address(link)).content.decode()

    assert where in html
    assert b"".join(client.get(where).streaming_content)
    assert client.get(address(link, f"media/{other.file.name}")).status_code == 404
    assert client.get(f"/preview/{'A' * 43}/media/{picture.file.name}").status_code == 404
    assert client.get(picture.file.url).status_code == 404


@contextmanager
def reading_only():
    """Let the database refuse every change in the block."""
    begin, end = {
        "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
        "postgresql": ("SET LOCAL transaction_read_only = on", None),
    }[connection.vendor]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            if end:
                cursor.execute(end)
            # On PostgreSQL this ends it.
            transaction.set_rollback(True)


def test_a_database_that_only_reads_makes_no_preview(client, link):
    with reading_only():
        response = client.get(address(link))
        guess = client.get("/preview/x/")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert SECRET not in response.content.decode()
    assert guess.status_code == 404


# The question


def test_a_question_is_answered_once(client, question):
    page = client.get(address(question)).content.decode()
    assert "Is the date right?" in page
    assert 'name="text"' in page

    response = client.post(address(question), {"name": "Dr Ó", "text": "It was in <b>May</b>."})

    assert response.status_code == 200
    assert "Your answer has arrived" in response.content.decode()
    assert not response.cookies
    again = client.post(address(question), {"name": "Dr Ó", "text": "No, in June."})
    assert again.status_code == 404
    link = models.PreviewLink.objects.get()
    assert link.answer == "It was in <b>May</b>.\n\nDr Ó"
    entry = models.AuditEntry.objects.get(act="answer_link")
    assert (entry.actor, entry.detail, entry.address) == (None, "Dr Ó", "127.0.0.1")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"name": "", "text": "Yes"}, 422),
        ({"name": "Dr Ó", "text": " "}, 422),
        ({"name": "Dr Ó", "text": "x" * 5001}, 422),
        ({"name": "n" * 101, "text": "Yes"}, 422),
        ({"name": "Dr Ó", "text": "a\0b"}, 422),
        ({"name": "Dr Ó", "text": "x" * 70_000}, 413),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_answer_that_is_none_leaves_the_link_open(client, question, data, status):
    response = client.post(address(question), data)

    assert response.status_code == status
    assert models.PreviewLink.objects.get().answered_at is None
    assert client.get(address(question)).status_code == 200
    if status == 422:
        assert "errorlist" in response.content.decode()


def test_without_a_question_there_is_no_answer(client, link):
    assert 'name="text"' not in client.get(address(link)).content.decode()
    assert client.post(address(link), {"name": "Dr Ó", "text": "Yes"}).status_code == 405
    assert models.PreviewLink.objects.get().answer == ""


def test_an_account_makes_no_difference(client, link):
    user = get_user_model().objects.create_superuser("root", password="a long pass phrase")
    anonymous = client.get(address(link)).content
    client.force_login(user)

    assert client.get(address(link)).content == anonymous
