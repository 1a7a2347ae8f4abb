"""The verdict on a promise once its due date has passed.

It needs evidence: a reading near the due date, or one that settles the question whenever it
was taken. Where there is none the verdict is ``cannot tell``; a reading that proves nothing
(a bound, an ``about`` too near the target) is passed over.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import sub
from statistics import median

from gztrack.domain.assessment import Verdict
from gztrack.domain.grammar.calendar import add_months
from gztrack.domain.points import Goal, Number, Point, difference
from gztrack.domain.reckoning.bounds import first_meeting, judge, only_grows
from gztrack.domain.reckoning.coverage import coverage_between, length_wanted, window
from gztrack.domain.reckoning.totals import said, span_total
from gztrack.domain.series import Series

LONGEST_REPORTING = 3
"""Months: a reading that misses speaks for at most this long a time after its period's end."""

SPAN_NEEDS_FLOW = "a total over a span needs a flow"
ERROR = "an entry error, no promise"
PROVES_NOTHING = "no reading proves it either way"

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
        return Verdict("corrected", ERROR)
    withdrawn = _withdrawn(goal, today)
    if withdrawn is not None:
        return withdrawn
    due = goal.last_day
    if due is None or today <= due:
        return Verdict("open", "" if due else "no due date")
    if not points:
        return Verdict("cannot tell", "no reading")
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
    return max(1, min(int(median(steps)), LONGEST_REPORTING)) if steps else LONGEST_REPORTING


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
        return Verdict("superseded", "a later target replaced it before it was due")
    if goal.dropped_on is not None and goal.dropped_on <= limit:
        return Verdict("dropped", "withdrawn before it was due")
    return None


def _found(status: str, reason: str, evidence: Point, goal: Goal) -> Verdict:
    return Verdict(status, reason, evidence, margin(evidence.value, goal), evidence.qualifier)


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
            end = points.ends[at]
            return _found("cannot tell", f"cannot tell at the due date; met by {end}", points[at], goal)
        return _missed(points, at, parting, goal, direction)
    if last is None:
        return Verdict("cannot tell", PROVES_NOTHING)
    stale = points[last[0]]
    later = points.ends[parting - 1] > points.ends[last[0]]
    which = "last reading that proves anything" if later else "last reading"
    return Verdict("cannot tell", f"the {which} before the due date is for {stale.period}")


def _missed(points: Series, at: int, parting: int, goal: Goal, direction: str) -> Verdict:
    """``missed`` by the reading at a place, or ``met late`` when one after the due date meets the target.

    Args:
        parting: The place of the first reading that ends after the due date.
    """
    late = first_meeting(points, goal, direction, range(parting, len(points)))
    if late is not None:
        return _found("met late", f"met by {late.end}", late, goal)
    evidence, reached = points[at], first_meeting(points, goal, direction, range(parting))
    if reached is not None:
        return _found("missed", f"reached {reached.period}, lost since", evidence, goal)
    return _found("missed", f"still not met by {evidence.end}" if at >= parting else "", evidence, goal)


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
            return _found("met late", f"met by {late.end}", late, goal)
        return _found("missed", "", points[decisive[-1][0]], goal)
    if measure == "flow" and only_grows(goal, direction):
        inside = (at for at in range(parting) if first <= starts[at])
        part = first_meeting(points, goal, direction, inside)
        if part is not None:
            return _found("met", f"already met by {part.period}", part, goal)
    if late is not None:
        return _found("cannot tell", f"cannot tell at the due date; met by {late.end}", late, goal)
    if on_time:
        return Verdict("cannot tell", PROVES_NOTHING)
    return Verdict("cannot tell", f"no reading for the {kind} to {due}")


def _of_total(
    points: Sequence[Point], goal: Goal, span: tuple[date, date], measure: str, direction: str
) -> Verdict:
    if measure != "flow":
        return Verdict("cannot tell", SPAN_NEEDS_FLOW)
    end = span[1]
    whole = span_total(points, span)
    settled = whole.meets(goal, direction)
    if settled is None:
        open_by = said(whole.gaps(end)) or PROVES_NOTHING
        so_far = f"; {whole.text(end)} in total" if whole.points else ""
        return Verdict("cannot tell", open_by + so_far, whole.latest)
    evidence = whole.meeting(goal, direction) if settled else whole.latest
    beyond = margin(whole.value, goal)
    reason = f"{whole.text(end)} in total"
    return Verdict("met" if settled else "missed", reason, evidence, beyond, whole.qualifier(end) or "exact")
