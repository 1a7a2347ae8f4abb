"""Readings and targets for property tests: annual, quarterly, monthly; rising, falling, odd."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from hypothesis import strategies as st

from gztrack.domain.assessment import Assessment
from gztrack.domain.points import Goal, Number, Point, exactly, plain
from gztrack.domain.progress import assess
from gztrack.domain.reckoning.bounds import Figure

METHODS = ("linear", "open-sdg", "un-chart")
BOUNDS = ("at least", "more than", "at most", "less than")
ONE_SIDED = ("at least", "more than", "at most", "less than")
STEPS = {"annual": 12, "quarterly": 3, "monthly": 1}


class Setting(NamedTuple):
    """One case to assess: readings that count on the day, a target, and how it is asked."""

    points: list[Point]
    goal: Goal | None
    measure: str
    direction: str
    method: str
    today: date

    def assessed(self) -> Assessment:
        """What the program makes of it."""
        points, goal, measure, direction, method, today = self
        return assess(points, goal, measure=measure, direction=direction, method=method, today=today)


def number(reckoned: Figure | float | None) -> float | None:
    """The value of a figure, whatever its qualifier."""
    return reckoned.value if isinstance(reckoned, Figure) else reckoned


def figure(tenths: int, places: int) -> Number:
    return plain(Fraction(tenths, 10**places))


def values() -> st.SearchStrategy[Number]:
    """Whole numbers, one and two decimals, below zero too, and some that meet each other."""
    return st.one_of(
        st.sampled_from([0, 1, 50, 95, 98, 100, 100, 102, 150]),
        st.integers(-50, 400),
        st.builds(figure, st.integers(-500, 4000), st.just(1)),
        st.builds(figure, st.integers(1, 40_000), st.just(2)),
    )


def period(kind: str, number: int, first: int = 2018) -> tuple[date, date]:
    """First and last day of a period, counted from the beginning of a year."""
    step = STEPS[kind]
    start, end = first * 12 + number * step, first * 12 + (number + 1) * step - 1
    return date(start // 12, start % 12 + 1, 1), date(
        end // 12, end % 12 + 1, monthrange(end // 12, end % 12 + 1)[1]
    )


def dated(kind: str, number: int, value: Number, qualifier: str = "exact") -> Point:
    start, end = period(kind, number)
    return Point(f"{number:03}{kind}", f"{start}..{end}", start, end, value, qualifier, logged=f"{number:03}")


@st.composite
def readings(draw: st.DrawFn, kind: str, qualifiers: tuple[str, ...]) -> list[Point]:
    """Up to five readings, mostly of one length."""
    numbers = draw(st.lists(st.integers(0, 7), min_size=1, max_size=5, unique=True))
    return [
        dated(
            draw(st.sampled_from([kind] * 6 + list(STEPS))),
            number,
            draw(values()),
            draw(st.sampled_from(qualifiers)),
        )
        for number in sorted(numbers)
    ]


@st.composite
def goals(
    draw: st.DrawFn,
    kind: str,
    comparators: tuple[str, ...] = (*ONE_SIDED, "between", "about", ""),
    *,
    explicit: bool = True,
) -> Goal:
    """A target with or without an explicit baseline; one in twenty without a due date."""
    comparator, value = draw(st.sampled_from(comparators)), draw(values())
    width = draw(st.sampled_from([1, 10, 25, 100]))
    high = plain(exactly(value) + width) if comparator == "between" else None
    start, due = period(kind, draw(st.integers(1, 12)))
    names_period = draw(st.booleans())
    goal = Goal("goal", value, high, comparator)
    if draw(st.integers(1, 20)) > 1:
        goal = goal._replace(due=due, due_label=due.isoformat(), due_start=start if names_period else None)
    if explicit and draw(st.integers(1, 4)) == 1:
        first, last = period(kind, draw(st.integers(0, 3)), 2016)
        return goal._replace(
            baseline=draw(values()), baseline_start=first, baseline_end=last, baseline_label="before"
        )
    return goal


@st.composite
def settings_of(
    draw: st.DrawFn,
    qualifiers: tuple[str, ...] = ("exact",),
    *,
    promised: bool = False,
    overdue: bool = False,
) -> Setting:
    """A whole case; only readings that end by the day are in it.

    Args:
        qualifiers: What readings may be, the frequent ones several times.
        promised: There is a target.
        overdue: There is one with a due date, and it has passed.
    """
    kind = draw(st.sampled_from(["annual", "annual", "quarterly", "monthly"]))
    points = draw(readings(kind, qualifiers))
    promise = goals(kind)
    goal = draw(promise if promised or overdue else st.one_of(st.none(), promise, promise, promise))
    if overdue and (goal is None or goal.due is None):
        goal = Goal("goal", 100, comparator="at least", due=period(kind, 3)[1])
    ends = [each.end for each in points]
    due = goal.due if goal else None
    days = [max(ends), *ends, *([due] * 3 if due else []), date(2035, 1, 1)]
    if overdue and due is not None:
        days = [day for day in days if day > due]
    today = draw(st.sampled_from(days))
    return Setting(
        [each for each in points if each.end <= today],
        goal,
        draw(st.sampled_from(["level", "level", "flow", "rate"])),
        draw(st.sampled_from(["up", "down"])),
        draw(st.sampled_from(METHODS)),
        today,
    )
