"""How to read the ledger, for its help. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.export.glyphs import role_of
from gztrack.language import term, tr
from gztrack.tui.cells import Line, line_width
from gztrack.tui.glyphs import Glyphs

OPEN = (term("on track"), term("behind"), term("off track"), term("moving away"))
"""How an open promise may stand."""


def ledger_legend(cells: int, glyphs: Glyphs) -> list[Line]:
    """Return what a line of the ledger says: verdicts, flags, columns.

    Args:
        cells: Width of the terminal; what does not fit on one line goes on on the next.
        glyphs: Which characters the terminal can show.
    """
    verdicts = (
        _part(glyphs, "met", tr("met, met late")),
        _part(glyphs, "missed", tr("missed")),
        _part(glyphs, "cannot tell", tr("cannot tell")),
        _part(glyphs, "superseded", tr("superseded, dropped")),
    )
    open_ones = [[(glyphs.status(word), role_of(word)), (f" {tr(word)}", "text")] for word in OPEN]
    return [
        [(" " + tr("how to read the ledger"), "group")],
        *_flowing(verdicts, cells),
        *_flowing([[(tr("open, as its row stands:"), "muted")], *open_ones], cells, gap="  "),
        *_flowing(
            (
                [("2020-12-31", "muted"), ("?", "warn"), (" " + tr("inferred date"), "text")],
                [("( )", "muted"), (" " + tr("where it was read, for nobody is named"), "text")],
            ),
            cells,
        ),
        *_flowing(
            (
                [(tr("evidence"), "muted"), (" " + tr("the period that decides"), "text")],
                [(tr("margin"), "muted"), (" " + tr("its reading minus the target"), "text")],
            ),
            cells,
        ),
        *_flowing(
            (
                [("> <", "text"), (" " + tr("more than, less than"), "text")],
                [("~", "text"), (" " + tr("about"), "text")],
                [(glyphs.changed, "accent"), (" " + tr("changed by another session"), "text")],
            ),
            cells,
        ),
    ]


def _part(glyphs: Glyphs, word: str, text: str) -> Line:
    return [(glyphs.status(word), role_of(word)), (f" {text}", "text")]


def _flowing(parts: Sequence[Line], cells: int, gap: str = "   ") -> list[Line]:
    """Parts beside each other, as many on a line as fit."""
    lines: list[Line] = []
    for part in parts:
        if lines and line_width(lines[-1]) + len(gap) + line_width(part) <= cells:
            lines[-1] += [(gap, "text"), *part]
        else:
            lines.append([(" ", "text"), *part])
    return lines
