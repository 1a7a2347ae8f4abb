"""The figures of one indicator in words: how far, how fast, how far ahead, and where that leads.

What is refused says why. A figure reckoned from a bound is shown as one, rounded to the side on
which it stays true.
"""

from __future__ import annotations

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
from gztrack.domain.text import clean, listed
from gztrack.language import ntr, term, tr
from gztrack.services.board.assessing import Case
from gztrack.services.entering.readings import attained
from gztrack.services.naming import change_in, unit_of
from gztrack.services.views import MethodView, ProRata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

CLASSES = ("on track", "behind", "off track", "moving away")
"""What a method itself says; every other status is given whatever the method."""

LABELS = (
    term("attainment"),
    term("path"),
    term("time"),
    term("total"),
    term("needed"),
    term("so far"),
    term("buffer"),
    term("projection"),
    term("pro rata"),
    term("methods"),
)
"""What figures are called."""

Pair = tuple[str, str]
"""A label and its text."""


def figures(case: Case, moment: Moment) -> list[Pair]:
    """The reckoned figures as (label, text), refused ones with the reason; labels are keys, one of `LABELS`."""
    assessment, unit = case.assessment, unit_of(case.indicator)
    found = _total(case)
    for name in ("attainment", "path") if assessment.verdict is not None else ():
        figure: Figure | None = getattr(assessment, name)
        if figure is not None:
            found.append((name, attained(figure.value, figure.qualifier)))
        elif reason := assessment.refusals.get(name):
            found.append((name, tr("none: {reason}", reason=tr(reason))))
    if assessment.time is not None:
        found.append(("time", f"{assessment.time * 100:.0f} %"))
    found += _paces(assessment, unit)
    # Once the due date has passed there is no line left to be ahead of: the verdict counts.
    if assessment.buffer is not None and not assessment.overdue:
        found.append(("buffer", buffer_text(assessment)))
    return found + _projection(assessment, unit, moment.day)


def _total(case: Case) -> list[Pair]:
    """The sum of a span total beside what was promised: "4,800 of ≥6,000 in 2021..2025"; gaps are named."""
    found, goal, headline = case.assessment, case.goal, case.headline
    if found.total is None or goal is None or headline is None:
        return []
    unit = unit_of(case.indicator)
    total = exact(found.total, unit, found.qualifiers.get("total", "exact"), with_unit=False)
    wanted = exact_goal(goal.value, goal.high, goal.comparator, unit, with_unit=False)
    text = tr("{total} of {wanted} in {span}", total=total, wanted=wanted, span=clean(headline["over"]))
    if found.latest is not None and goal.over_end is not None and found.latest.end < goal.over_end:
        text = tr("{said}, up to {period}", said=text, period=clean(found.latest.period))
    left_open = found.refusals.get("path") in (OPEN, tr(OPEN))
    beyond = uncovered(found.gaps) or (tr(OPEN) if left_open else "")
    return [("total", tr("{a}; {b}", a=text, b=beyond) if beyond else text)]


def _paces(assessment: Assessment, unit: str) -> list[Pair]:
    """The pace needed from now on, that made so far, and that which the whole way needs."""
    so_far, at_first = (_pace(assessment, name, unit) for name in ("so_far", "needed_from_baseline"))
    now = _pace(assessment, "needed_from_now", unit)
    if now:
        text = tr("{pace} a year", pace=now)
        if so_far:
            text = tr("{pace} a year, so far {so_far}", pace=now, so_far=so_far)
        return [
            ("needed", tr("{said} (from the start {pace})", said=text, pace=at_first) if at_first else text)
        ]
    if so_far:
        text = tr("{pace} a year", pace=so_far)
        return [("so far", tr("{said} (needed {pace})", said=text, pace=at_first) if at_first else text)]
    return []


