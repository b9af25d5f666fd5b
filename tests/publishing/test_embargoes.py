"""An embargo keeps others out; once all whom it names have left, administrators may lift it."""

import pytest
from django.contrib.auth.models import Group

from relations.models import AuditEntry, Embargo, Visit
from relations.publishing import embargoes
from relations.publishing.desks import OutOfSight, in_sight_of, sees_everything

from .work import ready_visit

pytestmark = pytest.mark.django_db


def sees(user):
    return in_sight_of(user, Visit.objects.all()).exists()


def leave(user):
    user.is_active = False
    user.save()


@pytest.fixture
def kept(staff):
    """A visit that one editor keeps for themselves and the protocol."""
    protocol = Group.objects.create(name="Protocol")
    staff("author", "chief-of-protocol").groups.add(protocol)
    visit = ready_visit()
    embargoes.order(staff("editor", "first-editor"), visit, groups=[protocol], reason="Until noon")
    return visit


def test_an_administrator_is_kept_out_as_long_as_anybody_named_is_there(kept, staff, django_user_model):
    administrator = staff("administrator")
    leave(django_user_model.objects.get(username="first-editor"))

    assert not sees(administrator)
    assert not sees_everything(administrator)
    with pytest.raises(OutOfSight):
        embargoes.lift(administrator, kept)
    assert Embargo.objects.exists()


@pytest.mark.parametrize("how", ["is_active", "is_staff"])
def test_an_embargo_whose_people_have_all_left_is_lifted_by_an_administrator(
    kept, staff, django_user_model, how
):
    administrator, editor = staff("administrator"), staff("editor")
    for name in ("first-editor", "chief-of-protocol"):
        django_user_model.objects.filter(username=name).update(**{how: False})

    assert not sees(editor)
    with pytest.raises(OutOfSight):
        embargoes.lift(editor, kept)
    assert sees(administrator)
    embargoes.lift(administrator, kept)

    assert sees(editor)
    acts = AuditEntry.objects.filter(act="lift_embargo").order_by("at")
    assert list(acts.values_list("actor__username", "is_refused")) == [
        ("editor", True),
        ("administrator", False),
    ]
