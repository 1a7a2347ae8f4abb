"""The buffer: how far the readings are ahead of the line to the target, in reporting periods.

It is the time that the line from the baseline to T needs to get to y, minus the time gone by.
Like the forecast it is reckoned for what is shown, not for the state of everything.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from gztrack.domain.assessment import Assessment
from gztrack.domain.grammar.calendar import ONE_DAY, years
from gztrack.domain.points import Goal
from gztrack.domain.reckoning.sums import NO_DUE_DATE
from gztrack.domain.series import Series
from gztrack.language import term, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

ONE_DATE = term("all figures are of one date")


def period_months(days: Iterable[date]) -> int | None:
    """The reporting period: the median distance of the dates in whole months, at least one.

    Month end to month end. Unlike that of verdicts it has no cap; None where there is no distance.
    """
    steps = [(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(sorted(set(days)))]
    if not steps:
        return None
    from statistics import median  # where there is a distance to take it of; importing it costs a twentieth

    return max(1, int(median(steps)))


def with_buffer(found: Assessment, goal: Goal | None) -> Assessment:
    """The assessment with its buffer, or with the reason why there is none."""
    line = _line(found, goal)
    refusal = found.refusals.get("path") or found.refusals.get("time")
    if goal is None or line is None or found.path is None or found.time is None:
        return _refused(found, "no target" if goal is None else refusal or NO_DUE_DATE)
    start, end = line
    months = period_months([start, *map(date.fromisoformat, Series.of(found.counted).ends)])
    if months is None:
        return _refused(found, ONE_DATE)
    ahead = (found.path.value - found.time) * years(start, end)
    qualifiers = dict(found.qualifiers)
    if found.path.qualifier != "exact":
        qualifiers["buffer"] = found.path.qualifier
    return found._replace(buffer=ahead * 12 / months, period_months=months, qualifiers=qualifiers)


def _line(found: Assessment, goal: Goal | None) -> tuple[date, date] | None:
    """The dates between which the line to the target runs; that to a span total starts on its eve."""
    if goal is None:
        return None
    if goal.span is not None:
        return goal.span[0] - ONE_DAY, goal.span[1]
    if found.baseline is None or goal.due is None:
        return None
    return found.baseline.end, goal.due


def _refused(found: Assessment, reason: str) -> Assessment:
    return found._replace(refusals={**found.refusals, "buffer": tr(reason)})
