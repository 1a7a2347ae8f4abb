"""From a method's ratio to a class: which one, or why none is given.

A class from a bound is given only where every value that the bound allows gives it. What no
method can be asked about is ``not assessable``, with one plain reason.
"""

from __future__ import annotations

from gztrack.domain.assessment import Asked
from gztrack.domain.grammar.calendar import years
from gztrack.domain.grammar.qualifiers import LOWER_BOUNDS
from gztrack.domain.points import Number, Point
from gztrack.domain.reckoning.bounds import NO_NUMBERS, Figure, Spread, is_bound, meets
from gztrack.domain.reckoning.coverage import Baseline
from gztrack.domain.reckoning.methods import (
    RATIOS,
    Course,
    Scale,
    class_of,
    classify,
    free_growth,
    growth,
    growth_refusal,
    scale,
    value_at_due,
)
from gztrack.domain.reckoning.sums import (
    ALREADY_MET,
    CROSSED,
    EITHER_SIDE,
    NO_DUE_DATE,
    NOTHING_SINCE,
    OPEN_BASELINE,
    Case,
)
from gztrack.language import ptr, tr
from gztrack.light import NamedTuple


class Finding(NamedTuple):
    """What a method says: a class, or ``cannot tell``, or ``not assessable``.

    Attributes:
        status: The class.
        reason: One plain line.
        ratio: What the method reckoned, where it could.
        sums: The figures in between, by name.
    """

    status: str
    reason: str = ""
    ratio: Figure | None = None
    sums: dict[str, float] = NO_NUMBERS


def target_finding(case: Case, way: Course | None, asked: Asked) -> Finding:
    """What a method says of the way to a target, whatever else there is to be said of it."""
    method = asked.method
    reason = _refusal(case, asked.measure, method)
    if reason in (EITHER_SIDE, OPEN_BASELINE):
        return Finding("cannot tell", tr(reason))
    if reason or way is None:
        return Finding("not assessable", tr(reason or NOTHING_SINCE))
    ratio = RATIOS[method](way)
    cuts = scale(method, with_target=True)
    status = class_of(ratio, cuts)
    start = way.start
    if _may_meet(start, case):
        status = None  # some of the baselines that the bound allows leave nothing to assess
    elif status != "on track" and _may_meet(way.latest, case):
        status = None  # some of the readings that the bound allows have achieved the target
    sums = _sums(way, method)
    if status is None:
        return Finding("cannot tell", _open(way.start, way.latest), ratio.figure(), sums)
    due = case.goal.due_label or str(case.goal.due)
    return Finding(status, _said(ratio, cuts, method, start.period, due), ratio.figure(), sums)


def _may_meet(point: Point, case: Case) -> bool:
    """Whether some of the values that a bound allows meet the target and others do not."""
    return (
        is_bound(point.qualifier) and meets(point.value, point.qualifier, case.goal, case.direction) is None
    )


def free_finding(base: Baseline, latest: Point, sense: int, asked: Asked) -> Finding:
    """What a growth method says of an indicator without a target."""
    measure = asked.measure
    if measure == "rate":
        return Finding("not assessable", growth_refusal((), measure))
    start = base.point
    if start is None:
        return Finding("not assessable", base.refusal)
    if latest.end <= start.end:
        return Finding("not assessable", tr(NOTHING_SINCE))
    reason = growth_refusal((start.value, latest.value), measure)
    if reason:
        return Finding("not assessable", reason)
    so_far = years(start.end, latest.end)
    ratio = free_growth(start, latest, sense, so_far)
    cuts = scale(asked.method, with_target=False)
    status = class_of(ratio, cuts)
    sums = {"years_so_far": so_far, "growth_so_far": growth(start.value, latest.value, so_far)}
    if status is None:
        return Finding("cannot tell", _open(start, latest), ratio.figure(), sums)
    return Finding(status, _said(ratio, cuts, "", start.period, ""), ratio.figure(), sums)


