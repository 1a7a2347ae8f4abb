"""What the marks and lines of a drawn chart mean: those that are in it, and no others."""

from __future__ import annotations

from gztrack.domain.grammar.qualifiers import LOWER_BOUNDS, UPPER_BOUNDS
from gztrack.export import chart_marks
from gztrack.export.svg_shapes import Paint, extent, words
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gztrack.services.board.chart_view import Chart

    Sample = Callable[[float, float], str]

TYPE = 11
"""Size of the type, in pixels."""

ROW = 18
"""Pixels from row to row."""

SAMPLE, GAP, APART = 26.0, 6.0, 18.0
"""Pixels of a sample, from it to its text, and to the next sample."""


def legend(chart: Chart, x: float, y: float, room: float, paint: Paint) -> tuple[list[str], int]:
    """The legend in rows, and how many rows there are.

    Args:
        chart: Whose.
        x: Its left end.
        y: Base line of the first row.
        room: Pixels of a row.
        paint: What colours are called.
    """
    elements: list[str] = []
    at, row = x, 0
    for sample, text in entries(chart, paint):
        wide = SAMPLE + GAP + extent(text, TYPE)
        if at > x and at + wide > x + room:
            at, row = x, row + 1
        base = y + ROW * row
        elements.append(sample(at, base - 4))
        elements.append(words(at + SAMPLE + GAP, base, text, TYPE, colour="muted", paint=paint))
        at += wide + APART
    return elements, row + 1 if elements else 0


def entries(chart: Chart, paint: Paint) -> Iterator[tuple[Sample, str]]:
    """Each sample, drawn from its left end and its middle on, with what it stands for."""
    yield from _readings(chart, paint)
    yield from _targets(chart, paint)
    if chart.line is not None:
        yield _stroke(paint("muted"), chart_marks.TO_TARGET), tr("the line to the target")
        if chart.expected is not None and chart.today <= chart.line[1].day:
            yield (
                lambda x, y: chart_marks.cross(x + SAMPLE / 2, y, paint("text")),
                tr("where it should be"),
            )
    if chart.projection is not None:
        yield _stroke(paint("accent"), chart_marks.FORECAST), tr("projection")
        if chart.projection.low != chart.projection.high:
            yield (
                lambda x, y: chart_marks.area(
                    [(x, y - 5), (x + SAMPLE, y - 5)],
                    [(x, y + 5), (x + SAMPLE, y + 5)],
                    paint("accent"),
                    chart_marks.RANGE_OPACITY,
                ),
                tr("its range"),
            )


def _readings(chart: Chart, paint: Paint) -> Iterator[tuple[Sample, str]]:
    accent, ground, middle = paint("accent"), paint("ground"), SAMPLE / 2
    said = [(point.qualifier, point.provisional) for point in chart.points]
    if any(qualifier == "exact" and not provisional for qualifier, provisional in said):
        yield (
            lambda x, y: (
                chart_marks.line([(x, y), (x + SAMPLE, y)], accent, 2)
                + chart_marks.point(x + middle, y, accent, accent)
            ),
            tr("the total so far") if chart.over else tr("reading"),
        )
    if any(qualifier == "about" or (provisional and qualifier == "exact") for qualifier, provisional in said):
        yield lambda x, y: chart_marks.point(x + middle, y, ground, accent), tr("provisional or about")
    for signs, side, text in (
        (LOWER_BOUNDS, -1, tr("at least")),
        (UPPER_BOUNDS, 1, tr("at most")),
    ):
        if any(qualifier in signs for qualifier, _ in said):
            yield _bound(side, paint), text


def _bound(side: int, paint: Paint) -> Sample:
    return lambda x, y: chart_marks.bound(
        x + SAMPLE / 2, y - side * 4, side, paint("ground"), paint("accent"), reach=11
    )


def _targets(chart: Chart, paint: Paint) -> Iterator[tuple[Sample, str]]:
    if any(target.headline for target in chart.targets):
        yield _target(paint, headline=True), tr("target, from stated to due")
    others = [target for target in chart.targets if not target.headline]
    if any(target.state == "standing" for target in others):
        yield _target(paint, headline=False, role="text"), tr("another target")
    if any(target.state != "standing" for target in others):
        yield _target(paint, headline=False, role="muted"), tr("superseded or dropped")
    if any(target.due is None for target in chart.targets):
        yield lambda x, y: chart_marks.onward(x + SAMPLE / 2 + 3, y, paint("strong")), tr("no due date")


def _target(paint: Paint, *, headline: bool, role: str = "strong") -> Sample:
    colour = paint(role)
    fill = colour if headline else paint("ground")

    def drawn(x: float, y: float) -> str:
        dashed = chart_marks.line(
            [(x, y), (x + SAMPLE, y)], colour, 1.6 if headline else 1.1, dashes=chart_marks.PROMISED
        )
        return dashed + chart_marks.diamond(x + SAMPLE - 5, y, fill, colour)

    return drawn


def _stroke(colour: str, dashes: str) -> Sample:
    return lambda x, y: chart_marks.line([(x, y), (x + SAMPLE, y)], colour, 1.5, dashes=dashes)
