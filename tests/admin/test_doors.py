"""What somebody may not see has no door: other desks' things, and what is under an embargo."""

from itertools import product

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relations import models
from relations.publishing import acts, embargoes
from relations.publishing.documents import capture
from relations.publishing.states import Act
from tests import factories
from tests.publishing.work import draft, fresh, published, ready_visit, states

from .pages import ADMINS, address, form_data, messages_of

SECRET = "Zirkonium"
NOT_THERE = 10**6


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def chief(staff):
    """An editor who orders embargoes."""
    return staff("editor", "chief")


@pytest.fixture
def other(staff):
    """An editor who is not named in them."""
    return staff("editor", "other")


@pytest.fixture
def tajik(staff):
    """An editor of the Tajik desk."""
    user = staff("editor", "tajik")
    models.Desk.objects.create(user=user).countries.add(factories.country("TJ"))
    return user


@pytest.fixture
def secret(author, chief):
    """A visit under an embargo that everything which can be used is used in, and which is linked to."""
    visit = ready_visit(title_en=f"{SECRET} visit", place_en=SECRET)
    factories.attachment(visit, title_en=SECRET)
    factories.record_person(visit)
    acts.keep_draft(author, visit, capture(visit))
    embargoes.order(chief, visit, users=[author], reason=SECRET)
    return visit


@pytest.fixture(params=["embargo", "desk"])
def outsider(request, secret):
    """Somebody from whom the visit is kept, by the embargo or by their desk."""
    if request.param == "desk":
        models.Embargo.objects.all().delete()
        return request.getfixturevalue("tajik")
    return request.getfixturevalue("other")


def text(response):
    return response.content.decode() if not response.streaming else ""


def pages_of(thing):
    """Every page there is of one thing, with the kind's and the general list of records."""
    pages = ["change", "delete", "history", "embargo"]
    every = [address(type(thing), page, thing.pk) for page in pages]
    return [*every, *(address(type(thing), "act", thing.pk, act.value) for act in Act)]


def test_pages_of_what_is_out_of_sight_answer_as_if_it_were_not_there(outsider, secret):
    client = browser(outsider)
    for real in pages_of(secret):
        made_up = real.replace(f"/{secret.pk}/", f"/{NOT_THERE}/")
        for ask in (client.get, client.post):
            answer, expected = ask(real), ask(made_up)
            assert answer.status_code == expected.status_code, real
            assert answer.status_code in (302, 403, 404), real
            assert answer.get("Location") == expected.get("Location"), real
            assert SECRET not in text(answer)
        said = messages_of(client.get("/admin/"))
        assert not any(SECRET in each for each in said)
    assert fresh(secret).title_en == f"{SECRET} visit"


def test_who_asked_for_it_is_written_down(other, secret):
    browser(other).get(address(models.Visit, "change", secret.pk))

    entry = models.AuditEntry.objects.of(secret).get(actor=other)

    assert (entry.act, entry.is_refused) == ("see", True)


def test_no_list_search_or_count_has_it(outsider, secret):
    client = browser(outsider)
    for model in (models.Visit, models.Record):
        for query in ("", f"?q={SECRET}", "?state=draft", "?sources=some", "?missing=ka", "?pair=az-ge"):
            response = client.get(address(model, "changelist") + query)
            assert f"{SECRET} visit" not in text(response)
            assert response.context["cl"].result_count == 0


def test_every_page_of_the_admin_keeps_the_name(outsider, secret):
    """Every list, form, delete page and history of everything that the thing is made of or linked with."""
    public = factories.agreement(countries=("TJ", "GE", "AZ"))
    factories.record_link(public, secret)
    level = factories.level(relation=factories.relation("TJ", "GE"), basis=secret)
    client, visited = browser(outsider), 0
    for model in ADMINS:
        places = [address(model, "changelist"), address(model, "add")]
        for thing in model._default_manager.all():
            places += [address(model, page, thing.pk) for page in ("change", "delete", "history")]
        for place in places:
            response = client.get(place, follow=True)
            visited += 1
            assert SECRET not in text(response), place
    assert SECRET not in text(client.get("/admin/"))
    assert visited > 60
    html = text(client.get(address(models.Agreement, "change", public.pk)))
    assert "something that you may not see" in html
    assert "something that you may not see" in text(
        client.get(address(models.RelationLevel, "change", level.pk))
    )


def test_what_others_chose_stays_chosen(outsider, secret):
    agreement = factories.agreement(countries=("TJ", "GE"))
    link = factories.record_link(agreement, secret, position=1)
    client = browser(outsider)
    place = address(models.Agreement, "change", agreement.pk)

    form = client.get(place)
    wrong = client.post(place, form_data(form, date="31.02.2010"))
    response = client.post(place, form_data(form, title_en="Agreement on rails"))

    assert (wrong.status_code, response.status_code) == (200, 302)
    assert SECRET not in text(wrong)
    assert fresh(agreement).title_en == "Agreement on rails"
    assert models.RecordLink.objects.get(pk=link.pk).to_id == secret.pk


