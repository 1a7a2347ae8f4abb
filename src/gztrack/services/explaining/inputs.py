"""What went in: baseline, latest reading, target, which way is better, and which readings do not count."""

from __future__ import annotations

from collections.abc import Iterable

from gztrack.domain.amounts import exact
from gztrack.domain.points import Goal
from gztrack.domain.reckoning.bounds import BAND, comparator, meeting
from gztrack.domain.reckoning.coverage import coverage, length_wanted
from gztrack.domain.reckoning.spans import NOTHING_INSIDE
from gztrack.domain.text import clean
from gztrack.language import term, tr
from gztrack.services.board.details import history
from gztrack.services.explaining.subject import Subject
from gztrack.services.explaining.views import Cited, Input, Inputs, LeftOut
from gztrack.services.views import RIVAL, ReadingView, Row, TargetView

MOST = 12
"""Readings left out that are named; of the others only the number."""

WITHOUT_BASELINE = term("a total starts from zero")


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
        return Input("y0", absent=tr(WITHOUT_BASELINE))
    if base.point is None:
        return Input("y0", absent=base.refusal)
    stated = goal is not None and goal.baseline is not None
    how = tr("stated with the target") if stated else tr("the earliest reading that counts")
    return Input("y0", base.point.end, subject.cite(base.point), how)


def _latest(subject: Subject) -> Input:
    found, goal = subject.assessment, subject.goal
    if found.latest is None:
        if goal is not None and goal.span is not None and subject.found.points:
            return Input("y", absent=tr(NOTHING_INSIDE))
        return Input("y", absent=subject.course(goal).absent if goal else tr("no reading"))
    how = tr("the latest reading that counts")
    if goal is not None and goal.span is not None:
        how = tr("the last reading of the total")
    return Input("y", found.latest.end, subject.cite(found.latest), how)


def _target(subject: Subject, view: TargetView | None) -> Input:
    if view is None:
        return Input("T", absent=tr("no target"))
    said = _stated(view.stated_on, view.stated_by)
    if view.quote:
        said = tr('{stated}, "{quote}"', stated=said, quote=view.quote)
    due = subject.goal.last_day if subject.goal else None
    return Input("T", due, subject.cite_target(view), said)


def _stated(day: str, who: str) -> str:
    if who:
        return (
            tr("stated {day} by {who}", day=day, who=who)
            if day
            else tr("stated on an unknown date by {who}", who=who)
        )
    return tr("stated {day}", day=day) if day else tr("stated on an unknown date")


def _limits(goal: Goal, direction: str) -> str:
    """Which values meet an ``about`` or a ``between``, with the numbers."""
    met = meeting(goal, direction)
    word = comparator(goal, direction)
    if word == "about":
        value, share = exact(goal.value, ""), f"{BAND * 100:g} %"
        if direction == "up":
            limit = exact(met.low, "")
            return tr(
                "about: met from {limit} ({value} - {share} of it)", limit=limit, value=value, share=share
            )
        limit = exact(met.high, "")
        return tr("about: met up to {limit} ({value} + {share} of it)", limit=limit, value=value, share=share)
    if word == "between":
        return tr(
            "between: met from {low} to {high}; outside, T is the nearer limit and d points towards it",
            low=exact(met.low, ""),
            high=exact(met.high, ""),
        )
    return ""


def _sense_how(goal: Goal | None, direction: str) -> str:
    own = (
        tr("the indicator's direction is up")
        if direction == "up"
        else tr("the indicator's direction is down")
    )
    if goal is None:
        return own
    word = comparator(goal, direction)
    if word == "between":
        return tr("the side of the range on which the latest reading lies")
    return own if word == "about" else tr("the target is '{comparator}'", comparator=tr(word))


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
        if latest is None:
            return ""
        return tr("{coverage}, as the latest reading's", coverage=coverage(latest.start, latest.end))
    if goal.span is not None:
        return tr("any, inside {first} to {last}, without overlap", first=goal.span[0], last=goal.span[1])
    return tr("{coverage}, as the target's", coverage=length_wanted(goal))


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
        return term("not a flow")
    first, last = goal.span
    if not (first <= view.start and view.end <= last):
        return term("outside the span")
    return view.standing if view.standing in RIVAL else term("overlaps one that is summed")


def _cited(subject: Subject, views: Iterable[ReadingView]) -> Iterable[Cited]:
    return (subject.cite_view(view) for view in views)
