"""Pages for visitors."""

import re
from urllib.parse import unquote

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from relations.dates import newest_first, oldest_first
from relations.models import (
    Appointment,
    Country,
    Membership,
    Mission,
    Organisation,
    Page,
    Person,
    Record,
    RecordPerson,
    Relation,
    Sector,
    SectorText,
)
from relations.models.organisation import naming
from relations.publishing.past import with_past
from relations.translating.alphabet import name_in_alphabet

from .addresses import find_relation
from .citations import attach_citations
from .facets import Facets
from .filters import RecordFilter
from .gone import gone, missing_page, missing_record
from .paging import PER_PAGE, OneQueryPaginator
from .pair import PairPage
from .pairs import by_name, keys_by_name, pairs_in_the_news, relations_of
from .versions import EarlierVersion, ending_of, find_version

MOST_PAGES = 1000
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
LATEST_ON_HOME = 8
PAIRS_PER_PAGE = 100


def page_number(request):
    """Return the page asked for. Raises Http404 for what cannot be the number of a page."""
    number = request.GET.get("page", "1")
    if not PAGE_NUMBER.fullmatch(number) or int(number) > MOST_PAGES:
        raise Http404("There is no such page.")
    return int(number)


def one_page(request, things, per_page=PER_PAGE):
    try:
        paginator = OneQueryPaginator if isinstance(things, QuerySet) else Paginator
        return paginator(things, per_page).page(page_number(request))
    except InvalidPage as error:
        raise Http404("There is no such page.") from error


def canonical(request, address):
    """Return a redirect to the right address of the page, with the query kept, or None where it is right."""
    # An address is quoted, the path of a request is not: /ka/records/1/დეკლარაცია/.
    if request.path == unquote(address):
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def home(request):
    relations, has_more = pairs_in_the_news()
    records = Record.objects.published().for_card()
    latest = list(records.filter(date__isnull=False).order_by(*newest_first("date"), "-pk")[:LATEST_ON_HOME])
    attach_citations(record=latest)
    return render(
        request,
        "relations/home.html",
        {"relations": relations, "has_more": has_more, "latest": latest, "sectors": sectors_in_use()},
    )


def sectors_in_use():
    """Return the sectors that public records are filed under, with their number."""
    public = Count("records", filter=Q(records__is_public=True), distinct=True)
    return Sector.objects.annotate(number=public).filter(number__gt=0).order_by("position", "slug")


def country_list(request):
    relations = Relation.objects.with_page().with_countries()
    by_country = {}
    for relation in relations:
        for country in relation.countries:
            by_country.setdefault(country.pk, []).append(relation)
    countries = sorted(Country.objects.filter(pk__in=by_country), key=name_in_alphabet)
    for country in countries:
        country.number = len(by_country[country.pk])
    return render(request, "relations/country_list.html", {"countries": countries})


def country_detail(request, slug):
    country = get_object_or_404(Country, slug=slug)
    relations = list(Relation.objects.of(country).with_page().with_countries())
    for relation in relations:
        relation.partner = relation.partner_of(country)
    relations.sort(key=lambda relation: name_in_alphabet(relation.partner))
    missions = Mission.objects.published().select_related(
        "sending", "receiving", "covered_from", "relation__country_a", "relation__country_b"
    )
    missions = with_past(missions.order_by(*oldest_first("opened"), "pk"))
    memberships = Membership.objects.on(localdate()).filter(country=country).select_related("organisation")
    out, received = list(missions.filter(sending=country)), list(missions.filter(receiving=country))
    memberships = sorted(memberships, key=lambda membership: name_in_alphabet(membership.organisation))
    # A country that lies on a pipeline's way has records, and no relation for it.
    number = Record.objects.published().filter(pk__in=country.record_parties.values("record")).count()
    if not (number or relations or out or received or memberships):
        raise Http404("Nothing public is known of this country.")
    sources = attach_citations(mission=[*out, *received], membership=memberships)
    return render(
        request,
        "relations/country_detail.html",
        {
            "country": country,
            "relations": relations,
            "missions_abroad": out,
            "missions_received": received,
            "memberships": memberships,
            "number": number,
            "sources": sources,
        },
    )


def relation_list(request):
    page = one_page(request, keys_by_name(), PAIRS_PER_PAGE)
    relations = relations_of(page.object_list)
    return render(request, "relations/relation_list.html", {"page": page, "relations": relations})


