"""The figures behind a status: attainment, path, time, paces and the bar's marker.

Every figure that cannot be reckoned is missing with its reason; none is ever made up. The
definitions are those of PROGRESS: ``y0`` at ``t0`` is the baseline, ``y`` at ``t`` the latest
reading, ``T`` the target due at ``tT``.
"""

from __future__ import annotations

from gztrack.domain.grammar.calendar import years
from gztrack.domain.points import Goal, Point, difference, equal, quotient
from gztrack.domain.reckoning.bounds import (
    Aim,
    Figure,
    Spread,
    aim,
    comparator,
    is_bound,
    meets,
    rising,
    spread,
)
from gztrack.domain.reckoning.coverage import Baseline
from gztrack.domain.reckoning.methods import Course, path
from gztrack.language import term, tr
from gztrack.light import cached_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

NO_DISTANCE = term("target equals baseline (no distance)")
ALREADY_MET = term("the baseline already meets the target")
CROSSED = term("the readings have crossed the whole range")
NOTHING_SINCE = term("no reading after the baseline")
NO_DUE_DATE = term("no due date")
DUE_TOO_EARLY = term("due date on or before the baseline")
OPEN = term("bounds leave it open at both ends")
OPEN_BASELINE = term("the baseline is only a bound, and may lie on either side of the target")
EITHER_SIDE = term("the reading may lie on either side of the range")
"""Why a figure is refused. Inside the reckoning these are keys; what it answers with are texts."""


class Case:
    """Everything that an assessment without a span goes by.

    Attributes:
        goal: The target.
        direction: The indicator's, ``up`` or ``down``.
        today: The day as of which is reckoned.
        base: The baseline, or why there is none.
        latest: The latest reading that counts.
        absent: What to say where there is none, a key or a text.
    """

    def __init__(
        self,
        goal: Goal,
        direction: str,
        today: date,
        base: Baseline,
        latest: Point | None,
        absent: str = "no reading",
    ) -> None:
        self.goal = goal
        self.direction = direction
        self.today = today
        self.base = base
        self.latest = latest
        self.absent = absent

    @cached_property
    def aim(self) -> Aim | None:
        """T and d as the latest reading, else the baseline, sees them."""
        point = self.latest or self.base.point
        if point is None:
            return None
        return aim(self.goal, self.direction, point.value, point.qualifier)

    @cached_property
    def no_line(self) -> str:
        """Why no line leads from the baseline to the target; empty when one does."""
        return _line_refusal(self)

    @cached_property
    def no_time(self) -> str:
        """Why there is no time from the baseline to the due date; empty when there is."""
        due, start = self.goal.due, self.base.point
        if due is None:
            return NO_DUE_DATE
        if start is None:
            return self.base.refusal
        return DUE_TOO_EARLY if due <= start.end else ""

    @property
    def ranged(self) -> bool:
        """The target is a ``between``."""
        return comparator(self.goal, self.direction) == "between"

    @cached_property
    def inside(self) -> bool:
        """The target is a ``between``, and the latest reading lies inside it: nothing is left to go."""
        if not self.ranged or self.latest is None:
            return False
        return meets(self.latest.value, self.latest.qualifier, self.goal, self.direction) is True


class Figures:
    """The figures of one case, and why those that are missing are refused."""

    def __init__(self) -> None:
        self.attainment: Figure | None = None
        self.path: Figure | None = None
        self.time: float | None = None
        self.needed_from_baseline: float | None = None
        self.needed_from_now: float | None = None
        self.so_far: float | None = None
        self.expected: float | None = None
        self.marker: float | None = None
        self.refusals: dict[str, str] = {}
        self.qualifiers: dict[str, str] = {}

    def pace(self, name: str, reckoned: Spread) -> float | None:
        """The value of a pace; its qualifier is kept beside it, or the reason why it is open."""
        figure = reckoned.figure()
        if figure is None:
            self.refusals[name] = OPEN
            return None
        if figure.qualifier != "exact":
            self.qualifiers[name] = figure.qualifier
        return figure.value


def figures(case: Case) -> Figures:
    """Reckon every figure of a target that is no span total."""
    found = Figures()
    _attainment(case, found)
    no_path = case.no_line or _far_refusal(case)
    no_time = case.no_time or _far_refusal(case)
    start, latest, seen = case.base.point, case.latest, case.aim
    if case.inside and no_path in ("", CROSSED):
        found.path = Figure(1.0, "exact")
    elif no_path:
        found.refusals["path"] = no_path
    elif start and latest and seen:
        found.path = path(start, latest, seen.target, seen.sense).figure()
        if found.path is None:
            found.refusals["path"] = OPEN
    if no_time:
        found.refusals["time"] = no_time
    elif start and latest and case.goal.due:
        found.time = years(start.end, latest.end) / years(start.end, case.goal.due)
    _paces(case, found)
    _marker(case, found)
    found.refusals = {name: tr(reason) for name, reason in found.refusals.items()}
    return found


