"""What stands in the place of everything where the terminal is too small for any of it. Pure."""

from __future__ import annotations

from gztrack.language import tr
from gztrack.tui.cells import Line, wrap

LEAST = (60, 16)
"""Columns and rows that every screen needs."""


def is_too_small(cells: int, rows: int) -> bool:
    """Tell whether a terminal is too small for the board."""
    return cells < LEAST[0] or rows < LEAST[1]


def lines(cells: int, rows: int) -> list[Line]:
    """Return what to say, as much of it as fits: what is needed first, then what works all the same.

    Args:
        cells: Width of the terminal.
        rows: Height of the terminal.
    """
    needed = tr(
        "gztrack needs {width}x{height}; this is {cells}x{rows}.",
        width=LEAST[0],
        height=LEAST[1],
        cells=cells,
        rows=rows,
    )
    rest = (
        tr("Make it larger: everything is as you left it."),
        tr("gztrack status works at any size."),
        tr("ctrl+q quits; drafts are kept."),
    )
    margin = 1 if cells > 20 else 0
    room = max(1, cells - 2 * margin)
    paragraphs = [wrap(text, room, 4) for text in (needed, *rest)]
    gap = 1 if rows >= sum(map(len, paragraphs)) + len(paragraphs) else 0
    said: list[Line] = [[] for _ in range(gap)]
    for number, paragraph in enumerate(paragraphs):
        said += [[(" " * margin, "text"), (text, "text" if number else "strong")] for text in paragraph]
        said += [[] for _ in range(gap)]
    return said[:rows]
