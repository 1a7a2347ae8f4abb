"""Where the readings lead if they go on as they did.

The slope is Theil and Sen's: the median over the slopes of all pairs of readings, which a few
odd figures do not move (P. K. Sen, "Estimates of the regression coefficient based on Kendall's
tau", JASA 63, 1968). The line is anchored at the latest reading, so that it starts where things
stand; the 25 % and 75 % quantiles of the slopes give the range.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from math import ceil, floor, inf, lcm

from gztrack.domain.assessment import Projection
from gztrack.domain.grammar.calendar import days_in_month, years
from gztrack.domain.points import Goal, Point, difference, exactly
from gztrack.domain.reckoning.bounds import TOLERANCE, Aim, aim, is_bound, meets
from gztrack.domain.reckoning.sums import NO_DUE_DATE
from gztrack.domain.series import Series
from gztrack.language import term, tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_READINGS = 40
"""Only the latest ones are used: the pairs grow with the square of the readings."""

ENOUGH = 3
"""Readings for a forecast; two give a straight line that is labelled as one."""

FARTHEST = 2200
"""The last year of which a date is given."""

RATE = term("a rate is given no date")
"""Why a rate's projection is a value alone."""


class Limits(NamedTuple):
    """Values that an indicator cannot leave, in its unit (a share: 0 and 100)."""

    low: float = -inf
    high: float = inf

    def hold(self, value: float) -> float:
        """The value, or the limit that it would pass."""
        return min(max(value, self.low), self.high)


UNLIMITED = Limits()
SHARE = Limits(0.0, 100.0)
GROWTH_RATE = Limits(low=-100.0)
"""Nothing falls by more than all of it."""


def natural_limits(
    counted: Iterable[Point], goal: Goal | None, *, measure: str, percent: bool
) -> Limits | None:
    """What an indicator's values cannot leave, as far as that shows in them.

    A level in per cent of which readings and target all lie within 0 to 100 is taken for a share.

    Args:
        counted: The readings.
        goal: The target.
        measure: The indicator's.
        percent: Its unit is per cent.

    Returns:
        None where `forecast` knows by itself.
    """
    if measure != "level" or not percent:
        return None
    stated = [point.value for point in counted]
    stated += [limit for limit in (goal.value, goal.high) if limit is not None] if goal else []
    return SHARE if all(SHARE.low <= value <= SHARE.high for value in stated) else None


class Slopes(NamedTuple):
    """Change a year: the median of all pairs and the quartiles; all equal for two readings."""

    middle: float
    low: float
    high: float


def forecast(
    counted: Sequence[Point],
    goal: Goal | None,
    *,
    measure: str,
    direction: str,
    limits: Limits | None = None,
) -> Projection:
    """Where the readings lead.

    Args:
        counted: Readings of one series and coverage (`Assessment.counted`), in any order. Bounds
            are left out, for their value is not where things stand.
        goal: The target; without one only the slopes are given.
        measure: The indicator's. Of a rate only the value at the due date is given.
        direction: The indicator's.
        limits: What the indicator's values cannot leave; a rate cannot fall below -100 %.

    Returns:
        The projection; what is missing in it has its reason.
    """
    if goal is not None and goal.span is not None:
        return Projection(reason=tr("no forecast of a span total"))
    used = _used(counted)
    slopes = theil_sen(used)
    if slopes is None:
        return Projection(readings=len(used), reason=_too_few(counted, used))
    found = Projection(
        slope=slopes.middle,
        slope_low=slopes.low,
        slope_high=slopes.high,
        readings=len(used),
        label=tr("two points") if len(used) < ENOUGH else "",
    )
    if goal is None:
        return found._replace(reason=tr("no target"))
    held = limits or (GROWTH_RATE if measure == "rate" else UNLIMITED)
    found = _at_due(found, used[-1], goal, held)
    return _with_date(found, used[-1], goal, slopes, measure, direction)


def _used(counted: Iterable[Point]) -> list[Point]:
    ordered = Series.of(counted).in_order()
    stated = [at for at, qualifier in enumerate(ordered.qualifiers) if not is_bound(qualifier)]
    return [ordered[at] for at in stated[-MOST_READINGS:]]  # of the others no point need be made


