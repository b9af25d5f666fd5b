"""The pair page: everything that is known of two countries, under one choice of sectors and years."""

from functools import cached_property

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from relations.dates import newest_first, oldest_first
from relations.figures.series import in_series
from relations.models import (
    Agreement,
    EarlierValue,
    Membership,
    Mission,
    Observation,
    Project,
    ProjectStatus,
    ProjectValue,
    Record,
    Sector,
    SectorText,
)
from relations.publishing.past import with_past
from relations.translating.alphabet import name_in_alphabet

from .citations import attach_citations
from .filters import RecordFilter
from .keyfacts import KeyFacts
from .paging import PER_PAGE, OneQueryPaginator

# Agreements and projects beyond this are left to the list, which pages.
MOST_IN_SECTION = 100


class PairPage:
    """What the pair page of a relation shows for the query of an address."""

    def __init__(self, relation, query, page=1, today=None):
        self.relation = relation
        self.today = today or localdate()
        self.number = page
        self.filter = RecordFilter(query, Record.objects.published().on_page_of(relation))

    def kept(self, things):
        """Return those of the things that the page's choice keeps; what is not understood keeps nothing."""
        if not self.filter.is_understood:
            return []
        return [thing for thing in things if self.filter.choice.keeps(thing)]

    @property
    def countries(self):
        return self.relation.countries

    @cached_property
    def page(self):
        """One page of the timeline's records. Raises InvalidPage for a page that does not exist."""
        return OneQueryPaginator(self.filter.qs.for_card(), PER_PAGE).page(self.number)

    @property
    def records(self):
        return self.page.object_list

    @cached_property
    def timeline(self):
        """The page's records by the year they stand under, None for those undated: [(year, records)]."""
        years = {}
        for record in self.records:
            years.setdefault(year_in_timeline(record, self.filter.is_oldest_first), []).append(record)
        return list(years.items())

    # What the key facts need is the whole; what the sections show is narrowed.

    @cached_property
    def all_levels(self):
        return list(self.relation.levels.all())

    @cached_property
    def all_missions(self):
        missions = with_past(Mission.objects.published().filter(relation=self.relation))
        return list(
            missions.select_related("sending", "receiving", "covered_from").order_by(*oldest_first("opened"))
        )

    @cached_property
    def all_figures(self):
        figures = with_past(Observation.objects.published().filter(relation=self.relation))
        return list(
            figures.select_related("indicator__sector", "reporter")
            .nesting(earlier_values=EarlierValue.objects.all())
            .order_by("indicator__sector__position", "indicator__slug", *oldest_first("period"), "pk")
        )

    @cached_property
    def all_texts(self):
        texts = with_past(SectorText.objects.published().filter(relation=self.relation))
        return list(
            texts.select_related("sector", "viewpoint")
            .nesting(other_sectors=Sector.objects.all())
            .order_by("sector__position", "sector__slug", *newest_first("as_of"), "pk")
        )

    @cached_property
    def all_memberships(self):
        memberships = Membership.objects.on(self.today).filter(country__in=self.countries)
        memberships = memberships.select_related("organisation", "country")
        # Only a choice of sectors asks for those of a membership.
        by_sector = self.filter.choice.sectors
        return list(memberships.nesting(sectors=Sector.objects.all()) if by_sector else memberships)

    @property
    def undivided(self):
        """Everything on the page beside records, before any choice; few enough to be read whole."""
        return [*self.all_texts, *self.all_figures, *self.all_missions, *self.all_levels]

    @cached_property
    def levels(self):
        return self.kept(self.all_levels)

    @property
    def dated_levels(self):
        return [level for level in self.levels if level.start]

    @property
    def undated_levels(self):
        return [level for level in self.levels if not level.start]

    @cached_property
    def missions(self):
        return self.kept(self.all_missions)

    @cached_property
    def figures(self):
        return self.kept(self.all_figures)

    @cached_property
    def series(self):
        return in_series(self.figures, compared_with=self.all_figures)

    @cached_property
    def texts(self):
        return self.kept(self.all_texts)

    @cached_property
    def texts_by_sector(self):
        """The texts under their main sector: [(sector, texts)]."""
        sectors = {}
        for text in self.texts:
            sectors.setdefault(text.sector, []).append(text)
        return list(sectors.items())

    def section_of(self, queryset):
        """Return the page's records of one kind, newest first; the list of records has what is beyond."""
        if not self.page.paginator.count:
            return []
        chosen = queryset.filter(pk__in=self.filter.qs.order_by().values("pk"))
        return chosen.defer("body", "note", "plain_words").order_by(*newest_first("date"), "-pk")[
            :MOST_IN_SECTION
        ]

    @cached_property
    def agreements(self):
        return list(self.section_of(Agreement.objects.with_status(self.today)))

    @cached_property
    def projects(self):
        history = {"statuses": ProjectStatus.objects.all(), "values": ProjectValue.objects.all()}
        return list(self.section_of(Project.objects.nesting(**history)))

    @property
    def has_more_agreements(self):
        return len(self.agreements) == MOST_IN_SECTION

    @property
    def has_more_projects(self):
        return len(self.projects) == MOST_IN_SECTION

    @cached_property
    def shared_memberships(self):
        """What both countries belong to today, with each one's membership: [(organisation, [a, b])]."""
        found = {}
        for membership in self.kept(self.all_memberships):
            found.setdefault(membership.organisation, {})[membership.country_id] = membership
        return [
            (organisation, [by_country[country.pk] for country in self.countries])
            for organisation, by_country in sorted(found.items(), key=lambda one: name_in_alphabet(one[0]))
            if len(by_country) == len(self.countries)
        ]

    @cached_property
    def links(self):
        return list(self.relation.links.all()) if self.relation.is_public else []

    @cached_property
    def key_facts(self):
        holding = (
            [one for one in things if not one.withdrawn_at]
            for things in (self.all_levels, self.all_missions, self.all_figures)
        )
        return KeyFacts(self.relation, self.today, *holding)

    @cached_property
    def sources(self):
        """The sources of everything on the page as they appear; reading them attaches the citations."""
        facts = self.key_facts
        records = [*self.records, *self.agreements, *self.projects]
        records += facts.last_visits
        records += [facts.established] if facts.established else []
        memberships = [one for _organisation, pair in self.shared_memberships for one in pair]
        return attach_citations(
            relation=[self.relation] if self.relation.is_public else [],
            record=records,
            sector_text=self.texts,
            observation=self.all_figures,
            mission=self.all_missions,
            level=self.all_levels,
            membership=memberships,
        )

    @cached_property
    def contents(self):
        """The sections that have something to show: [(anchor, heading)]."""
        sections = (
            ("texts", _("By sector"), self.texts),
            ("timeline", _("Timeline"), self.records),
            ("figures", _("Figures"), self.series),
            ("agreements", _("Agreements"), self.agreements),
            ("projects", _("Projects"), self.projects),
            ("missions", _("Missions"), self.missions),
            ("levels", _("Levels of relations"), self.levels),
            ("memberships", _("Shared memberships"), self.shared_memberships),
            ("links", _("Links"), self.links),
            ("sources", _("Sources"), self.sources),
        )
        return [(anchor, heading) for anchor, heading, content in sections if content]

    @property
    def is_empty(self):
        """Whether the choice leaves nothing but the page's furniture."""
        return not (
            self.records
            or self.texts
            or self.series
            or self.missions
            or self.levels
            or self.shared_memberships
        )


def year_in_timeline(record, is_oldest_first=False):
    """Return the year that a record's place in the order says.

    Newest first, it is the year it ends in, or begins in if it has no end yet; oldest first, the reverse.
    """
    date = record.date
    if not date:
        return None
    if is_oldest_first:
        return date.latest.year if date.is_open_start else date.earliest.year
    return date.earliest.year if date.is_open_end else date.latest.year
