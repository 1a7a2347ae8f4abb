"""The line that says how far long work is. Pure."""

from __future__ import annotations

from gztrack.domain.text import clean
from gztrack.services.progress import Reached
from gztrack.tui.cells import Line, cut_line, width
from gztrack.tui.glyphs import Glyphs

PATIENCE = 0.3
"""Seconds before anything is said: most work is done by then."""

PAUSE = 0.2
"""Seconds between two repaints of the line."""

LONGEST, SHORTEST = 30, 6
"""Cells of the bar."""

MEGABYTE = 1_000_000


def working_line(reached: Reached, cells: int, glyphs: Glyphs, *, cancelled: bool = False) -> Line:
    """Return "reading 48,000 of 101,000 rows ━━━━──  escape cancels" in at most ``cells`` cells.

    Args:
        reached: How far it is.
        cells: Width.
        glyphs: Which characters the terminal can show.
        cancelled: It was called off and is about to stop.
    """
    said = f" {clean(reached.doing)} {amount(reached)}".rstrip()
    end: Line = [("  ", "text"), ("cancelling", "muted")]
    if not cancelled:
        end = [("  ", "text"), ("escape", "key"), (" cancels", "muted")]
    room = min(LONGEST, cells - width(said) - sum(width(text) for text, _ in end) - 2)
    bar: Line = []
    if reached.of and room >= SHORTEST:
        filled = min(room, room * reached.done // reached.of)
        on, off = ("#", ".") if glyphs.ascii else ("━", "─")
        bar = [(" ", "text"), (on * filled, "accent"), (off * (room - filled), "faint")]
    return cut_line([(said, "text"), *bar, *end], cells, glyphs.ellipsis)


def amount(reached: Reached) -> str:
    """Return "48,000 of 101,000 rows"; large counts of bytes as megabytes."""
    if not reached.of:
        return ""
    if reached.unit == "bytes" and reached.of >= MEGABYTE:
        return f"{reached.done / MEGABYTE:,.0f} of {reached.of / MEGABYTE:,.0f} MB"
    return f"{reached.done:,} of {reached.of:,} {clean(reached.unit)}"
