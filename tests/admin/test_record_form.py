"""Entering a record as an editor does: parties, people, a date as written, language after language."""

import pytest
from django.utils.html import escape

from relations.models import Agreement, Citation, Record, RecordSector, Visit
from relations.publishing.documents import capture
from tests import factories

from .pages import address, form_data, messages_of


def new_visit(desk, **changes):
    """What an editor fills in for a visit of two presidents to Tbilisi."""
    azerbaijan, georgia = factories.country("AZ"), factories.country("GE")
    rows = {
        "title_en": "Visit of the President",
        "date": "15–17.04.2027",
        "main_sector": factories.sector("politics").pk,
        "other_sectors": [factories.sector("energy").pk],
        "parties-0-country": azerbaijan.pk,
        "parties-0-role": "visitor",
        "parties-1-country": georgia.pk,
        "parties-1-role": "host",
        "parties-2-organisation": factories.organisation().pk,
        "parties-2-role": "participant",
        "people-0-person": factories.person(name_en="Ilham Aliyev").pk,
        "people-0-role": "head_of_delegation",
        "people-0-office_en": "President of Azerbaijan",
        "people-1-person": factories.person(name_en="Mikheil Kavelashvili").pk,
        "people-1-role": "host",
        "citations-0-source": factories.source().pk,
        "citations-0-states": "date: 14.04.2027",
    }
    return form_data(desk.get(address(Visit, "add")), **rows | changes)


def test_visit_entered_in_one_language_then_another(desk):
    response = desk.post(address(Visit, "add"), new_visit(desk), follow=True)

    assert "errors" not in response.context
    visit = Visit.objects.get()
    assert visit.title_en == "Visit of the President"
    assert visit.original_language == "en"
    assert visit.date.edtf == "2027-04-15/2027-04-17"
    assert [str(party) for party in visit.parties.all()] == ["Azerbaijan", "Georgia", "SOCAR"]
    assert [person.office_en for person in visit.people.all()] == ["President of Azerbaijan", None]
    assert [(link.sector.slug, link.is_main) for link in visit.sector_links.all()] == [
        ("politics", True),
        ("energy", False),
    ]
    assert Citation.objects.get().states == {"date": "2027-04-14"}
    assert messages_of(response)[0] == "Will show, once public, on: Azerbaijan – Georgia"

    form = desk.get(address(Visit, "change", visit.pk))
    assert "Understood as: 15–17 April 2027" in form.content.decode()
    desk.post(address(Visit, "change", visit.pk), form_data(form, title_ka="პრეზიდენტის ვიზიტი"))

    visit = Visit.objects.get()
    assert (visit.title_en, visit.title_ka) == ("Visit of the President", "პრეზიდენტის ვიზიტი")
    assert visit.parties.count() == 3
    assert visit.people.count() == 2
    assert visit.date.edtf == "2027-04-15/2027-04-17"
    assert visit.main_sector.slug == "politics"


def test_form_sent_back_unchanged_changes_nothing(desk):
    desk.post(address(Visit, "add"), new_visit(desk))
    visit = Visit.objects.get()
    before = capture(visit)
    page = desk.get(address(Visit, "change", visit.pk))

    desk.post(address(Visit, "change", visit.pk), form_data(page))

    assert capture(visit) == before


def test_record_in_georgian_only(desk):
    data = new_visit(desk, title_en="", title_ka="ვიზიტი", original_language="ka")

    desk.post(address(Visit, "add"), data)

    assert str(Visit.objects.get()) == "ვიზიტი"
    assert "ვიზიტი" in desk.get(address(Visit, "changelist")).content.decode()


@pytest.mark.parametrize("language", ["en", "ka"])
def test_title_missing_in_all_languages(desk, language):
    data = new_visit(desk, title_en="", place_en="Tbilisi", original_language=language)

    response = desk.post(address(Visit, "add"), data)

    assert list(response.context["adminform"].form.errors) == [f"title_{language}"]
    assert not Visit.objects.exists()
    html = response.content.decode()
    assert 'value="Tbilisi"' in html
    assert 'value="15–17.04.2027"' in html
    assert "President of Azerbaijan" in html
    assert ">Ilham Aliyev</option>" in html


def test_choices_speak_the_language_of_the_editor(desk, settings):
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"

    html = desk.get(address(Visit, "add")).content.decode()

    assert "select2/i18n/ru.js" in html
    assert "select2/i18n/en.js" not in html


def test_impossible_date_keeps_what_was_typed(desk):
    response = desk.post(address(Visit, "add"), new_visit(desk, date="31.02.2027"))

    assert list(response.context["adminform"].form.errors) == ["date"]
    assert 'value="31.02.2027"' in response.content.decode()


def test_record_without_main_sector_is_kept_as_a_draft(desk):
    desk.post(address(Visit, "add"), new_visit(desk, main_sector=""))

    visit = Visit.objects.get()
    assert (visit.main_sector, visit.is_public) == (None, False)


def test_main_sector_changes_places_with_another(desk):
    desk.post(address(Visit, "add"), new_visit(desk))
    visit = Visit.objects.get()
    energy, politics = factories.sector("energy"), factories.sector("politics")
    page = desk.get(address(Visit, "change", visit.pk))

    desk.post(
        address(Visit, "change", visit.pk),
        form_data(page, main_sector=energy.pk, other_sectors=[politics.pk]),
    )

    links = RecordSector.objects.filter(record=visit)
    assert {(link.sector, link.is_main) for link in links} == {(energy, True), (politics, False)}


