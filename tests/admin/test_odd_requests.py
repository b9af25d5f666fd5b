"""No address, however odd, makes the admin fail; lists cannot be asked about other tables."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.models import Country, Membership, Notice, Observation, Record, SectorText, Visit
from tests import factories

from .pages import address, form_data

DIGITS = "9" * 25
ODD_LISTS = [
    "date__year=999999999999999999",
    "id__regex=(",
    f"id__in={DIGITS}",
    "id__in=a,b",
    "id__isnull=x",
    f"p={DIGITS}",
    "p=-1",
    "p=x",
    "o=99.-x.1.--3",
    f"o={DIGITS}",
    "all=",
    "e=1",
    "_to_field=password",
    "_popup=1&_to_field=id",
    "q=" + "%28" * 150,
    "q=" + "a%20" * 500,
    "q=%22",
    "q='",
    "year=-5",
    f"year={DIGITS}",
    "year=2010&year=2011",
    "year=२०१०",
    "pair=",
    "pair=az",
    "country=" + "A" * 300,
    "sector=%27%3B--",
    "kind__exact=nothing",
    "kind__in=visit,meeting",
    "state=maybe",
    "state__isnull=x",
    "image__credit__startswith=a",
    "parties__country__code=AZ",
    "relations__id=1",
    "missing=__class__",
    "facets=True",
    "_facets=True",
    "unknown=1",
    "_changelist_filters=%FF%FE",
]
ODD_FORMS = [
    f"place_country={DIGITS}",
    "place_country=x",
    f"relation={DIGITS}",
    f"sectors={DIGITS}",
    "date=31.02.2010",
    "date=" + "9" * 200,
    "is_public=x",
    "other_names={",
    "_popup=1&_to_field=x",
    "_changelist_filters=%00",
    "uuid=x",
    "absent=x",
]
ODD_SEARCHES = [
    "",
    "app_label=x&model_name=y&field_name=z",
    "app_label=relations&model_name=sector&field_name=indicators",
    "app_label=relations&model_name=record&field_name=parties",
    "app_label=relations&model_name=record&field_name=title",
    "app_label=relations&model_name=record&field_name=visit",
    "app_label=relations&model_name=record&field_name=sectors&term=(",
    "app_label=relations&model_name=recordparty&field_name=country&page=x",
    f"app_label=relations&model_name=recordparty&field_name=country&page={DIGITS}",
    "app_label=relations&model_name=recordparty&field_name=country&term=" + "a%20" * 600,
    "app_label=relations&model_name=visit&field_name=record_ptr",
    "app_label=auth&model_name=user&field_name=groups",
    "app_label=admin&model_name=logentry&field_name=user",
]


@pytest.mark.parametrize("query", ODD_LISTS, ids=lambda query: query[:40])
@pytest.mark.parametrize("model", [Record, Visit, Observation], ids=lambda model: model.__name__)
def test_odd_list(desk, model, query):
    factories.visit()

    assert desk.get(f"{address(model, 'changelist')}?{query}").status_code in (200, 302, 400)


@pytest.mark.parametrize("query", ODD_FORMS, ids=lambda query: query[:40])
@pytest.mark.parametrize("model", [Visit, SectorText, Notice, Country], ids=lambda model: model.__name__)
def test_odd_form(desk, model, query):
    assert desk.get(f"{address(model, 'add')}?{query}").status_code in (200, 400)


@pytest.mark.parametrize("query", ODD_SEARCHES, ids=lambda query: query[-50:])
def test_odd_search(desk, query):
    factories.country()

    assert desk.get(f"/admin/autocomplete/?{query}").status_code in (200, 400, 403, 404)


@pytest.mark.parametrize("key", [DIGITS, "x", "0", "-1", "1_5F", "%28"])
@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_odd_key(desk, key, page):
    assert desk.get(f"/admin/relations/visit/{key}/{page}/").status_code in (302, 400, 404)
    assert desk.get(f"/admin/relations/record/{key}/{page}/").status_code in (302, 400, 403, 404)


@pytest.mark.parametrize("key", [DIGITS, "x", "", "-1", "1.5"])
@pytest.mark.parametrize("action", ["delete_selected", "publish_selected", "nothing"])
def test_odd_selection(desk, key, action):
    visit = factories.visit()
    data = {"action": action, "_selected_action": [str(visit.pk), key], "index": "0"}

    for confirmed in ({}, {"confirmed": "yes"}):
        response = desk.post(address(Visit, "changelist"), data | confirmed)

        assert response.status_code in (
            (200, 400) if action == "publish_selected" and not confirmed else (302, 400)
        )
    assert Visit.objects.filter(is_public=False).count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"parties-0-id": "x"},
        {"parties-0-id": DIGITS},
        {"parties-0-country": DIGITS},
        {"parties-0-country": "x"},
        {"parties-0-position": DIGITS},
        {"parties-TOTAL_FORMS": DIGITS},
        {"parties-TOTAL_FORMS": "x"},
        {"parties-INITIAL_FORMS": "99"},
        {"main_sector": DIGITS},
        {"other_sectors": ["x", DIGITS]},
        {"outcomes_counted": DIGITS},
        {"outcomes_counted": "9" * 9},
        {"place_country": DIGITS},
        {"original_language": "xx"},
        {"level": "xx"},
        {"title_en": "x" * 400},
    ],
    ids=str,
)
def test_odd_form_sent(desk, changes):
    visit = factories.visit()
    data = form_data(desk.get(address(Visit, "change", visit.pk)))
    data |= {name: value if isinstance(value, list) else [value] for name, value in changes.items()}

    response = desk.post(address(Visit, "change", visit.pk), data)

    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize(
    "query", ["image__credit__startswith=P", "created_by__password__startswith=a", "parties__role=host"]
)
def test_list_refuses_to_be_asked_about_other_tables(desk, query):
    assert desk.get(f"{address(Record, 'changelist')}?{query}").status_code == 400


def test_two_editors_enter_the_same_at_the_same_moment(desk, monkeypatch):
    """The second save fails in the database only: the form had seen no other page of that name."""
    factories.country("AZ")
    data = form_data(desk.get(address(Country, "add")), code="AZ", slug="azerbaijan", name_en="Azerbaijan")
    looked = []
    validate = Country.validate_unique

    def look_once_too_early(country, exclude=None):
        looked.append(country)
        if len(looked) > 1:
            validate(country, exclude)

    monkeypatch.setattr(Country, "validate_unique", look_once_too_early)

    response = desk.post(address(Country, "add"), data)

    assert response.status_code == 200
    assert sorted(response.context["adminform"].form.errors) == ["code", "slug"]
    assert 'value="Azerbaijan"' in response.content.decode()


def test_refusal_by_the_database_alone_is_a_message(desk, monkeypatch):
    factories.country("AZ")
    monkeypatch.setattr(Country, "validate_unique", lambda country, exclude=None: None)
    data = form_data(desk.get(address(Country, "add")), code="AZ", slug="azerbaijan", name_en="Azerbaijan")

    response = desk.post(address(Country, "add"), data)

    assert "The database did not accept this" in response.content.decode()
    assert Country.objects.count() == 1


SEARCH = {"app_label": "relations", "model_name": "recordparty", "field_name": "country", "term": "Azer"}


def test_search_needs_the_right_to_view(clerk):
    factories.country()
    assert clerk.get("/admin/autocomplete/", SEARCH).status_code == 403

    clerk.user.user_permissions.add(Permission.objects.get(codename="view_country"))

    assert clerk.get("/admin/autocomplete/", SEARCH).json()["results"][0]["text"] == "Azerbaijan"


@pytest.mark.parametrize(
    ("source", "make"),
    [
        ("appointment.mission", lambda code: factories.mission(code, "UZ")),
        ("observation.relation", lambda code: factories.relation(code, "UZ")),
        ("recordlink.to", lambda code: factories.visit((code, "UZ"))),
    ],
)
def test_search_queries_do_not_grow_with_offers(desk, source, make, django_assert_num_queries):
    model, field = source.split(".")
    query = {"app_label": "relations", "model_name": model, "field_name": field}
    make("AZ")
    with CaptureQueriesContext(connection) as one:
        assert len(desk.get("/admin/autocomplete/", query).json()["results"]) == 1
    make("GE")
    make("TJ")

    with django_assert_num_queries(len(one)):
        assert len(desk.get("/admin/autocomplete/", query).json()["results"]) == 3


def test_every_door_is_closed_to_staff_without_rights(clerk):
    membership = factories.membership()
    for page, args in (
        ("changelist", []),
        ("add", []),
        ("change", [membership.pk]),
        ("delete", [membership.pk]),
    ):
        assert clerk.get(address(Membership, page, *args)).status_code == 403
    assert clerk.post(address(Membership, "changelist"), {"action": "delete_selected"}).status_code == 403


def test_publishing_needs_the_right_to_change(clerk):
    visit = factories.visit()
    clerk.user.user_permissions.add(Permission.objects.get(codename="view_visit"))

    clerk.post(
        address(Visit, "changelist"),
        {"action": "publish_selected", "_selected_action": visit.pk, "confirmed": "yes"},
    )

    assert not Visit.objects.filter(is_public=True).exists()
    assert clerk.get(address(Visit, "change", visit.pk)).status_code == 200