def _line_refusal(case: Case) -> str:
    start, seen = case.base.point, case.aim
    if start is None:
        return case.base.refusal
    if seen is None:
        return EITHER_SIDE
    if equal(start.value, seen.target) and not is_bound(start.qualifier):
        return NO_DISTANCE
    if meets(start.value, start.qualifier, case.goal, case.direction):
        return ALREADY_MET
    if is_bound(start.qualifier) and (seen.target - start.value) * seen.sense <= 0:
        return OPEN_BASELINE
    if (seen.target - start.value) * seen.sense < 0:
        return CROSSED if case.ranged else ALREADY_MET
    return ""


def course(case: Case) -> Course | None:
    """The course that a method reckons with; None unless there is time before and after its start."""
    start, latest, seen, due = case.base.point, case.latest, case.aim, case.goal.due
    if start is None or latest is None or seen is None or due is None:
        return None
    if case.no_time or latest.end <= start.end:
        return None
    times = years(start.end, latest.end), years(start.end, due), years(latest.end, due)
    return Course(start, latest, seen.target, seen.sense, *times)


def _far_refusal(case: Case) -> str:
    """Why nothing can be said of how far things went since the baseline."""
    if case.latest is None:
        return case.absent
    if case.base.point is not None and case.latest.end < case.base.point.end:
        return NOTHING_SINCE
    return ""


def _attainment(case: Case, found: Figures) -> None:
    seen, latest = case.aim, case.latest
    if latest is None:
        reason = case.absent
    elif case.ranged:
        reason = term("a range is inside or outside, not a share")
    elif seen is None or seen.sense < 0:
        reason = term("lower is better: the path says how far")
    elif seen.target == 0:
        reason = term("the target is zero")
    elif seen.target < 0:  # half of a loss of 100 would be two hundred per cent of it
        reason = term("the target is below zero: the path says how far")
    else:
        share = quotient(latest.value, seen.target)
        found.attainment = rising(share, latest.qualifier, seen.target).figure()
        return
    found.refusals["attainment"] = reason


def _paces(case: Case, found: Figures) -> None:
    """Paces a year: needed from the baseline, made so far, needed from now on."""
    start, latest, seen, due = case.base.point, case.latest, case.aim, case.goal.due
    refusal = case.no_line or case.no_time or _far_refusal(case)
    if refusal or start is None or latest is None or seen is None or due is None:
        found.refusals["needed_from_baseline"] = found.refusals["needed_from_now"] = refusal
    else:
        needed = difference(seen.target, start.value) / years(start.end, due)
        found.needed_from_baseline = found.pace("needed_from_baseline", rising(needed, start.qualifier, -1))
        if case.today > due:
            found.refusals["needed_from_now"] = term("due date passed")
        elif latest.end >= due:
            found.refusals["needed_from_now"] = term("no time left before the due date")
        elif not case.inside:
            needed = difference(seen.target, latest.value) / years(latest.end, due)
            found.needed_from_now = found.pace("needed_from_now", rising(needed, latest.qualifier, -1))
    ahead = due is not None and latest is not None and case.today <= due and latest.end < due
    if case.inside and ahead and refusal in ("", CROSSED):
        found.needed_from_now = 0.0
        found.refusals.pop("needed_from_now", None)
    if start is None or latest is None:
        found.refusals["so_far"] = case.base.refusal or case.absent
    elif latest.end <= start.end:
        found.refusals["so_far"] = NOTHING_SINCE
    else:
        found.so_far = found.pace("so_far", pace_so_far(start, latest))


def pace_so_far(start: Point, latest: Point) -> Spread:
    """Change a year from the baseline to the latest reading, ``(y - y0) / years(t0, t)``."""
    made = difference(latest.value, start.value) / years(start.end, latest.end)
    ends: list[float] = []
    for point, sign in ((latest, 1), (start, -1)):
        if is_bound(point.qualifier):
            one = rising(made, point.qualifier, sign)
            ends += [one.low, one.high]
    return spread(made, (start.qualifier, latest.qualifier), ends)


def _marker(case: Case, found: Figures) -> None:
    """Where the line from the baseline to T is on the day, and where that is on the bar."""
    start, seen, due = case.base.point, case.aim, case.goal.due
    refusal = case.no_line or case.no_time
    if not refusal and start is not None and case.today < start.end:
        refusal = term("the baseline lies ahead")
    if refusal or start is None or seen is None or due is None:
        found.refusals["expected"] = found.refusals["marker"] = refusal
        return
    gone = 1.0 if case.today >= due else years(start.end, case.today) / years(start.end, due)
    if gone == 1.0:
        found.expected = float(seen.target)
    else:
        expected = start.value + difference(seen.target, start.value) * gone
        found.expected = found.pace("expected", rising(expected, start.qualifier, 1))
    bar_is_path = seen.sense < 0 or case.ranged or seen.target <= 0
    if bar_is_path or found.expected is None:
        found.marker = gone
    else:
        found.marker = found.expected / seen.target
