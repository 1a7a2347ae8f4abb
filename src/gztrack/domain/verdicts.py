"""The verdict on a promise once its due date has passed.

It needs evidence: a reading near the due date, or one that settles the question whenever it
was taken. Where there is none the verdict is ``cannot tell``; a reading that proves nothing
(a bound, an ``about`` too near the target) is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from gztrack.domain.assessment import Verdict
from gztrack.domain.grammar.calendar import add_months
from gztrack.domain.points import Goal, Number, Point, difference, in_order
from gztrack.domain.reckoning.bounds import meets, only_grows
from gztrack.domain.reckoning.coverage import coverage, length_wanted, window
from gztrack.domain.reckoning.totals import said, span_total

LONGEST_REPORTING = 3
"""Months: a reading that misses speaks for at most this long a time after its period's end."""

SPAN_NEEDS_FLOW = "a total over a span needs a flow"
PROVES_NOTHING = "no reading proves it either way"

Judged = tuple[Point, bool]


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
        return Verdict("corrected", "an entry error, no promise")
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
    if measure == "level":
        return _of_level(points, goal, due, direction)
    return _of_flow(points, goal, due, measure, direction)


def reporting_months(points: Sequence[Point]) -> int:
    """The reporting period: median distance of the readings in whole months, one to three.

    Month end to month end. Where there are no two readings nothing shortens it.
    """
    ends = sorted({point.end for point in points})
    steps = [(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(ends)]
    return max(1, min(int(median(steps)), LONGEST_REPORTING)) if steps else LONGEST_REPORTING


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


def _judged(points: Sequence[Point], goal: Goal, direction: str) -> list[Judged]:
    """The readings that prove something, oldest first, and whether they meet the target."""
    pairs = ((point, meets(point.value, point.qualifier, goal, direction)) for point in in_order(points))
    return [(point, met) for point, met in pairs if met is not None]


def _of_level(points: Sequence[Point], goal: Goal, due: date, direction: str) -> Verdict:
    judged = _judged(points, goal, direction)
    before = [pair for pair in judged if pair[0].end <= due]
    after = [pair for pair in judged if pair[0].end > due]
    if before:
        point, met = before[-1]
        if met:
            return _found("met", "", point, goal)
        if add_months(point.end, reporting_months(points)) > due:
            return _missed(point, before, after, goal)
    if not after:
        stale = ""
        if before:
            last = before[-1][0]
            later = any(last.end < p.end <= due for p in points)
            which = "last reading that proves anything" if later else "last reading"
            stale = f"the {which} before the due date is for {last.period}"
        return Verdict("cannot tell", stale or PROVES_NOTHING)
    point, met = after[0]
    if met:
        return _found("cannot tell", f"cannot tell at the due date; met by {point.end}", point, goal)
    return _missed(point, before, after, goal)


def _missed(evidence: Point, before: list[Judged], after: list[Judged], goal: Goal) -> Verdict:
    """``missed``, or ``met late`` when a reading after the due date meets the target."""
    late = next((point for point, met in after if met), None)
    if late is not None:
        return _found("met late", f"met by {late.end}", late, goal)
    reached = next((point for point, met in before if met), None)
    if reached is not None:
        return _found("missed", f"reached {reached.period}, lost since", evidence, goal)
    reason = f"still not met by {evidence.end}" if goal.due and evidence.end > goal.due else ""
    return _found("missed", reason, evidence, goal)


def _of_flow(points: Sequence[Point], goal: Goal, due: date, measure: str, direction: str) -> Verdict:
    first, kind = window(goal, due)[0], length_wanted(goal)
    judged = _judged(points, goal, direction)
    same = [pair for pair in judged if coverage(pair[0].start, pair[0].end) == kind]
    late = next((point for point, met in same if met and point.end > due), None)
    decisive = [pair for pair in same if pair[0].end == due]
    if decisive:
        point, met = decisive[-1]
        if met:
            return _found("met", "", point, goal)
        if late is not None:
            return _found("met late", f"met by {late.end}", late, goal)
        return _found("missed", "", point, goal)
    if measure == "flow" and only_grows(goal, direction):
        part = next((p for p, met in judged if met and first <= p.start and p.end <= due), None)
        if part is not None:
            return _found("met", f"already met by {part.period}", part, goal)
    if late is not None:
        return _found("cannot tell", f"cannot tell at the due date; met by {late.end}", late, goal)
    if any(point.end == due and coverage(point.start, point.end) == kind for point in points):
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
        return Verdict("cannot tell", said(whole.gaps(end)) or PROVES_NOTHING, whole.latest)
    evidence = whole.meeting(goal, direction) if settled else whole.latest
    beyond = margin(whole.value, goal)
    return Verdict("met" if settled else "missed", "", evidence, beyond, whole.qualifier(end) or "exact")
