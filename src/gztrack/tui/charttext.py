"""The chart of one indicator as lines of the screen, in braille or in ASCII. Pure.

Points stand in the middle of cells, and the line meets them. What wins where things meet: points,
then ends of targets, then labels, then the line of the readings, targets, projection, the line to
the target, today.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from gztrack.domain.amounts import Number
from gztrack.domain.grammar.qualifiers import LOWER_BOUNDS, UPPER_BOUNDS
from gztrack.export.chart_numbers import goal_label, tick_text, widened
from gztrack.export.chart_range import extent, limits, shown, span, stated, thinned
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.board.chart_view import Chart, ChartPoint, ChartTarget, Spot
from gztrack.tui import chartscale
from gztrack.tui.cells import Line, cut_line, right, width
from gztrack.tui.chartscale import Times, Values
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.plot import Dot, Pen, Plot, centre

LEAST_CELLS, LEAST_ROWS = 30, 5
"""Less than this shows nothing that a list would not show better."""

TODAY, RANGE, LINE, FORECAST, TARGET, READINGS, LABEL, EXPECTED, END, POINT, MARKED = range(11)
"""Ranks: what comes later wins."""

READINGS_PEN = Pen("accent", READINGS, char=".")
LINE_PEN = Pen("muted", LINE, every=2, char=":")
FORECAST_PEN = Pen("muted", FORECAST, every=4, char="~")
RANGE_PEN = Pen("muted", RANGE, every=6, char=",")

MARGIN = 6
"""Cells for the numbers: hardly any needs more, and so the axis of the next row's chart stays where it is."""

APART = 2
"""Cells between two labels on a line: nearer they would read as one."""


class Signs(NamedTuple):
    """The marks of a chart."""

    exact: str
    lower: str
    upper: str
    unsure: str
    target: str
    old_end: str
    end: str
    onward: str
    today: str
    expected: str
    axis: str
    tick: str
    below: str


BRAILLE = Signs("●", "▴", "▾", "○", "╌", "◇", "◆", "▸", "┊", "┼", "│", "┤", "╵")
ASCII = Signs("*", "^", "v", "o", "-", ")", "#", ">", "|", "+", "|", "+", "'")


def chart_lines(
    chart: Chart, cells: int, rows: int, glyphs: Glyphs, *, travelling: bool = False, marked: str = ""
) -> list[Line]:
    """Return the chart in ``rows`` lines of at most ``cells`` cells, the axis of time last.

    Args:
        chart: What to draw.
        cells: Width.
        rows: Height.
        glyphs: Which characters the terminal can show.
        travelling: The day is not today, and is called so.
        marked: Id of the reading or target that stands out.

    Returns:
        Nothing where there is too little room, or nothing to draw.
    """
    if chart.empty or cells < LEAST_CELLS or rows < LEAST_ROWS:
        return []
    now = tr("as of") if travelling else tr("today")
    return list(_kept(chart, cells, rows, glyphs, now, marked))


@lru_cache(maxsize=16)
def _kept(chart: Chart, cells: int, rows: int, glyphs: Glyphs, now: str, marked: str) -> tuple[Line, ...]:
    return tuple(_Drawing(chart, cells, rows, glyphs, now, marked).lines())


