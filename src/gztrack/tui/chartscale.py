"""Scales of a chart: which values and dates its cells stand for, and where its ticks are. Pure.

Ticks stand on whole rows and have round numbers; those of time stand at the end of a period, for
that is the day a reading of the period stands for: the reading of 2023 is above the tick of 2023.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from gztrack.domain.amounts import Number
from gztrack.export.chart_numbers import next_step, plain, step_of
from gztrack.export.chart_periods import MONTHS, ends, label
from gztrack.light import NamedTuple
from gztrack.tui.cells import width

BEST_GAP = 4
"""Rows between two ticks that read best."""

GAP_COST = 0.04
"""What a row more or less costs, against the share of the height that is left empty."""

CLOSE_ROWS = 6
"""From so many rows on no tick stands right above another one."""

FEW_COST = 0.2
"""What it costs where there is no third tick."""


class Values(NamedTuple):
    """What the rows stand for.

    Attributes:
        low: Value of the lowest row.
        a_row: Value of the step from row to row.
        rows: How many rows there are.
        ticks: Row from the top and number of each tick.
    """

    low: Fraction
    a_row: Fraction
    rows: int
    ticks: tuple[tuple[int, Number], ...]

    def row(self, value: Number) -> float:
        """The row of a value, from the top; outside for a value that is not on the scale."""
        return self.rows - 1 - float((Fraction(value) - self.low) / self.a_row)


def values(low: Fraction, high: Fraction, rows: int, *, whole: bool = False) -> Values:
    """The scale that shows a range on so many rows.

    Args:
        low: Least value to show.
        high: Greatest; above ``low``.
        rows: Rows there are, three or more.
        whole: There is nothing between whole numbers.
    """
    best: tuple[Fraction, Values] | None = None
    for gap in range(2 if rows >= CLOSE_ROWS else 1, rows):
        if low < 0 < high and 2 * gap >= rows:
            break  # zero has a tick, and room above it
        step = step_of((high - low) / (rows - 1) * gap, whole=whole)
        while (floor(low / step) * step) + step / gap * (rows - 1) < high:
            step = next_step(step)
        start, a_row = floor(low / step) * step, step / gap
        filled = (high - low) / (a_row * (rows - 1))
        cost = Fraction(GAP_COST) * abs(gap - BEST_GAP)
        if rows - 1 < 2 * gap:
            cost += Fraction(FEW_COST)
        ticks = tuple(
            (rows - 1 - at, plain(start + step * number)) for number, at in enumerate(range(0, rows, gap))
        )
        if best is None or filled - cost > best[0]:
            best = filled - cost, Values(start, a_row, rows, ticks)
    assert best is not None
    return best[1]


# -- time ----------------------------------------------------------------------------------


class Times(NamedTuple):
    """What the columns stand for.

    Attributes:
        start: Day of the first column.
        end: Day of the last one.
        columns: How many there are.
    """

    start: date
    end: date
    columns: int

    def column(self, day: date) -> float:
        """The column of a day; outside for a day that is not on the scale."""
        return (day - self.start).days / (self.end - self.start).days * (self.columns - 1)


class Tick(NamedTuple):
    """The end of a period on the axis."""

    column: int
    text: str


DAYS_TO_SHOW = 30
"""The shortest time that is shown, in days."""

_DAYS_A_MONTH = 30.44
BETWEEN = 3
"""Cells between two labels: the tick itself and two blanks."""


def times(first: date, last: date, columns: int) -> Times:
    """The scale from a day to another one; a very short time is widened."""
    missing = DAYS_TO_SHOW - (last - first).days
    if missing > 0:
        first, last = first - timedelta(days=missing // 2), last + timedelta(days=missing - missing // 2)
    # A column of air, so that the first point does not stick to the axis.
    air = -(-(last - first).days // max(2, columns))
    return Times(first - timedelta(days=air), last, columns)


def ticks(scale: Times, margin: int = 0) -> list[Tick]:
    """The ends of months, quarters, halves or years, as many as have room for their labels.

    Args:
        scale: The columns.
        margin: Cells at the left of the first column that a label may begin in.
    """
    a_day = (scale.columns - 1) / (scale.end - scale.start).days
    chosen: list[Tick] = []
    apart = 1
    for months in MONTHS:
        found = [
            Tick(round(scale.column(day)), label(day, months)) for day in ends(scale.start, scale.end, months)
        ]
        found = [tick for tick in found if tick.column - width(tick.text) >= -margin]
        wide = max((width(tick.text) for tick in found), default=0) + BETWEEN
        step = months * _DAYS_A_MONTH * a_day
        if found or not chosen:
            chosen, apart = found, ceil(wide / step)
        if step >= wide:
            break
    # Centuries on a narrow chart: of the coarsest labels only so many as have room.
    return chosen[::-apart][::-1] if apart > 1 else chosen
