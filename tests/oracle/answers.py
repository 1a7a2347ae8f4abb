"""The first status that applies, and the figures beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from gztrack.domain.points import Goal, Point, exactly
from oracle.dates import length_of, years
from oracle.methods import CLASSES, RATIOS, Exactly, class_of, refusal
from oracle.statements import allowed, counting, length_wanted, limits_of, meets, nearer, sense
from oracle.verdicts import judge


@dataclass(frozen=True)
class Answer:
    """What the definitions say of a case. Figures are None where they are refused.

    Attributes:
        unsure: Classes between which a bound cannot tell (empty for a plain refusal).
    """

    status: str
    why: str = ""
    attainment: Fraction | None = None
    path: Fraction | None = None
    time: Fraction | None = None
    ratio: Fraction | None = None
    unsure: frozenset[str] = frozenset()


def base_of(counted: Sequence[Point], goal: Goal | None, measure: str) -> Point | None:
    """The baseline: explicit, of the coverage that counts; else the earliest of two readings or more."""
    if goal is None or goal.baseline is None:
        return counted[0] if len(counted) >= 2 else None
    assert goal.baseline_start is not None
    assert goal.baseline_end is not None
    if measure != "level" and length_of(goal.baseline_start, goal.baseline_end) != length_wanted(goal):
        return None
    return Point("base", "", goal.baseline_start, goal.baseline_end, goal.baseline)


def assess(
    points: Sequence[Point], goal: Goal | None, *, measure: str, direction: str, method: str, today: date
) -> Answer:
    """The first status that applies, and the figures beside it."""
    if not points:
        return Answer("no reading")
    if goal is None and method == "linear":
        return Answer("no target")
    counted = counting(points, goal, measure)
    base, latest = base_of(counted, goal, measure), counted[-1] if counted else None
    answer = figures(base, latest, goal, direction)
    if base is not None and latest is not None:
        answer = assessed(answer, Pair(base, latest, goal, method, measure, direction))
    if goal is None:
        return answer
    if goal.due is not None and today > goal.due:
        return replace(answer, status=judge(points, goal, measure, direction)[0])
    met = None if latest is None else meets(latest.value, latest.qualifier, goal, direction)
    if met:
        return replace(answer, status="achieved")
    if latest is not None and met is None and answer.status in CLASSES and answer.status != "on track":
        # Of the values that the reading allows some have achieved the target, and the others have not.
        return replace(answer, status="cannot tell")
    return answer


def figures(base: Point | None, latest: Point | None, goal: Goal | None, direction: str) -> Answer:
    """Attainment, path and time of the values as they are written."""
    attainment = path = time = None
    if latest is None or goal is None:
        return Answer("not assessable", "" if latest else "mixed coverage")
    target, d = nearer(goal, exactly(latest.value), direction)
    if d > 0 and target > 0 and goal.high is None:  # of a loss no share is told
        attainment = exactly(latest.value) / target
    if base is None or base.end > latest.end:
        return Answer("not assessable", "only one reading", attainment)
    if goal.due is not None and goal.due > base.end:
        time = years(base.end, latest.end) / years(base.end, goal.due)
    y0 = exactly(base.value)
    inside = goal.high is not None and meets(latest.value, latest.qualifier, goal, direction) is True
    crossed = goal.high is not None and nearer(goal, y0, direction)[1] != d and not inside
    if target != y0 and not crossed and meets(base.value, base.qualifier, goal, direction) is not True:
        path = Fraction(1) if inside else (exactly(latest.value) - y0) / (target - y0)
    return Answer("not assessable", "", attainment, path, time)


@dataclass(frozen=True)
class Pair:
    """The two readings that a method is about, and what is asked of them."""

    base: Point
    latest: Point
    goal: Goal | None
    method: str
    measure: str
    direction: str

    def of(self, y0: Fraction, y: Fraction) -> Exactly:
        """The case, had the readings said these values."""
        due = self.goal.due if self.goal else None
        target, d = nearer(self.goal, y, self.direction) if self.goal else (None, sense(None, self.direction))
        return Exactly(
            y0,
            y,
            target,
            d,
            years(self.base.end, self.latest.end),
            None if due is None else years(self.base.end, due),
            None if due is None else years(self.latest.end, due),
        )

    def said(self, y0: Fraction, y: Fraction) -> tuple[str, Fraction | None]:
        """Class and ratio of these values; else the refusal and None."""
        case = self.of(y0, y)
        no = refusal(case, self.goal, self.method, self.measure, self.direction)
        if no:
            return no, None
        ratio = RATIOS[self.method](case)
        return class_of(ratio, self.method, self.goal is not None), ratio

    def every(self) -> set[str]:
        """What is said of all the values that the readings allow."""
        base, latest = self.base, self.latest
        corners = limits_of(self.goal)
        return {
            self.said(y0, y)[0]
            for y0 in allowed(base.value, base.qualifier, [*corners, exactly(latest.value)])
            for y in allowed(latest.value, latest.qualifier, [*corners, exactly(base.value)])
        }


def assessed(answer: Answer, pair: Pair) -> Answer:
    """The class, where every value that the readings allow gives it."""
    ratio = pair.said(exactly(pair.base.value), exactly(pair.latest.value))[1]
    every = pair.every()
    if len(every) > 1:
        return replace(answer, status="cannot tell", ratio=ratio, unsure=frozenset(every))
    only = every.pop()
    if only in CLASSES:
        return replace(answer, status=only, ratio=ratio)
    return replace(answer, why=only, ratio=ratio)


def paces(base: Point, latest: Point, goal: Goal, direction: str) -> tuple[Fraction, Fraction, Fraction]:
    """A year: needed from the baseline, needed from now (while time is left), and had so far."""
    assert goal.due is not None
    y0, y = exactly(base.value), exactly(latest.value)
    target, _ = nearer(goal, y, direction)
    left = years(latest.end, goal.due)
    return (
        (target - y0) / years(base.end, goal.due),
        (target - y) / left if left > 0 else Fraction(0),
        (y - y0) / years(base.end, latest.end),
    )


def marker(base: Point, goal: Goal, direction: str, today: date) -> Fraction:
    """Where the line from the baseline is today, as a share of the bar."""
    assert goal.due is not None
    if today >= goal.due:
        return Fraction(1)
    elapsed = years(base.end, today) / years(base.end, goal.due)
    if sense(goal, direction) < 0 or goal.value < 0:
        return elapsed
    y0, target = exactly(base.value), exactly(goal.value)
    return (y0 + (target - y0) * elapsed) / target