class _Drawing:
    """One chart in one size."""

    def __init__(self, chart: Chart, cells: int, rows: int, glyphs: Glyphs, now: str, marked: str) -> None:
        self.chart = chart
        self.glyphs = glyphs
        self.signs = ASCII if glyphs.ascii else BRAILLE
        self.marked = marked
        self.now = now
        self.cells = cells
        low, high = widened(*extent(chart))
        whole = not chart.unit.percent and all(float(value).is_integer() for value in stated(chart))
        self.values: Values = chartscale.values(low, high, rows - 1, whole=whole)
        self.texts = {
            row: tick_text(value, chart.unit, ascii=glyphs.ascii) for row, value in self.values.ticks
        }
        self.margin = max(MARGIN, 1 + max(map(width, self.texts.values())))
        columns = cells - self.margin - 2  # the axis, and a cell of air at the right
        first, last = span(chart)
        self.times: Times = chartscale.times(first, last, columns)
        self.plot = Plot(columns, rows - 1, ascii=glyphs.ascii)

    def lines(self) -> Iterator[Line]:
        """Everything drawn, the least first."""
        self._today()
        self._lines()
        for target in reversed(self.chart.targets):
            self._target(target)
        self._readings()
        self._expected()
        for target in self.chart.targets:
            self._target_label(target)
        self._today_label()
        for row, drawn in enumerate(self.plot.lines()):
            tick = self.texts.get(row, "")
            axis = self.signs.tick if tick else self.signs.axis
            yield [(right(tick, self.margin), "muted"), (axis, "faint"), *drawn]
        yield self._axis()

    # Places

    def _column(self, day: date) -> int:
        return round(self.times.column(day))

    def _row(self, value: Number) -> int:
        return max(-1, min(self.values.rows, round(self.values.row(value))))

    def _dot(self, spot: Spot) -> Dot:
        column, row = self.times.column(spot.day), self.values.row(spot.value)
        return Dot(column * 2 + 0.5, max(-1e6, min(1e6, row * 4 + 1.5)))

    def _snapped(self, spot: Spot) -> Dot:
        return centre(self._column(spot.day), self._row(spot.value))

    # Parts

    def _today(self) -> None:
        column = self._column(self.chart.today)
        for row in range(self.plot.height):
            self.plot.mark(column, row, self.signs.today, "muted", TODAY)

    def _today_label(self) -> None:
        column, cells = self._column(self.chart.today), width(self.now)
        for row in reversed(range(self.plot.height)):
            for at in (column - cells - 1, column + 2):
                if self._room(at, row, cells, LINE):
                    self.plot.label(at, row, self.now, "muted", LABEL)
                    return

    def _lines(self) -> None:
        chart = self.chart
        if chart.line is not None:
            self.plot.path([self._snapped(spot) for spot in chart.line], LINE_PEN)
        if chart.projection is None:
            return
        for way, pen in (
            (chart.projection.low, RANGE_PEN),
            (chart.projection.high, RANGE_PEN),
            (chart.projection.middle, FORECAST_PEN),
        ):
            self.plot.path([self._snapped(way[0]), *map(self._dot, way[1:])], pen)

    def _readings(self) -> None:
        points = self.chart.points
        line = thinned(points, self.plot.width, self._column)
        self.plot.path([self._snapped(Spot(p.day, p.value)) for p in line], READINGS_PEN)
        for point in shown(points, self.plot.width // 2, self.marked):
            column, row = self._column(point.day), self._row(point.value)
            marked = point.id == self.marked
            role, rank = ("strong@select", MARKED) if marked else ("accent", POINT)
            self.plot.mark(column, row, self._sign(point), role, rank)
            self._open_end(point, column, row)

    def _sign(self, point: ChartPoint) -> str:
        if point.qualifier in LOWER_BOUNDS:
            return self.signs.lower
        if point.qualifier in UPPER_BOUNDS:
            return self.signs.upper
        return self.signs.unsure if point.provisional or point.qualifier == "about" else self.signs.exact

    def _open_end(self, point: ChartPoint, column: int, row: int) -> None:
        """A bound is open to one side: two dots lead there."""
        way = -1 if point.qualifier in LOWER_BOUNDS else 1 if point.qualifier in UPPER_BOUNDS else 0
        if way and not self.glyphs.ascii and 0 <= row + way < self.plot.height:
            at, from_row = centre(column, row)
            for away in (3, 5):
                place = Dot(at, from_row + way * away)
                self.plot.path([place, place], READINGS_PEN)

    def _expected(self) -> None:
        """Where the line from the baseline is today."""
        chart = self.chart
        if chart.expected is None or chart.line is None or chart.today > chart.line[1].day:
            return
        place = self._column(chart.today), self._row(chart.expected.value)
        self.plot.mark(*place, self.signs.expected, "text", EXPECTED)

    def _ends(self, target: ChartTarget) -> tuple[int, int]:
        """First and last column of a target."""
        end = self.plot.width - 1 if target.due is None else self._column(target.due)
        start = 0 if target.since is None else self._column(target.since)
        return min(start, end), end

    def _role(self, target: ChartTarget) -> str:
        return "strong" if target.headline else "muted"

    def _target(self, target: ChartTarget) -> None:
        start, end = self._ends(target)
        sign = self.signs.end if target.headline else self.signs.old_end
        if target.due is None:
            sign = self.signs.onward
        role = self._role(target)
        for row in map(self._row, limits(target)):
            for column in range(start, end):
                self.plot.mark(column, row, self.signs.target, role, TARGET)
            marked = target.id == self.marked
            self.plot.mark(end, row, sign, "strong@select" if marked else role, MARKED if marked else END)

    def _target_label(self, target: ChartTarget) -> None:
        """Above its line, else below, else on it: where neither a mark nor the line of the readings is."""
        text = goal_label(target, self.chart.unit, self.chart.decimals, ascii=self.glyphs.ascii)
        cells, (start, end), row = width(text), self._ends(target), self._row(limits(target)[0])
        low = self._row(limits(target)[-1])
        ends = (end - cells + 1, end - cells, start, max(0, start - cells - 1))
        places = [(at, above) for above in (row - 1, low + 1) for at in ends[:3]]
        places += [(at, row) for at in (end - cells - 1, ends[3])]
        for at, line in places:
            # Only its own target's line may go under a label.
            if self._room(at, line, cells, TARGET if line != row else READINGS):
                self.plot.label(at, line, text, self._role(target), LABEL)
                return

    def _room(self, column: int, row: int, cells: int, rank: int) -> bool:
        """Whether a label may stand here: over nothing of this rank or a higher one, apart from labels and marks."""
        if not self.plot.free(column, row, cells, rank):
            return False
        near = [*range(column - APART, column), *range(column + cells, column + cells + APART)]
        touching = column - 1, column + cells
        return all(self.plot.rank(at, row) != LABEL for at in near) and all(
            self.plot.rank(at, row) < LABEL for at in touching
        )

    def _axis(self) -> Line:
        """The labels of time, each ending at its tick."""
        indent = self.margin + 1
        text = ""
        for tick in chartscale.ticks(self.times, indent):
            at = indent + tick.column - width(tick.text)
            if at >= width(text) + (2 if text else 0):
                text += " " * (at - width(text)) + tick.text + self.signs.below
        return cut_line([(text, "muted")], self.cells, "")