def test_nobody_links_what_they_do_not_see_to_learn_its_name(outsider, secret):
    agreement = factories.agreement(countries=("TJ", "GE"))
    client = browser(outsider)
    place = address(models.Agreement, "change", agreement.pk)
    rows = {"links-0-to": secret.pk, "links-0-type": "amends"}

    response = client.post(place, form_data(client.get(place), **rows))

    assert response.status_code == 200
    assert SECRET not in text(response)
    assert not models.RecordLink.objects.exists()
    assert SECRET not in text(client.get(f"{address(models.RelationLevel, 'add')}?basis={secret.pk}"))


def test_searches_for_choices_do_not_find_it(outsider, secret):
    client, asked = browser(outsider), 0
    for model in [*ADMINS, models.RecordLink, models.RecordParty, models.Citation, models.Appointment]:
        for field in model._meta.get_fields():
            if not field.is_relation:
                continue
            query = {"app_label": "relations", "model_name": model._meta.model_name, "field_name": field.name}
            for term in ("", SECRET):
                response = client.get("/admin/autocomplete/", query | {"term": term})
                assert response.status_code in (200, 403, 404)
                assert f"{SECRET} visit" not in text(response)
                asked += 1
    assert asked > 200


def test_forged_actions_on_several_leave_it_alone(outsider, secret):
    client = browser(outsider)
    for model in (models.Visit, models.Record):
        for action, confirmed in product(
            ("submit_selected", "approve_selected", "publish_selected", "delete_selected", "x"),
            ({}, {"confirmed": "yes"}),
        ):
            data = {
                "action": action,
                "_selected_action": [secret.pk, NOT_THERE],
                "select_across": "1",
                "post": "yes",
                **confirmed,
            }
            response = client.post(address(model, "changelist"), data, follow=True)
            assert SECRET not in text(response)
    assert states(secret) == ["draft"]


def test_its_files_are_not_there(outsider, author, secret):
    name = models.Attachment.objects.get().file.name
    kept = f"/admin/media/{name}"
    # Named by its draft alone, as after somebody took the row away.
    document = capture(secret)
    later = factories.attachment(secret, file=SimpleUploadedFile("b.pdf", b"%PDF-1.5\n%%EOF\n"))
    models.Revision.objects.of(secret).update(document=capture(secret))
    dropped = f"/admin/media/{later.file.name}"
    later.delete()
    assert capture(secret) == document

    for place in (kept, dropped):
        assert browser(author).get(place).getvalue().startswith(b"%PDF")
        assert browser(outsider).get(place).status_code == 404
        assert Client().get(place).status_code == 302


def test_a_shortcut_to_any_row_is_shut(outsider, secret):
    kind = ContentType.objects.get_for_model(models.Record)

    assert browser(outsider).get(f"/admin/r/{kind.pk}/{secret.pk}/").status_code == 404


def test_an_embargo_ends_with_publication(author, chief, other, secret):
    revision = acts.submit(author, acts.in_work(secret))
    acts.publish(chief, acts.approve(chief, revision))

    assert not models.Embargo.objects.exists()
    assert SECRET in text(browser(other).get(address(models.Visit, "changelist")))


def test_one_who_is_named_works_as_ever(author, secret):
    client = browser(author)

    assert SECRET in text(client.get(address(models.Visit, "changelist")))
    assert client.get(address(models.Visit, "change", secret.pk)).status_code == 200


def test_a_group_is_let_in(roles, chief, secret, staff):
    admin = staff("administrator")
    assert browser(admin).get(address(models.Visit, "change", secret.pk)).status_code == 302

    embargoes.order(chief, secret, groups=[roles["administrator"]])

    assert browser(admin).get(address(models.Visit, "change", secret.pk)).status_code == 200


def test_an_embargo_is_ordered_and_lifted_on_its_page(author, chief, other):
    visit = ready_visit()
    place = address(models.Visit, "embargo", visit.pk)
    client = browser(chief)
    assert place in text(client.get(address(models.Visit, "change", visit.pk)))

    client.post(place, form_data(client.get(place), users=[author.pk], reason="Before the summit"))

    embargo = models.Embargo.objects.of(visit).get()
    assert set(embargo.users.all()) == {author, chief}
    assert browser(other).get(address(models.Visit, "change", visit.pk)).status_code == 302
    assert "Before the summit" in text(client.get(address(models.Visit, "change", visit.pk)))
    client.post(place, {"_lift": "1"})
    assert browser(other).get(address(models.Visit, "change", visit.pk)).status_code == 200
    acts_done = models.AuditEntry.objects.of(visit).exclude(act="see").order_by("at")
    assert [entry.act for entry in acts_done] == ["embargo", "lift_embargo"]


