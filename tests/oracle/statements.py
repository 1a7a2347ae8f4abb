"""What a reading allows, what a target asks, and which of the readings count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from gztrack.domain.points import Goal, Number, Point, exactly
from oracle.dates import length_of, months_on

BAND = Fraction(2, 100)
UP, DOWN = 1, -1


def word(goal: Goal, direction: str) -> str:
    """The comparator, which an empty one takes from the indicator's direction."""
    return goal.comparator or ("at least" if direction == "up" else "at most")


def sense(goal: Goal | None, direction: str) -> int:
    """d: by the comparator, else by the indicator's direction."""
    by_word = {"at least": UP, "more than": UP, "at most": DOWN, "less than": DOWN}
    return by_word.get(word(goal, direction) if goal else "", UP if direction == "up" else DOWN)


def exact_meets(value: Fraction, goal: Goal, direction: str) -> bool:
    """Whether a value meets the target."""
    low = exactly(goal.value)
    match word(goal, direction):
        case "at least":
            return value >= low
        case "more than":
            return value > low
        case "at most":
            return value <= low
        case "less than":
            return value < low
        case "between":
            assert goal.high is not None
            return low <= value <= exactly(goal.high)
    better = value >= low if sense(goal, direction) > 0 else value <= low
    return better or abs(value - low) <= BAND * abs(low)


def meets(value: Number, qualifier: str, goal: Goal, direction: str) -> bool | None:
    """Whether a reading proves that the target is met, or missed; None where it proves neither."""
    if qualifier == "about":
        limits = [exactly(goal.value)] + ([] if goal.high is None else [exactly(goal.high)])
        if any(abs(exactly(value) - limit) <= BAND * abs(limit) for limit in limits):
            return None
    answers = {exact_meets(each, goal, direction) for each in allowed(value, qualifier, limits_of(goal))}
    return answers.pop() if len(answers) == 1 else None


def limits_of(goal: Goal | None) -> list[Fraction]:
    """The values around which a target's answer changes."""
    if goal is None:
        return []
    low = exactly(goal.value)
    return [low, low + BAND * abs(low), low - BAND * abs(low)] + (
        [] if goal.high is None else [exactly(goal.high)]
    )


def allowed(value: Number, qualifier: str, corners: Sequence[Fraction] = ()) -> Iterator[Fraction]:
    """Values that a statement allows: its own where it is one of them, and a crowd beyond it.

    Args:
        corners: Values around which something changes; those that are allowed are tried, and
            values a hair to either side of them.
    """
    here = exactly(value)
    if qualifier in ("exact", "about"):
        yield here
        return
    up = 1 if qualifier in ("at least", "more than") else -1
    if qualifier in ("at least", "at most"):
        yield here
    hair = max(abs(here), *map(abs, corners), Fraction(1)) / 10**7
    for corner in (*corners, Fraction(0)):
        for near in (corner - hair, corner + hair):
            if (near - here) * up > 0:
                yield near
    for power in (-4, -1, 0, 1, 3, 12):
        yield here + up * (abs(here) + 1) * Fraction(10) ** power


def nearer(goal: Goal, y: Fraction, direction: str) -> tuple[Fraction, int]:
    """T and d: of ``between`` the limit nearer to the reading, towards it."""
    low = exactly(goal.value)
    if word(goal, direction) != "between":
        return low, sense(goal, direction)
    assert goal.high is not None
    high = exactly(goal.high)
    return (low, UP) if y - low <= high - y else (high, DOWN)


def window(goal: Goal, due: date) -> tuple[date, date]:
    """The period that a target on a flow or a rate is about: a year, or the shorter one it names."""
    year = date.fromordinal(months_on(due, -12).toordinal() + 1)
    if goal.due_start is not None and year < goal.due_start < due:
        return goal.due_start, due
    return year, due


def length_wanted(goal: Goal) -> tuple[str, int]:
    """The coverage of a target; twelve months where its due date names no shorter period."""
    if goal.due is None or goal.due_start is None:
        return "months", 12
    start, end = window(goal, goal.due)
    return length_of(start, end) if start == goal.due_start else ("months", 12)


def counting(points: Sequence[Point], goal: Goal | None, measure: str) -> list[Point]:
    """Readings that have the coverage that counts, oldest first.

    Of a level's readings that end on one day the one of the longest period; of a flow's without a target
    those of the latest one's coverage.
    """
    ordered = sorted(points, key=lambda p: (p.end, -p.start.toordinal()))
    if measure == "level":
        return list({p.end: p for p in ordered}.values())
    if not ordered:
        return []
    latest = max(ordered, key=lambda p: (p.end, (p.end - p.start).days))
    wanted = length_wanted(goal) if goal else length_of(latest.start, latest.end)
    return [p for p in ordered if length_of(p.start, p.end) == wanted]
