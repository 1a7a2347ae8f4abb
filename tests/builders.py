"""Points and goals for tests, from the periods and due dates that people type."""

from __future__ import annotations

from datetime import date
from itertools import count

from gztrack.domain.amounts import parse_amount
from gztrack.domain.assessment import Assessment, Verdict
from gztrack.domain.periods import parse_due, parse_period
from gztrack.domain.points import Goal, Number, Point
from gztrack.domain.progress import assess, verdict

TODAY = date(2026, 11, 24)

_numbers = count(1)


def point(period: str, value: Number | str, *, provisional: bool = False) -> Point:
    """A reading: ``point("2020-H1", ">10,000")``. Later calls are logged later."""
    amount = parse_amount(str(value))
    parsed = parse_period(period, TODAY)
    number = f"{next(_numbers):026}"
    return Point(number, parsed.label, parsed.start, parsed.end, amount.value, amount.qualifier, provisional)


def points(**readings: Number | str) -> list[Point]:
    """Year-end readings by year: ``points(y2019=100, y2020=">150")``."""
    return [point(year.removeprefix("y"), value) for year, value in readings.items()]


def goal(
    text: str,
    due: str = "none",
    *,
    over: str = "",
    baseline: tuple[str, Number] | None = None,
    superseded_on: date | None = None,
    dropped_on: date | None = None,
    corrected: bool = False,
) -> Goal:
    """A target: ``goal(">= 300000", "2024")``, ``goal("40..60", "2025")``, ``goal("~ 50")``."""
    sign, _, rest = text.partition(" ")
    words = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than", "~": "about"}
    low, dots, high = (rest or text).partition("..")
    parsed = parse_due(due, TODAY)
    span = parse_period(over, TODAY) if over else None
    base = parse_period(baseline[0], TODAY) if baseline else None
    upper = parse_amount(high).value if dots else None
    return Goal(
        id="goal",
        value=parse_amount(low).value,
        high=upper,
        comparator="between" if dots else words.get(sign, ""),
        due=parsed.end,
        due_label=parsed.label,
        due_start=parsed.start,
        over_start=span.start if span else None,
        over_end=span.end if span else None,
        baseline=baseline[1] if baseline else None,
        baseline_start=base.start if base else None,
        baseline_end=base.end if base else None,
        baseline_label=base.label if base else "",
        superseded_on=superseded_on,
        dropped_on=dropped_on,
        corrected=corrected,
    )


def assessed(
    readings: list[Point],
    target: Goal | None,
    *,
    measure: str = "level",
    direction: str = "up",
    method: str = "linear",
    on: str = "",
) -> Assessment:
    """Assessed as of a day; without one as of the latest reading's period end."""
    latest = max((reading.end for reading in readings), default=TODAY)
    today = date.fromisoformat(on) if on else latest
    return assess(readings, target, measure=measure, direction=direction, method=method, today=today)


def judged(
    readings: list[Point],
    target: Goal,
    *,
    measure: str = "level",
    direction: str = "up",
    on: str = "2026-11-24",
) -> Verdict:
    """The verdict as of a day, long after everything by default."""
    today = date.fromisoformat(on)
    return verdict(readings, target, measure=measure, direction=direction, today=today)
