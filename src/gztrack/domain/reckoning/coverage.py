"""Coverage: how long a period a flow or a rate speaks of, and which readings are of one kind.

Figures of eleven months are never compared with a year's, so before anything is reckoned the
readings of the coverage that counts are picked out here. A level has no coverage: it says how
much there is at its period's end, and every reading of it counts.
"""

from __future__ import annotations

from datetime import date

from gztrack.domain.grammar.calendar import ONE_DAY, add_months, whole_months
from gztrack.domain.points import Goal, Point
from gztrack.domain.series import Series
from gztrack.language import ntr, tr
from gztrack.light import NamedTuple, lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

YEAR = 12
"""Months that a target on a flow or a rate covers, unless its due period is shorter."""


class Coverage(NamedTuple):
    """A length of period: whole months where it is made of them, else days."""

    length: int
    unit: str

    def __str__(self) -> str:
        if self.unit == "month":
            return ntr("{n} month", "{n} months", self.length)
        return ntr("{n} day", "{n} days", self.length)


class Baseline(NamedTuple):
    """Where the line to the target starts, or why it starts nowhere."""

    point: Point | None
    refusal: str


def coverage(start: date, end: date) -> Coverage:
    """The length of a period, both days included."""
    months = whole_months(start, end)
    if months is not None:
        return Coverage(months, "month")
    return Coverage((end - start).days + 1, "day")


@lru_cache(maxsize=1 << 14)  # indicators have the same periods
def coverage_between(start: str, end: str) -> Coverage:
    """The same of a period given by ISO dates."""
    return coverage(date.fromisoformat(start), date.fromisoformat(end))


def window(goal: Goal, due: date) -> tuple[date, date]:
    """The period that a target on a flow or a rate covers, first and last day.

    Twelve months up to the due date, or the period that the due date names if that is shorter.
    A due date typed as a single day names no period.
    """
    year_start = add_months(due, -YEAR) + ONE_DAY
    if goal.due_start is not None and year_start < goal.due_start < due:
        return goal.due_start, due
    return year_start, due


def length_wanted(goal: Goal) -> Coverage:
    """The coverage of a target on a flow or a rate: a year where no due date says otherwise."""
    if goal.due is None or goal.due_start is None:
        return Coverage(YEAR, "month")
    start, end = window(goal, goal.due)
    return coverage(start, end) if start == goal.due_start else Coverage(YEAR, "month")


def counting(points: Iterable[Point], goal: Goal | None, measure: str) -> Series:
    """The readings to reckon with, oldest first.

    Of a level one for each day, the one of the longest period: a quarter and a half that end together
    speak of the same day. Of a flow or a rate those of the target's coverage; without a target
    those of the latest one's (of two that end on one day the longer one's).
    """
    ordered = Series.of(points).in_order()
    if measure == "level" or not ordered:
        return ordered.one_a_day()
    starts, ends = ordered.starts, ordered.ends
    kind = length_wanted(goal) if goal is not None else coverage_between(starts[-1], ends[-1])
    kinds = list(map(coverage_between, starts, ends))
    if kinds.count(kind) == len(kinds):
        return ordered
    return ordered.only([at for at, own in enumerate(kinds) if own == kind])


def baseline(counted: Sequence[Point], others: bool, goal: Goal | None, measure: str) -> Baseline:
    """The explicit baseline, else the earliest reading if there are two or more.

    Args:
        counted: The readings of the coverage that counts, oldest first.
        others: There are readings of another coverage.
        goal: The target, which may bring a baseline of its own.
        measure: ``level``, ``flow`` or ``rate``.
    """
    if goal is not None and goal.baseline is not None:
        return _stated(goal, measure)
    if len(counted) > 1:
        return Baseline(counted[0], "")
    if not counted and not others:
        return Baseline(None, tr("no reading"))
    if measure == "level" or not others:
        return Baseline(None, tr("only one reading and no baseline"))
    length = length_wanted(goal) if goal is not None else coverage(counted[0].start, counted[0].end)
    return Baseline(None, tr("fewer than two readings of {length} (mixed coverage)", length=length))


def _stated(goal: Goal, measure: str) -> Baseline:
    """The baseline that the target itself names; a flow's must cover what the target covers."""
    if goal.baseline is None or goal.baseline_end is None:
        return Baseline(None, tr("the baseline has no period"))
    end = goal.baseline_end
    start = goal.baseline_start or end
    if measure != "level" and start < end and coverage(start, end) != length_wanted(goal):
        return Baseline(
            None,
            tr(
                "the baseline covers {own}, the target {wanted} (mixed coverage)",
                own=coverage(start, end),
                wanted=length_wanted(goal),
            ),
        )
    label = goal.baseline_label or end.isoformat()
    return Baseline(Point(f"{goal.id}/baseline", label, start, end, goal.baseline), "")
