"""How an indicator stands against its target: one status, one reason, and the figures behind.

The status is the first that applies: no reading; no target (where the method needs one); the
verdict once the due date has passed; achieved; not assessable, with the reason; the class of
the method. Definitions, methods and edge cases are those of PROGRESS.
"""

from __future__ import annotations

from gztrack.domain.assessment import Asked, Assessment, Projection, Verdict
from gztrack.domain.forecast import Limits, forecast
from gztrack.domain.points import Goal, Point
from gztrack.domain.reckoning.bounds import Figure, first_meeting, meets, sense
from gztrack.domain.reckoning.buffer import with_buffer
from gztrack.domain.reckoning.classes import Finding, free_finding, target_finding
from gztrack.domain.reckoning.coverage import baseline, counting, length_wanted
from gztrack.domain.reckoning.spans import assess_span
from gztrack.domain.reckoning.sums import NOTHING_SINCE, OPEN, Case, course, figures, pace_so_far
from gztrack.domain.records import METHODS
from gztrack.domain.series import Series
from gztrack.domain.text import listed
from gztrack.domain.verdicts import verdict
from gztrack.errors import InputError
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

__all__ = ["METHODS", "Assessment", "Figure", "Projection", "Verdict", "assess", "verdict"]

PACES = ("needed_from_baseline", "needed_from_now", "expected", "marker")


def assess(
    points: Sequence[Point],
    goal: Goal | None,
    *,
    measure: str,
    direction: str,
    method: str,
    today: date,
    project: bool = False,
    limits: Limits | None = None,
) -> Assessment:
    """Assess an indicator as of a day.

    Args:
        points: The readings of the current series that count on the day, one a period, in any order.
        goal: The headline target; None without one. One corrected as an entry error is none.
        measure: ``level``, ``flow`` or ``rate``.
        direction: ``up`` or ``down``; a target's comparator goes before it.
        method: One of `METHODS`.
        today: The day as of which is reckoned; may lie in the future.
        project: Reckon forecast and buffer too; for rows that are shown, not for the state of everything.
        limits: For the forecast: values that the indicator cannot leave.

    Raises:
        InputError: There is no such method.
    """
    if method not in METHODS:
        raise InputError(
            tr("no such method: {method}; there are {methods}", method=method, methods=listed(METHODS))
        )
    asked = Asked(measure, direction, method, today)
    points = Series.of(points)
    if goal is not None and goal.corrected:
        goal = None
    if goal is None:
        found = _without_target(points, asked)
    else:
        judged = verdict(points, goal, measure=measure, direction=direction, today=today)
        if goal.span is not None:
            found = assess_span(points, goal, goal.span, judged, asked)
        else:
            found = _with_target(points, goal, judged, asked)
    if not project:
        return found
    ahead = forecast(found.counted, goal, measure=measure, direction=direction, limits=limits)
    return with_buffer(found._replace(projection=ahead), goal)


def _without_target(points: Sequence[Point], asked: Asked) -> Assessment:
    """Without a target there is only the growth a year, for the methods that know what to say of it."""
    counted = counting(points, None, asked.measure)
    latest = counted[-1] if counted else None
    base = baseline(counted, len(counted) < len(points), None, asked.measure)
    wanted = sense(None, asked.direction)
    finding = Finding("no target")
    refusals = dict.fromkeys(("attainment", "path", "time", *PACES), tr("no target"))
    so_far = None
    if latest is None:
        finding = Finding("no reading")
    elif asked.method != "linear":
        finding = free_finding(base, latest, wanted, asked)
    if finding.ratio is None:
        refusals["ratio"] = finding.reason or tr(finding.status)
    if base.point is None or latest is None or latest.end <= base.point.end:
        refusals["so_far"] = base.refusal or tr(NOTHING_SINCE)
    else:
        so_far = pace_so_far(base.point, latest).figure()
        if so_far is None:
            refusals["so_far"] = tr(OPEN)
    return Assessment(
        finding.status,
        finding.reason,
        asked.method,
        ratio=finding.ratio,
        refusals=refusals,
        baseline=base.point,
        latest=latest,
        counted=counted,
        sense=wanted,
        so_far=so_far.value if so_far else None,
        qualifiers={"so_far": so_far.qualifier} if so_far and so_far.qualifier != "exact" else {},
        sums=finding.sums,
    )


def _with_target(points: Sequence[Point], goal: Goal, judged: Verdict, asked: Asked) -> Assessment:
    counted = counting(points, goal, asked.measure)
    latest = counted[-1] if counted else None
    base = baseline(counted, len(counted) < len(points), goal, asked.measure)
    absent = "no reading"
    if points:
        absent = tr("no reading of {length} (mixed coverage)", length=length_wanted(goal))
    case = Case(goal, asked.direction, asked.today, base, latest, absent)
    found = figures(case)
    finding = target_finding(case, course(case), asked)
    if finding.ratio is None:
        found.refusals["ratio"] = finding.reason or tr(finding.status)
    status, reason = finding.status, finding.reason
    reached = first_meeting(counted, goal, asked.direction)
    if not points:
        status, reason = "no reading", ""
    elif judged.status != "open":
        status, reason = judged.status, judged.reason
    elif reached and latest and meets(latest.value, latest.qualifier, goal, asked.direction):
        status, reason = "achieved", ""
    seen = case.aim
    return Assessment(
        status,
        reason,
        asked.method,
        attainment=found.attainment,
        path=found.path,
        time=found.time,
        ratio=finding.ratio,
        refusals=found.refusals,
        baseline=base.point,
        latest=latest,
        counted=counted,
        target=seen.target if seen else goal.value,
        sense=seen.sense if seen else sense(goal, asked.direction),
        needed_from_baseline=found.needed_from_baseline,
        needed_from_now=found.needed_from_now,
        so_far=found.so_far,
        expected=found.expected,
        marker=found.marker,
        qualifiers=found.qualifiers,
        sums=finding.sums,
        overdue=goal.overdue(asked.today),
        verdict=judged,
        reached_on=reached.end if reached else None,
    )