def relation_detail(request, pair):
    relation = find_relation(pair)
    if answer := canonical(request, relation.get_absolute_url()):
        return answer
    page = PairPage(relation, request.GET, page_number(request))
    try:
        sources = page.sources
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
    about = [("country", country.code) for country in relation.countries]
    facets = Facets(page.filter, page.undivided, about)
    return render(
        request,
        "relations/relation_detail.html",
        {"relation": relation, "pair": page, "filter": page.filter, "facets": facets, "sources": sources},
    )


def record_list(request):
    return list_of_records(request, Record.objects.published(), "relations/record_list.html", {})


def list_of_records(request, records, template, context, about=()):
    """Show records under the filters of the address, with facets and pages."""
    found = RecordFilter(request.GET, records)
    page = one_page(request, found.qs.for_card())
    attach_citations(record=page.object_list)
    return render(
        request,
        template,
        {**context, "filter": found, "facets": Facets(found, about=about), "page": page},
    )


def record_detail(request, number, slug=""):
    record = with_past(Record.objects.published().for_page()).filter(pk=number).first()
    if record is None:
        return missing_record(request, number)
    if answer := canonical(request, record.get_absolute_url()):
        return answer
    context = {
        "record": record,
        "subject": record,
        "relations": by_name(record.relations.all()),
        "sources": attach_citations(record=[record]),
    }
    return render(request, "relations/record_detail.html", context)


def record_version(request, number, major, minor):
    """Show what a record said before it was changed."""
    record = Record.objects.published().filter(pk=number).first()
    if record is None:
        return missing_record(request, number)
    revision = find_version(record, major, minor)
    if revision is None:
        raise Http404("There was no such version.")
    if answer := canonical(request, reverse("record_version", args=[number, major, minor])):
        return answer
    if revision.is_live:
        return redirect(record)
    if ending := ending_of(record, revision):
        return gone(request, ending, revision.held_back_now)
    version = EarlierVersion(record, revision)
    return render(request, "relations/record_version.html", {"version": version, "record": version.record})


def sector_detail(request, slug):
    sector = get_object_or_404(Sector, slug=slug)
    texts = SectorText.objects.published().filter(sector=sector)
    texts = texts.select_related("relation__country_a", "relation__country_b", "viewpoint")
    texts = list(texts.order_by(*newest_first("as_of"), "pk"))
    attach_citations(sector_text=texts)
    records = Record.objects.published().filter(pk__in=sector.record_links.values("record"))
    context = {"sector": sector, "texts": texts}
    return list_of_records(request, records, "relations/sector_detail.html", context, [("sector", slug)])


def organisation_detail(request, number, slug=""):
    organisation = get_object_or_404(Organisation.objects.with_page().select_related("country"), pk=number)
    if answer := canonical(request, organisation.get_absolute_url()):
        return answer
    records = Record.objects.published().filter(naming(organisation))
    memberships = list(organisation.memberships.select_related("country"))
    memberships.sort(key=lambda membership: name_in_alphabet(membership.country))
    attach_citations(membership=memberships)
    context = {"organisation": organisation, "subject": organisation, "memberships": memberships}
    about = [("organisation", organisation.ref)]
    return list_of_records(request, records, "relations/organisation_detail.html", context, about)


def person_detail(request, number, slug=""):
    appointments = Prefetch("appointments", Appointment.objects.select_related("country", "organisation"))
    person = get_object_or_404(Person.objects.prefetch_related(appointments), pk=number)
    records = Record.objects.published().filter(
        pk__in=RecordPerson.objects.filter(person=person).values("record")
    )
    # Before the redirect, which would tell the name.
    if not records.exists():
        raise Http404("Nothing public is known of this person.")
    if answer := canonical(request, person.get_absolute_url()):
        return answer
    context = {"person": person, "subject": person}
    return list_of_records(
        request, records, "relations/person_detail.html", context, [("person", person.ref)]
    )


def page_detail(request, slug):
    page = with_past(Page.objects.published()).filter(slug=slug).first()
    if page is None:
        return missing_page(request, slug)
    return render(request, "relations/page_detail.html", {"page": page})


def root(request):
    """Lead to the language the visitor's browser asks for; the address then carries it."""
    answer = redirect("home")
    answer["Vary"] = "Accept-Language"
    return answer