def anchor(counted: Iterable[Point]) -> Point | None:
    """The reading that a forecast starts from: the latest that is no bound."""
    return next(iter(_used(counted)[-1:]), None)


def theil_sen(points: Sequence[Point]) -> Slopes | None:
    """Slopes over all pairs of readings, a year; None without two readings of different dates."""
    # Over one denominator differences are exact and cost no fraction each: the pairs are many.
    stated = [exactly(point.value) for point in points]
    below = lcm(*(value.denominator for value in stated))
    above = [
        (value.numerator * (below // value.denominator), p.end)
        for value, p in zip(stated, points, strict=True)
    ]
    slopes = [
        (b - a) / below / years(start, end) for (a, start), (b, end) in combinations(above, 2) if start < end
    ]
    if not slopes:
        return None
    slopes.sort()  # once: what follows sorts again, and of what is in order that costs nothing
    if len(slopes) == 1:
        return Slopes(slopes[0], slopes[0], slopes[0])
    from statistics import median, quantiles

    low, _, high = quantiles(slopes, n=4, method="inclusive")
    return Slopes(median(slopes), low, high)


def after(day: date, span: float) -> date | None:
    """The first day at least so many years later, or None when that is too far off."""
    whole = floor(span + TOLERANCE)
    if day.year + whole >= FARTHEST:
        return None
    last, following = _anniversary(day, whole), _anniversary(day, whole + 1)
    days = (following - last).days * max(0.0, span - whole - TOLERANCE)
    return last + timedelta(days=ceil(days))


def _anniversary(day: date, count: int) -> date:
    """The same day so many years later; 29 February is the 28th where it has to be."""
    year = day.year + count
    return date(year, day.month, min(day.day, days_in_month(year, day.month)))


def _too_few(counted: Sequence[Point], used: Sequence[Point]) -> str:
    if not counted:
        return tr("no reading")
    if len(used) < len(counted):
        return tr("fewer than two readings that are no bounds")
    return tr("only one reading") if len(used) == 1 else tr("all readings are of one date")


def _at_due(found: Projection, latest: Point, goal: Goal, limits: Limits) -> Projection:
    """Add the value expected at the due date and its range."""
    if goal.due is None:
        return found._replace(reason=tr(NO_DUE_DATE))
    if goal.due <= latest.end:
        return found._replace(reason=tr("the due date is not after the latest reading"))
    left = years(latest.end, goal.due)
    value, low, high = (
        limits.hold(latest.value + slope * left)
        for slope in (found.slope or 0.0, found.slope_low or 0.0, found.slope_high or 0.0)
    )
    return found._replace(value=value, low=low, high=high)


def _with_date(
    found: Projection, latest: Point, goal: Goal, slopes: Slopes, measure: str, direction: str
) -> Projection:
    """Add the day on which the target is reached, or the reason why there is none."""
    if measure == "rate":
        return found._replace(reason=found.reason or tr(RATE))
    if meets(latest.value, latest.qualifier, goal, direction):
        return found._replace(reason=tr("already reached"))
    seen = aim(goal, direction, latest.value, latest.qualifier)
    if seen is None:
        return found
    if slopes.middle * seen.sense <= 0:
        return found._replace(reason=tr("flat") if slopes.middle == 0 else tr("the wrong way"))
    better, worse = (slopes.high, slopes.low) if seen.sense > 0 else (slopes.low, slopes.high)
    reached = _reached(latest, seen, slopes.middle)
    return found._replace(
        reached=reached,
        reached_early=_reached(latest, seen, better),
        reached_late=_reached(latest, seen, worse),
        reason=found.reason if reached else tr("not before {year}", year=FARTHEST),
    )


def _reached(latest: Point, seen: Aim, slope: float) -> date | None:
    """When a line from the latest reading reaches T; None when it never does."""
    if slope * seen.sense <= 0:
        return None
    distance = difference(seen.target, latest.value)
    return after(latest.end, max(0.0, distance / slope))
