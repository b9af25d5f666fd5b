"""Which organisations visitors may know of: those that something public names."""

import pytest

from relations.models import AgreementAct, Meeting, Membership, Organisation

from . import making

pytestmark = pytest.mark.django_db


def as_party(organisation, public):
    making.record(public=public).parties.create(organisation=organisation)


def beside_a_person(organisation, public):
    making.record(public=public).people.create(organisation=organisation, office_en="Director")


def as_body_that_met(organisation, public):
    making.record(Meeting, body_that_met=organisation, public=public)


def by_an_act(organisation, public):
    agreement = making.agreement(public=public)
    AgreementAct.objects.create(agreement=agreement, organisation=organisation, act="approved")


@pytest.mark.parametrize("named", [as_party, beside_a_person, as_body_that_met, by_an_act])
@pytest.mark.parametrize("public", [True, False])
def test_an_organisation_that_records_name_has_a_page_if_one_is_public(named, public):
    named(making.organisation(), public)

    assert Organisation.objects.with_page().exists() == public


def test_an_organisation_with_members_has_a_page_whatever_hidden_record_names_it():
    guam = making.organisation("guam")
    Membership.objects.create(organisation=guam, country=making.country("GE"))
    as_party(guam, public=False)

    assert list(Organisation.objects.with_page()) == [guam]


def test_an_organisation_that_no_record_names_has_no_page():
    # A draft beside a public record may name it.
    making.organisation("friendship-groups")
    as_party(making.organisation("unseen"), public=False)

    assert list(Organisation.objects.with_page()) == []
