"""The chart of one indicator as an SVG element, in a page of its own or in another document.

It means what the chart on the terminal means: readings as points on a line, a bound open to its
side, what is provisional or about hollow, promises as dashed lines from when they were stated to
when they fall due, the line from the baseline to the target, and where the readings lead.
"""

from __future__ import annotations

from gztrack.domain.amounts import Number
from gztrack.domain.grammar.qualifiers import LOWER_BOUNDS, UPPER_BOUNDS
from gztrack.domain.text import clean
from gztrack.domain.units import typeset
from gztrack.export import chart_marks
from gztrack.export.board_text import unit_text
from gztrack.export.chart_axes import TYPE, Times, times, values
from gztrack.export.chart_legend import ROW, legend
from gztrack.export.chart_numbers import goal_label, point_label, projection_label, widened
from gztrack.export.chart_places import Box, Place, Places, around_point, at_end, beside_line
from gztrack.export.chart_range import extent as values_extent
from gztrack.export.chart_range import limits, shown, span, stated, thinned
from gztrack.export.chart_words import described
from gztrack.export.svg_page import svg_tag
from gztrack.export.svg_shapes import Paint, extent, fitted, plain, px, words, xml
from gztrack.export.wording import headed
from gztrack.language import tr
from gztrack.services.board.chart_view import Chart, ChartPoint, ChartTarget, Spot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

LABEL = 12
"""Size of the type of labels, in pixels."""

HEAD, FOOT, SIDE = 24.0, 24.0, 14.0
"""Pixels above, below and at the right of the field."""

ABOVE, BELOW = 20, 12
"""Pixels in the field that are kept free above the greatest value, and below the least one where it is not zero."""

MARK_ROOM = 9
"""Pixels that a mark of a reading takes beside another one."""


def drawn(
    chart: Chart,
    name: str,
    *,
    width: int = 640,
    height: int = 280,
    paint: Paint = plain,
    explained: bool = False,
) -> str:
    """The chart as a ``<svg>`` element.

    Args:
        chart: What to draw.
        name: What the indicator is called.
        width: Pixels; the picture can be shown in any size.
        height: As ``width``.
        paint: What colours are called: `svg_shapes.plain` for a file, `svg_shapes.css` for a document whose style
            sheet gives ``--ground``, ``--text``, ``--strong``, ``--muted``, ``--rest`` and ``--accent``.
        explained: With a legend at its foot.
    """
    told = described(chart)
    label = f' aria-label="{xml(headed(name, told))}"'
    below: list[str] = []
    rows = 0
    if explained:
        _, rows = legend(chart, 0, 0, width - 2, paint)
        below, _ = legend(chart, 1, height - 5 - ROW * (rows - 1), width - 2, paint)
    lines = [
        svg_tag(width, height, label),
        f"<title>{xml(name)}</title>",
        f"<desc>{xml(told)}</desc>",
        *parts(chart, Box(0, 0, width, height - (ROW * rows + 4 if rows else 0)), paint),
        *below,
        "</svg>",
    ]
    return "\n".join(lines)


def parts(chart: Chart, box: Box, paint: Paint = plain, *, unit: bool = True) -> list[str]:
    """The elements of the chart, for a picture that has more in it.

    Args:
        chart: What to draw.
        box: Where; nothing leaves it.
        paint: As in `drawn`.
        unit: The unit is told above the axis; else it has to be elsewhere.
    """
    if chart.empty:
        x, y = (box.left + box.right) / 2, (box.top + box.foot) / 2
        text = fitted(tr("neither a reading nor a target"), LABEL, box.right - box.left)
        return [words(x, y, text, LABEL, colour="muted", anchor="middle", paint=paint)]
    return _Drawing(chart, box, paint, unit=unit).elements


