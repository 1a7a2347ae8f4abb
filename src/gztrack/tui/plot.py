"""A canvas of terminal cells: lines made of braille dots, marks and labels over them. Pure.

Every cell knows the rank of what it holds, and the higher rank wins: a point over a label, a label
over a line. A cell has 2 by 4 dots; its centre is at half a dot, so that a line between two marks
meets both. Without braille a line is made of one character a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gztrack.light import NamedTuple
from gztrack.tui.cells import Line, width

DOTS_ACROSS, DOTS_DOWN = 2, 4
"""Dots of a braille cell."""

BRAILLE = 0x2800
_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Bit of a dot by its column and row in the cell."""


class Dot(NamedTuple):
    """A place on the canvas in dots, the first one at the top left; may lie between dots, or outside."""

    x: float
    y: float


class Pen(NamedTuple):
    """How a line is drawn.

    Attributes:
        role: Colour role.
        rank: What it wins over.
        every: Draw each such dot only: 1 is a full line.
        char: What stands for it in a cell where there is no braille.
    """

    role: str
    rank: int
    every: int = 1
    char: str = "."


class _Mark(NamedTuple):
    text: str
    role: str
    rank: int


def centre(column: int, row: int) -> Dot:
    """The middle of a cell."""
    return Dot(column * DOTS_ACROSS + 0.5, row * DOTS_DOWN + 1.5)


class Plot:
    """A canvas of ``width`` by ``height`` cells.

    Args:
        width: Cells across.
        height: Cells down.
        ascii: Draw lines with characters in place of braille dots.
    """

    def __init__(self, width: int, height: int, *, ascii: bool = False) -> None:  # noqa: A002
        self.width = width
        self.height = height
        self.ascii = ascii
        self._dots: dict[tuple[int, int], tuple[int, str, int]] = {}
        self._marks: dict[tuple[int, int], _Mark] = {}

    # Drawing

    def path(self, places: Iterable[Dot], pen: Pen) -> None:
        """Draw lines from place to place, as far as they lie on the canvas."""
        before: Dot | None = None
        for place in places:
            if before is not None:
                self._segment(before, place, pen)
            before = place

    def _segment(self, start: Dot, end: Dot, pen: Pen) -> None:
        inside = _clipped(start, end, self.width * DOTS_ACROSS - 0.51, self.height * DOTS_DOWN - 0.51)
        if inside is None:
            return
        (x0, y0), (x1, y1) = inside
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
        flat = abs(x1 - x0) >= abs(y1 - y0)
        for step in range(steps + 1):
            x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
            # By its place and not by its number, so that dotted lines keep their beat from part to part.
            if int((x if flat else y) + 0.5) % pen.every == 0:
                self._dot(int(x + 0.5), int(y + 0.5), pen)

    def _dot(self, x: int, y: int, pen: Pen) -> None:
        column, row = x // DOTS_ACROSS, y // DOTS_DOWN
        if self.ascii:
            self.mark(column, row, pen.char, pen.role, pen.rank)
            return
        bits, role, rank = self._dots.get((column, row), (0, "", -1))
        if pen.rank > rank:
            role, rank = pen.role, pen.rank
        self._dots[column, row] = bits | _BITS[x % DOTS_ACROSS][y % DOTS_DOWN], role, rank

    def mark(self, column: int, row: int, char: str, role: str, rank: int) -> None:
        """Put a character of one cell into a cell, unless what is there has a higher rank."""
        if not (0 <= column < self.width and 0 <= row < self.height):
            return
        old = self._marks.get((column, row))
        if old is None or old.rank <= rank:
            self._unmark(column, row)
            self._marks[column, row] = _Mark(char, role, rank)

    def _unmark(self, column: int, row: int) -> None:
        """Half of a wide character is no character: its other half goes with it."""
        old = self._marks.pop((column, row), None)
        if old is None:
            return
        if old.text == "":
            self._marks.pop((column - 1, row), None)
        elif width(old.text) > 1:
            self._marks.pop((column + 1, row), None)

    def free(self, column: int, row: int, cells: int, rank: int) -> bool:
        """Whether so many cells lie on the canvas and hold nothing of this rank or a higher one."""
        if not (0 <= row < self.height and column >= 0 and column + cells <= self.width):
            return False
        return all(self.rank(at, row) < rank for at in range(column, column + cells))

    def rank(self, column: int, row: int) -> int:
        """The highest rank in a cell; -1 where it is empty."""
        mark, dots = self._marks.get((column, row)), self._dots.get((column, row))
        return max(mark.rank if mark else -1, dots[2] if dots else -1)

    def label(self, column: int, row: int, text: str, role: str, rank: int) -> None:
        """Write a text from a cell on; a wide character takes two cells."""
        at = column
        for char in text:
            cells = width(char)
            if not cells or at + cells > self.width:
                continue
            self.mark(at, row, char, role, rank)
            if cells > 1:
                self._unmark(at + 1, row)
                self._marks[at, row] = _Mark(char, role, rank)
                self._marks[at + 1, row] = _Mark("", role, rank)
            at += cells

    # Reading

    def lines(self) -> list[Line]:
        """The canvas as lines of spans, trailing blanks left out."""
        return [_joined(self._cells(row)) for row in range(self.height)]

    def _cells(self, row: int) -> Iterator[tuple[str, str]]:
        for column in range(self.width):
            mark, dots = self._marks.get((column, row)), self._dots.get((column, row))
            if mark is not None and (dots is None or mark.rank >= dots[2]):
                yield mark.text, mark.role
            elif dots is not None:
                yield chr(BRAILLE + dots[0]), dots[1]
            else:
                yield " ", "text"


def _joined(cells: Iterable[tuple[str, str]]) -> Line:
    line: Line = []
    for text, role in cells:
        # A blank shows no ink, so it goes with what is before it; but a ground of that would show.
        if line and (line[-1][1] == role or (text == " " and "@" not in line[-1][1])):
            line[-1] = (line[-1][0] + text, line[-1][1])
        else:
            line.append((text, role))
    while line and not line[-1][0].strip():
        line.pop()
    if line:
        line[-1] = (line[-1][0].rstrip(" "), line[-1][1])
    return line


def _clipped(start: Dot, end: Dot, right: float, bottom: float) -> tuple[Dot, Dot] | None:
    """The part of a line that lies on the canvas (Liang and Barsky, 1984), or None."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    first, last = 0.0, 1.0
    for step, room in ((-dx, x0 + 0.5), (dx, right - x0), (-dy, y0 + 0.5), (dy, bottom - y0)):
        if step == 0:
            if room < 0:
                return None
            continue
        at = room / step
        if step < 0:
            first = max(first, at)
        else:
            last = min(last, at)
    if first > last:
        return None
    return Dot(x0 + dx * first, y0 + dy * first), Dot(x0 + dx * last, y0 + dy * last)
