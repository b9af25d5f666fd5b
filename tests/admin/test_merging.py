"""Merging two records in their list: what is shown, asked, refused and done."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from relations.merging import merge
from relations.models import AuditEntry, Embargo, Event, Project, Record, Review, Revision, Statement, Visit
from relations.models.publication import type_of
from tests import factories
from tests.models import making
from tests.publishing.work import draft

from .pages import address, messages_of


@pytest.fixture
def two(db):
    """One project, known from two documents."""
    first = making.project(title_en="Black Sea cable", ref="cable", countries="AZ GE", sectors="energy")
    second = making.project(
        title_en="Submarine cable", title_ka="კაბელი", ref="submarine", countries="GE RO",
        body_en="<p>Under <strong>water</strong> &amp; far.</p>", sectors="transport",
    )  # fmt: skip
    making.cite(second, making.source("Ministry of Romania"), as_="record")
    return first, second


def post(desk, records, model=Project, **data):
    data = {"action": "merge_records", "_selected_action": [record.pk for record in records], **data}
    return desk.post(address(model, "changelist"), data, follow=True)


def agreed(response, **changes):
    """What the second form of the page sends."""
    html = response.content.decode().split('class="merging"')[-1]
    assert 'name="seen"' in html
    fields = dict(re.findall(r'name="(kept|seen|confirmed)" value="([^"]*)"', html))
    return {**fields, "take": re.findall(r'name="take" value="(\w+)"', html), **changes}


@pytest.mark.parametrize("model", [Project, Record], ids=["projects", "all records"])
def test_two_records_are_shown_side_by_side_then_merged(desk, two, model):
    first, second = two

    page = post(desk, two, model)

    html = page.content.decode()
    for words in (
        "Black Sea cable",
        "კაბელი",
        "Under water &amp;amp; far.",
        "Ministry of Romania",
        "Romania",
    ):
        assert words in html
    assert f'value="{first.pk}" checked' in html
    assert Project.objects.count() == 2

    done = post(desk, two, model, **agreed(page))

    kept = Project.objects.get()
    assert (kept.pk, kept.title_en, kept.title_ka) == (first.pk, "Black Sea cable", "კაბელი")
    assert kept.is_public
    link = f'<a href="{address(Project, "change", kept.pk)}">Black Sea cable</a>'
    assert messages_of(done) == [f"“Submarine cable” is now part of {link}."]
    history = desk.get(address(Project, "history", kept.pk)).content.decode()
    assert f"Merged with “Submarine cable” (number {second.pk}, reference submarine)." in history
    assert "Not kept: Title (English): Submarine cable" in history
    assert desk.get(f"/en/records/{second.pk}/")["Location"] == kept.get_absolute_url()


def test_the_other_record_can_be_kept(desk, two):
    first, second = two

    page = post(desk, two, kept=second.pk)

    html = page.content.decode()
    assert f'value="{second.pk}" checked' in html
    post(desk, two, **agreed(page))
    kept = Project.objects.get()
    assert (kept.pk, kept.is_public) == (second.pk, True)
    assert desk.get(f"/en/records/{first.pk}/")["Location"] == kept.get_absolute_url()


@pytest.mark.parametrize("kept", [0, 1])
def test_what_is_public_and_what_is_not_are_not_merged(desk, two, kept):
    """Nothing would be public that nobody approved, and nothing that was public would be a draft again."""
    Record.objects.filter(pk=two[1].pk).update(is_public=False)

    page = post(desk, two, kept=two[kept].pk)
    response = post(desk, two, **agreed(page))

    assert "Publish or discard the other first." in page.content.decode()
    (said,) = messages_of(response)
    assert said.startswith("“Black Sea cable” is public and “Submarine cable” is not: ")
    assert [record.is_public for record in Project.objects.order_by("pk")] == [True, False]


def test_what_is_scheduled_is_not_merged(desk, staff, hidden):
    author, editor = staff("author"), staff("editor", "other-editor")
    for record in hidden:
        draft(author, record, note_en="Later")
        Revision.objects.of(record).in_work().update(
            state=Revision.State.SCHEDULED, publish_at=now() + timedelta(days=1), approved_by=editor
        )

    response = post(desk, hidden, **agreed(post(desk, hidden)))

    assert "is scheduled: take it off the schedule first" in messages_of(response)[0]
    assert Project.objects.count() == 2


def test_what_is_unticked_stays_away_and_is_in_the_history(desk, two):
    first, _second = two

    post(desk, two, **agreed(post(desk, two), take=["body_en"]))

    kept = Project.objects.get()
    assert not kept.title_ka
    assert kept.body_en == "<p>Under <strong>water</strong> &amp; far.</p>"
    assert "კაბელი" in desk.get(address(Project, "history", first.pk)).content.decode()


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["visit"], "Choose exactly two records"),
        (["visit", "visit", "visit"], "Choose exactly two records"),
        (["visit", "event"], "Only records of the same kind"),
    ],
    ids=str,
)
def test_only_two_of_one_kind_are_merged(desk, kinds, words):
    records = [factories.record(kind) for kind in kinds]

    response = post(desk, records, Record, confirmed="yes")

    assert [words in text for text in messages_of(response)] == [True]
    assert Record.objects.count() == len(kinds)


def test_what_changed_meanwhile_is_shown_again(desk, two):
    data = agreed(post(desk, two))
    Project.objects.filter(ref="submarine").update(title_en="Undersea cable")

    response = post(desk, two, **data)

    assert "has changed since" in messages_of(response)[0]
    assert "Undersea cable" in response.content.decode()
    assert Project.objects.count() == 2
    post(desk, two, **agreed(response))
    assert Project.objects.count() == 1


def test_sent_twice_it_is_done_once(desk, two):
    data = agreed(post(desk, two))
    post(desk, two, **data)

    response = post(desk, two, **data)

    assert "Choose exactly two records" in messages_of(response)[0]
    assert Project.objects.count() == 1


def test_what_does_not_fit_together_is_said_and_can_be_left(desk):
    kept = factories.agreement(in_force="2010")
    two = (kept, factories.agreement(title_en="Other", ended="2005"))
    page = post(desk, two, type(kept))

    refused = post(desk, two, type(kept), **agreed(page))

    assert "The end comes before the start." in messages_of(refused)[0]
    assert type(kept).objects.count() == 2
    post(desk, two, type(kept), **agreed(refused, take=[]))
    assert type(kept).objects.get().ended is None


@pytest.mark.parametrize(
    "data",
    [{"kept": "x"}, {"kept": "9" * 30}, {"kept": ""}, {"_selected_action": ["1", "x"]}],
    ids=str,
)
def test_odd_choices_are_refused(desk, two, data):
    response = post(desk, two, confirmed="yes", **data)

    assert response.status_code == 400
    assert Project.objects.count() == 2


@pytest.mark.parametrize(
    "data", [{"seen": ""}, {"seen": "x", "take": ["uuid", "pk", "\0", "is_public"]}], ids=str
)
def test_a_plan_that_nobody_saw_is_not_carried_out(desk, two, data):
    response = post(desk, two, confirmed="yes", **data)

    assert response.status_code == 200
    assert Project.objects.count() == 2


def test_only_offered_columns_are_taken(desk, two):
    first, _second = two

    post(desk, two, **agreed(post(desk, two), take=["uuid", "ref", "title_en", "is_public", "nothing"]))

    kept = Project.objects.get()
    assert (kept.uuid, kept.ref, kept.title_en) == (first.uuid, "cable", "Black Sea cable")


def test_markup_is_shown_as_text(desk):
    two = [factories.event(title_en="<script>alert(1)</script>", summary_en=name) for name in "ab"]

    page = post(desk, two, Event)
    done = post(desk, two, Event, **agreed(page))

    for response in (page, done):
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    ("rights", "is_offered", "is_done"),
    [
        (["view_project", "publish_revision"], False, False),
        (["view_project", "change_project", "publish_revision"], False, False),
        (["view_project", "delete_project", "publish_revision"], False, False),
        # Both are public.
        (["view_project", "change_project", "delete_project"], True, False),
        (["view_project", "change_project", "delete_project", "publish_revision"], True, True),
    ],
    ids=str,
)
@pytest.mark.parametrize("model", [Project, Record], ids=["projects", "all records"])
def test_merging_needs_the_rights_to_all_it_does(editor, clerk, two, model, rights, is_offered, is_done):
    clerk.force_login(editor)
    data = agreed(post(clerk, two))
    clerk.force_login(clerk.user)
    names = [*rights, "view_record", "change_record", "delete_record", "save_revision", "discard_revision"]
    clerk.user.user_permissions.add(*Permission.objects.filter(codename__in=names))

    page = clerk.get(address(model, "changelist"))
    post(clerk, two, model, **data)

    assert ('value="merge_records"' in page.content.decode()) is is_offered
    assert (Project.objects.count() == 1) is is_done


def test_rights_on_one_kind_do_not_merge_another(editor, clerk):
    two = [factories.visit(), factories.visit(title_en="Other")]
    clerk.force_login(editor)
    data = agreed(post(clerk, two, Visit))
    clerk.force_login(clerk.user)
    names = ["change_event", "delete_event", "view_record", "change_record", "discard_revision"]
    clerk.user.user_permissions.add(*Permission.objects.filter(codename__in=names))

    assert post(clerk, two, Record, **data).status_code == 403
    assert Visit.objects.count() == 2


def test_what_may_not_be_public_after_it_is_not_merged(desk):
    armenia = factories.country("AM", slug="armenia")
    kept = factories.statement(is_public=True)
    other = factories.statement(title_en="On a neighbour", is_public=True)
    other.parties.create(country=armenia, role="subject")

    response = post(desk, (kept, other), Statement, **agreed(post(desk, (kept, other), Statement)))

    assert Statement.objects.count() == 2
    assert "needs its speaker" in messages_of(response)[0]


def appoint(record, due, owner=None):
    return Review.objects.create(due=due, owner=owner, content_type=type_of(record), object_id=record.pk)


@pytest.mark.parametrize(
    ("own", "others", "left", "moves", "is_lost"),
    [
        (None, "2031-05-01", "2031-05-01", True, False),
        ("2031-05-01", None, "2031-05-01", False, False),
        ("2031-05-01", "2030-05-01", "2030-05-01", True, True),
        ("2030-05-01", "2031-05-01", "2030-05-01", False, True),
        ("2030-05-01", "2030-05-01", "2030-05-01", False, True),
    ],
    ids=str,
)
def test_the_earlier_review_date_holds_for_both(desk, staff, two, own, others, left, moves, is_lost):
    for record, due in zip(two, (own, others), strict=True):
        if due:
            appoint(record, due, staff("editor", f"reviewer-of-{record.ref}"))

    page = post(desk, two)
    html = page.content.decode()
    post(desk, two, **agreed(page))

    kept = Project.objects.get()
    review = Review.objects.get()
    assert (review.thing, f"{review.due}") == (kept.record, left)
    assert review.owner.username == ("reviewer-of-submarine" if moves else "reviewer-of-cable")
    assert ("<dt>Review dates</dt><dd>1 May" in html.partition("Not kept, since")[0]) is moves
    story = desk.get(address(Project, "history", kept.pk)).content.decode()
    assert ("Review dates: 1 May" in story) is is_lost


def test_a_review_date_that_was_appointed_meanwhile_is_shown_again(desk, two):
    data = agreed(post(desk, two))
    appoint(two[1], "2031-05-01")

    assert "has changed since" in messages_of(post(desk, two, **data))[0]
    assert Project.objects.count() == 2


@pytest.fixture
def hidden(desk, two):
    """Two records that nobody saw yet, and who may see what."""
    first, second = two
    Record.objects.update(is_public=False)
    return first, second


def keep_from(record, by, *users, groups=()):
    embargo = Embargo(reason="Talks", created_by=by).about(record)
    embargo.save()
    embargo.users.set(users)
    embargo.groups.set(groups)
    return embargo


def test_an_embargo_holds_for_the_record_that_is_kept(desk, editor, staff, hidden):
    first, second = hidden
    friend, group = staff("editor", "friend"), Group.objects.create(name="Negotiators")
    chief = staff("editor", "chief")
    keep_from(second, chief, friend, editor, groups=[group])

    post(desk, hidden, **agreed(post(desk, hidden)))

    kept = Project.objects.get()
    embargo = Embargo.objects.of(kept).get()
    assert (kept.pk, embargo.reason, embargo.created_by) == (first.pk, "Talks", editor)
    # Whoever ordered it sees it as before.
    assert set(embargo.users.all()) == {friend, editor, chief}
    assert list(embargo.groups.all()) == [group]
    entry = AuditEntry.objects.of(kept).get(act="embargo")
    assert "friend" in entry.detail
    # What the log says of the other is kept from the same people.
    assert Embargo.objects.filter(object_id=second.pk).exists()


def test_of_two_embargoes_only_who_saw_both_records_is_let_in(desk, editor, staff, hidden):
    first, second = hidden
    one, other, both = (staff("editor", name) for name in ("one", "other", "both"))
    group = Group.objects.create(name="Negotiators")
    both.groups.add(group)
    keep_from(first, one, editor, one, both)
    keep_from(second, editor, other, groups=[group])

    post(desk, hidden, **agreed(post(desk, hidden)))

    embargo = Embargo.objects.of(Project.objects.get()).get()
    assert set(embargo.users.all()) == {editor, both}
    assert (embargo.created_by, list(embargo.groups.all())) == (editor, [])


def test_what_is_under_an_embargo_does_not_become_public_by_a_merge(desk, editor, two):
    keep_from(two[1], editor)

    response = post(desk, two, **agreed(post(desk, two)))

    assert messages_of(response) == ["“Submarine cable” is under an embargo: lift it first, then merge."]
    assert Project.objects.count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_page_do_not_grow(desk, number):
    def made():
        project = making.project(("agreed", "2010", None), title_en="P", sectors="energy")
        for count in range(number):
            other = making.record(title_en=f"Linked {count}")
            project.links.create(to=other.record)
            other.links.create(to=project.record)
            project.people.create(person=making.person(f"Person {count}"), country=making.country("GE"))
            project.parties.create(organisation=making.organisation(f"{project.pk}-{count}"))
            making.cite(project, making.source(f"{project.pk}-{count}"), as_="record")
            factories.level(basis=project.record)
        return project

    two = (made(), made())

    with CaptureQueriesContext(connection) as asked:
        assert post(desk, two).status_code == 200

    assert len(asked) == 42, [query["sql"][:150] for query in asked]


def test_values_of_two_things_measured_stay_two(desk):
    kept, other = factories.project(), factories.project()
    kept.values.create(label_en="Length", value="692", unit_en="km")
    other.values.create(label_ka="სიმძლავრე", value="692", unit_ka="მგვტ")
    same = factories.project()
    same.values.create(label_en="Length", label_ka="სიგრძე", value="692", unit_ka="კმ")

    merge(kept, other)
    merge(kept, same)

    found = kept.values.order_by("pk").values_list("label_en", "label_ka", "unit_en", "unit_ka")
    assert sorted(found, key=str) == [("Length", "სიგრძე", "km", "კმ"), (None, "სიმძლავრე", None, "მგვტ")]