class _Drawing:
    """One chart in one place.

    Attributes:
        elements: What was drawn, the lowest first.
    """

    def __init__(self, chart: Chart, box: Box, paint: Paint, *, unit: bool) -> None:
        self.chart, self.box, self.paint = chart, box, paint
        # A percent sign stands at every number.
        self.unit = clean(typeset(chart.unit.told)) if unit and unit_text(chart.unit) else ""
        self.elements: list[str] = []
        low, high = widened(*values_extent(chart))
        whole = not chart.unit.percent and all(float(value).is_integer() for value in stated(chart))
        top, foot = box.top + HEAD, box.foot - FOOT
        self.values = values(low, high, foot, top, BELOW if low else 0, ABOVE if high else BELOW)
        self.ticks = self.values.ticks(chart.unit, whole=whole)
        margin = max(extent(tick.text, TYPE) for tick in self.ticks) + 8
        self.field = Box(box.left + margin, top, box.right - SIDE, foot)
        first, last = span(chart)
        self.times: Times = times(first, last, self.field.left + 10, self.field.right - 6)
        self.places = Places(self.field)
        self._draw()

    def _draw(self) -> None:
        self._grid()
        self._today()
        self._projection()
        self._line()
        for target in reversed(self.chart.targets):
            self._target(target)
        self._readings()
        self._expected()
        labels = list(self.chart.targets)
        for target in labels[:1]:
            self._target_label(target)
        self._latest_label()
        for target in labels[1:]:
            self._target_label(target)
        self._projection_label()

    # Places

    def _place(self, spot: Spot) -> Place:
        return self.times.x(spot.day), self.values.y(spot.value)

    def _y(self, value: Number) -> float:
        return self.values.y(value)

    # Parts

    def _grid(self) -> None:
        field, colour = self.field, self.paint("rest")
        across = f"H{px(field.right)}"
        grid = "".join(f"M{px(field.left)} {px(tick.y)}{across}" for tick in self.ticks)
        self.elements.append(chart_marks.stroke(grid, colour, 1, opacity=0.55))
        for tick in self.ticks:
            self._word(field.left - 6, tick.y + 4, tick.text, "muted", "end", size=TYPE)
        axis = f"M{px(field.left)} {px(field.foot)}{across}"
        if self.values.low < 0 < self.values.high:
            axis += f"M{px(field.left)} {px(self._y(0))}{across}"
        whens = self.times.ticks(self.box.left, self.box.right)
        axis += "".join(f"M{px(when.x)} {px(field.foot)}v4" for when in whens)
        self.elements.append(chart_marks.stroke(axis, colour, 1))
        for when in whens:
            self._word(when.at, field.foot + 16, when.text, "muted", "middle", size=TYPE)

    def _word(
        self, x: float, y: float, text: str, colour: str, anchor: str = "", *, size: float = LABEL
    ) -> None:
        self.elements.append(words(x, y, text, size, colour=colour, anchor=anchor, paint=self.paint))

    def _today(self) -> None:
        """The day with its name above the field, and the unit beside that."""
        x, field, box = self.times.x(self.chart.today), self.field, self.box
        self.elements.append(
            chart_marks.line([(x, field.top - 4), (x, field.foot)], self.paint("muted"), 1, dashes="1 3")
        )
        self.places.line([(x, field.top), (x, field.foot)], faint=True)
        text = tr("as of {date}", date=self.chart.today)
        wide = extent(text, TYPE)
        at = max(box.left, min(x - wide / 2, box.right - wide))
        y = field.top - 8
        before, behind = at - box.left - 12, box.right - at - wide - 12
        whole = extent(self.unit, TYPE)
        self._word(at, y, text, "muted", size=TYPE)
        if self.unit and (whole <= before or before >= behind):
            self._word(box.left, y, fitted(self.unit, TYPE, before), "muted", size=TYPE)
        elif self.unit:
            self._word(box.right, y, fitted(self.unit, TYPE, behind), "muted", "end", size=TYPE)

    def _projection(self) -> None:
        found = self.chart.projection
        if found is None:
            return
        edges = [
            chart_marks.clipped(list(map(self._place, way)), self.field) for way in (found.low, found.high)
        ]
        self.elements.append(
            chart_marks.area(edges[0], edges[1], self.paint("accent"), chart_marks.RANGE_OPACITY)
        )
        middle = list(map(self._place, found.middle))
        self.elements.append(chart_marks.line(middle, self.paint("accent"), 1.5, dashes=chart_marks.FORECAST))
        self.places.line(middle, faint=True)

    def _line(self) -> None:
        if self.chart.line is not None:
            ends = list(map(self._place, self.chart.line))
            self.elements.append(
                chart_marks.line(ends, self.paint("muted"), 1.2, dashes=chart_marks.TO_TARGET)
            )
            self.places.line(ends, faint=True)

    def _readings(self) -> None:
        points, accent = self.chart.points, self.paint("accent")
        field = self.field
        kept = thinned(points, int(field.right - field.left), lambda day: round(self.times.x(day)))
        way = [self._place(Spot(point.day, point.value)) for point in kept]
        if len(way) > 1:
            self.elements.append(chart_marks.line(way, accent, 2))
            self.places.line(way)
        for point in shown(points, int((field.right - field.left) / MARK_ROOM)):
            x, y = self._place(Spot(point.day, point.value))
            self.elements.append(self._mark(point, x, y))
            self.places.mark(x, y, 5)
            if side := _open_side(point):
                self.places.mark(x, y + side * 12, 4)

    def _mark(self, point: ChartPoint, x: float, y: float) -> str:
        ground, accent = self.paint("ground"), self.paint("accent")
        if side := _open_side(point):
            return chart_marks.bound(x, y, side, ground, accent)
        unsure = point.provisional or point.qualifier == "about"
        return chart_marks.point(x, y, ground if unsure else accent, accent)

    def _expected(self) -> None:
        """Where the line from the baseline is today."""
        chart = self.chart
        if chart.expected is None or chart.line is None or chart.today > chart.line[1].day:
            return
        x, y = self._place(Spot(chart.today, chart.expected.value))
        if self.field.top <= y <= self.field.foot:
            self.elements.append(chart_marks.cross(x, y, self.paint("text")))
            self.places.mark(x, y, 4)

    def _ends(self, target: ChartTarget) -> Place:
        """First and last pixel of a target."""
        right = self.times.x(target.due) if target.due is not None else self.field.right
        left = self.field.left if target.since is None else self.times.x(target.since)
        return max(self.field.left, min(left, right)), right

    def _role(self, target: ChartTarget) -> str:
        if target.headline:
            return "strong"
        return "text" if target.state == "standing" else "muted"

    def _target(self, target: ChartTarget) -> None:
        left, right = self._ends(target)
        colour, ground = self.paint(self._role(target)), self.paint("ground")
        for value in limits(target):
            y = self._y(value)
            weight = 1.6 if target.headline else 1.1
            self.elements.append(
                chart_marks.line([(left, y), (right, y)], colour, weight, dashes=chart_marks.PROMISED)
            )
            self.places.line([(left, y), (right, y)])
            if target.due is None:
                self.elements.append(chart_marks.onward(right, y, colour))
            else:
                self.elements.append(
                    chart_marks.diamond(right, y, colour if target.headline else ground, colour)
                )
            self.places.mark(right, y, 5)

    # Labels

    def _target_label(self, target: ChartTarget) -> None:
        text = goal_label(target, self.chart.unit, self.chart.decimals)
        left, right = self._ends(target)
        upper, *lower = map(self._y, limits(target))
        places = beside_line(left, right, upper, lower[0] if lower else upper, extent(text, LABEL))
        self._label(places, text, self._role(target), bold=target.headline)

    def _latest_label(self) -> None:
        if self.chart.points:
            point = self.chart.points[-1]
            text = point_label(point, self.chart.unit, self.chart.decimals)
            places = around_point(*self._place(Spot(point.day, point.value)), extent(text, LABEL))
            self._label(places, text, "accent", bold=True)

    def _projection_label(self) -> None:
        if self.chart.projection is not None:
            end = self.chart.projection.middle[-1]
            text = projection_label(end.value, self.chart.unit)
            self._label(at_end(*self._place(end), extent(text, LABEL)), text, "accent", bold=False)

    def _label(self, candidates: Iterable[Place], text: str, role: str, *, bold: bool) -> None:
        place = self.places.found(candidates, text, LABEL)
        if place is not None:
            self.elements.append(
                words(*place, text, LABEL, colour=role, bold=bold, apart=True, paint=self.paint)
            )


def _open_side(point: ChartPoint) -> int:
    """To which side a reading is open: -1 upwards, 1 downwards, 0 for one that is no bound."""
    if point.qualifier in LOWER_BOUNDS:
        return -1
    return 1 if point.qualifier in UPPER_BOUNDS else 0
