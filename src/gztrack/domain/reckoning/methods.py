"""The three ways to say how a course is going, and the classes they sort it into.

``linear`` holds the pace so far against the pace that the line to the target needs. ``open-sdg``
compares compound annual growth rates (open-sdg documentation, ``docs/progress-methodology.md``,
and sdg-build's progress module). ``un-chart`` carries the growth so far on to the due date and
asks how much of the way that goes (UN Statistics Division, Progress Chart technical note 2023).
"""

from __future__ import annotations

from math import expm1, inf, log, log1p

from gztrack.domain.grammar.qualifiers import LOWER_BOUNDS, UPPER_BOUNDS
from gztrack.domain.points import Number, Point, exactly, share_of_way
from gztrack.domain.reckoning.bounds import TOLERANCE, Spread, is_bound, rising, spread
from gztrack.language import tr
from gztrack.light import NamedTuple

OVERFLOW = 700.0
"""Exponents beyond this leave the floats; growth that fast counts as endless."""


class Scale(NamedTuple):
    """Cuts from the best class to the worst; what reaches none of them is of the last class.

    Attributes:
        cuts: Least ratio and class, best first.
        worst: The class below every cut.
    """

    cuts: tuple[tuple[float, str], ...]
    worst: str


PACE = Scale(((0.95, "on track"), (0.60, "behind"), (0.0, "off track")), "moving away")
"""``linear`` and ``open-sdg``, with a target."""

REACH = Scale(((0.95, "on track"), (0.10, "behind")), "off track")
"""``un-chart`` with a target: stagnation and regression are one class there."""

GROWTH = Scale(((0.015, "on track"), (0.005, "behind"), (0.0, "off track")), "moving away")
"""``open-sdg`` without a target: growth a year, as a fraction."""

CHANGE = Scale(((0.02, "on track"), (0.005, "behind")), "off track")
"""``un-chart`` without a target: change a year in the direction wanted, as a fraction."""


def scale(method: str, *, with_target: bool) -> Scale:
    """The cuts of a method."""
    if method == "un-chart":
        return REACH if with_target else CHANGE
    return PACE if with_target or method == "linear" else GROWTH


def classify(ratio: float, cuts: Scale, *, below: bool = False) -> str:
    """The class of a ratio; one exactly at a cut belongs to the better class.

    Args:
        ratio: What the method reckoned.
        cuts: The method's cuts.
        below: The ratio is only approached from below, so one at a cut belongs to the worse class.
    """
    margin = TOLERANCE if below else -TOLERANCE
    for least, status in cuts.cuts:
        if ratio >= least + margin:
            return status
    return cuts.worst


def class_of(ratio: Spread, cuts: Scale) -> str | None:
    """The class that every allowed ratio gives, or None where they differ."""
    high_is_open = ratio.high != ratio.nominal or (ratio.strict and ratio.low != ratio.high)
    best = classify(ratio.high, cuts, below=high_is_open)
    return best if best == classify(ratio.low, cuts) else None


class Course(NamedTuple):
    """The way from a baseline to a target, and how far along it the latest reading is.

    Attributes:
        start: The baseline.
        latest: The latest reading.
        target: T.
        sense: +1 when higher is better, -1 when lower is.
        so_far: Years from the baseline to the latest reading; above zero.
        in_all: Years from the baseline to the due date; above zero.
        left: Years from the latest reading to the due date; below zero when it came after.
    """

    start: Point
    latest: Point
    target: Number
    sense: int
    so_far: float
    in_all: float
    left: float


def path(start: Point, latest: Point, target: Number, sense: int) -> Spread:
    """Share of the way from the baseline to the target, ``(y - y0) / (T - y0)``.

    Right for rising and falling targets alike. Where the baseline is a bound, the ones that
    would already meet the target are left out.
    """
    nominal = share_of_way(start.value, latest.value, target)
    ends: list[float] = []
    if is_bound(latest.qualifier):
        ends.append(inf if (latest.qualifier in LOWER_BOUNDS) == (sense > 0) else -inf)
    if is_bound(start.qualifier):
        towards = (start.qualifier in LOWER_BOUNDS) == (sense > 0)
        beyond = (exactly(latest.value) - exactly(target)) * sense
        ends.append(1.0 if not towards or beyond == 0 else inf if beyond > 0 else -inf)
    return spread(nominal, (start.qualifier, latest.qualifier), ends)


