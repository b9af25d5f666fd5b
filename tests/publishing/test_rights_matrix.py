"""The table of rights, cell by cell, at the pages on which staff act."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils.timezone import now

from relations import models
from relations.admin.workflow import ON_A_PAGE, ON_LIVE
from relations.publishing import acts
from relations.publishing.rights import RIGHTS, Role, model_rights
from relations.publishing.states import MOVES, Act, State
from tests import factories
from tests.admin.pages import FORMS, address, make
from tests.publishing.work import draft, published, ready_visit, submitted

pytestmark = pytest.mark.django_db

STATES = [state for state in State if state != State.SUPERSEDED]
TOMORROW = (now() + timedelta(days=1)).strftime("%Y-%m-%d")
# Whatever any act wants to know.
SAID = {
    "public": [code for code, _name in settings.LANGUAGES],
    "note_en": "Outcome added",
    "ending_reason_en": "Entered twice",
    "reason": "Minister at the airport",
    "remark": "Which day?",
    "publish_at_0": TOMORROW,
    "publish_at_1": "10:00",
    "take_down_at_0": TOMORROW,
    "take_down_at_1": "10:00",
}
# Acts that the state allows and something else about the thing does not.
PREVENTED = {
    Act.DISCARD: "was never public",
    Act.APPROVE_AFTERWARDS: "no emergency",
}


@pytest.fixture
def makers(staff):
    return staff("author", "maker"), staff("editor", "approver")


@pytest.fixture
def browsers(staff):
    """A browser for each role, at the desk of the visits and at another."""

    def signed_in(role, country):
        user = staff(role.value, f"{role.value}-{country}")
        desk = models.Desk.objects.create(user=user, languages=["ka"])
        desk.countries.add(models.Country.objects.get(code=country))
        client = Client()
        client.force_login(user)
        return client

    for code in ("AZ", "TJ"):
        factories.country(code)
    return {(role, desk): signed_in(role, desk) for role in Role for desk in ("AZ", "TJ")}


def brought_to(state, author, editor):
    """Return a visit whose work, or what visitors see of it, is in the state."""
    visit = ready_visit(title_en=f"Visit {state}")
    if state in models.Revision.LIVE:
        revision = published(author, editor, visit)
        if state == State.WITHDRAWN:
            acts.withdraw(editor, revision, ending_reason_en="Wrong")
        if state == State.UNPUBLISHED:
            acts.unpublish(editor, revision, ending_reason_en="Wrong")
        return visit
    revision = draft(author, visit) if state == State.DRAFT else submitted(author, visit)
    if state == State.REJECTED:
        acts.reject(editor, revision, remark="No")
    if state in (State.APPROVED, State.SCHEDULED):
        revision = acts.approve(editor, revision)
    if state == State.SCHEDULED:
        acts.schedule(editor, revision, publish_at=now() + timedelta(days=2))
    return visit


def subject_of(visit, act):
    return acts.live(visit) if act in ON_LIVE else acts.in_work(visit)


def expected(role, desk, act, subject):
    """Return the answer to an act, and the state afterwards, from the table."""
    state = subject.state if subject else None
    if desk == "TJ":
        return 404, state
    if role not in RIGHTS[act]:
        return 403, state
    if (state, act) not in MOVES:
        return 302, state
    if act == Act.APPROVE_AFTERWARDS:
        # Nothing here was published in an emergency: the page says so.
        return 302, state
    if act in PREVENTED:
        return 422, state
    return 302, MOVES[state, act]


def test_every_act_in_every_state_by_every_role_at_both_desks(makers, browsers, capsys):
    cells, wrong = 0, []
    for state in STATES:
        visit = brought_to(state, *makers)
        for act in ON_A_PAGE:
            subject = subject_of(visit, act)
            token = subject.token if subject else "none"
            for (role, desk), client in browsers.items():
                status, after = expected(role, desk, act, subject)
                with transaction.atomic():
                    # A translator has boxes for their own languages only.
                    own = {"public": ["ka"]} if role == Role.TRANSLATOR else {}
                    place = address(models.Visit, "act", visit.pk, act.value)
                    answer = client.post(place, {**SAID, **own, "token": token})
                    now_there = subject and models.Revision.objects.filter(pk=subject.pk).first()
                    transaction.set_rollback(True)
                cells += 1
                found = (answer.status_code, now_there.state if now_there else None)
                if found != (status, after):
                    wrong.append((state, act, role, desk, found, (status, after)))
    with capsys.disabled():
        print(f"\n{cells} cells of the matrix of acts")  # noqa: T201
    assert wrong == []
    assert cells == len(STATES) * len(ON_A_PAGE) * len(Role) * 2 > 800


def test_every_verb_on_every_model_by_every_role(staff, capsys):
    rights, cells, wrong = model_rights(), 0, []
    clients = {role: Client() for role in Role}
    for role, client in clients.items():
        user = staff(role.value)
        models.Desk.objects.create(user=user, languages=["ka"])
        client.force_login(user)
    for model in FORMS:
        name = model._meta.model_name
        thing = make(model, **({"is_public": False} if hasattr(model, "is_public") else {}))
        for role, client in clients.items():
            for verb, place in (
                ("view", address(model, "changelist")),
                ("view", address(model, "history", thing.pk)),
                ("add", address(model, "add")),
                ("change", address(model, "change", thing.pk)),
                ("delete", address(model, "delete", thing.pk)),
            ):
                answer = client.get(place)
                is_open = answer.status_code == 200
                if verb == "change":
                    is_open = is_open and answer.context["has_change_permission"]
                cells += 1
                if is_open != (role in rights[name].get(verb, ())):
                    wrong.append((name, verb, role, answer.status_code))
    with capsys.disabled():
        print(f"\n{cells} cells of the matrix of verbs")  # noqa: T201
    assert wrong == []
    assert cells > 400
