"""A form asks a fixed number of queries, however many rows it has."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations import models
from tests import factories

from .pages import address

CODES = ["AZ", "GE", "HU", "KZ", "RO", "TJ", "TR", "UZ"]


def add_record_rows(record, numbers):
    for n in numbers:
        factories.party(record, country=factories.country(CODES[n + 3]))
        factories.party(record, organisation=factories.organisation())
        factories.record_person(record, country=factories.country(), organisation=factories.organisation())
        factories.citation(record)
        factories.record_link(record, factories.event())
        factories.record_link(factories.event(), record)
        factories.attachment(record)


def add_acts(agreement, numbers):
    add_record_rows(agreement, numbers)
    for _n in numbers:
        factories.act(agreement)
        factories.act(agreement, organisation=factories.organisation())


def add_project_rows(project, numbers):
    add_record_rows(project, numbers)
    for _n in numbers:
        factories.status(project)
        factories.value(project)


def add_sessions(meeting, numbers):
    add_record_rows(meeting, numbers)
    for n in numbers:
        factories.session(meeting, scope=models.MeetingSession.Scope.values[n])


def add_relation_rows(relation, numbers):
    for _n in numbers:
        level = factories.level(relation=relation, basis=factories.agreement())
        factories.citation(level)
        factories.relation_link(relation=relation, organisation=factories.organisation())
        factories.citation(relation)


def add_appointments(person, numbers):
    for n in numbers:
        mission = factories.mission(CODES[n + 2], "AZ")
        factories.appointment(person=person, mission=mission, country=factories.country())
        factories.record_person(factories.visit(), person=person)


def add_memberships(organisation, numbers):
    for n in numbers:
        factories.membership(organisation=organisation, country=factories.country(CODES[n]))
        factories.party(factories.visit(), organisation=organisation)


def add_figure_rows(observation, numbers):
    for _n in numbers:
        factories.citation(observation)
        factories.earlier_value(observation)


def add_citations(source, numbers):
    for n in numbers:
        factories.citation(factories.visit(), source=source)
        factories.citation(factories.sector_text(), source=source)
        factories.citation(factories.mission(CODES[n + 2]), source=source)
        factories.citation(factories.observation(), source=source)
        factories.citation(factories.level(), source=source)
        factories.citation(factories.membership(), source=source)


def add_uses(sector, numbers):
    for n in numbers:
        record = factories.event()
        models.RecordSector.objects.create(record=record, sector=sector)
        factories.sector_text(sector=sector)
        factories.indicator(f"indicator-{n}", sector=sector)


CASES = [
    (factories.visit, add_record_rows),
    (factories.agreement, add_acts),
    (factories.project, add_project_rows),
    (factories.meeting, add_sessions),
    (factories.statement, add_record_rows),
    (factories.relation, add_relation_rows),
    (factories.person, add_appointments),
    (factories.organisation, add_memberships),
    (factories.observation, add_figure_rows),
    (factories.source, add_citations),
    (lambda: factories.sector("transport"), add_uses),
]


@pytest.mark.parametrize(("make", "add_rows"), CASES, ids=[rows.__name__ for _make, rows in CASES])
def test_form_queries_do_not_grow_with_rows(desk, make, add_rows):
    thing = make()
    url = address(type(thing), "change", thing.pk)
    add_rows(thing, [0])
    desk.get(url)
    with CaptureQueriesContext(connection) as one:
        desk.get(url)
    add_rows(thing, [1, 2])

    with CaptureQueriesContext(connection) as three:
        response = desk.get(url)

    assert response.status_code == 200
    assert len(three) == len(one), "\n".join(query["sql"][:300] for query in three)
