"""Which columns fit a width, and how wide each of them is. Pure arithmetic.

Columns drop in a fixed order as the terminal narrows; what is spare goes to the name first, so that it can be
read to its end, then to trend and bar.
"""

from __future__ import annotations

from gztrack.export.bars import OVERSHOOT
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.tui.cells import width as cells_of

FULL_UNIT = 144
TREND = 144
FULL_DIGITS = 118
PERIOD = 106
DUE = 94
TARGET = 72
BAR = 60
"""Narrowest list, in cells, that shows a column (or full units, or full digits)."""

TREND_LEAST, TREND_CELLS = 5, 8
"""Cells of a trend while names are cut, and once they are not."""

NAME_FIRST = 80
"""Cells that a name takes before anything else grows; hardly any is longer."""

PERCENT_CELLS = 6
SHORT_ROOM, FULL_ROOM = 7, 10
"""Cells for a value below and from ``FULL_DIGITS``."""


class Needs(NamedTuple):
    """How wide the widest content of each column is, in cells.

    Attributes:
        status: Of the status words on the board.
        unit: Of the reading's unit as it would be shown at this width.
        scale: Of the scale behind a figure.
        trend: Of the trends; 0 where no row has any, and then there is no column.
    """

    name: int = 30
    unit: int = 0
    period: int = 0
    target: int = 0
    due: int = 0
    percent: int = 0
    status: int = 0
    scale: int = 2
    trend: int = TREND_CELLS


class Columns(NamedTuple):
    """Widths in cells; 0 leaves a column out. ``gap`` blanks stand before each column."""

    width: int
    name: int
    value: int
    unit: int
    period: int
    trend: int
    target: int
    target_unit: int
    due: int
    bar: int
    percent: int
    status: int
    margin: int
    gap: int = 1

    @property
    def lead(self) -> int:
        """Cells before the name: gutter, glyph and a blank."""
        return 3

    @property
    def bar_total(self) -> int:
        """Cells of bar, post and overshoot; 0 without a bar."""
        return self.bar + 1 + OVERSHOOT if self.bar else 0

    @property
    def used(self) -> int:
        """Cells that all columns take together."""
        wide = [self.value, self.period, self.trend, self.target, self.due, self.bar_total, self.status]
        cells = self.lead + self.name + sum(self.gap + cells for cells in wide if cells)
        cells += sum(1 + unit for unit in (self.unit, self.target_unit) if unit)
        # A bar's overshoot is blank or belongs to a percentage of three digits, so the
        # percentage needs no blank of its own behind it.
        cells += self.percent if self.bar else 1 + self.percent
        return cells + self.margin


def room(width: int) -> int:
    """Return the cells for a value's text at this list width."""
    return FULL_ROOM if width >= FULL_DIGITS else SHORT_ROOM


def columns(width: int, needs: Needs) -> Columns:
    """Return the columns of a list.

    Args:
        width: Cells of the list.
        needs: Widest contents.
    """
    wide = width >= FULL_DIGITS
    has_target = width >= TARGET
    status = 14 if needs.status > 11 else 11
    scale = max(3 if wide and status == 11 else 2, needs.scale)
    base = Columns(
        width=width,
        name=0,
        value=room(width),
        unit=max(scale, needs.unit),
        period=max(cells_of(tr("period")), needs.period) if width >= PERIOD else 0,
        trend=_trend(needs, TREND_LEAST) if width >= TREND else 0,
        target=max(room(width), needs.target) if has_target else 0,
        target_unit=scale if has_target else 0,
        due=max(10, needs.due) if width >= DUE else 0,
        bar=8 if width >= BAR else 0,
        percent=max(PERCENT_CELLS, needs.percent),
        status=status,
        margin=0 if width < DUE and status == 14 else 1,
    )
    return _spent(base, needs)


def _trend(needs: Needs, most: int) -> int:
    """Cells of the trend, of which at most so many for what it shows."""
    return max(cells_of(tr("trend")), min(needs.trend, most)) if needs.trend else 0


def _spent(columns: Columns, needs: Needs) -> Columns:
    """Give the spare cells away: name to 80, trend, bar to 12, gaps, bar to 24, name to its end, bar to 40."""
    widest = max(needs.name, 12)
    columns = columns._replace(name=min(NAME_FIRST, widest, max(4, columns.width - columns.used)))
    trend = _trend(needs, TREND_CELLS) if columns.trend else 0
    columns = columns._replace(trend=min(trend, columns.trend + max(0, columns.width - columns.used)))
    columns = _bar_to(columns, 12)
    # Wider gaps are only looks; a name that is cut is lost.
    wider = columns._replace(gap=2)
    if wider.used <= wider.width:
        columns = wider
    return _bar_to(_name_to(_bar_to(columns, 24), widest), 40)


def _name_to(columns: Columns, cells: int) -> Columns:
    spare = max(0, columns.width - columns.used)
    return columns._replace(name=max(columns.name, min(cells, columns.name + spare)))


def _bar_to(columns: Columns, cells: int) -> Columns:
    spare = columns.width - columns.used
    if not columns.bar or spare <= 0:
        return columns
    return columns._replace(bar=max(columns.bar, min(cells, columns.bar + spare)))
