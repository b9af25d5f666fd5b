"""What visitors are told of what was withdrawn, unpublished, corrected and changed."""

import pytest
from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import override

from relations import models
from relations.publishing import acts
from tests import factories
from tests.publishing.work import NOTE, draft, fresh, published, ready_visit

from .reading import section

CODES = [code for code, _name in settings.LANGUAGES]
PAIR = "/en/relations/azerbaijan-georgia/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.fixture
def visit(author, editor):
    visit = ready_visit(title_ka="ვიზიტი თბილისში")
    published(author, editor, visit)
    return fresh(visit)


def end(act, editor, thing, **options):
    return act(editor, models.Revision.objects.of(thing).live().get(), **options)


def address_of(record, language):
    with override(language):
        return fresh(record).get_absolute_url()


# Withdrawn


def test_a_withdrawn_record_stays_under_a_banner_with_its_reason(get, editor, visit):
    assert get(visit.get_absolute_url()).words("div", class_="caution") == []

    end(acts.withdraw, editor, visit, ending_reason_en="It never took place.")

    page = get(visit.get_absolute_url())
    (banner,) = page.words("div", class_="caution")
    assert banner.startswith("Withdrawn, ")
    assert str(now().year) in banner
    assert banner.endswith("Reason: It never took place.")
    assert page.words("h1") == ["Visit to Tbilisi"]
    assert {"name": "robots", "content": "noindex"} in page.all("meta")


def test_a_reason_in_another_language_says_in_which(get, editor, visit):
    end(acts.withdraw, editor, visit, ending_reason_en="It never took place.", ending_reason_ka="არ შედგა.")

    georgian, russian = (get(address_of(visit, code), follow=True) for code in ("ka", "ru"))

    assert "არ შედგა." in georgian.words("div", class_="caution")[0]
    assert ("span", {"lang": "en", "dir": "ltr"}) in [
        (tag, has) for tag, has, outside in russian.elements if "div" in outside
    ]
    assert "It never took place." in russian.words("div", class_="caution")[0]


@pytest.mark.parametrize("address", ["/en/", "/en/records/", "/en/sectors/energy/", PAIR])
def test_a_withdrawn_record_is_marked_wherever_it_is_listed(get, editor, visit, address):
    assert get(address).words("span", class_="withdrawn-mark") == []

    end(acts.withdraw, editor, visit, ending_reason_en="It never took place.")

    page = get(address)
    assert page.words("article", class_="record-visit")[0].count("Withdrawn") == 1
    assert page.words("span", class_="withdrawn-mark") == ["Withdrawn"]


def test_a_reinstated_record_has_no_banner(get, editor, visit):
    end(acts.withdraw, editor, visit, ending_reason_en="It never took place.")
    end(acts.reinstate, editor, visit)

    page = get(visit.get_absolute_url())

    assert "never took place" not in page.source
    assert "noindex" not in page.source


def test_what_has_no_page_of_its_own_is_marked_where_it_shows(get, author, editor):
    things = [
        factories.observation(is_public=False),
        factories.sector_text(is_public=False),
        factories.mission(is_public=False),
        factories.level(is_public=False),
    ]
    factories.citation(things[0])
    for thing in things:
        published(author, editor, thing)
    before = get(PAIR)
    assert before.words("span", class_="withdrawn-mark") == []
    assert "Level" in section(before, "key-facts")

    for thing in things:
        end(acts.withdraw, editor, fresh(thing), ending_reason_en="Counted wrongly.")

    page = get(PAIR)
    for anchor in ("figures", "texts", "missions", "levels"):
        words = section(page, anchor)
        assert words.count("Withdrawn") == 1, anchor
        assert ": Counted wrongly." in words, anchor
    # What no longer holds is no key fact.
    assert section(page, "key-facts") is None
    country = get("/en/countries/azerbaijan/")
    assert len(country.words("span", class_="withdrawn-mark")) == 1