def test_record_of_one_country_warns(desk):
    data = new_visit(desk, **{"parties-1-country": "", "parties-1-organisation": factories.organisation().pk})

    response = desk.post(address(Visit, "add"), data, follow=True)

    assert "It shows on no pair page" in messages_of(response)[0]
    assert Visit.objects.get().relations.count() == 0


def test_party_taken_away_takes_the_record_off_a_page(desk):
    visit = factories.visit(countries=("AZ", "GE", "RO"))
    page = desk.get(address(Visit, "change", visit.pk))

    response = desk.post(
        address(Visit, "change", visit.pk), form_data(page, **{"parties-2-DELETE": "on"}), follow=True
    )

    assert [relation.ref for relation in visit.relations.all()] == ["az-ge"]
    assert "Will show, once public, on: Azerbaijan – Georgia" in messages_of(response)


def test_row_given_a_number_moves_there(desk):
    visit = factories.visit(countries=("AZ", "GE", "RO"))
    page = desk.get(address(Visit, "change", visit.pk))

    desk.post(address(Visit, "change", visit.pk), form_data(page, **{"parties-2-position": "1"}))

    parties = list(visit.parties.all())
    assert [party.country.code for party in parties] == ["RO", "AZ", "GE"]
    assert [party.position for party in parties] == [1, 2, 3]


def test_same_country_twice_is_refused(desk):
    data = new_visit(desk, **{"parties-1-country": factories.country("AZ").pk})

    response = desk.post(address(Visit, "add"), data)

    assert response.status_code == 200
    assert not Visit.objects.exists()


def test_preference_moves_to_another_source(desk):
    visit = factories.visit()
    first = factories.citation(visit, is_preferred=True, position=1)
    second = factories.citation(visit, position=2)
    page = desk.get(address(Visit, "change", visit.pk))
    data = form_data(page, **{"citations-1-is_preferred": "on"})
    del data["citations-0-is_preferred"]

    desk.post(address(Visit, "change", visit.pk), data)

    assert list(Citation.objects.filter(is_preferred=True)) == [second]
    assert Citation.objects.filter(pk=first.pk).exists()


def test_two_preferred_sources_are_refused(desk):
    visit = factories.visit()
    factories.citation(visit, position=1)
    factories.citation(visit, position=2)
    page = desk.get(address(Visit, "change", visit.pk))
    preferred = {"citations-0-is_preferred": "on", "citations-1-is_preferred": "on"}

    response = desk.post(address(Visit, "change", visit.pk), form_data(page, **preferred))

    assert "Only one source can be the preferred one." in response.content.decode()
    assert not Citation.objects.filter(is_preferred=True).exists()


def test_stated_field_that_does_not_exist(desk):
    data = new_visit(desk, **{"citations-0-states": "password: 1"})

    response = desk.post(address(Visit, "add"), data)

    assert escape("“password” is no field here.") in response.content.decode()
    assert not Visit.objects.exists()


@pytest.mark.parametrize("stated", ["outcomes_counted: ten", "level: sightseeing", "is_series: perhaps"])
def test_stated_value_that_the_field_cannot_hold(desk, stated):
    response = desk.post(address(Visit, "add"), new_visit(desk, **{"citations-0-states": stated}))

    assert response.status_code == 200
    assert not Visit.objects.exists()


def test_stated_value_of_a_number_is_kept(desk):
    desk.post(address(Visit, "add"), new_visit(desk, **{"citations-0-states": "outcomes_counted: 10"}))

    assert Citation.objects.get().states == {"outcomes_counted": "10"}


def test_agreement_with_absent_fields_and_languages(desk):
    agreement = factories.agreement(absent={"ended": "none"}, authentic_languages=["az", "fr"])
    page = desk.get(address(Agreement, "change", agreement.pk))
    assert form_data(page)["absent_ended"] == ["none"]

    desk.post(
        address(Agreement, "change", agreement.pk),
        form_data(page, absent_ended="", absent_depositary="not_applicable", term_years="5"),
    )

    agreement.refresh_from_db()
    assert agreement.absent == {"depositary": "not_applicable"}
    assert agreement.authentic_languages == ["az", "fr"]
    assert agreement.term_ends.edtf == "1998-02-03"


def test_field_with_a_value_is_not_absent(desk):
    agreement = factories.agreement()
    page = desk.get(address(Agreement, "change", agreement.pk))

    response = desk.post(
        address(Agreement, "change", agreement.pk),
        form_data(page, absent_depositary="none", depositary_ka="საქართველო"),
    )

    assert list(response.context["adminform"].form.errors) == ["absent_depositary"]


def test_any_record_is_edited_on_the_form_of_its_kind(desk):
    visit = factories.visit()

    response = desk.get(address(Record, "change", visit.pk))

    assert response["Location"] == address(Visit, "change", visit.pk)
    assert address(Visit, "change", visit.pk) in desk.get(address(Record, "changelist")).content.decode()
    assert desk.get(address(Record, "add")).status_code == 403


@pytest.mark.parametrize("kind", [kind for kind in Record.Kind if kind.value], ids=str)
def test_a_title_in_one_language_is_enough_for_a_draft_of_any_kind(desk, kind):
    """EW-13: what is missing is said when it is to be published, in one list that leads to the fields."""
    model = Record._meta.get_field(kind.value).related_model

    response = desk.post(
        address(model, "add"), form_data(desk.get(address(model, "add")), title_ka="სათაური")
    )

    assert response.status_code == 302
    draft = model.objects.get()
    page = desk.get(address(model, "act", draft.pk, "submit"))
    refused = desk.post(address(model, "act", draft.pk, "submit"), form_data(page))
    html = refused.content.decode()
    places = {"main_sector", "parties", "citations", *model.needed_in_public}
    assert all(f"/{draft.pk}/change/#{place}" in html for place in places)