def growth(a: Number, b: Number, years: float) -> float:
    """Compound annual growth rate from a to b as a fraction, ``(b/a)**(1/years) - 1``.

    Both values have one sign and are not zero.
    """
    return _grown(_log_ratio(a, b) / years)


def pace_ratio(course: Course) -> Spread:
    """``linear``: the pace so far over the pace needed, both from the baseline."""
    way = path(course.start, course.latest, course.target, course.sense)
    return way.times(course.in_all / course.so_far)


def growth_ratio(course: Course) -> Spread:
    """``open-sdg``: observed over required growth, positive in the direction wanted."""
    observed = growth(course.start.value, course.latest.value, course.so_far)
    required = abs(growth(course.start.value, course.target, course.in_all))
    # No growth needed from a bound that stands at the target, or endless growth within days.
    nominal = observed / required if 0 < required < inf else 0.0
    return _spread_of_growth(course.start, course.latest, course.sense, _signed(course) * nominal)


def reach_ratio(course: Course) -> Spread:
    """``un-chart``: the share of the way that the growth so far covers by the due date."""
    expected = value_at_due(course)
    if abs(expected) == inf:
        nominal = expected * course.sense
    else:
        nominal = share_of_way(course.start.value, expected, course.target)
    return _spread_of_growth(course.start, course.latest, course.sense, nominal)


def value_at_due(course: Course) -> Number:
    """What the growth so far leads to at the due date, ``y * (1 + CAGR)**years(t, tT)``."""
    y = course.latest.value
    if not course.left:
        return y
    exponent = _log_ratio(course.start.value, y) * course.left / course.so_far
    return y * (_grown(exponent) + 1)


def free_growth(start: Point, latest: Point, sense: int, so_far: float) -> Spread:
    """Growth a year in the direction wanted, for an indicator without a target."""
    sign = -1 if start.value < 0 else 1
    nominal = sign * sense * growth(start.value, latest.value, so_far)
    away_from_zero = UPPER_BOUNDS if start.value < 0 else LOWER_BOUNDS
    if start.qualifier in away_from_zero and not is_bound(latest.qualifier):
        # From however much more, no more than all of it is lost.
        return spread(nominal, (start.qualifier, latest.qualifier), (-sign * sense,))
    return _spread_of_growth(start, latest, sense, nominal)


def growth_refusal(values: tuple[Number, ...], measure: str) -> str:
    """Why no growth rate can be reckoned over these values; empty when one can.

    Args:
        values: Baseline and latest reading, then the target if there is one.
        measure: The indicator's.
    """
    if measure == "rate":
        return tr("a growth rate of a growth rate means nothing")
    if len(values) > 2 and values[2] == 0:
        return tr("no growth rate leads to a target of zero")
    if 0 in values:
        return tr("no growth rate from or to zero")
    if min(values) < 0 < max(values):
        return tr("no growth rate across a change of sign")
    return ""


RATIOS = {"linear": pace_ratio, "open-sdg": growth_ratio, "un-chart": reach_ratio}
"""What each method reckons for a course."""


def _signed(course: Course) -> int:
    return course.sense * (-1 if course.start.value < 0 else 1)


def _log_ratio(a: Number, b: Number) -> float:
    """``log(b / a)``, not losing the difference of two large neighbours."""
    change = (b - a) / a
    return log1p(change) if abs(change) < 0.5 else log(b / a)


def _grown(exponent: float) -> float:
    return expm1(exponent) if exponent < OVERFLOW else inf


def _spread_of_growth(start: Point, latest: Point, sense: int, nominal: float) -> Spread:
    """A growth figure's spread; it grows with the reading in the direction wanted.

    A bound that leaves zero open allows values over which no growth rate can be reckoned, and
    so does a baseline that is a bound: such a figure is open at both ends.
    """
    crosses = latest.qualifier in (UPPER_BOUNDS if latest.value > 0 else LOWER_BOUNDS)
    if crosses or is_bound(start.qualifier):
        return Spread(nominal, -inf, inf)
    ratio = rising(nominal, latest.qualifier, sense)
    return ratio._replace(about="about" in (start.qualifier, latest.qualifier))
