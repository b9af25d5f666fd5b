"""What is deleted or discarded comes back for thirty days, whole and at its address, or it says why not."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from relations import models
from relations.models.base import Published
from relations.publishing import acts, deletions, embargoes, preview_links, releases, reviews
from relations.publishing.desks import about_what_is_in_sight_of
from relations.publishing.rights import Forbidden
from relations.publishing.states import Refused
from relations.uploads import sweeping
from tests import factories
from tests.admin.pages import FORMS, make

from .work import draft, fresh, published, ready_visit, states, submitted

pytestmark = pytest.mark.django_db

DELETED = [model for model in FORMS if model is not models.ReleaseSet]


def everything():
    """Every row of every table, but for the log and for what is kept of deletions."""
    with override("en"):
        return {
            model.__name__: sorted(
                map(repr, serializers.serialize("python", model._base_manager.order_by("pk")))
            )
            for model in apps.get_app_config("relations").get_models(include_auto_created=True)
            if model not in (models.AuditEntry, models.Deletion)
        }


def deleted(user, thing):
    # A thing of its own: one that was deleted has no key any more.
    thing = fresh(thing)
    kept = deletions.forget(user, thing) if isinstance(thing, Published) else deletions.keep(user, thing)
    thing.delete()
    return kept


@pytest.mark.parametrize("language", ["en", "ka"])
@pytest.mark.parametrize("model", DELETED, ids=[model.__name__ for model in DELETED])
def test_whatever_is_deleted_comes_back_as_it_was(administrator, model, language):
    thing = make(model, **({"is_public": False} if issubclass(model, Published) else {}))
    if issubclass(model, Published):
        draft(administrator, thing)
        reviews.plan(administrator, thing, administrator)
    before = everything()

    with override(language):
        kept = deleted(administrator, thing)
        assert not model._base_manager.filter(pk=thing.pk).exists()
        assert everything() != before
        back = deletions.bring_back(administrator, kept)

    assert everything() == before
    assert back == thing
    assert not models.Deletion.objects.exists()


def test_a_visit_comes_back_with_all_that_belonged_to_it(author):
    visit = ready_visit(title_ka="ვიზიტი", body_en="<p>Text</p>", image=factories.image())
    factories.record_link(visit, to=ready_visit(title_en="Other"))
    factories.record_link(ready_visit(title_en="Third"), to=visit)
    revision = draft(author, visit, title_en="Longer visit")
    draft(author, visit, title_en="Longest visit")
    before = everything()
    assert revision.earlier_saves.exists()

    kept = deleted(author, visit)
    assert not models.RecordParty.objects.filter(record=visit.pk).exists()
    back = deletions.bring_back(author, kept)

    assert everything() == before
    assert (back.pk, back.uuid, back.title_ka) == (visit.pk, visit.uuid, "ვიზიტი")
    assert back.get_absolute_url() == fresh(visit).get_absolute_url()
    acts_done = models.AuditEntry.objects.of(visit).order_by("at").values_list("act", flat=True)
    assert list(acts_done)[-2:] == ["delete", "bring_back"]


def test_a_discarded_draft_comes_back_as_it_was(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    revision = draft(author, visit, title_en="Longer visit")
    before = everything()

    kept = deletions.discard(author, revision)
    assert states(visit) == ["published"]
    deletions.bring_back(author, kept)

    assert everything() == before
    revision = acts.submit(author, acts.in_work(visit), note_en="Longer")
    assert acts.publish(editor, acts.approve(editor, revision)).number == "2.0"
    assert fresh(visit).title_en == "Longer visit"


def test_a_draft_that_comes_back_is_one_of_what_is_public_by_now(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    kept = deletions.discard(author, draft(author, visit, title_en="Longer visit"))
    live = published(author, editor, visit, title_en="Shorter visit")

    deletions.bring_back(author, kept)

    work = acts.in_work(visit)
    assert (work.base, work.title) == (live, "Longer visit")
    assert fresh(visit).title_en == "Shorter visit"


def test_nothing_comes_back_over_another_draft(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    kept = deletions.discard(author, draft(author, visit, title_en="Longer visit"))
    draft(author, visit, title_en="Shorter visit")

    with pytest.raises(Refused, match="another draft"):
        deletions.bring_back(author, kept)

    assert acts.in_work(visit).title == "Shorter visit"
    assert models.AuditEntry.objects.get(act="bring_back").is_refused


def test_a_draft_that_comes_back_is_in_no_release_set_and_its_link_stays_dead(author, editor):
    visit = ready_visit()
    revision = acts.approve(editor, submitted(author, visit))
    releases.put_in(editor, factories.release_set(owner=editor), revision)
    preview_links.make(author, visit, "An expert")

    kept = deleted(author, visit)
    deletions.bring_back(author, kept)

    assert acts.in_work(visit).release_set is None
    assert not models.PreviewLink.objects.exists()


def test_it_comes_back_once(author):
    kept = deleted(author, ready_visit())
    deletions.bring_back(author, kept)

    with pytest.raises(Refused, match="no longer kept"):
        deletions.bring_back(author, kept)


def test_it_is_kept_for_thirty_days(author):
    kept = deleted(author, ready_visit())
    other = deleted(author, ready_visit())
    models.Deletion.objects.filter(pk=kept.pk).update(deleted_at=now() - timedelta(days=30, seconds=1))
    models.Deletion.objects.filter(pk=other.pk).update(deleted_at=now() - timedelta(days=29, hours=23))

    with pytest.raises(Refused, match="no longer kept"):
        deletions.bring_back(author, kept)
    for expected in ("Deletions let go: 1\n", "Deletions let go: 0\n"):
        output = StringIO()
        call_command("purge_deletions", stdout=output)
        assert output.getvalue() == expected

    assert list(models.Deletion.objects.all()) == [other]


def test_a_reference_that_was_given_anew_stands_in_its_way(administrator):
    person = factories.person(ref="aliyev")
    kept = deleted(administrator, person)
    factories.person(ref="aliyev")

    with pytest.raises(Refused, match="has taken the place"):
        deletions.bring_back(administrator, kept)

    assert models.Person.objects.count() == 1
    assert models.Deletion.objects.exists()


def test_what_it_names_has_to_be_there(author, administrator):
    visit = ready_visit(image=factories.image())
    image = visit.image
    first, second = deleted(author, visit), deleted(administrator, image)

    with pytest.raises(Refused, match="Bring that back first"):
        deletions.bring_back(author, first)
    assert not models.Visit.objects.exists()

    deletions.bring_back(administrator, second)
    assert deletions.bring_back(author, first).image == image


def test_a_link_between_two_that_were_deleted_comes_back_with_the_second(author):
    visit, other = ready_visit(), ready_visit(title_en="Other")
    factories.record_link(other, to=visit)
    before = everything()
    first, second = deleted(author, visit), deleted(author, other)

    for kept in (second, first):
        deletions.bring_back(author, kept)

    assert everything() == before


def test_a_row_whose_owner_is_gone_for_good_stays_away(author):
    visit, other = ready_visit(), ready_visit(title_en="Other")
    factories.record_link(other, to=visit)
    first, second = deleted(author, visit), deleted(author, other)

    # As long as the owner can come back, it has to come first.
    with pytest.raises(Refused, match="Bring that back first"):
        deletions.bring_back(author, first)
    models.Deletion.objects.filter(pk=second.pk).update(deleted_at=now() - timedelta(days=31))
    deletions.bring_back(author, first)

    assert not models.RecordLink.objects.exists()


def test_a_text_without_its_pair_does_not_come_back(author):
    text = factories.sector_text(is_public=False)
    models.Relation.objects.update(is_public=False)
    relation = models.Relation.objects.get()
    first, second = deleted(author, text), deleted(author, relation)

    with pytest.raises(Refused, match="Bring that back first"):
        deletions.bring_back(author, first)
    deletions.bring_back(author, second)
    assert deletions.bring_back(author, first).relation == relation


def test_the_file_of_a_deleted_picture_is_kept_as_long(administrator, django_capture_on_commit_callbacks):
    image = factories.image()
    storage, name = image.file.storage, image.file.name
    with django_capture_on_commit_callbacks(execute=True):
        deleted(administrator, image)

    sweeping.sweep(timedelta(0))
    assert storage.exists(name)

    models.Deletion.objects.update(deleted_at=now() - timedelta(days=31))
    deletions.purge()
    sweeping.sweep(timedelta(0))
    assert not storage.exists(name)


def test_a_draft_of_what_is_out_of_sight_by_now_is_what_its_form_shows(author, editor):
    visit = ready_visit()
    live = published(author, editor, visit)
    kept = deletions.discard(author, draft(author, visit, title_en="Longer visit"))
    acts.unpublish(editor, live, ending_reason_en="Entered twice.")

    deletions.bring_back(author, kept)

    assert acts.in_work(visit).title == fresh(visit).title_en == "Longer visit"


def test_a_draft_of_a_record_that_was_merged_away_does_not_come_back(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    kept = deletions.discard(author, draft(author, visit, title_en="Longer visit"))
    models.Deletion.objects.filter(pk=kept.pk).update(object_id=999)

    with pytest.raises(Refused, match="has been deleted since"):
        deletions.bring_back(author, models.Deletion.objects.get())


def test_what_is_deleted_is_kept_as_it_is_then_and_not_as_somebody_opened_it(author):
    visit = ready_visit()
    opened = fresh(visit)
    draft(author, visit, title_en="Newer title")

    kept = deletions.forget(author, opened)
    opened.delete()
    deletions.bring_back(author, kept)

    assert fresh(visit).title_en == acts.in_work(visit).title == "Newer title"


@pytest.mark.parametrize(
    "rows",
    [
        [{"model": "relations.treaty", "pk": 1, "fields": {}}],
        [{"model": "relations.page", "pk": 1, "fields": {"title_en": "A", "colour": "red"}}],
        [{"model": "relations.page", "pk": "one", "fields": {}}],
    ],
    ids=["model", "field", "value"],
)
def test_what_was_kept_in_another_form_is_refused_and_stays(client, administrator, rows):
    kept = factories.deletion(rows=rows)
    client.force_login(administrator)
    page = reverse("admin:relations_deletion_change", args=[kept.pk])

    assert client.get(page).status_code == 200
    answer = client.post(page)

    assert answer.status_code == 409
    assert "no longer understands" in answer.content.decode()
    assert models.Deletion.objects.filter(pk=kept.pk).exists()


# By whom


def test_whoever_deleted_it_brings_it_back_and_an_administrator_does(author, staff, editor, administrator):
    kept = deleted(author, ready_visit())

    for user in (editor, staff("author", "other-author")):
        assert not deletions.in_reach_of(user).exists()
        with pytest.raises(Refused, match="no longer kept"):
            deletions.bring_back(user, kept)
    assert deletions.in_reach_of(author).get() == deletions.in_reach_of(administrator).get() == kept

    assert deletions.bring_back(administrator, kept)


def test_an_administrator_neither_sees_nor_undoes_what_an_embargo_keeps_from_them(editor, administrator):
    visit = ready_visit()
    embargoes.order(editor, visit)
    kept = deleted(editor, visit)

    assert not deletions.in_reach_of(administrator).exists()
    with pytest.raises(Refused, match="no longer kept"):
        deletions.bring_back(administrator, kept)

    deletions.bring_back(editor, kept)
    assert embargoes.embargo_on(visit)


def test_the_log_hides_a_try_to_bring_back_what_an_embargo_hides(author, editor, administrator):
    visit = ready_visit(title_en="Secret visit", image=factories.image())
    image = visit.image
    embargoes.order(editor, visit)
    kept = deleted(editor, visit)
    deleted(administrator, image)

    with pytest.raises(Refused, match="Secret visit"):
        deletions.bring_back(editor, kept)

    entry = models.AuditEntry.objects.get(act="bring_back")
    assert (entry.title, entry.object_id, entry.is_refused) == ("Secret visit", visit.pk, True)
    assert entry in about_what_is_in_sight_of(editor, models.AuditEntry.objects.all())
    assert entry not in about_what_is_in_sight_of(administrator, models.AuditEntry.objects.all())


def test_ones_own_deletions_are_hidden_once_the_thing_is_out_of_sight(author, editor, administrator):
    visit, other = ready_visit(), ready_visit(title_en="Other")
    live = published(author, editor, visit)
    deletions.discard(author, draft(author, visit, title_en="Longer visit"))
    deleted(author, other)
    assert deletions.in_reach_of(author).count() == 2

    models.Desk.objects.create(user=author).countries.add(factories.country("TJ"))
    assert deletions.in_reach_of(author).get().title == "Other"

    models.Desk.objects.all().delete()
    acts.unpublish(editor, live, ending_reason_en="Entered twice.")
    embargoes.order(editor, visit)
    assert deletions.in_reach_of(author).get().title == "Other"


def test_an_administrator_of_some_countries_sees_their_own_only(author, administrator):
    models.Desk.objects.create(user=administrator).countries.add(factories.country("TJ"))
    deleted(author, ready_visit())

    assert not deletions.in_reach_of(administrator).exists()


def test_who_lost_the_right_or_the_sight_does_not_undo(author, roles):
    kept = deleted(author, ready_visit())
    desk = models.Desk.objects.create(user=author)
    desk.countries.add(factories.country("TJ"))

    with pytest.raises(Refused, match="no country of your desk"):
        deletions.bring_back(author, kept)
    assert not models.Visit.objects.exists()

    desk.delete()
    author.groups.set([roles["translator"]])
    author = type(author).objects.get(pk=author.pk)
    with pytest.raises(Forbidden):
        deletions.bring_back(author, kept)


# On its pages


def test_after_a_deletion_a_link_leads_to_where_it_is_undone(client, author):
    visit = ready_visit(title_en="Visit <b>")
    client.force_login(author)

    answer = client.post(
        reverse("admin:relations_visit_delete", args=[visit.pk]), {"post": "yes"}, follow=True
    )

    page = reverse("admin:relations_deletion_change", args=[models.Deletion.objects.get().pk])
    assert f'For 30 days it can be undone. <a href="{page}">Bring back</a>' in answer.content.decode()
    shown = client.get(page).content.decode()
    assert "Visit &lt;b&gt;" in shown
    assert "Parties: 2" in shown

    answer = client.post(page, follow=True)
    assert answer.redirect_chain == [(reverse("admin:relations_visit_change", args=[visit.pk]), 302)]
    assert fresh(visit).title_en == "Visit <b>"
    assert client.get(page).status_code == client.post(page).status_code == 404


def test_several_deleted_at_once_lead_to_the_list(client, author):
    visits = [ready_visit(title_en=f"Visit {number}") for number in range(3)]
    client.force_login(author)
    data = {"action": "delete_selected", "_selected_action": [one.pk for one in visits], "post": "yes"}

    client.post(reverse("admin:relations_visit_changelist"), data)

    listed = client.get(reverse("admin:relations_deletion_changelist")).content.decode()
    assert [f"Visit {number}" in listed for number in range(3)] == [True] * 3
    assert models.Deletion.objects.count() == 3


def test_of_several_one_that_is_scheduled_keeps_all(client, author, editor):
    first, second = ready_visit(title_en="First"), ready_visit(title_en="Second")
    revision = acts.approve(editor, submitted(author, second))
    acts.schedule(editor, revision, publish_at=now() + timedelta(days=1))
    draft(author, first)
    client.force_login(author)
    data = {"action": "delete_selected", "_selected_action": [first.pk, second.pk]}
    before = everything()

    asked = client.post(reverse("admin:relations_visit_changelist"), data).content.decode()
    client.post(reverse("admin:relations_visit_changelist"), data | {"post": "yes"})
    client.post(reverse("admin:relations_visit_delete", args=[second.pk]), {"post": "yes"})

    assert "“Second”: This is scheduled." in asked
    assert everything() == before
    assert not models.Deletion.objects.exists()


@pytest.mark.parametrize("at_once", [False, True])
def test_what_becomes_public_meanwhile_is_not_deleted(client, author, editor, monkeypatch, at_once):
    first, second = ready_visit(title_en="First"), ready_visit(title_en="Second")
    draft(author, first)
    client.force_login(author)
    before = everything()
    monkeypatch.setattr(deletions, "was_public", lambda thing: str(thing) == "Second")
    monkeypatch.setattr("relations.admin.publicity.PublishedAdmin.get_deleted_objects", nothing_protected)
    monkeypatch.setattr("relations.admin.publicity.PublishedAdmin.has_delete_permission", lambda *args: True)

    place, data = reverse("admin:relations_visit_delete", args=[second.pk]), {"post": "yes"}
    if at_once:
        place = reverse("admin:relations_visit_changelist")
        data |= {"action": "delete_selected", "_selected_action": [first.pk, second.pk]}
    answer = client.post(place, data, follow=True)

    assert "What was public is kept" in answer.content.decode()
    assert everything() == before
    assert not models.Deletion.objects.exists()


def nothing_protected(self, objs, request):
    return [], {}, set(), []


def test_of_two_who_bring_it_back_the_second_is_told(client, author, monkeypatch):
    kept = deleted(author, ready_visit())
    client.force_login(author)
    bring_back = deletions.bring_back

    def twice(*args):
        bring_back(*args)
        return bring_back(*args)

    monkeypatch.setattr(deletions, "bring_back", twice)
    answer = client.post(reverse("admin:relations_deletion_change", args=[kept.pk]), follow=True)

    assert answer.redirect_chain == [(reverse("admin:relations_deletion_changelist"), 302)]
    assert "no longer kept" in answer.content.decode()


def test_a_discarded_draft_is_undone_from_its_message(client, author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    revision = draft(author, visit, title_en="Longer visit")
    client.force_login(author)

    act = reverse("admin:relations_visit_act", args=[visit.pk, "discard"])
    answer = client.post(act, {"token": revision.token}, follow=True).content.decode()

    kept = models.Deletion.objects.get()
    assert reverse("admin:relations_deletion_change", args=[kept.pk]) in answer
    answer = client.post(reverse("admin:relations_deletion_change", args=[kept.pk]), follow=True)
    assert "Compare the draft with what is public" in answer.content.decode()
    assert acts.in_work(visit).title == "Longer visit"


def test_what_cannot_come_back_says_why(client, author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    kept = deletions.discard(author, draft(author, visit, title_en="Longer visit"))
    draft(author, visit, title_en="Shorter visit")
    client.force_login(author)

    answer = client.post(reverse("admin:relations_deletion_change", args=[kept.pk]))

    assert answer.status_code == 409
    assert "There is another draft by now" in answer.content.decode()
    assert models.Deletion.objects.filter(pk=kept.pk).exists()


def test_others_find_no_deletion(client, author, editor):
    kept = deleted(author, ready_visit(title_en="Secret"))
    client.force_login(editor)

    assert "Secret" not in client.get(reverse("admin:relations_deletion_changelist")).content.decode()
    page = reverse("admin:relations_deletion_change", args=[kept.pk])
    assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)
