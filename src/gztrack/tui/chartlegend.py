"""How to read a chart, for the help. Pure."""

from __future__ import annotations

from gztrack.language import tr
from gztrack.tui.cells import Line
from gztrack.tui.charttext import ASCII, BRAILLE
from gztrack.tui.glyphs import Glyphs


def chart_legend(glyphs: Glyphs) -> list[Line]:
    """Return the marks of a chart with what they mean."""
    signs = ASCII if glyphs.ascii else BRAILLE
    solid, dotted = ("....", ". . ") if glyphs.ascii else ("⣀⣀⣀⣀", "⠄ ⠄ ")
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
            (solid, "accent", tr("readings")),
            (dotted, "muted", tr("projection and its range")),
            (signs.expected, "text", tr("the line to the target, today")),
        ),
    )
    lines: list[Line] = [[(" " + tr("how to read the chart"), "group")]]
    for row in rows:
        line: Line = []
        for sign, role, text in row:
            line += [("   " if line else " ", "text"), (sign, role), (f" {text}", "text")]
        lines.append(line)
    return lines