def test_only_an_editor_orders_an_embargo_and_only_before_publication(author, chief):
    visit = ready_visit()
    place = address(models.Visit, "embargo", visit.pk)
    assert browser(author).get(place).status_code == 403
    assert browser(author).post(place, {"_order": "1"}).status_code == 403

    published(author, chief, visit)

    assert browser(chief).post(place, {"_order": "1"}).status_code == 422
    assert place not in text(browser(chief).get(address(models.Visit, "change", visit.pk)))
    assert not models.Embargo.objects.exists()


def test_a_person_cannot_lock_themselves_out(chief, other):
    visit = ready_visit()
    embargoes.order(other, visit)
    models.Embargo.objects.get().users.add(chief)

    embargoes.order(chief, visit, users=[])

    assert set(models.Embargo.objects.get().users.all()) == {chief}
    # Whoever ordered it first stays in as well.
    assert browser(other).get(address(models.Visit, "change", visit.pk)).status_code == 200


def test_rows_of_another_parent_are_out_of_reach(author):
    mine, theirs = ready_visit(title_en="Mine"), ready_visit(title_en="Theirs")
    row = theirs.parties.order_by("position").first()
    client = browser(author)
    place = address(models.Visit, "change", mine.pk)
    data = form_data(client.get(place), title_en="Longer")
    before = capture(theirs)

    for forged in (
        {"parties-0-id": row.pk, "parties-0-role": "host"},
        {"parties-0-id": row.pk, "parties-0-DELETE": "on"},
        {"parties-0-record": theirs.pk},
    ):
        response = client.post(place, data | forged)
        assert capture(theirs) == before, forged
        assert response.status_code == 200, forged
        assert fresh(mine).title_en == "Mine"


@pytest.mark.parametrize("extra", ["_saveasnew", "_popup", "_to_field", "is_public", "state"])
def test_extra_parameters_open_nothing(author, extra):
    visit = ready_visit()
    client = browser(author)
    place = address(models.Visit, "change", visit.pk)
    data = form_data(client.get(place), title_en="Longer") | {extra: "1"}

    client.post(place, data)

    assert models.Visit.objects.count() == 1
    assert not fresh(visit).is_public


def test_nobody_moves_a_thing_to_another_desk(tajik, author, chief):
    tajikistan = {"parties-0-country": factories.country("GE").pk}
    for is_public in (False, True):
        visit = ready_visit(countries=("TJ", "AZ"))
        if is_public:
            published(author, chief, visit)
        before = capture(visit)
        client, place = browser(tajik), address(models.Visit, "change", visit.pk)

        response = client.post(place, form_data(client.get(place), **tajikistan))

        assert response.status_code == 200
        assert "touches no country of your desk" in text(response)
        assert capture(visit) == before
        entries = models.AuditEntry.objects.of(visit).filter(actor=tajik, is_refused=True)
        assert [entry.act for entry in entries] == ["save"]


def test_a_desk_begins_a_record_before_its_parties_are_known(tajik):
    client = browser(tajik)
    form = client.get(address(models.Visit, "add"))

    client.post(address(models.Visit, "add"), form_data(form, title_en="Visit", date="2010"))

    visit = models.Visit.objects.get()
    assert client.get(address(models.Visit, "change", visit.pk)).status_code == 200


def test_what_was_public_offers_to_be_withdrawn_instead_of_deleted(author, chief):
    visit = ready_visit()
    published(author, chief, visit)
    client = browser(chief)

    page = client.get(address(models.Visit, "delete", visit.pk), follow=True)

    assert any("withdraw or unpublish it instead" in each for each in messages_of(page))
    assert address(models.Visit, "act", visit.pk, "withdraw") in text(page)
    assert client.post(address(models.Visit, "delete", visit.pk), {"post": "yes"}).status_code == 403
    assert models.Visit.objects.exists()


def test_ten_chosen_two_not_allowed(author, other):
    visits = [ready_visit(title_en=f"Visit {number}") for number in range(10)]
    for number, visit in enumerate(visits):
        user = other if number < 2 else author
        acts.submit(user, draft(user, visit))
    data = {
        "action": "approve_selected",
        "confirmed": "yes",
        "_selected_action": [visit.pk for visit in visits],
    }

    said = messages_of(browser(other).post(address(models.Visit, "changelist"), data, follow=True))

    assert [states(visit) for visit in visits] == [["submitted"]] * 2 + [["approved"]] * 8
    assert "8 changed." in said
    named = sorted(each.split(":")[0] for each in said if "Somebody else" in each)
    assert named == ["“Visit 0”", "“Visit 1”"]


def test_a_form_asks_as_much_for_three_hidden_links_as_for_one(outsider):
    agreement = factories.agreement(countries=("TJ", "GE"))
    secrets = [factories.visit(is_public=False) for _number in range(3)]
    client, counts = browser(outsider), []
    for number in (1, 3):
        for visit in secrets[:number]:
            models.RecordLink.objects.get_or_create(record=agreement, to=visit, type="amends")
        with CaptureQueriesContext(connection) as queries:
            client.get(address(models.Agreement, "change", agreement.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]
