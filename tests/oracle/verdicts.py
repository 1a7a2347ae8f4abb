"""What became of a target whose due date has passed, and which reading decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from statistics import median

from gztrack.domain.points import Goal, Point, exactly, plain
from oracle.dates import length_of, months_on
from oracle.statements import length_wanted, meets, sense, window

LONGEST_WAIT = 3
"""Months after which a level's reading says nothing of a due date, however rare the readings are."""

Judged = tuple[str, Point | None]


def judge(points: Sequence[Point], goal: Goal, measure: str, direction: str) -> Judged:
    """What became of a target whose due date has passed, and the reading that decided."""
    assert goal.due is not None
    ordered = sorted(points, key=lambda p: (p.end, -p.start.toordinal()))
    said = ((p, meets(p.value, p.qualifier, goal, direction)) for p in ordered)
    proof = [(p, met) for p, met in said if met is not None]
    if measure == "level":
        return _of_level(ordered, proof, goal.due)
    asked = window(goal, goal.due)
    same = [(p, met) for p, met in proof if length_of(p.start, p.end) == length_wanted(goal)]
    late = next((p for p, met in same if p.end > goal.due and met), None)
    for point, met in same[::-1]:
        if point.end == goal.due:
            return ("met", point) if met else ("met late", late) if late else ("missed", point)
    if measure == "flow" and goal.high is None and sense(goal, direction) > 0:
        for point, met in proof:
            if met and asked[0] <= point.start and point.end <= asked[1]:
                return "met", point
    return "cannot tell", late


def _of_level(ordered: Sequence[Point], proof: Sequence[tuple[Point, bool]], due: date) -> Judged:
    before = [each for each in proof if each[0].end <= due]
    after = [each for each in proof if each[0].end > due]
    late = next((p for p, met in after if met), None)
    if before:
        point, met = before[-1]
        if met:
            return "met", point
        if months_on(point.end, reporting_months(ordered)) > due:
            return ("met late", late) if late else ("missed", point)
    if after and not after[0][1]:
        return ("met late", late) if late else ("missed", after[0][0])
    return "cannot tell", late


def reporting_months(ordered: Sequence[Point]) -> int:
    """Median distance in whole months (begun ones do not count), at most three; three where there is none."""
    ends = sorted({p.end for p in ordered})
    gaps = [(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(ends)]
    return min(LONGEST_WAIT, int(median(gaps))) if gaps else LONGEST_WAIT


def judge_span(points: Sequence[Point], goal: Goal, direction: str) -> str:
    """What became of a promised total, of exact readings that do not overlap.

    While days are not covered the sum so far is a lower bound, and proves what one proves.
    """
    assert goal.over_start is not None
    assert goal.over_end is not None
    inside = [p for p in points if goal.over_start <= p.start and p.end <= goal.over_end]
    summed = sum((exactly(p.value) for p in inside), Fraction(0))
    covered = sum((p.end - p.start).days + 1 for p in inside)
    whole = covered == (goal.over_end - goal.over_start).days + 1
    met = meets(plain(summed), "exact" if whole else "at least", goal, direction)
    return "cannot tell" if met is None else "met" if met else "missed"
