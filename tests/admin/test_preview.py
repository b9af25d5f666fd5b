"""Previewing from a form without saving, links for outsiders, and who may do either."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from relations import models
from relations.publishing import acts, preview_links
from relations.publishing.documents import capture
from tests import factories
from tests.publishing.previewing import browser
from tests.publishing.work import draft, fresh, published, ready_visit, states

from .pages import address, form_data, messages_of


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
    return fresh(visit)


def form_of(client, thing):
    return client.get(address(type(thing), "change", thing.pk))


def preview_address(thing, query=""):
    return address(type(thing), "preview", thing.pk) + query


def tajik_desk(staff, role="editor"):
    user = staff(role, "tajik")
    models.Desk.objects.create(user=user).countries.add(factories.country("TJ"))
    return browser(user)


def test_the_bar_leads_to_the_preview_in_other_languages(author, visit):
    client = browser(author)
    draft(author, visit, title_ka="მეორე ვიზიტი")

    html = client.get(preview_address(visit)).content.decode()
    (link,) = re.findall(r'href="([^"]*)" lang="ka">ქართული</a></li>', html.split("</aside>")[0])
    georgian = client.get(urljoin(preview_address(visit), unescape(link))).content.decode()

    assert "<h1>მეორე ვიზიტი</h1>" in georgian


# What is typed


def test_the_form_offers_a_preview_in_a_new_tab(author, visit):
    html = form_of(browser(author), visit).content.decode()

    assert f'formaction="{preview_address(visit)}" formtarget="_blank"' in html
    assert f'<a class="button" href="{preview_address(visit)}" target="_blank">' in html


def test_a_figure_is_previewed_where_it_stands(author):
    figure = factories.observation()

    html = form_of(browser(author), figure).content.decode()

    assert f'formaction="{preview_address(figure)}#figure-trade-turnover"' in html


@pytest.mark.parametrize("is_public", [True, False])
def test_what_is_typed_is_shown_and_not_saved(author, other_editor, is_public):
    visit = ready_visit()
    if is_public:
        published(author, other_editor, visit)
    client, before = browser(author), capture(fresh(visit))
    entries, revisions = models.AuditEntry.objects.count(), states(visit)
    data = form_data(form_of(client, visit), title_en="Typed title", summary_ka="მოკლედ აკრეფილი")

    response = client.post(preview_address(visit, "?language=ka"), data)

    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="ka"' in html
    assert "Typed title" in html
    assert "მოკლედ აკრეფილი" in html
    assert "What stands in the form, not saved" in html
    assert capture(fresh(visit)) == before
    assert states(visit) == revisions
    assert models.AuditEntry.objects.count() == entries
    assert messages_of(form_of(client, visit)) == []


def test_what_is_typed_is_shown_in_another_language_and_place(author, visit):
    client = browser(author)
    data = form_data(form_of(client, visit), title_en="Typed title", title_ka="აკრეფილი სათაური")
    shown = client.post(preview_address(visit), data)

    again = client.post(preview_address(visit, "?language=ka&place=1"), form_data(shown))

    assert "აკრეფილი სათაური" in again.content.decode()
    assert "<title>აზერბაიჯანი – საქართველო" in again.content.decode()
    assert states(visit) == ["published"]


def test_a_new_thing_is_previewed_before_it_is_saved(author):
    client = browser(author)
    form = client.get(address(models.Page, "add"))
    where = address(models.Page, "add_preview")
    assert f'formaction="{where}"' in form.content.decode()

    response = client.post(where, form_data(form, title_en="About us", slug="about", body_en="<p>We.</p>"))

    assert "<h1>About us</h1>" in response.content.decode()
    assert not models.Page.objects.exists()
    assert not models.Revision.objects.exists()


def test_a_new_thing_that_shows_nowhere_says_so(author):
    client, pair = browser(author), factories.relation("AZ", "HU")
    data = form_data(client.get(address(models.Notice, "add")), text_en="Works tonight", relation=pair.pk)

    response = client.post(address(models.Notice, "add_preview"), data)

    assert response.status_code == 422
    assert "Nothing of it shows on any page." in response.content.decode()


def test_errors_come_back_with_the_form(author, visit):
    client = browser(author)
    data = form_data(form_of(client, visit), title_en="Typed title", date="31.02.2027")

    html = client.post(preview_address(visit), data).content.decode()

    assert 'value="31.02.2027"' in html
    assert 'value="Typed title"' in html
    # Saved from here, it is saved.
    assert f'action="{address(models.Visit, "change", visit.pk)}" method="post"' in html
    assert states(visit) == ["published"]


def test_a_file_of_a_form_that_is_previewed_is_not_kept(author, visit):
    client = browser(author)
    pdf = SimpleUploadedFile("text.pdf", b"%PDF-1.4\n%%EOF\n")
    rows = {"attachments-0-title_en": "Text of the visit", "attachments-0-file": pdf}
    data = form_data(form_of(client, visit), **rows)
    folder = Path(settings.MEDIA_ROOT)
    before = set(folder.rglob("*.pdf"))

    html = client.post(preview_address(visit), data).content.decode()

    assert "Text of the visit" in html
    assert set(folder.rglob("*.pdf")) == before
    assert not models.Attachment.objects.exists()


def test_pictures_and_files_of_a_draft_are_those_of_staff(author, visit):
    picture = factories.image()
    draft(author, visit, image_id=picture.pk)
    client = browser(author)

    html = client.get(preview_address(visit)).content.decode()

    assert '"/media/' not in html
    assert picture.file.staff_url in html
    assert b"".join(client.get(picture.file.staff_url).streaming_content)
    assert Client().get(picture.file.url).status_code == 404


# Who may


def test_another_desk_previews_nothing(staff, author, visit):
    draft(author, visit, title_en="Secret title")
    data = form_data(form_of(browser(author), visit), title_en="Typed title")
    client = tajik_desk(staff)

    assert client.get(preview_address(visit)).status_code == 404
    assert client.post(preview_address(visit), data).status_code == 404


def test_an_embargo_closes_the_preview(staff, author, visit):
    models.Embargo(created_by=author).about(visit).save()

    assert browser(staff("administrator")).get(preview_address(visit)).status_code == 404
    assert browser(author).get(preview_address(visit)).status_code == 200


def test_visitors_and_staff_without_a_role_preview_nothing(clerk, author, visit):
    data = form_data(form_of(browser(author), visit), title_en="Typed title")

    assert clerk.get(preview_address(visit)).status_code == 403
    assert clerk.post(preview_address(visit), data).status_code == 403
    assert Client().get(preview_address(visit)).status_code == 302
    outside = Client().post(preview_address(visit), data)
    assert outside.status_code == 403
    assert "You are signed out" in outside.content.decode()


def test_who_may_not_change_a_thing_previews_nothing_of_their_own(roles, clerk, author, visit):
    """A preview of crafted data is no way around the right to change."""
    from django.contrib.auth.models import Permission

    for codename in ("preview_revision", "view_visit"):
        clerk.user.user_permissions.add(Permission.objects.get(codename=codename))
    data = form_data(form_of(browser(author), visit), title_en="Typed title")

    assert clerk.get(preview_address(visit)).status_code == 200
    assert clerk.post(preview_address(visit), data).status_code == 403
    assert clerk.post(address(models.Visit, "add_preview"), data).status_code == 403
    assert 'name="_preview"' not in form_of(clerk, visit).content.decode()


def test_what_is_scheduled_is_previewed_as_it_is(author, other_editor, visit):
    client = browser(author)
    data = form_data(form_of(client, visit), title_en="Typed title")
    draft(author, visit, title_en="Scheduled title")
    models.Revision.objects.of(visit).in_work().update(state="scheduled", publish_at="2100-01-01T00:00Z")

    assert "Scheduled title" in client.get(preview_address(visit)).content.decode()
    client.post(preview_address(visit), data)
    assert acts.in_work(visit).document["fields"]["title_en"] == "Scheduled title"


@pytest.mark.parametrize("number", ["0", "999999", "x"])
def test_a_preview_of_nothing_is_not_found(desk, number):
    assert desk.get(f"/admin/relations/visit/{number}/preview/").status_code == 404
    assert desk.post(f"/admin/relations/visit/{number}/preview/").status_code == 404
    assert desk.get("/admin/relations/visit/add/preview/").status_code == 404


# Links for outsiders


def links_address(thing):
    return address(type(thing), "links", thing.pk)


def make_link(client, thing, **data):
    return client.post(links_address(thing), {"recipient": "Dr Ó", "days": 3, **data})


def test_a_link_is_made_and_its_address_said_once(author, visit):
    draft(author, visit, title_en="Longer visit")
    client = browser(author)

    response = make_link(client, visit, question="Is this right?")

    link = models.PreviewLink.objects.get()
    made = response.context["made"]
    key = urlsplit(made).path.split("/")[2]
    assert made.startswith(f"{settings.SITE_URL}/preview/")
    assert (link.recipient, link.question, link.created_by) == ("Dr Ó", "Is this right?", author)
    assert (link.expires_at - link.created_at).days in (2, 3)
    assert len(key) >= 43
    assert key not in str(vars(link))
    assert models.PreviewLink.objects.with_key(key).get() == link
    again = client.get(links_address(visit)).content.decode()
    assert key not in again
    assert "Dr Ó" in again
    assert "Is this right?" in again
    assert "Longer visit" in Client().get(urlsplit(made).path).content.decode()
    entry = models.AuditEntry.objects.get(act="link")
    assert (entry.actor, entry.detail, key in entry.detail) == (author, "Dr Ó", False)


@pytest.mark.parametrize("data", [{"days": 0}, {"days": 8}, {"days": "x"}, {"recipient": ""}], ids=str)
def test_a_link_for_nobody_or_for_long_is_not_made(author, visit, data):
    draft(author, visit, title_en="Longer visit")

    assert make_link(browser(author), visit, **data).status_code == 422
    assert not models.PreviewLink.objects.exists()


def test_without_a_draft_there_is_no_link(author, visit):
    assert make_link(browser(author), visit).status_code == 422
    assert 'name="recipient"' not in browser(author).get(links_address(visit)).content.decode()


def test_a_link_is_closed(author, visit):
    draft(author, visit, title_en="Longer visit")
    client = browser(author)
    path = urlsplit(make_link(client, visit).context["made"]).path
    link = models.PreviewLink.objects.get()
    where = f"{links_address(visit)}{link.pk}/revoke/"

    assert client.get(where).status_code == 405
    assert Client().get(path).status_code == 200
    client.post(where)
    client.post(where)

    assert Client().get(path).status_code == 404
    assert "<span>Closed</span>" in client.get(links_address(visit)).content.decode()
    assert models.AuditEntry.objects.filter(act="revoke_link").count() == 1


def test_links_are_made_and_closed_by_those_who_may(staff, clerk, author, visit):
    revision = draft(author, visit, title_en="Longer visit")
    link, _key = preview_links.make(author, visit, "Dr Ó")
    where = f"{links_address(visit)}{link.pk}/revoke/"
    other = ready_visit(title_en="Other")

    for client, status in ((tajik_desk(staff), 404), (browser(staff("translator")), 403), (clerk, 403)):
        assert client.get(links_address(visit)).status_code == status
        assert make_link(client, visit).status_code == status
        assert client.post(where).status_code == status
    assert Client().get(links_address(visit)).status_code == 302
    # Nor is a link closed on the page of another thing.
    wrong = f"{links_address(other)}{link.pk}/revoke/"
    assert browser(author).post(wrong).status_code == 404
    assert revision.preview_links.filter(revoked_at=None).count() == 1


def test_answers_are_told_at_the_thing(author, visit):
    draft(author, visit, title_en="Longer visit")
    _link, key = preview_links.make(author, visit, "Dr Ó", "Is this right?")
    client = browser(author)
    assert "1 answer" not in form_of(client, visit).content.decode()

    assert preview_links.answer(key, "Dr Ó", "It was in May.")

    assert "1 answer" in form_of(client, visit).content.decode()
    html = client.get(links_address(visit)).content.decode()
    assert "It was in May.<br><br>Dr Ó" in html
    assert "Answered" in html
    # Also when the draft is published, and the link with it closed.
    acts.submit(author, acts.in_work(visit), is_minor=True)
    assert "It was in May." in client.get(links_address(visit)).content.decode()