def test_a_withdrawn_page_of_the_staff_and_notice_say_so(get, author, editor):
    page, notice = factories.page(is_public=False), factories.notice(is_public=False)
    for thing in (page, notice):
        published(author, editor, thing)
        end(acts.withdraw, editor, fresh(thing), ending_reason_en="Out of date.")

    shown = get("/en/about/")

    assert "Reason: Out of date." in shown.words("div", class_="caution")[0]
    assert shown.words("span", class_="withdrawn-mark") == ["Withdrawn"]
    assert {"name": "robots", "content": "noindex"} in shown.all("meta")


# Unpublished


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("slug", ["", "visit-to-tbilisi/", "anything/", "ვიზიტი/"])
def test_an_unpublished_record_is_gone_in_every_language(get, author, editor, visit, language, slug):
    end(acts.unpublish, editor, visit, ending_reason_en="Entered twice.")
    draft(author, visit, title_en="Visit to Batumi")

    page = get(f"/{language}/records/{visit.pk}/{slug}", status=410)

    assert page.html["lang"] == language
    assert "Entered twice." in page.main
    for word in ("Tbilisi", "თბილის", "Batumi"):
        assert word not in page.source
    assert visit.title_en not in get(f"/{language}/records/").source


def test_an_unpublished_page_of_the_staff_is_gone_under_the_name_it_had(get, author, editor):
    page = factories.page(is_public=False)
    published(author, editor, page)
    end(acts.unpublish, editor, fresh(page), ending_reason_ka="ძველია.")
    # The work on it goes on beside, under a name that nobody was told.
    draft(author, page, slug="about-us", title_en="About us")

    gone = get("/en/about/", status=410)

    assert "ძველია." in gone.main
    assert {"lang": "ka", "dir": "ltr"} in gone.all("span")
    assert "About us" not in gone.source
    get("/en/about-us/", status=404)


def test_what_was_never_public_is_not_found_and_says_nothing(get):
    hidden = ready_visit(title_en="Secret visit")
    factories.page(slug="secret")

    for address in (f"/en/records/{hidden.pk}/", f"/en/records/{hidden.pk}/versions/1.0/", "/en/secret/"):
        assert "ecret visit" not in get(address, status=404).source


@pytest.mark.parametrize(
    ("written", "language", "leads_to"),
    [
        ("/en/records/{other}/", "en", "/en/records/{other}/"),
        ("/en/records/{other}/", "ka", "/ka/records/{other}/"),
        ("/records/{other}/", "ru", "/ru/records/{other}/"),
        ("/ka/records/?country=AZ#results", "az", "/az/records/?country=AZ#results"),
        ("/media/files/text.pdf", "az", "/media/files/text.pdf"),
    ],
)
def test_an_unpublished_record_can_lead_elsewhere(client, editor, visit, written, language, leads_to):
    other = factories.visit(is_public=True).pk
    address = written.format(other=other)
    end(acts.unpublish, editor, visit, ending_reason_en="Entered twice.", redirect_to=address)

    for slug in ("", "visit-to-tbilisi/"):
        answer = client.get(f"/{language}/records/{visit.pk}/{slug}")
        assert (answer.status_code, answer["Location"]) == (301, leads_to.format(other=other))


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/ka/records/{own}/other/"]
)
def test_nobody_is_led_off_the_site_or_round_and_round(get, editor, visit, address):
    end(
        acts.unpublish,
        editor,
        visit,
        ending_reason_en="Entered twice.",
        redirect_to=address.format(own=visit.pk),
    )

    get(f"/en/records/{visit.pk}/", status=410)


def test_a_number_that_was_merged_into_what_is_gone_is_gone_too(get, editor, visit):
    models.FormerNumber.objects.create(number=99999, record=visit.record)
    end(acts.unpublish, editor, visit, ending_reason_en="Entered twice.")

    assert "Entered twice." in get("/en/records/99999/", status=410).main


def test_what_is_published_again_is_there_again(get, author, editor, visit):
    end(acts.unpublish, editor, visit, ending_reason_en="Names a witness.")
    published(author, editor, visit, title_en="Visit to Batumi")

    assert get(f"/en/records/{visit.pk}/visit-to-batumi/").words("h1") == ["Visit to Batumi"]
    # What was taken off does not come back as an earlier version.
    gone = get(f"/en/records/{visit.pk}/versions/1.0/", status=410)
    assert "Names a witness." in gone.main
    assert "Tbilisi" not in gone.source


