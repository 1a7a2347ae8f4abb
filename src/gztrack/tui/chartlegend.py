"""How to read a chart, for the help. Pure."""

from __future__ import annotations

from gztrack.language import tr
from gztrack.tui.cells import Line
from gztrack.tui.charttext import ASCII, BRAILLE, FORECAST_PEN, LINE_PEN, RANGE_PEN, READINGS_PEN
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.plot import Dot, Pen, Plot

SAMPLE = 4
"""Cells of a piece of a line."""


def chart_legend(glyphs: Glyphs) -> list[Line]:
    """Return the marks of a chart with what they mean."""
    signs = ASCII if glyphs.ascii else BRAILLE
    step = signs.target * 3
    rows = (
        (
            (signs.exact, "accent", tr("reading")),
            (signs.unsure, "accent", tr("provisional or about")),
            (f"{signs.lower} {signs.upper}", "accent", tr("at least, at most")),
        ),
        (
            (step + signs.end, "strong", tr("target, from stated to due")),
            (step + signs.old_end, "muted", tr("another target")),
            (step + signs.onward, "muted", tr("no due date")),
        ),
        (
            (_drawn(READINGS_PEN, glyphs), READINGS_PEN.role, tr("readings")),
            (_drawn(LINE_PEN, glyphs), LINE_PEN.role, tr("the line to the target")),
            (signs.expected, "text", tr("where it is today")),
            (signs.today, "muted", tr("today")),
        ),
        (
            (_drawn(FORECAST_PEN, glyphs), FORECAST_PEN.role, tr("projection")),
            (_drawn(RANGE_PEN, glyphs), RANGE_PEN.role, tr("its range")),
        ),
    )
    lines: list[Line] = [[(" " + tr("how to read the chart"), "group")]]
    for row in rows:
        line: Line = []
        for sign, role, text in row:
            line += [("   " if line else " ", "text"), (sign, role), (f" {text}", "text")]
        lines.append(line)
    return lines


def _drawn(pen: Pen, glyphs: Glyphs) -> str:
    """A piece of a line, as the chart draws it."""
    plot = Plot(SAMPLE, 1, ascii=glyphs.ascii)
    plot.path([Dot(0, 2), Dot(SAMPLE * 2 - 1, 2)], pen)
    return "".join(text for text, _ in plot.lines()[0])
