"""What went in: baseline, latest reading, target, which way is better, and which readings do not count."""

from __future__ import annotations

from collections.abc import Iterable

from gztrack.domain.amounts import exact
from gztrack.domain.points import Goal
from gztrack.domain.reckoning.bounds import BAND, comparator, meeting
from gztrack.domain.reckoning.coverage import coverage, length_wanted
from gztrack.domain.reckoning.spans import NOTHING_INSIDE
from gztrack.domain.text import clean
from gztrack.services.board.details import history
from gztrack.services.explaining.subject import Subject
from gztrack.services.explaining.views import Cited, Input, Inputs, LeftOut
from gztrack.services.views import RIVAL, ReadingView, Row, TargetView

MOST = 12
"""Readings left out that are named; of the others only the number."""

WITHOUT_BASELINE = "a total starts from zero"


def inputs(subject: Subject, row: Row) -> Inputs:
    """Baseline, latest reading, target and all that decides between readings."""
    found, goal = subject.assessment, subject.goal
    return Inputs(
        baseline=_baseline(subject),
        latest=_latest(subject),
        target=_target(subject, row.target),
        aim=found.target,
        limits=_limits(goal, subject.direction) if goal else "",
        sense=found.sense,
        sense_how=_sense_how(goal, subject.direction),
        sign=_sign(subject),
        coverage=_coverage(subject),
        series=clean(subject.found.series),
        counted=len(found.counted),
        left_out=left_out(subject),
    )


def _baseline(subject: Subject) -> Input:
    goal, base = subject.goal, subject.base
    if goal is not None and goal.span is not None:
        return Input("y0", absent=WITHOUT_BASELINE)
    if base.point is None:
        return Input("y0", absent=base.refusal)
    stated = goal is not None and goal.baseline is not None
    how = "stated with the target" if stated else "the earliest reading that counts"
    return Input("y0", base.point.end, subject.cite(base.point), how)


def _latest(subject: Subject) -> Input:
    found, goal = subject.assessment, subject.goal
    if found.latest is None:
        if goal is not None and goal.span is not None and subject.found.points:
            return Input("y", absent=NOTHING_INSIDE)
        return Input("y", absent=subject.course(goal).absent if goal else "no reading")
    how = "the latest reading that counts"
    if goal is not None and goal.span is not None:
        how = "the last reading of the total"
    return Input("y", found.latest.end, subject.cite(found.latest), how)


def _target(subject: Subject, view: TargetView | None) -> Input:
    if view is None:
        return Input("T", absent="no target")
    said = f"stated {view.stated_on}" if view.stated_on else "stated on an unknown date"
    said += f" by {view.stated_by}" if view.stated_by else ""
    said += f', "{view.quote}"' if view.quote else ""
    due = subject.goal.last_day if subject.goal else None
    return Input("T", due, subject.cite_target(view), said)


def _limits(goal: Goal, direction: str) -> str:
    """Which values meet an ``about`` or a ``between``, with the numbers."""
    met = meeting(goal, direction)
    word = comparator(goal, direction)
    if word == "about":
        side, limit = ("from", met.low) if direction == "up" else ("up to", met.high)
        sign = "-" if direction == "up" else "+"
        share = f"{float(BAND) * 100:g} %"
        return f"about: met {side} {exact(limit, '')} ({exact(goal.value, '')} {sign} {share} of it)"
    if word == "between":
        return (
            f"between: met from {exact(met.low, '')} to {exact(met.high, '')}; outside, T is the nearer limit"
            " and d points towards it"
        )
    return ""


def _sense_how(goal: Goal | None, direction: str) -> str:
    own = f"the indicator's direction is {direction}"
    if goal is None:
        return own
    word = comparator(goal, direction)
    if word == "between":
        return "the side of the range on which the latest reading lies"
    return own if word == "about" else f"the target is '{word}'"


def _sign(subject: Subject) -> int | None:
    """``s`` of the growth methods, which see a baseline below zero from the other side."""
    start, goal = subject.base.point, subject.goal
    if start is None or (goal is not None and goal.span is not None):
        return None
    return -1 if start.value < 0 else 1


def _coverage(subject: Subject) -> str:
    """Which length of period counts; nothing for a level, which has none."""
    goal, latest = subject.goal, subject.assessment.latest
    if subject.measure == "level":
        return ""
    if goal is None:
        return f"{coverage(latest.start, latest.end)}, as the latest reading's" if latest else ""
    if goal.span is not None:
        return f"any, inside {goal.span[0]} to {goal.span[1]}, without overlap"
    return f"{length_wanted(goal)}, as the target's"


def left_out(subject: Subject) -> tuple[LeftOut, ...]:
    """Readings that do not count, by reason; corrected and withdrawn ones too."""
    slug = subject.found.indicator["indicator"]
    groups: dict[str, list[ReadingView]] = {}
    counted = {point.id for point in subject.assessment.counted}
    for view in history(subject.register, slug, subject.moment):
        if view.id not in counted:
            groups.setdefault(_reason(subject, view), []).append(view)
    room = MOST
    found = []
    for reason, views in groups.items():
        named = views[len(views) - min(room, len(views)) :]
        room -= len(named)
        found.append(LeftOut(reason, len(views), tuple(_cited(subject, named))))
    return tuple(found)


def _reason(subject: Subject, view: ReadingView) -> str:
    """Why a reading does not count; ``history`` knows it but for the total of a span."""
    goal = subject.goal
    if goal is None or goal.span is None or view.standing not in ("counts", "other coverage", *RIVAL):
        return view.standing
    if subject.measure != "flow":
        return "not a flow"
    first, last = goal.span
    if not (first <= view.start and view.end <= last):
        return "outside the span"
    return view.standing if view.standing in RIVAL else "overlaps one that is summed"


def _cited(subject: Subject, views: Iterable[ReadingView]) -> Iterable[Cited]:
    return (subject.cite_view(view) for view in views)
