"""What a chart shows, in words: for readers who cannot see it, and below its title."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.units import typeset
from gztrack.export.chart_numbers import projected
from gztrack.export.wording import told, totalled
from gztrack.language import ntr, tr
from gztrack.services.board.chart_view import Chart, ChartTarget

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def described(chart: Chart) -> str:
    """Unit, readings, the latest of them, targets, the line and the projection: ``unit %; 3 readings ...``."""
    return told(_statements(chart))


def _statements(chart: Chart) -> Iterator[str]:
    unit, decimals = chart.unit, chart.decimals
    if unit.told:
        yield tr("unit {unit}", unit=typeset(unit.told))
    if chart.points:
        first, last = chart.points[0], chart.points[-1]
        yield ntr(
            "{n:,} reading from {first} to {last}",
            "{n:,} readings from {first} to {last}",
            len(chart.points),
            first=first.day,
            last=last.day,
        )
        figure = exact(last.value, unit, last.qualifier, decimals=decimals)
        yield tr("latest {figure}", figure=totalled(figure, chart.over))
    else:
        yield tr("no reading")
    if not chart.targets:
        yield tr("no target")
    for target in chart.targets:
        yield _promised(chart, target)
    if chart.expected is not None and chart.line is not None and chart.today <= chart.line[1].day:
        figure = exact(projected(chart.expected.value), unit, chart.expected.qualifier)
        yield tr("the line to the target is at {figure} on {day}", figure=figure, day=chart.today)
    if chart.projection is not None:
        low, middle, high = (
            projected(way[-1].value)
            for way in (chart.projection.low, chart.projection.middle, chart.projection.high)
        )
        value = exact(middle, unit, "about")
        if low == high:
            yield tr("projection {value} when due", value=value)
        else:
            yield tr(
                "projection {value} when due ({low} to {high})",
                value=value,
                low=exact(min(low, high), unit, "about", with_unit=False),
                high=exact(max(low, high), unit, "about", with_unit=False),
            )


def _promised(chart: Chart, target: ChartTarget) -> str:
    goal = exact_goal(target.value, target.high, target.comparator, chart.unit, decimals=chart.decimals)
    if target.headline:
        goal = totalled(goal, chart.over)
    if target.due is None:
        said = tr("target {goal} without a due date", goal=goal)
    else:
        said = tr("target {goal} by {due}", goal=goal, due=target.due)
    if target.state == "standing":
        return said
    return tr("{text} ({note})", text=said, note=tr(target.state))
