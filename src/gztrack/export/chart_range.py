"""What a chart has to show: which values, from which day to which, and which readings where there are many. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from gztrack.domain.amounts import Number
from gztrack.services.board.chart_view import Chart, ChartPoint, ChartTarget

YEARS_TO_ROUND = 4
"""From so many years on the axis of time begins and ends with a year."""


def stated(chart: Chart) -> Iterator[Number]:
    """Every value of readings and targets."""
    for point in chart.points:
        yield point.value
    for target in chart.targets:
        yield target.value
        if target.high is not None:
            yield target.high


def extent(chart: Chart) -> tuple[Number, Number]:
    """The least and the greatest value to show; the range of a projection may run out of the picture."""
    found = list(stated(chart))
    found += [spot.value for spot in chart.line or ()]
    if chart.projection is not None:
        found += [spot.value for spot in chart.projection.middle]
    low, high = min(found), max(found)
    if chart.projection is not None:
        room = (high - low) / 4
        ends = [spot.value for way in (chart.projection.low, chart.projection.high) for spot in way]
        low, high = max(low - room, min([low, *ends])), min(high + room, max([high, *ends]))
    return low, high


def span(chart: Chart) -> tuple[date, date]:
    """The first and the last day to show.

    Days on which promises were stated long before anything was measured would leave the readings no
    room: they may take a third. A promise without a date goes on a while.
    """
    days = list(_days(chart))
    first, last = min(days), max(days)
    stated_on = [target.since for target in chart.targets if target.since is not None]
    earliest = first - (last - first) / 2 if chart.points else date.min
    first = min([first, *(max(day, earliest) for day in stated_on)])
    if any(target.due is None for target in chart.targets):
        last += (last - first) / 12
    return whole_years(first, last)


def whole_years(first: date, last: date) -> tuple[date, date]:
    """The range from a year's end to another's where it has several years: charts of one board then mostly share it."""
    if (last - first).days < YEARS_TO_ROUND * 366 or last.year >= date.max.year:
        return first, last
    start = first if (first.month, first.day) == (12, 31) else date(first.year - 1, 12, 31)
    return start, date(last.year, 12, 31)


def _days(chart: Chart) -> Iterator[date]:
    yield chart.today
    yield from (point.day for point in chart.points)
    yield from (target.due for target in chart.targets if target.due is not None)
    yield from (spot.day for spot in chart.line or ())


def limits(target: ChartTarget) -> list[Number]:
    """The values at which a target has a line, the upper one first."""
    return [target.value] if target.high is None else [target.high, target.value]


def thinned(points: Sequence[ChartPoint], columns: int, column: Callable[[date], int]) -> list[ChartPoint]:
    """The points that a line is drawn through: first, least, greatest and last of each column.

    Args:
        points: Oldest first.
        columns: How many there are.
        column: The column of a day.
    """
    if len(points) <= 2 * columns:
        return list(points)
    found: dict[int, list[ChartPoint]] = {}
    for point in points:
        found.setdefault(column(point.day), []).append(point)
    kept: list[ChartPoint] = []
    for members in found.values():
        ends = {0, len(members) - 1}
        order = sorted(range(len(members)), key=lambda at: members[at].value)
        kept += [members[at] for at in sorted(ends | {order[0], order[-1]})]
    return kept


def shown(points: Sequence[ChartPoint], most: int, marked: str = "") -> list[ChartPoint]:
    """The points that get a mark: all, or where they would make one bar of marks what is special.

    Args:
        points: Oldest first.
        most: How many marks stand beside each other.
        marked: Id of one that gets a mark in any case.
    """
    if len(points) <= max(1, most):
        return list(points)
    special = [p for p in points if p.qualifier != "exact" or p.provisional]
    kept = {p.id for p in special} if len(special) <= most // 2 else set()
    kept |= {points[-1].id, marked}
    return [p for p in points if p.id in kept]
