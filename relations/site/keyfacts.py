"""The box of key facts on a pair page: computed from the records, never typed."""

from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, Subquery

from relations.models import Indicator, Milestone, Record, RecordParty, Visit


@dataclass
class KeyFacts:
    """What a reader wants to know first of two countries, each fact with the record it comes from.

    `levels`, `missions` and `figures` are the relation's public ones, whatever the page's filter shows.
    What was withdrawn is no fact any more.
    """

    relation: object
    today: object
    levels: list = field(default_factory=list)
    missions: list = field(default_factory=list)
    figures: list = field(default_factory=list)

    @cached_property
    def headlines(self):
        """The few records the box names, in one query: [established, last visit of one, of the other]."""
        picks = [
            self.pick_established(),
            *(self.pick_last_visit(visitor) for visitor in self.relation.countries),
        ]
        keys = [Q(pk=Subquery(pick.values("pk")[:1])) for pick in picks]
        return list(Record.objects.filter(reduce(or_, keys)).select_related("milestone", "visit"))

    def pick_established(self):
        milestones = Milestone.objects.published().on_page_of(self.relation)
        dated = milestones.filter(
            type=Milestone.Type.RELATIONS, date__isnull=False, withdrawn_at__isnull=True
        )
        return dated.order_by("date_earliest", "pk")

    def pick_last_visit(self, visitor):
        """Visits of one country to the other up to today, the last first."""
        visits = Visit.objects.published().filter(
            has_party(visitor, RecordParty.Role.VISITOR),
            has_party(self.relation.partner_of(visitor), RecordParty.Role.HOST),
            date_earliest__lte=self.today,
            is_series=False,
            withdrawn_at__isnull=True,
        )
        return visits.order_by("-date_latest", "-pk")

    @property
    def established(self):
        """The milestone that established diplomatic relations, or None."""
        return next((one.milestone for one in self.headlines if one.kind == Record.Kind.MILESTONE), None)

    @property
    def age(self):
        """Whole years since relations were established; None where that day is not known to the day."""
        if not self.established or self.established.date.precision != "day":
            return None
        since = self.established.date.earliest
        return self.today.year - since.year - ((self.today.month, self.today.day) < (since.month, since.day))

    @property
    def level(self):
        """The level in force: the last one begun, as far as the dates tell."""
        begun = [
            level
            for level in self.levels
            if level.start and level.start.earliest <= self.today and not self.is_over(level.end)
        ]
        return max(begun, key=lambda level: level.start.earliest, default=None)

    @property
    def open_missions(self):
        """The missions at work today, as far as their dates tell: the rule of `Mission.objects.open_on`."""
        begun = [one for one in self.missions if not one.opened or one.opened.earliest <= self.today]
        return [mission for mission in begun if not self.is_over(mission.closed)]

    def is_over(self, end):
        return end is not None and end.latest < self.today

    @property
    def last_visits(self):
        """The last visits between the two countries, one from each at most, the latest first."""
        visits = [one.visit for one in self.headlines if one.kind == Record.Kind.VISIT]
        return sorted(visits, key=lambda visit: visit.date.latest, reverse=True)

    @property
    def agreements_recorded(self):
        return self.relation.number_of_agreements

    @property
    def counts(self):
        """The latest value of everything that is counted as of a date, such as the agreements in force."""
        return self.latest_of(Indicator.Nature.STOCK)

    @property
    def latest_figure(self):
        """The figure with the newest period among the sums over a period."""
        flows = [one for one in self.figures if one.indicator.nature == Indicator.Nature.FLOW]
        return max(flows, key=lambda one: one.period.latest, default=None)

    def latest_of(self, nature):
        latest = {}
        for figure in self.figures:
            if figure.indicator.nature == nature:
                known = latest.get(figure.indicator_id)
                if known is None or figure.period.latest > known.period.latest:
                    latest[figure.indicator_id] = figure
        return list(latest.values())

    def __bool__(self):
        return bool(
            self.established
            or self.level
            or self.open_missions
            or self.last_visits
            or self.agreements_recorded
            or self.counts
            or self.latest_figure
        )


def has_party(country, role):
    """Return the condition that a country is a party to a record in a role."""
    return Exists(RecordParty.objects.filter(record=OuterRef("pk"), country=country, role=role))
