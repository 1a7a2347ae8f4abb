"""The verdict on a promise once its due date has passed.

It needs evidence: a reading near the due date, or one that settles the question whenever it
was taken. Where there is none the verdict is ``cannot tell``; a reading that proves nothing
(a bound, an ``about`` too near the target) is passed over.
"""

from __future__ import annotations

from _operator import sub
from bisect import bisect_left, bisect_right

from gztrack.domain.assessment import Verdict
from gztrack.domain.grammar.calendar import add_months
from gztrack.domain.points import Goal, Number, Point, difference
from gztrack.domain.reckoning.bounds import first_meeting, judge, only_grows
from gztrack.domain.reckoning.coverage import coverage_between, length_wanted, window
from gztrack.domain.reckoning.sums import NO_DUE_DATE
from gztrack.domain.reckoning.totals import said, span_total
from gztrack.domain.series import Series
from gztrack.language import term, tr
from gztrack.light import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

LONGEST_REPORTING = 3
"""Months: a reading that misses speaks for at most this long a time after its period's end."""

SPAN_NEEDS_FLOW = term("a total over a span needs a flow")
ERROR = term("an entry error, no promise")
PROVES_NOTHING = term("no reading proves it either way")

MET_LATER = term("cannot tell at the due date (met later)")
OPEN_EVIDENCE = term("no reading that proves it either way")
NO_PERIOD = term("no reading for the period")
TOO_OLD = term("no reading near enough to the due date")
CAUSES = (MET_LATER, OPEN_EVIDENCE, NO_PERIOD, TOO_OLD)
"""What reasons are counted as that name a date, a period or a figure."""

Judged = tuple[int, bool]
"""The place of a reading that proves something, and whether it meets the target."""


def verdict(points: Sequence[Point], goal: Goal, *, measure: str, direction: str, today: date) -> Verdict:
    """What became of a target as of a day.

    Args:
        points: The readings of one series that count on the day, one a period, in any order.
        goal: The target.
        measure: The indicator's: ``level``, ``flow`` or ``rate``.
        direction: The indicator's: ``up`` or ``down``.
        today: The day as of which is judged; the due date has passed when it is after it.

    Returns:
        The verdict with its evidence. Status ``open`` until the due date has passed,
        ``corrected`` for a target that was an entry error.
    """
    if goal.corrected:
        return Verdict("corrected", tr(ERROR))
    withdrawn = _withdrawn(goal, today)
    if withdrawn is not None:
        return withdrawn
    due = goal.last_day
    if due is None or today <= due:
        return Verdict("open", "" if due else tr(NO_DUE_DATE))
    if not points:
        return Verdict("cannot tell", tr("no reading"))
    if goal.span is not None:
        return _of_total(points, goal, goal.span, measure, direction)
    ordered = Series.of(points).in_order()
    if measure == "level":
        return _of_level(ordered, goal, due, direction)
    return _of_flow(ordered, goal, due, measure, direction)


def reporting_months(points: Sequence[Point]) -> int:
    """The reporting period: median distance of the readings in whole months, one to three.

    Month end to month end. Where there are no two readings nothing shortens it.
    """
    months = list(map(_month, sorted(set(Series.of(points).ends))))
    steps = list(map(sub, months[1:], months))
    if not steps:
        return LONGEST_REPORTING
    from statistics import median  # where there is a distance to take it of; importing it costs a twentieth

    return max(1, min(int(median(steps)), LONGEST_REPORTING))


@lru_cache(maxsize=1 << 14)  # indicators have the same periods
def _month(day: str) -> int:
    """Months since the year 0 of an ISO date."""
    return int(day[:4]) * 12 + int(day[5:7])


def margin(value: Number, goal: Goal) -> Number:
    """A value minus T: of ``between`` minus the nearer limit, inside it 0."""
    if goal.high is None or value < goal.value:
        return difference(value, goal.value)
    return difference(value, goal.high) if value > goal.high else 0


def _withdrawn(goal: Goal, today: date) -> Verdict | None:
    """``superseded`` or ``dropped``, when that came no later than the due date."""
    limit = today if goal.last_day is None else min(today, goal.last_day)
    if goal.superseded_on is not None and goal.superseded_on <= limit:
        return Verdict("superseded", tr("a later target replaced it before it was due"))
    if goal.dropped_on is not None and goal.dropped_on <= limit:
        return Verdict("dropped", tr("withdrawn before it was due"))
    return None


def _found(status: str, reason: str, evidence: Point, goal: Goal, cause: str = "") -> Verdict:
    return Verdict(status, reason, evidence, margin(evidence.value, goal), evidence.qualifier, cause)


def _met_later(evidence: Point, goal: Goal) -> Verdict:
    reason = tr("cannot tell at the due date; met by {day}", day=evidence.end)
    return _found("cannot tell", reason, evidence, goal, MET_LATER)


