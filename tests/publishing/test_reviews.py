"""Somebody looks again on the appointed day, and is reminded once."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import localdate

from relations import models
from relations.publishing import acts, mails, reviews
from relations.publishing.desks import OutOfSight
from relations.publishing.states import Refused
from tests import factories
from tests.admin.pages import address

from .work import draft, published, ready_visit

pytestmark = pytest.mark.django_db


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def in_days(days):
    return localdate() + timedelta(days=days)


@pytest.fixture
def reminded(sent_at_once, django_capture_on_commit_callbacks):
    def run():
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("remind_reviews", verbosity=0)
        return [(*message.to, message.subject) for message in mail.outbox]

    return run


@pytest.fixture
def visit(author, editor):
    visit = ready_visit()
    published(author, editor, visit)
    return visit


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 8, 31), -6, date(2027, 2, 28)),
        (date(2027, 1, 15), 12, date(2028, 1, 15)),
        (date(2027, 6, 30), 6, date(2027, 12, 30)),
    ],
)
def test_months_later(day, months, expected):
    assert reviews.months_after(day, months) == expected


def test_a_day_is_appointed_on_its_page(author, editor, visit):
    client = browser(author)
    place = address(models.Visit, "review", visit.pk)
    page = client.get(place)
    assert page.context["form"].initial["owner"] == author
    assert place in client.get(address(models.Visit, "change", visit.pk)).content.decode()

    client.post(place, {"due": in_days(40).isoformat(), "owner": editor.pk})

    review = reviews.review_of(visit)
    assert (review.due, review.owner) == (in_days(40), editor)
    assert models.AuditEntry.objects.of(visit).get(act="review").detail == f"{review.due}, editor"
    html = client.get(address(models.Visit, "change", visit.pk)).content.decode()
    assert f'<time datetime="{review.due.isoformat()}"' in html
    client.post(place, {"months": "6", "owner": author.pk, "due": ""})
    assert reviews.review_of(visit).due == reviews.months_after(localdate(), 6)
    client.post(place, {"call_off": "1"})
    assert reviews.review_of(visit) is None
    assert models.AuditEntry.objects.of(visit).filter(act="call_off_review").count() == 1


@pytest.mark.parametrize("data", [{}, {"due": "x"}, {"due": "2001-01-01"}, {"due": ""}, {"months": "7"}])
def test_a_wrong_day_is_said(author, visit, data):
    response = browser(author).post(address(models.Visit, "review", visit.pk), {"owner": author.pk, **data})

    assert response.status_code == 422
    assert reviews.review_of(visit) is None


def test_rights_and_sight_count(staff, author, visit):
    translator, tajik = staff("translator"), staff("author", "tajik")
    models.Desk.objects.create(user=tajik).countries.add(factories.country("TJ"))
    place = address(models.Visit, "review", visit.pk)

    assert browser(translator).get(place).status_code == 403
    assert place not in browser(translator).get(address(models.Visit, "change", visit.pk)).content.decode()
    assert browser(tajik).get(place).status_code == 404
    with pytest.raises(OutOfSight):
        reviews.appoint(tajik, visit, in_days(1), tajik)
    with pytest.raises(Refused, match="may not see"):
        reviews.appoint(author, visit, in_days(1), tajik)


def test_one_mail_for_each_review_that_is_due(reminded, author, editor, visit):
    other = ready_visit(title_en="Not yet")
    reviews.appoint(author, visit, in_days(0), editor)
    reviews.appoint(author, other, in_days(1), editor)

    assert reminded() == [("editor@example.org", "To review: Visit to Tbilisi")]
    assert f"/admin/relations/visit/{visit.pk}/review/" in mail.outbox[0].body
    assert reminded() == []
    # The same day once more is no change; another person or day is.
    reviews.appoint(author, visit, in_days(0), editor)
    assert reminded() == []
    reviews.appoint(author, visit, in_days(0), author)
    assert reminded() == [("author@example.org", "To review: Visit to Tbilisi")]
    assert models.AuditEntry.objects.of(visit).filter(act="remind", actor=None).count() == 2


def test_no_reminder_is_marked_as_written_that_is_not(reminded, author, editor, visit, monkeypatch):
    reviews.appoint(author, visit, in_days(0), editor)
    with monkeypatch.context() as patch:
        patch.setattr(mails, "address_of", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            reminded()

    assert reviews.review_of(visit).reminded_at is None
    assert reminded() == [("editor@example.org", "To review: Visit to Tbilisi")]


def test_who_may_not_see_it_is_not_reminded(reminded, author, editor):
    visit = ready_visit()
    draft(author, visit)
    reviews.appoint(author, visit, in_days(0), editor)
    models.Embargo(created_by=author).about(visit).save()

    assert reminded() == []
    models.Embargo.objects.all().delete()
    assert len(reminded()) == 1


@pytest.mark.parametrize(
    ("began", "years", "expected"),
    [
        (in_days(0), 2, True),
        # Less than six months are left, or nothing is.
        (in_days(-300), 1, False),
        (date(1993, 2, 3), 5, False),
        (in_days(0), None, False),
    ],
)
def test_a_term_is_remembered_six_months_before_it_ends(author, editor, began, years, expected):
    agreement = factories.agreement(date=began.isoformat(), term_years=years, is_public=False)
    factories.citation(agreement, position=1)

    published(author, editor, agreement)

    review = reviews.review_of(agreement)
    assert (review is not None) == expected
    if expected:
        ends = models.Agreement.objects.get().term_ends.earliest
        assert (review.due, review.owner) == (reviews.months_after(ends, -6), author)
        assert models.AuditEntry.objects.of(agreement).filter(act="review").count() == 1


def test_a_day_that_was_appointed_stays(author, editor):
    agreement = factories.agreement(date=in_days(0).isoformat(), term_years=2, is_public=False)
    factories.citation(agreement, position=1)
    acts.keep_draft(author, agreement, acts.capture(agreement))
    reviews.appoint(author, agreement, in_days(7), editor)

    published(author, editor, agreement)

    assert reviews.review_of(agreement).due == in_days(7)
