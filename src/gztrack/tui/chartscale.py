"""Scales of a chart: which values and dates its cells stand for, and where its ticks are. Pure.

Ticks stand on whole rows and have round numbers; those of time stand at the end of a period, for
that is the day a reading of the period stands for: the reading of 2023 is above the tick of 2023.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor, log10

from gztrack.domain.amounts import Number, short
from gztrack.domain.grammar.calendar import days_in_month
from gztrack.domain.units import Unit
from gztrack.light import NamedTuple
from gztrack.tui.cells import width

FROM_ZERO = 0.6
"""Values whose least is below this share of their greatest are shown from zero on."""

PAD = 0.1
"""Room above and below others, as a share of their range."""

BEST_GAP = 4
"""Rows between two ticks that read best."""

GAP_COST = 0.04
"""What a row more or less costs, against the share of the height that is left empty."""

CLOSE_ROWS = 6
"""From so many rows on no tick stands right above another one."""

FEW_COST = 0.2
"""What it costs where there is no third tick."""

TICK_ROOM = 7
"""Cells of a tick's number."""

_STEPS = (1, 2, 5)


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


def widened(low: Number, high: Number) -> tuple[Fraction, Fraction]:
    """The range to show for the least and the greatest value: from zero on unless that would flatten it."""
    least, most = Fraction(low), Fraction(high)
    if least == most == 0:
        return Fraction(0), Fraction(1)
    if least >= 0 and (least == most or least < most * Fraction(FROM_ZERO)):
        return Fraction(0), most
    if most <= 0 and (least == most or most > least * Fraction(FROM_ZERO)):
        return least, Fraction(0)
    room = (most - least) * Fraction(PAD)
    below = least - room if least < 0 else max(Fraction(0), least - room)
    return below, (most + room if most > 0 else min(Fraction(0), most + room))


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
        step = _step((high - low) / (rows - 1) * gap, whole=whole)
        while (floor(low / step) * step) + step / gap * (rows - 1) < high:
            step = _next(step)
        start, a_row = floor(low / step) * step, step / gap
        filled = (high - low) / (a_row * (rows - 1))
        cost = Fraction(GAP_COST) * abs(gap - BEST_GAP)
        if rows - 1 < 2 * gap:
            cost += Fraction(FEW_COST)
        ticks = tuple(
            (rows - 1 - at, _plain(start + step * number)) for number, at in enumerate(range(0, rows, gap))
        )
        if best is None or filled - cost > best[0]:
            best = filled - cost, Values(start, a_row, rows, ticks)
    assert best is not None
    return best[1]


def _step(least: Fraction, *, whole: bool) -> Fraction:
    """The smallest round number that is not smaller."""
    if whole and least <= 1:
        return Fraction(1)
    power = floor(log10(least)) if float(least) > 0 else 0
    step = Fraction(10) ** power
    while step > least:
        step /= 10
    while step < least:
        step = _next(step)
    return step


def _next(step: Fraction) -> Fraction:
    power = Fraction(10) ** floor(log10(step) + 1e-9)
    digit = step / power
    return power * next((n for n in (*_STEPS, 10) if n > digit), 20)


def _plain(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else float(value)


def tick_text(value: Number, unit: Unit, *, ascii: bool = False) -> str:  # noqa: A002
    """The number of a tick: ``1.5 m``, ``20 %``; a currency is told elsewhere."""
    bare = unit._replace(currency="", rest="%" if unit.percent else "")
    text = short(value, bare, room=TICK_ROOM, scaled=True, ascii=ascii)
    return f"{text.text} {text.scale}".rstrip()


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

_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
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
    for months in _MONTHS:
        found = [
            Tick(round(scale.column(day)), _label(day, months))
            for day in _ends(scale.start, scale.end, months)
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


def _ends(start: date, end: date, months: int) -> Iterator[date]:
    """Last days of the periods of so many months between two days."""
    at = start.year * 12 + start.month
    whole_years = 12 if months > 12 else 0  # 2020 and 2030, not the years before them
    at = -(-(at - whole_years) // months) * months + whole_years
    while True:
        year, month = divmod(at - 1, 12)
        if year > 9999:
            return
        day = date(year, month + 1, days_in_month(year, month + 1))
        if day > end:
            return
        if day >= start:
            yield day
        at += months


def _label(day: date, months: int) -> str:
    if months >= 12:
        return f"{day.year}"
    if months == 6:
        return f"{day.year}-H{day.month // 6}"
    return f"{day.year}-Q{day.month // 3}" if months == 3 else f"{day.year}-{day.month:02}"
