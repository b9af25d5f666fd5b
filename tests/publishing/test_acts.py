"""What visitors see changes only by an act that the table allows, and everything of it at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now
from django.utils.translation import override

from relations import models
from relations.publishing import acts, deletions
from relations.publishing.documents import capture
from relations.publishing.rights import Forbidden
from relations.publishing.states import MOVES, Act, State, WrongState, after
from tests import factories

from .work import NOTE, draft, fresh, published, ready_visit, states, submitted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_a_move_that_is_not_in_the_table_is_refused(state, act):
    if (state, act) in MOVES:
        assert after(state, act) == MOVES[state, act]
    else:
        with pytest.raises(WrongState):
            after(state, act)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [("event", "type", "fair"), ("milestone", "type", "first"), ("agreement", "instrument", "treaty")],
)
def test_a_draft_may_leave_open_what_it_is_and_visitors_are_told(author, editor, kind, field, value):
    record = getattr(factories, kind)(is_public=False, **{field: ""})
    factories.citation(record, position=1)

    with pytest.raises(acts.NotReady, match=f"“{field.capitalize()}” must be chosen.") as refusal:
        submitted(author, record)
    assert [reason.place for reason in refusal.value.reasons] == [field]

    published(author, editor, record, **{field: value})
    assert fresh(record).is_public


def test_a_new_visit_becomes_public(author, editor):
    visit = ready_visit()

    revision = published(author, editor, visit)

    visit = fresh(visit)
    assert visit.is_public
    assert visit.first_published_at == visit.changed_at == visit.touched_at == revision.published_at
    assert (revision.state, revision.number) == ("published", "1.0")
    assert (revision.author, revision.approved_by) == (author, editor)
    assert states(visit) == ["published"]


def test_a_draft_of_a_public_visit_changes_nothing_public(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    before = capture(fresh(visit))

    revision = draft(author, visit, title_en="Longer visit", summary_ka="მოკლედ")

    assert capture(fresh(visit)) == before
    assert revision.document["fields"]["title_en"] == "Longer visit"
    assert states(visit) == ["published", "draft"]
    # The same draft, not another one.
    again = draft(author, visit, title_en="Even longer visit")
    assert (again.pk, again.version) == (revision.pk, 2)
    assert again.document["fields"]["summary_ka"] == "მოკლედ"


def test_a_save_that_changes_nothing_is_no_draft(author, editor):
    visit = ready_visit()
    published(author, editor, visit)

    assert draft(author, visit) is None
    assert states(visit) == ["published"]


def test_a_second_version_replaces_the_first_and_keeps_it(author, editor):
    visit = ready_visit()
    first = published(author, editor, visit)

    second = published(author, editor, visit, title_en="Longer visit")

    first.refresh_from_db()
    assert fresh(visit).title_en == "Longer visit"
    assert (first.state, second.number) == ("superseded", "2.0")
    assert first.document["fields"]["title_en"] == "Visit to Tbilisi"


def test_a_small_change_moves_no_public_date(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    before = fresh(visit)

    revision = published(author, editor, visit, {"is_minor": True}, title_en="Visit to Tbilisi.")

    after_it = fresh(visit)
    assert revision.number == "1.1"
    assert (after_it.first_published_at, after_it.changed_at) == (
        before.first_published_at,
        before.changed_at,
    )
    assert after_it.touched_at > before.touched_at


def test_a_change_needs_a_note_unless_it_is_small(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    revision = draft(author, visit, title_en="Longer visit")

    with pytest.raises(acts.NotReady, match="Say in a note"):
        acts.submit(author, revision)
    with pytest.raises(acts.NotReady, match="Say in a note"):
        acts.submit(author, revision, note_en="")

    assert acts.submit(author, revision, note_ka="დამატებულია").state == "submitted"


def test_what_is_missing_is_said_in_one_list(author):
    visit = models.Visit.objects.create(title_ka="ვიზიტი")
    revision = draft(author, visit)

    with pytest.raises(acts.NotReady) as refusal:
        acts.submit(author, revision)

    assert [reason.place for reason in refusal.value.reasons] == ["main_sector", "parties", "citations"]
    assert states(visit) == ["draft"]


@pytest.mark.parametrize("act", [acts.approve, acts.publish, acts.schedule])
def test_nobody_lets_pass_what_they_wrote(staff, editor, act):
    other = staff("editor", "other")
    visit = ready_visit()
    revision = submitted(editor, visit)
    if act is not acts.approve:
        revision = acts.approve(other, revision)

    options = {"publish_at": now() + timedelta(days=1)} if act is acts.schedule else {}
    with pytest.raises(Forbidden, match="Somebody else"):
        act(editor, revision, **options)

    assert not fresh(visit).is_public


def test_who_edits_what_was_submitted_cannot_approve_it(author, editor):
    visit = ready_visit()
    submitted(author, visit)
    revision = draft(editor, visit, title_en="Visit to Batumi")
    assert revision.state == "submitted"

    with pytest.raises(Forbidden):
        acts.approve(editor, revision)


def test_an_approval_lapses_when_the_text_changes(author, editor):
    visit = ready_visit()
    acts.approve(editor, submitted(author, visit))

    revision = draft(author, visit, title_en="Visit to Batumi")

    assert revision.state == "draft"
    with pytest.raises(WrongState):
        acts.publish(editor, revision)


def test_a_rejected_draft_says_why_and_can_be_submitted_again(author, editor):
    visit = ready_visit()
    revision = acts.reject(editor, submitted(author, visit), remark="Which day?")
    assert (revision.state, revision.remark) == ("rejected", "Which day?")

    revision = acts.submit(author, draft(author, visit, date="2010-09-15"))

    assert (revision.state, revision.remark) == ("submitted", "")


def test_a_form_that_was_opened_before_the_last_act_moves_nothing(author, editor):
    revision = submitted(author, ready_visit())
    token = revision.token
    draft(author, revision.thing, title_en="Visit to Batumi")

    with pytest.raises(acts.Outdated):
        acts.approve(editor, revision, token)


def test_a_draft_of_something_older_does_not_overwrite_what_is_live(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    revision = acts.approve(editor, submitted(author, visit, title_en="Longer visit"))
    models.Visit.objects.filter(pk=visit.pk).update(title_en="Mended by a bundle")

    with pytest.raises(acts.Outdated):
        acts.publish(editor, revision)

    assert fresh(visit).title_en == "Mended by a bundle"


def test_what_came_on_another_way_is_a_version_too(author):
    visit = ready_visit(is_public=True)

    revision = draft(author, visit, title_en="Longer visit")

    assert revision.base.number == "1.0"
    assert revision.base.document == capture(fresh(visit))
    # Since when is not known, and nobody makes it up.
    assert fresh(visit).first_published_at is None


def test_a_language_that_is_held_back_never_reaches_the_row(author, editor):
    visit = ready_visit(title_ka="საიდუმლო")
    revision = submitted(author, visit, {"held_back": ["ka"]})
    acts.publish(editor, acts.approve(editor, revision))

    assert (fresh(visit).title_en, fresh(visit).title_ka) == ("Visit to Tbilisi", None)
    # Whoever opens it to change it finds it again.
    assert acts.document_for(fresh(visit))["fields"]["title_ka"] == "საიდუმლო"
    assert states(visit) == ["published"]


@pytest.mark.parametrize(("changes", "held_back"), [({}, ["ka"]), ({"title_ka": "ვიზიტი"}, [])], ids=str)
def test_a_language_stays_held_back_until_something_in_it_is_public(author, editor, changes, held_back):
    visit = ready_visit(title_ka="საიდუმლო")
    published(author, editor, visit, {"held_back": ["ka"]})
    models.Visit.objects.filter(pk=visit.pk).update(title_en="Mended by a bundle", **changes)

    assert acts.live(fresh(visit)).held_back == held_back


def test_a_title_that_is_only_held_back_is_no_earlier_title(author, editor):
    visit = ready_visit(title_ka="ვიზიტი")
    published(author, editor, visit)
    said = NOTE | {"correction_en": "The city was wrong.", "held_back": ["ka"]}

    published(author, editor, visit, said, title_en="Visit to Batumi")

    correction = models.Correction.objects.of(visit).get()
    assert (correction.old_title_en, correction.old_title_ka) == ("Visit to Tbilisi", None)


def test_a_correction_stays_with_the_title_that_was_wrong(author, editor):
    visit = ready_visit()
    first = published(author, editor, visit)

    published(
        author, editor, visit, NOTE | {"correction_en": "The city was wrong."}, title_en="Visit to Batumi"
    )
    published(author, editor, visit, title_en="Visit to Batumi and Tbilisi")

    correction = models.Correction.objects.of(visit).get()
    assert (correction.text_en, correction.old_title_en) == ("The city was wrong.", "Visit to Tbilisi")
    assert correction.replaced == first


def test_withdrawn_stays_to_be_read_and_comes_back(author, editor):
    visit = ready_visit()
    revision = published(author, editor, visit)

    revision = acts.withdraw(editor, revision, ending_reason_en="It did not take place.")

    assert fresh(visit).is_public
    assert fresh(visit).withdrawn_at
    assert revision.state == "withdrawn"

    acts.reinstate(editor, revision)

    assert fresh(visit).withdrawn_at is None


@pytest.mark.parametrize("act", [acts.withdraw, acts.unpublish])
def test_an_ending_needs_a_reason(author, editor, act):
    visit = ready_visit()
    revision = published(author, editor, visit)

    with pytest.raises(acts.Refused, match="Say why"):
        act(editor, revision)

    assert states(visit) == ["published"]


@pytest.mark.parametrize("act", [acts.withdraw, acts.unpublish])
def test_an_ending_needs_a_reason_that_visitors_get(author, editor, act):
    visit = ready_visit(title_ka="საიდუმლო")
    revision = published(author, editor, visit, {"held_back": ["ka"]})

    with pytest.raises(acts.Refused, match="in a public language"):
        act(editor, revision, ending_reason_ka="არ შედგა.")

    assert states(visit) == ["published"]
    ended = act(editor, revision, ending_reason_ka="არ შედგა.", ending_reason_en="It did not take place.")
    # What visitors do not get yet is kept.
    assert models.Revision.objects.get(pk=ended.pk).ending_reason_ka == "არ შედგა."


def test_unpublished_is_gone_and_may_come_back_as_a_new_version(author, editor):
    visit = ready_visit()
    acts.unpublish(
        editor, published(author, editor, visit), ending_reason_en="Entered twice.", redirect_to="/en/"
    )
    assert not fresh(visit).is_public

    revision = published(author, editor, visit, NOTE, title_en="Visit to Batumi")

    assert fresh(visit).is_public
    assert revision.number == "2.0"
    assert states(visit) == ["superseded", "published"]


def test_unpublished_beside_a_draft_it_says_what_the_draft_says(author, editor):
    visit = ready_visit()
    live = published(author, editor, visit)
    work = draft(author, visit, title_en="Longer visit")

    acts.unpublish(editor, live, ending_reason_en="Entered twice.")

    assert capture(fresh(visit)) == models.Revision.objects.get(pk=work.pk).document
    assert fresh(visit).title_en == "Longer visit"


def test_a_draft_that_does_not_fit_keeps_nothing_public(author, editor):
    visit = ready_visit()
    live = published(author, editor, visit)
    work = draft(author, visit, title_en="Longer visit")
    work.document["parts"]["people"] = [{"id": "0" * 32, "person_id": 999}]
    work.save()

    acts.unpublish(editor, live, ending_reason_en="Entered twice.")

    assert (fresh(visit).is_public, fresh(visit).title_en) == (False, "Visit to Tbilisi")


def test_what_was_held_back_is_there_again_once_it_is_unpublished(author, editor):
    visit = ready_visit(title_ka="საიდუმლო")
    revision = acts.publish(editor, acts.approve(editor, submitted(author, visit, {"held_back": ["ka"]})))

    acts.unpublish(editor, revision, ending_reason_en="Entered twice.")

    assert (fresh(visit).is_public, fresh(visit).title_ka) == (False, "საიდუმლო")


def test_a_discarded_draft_leaves_what_is_public(author, editor):
    visit = ready_visit()
    published(author, editor, visit)

    deletions.discard(author, draft(author, visit, title_en="Longer visit"))

    assert states(visit) == ["published"]


def test_what_was_never_public_is_deleted_instead_of_discarded(author):
    with pytest.raises(acts.Refused, match="delete it"):
        deletions.discard(author, draft(author, ready_visit()))


def test_an_earlier_version_comes_back_as_a_draft(author, editor):
    visit = ready_visit()
    first = published(author, editor, visit)
    published(author, editor, visit, title_en="Longer visit")
    first.refresh_from_db()

    revision = acts.restore(author, first)

    assert revision.state == "draft"
    assert revision.document == first.document
    assert fresh(visit).title_en == "Longer visit"


def test_an_emergency_needs_an_administrator_a_reason_and_an_approval_afterwards(
    author, editor, administrator
):
    visit = ready_visit()
    revision = draft(author, visit)
    with pytest.raises(Forbidden):
        acts.publish_in_emergency(editor, revision, reason="Minister at the airport")
    with pytest.raises(acts.Refused, match="needs a reason"):
        acts.publish_in_emergency(administrator, revision, reason="")

    revision = acts.publish_in_emergency(administrator, revision, reason="Minister at the airport")

    assert fresh(visit).is_public
    assert (revision.emergency_reason, revision.approved_by) == ("Minister at the airport", None)
    assert acts.approve_afterwards(editor, revision).approved_by == editor
    with pytest.raises(acts.Refused, match="does not wait"):
        acts.approve_afterwards(editor, revision)


def test_a_scheduled_draft_cannot_be_changed(author, editor):
    visit = ready_visit()
    revision = acts.approve(editor, submitted(author, visit))
    acts.schedule(editor, revision, publish_at=now() + timedelta(hours=1))

    with pytest.raises(acts.Refused, match="off the schedule"):
        draft(author, visit, title_en="Visit to Batumi")


def test_a_time_that_has_passed_is_no_schedule(author, editor):
    revision = acts.approve(editor, submitted(author, ready_visit()))

    with pytest.raises(acts.Refused, match="has passed"):
        acts.schedule(editor, revision, publish_at=now() - timedelta(minutes=1))


def test_every_act_and_every_refusal_is_written_down(author, editor):
    visit = ready_visit()
    revision = submitted(author, visit)
    with pytest.raises(Forbidden):
        acts.approve(author, revision)
    acts.publish(editor, acts.approve(editor, revision), address="192.0.2.1")

    entries = list(models.AuditEntry.objects.of(visit).order_by("at"))

    assert [(entry.actor.username, entry.act, entry.from_state, entry.to_state) for entry in entries] == [
        ("author", "save", "", "draft"),
        ("author", "submit", "draft", "submitted"),
        ("author", "approve", "submitted", ""),
        ("editor", "approve", "submitted", "approved"),
        ("editor", "publish", "approved", "published"),
    ]
    assert [entry.is_refused for entry in entries] == [False, False, True, False, False]
    assert (entries[-1].address, entries[-1].title) == ("192.0.2.1", "Visit to Tbilisi")


def test_an_entry_of_the_audit_log_cannot_be_changed(author):
    draft(author, ready_visit())
    entry = models.AuditEntry.objects.get()

    for attempt in (
        entry.save,
        entry.delete,
        models.AuditEntry.objects.all().delete,
        lambda: models.AuditEntry.objects.update(act="other"),
    ):
        with pytest.raises(models.audit.Unalterable):
            attempt()


@pytest.mark.parametrize(
    "statement", ["UPDATE relations_auditentry SET act = 'other'", "DELETE FROM relations_auditentry"]
)
def test_nor_can_it_be_changed_in_the_database_itself(author, statement):
    draft(author, ready_visit())

    with pytest.raises(IntegrityError, match="never changed or deleted"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_was_once_public_is_kept_as_it_was_by_the_database_itself(author, editor):
    visit = ready_visit()
    first = published(author, editor, visit)
    published(author, editor, visit, title_en="Longer visit")
    work = draft(author, visit, title_en="Longest visit")
    first.refresh_from_db()
    assert first.state == "superseded"

    for attempt in (
        lambda: models.Revision.objects.filter(pk=first.pk).update(document={}),
        # Past what Django itself protects.
        lambda: models.Revision.objects.filter(pk=first.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="kept as it was"), transaction.atomic():
            attempt()
    # Work is another matter.
    models.Revision.objects.filter(pk=work.pk).update(document={})
    assert models.Revision.objects.filter(pk=work.pk).delete()[0] > 0


def test_a_failed_publication_leaves_everything_as_it_was(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    revision = acts.approve(editor, submitted(author, visit, title_en="Longer visit"))
    before = capture(fresh(visit))
    revision.document["parts"]["people"] = [{"id": "0" * 32, "person_id": 999}]
    revision.save()

    with pytest.raises(acts.NotReady, match="has been deleted since"):
        acts.publish(editor, revision)

    revision.refresh_from_db()
    assert capture(fresh(visit)) == before
    assert revision.state == "approved"


def test_a_figure_needs_a_source_before_it_is_public(author):
    figure = factories.observation(is_public=False)

    with pytest.raises(acts.NotReady, match="needs a source"):
        acts.submit(author, draft(author, figure))

    factories.citation(figure)
    assert acts.submit(author, draft(author, figure)).state == "submitted"


def test_work_is_called_what_each_reader_calls_it(author, editor):
    visit = ready_visit(title_en="Visit", title_ka="ვიზიტი")
    mission = factories.mission(is_public=False)

    with override("ka"):
        work = draft(author, visit, title_az="Səfər")
        georgian = draft(author, mission)

    assert (work.title_en, work.title_ka, work.title_az, work.title_ru) == (
        "Visit",
        "ვიზიტი",
        "Səfər",
        "Visit",
    )
    assert "საქართველო" in georgian.title_ka
    assert "Georgia" in georgian.title_en
