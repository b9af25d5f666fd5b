"""What an import makes public or changes: since when it is so, and what stood there before."""

import pytest
from django.core.management.base import CommandError

from relations.models import AuditEntry, Page, Record, Revision
from relations.publishing import acts, embargoes

from .bundles import BASIS, PAGE, RECORD, VISIT, take_in

pytestmark = pytest.mark.django_db

STAMPS = ("first_published_at", "changed_at", "touched_at")


def record():
    return Record.objects.get(ref="agri")


def moments(thing):
    return [getattr(thing, name) for name in STAMPS]


def titles(thing):
    """The public versions of a thing, oldest first: number, state, title."""
    revisions = Revision.objects.of(thing).numbered().reverse()
    return [(one.number, one.state, one.document["fields"]["title_en"]) for one in revisions]


def test_what_an_import_makes_public_is_so_since_then(tmp_path):
    take_in(tmp_path, [*BASIS, {**RECORD, "public": False}, VISIT, PAGE])

    assert moments(record()) == [None] * 3
    public = [Record.objects.get(ref="visit"), Page.objects.get()]
    assert all(public[0].first_published_at.tzinfo for _one in public)
    assert len({moment for one in public for moment in moments(one)}) == 1
    assert not Revision.objects.exists()

    take_in(tmp_path, [RECORD])

    assert record().first_published_at == record().changed_at > public[0].first_published_at


def test_an_import_without_publish_sets_no_moment(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD], publish=False)

    assert moments(record()) == [None] * 3


def test_the_text_before_a_change_is_kept(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD, PAGE])
    before = moments(record())

    take_in(tmp_path, [{**RECORD, "title": {"en": "Treaty"}}, PAGE])

    assert titles(record()) == [("1.0", "superseded", "Declaration"), ("1.1", "published", "Treaty")]
    first, changed, touched = moments(record())
    assert first == before[0] < changed == touched
    # What stayed as it was has no second version.
    assert titles(Page.objects.get()) == []
    take_in(tmp_path, [{**RECORD, "title": {"en": "Treaty"}}, PAGE])
    assert len(titles(record())) == 2


def test_parts_belong_to_the_text_that_is_kept(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD])

    take_in(tmp_path, [{**RECORD, "parties": [*RECORD["parties"], {"country": "RO"}]}])

    numbers = [
        len(one.document["parts"]["parties"]) for one in Revision.objects.of(record()).numbered().reverse()
    ]
    assert numbers == [2, 3]
    assert acts.is_shown(acts.live(record()), record())


def test_lines_that_wait_for_each_other_are_written_twice_and_kept_once(tmp_path):
    linked = {**RECORD, "links": [{"to": "visit", "as": "related"}]}
    take_in(tmp_path, [*BASIS, linked, VISIT])
    assert not Revision.objects.exists()

    other = {**VISIT, "ref": "second"}
    take_in(
        tmp_path,
        [{**RECORD, "title": {"en": "Treaty"}, "links": [{"to": "second", "as": "related"}]}, other],
    )

    assert titles(record()) == [("1.0", "superseded", "Declaration"), ("1.1", "published", "Treaty")]
    assert record().links.get().to.ref == "second"


def test_what_a_line_takes_back_is_gone_and_may_come_again(tmp_path, client):
    take_in(tmp_path, [*BASIS, RECORD])
    address = f"/en/records/{record().pk}/"

    take_in(tmp_path, [{**RECORD, "public": False}])

    assert titles(record()) == [("1.0", "unpublished", "Declaration")]
    assert AuditEntry.objects.get().to_state == "unpublished"
    assert client.get(address).status_code == 410

    take_in(tmp_path, [RECORD])

    assert [number for number, *_rest in titles(record())] == ["1.0", "1.1"]
    assert client.get(address, follow=True).status_code == 200


def test_what_was_withdrawn_stays_so_with_its_reason(tmp_path, staff):
    take_in(tmp_path, [*BASIS, RECORD])
    revision = acts.live(record())
    acts.withdraw(staff("editor"), revision, ending_reason_en="Not signed.")

    take_in(tmp_path, [{**RECORD, "title": {"en": "Treaty"}}])

    live = acts.live(record())
    assert (live.state, live.ending_reason_en) == ("withdrawn", "Not signed.")
    assert record().withdrawn_at


def test_a_trial_keeps_nothing(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD])
    take_in(tmp_path, [{**RECORD, "title": {"en": "Treaty"}}], dry_run=True)

    assert not Revision.objects.exists()


def test_a_bundle_makes_nothing_public_that_staff_keep_back(tmp_path, staff):
    take_in(tmp_path, [*BASIS, {**RECORD, "title": {"en": "Declaration", "ka": "დეკლარაცია"}}])
    editor, thing = staff("editor"), record()
    live = acts.live(thing)
    Revision.objects.filter(pk=live.pk).update(held_back=["ka"])
    live.refresh_from_db()
    acts.unpublish(editor, live, ending_reason_en="Entered twice.")

    with pytest.raises(CommandError, match="^line 1, field public: .*holds back ka"):
        take_in(tmp_path, [RECORD])
    assert not record().is_public

    Revision.objects.filter(pk=live.pk).update(held_back=[])
    embargoes.order(editor, record())
    with pytest.raises(CommandError, match="^line 1, field public: .*under an embargo"):
        take_in(tmp_path, [RECORD])

    embargoes.lift(editor, record())
    take_in(tmp_path, [RECORD])
    assert record().is_public


def test_a_bundle_brings_no_text_of_a_language_that_is_held_back(tmp_path):
    take_in(tmp_path, [*BASIS, RECORD])
    live = acts.live(record())
    Revision.objects.filter(pk=live.pk).update(held_back=["ka"])

    with pytest.raises(CommandError, match="^line 1, field public: .*holds back ka"):
        take_in(tmp_path, [{**RECORD, "title": {"en": "Declaration", "ka": "დეკლარაცია"}}])
    take_in(tmp_path, [{**RECORD, "title": {"en": "Treaty"}}])

    assert (record().title_en, record().title_ka) == ("Treaty", None)
    assert acts.live(record()).held_back == ["ka"]
