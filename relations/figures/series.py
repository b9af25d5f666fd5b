"""Figures arranged for a page: a table for each thing counted, in one unit and from one side's statistics."""

from dataclasses import dataclass, field
from functools import cached_property

from relations.models import Indicator

from .comparison import base_of, computed_change, disagrees, series_key

SHORTEST_YEAR = 364


@dataclass
class Row:
    """One figure with what can be computed about it."""

    observation: object
    base: object = None

    @cached_property
    def computed_change(self):
        return computed_change(self.observation, self.base) if self.base else None

    @property
    def is_partial(self):
        """Whether the figure sums over a part of a year, and so stands beside no full year."""
        is_sum = self.observation.indicator.nature == Indicator.Nature.FLOW
        period = self.observation.period
        return is_sum and (period.latest - period.earliest).days < SHORTEST_YEAR

    @property
    def disagrees(self):
        return bool(self.base) and disagrees(self.observation, self.base)

    @property
    def rank_moved(self):
        """How many places up (positive) or down the rank moved; None if the former rank is not known."""
        if self.observation.rank is None or self.observation.rank_previous is None:
            return None
        return self.observation.rank_previous - self.observation.rank


@dataclass
class Series:
    """The figures of one indicator, reporter, direction and unit, oldest first."""

    rows: list = field(default_factory=list)

    @property
    def first(self):
        return self.rows[0].observation

    @property
    def indicator(self):
        return self.first.indicator

    @property
    def reporter(self):
        return self.first.reporter

    @property
    def unit(self):
        return self.first.unit

    def has(self, name):
        """Whether any figure of the series has a value in a field, so that the table needs the column."""
        return any(getattr(row.observation, name) is not None for row in self.rows)

    @property
    def has_change(self):
        return self.has("change") or any(row.computed_change is not None for row in self.rows)

    @property
    def has_share(self):
        return self.has("share")

    @property
    def has_rank(self):
        return self.has("rank")


def in_series(observations, compared_with=None):
    """Group figures into series; changes are computed against `compared_with`, all that are known."""
    known = {}
    for other in compared_with if compared_with is not None else observations:
        known.setdefault(series_key(other), []).append(other)
    grouped = {}
    for observation in observations:
        row = Row(observation, base_of(observation, known.get(series_key(observation), ())))
        grouped.setdefault(series_key(observation), Series()).rows.append(row)
    return list(grouped.values())