def _proves_nothing() -> Verdict:
    return Verdict("cannot tell", tr(PROVES_NOTHING), cause=OPEN_EVIDENCE)


def _judged(points: Series, goal: Goal, direction: str, places: Iterable[int]) -> Iterator[Judged]:
    """Of the readings at the places those that prove something."""
    judged = judge(goal, direction)
    for at in places:
        met = judged(points.values[at], points.qualifiers[at])
        if met is not None:
            yield at, met


def _of_level(points: Series, goal: Goal, due: date, direction: str) -> Verdict:
    parting = bisect_right(points.ends, due.isoformat())
    after = range(parting, len(points))
    last = next(_judged(points, goal, direction, reversed(range(parting))), None)
    if last is not None:
        at, met = last
        if met:
            return _found("met", "", points[at], goal)
        if add_months(points[at].end, reporting_months(points)) > due:
            return _missed(points, at, parting, goal, direction)
    first = next(_judged(points, goal, direction, after), None)
    if first is not None:
        at, met = first
        if met:
            return _met_later(points[at], goal)
        return _missed(points, at, parting, goal, direction)
    if last is None:
        return _proves_nothing()
    period = points[last[0]].period
    reason = (
        tr("the last reading that proves anything before the due date is for {period}", period=period)
        if points.ends[parting - 1] > points.ends[last[0]]
        else tr("the last reading before the due date is for {period}", period=period)
    )
    return Verdict("cannot tell", reason, cause=TOO_OLD)


def _missed(points: Series, at: int, parting: int, goal: Goal, direction: str) -> Verdict:
    """``missed`` by the reading at a place, or ``met late`` when one after the due date meets the target.

    Args:
        parting: The place of the first reading that ends after the due date.
    """
    late = first_meeting(points, goal, direction, range(parting, len(points)))
    if late is not None:
        return _found("met late", tr("met by {day}", day=late.end), late, goal)
    evidence, reached = points[at], first_meeting(points, goal, direction, range(parting))
    if reached is not None:
        reason = tr("reached {period}, lost since", period=reached.period)
        return _found("missed", reason, evidence, goal)
    reason = tr("still not met by {day}", day=evidence.end) if at >= parting else ""
    return _found("missed", reason, evidence, goal)


def _of_flow(points: Series, goal: Goal, due: date, measure: str, direction: str) -> Verdict:
    first, kind = window(goal, due)[0].isoformat(), length_wanted(goal)
    starts, ends = points.starts, points.ends

    def alike(places: Iterable[int]) -> Iterator[int]:
        return (at for at in places if coverage_between(starts[at], ends[at]) == kind)

    parting = bisect_right(ends, due.isoformat())
    on_time = list(alike(range(bisect_left(ends, due.isoformat()), parting)))
    decisive = list(_judged(points, goal, direction, on_time))
    if decisive and decisive[-1][1]:
        return _found("met", "", points[decisive[-1][0]], goal)
    late = first_meeting(points, goal, direction, alike(range(parting, len(points))))
    if decisive:
        if late is not None:
            return _found("met late", tr("met by {day}", day=late.end), late, goal)
        return _found("missed", "", points[decisive[-1][0]], goal)
    if measure == "flow" and only_grows(goal, direction):
        inside = (at for at in range(parting) if first <= starts[at])
        part = first_meeting(points, goal, direction, inside)
        if part is not None:
            return _found("met", tr("already met by {period}", period=part.period), part, goal)
    if late is not None:
        return _met_later(late, goal)
    if on_time:
        return _proves_nothing()
    reason = tr("no reading for the {length} to {day}", length=kind, day=due)
    return Verdict("cannot tell", reason, cause=NO_PERIOD)


def _of_total(
    points: Sequence[Point], goal: Goal, span: tuple[date, date], measure: str, direction: str
) -> Verdict:
    if measure != "flow":
        return Verdict("cannot tell", tr(SPAN_NEEDS_FLOW))
    end = span[1]
    whole = span_total(points, span)
    settled = whole.meets(goal, direction)
    if settled is None:
        gaps = said(whole.gaps(end))
        reasons = [gaps or tr(PROVES_NOTHING)]
        if whole.points:
            reasons.append(tr("{sum} in total", sum=whole.text(end)))
        cause = NO_PERIOD if gaps else OPEN_EVIDENCE
        return Verdict("cannot tell", tr("; ").join(reasons), whole.latest, cause=cause)
    evidence = whole.meeting(goal, direction) if settled else whole.latest
    beyond = margin(whole.value, goal)
    reason = tr("{sum} in total", sum=whole.text(end))
    return Verdict("met" if settled else "missed", reason, evidence, beyond, whole.qualifier(end) or "exact")
