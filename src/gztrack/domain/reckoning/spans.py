"""The assessment of a span total: so much in several years together (`--over 2021..2025`).

The sum stands in for the reading and zero for the baseline: attainment and path are its share
of T, time is the share of the span gone by. A cap or a range on a total is only settled by the
whole of it, so before its end such a target has no class.
"""

from __future__ import annotations

from math import inf

from gztrack.domain.assessment import Asked, Assessment, Verdict
from gztrack.domain.grammar.calendar import years
from gztrack.domain.points import Goal, Point, difference, exactly
from gztrack.domain.reckoning.bounds import Figure, Spread, only_grows, rising, sense
from gztrack.domain.reckoning.classes import Finding, ratio_text, times
from gztrack.domain.reckoning.methods import PACE, class_of
from gztrack.domain.reckoning.sums import OPEN
from gztrack.domain.reckoning.totals import SpanTotal, said, span_total
from gztrack.domain.verdicts import SPAN_NEEDS_FLOW
from gztrack.language import term, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

NO_GROWTH = term("no growth rate of a span total")
NOTHING_INSIDE = term("no reading inside the span")
NOT_ABOVE_ZERO = term("the target is not above zero")
ONLY_AT_THE_END = term("a cap or a range on a total is settled when its span ends")


def assess_span(
    points: Sequence[Point],
    goal: Goal,
    span: tuple[date, date],
    judged: Verdict,
    asked: Asked,
) -> Assessment:
    """Assess a target on the total of a span; see `gztrack.domain.progress.assess`."""
    whole = span_total(points if asked.measure == "flow" else (), span)
    latest, share, gone = whole.latest, _share(whole, goal), whole.elapsed(asked.today)
    finding = _finding(whole, goal, share, asked)
    now = _needed_from_now(whole, goal, asked.today)
    reached = whole.meeting(goal, asked.direction)
    path = share.figure() if isinstance(share, Spread) else None
    refusals = _refusals(share, path, now, finding, sense(goal, asked.direction))
    status, reason = finding.status, finding.reason
    if not points:
        status, reason = "no reading", ""
    elif judged.status != "open":
        status, reason = judged.status, judged.reason
    elif reached is not None:
        status, reason = "achieved", ""
    pace = {"so_far": path.qualifier} if path and path.qualifier != "exact" else {}
    if isinstance(now, Figure) and now.qualifier != "exact":
        pace["needed_from_now"] = now.qualifier
    if latest is not None and (word := whole.qualifier(latest.end) or "about") != "exact":
        pace["total"] = word
    return Assessment(
        status,
        reason,
        asked.method,
        attainment=None if "attainment" in refusals else path,
        path=path,
        time=None if latest is None else whole.elapsed(latest.end),
        ratio=finding.ratio,
        refusals=refusals,
        latest=latest,
        counted=whole.points,
        target=goal.value,
        sense=sense(goal, asked.direction),
        total=whole.value if whole.points else None,
        gaps=() if latest is None else whole.gaps(latest.end),
        needed_from_baseline=goal.value / whole.length,
        needed_from_now=now.value if isinstance(now, Figure) else None,
        so_far=None if latest is None else whole.value / (whole.elapsed(latest.end) * whole.length),
        expected=goal.value * gone,
        marker=gone,
        qualifiers=pace,
        overdue=goal.overdue(asked.today),
        verdict=judged,
        reached_on=None if reached is None else reached.end,
    )


def _refusals(
    share: Spread | str, path: Figure | None, now: Figure | str, finding: Finding, wanted: int
) -> dict[str, str]:
    """Which figures there are not, and why."""
    refusals = {}
    if path is None:
        refusals["path"] = refusals["attainment"] = share if isinstance(share, str) else OPEN
    if wanted < 0:
        refusals["attainment"] = term("lower is better: the path says how far")
    if share == NOTHING_INSIDE:
        refusals["time"] = refusals["so_far"] = NOTHING_INSIDE
    if isinstance(now, str):
        refusals["needed_from_now"] = now
    if finding.ratio is None:
        refusals["ratio"] = finding.reason or finding.status
    return {name: tr(reason) for name, reason in refusals.items()}


def _share(whole: SpanTotal, goal: Goal) -> Spread | str:
    """The sum so far as a share of T, or why there is none, a key."""
    if whole.latest is None:
        return NOTHING_INSIDE
    if goal.value == 0:
        return term("the target is zero")
    share = float(exactly(whole.value) / exactly(goal.value))
    qualifier = whole.qualifier(whole.latest.end)
    return Spread(share, -inf, inf) if qualifier is None else rising(share, qualifier, goal.value)


def _finding(whole: SpanTotal, goal: Goal, share: Spread | str, asked: Asked) -> Finding:
    """The class of the sum so far: its share of T over the share of the span gone by."""
    if asked.measure != "flow":
        return Finding("not assessable", tr(SPAN_NEEDS_FLOW))
    if asked.method != "linear":
        return Finding("not assessable", tr(NO_GROWTH))
    if not only_grows(goal, asked.direction):
        return Finding("not assessable", tr(ONLY_AT_THE_END))
    if goal.value <= 0:
        return Finding("not assessable", tr(NOT_ABOVE_ZERO))
    if isinstance(share, str) or whole.latest is None:
        return Finding("not assessable", tr(NOTHING_INSIDE))
    time = whole.elapsed(whole.latest.end)
    ratio = share.times(1 / time)
    figure, status = ratio.figure(), class_of(ratio, PACE)
    gaps = said(whole.gaps(whole.latest.end))
    so_far = tr("{sum} so far", sum=whole.text(whole.latest.end))
    sums = {"years_so_far": time * whole.length, "years_in_all": whole.length}
    if status is None or figure is None:
        open_by = gaps or tr("the sum holds a bound")
        return Finding("cannot tell", tr("; ").join((so_far, open_by)), figure, sums)
    ratio_said = times(ratio_text(figure.value, PACE), figure.qualifier)
    pace = tr("pace is {ratio} of what the span needs", ratio=ratio_said)
    return Finding(status, tr("; ").join(filter(None, (so_far, pace, gaps))), figure, sums)


def _needed_from_now(whole: SpanTotal, goal: Goal, today: date) -> Figure | str:
    """Pace a year that the rest of the span needs, or why there is none, a key."""
    if goal.overdue(today):
        return term("due date passed")
    if whole.latest is None:
        return NOTHING_INSIDE
    if whole.latest.end >= whole.end:
        return term("no time left before the due date")
    qualifier = whole.qualifier(whole.latest.end)
    needed = difference(goal.value, whole.value) / years(whole.latest.end, whole.end)
    figure = None if qualifier is None else rising(needed, qualifier, -1).figure()
    return figure or OPEN
