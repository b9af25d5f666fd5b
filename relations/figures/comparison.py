"""Comparing figures with each other – only like with like."""

from decimal import Decimal, localcontext

from relations.models import Indicator

from .words import MOST_DIGITS

PER_CENT = Decimal(100)


def series_key(observation):
    """Return what two figures must share to be of one series."""
    return (
        observation.indicator_id,
        observation.relation_id,
        observation.reporter_id,
        observation.direction,
        observation.unit,
    )


def amount(observation):
    """Return the value in single units: 708.1 at scale 6 is 708,100,000."""
    return observation.value.scaleb(observation.scale)


def base_of(observation, others):
    """Return the figure of the same period a year before, or None.

    Only sums over a period have one, and only the very same months count: January–August 2025 is
    never held against the whole of 2024. “More than 30” is no value to compute with.
    """
    if observation.indicator.nature != Indicator.Nature.FLOW or observation.period.is_open_start:
        return None
    if observation.comparator:
        return None
    if observation.period.is_open_end or observation.period.earliest.year < 2:
        return None
    wanted = observation.period.plus_years(-1)
    for other in others:
        if series_key(other) == series_key(observation) and other.period == wanted and not other.comparator:
            return other
    return None


def computed_change(observation, base):
    """Return the change in per cent, as a Decimal with one digit; None on a base of zero or less."""
    if base.value <= 0:
        return None
    with localcontext(prec=MOST_DIGITS):
        return ((amount(observation) / amount(base) - 1) * PER_CENT).quantize(Decimal("0.1"))


def disagrees(observation, base):
    """Whether the stated change cannot follow from the two values, however they were rounded."""
    if observation.change is None or computed_change(observation, base) is None:
        return False
    low = lowest(observation) / highest(base)
    high = highest(observation) / lowest(base) if lowest(base) > 0 else None
    stated = observation.change
    slack = half_step(stated)
    return (stated + slack) / PER_CENT + 1 < low or (
        high is not None and (stated - slack) / PER_CENT + 1 > high
    )


def half_step(number):
    """Return half a unit of the last digit written: 0.05 for 708.1, 0.5 for 708 and for 500."""
    return Decimal(5).scaleb(min(number.normalize().as_tuple().exponent, 0) - 1)


def lowest(observation):
    return (observation.value - half_step(observation.value)).scaleb(observation.scale)


def highest(observation):
    return (observation.value + half_step(observation.value)).scaleb(observation.scale)
