"""Two people save one thing: each sees what the other did, and nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from relations import models
from relations.publishing import acts, preview_links
from relations.publishing.documents import capture
from tests import factories
from tests.publishing.work import draft, fresh, published, ready_visit, states, submitted
from tests.uploads.making import pdf

from .pages import address, form_data, messages_of
from .test_payloads import LIVE, PAYLOADS, TEXTS


@pytest.fixture
def me(staff):
    return staff("author", "me")


@pytest.fixture
def other(staff):
    return staff("editor", "other")


@pytest.fixture
def visit(me, other):
    """A visit that is public, with a person in it."""
    visit = ready_visit()
    factories.record_person(visit)
    published(me, other, visit)
    return visit


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def form_of(thing):
    return address(type(thing), "change", thing.pk)


def merge_of(thing):
    return address(type(thing), "merge", thing.pk)


def both_save(thing, me, other, mine, theirs):
    """Both open the form, the other one saves first; return my browser and the answer to my save."""
    my_browser, their_browser = browser(me), browser(other)
    my_form, their_form = my_browser.get(form_of(thing)), their_browser.get(form_of(thing))
    saved = their_browser.post(form_of(thing), form_data(their_form, **theirs))
    assert saved.status_code == 302
    return my_browser, my_browser.post(form_of(thing), form_data(my_form, **mine))


def row_of(response, prefix, **values):
    """The number in a form of the row that has the values."""
    data = form_data(response)
    for number in range(int(data[f"{prefix}-TOTAL_FORMS"][0])):
        if all(data[f"{prefix}-{number}-{name}"] == [str(value)] for name, value in values.items()):
            return number
    raise LookupError(values)


def fields_of(thing):
    return acts.in_work(thing).document["fields"]


def rows_of(thing, part):
    return acts.in_work(thing).document["parts"][part]


def test_different_fields_are_both_kept(me, other, visit):
    before = capture(fresh(visit))
    client, page = both_save(visit, me, other, {"title_en": "Mine"}, {"title_ka": "მათი", "date": "2012"})

    html = page.content.decode()
    assert page.status_code == 409
    assert "After you opened this: Save (other, " in html
    assert "Only you changed this" in html
    assert "Only the other one changed this" in html
    assert "You both changed this" not in html
    assert fields_of(visit)["title_en"] == "Visit to Tbilisi"
    # What the site said when it saved what was then undone is not said.
    assert messages_of(page) == []

    saved = client.post(merge_of(visit), form_data(page), follow=True)

    assert "Saved as you chose." in messages_of(saved)
    fields = fields_of(visit)
    assert (fields["title_en"], fields["title_ka"], fields["date"]) == ("Mine", "მათი", "2012")
    assert acts.in_work(visit).edited_by == me
    assert capture(fresh(visit)) == before


def test_what_was_done_meanwhile_is_told_as_what_it_was(me, other, staff, visit):
    work = submitted(staff("author", "third"), visit, title_en="Of the author")
    my_browser = browser(me)
    my_form = my_browser.get(form_of(visit))
    acts.publish(other, acts.approve(other, work))

    page = my_browser.post(form_of(visit), form_data(my_form, title_ka="ჩემი"))

    assert page.status_code == 409
    assert "After you opened this: Publish (other, " in page.content.decode()
    assert "third" not in page.content.decode()


def test_what_changed_nothing_is_not_told_as_what_happened_meanwhile(me, other, visit):
    my_browser, their_browser = browser(me), browser(other)
    my_form, their_form = my_browser.get(form_of(visit)), their_browser.get(form_of(visit))
    their_browser.post(form_of(visit), form_data(their_form, title_en="Theirs"))
    preview_links.make(me, visit, recipient="A. B.", question="", days=3)

    page = my_browser.post(form_of(visit), form_data(my_form, title_en="Mine"))

    assert "After you opened this: Save (other, " in page.content.decode()


def test_no_act_is_told_where_a_bundle_changed_it(me, other, visit):
    my_browser = browser(me)
    my_form = my_browser.get(form_of(visit))
    models.Visit.objects.filter(pk=visit.pk).update(title_en="Of a bundle")

    page = my_browser.post(form_of(visit), form_data(my_form, title_en="Mine"))

    assert page.status_code == 409
    assert "After you opened this" not in page.content.decode()


def test_the_same_field_is_decided(me, other, visit):
    client, page = both_save(
        visit,
        me,
        other,
        {"title_en": "Mine", "level": "working"},
        {"title_en": "Theirs", "level": "official"},
    )
    data = form_data(page)
    assert "choice...title_en" not in data
    assert data["text...title_en"] == ["Mine"]

    undecided = client.post(merge_of(visit), data)
    assert undecided.status_code == 422
    assert "Choose one of the two." in undecided.content.decode()
    assert fields_of(visit)["title_en"] == "Theirs"

    chosen = {"choice...title_en": "mine", "text...title_en": "Mine and theirs", "choice...level": "theirs"}
    client.post(merge_of(visit), form_data(undecided, **chosen))
    assert (fields_of(visit)["title_en"], fields_of(visit)["level"]) == ("Mine and theirs", "official")


def test_a_text_put_together_is_cleaned(me, other, visit):
    client, page = both_save(visit, me, other, {"body_en": "<p>Mine</p>"}, {"body_en": "<p>Theirs</p>"})
    chosen = {"choice...body_en": "mine", "text...body_en": "<p onclick=x>Both</p><script>alert(1)</script>"}

    client.post(merge_of(visit), form_data(page, **chosen))

    assert fields_of(visit)["body_en"] == "<p>Both</p>"


def test_rows_of_both_are_kept(me, other, visit):
    tajikistan, uzbekistan = factories.country("TJ"), factories.country("UZ")
    client, page = both_save(
        visit,
        me,
        other,
        {"parties-2-country": tajikistan.pk, "parties-2-role": "host", "people-0-office_en": "Minister"},
        {"parties-2-country": uzbekistan.pk, "parties-2-role": "visitor", "people-0-office_ka": "მინისტრი"},
    )

    client.post(merge_of(visit), form_data(page))

    parties = {row["country_id"]: row["role"] for row in rows_of(visit, "parties")}
    assert (parties[tajikistan.pk], parties[uzbekistan.pk], len(parties)) == ("host", "visitor", 4)
    person = rows_of(visit, "people")[0]
    assert (person["office_en"], person["office_ka"]) == ("Minister", "მინისტრი")


def test_the_same_row_entered_by_both_is_one(me, other, visit):
    tajikistan = factories.country("TJ")
    party = {"parties-2-country": tajikistan.pk, "parties-2-role": "host"}
    client, page = both_save(visit, me, other, {**party, "title_en": "Mine"}, party)

    client.post(merge_of(visit), form_data(page))

    assert [row["country_id"] for row in rows_of(visit, "parties")].count(tajikistan.pk) == 1
    assert fields_of(visit)["title_en"] == "Mine"


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_row_that_one_deleted_and_the_other_changed_is_decided(me, other, visit, choice):
    client, page = both_save(
        visit, me, other, {"people-0-office_en": "Prime Minister"}, {"people-0-DELETE": "on"}
    )
    key = rows_of_live(visit, "people")[0]["id"]
    assert "not there" in page.content.decode()

    assert client.post(merge_of(visit), form_data(page)).status_code == 422
    client.post(merge_of(visit), form_data(page, **{f"choice.people.{key}.": choice}))

    offices = [row["office_en"] for row in rows_of(visit, "people")]
    assert offices == (["Prime Minister"] if choice == "mine" else [])


def rows_of_live(thing, part):
    return acts.live(thing).document["parts"][part]


def test_a_draft_that_was_saved_twice_has_an_ancestor_still(me, other, visit):
    draft(other, visit, title_en="First save")
    client, page = both_save(visit, me, other, {"summary_en": "Mine"}, {"title_ka": "მეორე"})

    client.post(merge_of(visit), form_data(page))

    fields = fields_of(visit)
    assert [fields[name] for name in ("title_en", "title_ka", "summary_en")] == [
        "First save",
        "მეორე",
        "Mine",
    ]


def test_without_an_ancestor_everything_is_decided(me, other, visit):
    draft(other, visit, title_en="First save")
    my_browser = browser(me)
    form = my_browser.get(form_of(visit))
    for number in range(models.EarlierSave.KEPT + 2):
        draft(other, visit, title_en=f"Save {number}")
    assert models.EarlierSave.objects.count() == models.EarlierSave.KEPT

    page = my_browser.post(form_of(visit), form_data(form, summary_en="Mine"))

    html = page.content.decode()
    assert "no longer known" in html
    assert "Only you changed this" not in html
    chosen = {"choice...title_en": "theirs", "choice...summary_en": "mine"}
    my_browser.post(merge_of(visit), form_data(page, **chosen))
    fields = fields_of(visit)
    assert (fields["title_en"], fields["summary_en"]) == (f"Save {number}", "Mine")


def test_a_thing_that_was_never_public_is_merged_in_itself(me, other):
    visit = ready_visit()
    client, page = both_save(visit, me, other, {"title_en": "Mine"}, {"title_ka": "მათი"})
    assert page.status_code == 409
    assert (fresh(visit).title_en, fresh(visit).title_ka) == ("Visit to Tbilisi", "მათი")

    client.post(merge_of(visit), form_data(page))

    assert (fresh(visit).title_en, fresh(visit).title_ka) == ("Mine", "მათი")
    assert acts.in_work(visit).document == capture(fresh(visit))


def test_a_third_save_makes_the_choice_out_of_date(me, other, visit):
    client, page = both_save(visit, me, other, {"title_en": "Mine"}, {"title_en": "Theirs"})
    draft(other, visit, summary_en="Third")
    chosen = {"choice...title_en": "mine", "text...title_en": "Put together"}

    again = client.post(merge_of(visit), form_data(page, **chosen))

    assert again.status_code == 409
    data = form_data(again)
    assert data["choice...title_en"] == ["mine"]
    assert data["text...title_en"] == ["Put together"]
    client.post(merge_of(visit), data)
    assert (fields_of(visit)["title_en"], fields_of(visit)["summary_en"]) == ("Put together", "Third")


def test_what_contradicts_itself_is_not_saved(me, other, visit):
    factories.citation(visit, position=2)
    citations = acts.live(fresh(visit)).document["parts"]["citations"]
    assert len(citations) == 2
    client, page = both_save(
        visit, me, other, {"citations-0-is_preferred": "on"}, {"citations-1-is_preferred": "on"}
    )

    answer = client.post(merge_of(visit), form_data(page))

    assert answer.status_code == 422
    assert "contradicts itself" in answer.content.decode()
    first = citations[0]["id"]
    client.post(merge_of(visit), form_data(answer, **{f"choice.citations.{first}.is_preferred": "theirs"}))
    assert [row["is_preferred"] for row in rows_of(visit, "citations")] == [False, True]


def test_a_form_with_errors_is_shown_with_what_the_other_did(me, other, visit):
    client, page = both_save(
        visit, me, other, {"title_en": "Mine", "date": "31.02.2027"}, {"summary_en": "Of theirs"}
    )

    html = page.content.decode()
    assert page.status_code == 409
    assert 'value="31.02.2027"' in html
    assert 'value="Mine"' in html
    assert "<ins>Of theirs</ins>" in html
    mended = client.post(form_of(visit), form_data(page, date="2012"))
    assert mended.status_code == 409
    client.post(merge_of(visit), form_data(mended))
    fields = fields_of(visit)
    assert [fields[name] for name in ("title_en", "date", "summary_en")] == ["Mine", "2012", "Of theirs"]


def test_nobody_is_asked_where_both_typed_the_same(me, other, visit):
    client, page = both_save(visit, me, other, {"title_en": "Same"}, {"title_en": "Same", "date": "2012"})

    assert page.status_code == 302
    assert "Nothing of yours was different" in messages_of(client.get(page["Location"]))[0]


def test_what_was_scheduled_meanwhile_is_not_changed_and_nothing_is_lost(me, other, staff, visit):
    client = browser(me)
    form = client.get(form_of(visit))
    work = draft(other, visit, title_ka="მათი")
    acts.submit(other, work, note_en="Note")
    third = staff("editor", "third")
    acts.schedule(third, acts.approve(third, fresh_revision(work)), publish_at=now() + timedelta(days=1))

    page = client.post(form_of(visit), form_data(form, title_en="Mine"))
    assert page.status_code == 409
    answer = client.post(merge_of(visit), form_data(page))

    assert answer.status_code == 422
    assert "Take it off the schedule" in answer.content.decode()
    assert form_data(answer)["choice...title_en"] == ["mine"]
    assert fields_of(visit)["title_en"] == "Visit to Tbilisi"


def fresh_revision(revision):
    return models.Revision.objects.get(pk=revision.pk)


def test_a_file_is_not_lost(me, other, visit):
    client, their_browser = browser(me), browser(other)
    mine, theirs = client.get(form_of(visit)), their_browser.get(form_of(visit))
    their_browser.post(form_of(visit), form_data(theirs, title_ka="მათი"))
    file = SimpleUploadedFile("notes.pdf", pdf(), "application/pdf")
    row = {"attachments-0-title_en": "Notes", "attachments-0-language": "en", "attachments-0-position": ""}
    data = form_data(mine, **row) | {"attachments-0-file": file}

    page = client.post(form_of(visit), data)
    assert page.status_code == 409
    client.post(merge_of(visit), form_data(page))

    name = rows_of(visit, "attachments")[0]["file"]
    assert models.Attachment._meta.get_field("file").storage.exists(name)


def test_only_what_the_site_sent_comes_back(me, other, visit):
    client, page = both_save(visit, me, other, {"title_en": "Mine"}, {"title_ka": "მათი"})

    for carried in ("", "x", "W10:1x:y"):
        assert client.post(merge_of(visit), form_data(page, carried=carried)).status_code == 400
    assert browser(other).post(merge_of(visit), form_data(page)).status_code == 400
    another = ready_visit(title_en="Another")
    assert client.post(merge_of(another), form_data(page)).status_code == 400
    assert fields_of(visit)["title_en"] == "Visit to Tbilisi"


def test_merging_needs_the_right_and_the_sight(me, other, staff, visit, django_user_model):
    _client, page = both_save(visit, me, other, {"title_en": "Mine"}, {"title_ka": "მათი"})
    clerk = django_user_model.objects.create_user("clerk", password="a long pass phrase", is_staff=True)
    tajik = staff("editor", "tajik")
    models.Desk.objects.create(user=tajik).countries.add(factories.country("TJ"))

    assert browser(clerk).post(merge_of(visit), form_data(page)).status_code == 403
    assert browser(tajik).post(merge_of(visit), form_data(page)).status_code == 404
    assert browser(me).get(merge_of(visit)).status_code == 302


def test_a_translator_does_not_undo_what_is_not_theirs(other, staff, visit):
    translator = staff("translator")
    models.Desk.objects.create(user=translator, languages=["ka"])
    client, page = both_save(visit, translator, other, {"title_ka": "ჩემი"}, {"title_en": "Theirs"})

    answer = client.post(merge_of(visit), form_data(page, **{"choice...title_en": "mine"}))
    assert answer.status_code == 422
    client.post(merge_of(visit), form_data(page))

    assert (fields_of(visit)["title_en"], fields_of(visit)["title_ka"]) == ("Theirs", "ჩემი")


def test_a_form_without_its_version_is_shown_again(me, visit):
    client = browser(me)
    data = form_data(client.get(form_of(visit)), title_en="Mine")
    data.pop("opened_at")

    page = client.post(form_of(visit), data)

    assert page.status_code == 422
    assert 'value="Mine"' in page.content.decode()
    assert "without the version" in page.content.decode()
    assert states(visit) == ["published"]


@pytest.mark.parametrize("token", ["x.1 y.2", "00000000-0000-0000-0000-000000000000.1", "9" * 99])
def test_an_unheard_of_version_is_out_of_date(me, visit, token):
    client = browser(me)
    data = form_data(client.get(form_of(visit)), title_en="Mine", opened_at=token)

    page = client.post(form_of(visit), data)

    assert page.status_code == 409
    assert form_data(page)["text...title_en"] == ["Mine"]


def payloads(names, before=""):
    """One payload for each text, in English and Georgian."""
    columns = [f"{name}_{language}" for name in names for language in ("en", "ka")]
    return {column: before + payload for column, payload in zip(columns, PAYLOADS, strict=False)}


def test_payloads_stay_text_on_the_conflict_page(me, other, visit):
    mine = payloads(TEXTS, "mine ") | {"people-0-office_en": PAYLOADS[0]}
    client, page = both_save(visit, me, other, mine, payloads(TEXTS))
    undecided = client.post(merge_of(visit), form_data(page))
    _client, faulty = both_save(visit, me, other, {**mine, "date": "x"}, payloads(TEXTS, "theirs "))

    for answer, status in ((page, 409), (undecided, 422), (faulty, 409)):
        assert answer.status_code == status
        assert "mine &lt;script&gt;" in answer.content.decode()
        assert not LIVE.search(answer.content.decode())


def test_somebody_who_saved_a_moment_ago_is_named(me, other, visit):
    work = draft(other, visit, title_en="Theirs")
    told = re.compile(r"other saved this .* ago and may still be working on it")

    assert told.search(browser(me).get(form_of(visit)).content.decode())
    assert not told.search(browser(other).get(form_of(visit)).content.decode())
    models.Revision.objects.filter(pk=work.pk).update(edited_at=now() - timedelta(minutes=16))
    assert not told.search(browser(me).get(form_of(visit)).content.decode())