# Corrections and versions


@pytest.fixture
def corrected(author, editor, visit):
    said = NOTE | {"correction_en": "The city was wrong.", "correction_ka": "ქალაქი არასწორი იყო."}
    published(author, editor, visit, said, title_en="Visit to Batumi", body_en="<p>By <em>train</em>.</p>")
    return fresh(visit)


def test_a_correction_stays_with_the_title_and_version_before(get, author, editor, corrected):
    published(
        author,
        editor,
        corrected,
        NOTE | {"correction_en": "The day was wrong."},
        date="2010-09-15",
    )
    published(author, editor, corrected, title_en="Visit to Kutaisi")

    page = get(fresh(corrected).get_absolute_url())

    first, second = [words for words in page.words("li") if "was wrong" in words]
    assert first.endswith(
        "The city was wrong. Earlier title: Visit to Tbilisi The version before the correction, 1.0"
    )
    assert second.endswith("The day was wrong. The version before the correction, 2.0")
    assert f"/en/records/{corrected.pk}/versions/1.0/" in page.links()
    assert "ქალაქი არასწორი იყო." in get(address_of(corrected, "ka")).main


def test_an_earlier_title_is_told_in_the_language_of_the_title(get, corrected):
    # The Georgian title was right.
    assert "Visit to Tbilisi" not in get(address_of(corrected, "ka")).main
    russian = get(address_of(corrected, "ru"), follow=True)
    assert "Visit to Tbilisi" in russian.main


def test_an_earlier_version_is_a_page_of_what_stood_there(get, corrected):
    company = factories.organisation(name_en="BTC Co.")
    factories.party(corrected, organisation=company)
    before = models.Revision.objects.count(), models.RecordParty.objects.count()

    page = get(f"/en/records/{corrected.pk}/versions/1.0/")

    assert page.words("h1") == ["Visit to Tbilisi"]
    assert "This is an earlier version, 1.0." in page.main
    assert fresh(corrected).get_absolute_url() in page.links("main")
    assert {"name": "robots", "content": "noindex"} in page.all("meta")
    assert "train" not in page.main
    assert [words for words in page.words("li") if "Participant" in words] == [
        "Azerbaijan Participant",
        "Georgia Participant",
    ]
    assert (models.Revision.objects.count(), models.RecordParty.objects.count()) == before
    georgian = get(f"/ka/records/{corrected.pk}/versions/1.0/")
    assert georgian.words("h1") == ["ვიზიტი თბილისში"]


def test_no_date_that_ends_with_an_abbreviation_is_followed_by_a_full_stop(get, editor, corrected):
    end(acts.withdraw, editor, corrected, ending_reason_en="It never took place.")

    for address in (address_of(corrected, "ru"), f"/ru/records/{corrected.pk}/versions/1.0/"):
        banner = " ".join(get(address, follow=True).words("div", class_="caution"))
        assert f"{now().year} г." in banner
        assert "г.." not in banner


def test_an_earlier_version_names_its_sources(get, author, editor, visit):
    (cited,) = visit.citations.all()
    draft_sources = models.Source.objects.count()
    published(author, editor, visit, title_en="Visit to Batumi")

    page = get(f"/en/records/{visit.pk}/versions/1.0/")

    assert page.words("span", class_="source-publisher") == [cited.source.publisher_en]
    assert models.Source.objects.count() == draft_sources


def test_only_what_was_public_is_a_version(client, get, author, corrected):
    draft(author, corrected, title_en="Visit to Kutaisi")
    address = f"/en/records/{corrected.pk}/versions/"

    # The present one is the record itself.
    answer = client.get(f"{address}2.0/")
    assert (answer.status_code, answer["Location"]) == (302, corrected.get_absolute_url())
    assert client.get(f"{address}01.0/")["Location"] == f"{address}1.0/"
    for number in ("1.1", "3.0", "0.0"):
        get(f"{address}{number}/", status=404)
    assert client.get(f"{address}{10**30}.0/").status_code in (400, 404)


