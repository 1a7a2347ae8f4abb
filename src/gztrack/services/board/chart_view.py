"""What the chart of one indicator shows, in numbers and dates: no glyphs, no cells, no scale."""

from __future__ import annotations

from dataclasses import dataclass

from gztrack.domain.amounts import Number
from gztrack.domain.reckoning.bounds import Figure
from gztrack.domain.units import Unit
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


class Spot(NamedTuple):
    """A value on a day, in the indicator's unit."""

    day: date
    value: Number


class ChartPoint(NamedTuple):
    """A reading that is reckoned with; of a span total the sum up to it.

    Attributes:
        id: Id of the reading.
        day: Last day of its period.
        value: In the indicator's unit.
        qualifier: ``exact``, or the bound or ``about`` that the value is.
        provisional: The source calls it so.
    """

    id: str
    day: date
    value: Number
    qualifier: str = "exact"
    provisional: bool = False


class ChartTarget(NamedTuple):
    """A promise, from when it was stated to when it falls due.

    Attributes:
        id: Id of the target.
        since: The day from which it counts as stated; None where nobody knows.
        due: The day on which it falls due, a total with its span; None without one.
        value: In the indicator's unit; the lower limit of a ``between``.
        high: The upper limit of a ``between``.
        comparator: As the target has it.
        state: ``standing``, ``superseded`` or ``dropped``.
        headline: It is the one that the row shows.
    """

    id: str
    since: date | None
    due: date | None
    value: Number
    high: Number | None = None
    comparator: str = "at least"
    state: str = "standing"
    headline: bool = False


class ChartProjection(NamedTuple):
    """Where the readings lead, as lines from the latest of them to the due date; a limit bends them.

    Attributes:
        middle: By the median slope.
        low: By the 25 % quantile of the slopes.
        high: By the 75 % quantile.
    """

    middle: tuple[Spot, ...]
    low: tuple[Spot, ...]
    high: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """One indicator over time. Two charts are never equal: what was drawn of one is kept by identity.

    Attributes:
        points: The readings reckoned with, oldest first; of a span total the sums.
        targets: Every promise but entry errors, the headline one first, then latest due first.
        line: From the baseline to the headline target; None where there is no such line.
        expected: Where that line is on the day; None without a line, or where bounds leave it open.
        projection: None where nothing is forecast.
        today: The day as of which all of it is reckoned.
        unit: The indicator's.
        decimals: The indicator's.
        over: The span whose total the points are, as typed; else empty.
    """

    points: tuple[ChartPoint, ...]
    targets: tuple[ChartTarget, ...]
    line: tuple[Spot, Spot] | None
    expected: Figure | None
    projection: ChartProjection | None
    today: date
    unit: Unit
    decimals: int | None = None
    over: str = ""

    @property
    def empty(self) -> bool:
        """There is nothing to draw."""
        return not self.points and not self.targets
