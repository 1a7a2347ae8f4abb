"""From cells to bytes: the fewest that turn one row of a terminal into another.

Only control functions that every terminal of the last thirty years has are used: CUP, CUF,
CR, LF, SGR, EL and ED; and ECH and coloured erasing where the terminal is known for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from gztrack.tui.terminal_cells import ATTRIBUTES, DRAWN, PLAIN, Cell, Look, blank, link_id, steady

_OFF: Final = ("22", "22", "23", "24", "25", "25", "27", "28", "29", "24", "54", "54", "55")
"""SGR parameters that turn attributes off, in the order of ``ATTRIBUTES``."""

# Terminals disagree about what an erased cell looks like. With "background colour erase" it
# takes the background that is set, else it takes the terminal's own; terminfo has a flag for
# it, but is often old, missing on a server, or about another terminal than the one at the
# other end of the line. So a coloured background is erased only on families that are known to
# honour it and that erase single characters (ECH) as well; GNU screen and tmux (where it
# depends on the version and on the terminal outside) and everything unknown get blanks, and
# are erased only to the terminal's own background, which comes out the same everywhere.
_ERASING: Final = frozenset(
    {"xterm", "linux", "rxvt", "vte", "gnome", "konsole", "st", "alacritty", "foot", "wezterm", "contour"}
    | {"mintty", "putty", "ghostty", "iterm", "iterm2"}
)
_MULTIPLEXERS: Final = ("TMUX", "STY")


def erases_in_colour(environ: Mapping[str, str]) -> bool:
    """Tell whether the terminal erases characters, and to the background that is set.

    Args:
        environ: Environment; TERM names the terminal. ``xterm-color`` is what old terminals
            without it call themselves. Inside a multiplexer TERM is not to be believed.
    """
    term = environ.get("TERM", "")
    if term == "xterm-color" or any(environ.get(name) for name in _MULTIPLEXERS):
        return False
    return term.partition("-")[0] in _ERASING


@lru_cache(maxsize=4096)
def changed(pen: Look, to: Look) -> str:
    """Return what turns one look into another: the difference, or a reset and the whole, if shorter."""
    if pen == to:
        return ""
    link = ""
    if pen.link != to.link:
        link = f"\x1b]8;id={link_id(to.link)};{to.link}\x1b\\" if to.link else "\x1b]8;;\x1b\\"
    if pen[:3] == to[:3]:
        return link
    lost = pen.bits & ~to.bits
    off = sorted({_OFF[bit] for bit in range(len(_OFF)) if lost & 1 << bit})
    # What turns one of a pair off (bold and dim, the two underlines) turns the other off too.
    gained = [
        bit
        for bit in range(len(_OFF))
        if to.bits & 1 << bit and (not pen.bits & 1 << bit or _OFF[bit] in off)
    ]
    codes = off + [ATTRIBUTES[bit] for bit in gained]
    if pen.fore != to.fore:
        codes.append(to.fore or "39")
    if pen.back != to.back:
        codes.append(to.back or "49")
    afresh = [code for bit, code in enumerate(ATTRIBUTES) if to.bits & 1 << bit]
    afresh += [colour for colour in (to.fore, to.back) if colour]
    difference, whole = ";".join(codes), ";".join(["", *afresh])
    return link + f"\x1b[{min(difference, whole, key=len)}m"


def _first(dirty: list[bool], start: int) -> int:
    """Return the first column from ``start`` that has to be sent, or -1."""
    try:
        return dirty.index(True, start)
    except ValueError:
        return -1


def _right(columns: int) -> str:
    """Return what moves the cursor to the right."""
    return f"\x1b[{columns}C" if columns > 1 else "\x1b[C" * columns


class TerminalWriter:
    """Writes one frame; knows where the cursor is and which look is set.

    Args:
        colour: Whether the terminal erases to the background that is set, and has ECH.
        width: Columns of the terminal.
    """

    def __init__(self, width: int, *, colour: bool) -> None:
        """Begin with a reset look, as every frame ends with one, and the cursor anywhere."""
        self._width = width
        self._colour = colour
        self._out: list[str] = []
        self._pen = PLAIN
        self._x: int | None = None
        self._y: int | None = None

    def text(self) -> str:
        """Return everything written, with the look reset at the end."""
        self._draw(PLAIN)
        return "".join(self._out)

    def erasable(self, cell: Cell | None) -> bool:
        """Tell whether an erased cell looks just like this one on this terminal."""
        if cell is None or cell[0] != " ":
            return False
        bits, fore, back, link = cell[1]
        return not (bits or fore or link) and (self._colour or not back)

    def clear(self, cell: Cell) -> None:
        """Erase the whole screen to an erasable cell."""
        self._draw(cell[1])
        self._out.append("\x1b[H\x1b[J")
        self._x = self._y = 0

    def row(self, y: int, old: Sequence[Cell | None], new: Sequence[Cell | None]) -> None:
        """Turn row ``y`` from ``old`` into ``new``.

        Args:
            y: Row, from 0.
            old: What the terminal shows; None where that is not known.
            new: What it shall show; None where it is to be left alone.
        """
        dirty = [cell is not None and cell != before for cell, before in zip(new, old, strict=True)]
        x = _first(dirty, 0)
        while x >= 0:
            while x and (cell := new[x]) is not None and not cell[0]:
                x -= 1  # never half a wide character
            self._go(x, y, new)
            x = _first(dirty, self._erase(x, new, dirty) or self._put(x, new, dirty))

    def _put(self, x: int, new: Sequence[Cell | None], dirty: list[bool]) -> int:
        """Write the character at ``x``, where the cursor is; the column after it."""
        cell = new[x]
        assert cell is not None
        end = x + 1
        while end < self._width and (beside := new[end]) is not None and not beside[0]:
            end += 1
        text, look = cell
        if steady(text):
            self._draw(look, space=text == " ")
            self._out.append(text)
            self._x = end
            return end
        # A terminal may think this one narrower or wider than Rich does: nothing old may show
        # beside it, and what follows is sent whatever it was, from a place said outright.
        if end - x > 1:
            self._draw(blank(look)[1], space=True)
            self._out += [" " * (end - x), "\r", _right(x)]
        self._draw(look)
        self._out.append(text)
        self._x = self._y = None
        if end < self._width:
            dirty[end] = new[end] is not None
        return end

    def _erase(self, x: int, new: Sequence[Cell | None], dirty: list[bool]) -> int:
        """Erase the run of blanks at ``x`` if that is shorter than writing it; the column after, or 0."""
        cell = new[x]
        if cell is None or not self.erasable(cell):
            return 0
        end = x
        while end < self._width and new[end] == cell:
            end += 1
        last = end - 1
        while not dirty[last]:
            last -= 1
        blanks = last + 1 - x
        if end == self._width:
            code, back = "\x1b[K", 0
        elif self._colour:
            code, back = f"\x1b[{blanks}X", 0
            following = _first(dirty, last + 1)
            if following >= 0:  # erasing leaves the cursor where it was, so that it has to be moved
                gap = following - last - 1
                back = len(f"\x1b[{blanks + gap}C") - min(gap, 4)
        else:
            return 0
        if len(code) + back >= blanks:
            return 0
        self._draw(cell[1], space=True)
        self._out.append(code)
        return end

    def _draw(self, look: Look, *, space: bool = False) -> None:
        """Set the look that a character is to be written with."""
        look = self._needed(look, space)
        if look != self._pen:
            self._out.append(changed(self._pen, look))
            self._pen = look

    def _needed(self, look: Look, space: bool) -> Look:
        """Return the look to set for a cell: on a space, what does not show may stay as it is."""
        if not space or look.bits & DRAWN:
            return look
        return Look(self._pen.bits & ~DRAWN, self._pen.fore, look.back, look.link)

    def _go(self, x: int, y: int, new: Sequence[Cell | None]) -> None:
        """Bring the cursor to a cell, over a short gap by writing what is there already."""
        if (x, y) == (self._x, self._y):
            return
        move = self._way(x, y)
        if y == self._y and self._x is not None and self._x < x <= self._x + len(move):
            gap = self._same(new[self._x : x])
            if gap and len(gap) <= len(move):
                move = gap
        self._out.append(move)
        self._x, self._y = x, y

    def _same(self, cells: Sequence[Cell | None]) -> str:
        """Return the text of cells that can be written as the look is now, or empty."""
        text = ""
        for cell in cells:
            if cell is None or not cell[0].isascii() or len(cell[0]) != 1:
                return ""
            if self._needed(cell[1], cell[0] == " ") != self._pen:
                return ""
            text += cell[0]
        return text

    def _way(self, x: int, y: int) -> str:
        """Return the shortest cursor movement to a cell."""
        column = f";{x + 1}" if x else ""
        ways = [f"\x1b[{y + 1}{column}H" if x or y else "\x1b[H"]
        if y == self._y:
            ways.append("\r" + _right(x))
            if self._x is not None and self._x < x:
                ways.append(_right(x - self._x))
        elif self._y is not None and y == self._y + 1:
            ways.append("\r\n" + _right(x))
        return min(ways, key=len)
