"""The lines over the list: title, summary or filter, and the first-run line. Pure."""

from __future__ import annotations

from gztrack.light import NamedTuple
from gztrack.services.views import Board
from gztrack.tui import geometry, headlines
from gztrack.tui.cells import Line, raised, spread
from gztrack.tui.glyphs import Glyphs


class Filtered(NamedTuple):
    """What takes the summary's place while rows are filtered.

    Attributes:
        words: The filter as typed.
        off_track: Only rows that are off track are shown.
        shown: Rows that are left.
    """

    words: str
    off_track: bool
    shown: int


def top_lines(
    board: Board,
    filtered: Filtered | None,
    cells: int,
    rows: int,
    glyphs: Glyphs,
    *,
    offer: bool,
    who: str = "",
) -> list[Line]:
    """Return the lines over the list.

    Args:
        board: What is shown.
        filtered: The filter; None without one.
        cells: Width of the terminal.
        rows: Its height; a low one has no title line.
        glyphs: Which characters the terminal can show.
        offer: There is a pack that ``i`` brings in.
        who: Whose name is written, where that is not the account's; empty where it goes without saying.
    """
    lines: list[Line] = []
    right: Line = []
    if rows >= geometry.TITLE_HEIGHT:
        start = headlines.title_start(board.shown_title, cells)
        end = headlines.dates_beside(
            start, board.as_of, board.travelling, board.reckoned, cells, brief=False, titled=True, who=who
        )
        lines.append(headlines.title_line(board.shown_title, end, cells, glyphs))
    else:
        start = [(" ", "text"), *headlines.summary(board.counts, 10 * cells, glyphs)]
        right = headlines.dates_beside(
            start, board.as_of, board.travelling, board.reckoned, cells, brief=cells < 100, who=who
        )
    if filtered is not None:
        total = len(board.rows)
        lines.append(headlines.filter_line(*filtered, total, right, cells, glyphs))
    else:
        lines.append(headlines.summary_line(board.counts, right, cells, glyphs))
    if board.first_run:
        line = headlines.first_run_line(offer, cells, glyphs, empty=not board.rows)
        lines.append(raised(spread(line, [], cells), "raised"))
    return lines
