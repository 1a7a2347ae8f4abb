"""What an assessment says: the figures, why some are refused, one status and one plain reason."""

from __future__ import annotations

from gztrack.domain.points import Number, Point
from gztrack.domain.reckoning.bounds import NO_NUMBERS, NO_WORDS, Figure
from gztrack.language import term
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

STATUSES = (
    term("achieved"),
    term("on track"),
    term("behind"),
    term("off track"),
    term("moving away"),
    term("met"),
    term("met late"),
    term("missed"),
    term("superseded"),
    term("dropped"),
    term("cannot tell"),
    term("no target"),
    term("no reading"),
    term("not assessable"),
    term("corrected"),
    term("open"),
)
"""Every status of an assessment and of a verdict; the words are keys, `gztrack.language.tr` says them."""


class Asked(NamedTuple):
    """How an indicator is to be assessed.

    Attributes:
        measure: ``level``, ``flow`` or ``rate``.
        direction: The indicator's, ``up`` or ``down``.
        method: ``linear``, ``open-sdg`` or ``un-chart``.
        today: The day as of which is reckoned.
    """

    measure: str
    direction: str
    method: str
    today: date


class Verdict(NamedTuple):
    """What became of a promise.

    Attributes:
        status: ``open`` while the due date has not passed, ``met``, ``met late``, ``missed``,
            ``cannot tell``, ``superseded``, ``dropped``, or ``corrected`` (an entry error, no promise).
        reason: One plain line; empty when the status says it all.
        evidence: The reading that decided, or that the reason names.
        margin: The evidence minus T (of ``between`` the nearer limit; inside 0; of a span
            total the sum minus T), in the indicator's unit.
        qualifier: Of the margin: from a bound it is a bound.
        cause: What every reason of its kind is counted as, a key; empty where the reason names no
            date, no period and no figure.
    """

    status: str
    reason: str = ""
    evidence: Point | None = None
    margin: Number | None = None
    qualifier: str = "exact"
    cause: str = ""


class Projection(NamedTuple):
    """Where the readings lead if they go on as they did (see `gztrack.domain.forecast`).

    Attributes:
        value: Expected at the due date, in the indicator's unit.
        low: The lower end of the range at the due date.
        high: The upper end of it.
        reached: The day on which the target is expected to be reached.
        reached_early: The same with the slope better for the target at the range's end.
        reached_late: The same with the other; None when that slope never gets there.
        slope: Change a year: the median over all pairs of readings.
        slope_low: The 25 % quantile of the slopes.
        slope_high: The 75 % quantile.
        readings: How many went in.
        label: ``two points`` where there are no more; else empty.
        reason: Why something is missing; empty when nothing is.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    reached: date | None = None
    reached_early: date | None = None
    reached_late: date | None = None
    slope: float | None = None
    slope_low: float | None = None
    slope_high: float | None = None
    readings: int = 0
    label: str = ""
    reason: str = ""


class Assessment(NamedTuple):
    """How an indicator stands against its target on a day.

    Attributes:
        status: One of ``achieved``, ``on track``, ``behind``, ``off track``, ``moving away``,
            ``met``, ``met late``, ``missed``, ``superseded``, ``dropped``, ``cannot tell``,
            ``no target``, ``no reading``, ``not assessable``.
        reason: One plain line for people; empty when the status says it all.
        method: ``linear``, ``open-sdg`` or ``un-chart``.
        attainment: ``y / T`` as a fraction, not clamped.
        path: ``(y - y0) / (T - y0)`` as a fraction.
        time: Share of the time from the baseline to the due date gone by at the latest reading.
        ratio: What the method reckoned; without a target growth a year as a fraction.
        refusals: Name of a figure to the reason why it is refused.
        baseline: y0 with its period; of an explicit one the id ends with ``/baseline``.
        latest: The latest reading that counts.
        counted: The readings reckoned with, oldest first (of the coverage that counts).
        target: T; of ``between`` the limit nearer to the latest reading.
        sense: +1 when higher is better, -1 when lower is.
        total: Of a span total the sum so far.
        gaps: Of a span total the days before the latest reading that no reading covers.
        needed_from_baseline: Pace a year that the line from the baseline needs.
        needed_from_now: Pace a year needed from the latest reading on.
        so_far: Pace a year since the baseline.
        expected: Where the line from the baseline to T is on the day.
        marker: The same as a fraction of the bar; None where there is no marker.
        qualifiers: Name of a pace, of the total or of the buffer to its qualifier where it is no exact figure.
        sums: The figures in between, by name, for ``why``: ``years_so_far``, ``years_in_all``,
            ``years_left``, ``growth_so_far``, ``growth_needed``, ``value_at_due``.
        overdue: The due date has passed.
        verdict: What became of the target; ``open`` until it is due; None without a target.
        reached_on: End of the first counted period that meets the target.
        projection: Only when asked for: where the readings lead.
        buffer: Only when asked for: reporting periods that the readings are ahead of the line
            to the target (positive), or behind it.
        period_months: Months of such a period: the median distance of the counted readings.
    """

    status: str
    reason: str
    method: str
    attainment: Figure | None = None
    path: Figure | None = None
    time: float | None = None
    ratio: Figure | None = None
    refusals: dict[str, str] = NO_WORDS
    baseline: Point | None = None
    latest: Point | None = None
    counted: Sequence[Point] = ()
    target: Number | None = None
    sense: int = 1
    total: Number | None = None
    gaps: tuple[tuple[date, date], ...] = ()
    needed_from_baseline: float | None = None
    needed_from_now: float | None = None
    so_far: float | None = None
    expected: float | None = None
    marker: float | None = None
    qualifiers: dict[str, str] = NO_WORDS
    sums: dict[str, float] = NO_NUMBERS
    overdue: bool = False
    verdict: Verdict | None = None
    reached_on: date | None = None
    projection: Projection | None = None
    buffer: float | None = None
    period_months: int | None = None

    @property
    def share(self) -> Figure | None:
        """The one percentage that a row shows: attainment, or path where that has none."""
        return self.path if self.attainment is None else self.attainment