def _pace(assessment: Assessment, name: str, unit: str) -> str:
    value: float | None = getattr(assessment, name)
    if value is None:
        return ""
    return change_in(unit, sign_of(assessment.qualifiers.get(name, "exact")) + signed(value, figures=3))


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
        if way == "down":
            return tr("on the line or ahead of it")
        if way == "up":
            return tr("on the line or behind it")
        return tr("about on the line") if qualifier == "about" else tr("on the line")
    periods = sign_of(qualifier if whole > 0 else MIRRORED[qualifier]) + f"{abs(whole) / 10:.1f}"
    length = ntr("{n} month", "{n} months", assessment.period_months or 0)
    if whole > 0:
        return tr(
            "{periods} reporting periods (of {length}) ahead of the line", periods=periods, length=length
        )
    return tr("{periods} reporting periods (of {length}) behind the line", periods=periods, length=length)


RATE = term("a rate is given no date")


def _projection(assessment: Assessment, unit: str, day: date) -> list[Pair]:
    projection = assessment.projection
    if projection is None:
        return []
    said = []
    if projection.value is not None:
        said.append(_when_due(projection, projection.value, unit))
    if projection.reached is not None:
        said.append(_reached(projection, projection.reached, day, shown=assessment.reached_on is not None))
    elif projection.value is not None and projection.reason and projection.reason not in (RATE, tr(RATE)):
        said.append(tr("no date: {reason}", reason=tr(projection.reason)))
    if not said:
        reason = tr(projection.reason)
        return [("projection", tr("none: {reason}", reason=reason))] if reason else []
    readings = tr(projection.label) or ntr("{n} reading", "{n} readings", projection.readings)
    return [("projection", tr("; ").join([*said, readings]))]


def _when_due(projection: Projection, middle: float, unit: str) -> str:
    value, low, high = _rounded(middle, unit), projection.low, projection.high
    if low is None or high is None or low == high:
        return tr("{value} when due", value=value)
    ends = [_rounded(end, unit, bare=True) for end in (min(low, high), max(low, high))]
    return tr("{value} when due ({low} to {high})", value=value, low=ends[0], high=ends[1])


def _reached(projection: Projection, reached: date, day: date, *, shown: bool) -> str:
    """When the target is reached; a day that is past by now is no news, and no reading may have shown it.

    Args:
        projection: What it is of.
        reached: The day.
        day: As of when.
        shown: Some reading has met the target.
    """
    when = _dates(projection, reached)
    if reached > day:
        return tr("target reached {when}", when=when)
    if shown:
        return tr("target would have been reached {when}", when=when)
    return tr("target would have been reached {when}, which no reading has shown", when=when)


def _dates(projection: Projection, reached: date) -> str:
    early, late = projection.reached_early, projection.reached_late
    if early is None or early == late:
        return str(reached)
    if late:
        return tr("{day} ({early} to {late})", day=reached, early=early, late=late)
    return tr("{day} ({early} or later, or never)", day=reached, early=early)


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
        return tr("all say {status}", status=tr(views[0].status))
    return listed(_method_text(view, with_target=with_target) for view in views)


def _method_text(view: MethodView, *, with_target: bool) -> str:
    name, status = view.name, tr(view.status)
    if view.ratio is None or view.status not in (*CLASSES, "cannot tell"):
        return tr("{method} {status}", method=name, status=status)
    cuts, sign = scale(view.name, with_target=with_target), sign_of(view.ratio.qualifier)
    if with_target:
        ratio = sign + ratio_text(view.ratio.value, cuts)
        return tr("{method} {status} ({ratio})", method=name, status=status, ratio=ratio)
    ratio = sign + ratio_text(view.ratio.value, cuts, 100)
    return tr("{method} {status} ({ratio} % a year)", method=name, status=status, ratio=ratio)


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
    return tr(
        "{value} in {period} is {share} of {part} ({months}/{of_months} of the target)",
        value=value,
        period=found.period,
        share=attained(found.share.value, found.share.qualifier),
        part=part,
        months=found.months,
        of_months=found.of_months,
    )