def test_a_version_outlives_what_it_names(get, author, editor, visit):
    # A version is a document: it keeps nothing from being deleted.
    company, country = factories.organisation(name_en="Short-lived Ltd"), factories.country("TR")
    document = acts.document_for(visit)
    party = {"id": str(company.uuid), "position": 3, "country_id": None, "organisation_id": company.pk}
    parties = [*document["parts"]["parties"], {**party, "role": "operator"}]
    named = {
        **document,
        "fields": {**document["fields"], "place_country_id": country.pk},
        "parts": {**document["parts"], "parties": parties},
    }
    for kept in (named, document):
        revision = acts.submit(author, acts.keep_draft(author, fresh(visit), kept), **NOTE)
        acts.publish(editor, acts.approve(editor, revision))
    address = f"/en/records/{visit.pk}/versions/2.0/"
    assert "Short-lived Ltd" in get(address).main

    company.delete()
    country.delete()

    assert "Participant" in get(address).main


def test_a_language_that_was_held_back_is_in_no_version_and_no_correction(get, author, editor):
    visit = ready_visit(title_ka="საიდუმლო", summary_ka="საიდუმლო")
    published(author, editor, visit, {"held_back": ["ka"]})
    said = NOTE | {"correction_en": "The city was wrong.", "held_back": []}
    published(author, editor, visit, said, title_en="Visit to Batumi", title_ka="ვიზიტი")

    correction = models.Correction.objects.of(visit).get()
    assert (correction.old_title_en, correction.old_title_ka) == ("Visit to Tbilisi", None)
    version = get(f"/ka/records/{visit.pk}/versions/1.0/")
    assert version.words("h1") == ["Visit to Tbilisi"]
    assert "საიდუმლო" not in version.source
    assert get(address_of(visit, "ka")).words("h1") == ["ვიზიტი"]


def test_what_is_said_in_a_language_is_told_from_its_release_on(get, author, editor):
    visit = ready_visit(title_ka="ძველი")
    published(author, editor, visit)
    said = {
        **{"note_en": "City mended", "note_ka": "ქალაქი შესწორდა"},
        **{"correction_en": "The city was wrong.", "correction_ka": "ქალაქი არასწორი იყო."},
    }
    held_back = {"held_back": ["ka"]}
    published(author, editor, visit, said | held_back, title_en="Visit to Batumi", title_ka="ახალი")
    # Only in the language that nobody gets yet.
    only_ka = {"note_ka": "საიდუმლო", "correction_ka": "საიდუმლო"} | held_back
    published(author, editor, visit, only_ka, date="2011")
    end(acts.withdraw, editor, visit, ending_reason_en="It fell through.", ending_reason_ka="არ შედგა.")
    words = ("ქალაქი", "საიდუმლო", "არ შედგა", "ძველი")

    before = get(address_of(visit, "ka"), follow=True)

    assert [word for word in words if word in before.source] == []
    for said in ("City mended", "The city was wrong.", "It fell through."):
        assert said in before.main
    # A correction stays there for ever, even if nothing can be said of it in the language yet.
    _first, second = [words for words in before.words("li") if "2.0" in words or "1.0" in words]
    assert ":" not in second
    assert get(f"/ka/records/{visit.pk}/versions/1.0/").words("h1") == ["Visit to Tbilisi"]

    end(acts.reinstate, editor, visit)
    published(author, editor, visit, NOTE | {"held_back": []}, title_en="Visit to Poti")

    after = get(address_of(visit, "ka"), follow=True)
    assert [word for word in words if word not in after.source] == ["არ შედგა"]
    assert get(f"/ka/records/{visit.pk}/versions/1.0/").words("h1") == ["ძველი"]


