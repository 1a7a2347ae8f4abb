"""A long text in a narrow field: broken into rows that keep every character in its place. Pure."""

from __future__ import annotations

from gztrack.light import NamedTuple
from gztrack.tui.cells import width

MOST_ROWS = 3
"""Rows that a field grows to; what is beyond them scrolls."""


class Piece(NamedTuple):
    """One row: the characters from ``start`` up to ``end``."""

    start: int
    end: int


def rows(text: str, cells: int) -> list[Piece]:
    """Return the rows of a text, broken at blanks where there are any; the blank stays at the end of its row.

    The last row leaves room for the cursor behind it.
    """
    cells = max(2, cells)
    found: list[Piece] = []
    start, blank, used = 0, -1, 0
    for at, character in enumerate(text):
        size = width(character)
        while used + size > cells:
            end = blank + 1 if blank >= start else at
            found.append(Piece(start, end))
            start, used = end, width(text[end:at])
        used += size
        if character == " ":
            blank = at
    if used >= cells:
        return [*found, Piece(start, len(text)), Piece(len(text), len(text))]
    return [*found, Piece(start, len(text))]


def row_of(pieces: list[Piece], cursor: int) -> int:
    """Return the row that the cursor stands in."""
    return max(at for at, piece in enumerate(pieces) if piece.start <= cursor)


def index_at(text: str, piece: Piece, cells: int) -> int:
    """Return the character of a row that covers a cell of it; behind the row its last place for the cursor."""
    used = 0
    for at in range(piece.start, piece.end):
        used += width(text[at])
        if used > cells:
            return at
    # Where the next row begins the cursor would stand in that one.
    return piece.end if piece.end == len(text) else max(piece.start, piece.end - 1)


def window(count: int, at: int, shown: int, top: int) -> int:
    """Return the first row to show, so that the row ``at`` is among ``shown`` ones, moved as little as can be."""
    top = max(0, min(top, count - shown))
    return max(min(top, at), at - shown + 1)
