"""The line that says how far long work is. Pure."""

from __future__ import annotations

from gztrack.domain.text import clean
from gztrack.language import ptr, term, tr
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

UNITS = frozenset({term("rows"), term("bytes"), term("indicators")})
"""What services count."""


def working_line(reached: Reached, cells: int, glyphs: Glyphs, *, cancelled: bool = False) -> Line:
    """Return "reading 48,000 of 101,000 rows ━━━━──  escape cancels" in at most ``cells`` cells.

    Args:
        reached: How far it is.
        cells: Width.
        glyphs: Which characters the terminal can show.
        cancelled: It was called off and is about to stop.
    """
    said = f" {doing(reached)} {amount(reached)}".rstrip()
    end: Line = [("  ", "text"), (tr("cancelling"), "muted")]
    if not cancelled:
        end = [("  ", "text"), ("escape", "key"), (" " + tr("cancels"), "muted")]
    room = min(LONGEST, cells - width(said) - sum(width(text) for text, _ in end) - 2)
    bar: Line = []
    if reached.of and room >= SHORTEST:
        filled = min(room, room * reached.done // reached.of)
        on, off = ("#", ".") if glyphs.ascii else ("━", "─")
        bar = [(" ", "text"), (on * filled, "accent"), (off * (room - filled), "faint")]
    return cut_line([(said, "text"), *bar, *end], cells, glyphs.ellipsis)


def doing(reached: Reached) -> str:
    """Return what is being done: "reading"."""
    known = {
        "reading": ptr("at work", "reading"),
        "comparing": ptr("at work", "comparing"),
        "writing": ptr("at work", "writing"),
    }
    return known.get(reached.doing) or clean(reached.doing)


def amount(reached: Reached) -> str:
    """Return "48,000 of 101,000 rows"; large counts of bytes as megabytes."""
    if not reached.of:
        return ""
    if reached.unit == "bytes" and reached.of >= MEGABYTE:
        return tr("{done:,.0f} of {of:,.0f} MB", done=reached.done / MEGABYTE, of=reached.of / MEGABYTE)
    unit = tr(reached.unit) if reached.unit in UNITS else clean(reached.unit)
    return tr("{done:,} of {of:,} {unit}", done=reached.done, of=reached.of, unit=unit)
