"""From an assessment to its chart: the very figures that rows and sums show, as points and lines over time.

Nothing is reckoned here that the assessment has: the picture and ``why`` cannot disagree.
"""

from __future__ import annotations

from datetime import date

from gztrack.domain.assessment import Assessment, Projection
from gztrack.domain.forecast import after, anchor
from gztrack.domain.grammar.calendar import ONE_DAY, years
from gztrack.domain.points import Goal, Point
from gztrack.domain.reckoning.bounds import Figure
from gztrack.domain.reckoning.totals import SpanTotal
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean
from gztrack.domain.units import parse_unit
from gztrack.services.board.assessing import Case
from gztrack.services.board.chart_view import Chart, ChartPoint, ChartProjection, ChartTarget, Spot
from gztrack.services.naming import unit_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def chart(register: Register, found: Case, moment: Moment) -> Chart:
    """The chart of an indicator that was assessed with its forecast.

    Args:
        register: The facts, for promises that no longer stand.
        found: The case; its assessment has a projection.
        moment: As of when.
    """
    assessment, headline = found.assessment, found.headline
    return Chart(
        points=tuple(_points(assessment, found.goal)),
        targets=tuple(_targets(register, found, moment)),
        line=_line(assessment, found.goal),
        expected=_expected(assessment),
        projection=_projection(assessment, found.goal),
        today=moment.day,
        unit=parse_unit(unit_of(found.indicator)),
        decimals=found.indicator.get("decimals"),
        over=clean(headline.get("over", "")) if headline and found.goal and found.goal.span else "",
    )


def _points(assessment: Assessment, goal: Goal | None) -> Iterator[ChartPoint]:
    """What was reckoned with; a total is drawn as it grew."""
    if goal is None or goal.span is None or assessment.total is None:
        for point in assessment.counted:
            yield ChartPoint(point.id, point.end, point.value, point.qualifier, point.provisional)
        return
    whole = SpanTotal(*goal.span, tuple(assessment.counted), assessment.total)
    for point, value, qualifier in whole.running():
        yield ChartPoint(point.id, point.end, value, qualifier or "about", point.provisional)


def _targets(register: Register, found: Case, moment: Moment) -> list[ChartTarget]:
    """Every promise that was one, entered once."""
    headline = found.headline["id"] if found.headline else ""
    seen: dict[tuple[object, ...], ChartTarget] = {}
    for fact in register.stated_targets(found.indicator["indicator"], moment):
        state, _ = register.target_state(fact, moment)
        if state == "corrected":
            continue
        target = _target(fact, state, fact["id"] == headline)
        same = (target.value, target.high, target.comparator, target.due)
        # One promise read in two places is drawn once: as the headline, else as the later entry.
        if same not in seen or not seen[same].headline:
            seen[same] = target
    latest = sorted(seen.values(), key=lambda target: target.due or date.max, reverse=True)
    return sorted(latest, key=lambda target: not target.headline)


def _target(fact: Fact, state: str, headline: bool) -> ChartTarget:
    since, due = fact.get("stated_start"), fact.get("due_end") or fact.get("over_end")
    return ChartTarget(
        id=fact["id"],
        since=date.fromisoformat(since) if since else None,
        due=date.fromisoformat(due) if due else None,
        value=fact["value"],
        high=fact.get("high"),
        comparator=fact["comparator"],
        state=state,
        headline=headline,
    )


def _line(assessment: Assessment, goal: Goal | None) -> tuple[Spot, Spot] | None:
    """The line from the baseline to T: from zero for a total, whose span begins the day after."""
    if goal is None or assessment.expected is None or assessment.target is None:
        return None
    if goal.span is not None:
        return Spot(goal.span[0] - ONE_DAY, 0), Spot(goal.span[1], goal.value)
    base = assessment.baseline
    if base is None or goal.due is None:
        return None
    return Spot(base.end, base.value), Spot(goal.due, assessment.target)


def _expected(assessment: Assessment) -> Figure | None:
    if assessment.expected is None:
        return None
    return Figure(assessment.expected, assessment.qualifiers.get("expected", "exact"))


def _projection(assessment: Assessment, goal: Goal | None) -> ChartProjection | None:
    found, start = assessment.projection, anchor(assessment.counted)
    if found is None or found.value is None or goal is None or goal.due is None or start is None:
        return None
    return ChartProjection(*(_way(start, goal.due, slope, value) for slope, value in _ends(found)))


def _ends(found: Projection) -> Iterator[tuple[float, float]]:
    """Slope and value at the due date: in the middle, low, high."""
    middle, slope = found.value or 0.0, found.slope or 0.0
    yield slope, middle
    for bent, value in ((found.slope_low, found.low), (found.slope_high, found.high)):
        yield (slope if bent is None else bent), (middle if value is None else value)


def _way(start: Point, due: date, slope: float, value: float) -> tuple[Spot, ...]:
    """A line that may run into what the indicator cannot leave, and along it from there."""
    first, last = Spot(start.end, start.value), Spot(due, value)
    left = years(start.end, due)
    free = start.value + slope * left
    if slope == 0 or abs(free - value) <= 1e-9 * max(abs(free), abs(value)):
        return first, last
    bend = after(start.end, max(0.0, (value - start.value) / slope))
    return (first, Spot(bend, value), last) if bend is not None and start.end < bend < due else (first, last)
