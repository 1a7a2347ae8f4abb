"""The figures of one indicator in words: how far, how fast, how far ahead, and where that leads.

What is refused says why. A figure reckoned from a bound is shown as one, rounded to the side on
which it stays true.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import ceil, floor

from gztrack.domain.amounts import exact, exact_goal, signed
from gztrack.domain.assessment import Assessment, Projection
from gztrack.domain.grammar.figures import sign_of, towards
from gztrack.domain.grammar.qualifiers import MIRRORED
from gztrack.domain.points import Goal, Point, exactly, in_order, plain
from gztrack.domain.progress import assess
from gztrack.domain.reckoning.bounds import Figure, comparator, rising
from gztrack.domain.reckoning.classes import ratio_text
from gztrack.domain.reckoning.coverage import length_wanted
from gztrack.domain.reckoning.methods import scale
from gztrack.domain.reckoning.sums import OPEN
from gztrack.domain.reckoning.totals import said as uncovered
from gztrack.domain.records import METHODS
from gztrack.domain.register import Moment
from gztrack.domain.text import clean
from gztrack.services.board.assessing import Case
from gztrack.services.entering.readings import attained
from gztrack.services.views import MethodView, ProRata

CLASSES = ("on track", "behind", "off track", "moving away")
"""What a method itself says; every other status is given whatever the method."""

Pair = tuple[str, str]


def figures(case: Case, moment: Moment) -> list[Pair]:
    """The reckoned figures as (label, text), refused ones with the reason."""
    assessment, unit = case.assessment, case.indicator["unit"]
    found = _total(case)
    for name in ("attainment", "path") if assessment.verdict is not None else ():
        figure: Figure | None = getattr(assessment, name)
        if figure is not None:
            found.append((name, attained(figure.value, figure.qualifier)))
        elif reason := assessment.refusals.get(name):
            found.append((name, f"none: {reason}"))
    if assessment.time is not None:
        found.append(("time", f"{assessment.time * 100:.0f} %"))
    found += _paces(assessment)
    # Once the due date has passed there is no line left to be ahead of: the verdict counts.
    if assessment.buffer is not None and not assessment.overdue:
        found.append(("buffer", buffer_text(assessment)))
    return found + _projection(assessment, unit, moment.day)


def _total(case: Case) -> list[Pair]:
    """The sum of a span total beside what was promised: "4,800 of ≥6,000 in 2021..2025"; gaps are named."""
    found, goal, headline = case.assessment, case.goal, case.headline
    if found.total is None or goal is None or headline is None:
        return []
    unit = case.indicator["unit"]
    total = exact(found.total, unit, found.qualifiers.get("total", "exact"), with_unit=False)
    wanted = exact_goal(goal.value, goal.high, goal.comparator, unit, with_unit=False)
    text = f"{total} of {wanted} in {clean(headline['over'])}"
    if found.latest is not None and goal.over_end is not None and found.latest.end < goal.over_end:
        text += f", up to {clean(found.latest.period)}"
    beyond = uncovered(found.gaps) or (OPEN if found.refusals.get("path") == OPEN else "")
    return [("total", f"{text}; {beyond}" if beyond else text)]


def _paces(assessment: Assessment) -> list[Pair]:
    """The pace needed from now on, that made so far, and that which the whole way needs."""
    so_far, at_first = _pace(assessment, "so_far"), _pace(assessment, "needed_from_baseline")
    now = _pace(assessment, "needed_from_now")
    if now:
        text = f"{now} a year" + (f", so far {so_far}" if so_far else "")
        return [("needed", text + (f" (from the start {at_first})" if at_first else ""))]
    if so_far:
        return [("so far", f"{so_far} a year" + (f" (needed {at_first})" if at_first else ""))]
    return []


def _pace(assessment: Assessment, name: str) -> str:
    value: float | None = getattr(assessment, name)
    if value is None:
        return ""
    return sign_of(assessment.qualifiers.get(name, "exact")) + signed(value, figures=3)


def buffer_text(assessment: Assessment) -> str:
    """How far ahead of the line: "1.4 reporting periods (of 12 months) ahead of the line"."""
    if assessment.buffer is None:
        return ""
    qualifier = assessment.qualifiers.get("buffer", "exact")
    tenths = assessment.buffer * 10
    way = towards(qualifier)
    near = round(tenths, 6)
    whole = floor(near) if way == "down" else ceil(near) if way == "up" else round(near)
    if whole == 0:
        beyond = {"down": " or ahead of it", "up": " or behind it"}.get(way, "")
        return f"{'about ' if qualifier == 'about' else ''}on the line{beyond}"
    months = assessment.period_months
    word = qualifier if whole > 0 else MIRRORED[qualifier]
    side = "ahead of" if whole > 0 else "behind"
    length = f"{months} month{'' if months == 1 else 's'}"
    return f"{sign_of(word)}{abs(whole) / 10:.1f} reporting periods (of {length}) {side} the line"


RATE = "a rate is given no date"


def _projection(assessment: Assessment, unit: str, day: date) -> list[Pair]:
    projection = assessment.projection
    if projection is None:
        return []
    said = []
    if projection.value is not None:
        said.append(_rounded(projection.value, unit) + " when due" + _between(projection, unit))
    if projection.reached is not None:
        said.append(_reached(projection, projection.reached, day, shown=assessment.reached_on is not None))
    elif projection.value is not None and projection.reason and projection.reason != RATE:
        said.append(f"no date: {projection.reason}")
    if not said:
        return [("projection", f"none: {projection.reason}")] if projection.reason else []
    said.append(projection.label or f"{projection.readings} readings")
    return [("projection", "; ".join(said))]


def _between(projection: Projection, unit: str) -> str:
    low, high = projection.low, projection.high
    if low is None or high is None or low == high:
        return ""
    return f" ({_rounded(min(low, high), unit, bare=True)} to {_rounded(max(low, high), unit, bare=True)})"


def _reached(projection: Projection, reached: date, day: date, *, shown: bool) -> str:
    """When the target is reached; a day that is past by now is no news, and no reading may have shown it.

    Args:
        projection: What it is of.
        reached: The day.
        day: As of when.
        shown: Some reading has met the target.
    """
    if reached > day:
        return f"target reached {reached}{_dates(projection)}"
    unseen = "" if shown else ", which no reading has shown"
    return f"target would have been reached {reached}{_dates(projection)}{unseen}"


def _dates(projection: Projection) -> str:
    early, late = projection.reached_early, projection.reached_late
    if early is None or early == late:
        return ""
    return f" ({early} to {late})" if late else f" ({early} or later, or never)"


def _rounded(value: float, unit: str, *, bare: bool = False) -> str:
    """A projected value, to three figures; it is no statement and so always about."""
    number = float(f"{value:.3g}")
    whole = int(number) if number.is_integer() else number
    return exact(whole, unit, "about", with_unit=not bare)


# -- what each method says -----------------------------------------------------------------


def methods(found: Case, aim: Goal | None, moment: Moment) -> tuple[MethodView, ...]:
    """What each method says, the one that the row goes by marked."""
    views = []
    for name in METHODS:
        said = found.assessment
        if name != said.method:
            said = assess(
                found.points,
                aim,
                measure=found.indicator["measure"],
                direction=found.indicator["direction"],
                method=name,
                today=moment.day,
            )
        chosen = name == found.assessment.method
        views.append(MethodView(name, said.status, said.reason, said.ratio, chosen))
    return tuple(views)


def methods_text(views: tuple[MethodView, ...], *, with_target: bool) -> str:
    """Whether the methods agree; empty where none of them gives the status.

    Once the target is met or its date has passed the status is the same by every method, and what
    they would say of the pace decides nothing any more; the sums are in ``why``.
    """
    if not any(view.status in CLASSES for view in views):
        return ""
    if len({view.status for view in views}) == 1:
        return f"all say {views[0].status}"
    return ", ".join(_method_text(view, with_target=with_target) for view in views)


def _method_text(view: MethodView, *, with_target: bool) -> str:
    if view.ratio is None or view.status not in (*CLASSES, "cannot tell"):
        return f"{view.name} {view.status}"
    cuts, sign = scale(view.name, with_target=with_target), sign_of(view.ratio.qualifier)
    if with_target:
        return f"{view.name} {view.status} ({sign}{ratio_text(view.ratio.value, cuts)})"
    return f"{view.name} {view.status} ({sign}{ratio_text(view.ratio.value, cuts, 100)} % a year)"


# -- a flow of another length than the target's --------------------------------------------


def pro_rata(found: Case, aim: Goal | None) -> ProRata | None:
    """The latest flow of another length beside as much of the target; None where that means nothing.

    Only where it is later than what is reckoned with, in whole months, and never for a status:
    figures of eleven months are not compared with a year's.
    """
    direction = found.indicator["direction"]
    if aim is None or found.indicator["measure"] != "flow" or aim.span is not None or aim.value <= 0:
        return None
    wanted, latest = length_wanted(aim), found.assessment.latest
    if wanted.unit != "month" or comparator(aim, direction) == "between":
        return None
    point = _latest_other(found.points, wanted.length)
    if point is None or point.months is None or (latest is not None and point.end <= latest.end):
        return None
    part = plain(exactly(aim.value) * point.months / wanted.length)
    share = float(exactly(point.value) / exactly(part))
    figure = rising(share, point.qualifier, 1).figure()
    if figure is None:
        return None
    return ProRata(
        point.period, point.end, point.value, point.qualifier, point.months, wanted.length, part, figure
    )


def _latest_other(points: Iterable[Point], months: int) -> Point | None:
    """The latest reading of whole months but another length; of two that end together the longer one."""
    others = [point for point in in_order(points) if point.months is not None and point.months != months]
    return max(others, key=lambda point: (point.end, -point.start.toordinal()), default=None)


def pro_rata_text(found: ProRata, unit: str) -> str:
    """In words, with the part of the target that it stands beside."""
    value = exact(found.value, unit, found.qualifier, with_unit=False)
    part = signed(found.target, figures=6).lstrip("+")
    return (
        f"{value} in {found.period} is {attained(found.share.value, found.share.qualifier)} of {part}"
        f" ({found.months}/{found.of_months} of the target)"
    )