def _refusal(case: Case, measure: str, method: str) -> str:
    """Why the way to a target is not assessable, a key or a text; empty when it is."""
    if case.goal.due is None:
        return NO_DUE_DATE
    if method != "linear" and measure == "rate":
        return growth_refusal((), measure)
    if case.base.point is None:
        return case.base.refusal
    if case.latest is None:
        return case.absent
    reason = case.no_time
    if not reason and case.latest.end <= case.base.point.end:
        reason = NOTHING_SINCE
    line = case.no_line
    if line and not (method == "open-sdg" and line in (ALREADY_MET, CROSSED)):
        reason = reason or line
    if reason or method == "linear":
        return reason
    values: tuple[Number, ...] = (case.base.point.value, case.latest.value)
    return growth_refusal(values if case.aim is None else (*values, case.aim.target), measure)


def _open(start: Point, latest: Point) -> str:
    """Which bound leaves the class open."""
    if is_bound(latest.qualifier):
        if latest.qualifier in LOWER_BOUNDS:
            return tr("the reading is only a lower bound")
        return tr("the reading is only an upper bound")
    if start.qualifier in LOWER_BOUNDS:
        return tr("the baseline is only a lower bound")
    return tr("the baseline is only an upper bound")


def _said(spread: Spread, cuts: Scale, method: str, since: str, due: str) -> str:
    """The ratio in a plain line, for people."""
    figure = spread.figure()
    if figure is None:
        return ""
    if not method:
        yearly = qualified(f"{ratio_text(figure.value, cuts, 100)} %", figure.qualifier)
        return tr("{growth} a year since {since} in the direction wanted", growth=yearly, since=since)
    ratio = times(ratio_text(figure.value, cuts), figure.qualifier)
    if method == "linear":
        return tr("pace is {ratio} of what the line from {since} needs", ratio=ratio, since=since)
    if method == "open-sdg":
        return tr("growth since {since} is {ratio} of what the target needs", ratio=ratio, since=since)
    return tr(
        "growth since {since} would cover {ratio} of the way by {due}", ratio=ratio, since=since, due=due
    )


def qualified(figure: str, qualifier: str) -> str:
    """A figure with its qualifier in words: ``at least 1.20 %``."""
    return {
        "at least": tr("at least {figure}", figure=figure),
        "more than": tr("more than {figure}", figure=figure),
        "about": tr("about {figure}", figure=figure),
        "at most": tr("at most {figure}", figure=figure),
        "less than": tr("less than {figure}", figure=figure),
    }.get(qualifier, figure)


def times(ratio: str, qualifier: str) -> str:
    """A ratio with its qualifier in words: ``at least 1.20``; languages that have a word for times put it in."""
    return {
        "at least": ptr("so many times", "at least {ratio}", ratio=ratio),
        "more than": ptr("so many times", "more than {ratio}", ratio=ratio),
        "about": ptr("so many times", "about {ratio}", ratio=ratio),
        "at most": ptr("so many times", "at most {ratio}", ratio=ratio),
        "less than": ptr("so many times", "less than {ratio}", ratio=ratio),
    }.get(qualifier) or ptr("so many times", "{ratio}", ratio=ratio)


def ratio_text(value: float, cuts: Scale, factor: int = 1) -> str:
    """A ratio with two decimals, or more where two would show it in another class."""
    kind = classify(value, cuts)
    texts = (f"{value * factor:.{places}f}" for places in range(2, 12))
    return next((text for text in texts if classify(float(text) / factor, cuts) == kind), f"{value * factor}")


def _sums(way: Course, method: str) -> dict[str, float]:
    """The figures in between, for ``why``."""
    found = {"years_so_far": way.so_far, "years_in_all": way.in_all, "years_left": way.left}
    if method != "linear":
        found["growth_so_far"] = growth(way.start.value, way.latest.value, way.so_far)
    if method == "open-sdg":
        found["growth_needed"] = growth(way.start.value, way.target, way.in_all)
    if method == "un-chart":
        found["value_at_due"] = value_at_due(way)
    return found
