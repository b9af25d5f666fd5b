"""Saving a form changes a draft; visitors see it when somebody else has approved it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localtime, now

from relations import models
from relations.publishing import acts
from relations.publishing.documents import capture
from tests import factories
from tests.publishing.work import NOTE, draft, fresh, published, ready_visit, states, submitted

from .pages import address, form_data, messages_of


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def other_editor(staff):
    return staff("editor", "other")


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def act_address(thing, act):
    return address(type(thing), "act", thing.pk, act)


def do(client, thing, act, **data):
    """Open the page of an act and send its form."""
    page = client.get(act_address(thing, act))
    return client.post(act_address(thing, act), form_data(page, **data), follow=True)


@pytest.fixture
def visit(author, other_editor):
    """A visit that is public."""
    visit = ready_visit()
    published(author, other_editor, visit)
    return visit


def test_a_new_thing_is_a_draft_of_who_entered_it(author):
    client = browser(author)
    page = client.get(address(models.Page, "add"))

    client.post(address(models.Page, "add"), form_data(page, title_en="About", slug="about"))

    page = models.Page.objects.get()
    revision = acts.in_work(page)
    assert (page.is_public, revision.state, revision.author) == (False, "draft", author)
    assert revision.document == capture(page)


def test_a_change_of_something_public_is_beside_it(author, visit):
    client, before = browser(author), capture(visit)
    form = client.get(address(models.Visit, "change", visit.pk))
    georgia = factories.country("GE")
    new_rows = {"people-0-office_en": "Minister", "people-0-country": georgia.pk, "people-0-role": "host"}

    response = client.post(
        address(models.Visit, "change", visit.pk),
        form_data(form, title_en="Longer visit", summary_ka="მოკლედ", **new_rows),
        follow=True,
    )

    assert "Saved as a draft. Visitors see it once it is published." in messages_of(response)
    assert capture(fresh(visit)) == before
    # Whoever opens it next goes on from the draft, in whatever language.
    again = client.get(address(models.Visit, "change", visit.pk))
    data = form_data(again)
    assert (data["title_en"], data["summary_ka"]) == (["Longer visit"], ["მოკლედ"])
    assert data["people-0-office_en"] == ["Minister"]
    client.post(address(models.Visit, "change", visit.pk), form_data(again, title_ka="ვიზიტი"))
    document = acts.in_work(visit).document
    assert document["fields"]["title_en"] == "Longer visit"
    assert document["fields"]["title_ka"] == "ვიზიტი"
    assert len(document["parts"]["people"]) == 1
    assert document["parts"]["people"][0]["id"] == data["people-0-id"][0]
    assert capture(fresh(visit)) == before


def test_an_error_in_a_draft_keeps_what_was_typed(author, visit):
    client, before = browser(author), capture(visit)
    form = client.get(address(models.Visit, "change", visit.pk))

    response = client.post(
        address(models.Visit, "change", visit.pk), form_data(form, title_en="Longer visit", date="31.02.2027")
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert 'value="31.02.2027"' in html
    assert 'value="Longer visit"' in html
    assert capture(fresh(visit)) == before
    assert states(visit) == ["published"]


def test_saving_without_a_change_makes_no_draft(author, visit):
    client = browser(author)
    form = client.get(address(models.Visit, "change", visit.pk))

    response = client.post(address(models.Visit, "change", visit.pk), form_data(form), follow=True)

    assert messages_of(response) == ["Nothing was changed."]
    assert states(visit) == ["published"]


@pytest.mark.parametrize("is_public", [True, False])
def test_saving_a_draft_without_a_change_leaves_it_whose_it_was(author, other_editor, visit, is_public):
    thing = visit if is_public else ready_visit()
    work = draft(author, thing, title_en="Longer visit")
    acts.submit(author, work, **NOTE)
    before = acts.in_work(thing)
    client = browser(other_editor)
    form = client.get(address(models.Visit, "change", thing.pk))

    response = client.post(address(models.Visit, "change", thing.pk), form_data(form), follow=True)

    assert messages_of(response) == ["Nothing was changed."]
    after = acts.in_work(thing)
    assert (after.token, after.state, after.edited_by) == (before.token, "submitted", author)


def test_a_form_without_its_version_saves_nothing(author, visit):
    client = browser(author)
    data = form_data(client.get(address(models.Visit, "change", visit.pk)), title_en="Longer visit")
    data.pop("opened_at")

    assert client.post(address(models.Visit, "change", visit.pk), data).status_code == 422
    assert states(visit) == ["published"]


def test_the_second_of_two_saves_does_not_win(author, other_editor, visit):
    mine, theirs = browser(author), browser(other_editor)
    first = mine.get(address(models.Visit, "change", visit.pk))
    second = theirs.get(address(models.Visit, "change", visit.pk))

    mine.post(address(models.Visit, "change", visit.pk), form_data(first, title_en="Mine"))
    response = theirs.post(address(models.Visit, "change", visit.pk), form_data(second, title_en="Theirs"))

    assert response.status_code == 409
    assert acts.in_work(visit).document["fields"]["title_en"] == "Mine"


def test_a_form_sent_twice_enters_one_thing(author):
    client = browser(author)
    data = form_data(client.get(address(models.Visit, "add")), title_en="Visit", date="2010")

    for _time in range(3):
        client.post(address(models.Visit, "add"), data)

    assert models.Visit.objects.count() == 1


def test_a_draft_goes_its_way_to_visitors(author, other_editor, visit):
    mine, theirs, visitor = browser(author), browser(other_editor), Client()
    form = mine.get(address(models.Visit, "change", visit.pk))
    data = form_data(form, title_en="Longer visit") | {"_submit": "1"}
    page = mine.post(address(models.Visit, "change", visit.pk), data)
    assert page["Location"] == act_address(visit, "submit")

    assert "was submitted for approval" in messages_of(do(mine, visit, "submit", **NOTE))[-1]
    assert "Visit to Tbilisi" in visitor.get(f"/en/records/{visit.pk}/", follow=True).content.decode()
    refused = mine.post(act_address(visit, "approve"), {"token": acts.in_work(visit).token})
    assert refused.status_code == 403
    do(theirs, visit, "approve", publish="on")

    html = visitor.get(f"/en/records/{visit.pk}/", follow=True).content.decode()
    assert "Longer visit" in html
    assert states(visit) == ["superseded", "published"]


def test_what_is_missing_is_said_with_links_to_the_fields(author):
    visit = models.Visit.objects.create(title_ka="ვიზიტი")
    client = browser(author)
    client.post(
        address(models.Visit, "change", visit.pk),
        form_data(client.get(address(models.Visit, "change", visit.pk))),
    )

    response = client.post(
        act_address(visit, "submit"), {"token": acts.in_work(visit).token, "public": ["ka"]}
    )

    html = response.content.decode()
    assert response.status_code == 422
    for place in ("main_sector", "parties", "citations"):
        assert f'href="{address(models.Visit, "change", visit.pk)}#{place}"' in html


@pytest.mark.parametrize(
    ("token", "status"), [(None, 422), ("", 422), ("x.1", 409), ("current", 302)], ids=str
)
def test_an_act_needs_the_version_that_was_looked_at(author, token, status):
    visit = ready_visit()
    client = browser(author)
    form = client.get(address(models.Visit, "change", visit.pk))
    client.post(address(models.Visit, "change", visit.pk), form_data(form, date="2011"))
    data = {"public": ["en"]}
    if token is not None:
        data["token"] = acts.in_work(visit).token if token == "current" else token

    assert client.post(act_address(visit, "submit"), data).status_code == status
    assert states(visit) == (["submitted"] if status == 302 else ["draft"])


def test_a_draft_is_discarded(author, visit):
    client = browser(author)
    form = client.get(address(models.Visit, "change", visit.pk))
    client.post(address(models.Visit, "change", visit.pk), form_data(form, title_en="Longer visit"))

    do(client, visit, "discard")

    assert states(visit) == ["published"]
    data = form_data(client.get(address(models.Visit, "change", visit.pk)))
    assert data["title_en"] == ["Visit to Tbilisi"]


def test_what_was_public_is_not_deleted(desk, visit):
    assert desk.post(address(models.Visit, "delete", visit.pk), {"post": "yes"}).status_code == 403

    data = {"action": "delete_selected", "_selected_action": [visit.pk], "post": "yes"}
    desk.post(address(models.Visit, "changelist"), data)

    assert fresh(visit).is_public


def test_a_draft_that_was_never_public_is_deleted_with_its_work(desk, author):
    visit = ready_visit()
    acts.keep_draft(author, visit, capture(visit))

    desk.post(address(models.Visit, "delete", visit.pk), {"post": "yes"})

    assert not models.Visit.objects.exists()
    assert not models.Revision.objects.exists()
    assert models.AuditEntry.objects.filter(act="delete").get().title == "Visit to Tbilisi"


def test_several_are_published_each_by_its_own_right(author, other_editor):
    ready, own = ready_visit(title_en="Ready"), ready_visit(title_en="Own")
    untouched = ready_visit(title_en="Untouched")
    for user, visit in ((author, ready), (other_editor, own)):
        acts.submit(user, acts.keep_draft(user, visit, capture(visit)))
    data = {
        "action": "approve_selected",
        "confirmed": "yes",
        "_selected_action": [ready.pk, own.pk, untouched.pk],
    }

    response = browser(other_editor).post(address(models.Visit, "changelist"), data, follow=True)

    assert (states(ready), states(own), states(untouched)) == (["approved"], ["submitted"], [])
    told = messages_of(response)
    assert any(text.startswith("“Own”: Somebody else") for text in told)
    assert any(text.startswith("“Untouched”:") for text in told)
    assert "1 changed." in told


@pytest.mark.parametrize("act", ["approve", "publish"])
def test_a_list_asks_before_an_act_and_says_what_it_cannot_be_done_with(author, other_editor, act):
    ready, untouched = ready_visit(title_en="Ready"), ready_visit(title_en="Untouched")
    revision = acts.submit(author, acts.keep_draft(author, ready, capture(ready)))
    if act == "publish":
        acts.approve(other_editor, revision)
    client, changelist = browser(other_editor), address(models.Visit, "changelist")
    data = {"action": f"{act}_selected", "_selected_action": [ready.pk, untouched.pk]}

    asked = client.post(changelist, data)

    html = asked.content.decode()
    assert acts.in_work(ready).state == {"approve": "submitted", "publish": "approved"}[act]
    assert f'value="{act.capitalize()} (1)"' in html
    assert re.search(r">Untouched</a>: Nothing is being worked on.", html)
    again = form_data(asked)
    assert again["_selected_action"] == [str(ready.pk)]
    client.post(changelist, again)
    assert states(ready) == [{"approve": "approved", "publish": "published"}[act]]


def test_nothing_is_asked_where_nothing_can_be_done(author, other_editor):
    untouched = ready_visit(title_en="Untouched")
    data = {"action": "publish_selected", "_selected_action": [untouched.pk]}

    html = browser(other_editor).post(address(models.Visit, "changelist"), data).content.decode()

    assert "This cannot be done with:" in html
    assert 'type="submit" value="Publish' not in html


def test_approved_and_published_at_once_is_said_to_be_both(author, other_editor):
    visit = ready_visit()
    acts.submit(author, acts.keep_draft(author, visit, capture(visit)))

    response = do(browser(other_editor), visit, "approve", publish="on")

    assert messages_of(response) == ["“Visit to Tbilisi” was approved and is public."]
    assert fresh(visit).is_public


@pytest.mark.parametrize(
    ("leads_to", "is_good"),
    [
        ("/en/records/{other}/", True),
        ("/ka/relations/ge-az/?year=2010", True),
        ("/en/records/{own}9999/", False),
        ("/en/nothing/", False),
        ("/admin/", False),
        ("/en/records/{own}/", False),
        # It was all there was about this pair.
        ("/en/relations/azerbaijan-tajikistan/", False),
        ("/ka/records/?q=თბილისი", True),
        ("/en/records/?secter=x&page=0", False),
    ],
)
def test_what_is_unpublished_leads_only_to_what_is_there(author, other_editor, visit, leads_to, is_good):
    other = ready_visit(title_en="Other")
    published(author, other_editor, other)
    factories.party(visit, country=factories.country("TJ"))
    leads_to = leads_to.format(other=other.pk, own=visit.pk)

    response = do(browser(other_editor), visit, "unpublish", redirect_to=leads_to, ending_reason_en="Twice.")

    if is_good:
        assert not fresh(visit).is_public
        own = Client().get(f"/en/records/{visit.pk}/")
        assert own.status_code == 301
        assert Client().get(own["Location"], follow=True).status_code == 200
    else:
        assert fresh(visit).is_public
        html = response.content.decode()
        assert "Visitors would find nothing there." in html
        assert f'value="{leads_to}"'.replace("&", "&amp;") in html


def test_two_unpublished_things_do_not_lead_to_each_other(author, other_editor, visit):
    other = ready_visit(title_en="Other")
    published(author, other_editor, other)
    client, reason = browser(other_editor), {"ending_reason_en": "Twice."}
    do(client, other, "unpublish", redirect_to=f"/en/records/{visit.pk}/", **reason)
    assert not fresh(other).is_public

    do(client, visit, "unpublish", redirect_to=f"/en/records/{other.pk}/", **reason)

    assert fresh(visit).is_public


def test_an_emergency_may_be_a_small_change(staff, author, visit):
    draft(author, visit, title_en="Visit to Tbilissi, mended")

    response = do(browser(staff("administrator")), visit, "emergency", reason="A wrong name", is_minor="on")

    assert response.status_code == 200
    assert fresh(visit).title_en == "Visit to Tbilissi, mended"
    assert acts.live(visit).number == "1.1"


def test_what_is_scheduled_offers_no_deletion(author, other_editor):
    visit = ready_visit()
    client, form = browser(other_editor), address(models.Visit, "change", visit.pk)
    approved = acts.approve(other_editor, submitted(author, visit))
    assert "deletelink" in client.get(form).content.decode()

    acts.schedule(other_editor, approved, publish_at=now() + timedelta(days=1))

    assert "deletelink" not in client.get(form).content.decode()


def test_the_form_says_when_something_was_withdrawn(author, other_editor, visit):
    moment = now() - timedelta(days=400)
    acts.withdraw(other_editor, acts.live(visit), ending_reason_en="Wrong.")
    models.Visit.objects.filter(pk=visit.pk).update(withdrawn_at=moment)

    html = browser(other_editor).get(address(models.Visit, "change", visit.pk)).content.decode()

    assert re.search(
        rf"<strong>Withdrawn</strong> 1.0, <time datetime=\"{localtime(moment):%Y-%m-%dT%H:%M}", html
    )


def test_what_changed_after_the_list_was_shown_is_not_approved_from_it(author, other_editor):
    visit = ready_visit(title_en="Harmless")
    client, list_address = browser(other_editor), address(models.Visit, "changelist")
    acts.submit(author, acts.keep_draft(author, visit, capture(visit)))
    shown_at = re.search(r'name="shown_at" value="([^"]+)"', client.get(list_address).content.decode())[1]
    acts.recall(author, acts.in_work(visit))
    draft(author, fresh(visit), title_en="Another")
    acts.submit(author, acts.in_work(visit))
    data = {"action": "approve_selected", "confirmed": "yes", "_selected_action": [visit.pk]}

    late = client.post(list_address, {**data, "shown_at": shown_at}, follow=True)

    assert states(visit) == ["submitted"]
    (told,) = messages_of(late)
    assert told.endswith("It has changed since this list was shown: look at it again.")
    shown_at = re.search(r'name="shown_at" value="([^"]+)"', late.content.decode())[1]
    client.post(list_address, {**data, "shown_at": shown_at})
    assert states(visit) == ["approved"]


def test_another_desk_neither_sees_nor_touches_it(staff, visit):
    tajik = staff("editor", "tajik")
    models.Desk.objects.create(user=tajik).countries.add(factories.country("TJ"))
    client = browser(tajik)

    assert "Visit to Tbilisi" not in client.get(address(models.Visit, "changelist")).content.decode()
    assert client.get(act_address(visit, "withdraw")).status_code == 404
    assert client.get(address(models.Visit, "change", visit.pk)).status_code == 302
    assert client.get(address(models.Visit, "history", visit.pk)).status_code == 302


def test_nobody_enters_a_thing_of_another_desk(staff):
    tajik = staff("author", "tajik")
    models.Desk.objects.create(user=tajik).countries.add(factories.country("TJ"))
    client = browser(tajik)
    rows = {
        "parties-0-country": factories.country("AZ").pk,
        "parties-0-role": "visitor",
        "parties-1-country": factories.country("GE").pk,
        "parties-1-role": "host",
    }
    form = client.get(address(models.Visit, "add"))

    response = client.post(address(models.Visit, "add"), form_data(form, title_en="Secret", **rows))

    assert response.status_code == 200
    assert "touches no country of your desk" in response.content.decode()
    assert 'value="Secret"' in response.content.decode()
    assert not models.Visit.objects.exists()


def test_state_stands_in_the_list(desk, author, visit):
    draft(author, visit, title_en="Longer visit")
    ready_visit(title_en="Other")

    rows = desk.get(address(models.Visit, "changelist")).content.decode()

    assert "Published · Draft" in rows


def test_the_picker_of_days_has_its_words_before_it(author, other_editor):
    visit = ready_visit()
    revision = acts.submit(author, acts.keep_draft(author, visit, capture(visit)))
    acts.approve(other_editor, acts.in_work(visit))

    html = browser(other_editor).get(act_address(visit, "schedule")).content.decode()

    assert revision is not None
    assert 0 < html.index("/admin/jsi18n/") < html.index("DateTimeShortcuts")


def test_files_that_the_browser_does_not_give_back_are_asked_for_again(other_editor):
    image = factories.image()
    client, form = browser(other_editor), address(models.Image, "change", image.pk)
    data = form_data(client.get(form), focal_x="900")
    with image.file.open() as file:
        picture = SimpleUploadedFile("new.png", file.read(), "image/png")

    response = client.post(form, data | {"file": picture})

    assert response.status_code == 200
    assert "Files must be chosen again." in messages_of(response)
