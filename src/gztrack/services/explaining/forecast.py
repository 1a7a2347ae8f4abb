"""The forecast's sums: the slope over all pairs of readings, the value at the due date, the day of reaching it."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from gztrack.domain.assessment import Projection
from gztrack.domain.forecast import MOST_READINGS
from gztrack.domain.points import Point, in_order
from gztrack.domain.reckoning.bounds import aim, is_bound
from gztrack.language import ntr, term, tr
from gztrack.services.explaining.subject import Subject, durations, extended
from gztrack.services.explaining.sums import Symbols, given, made, reckoned, result, stated
from gztrack.services.explaining.views import ForecastSums, Operand, Sum
from gztrack.services.naming import change_in

SLOPES = (
    ("slope", term("slope"), "median"),
    ("slope_low", term("lower quartile"), "25 % quantile"),
    ("slope_high", term("upper quartile"), "75 % quantile"),
)
PAIR = "(yj - yi) / years(ti, tj)"

VALUES = (
    ("value", term("value at tT"), "slope"),
    ("low", term("low"), "slope_low"),
    ("high", term("high"), "slope_high"),
)
DAYS = (
    ("reached", "reached", "slope"),
    ("reached_early", term("at the earliest"), ""),
    ("reached_late", term("at the latest"), ""),
)


def forecast(subject: Subject) -> ForecastSums:
    """Where the readings lead, or the reason why that is not said."""
    found = subject.assessment.projection or Projection(reason=tr("not asked for"))
    used = [p for p in in_order(subject.assessment.counted) if not is_bound(p.qualifier)][-MOST_READINGS:]
    if found.slope is None or not used:
        return ForecastSums(found.readings, "", (), found.label, found.reason)
    symbols = _symbols(subject, used[-1], found)
    sums = [
        *_slopes(used, found, subject.found.indicator["unit"]),
        *_values(found, symbols),
        *_days(found, symbols, subject),
    ]
    return ForecastSums(found.readings, _how(subject, used), tuple(sums), found.label, found.reason)


def _how(subject: Subject, used: list[Point]) -> str:
    """Which readings go in."""
    count, counted = len(used), len(subject.assessment.counted)
    bounds = sum(is_bound(point.qualifier) for point in subject.assessment.counted)
    if count == 2:
        text = tr(
            "two points, a straight line through {first} and {last}",
            first=used[0].period,
            last=used[1].period,
        )
    else:
        pairs = sum(a.end < b.end for a, b in combinations(used, 2))
        text = tr(
            "Theil-Sen over the {pairs} pairs of {count} readings, {first} to {last}",
            pairs=pairs,
            count=count,
            first=used[0].period,
            last=used[-1].period,
        )
    if bounds:
        text = ntr("{how}; {n} left out as a bound", "{how}; {n} left out as bounds", bounds, how=text)
    if counted - bounds > count:
        text = tr("{how}; only the latest {most} are used", how=text, most=MOST_READINGS)
    return text


def _symbols(subject: Subject, latest: Point, found: Projection) -> Symbols:
    """The line starts at the latest reading that is no bound, which may be another than the row's."""
    goal = subject.goal
    known: dict[str, Operand] = {"y": stated("y", latest), "t": _day("t", latest.end)}
    seen = aim(goal, subject.direction, latest.value, latest.qualifier) if goal else None
    if seen is not None and goal is not None:
        known["T"] = given("T", seen.target, goal.id)
    slopes = {name: getattr(found, name) for name, _, _ in SLOPES}
    known = extended(known, *(reckoned(name, value) for name, value in slopes.items() if value is not None))
    ends = {"t": latest.end, "tT": goal.due if goal else None}
    return known | durations(ends, ("t", "tT"))


def _day(name: str, day: date) -> Operand:
    return Operand(name, day, day.isoformat())


def _slopes(used: list[Point], found: Projection, unit: str) -> list[Sum]:
    values: dict[str, float | None] = {name: getattr(found, name) for name, _, _ in SLOPES}
    if len(used) == 2 and found.slope is not None:
        symbols = {"yi": stated("yi", used[0]), "yj": stated("yj", used[1])}
        symbols |= durations({"ti": used[0].end, "tj": used[1].end}, ("ti", "tj"))
        return [made("slope", "slope", PAIR, symbols, found.slope, _change(found.slope, unit))]
    return [
        made(name, label, f"{what} of {PAIR}", {}, value, _change(value, unit))
        for name, label, what in SLOPES
        if (value := values[name]) is not None
    ]


def _change(value: float, unit: str) -> str:
    sign = "+" if value > 0 else ""
    return tr("{figure} a year", figure=change_in(unit, sign + result(value)))


def _values(found: Projection, symbols: Symbols) -> list[Sum]:
    values: dict[str, float | None] = {name: getattr(found, name) for name, _, _ in VALUES}
    sums = []
    for name, label, slope in VALUES:
        value = values[name]
        if value is None or (name != "value" and found.slope_low == found.slope_high):
            continue
        formula = f"y + {slope} * years(t, tT)"
        note = (
            ""
            if _plainly(symbols, slope) == value
            else tr("held at the limit that the indicator cannot leave")
        )
        sums.append(made(name, label, formula, symbols, value, result(value), note=note))
    return sums


def _plainly(symbols: Symbols, slope: str) -> float | None:
    y, pace, left = (symbols[name].value for name in ("y", slope, "years(t, tT)"))
    if isinstance(y, date) or isinstance(pace, date) or isinstance(left, date):
        return None
    return y + pace * left


def _days(found: Projection, symbols: Symbols, subject: Subject) -> list[Sum]:
    """When a line with each slope reaches T; the slope that is better for the target is there first."""
    better, worse = (
        ("slope_high", "slope_low") if subject.assessment.sense > 0 else ("slope_low", "slope_high")
    )
    slopes = {"reached": "slope", "reached_early": better, "reached_late": worse}
    days: dict[str, date | None] = {name: getattr(found, name) for name, _, _ in DAYS}
    return [
        made(
            name,
            label,
            f"t + (T - y) / {slopes[name]} years",
            symbols,
            day,
            day.isoformat(),
            note=_gone(day, subject.day),
        )
        for name, label, _ in DAYS
        if (day := days[name]) is not None and (name == "reached" or found.slope_low != found.slope_high)
    ]


def _gone(day: date, today: date) -> str:
    """What to say of a date that is no forecast any more."""
    return tr("not after D = {today}: no reading has shown it", today=today) if day <= today else ""