def test_what_befell_a_thing_without_a_page_is_not_told_in_a_language_held_back(get, author, editor):
    figure = factories.observation(is_public=False)
    factories.citation(figure)
    published(author, editor, figure)
    said = NOTE | {"correction_en": "Mended it.", "correction_ka": "საიდუმლო", "held_back": ["ka"]}
    published(author, editor, figure, said, value="709")
    end(acts.withdraw, editor, fresh(figure), ending_reason_en="Wrong.", ending_reason_ka="საიდუმლო")

    pair = get(PAIR.replace("/en/", "/ka/"))

    assert "საიდუმლო" not in pair.source
    assert "Mended it." in section(pair, "figures")


def test_corrections_of_other_things_show_where_the_things_show(get, author, editor):
    figure = factories.observation(is_public=False)
    factories.citation(figure)
    text, mission = factories.sector_text(is_public=False), factories.mission(is_public=False)
    page = factories.page(is_public=False)
    for thing, fields in (
        (figure, {"value": "709"}),
        (text, {"title_en": "Gas"}),
        (mission, {"city_en": "Batumi"}),
        (page, {"title_en": "About us"}),
    ):
        published(author, editor, thing)
        published(author, editor, thing, NOTE | {"correction_en": "Mended it."}, **fields)

    pair = get(PAIR)

    for anchor in ("figures", "texts", "missions"):
        assert section(pair, anchor).count("Mended it.") == 1, anchor
    assert "Earlier title: Energy" in section(pair, "texts")
    about = get("/en/about/")
    assert "Mended it. Earlier title: About" in about.main
    assert "/versions/" not in about.source


# Dates


def test_dates_and_changes_are_told_as_they_are_known(get, author, editor, visit):
    page = get(visit.get_absolute_url())
    assert "First published:" in page.main
    assert "Last changed:" not in page.main
    assert page.all("details") == []

    for title, note in (
        ("Visit to Batumi", {"note_en": "City mended", "note_ka": "ქალაქი შესწორდა"}),
        ("Visit to Batumi.", {"is_minor": True, "note_en": "A point"}),
        ("Visit to Batumi and Poti", {"note_en": "Poti added"}),
    ):
        published(author, editor, visit, note, title_en=title)

    page = get(fresh(visit).get_absolute_url())
    assert "Last changed:" in page.main
    (history,) = page.words("details")
    assert history.startswith("What has changed")
    assert 0 < history.index("Poti added") < history.index("City mended")
    assert "A point" not in page.source
    assert "ქალაქი შესწორდა" in get(address_of(visit, "ka")).words("details")[0]


def test_a_small_change_moves_no_date(get, author, editor, visit):
    before = get(visit.get_absolute_url()).words("section", class_="history")

    published(author, editor, visit, {"is_minor": True}, summary_en="Short.")

    assert get(visit.get_absolute_url()).words("section", class_="history") == before


def test_nothing_is_made_up_of_what_came_without_dates(get, author, editor):
    visit = ready_visit(is_public=True)
    assert get(visit.get_absolute_url()).words("section", class_="history") == []

    # Whoever opens it to change it makes a version of it, and publishes another.
    published(author, editor, visit, NOTE, title_en="Visit to Batumi")

    (history,) = get(fresh(visit).get_absolute_url()).words("section", class_="history")
    assert "First published:" not in history
    assert "Last changed:" in history
    assert NOTE["note_en"] in history


# Costs

# As many as a visit needs that has none of all this.
VISIT_QUERIES = 13


@pytest.mark.parametrize("number", [1, 3])
def test_the_past_of_a_record_costs_no_query(
    client, author, editor, django_assert_num_queries, visit, number
):
    for count in range(number):
        said = {"note_en": f"Change {count}", "correction_en": f"Correction {count}"}
        published(author, editor, visit, said, title_en=f"Visit {count}")
    end(acts.withdraw, editor, fresh(visit), ending_reason_en="It never took place.")
    address = fresh(visit).get_absolute_url()
    without = ready_visit(is_public=True).get_absolute_url()

    with django_assert_num_queries(VISIT_QUERIES):
        assert client.get(without).status_code == 200
    with django_assert_num_queries(VISIT_QUERIES):
        assert client.get(address).content.decode().count("Correction ") == number
    with django_assert_num_queries(8):
        assert client.get(f"/en/records/{visit.pk}/versions/1.0/").status_code == 200
