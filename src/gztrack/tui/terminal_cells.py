"""What a terminal's cells show: strips of styled text, taken apart cell by cell.

A cell is its text and its look. The text is one character with whatever combines with it; a
Chinese character fills two cells, the second of which has the empty text. The look is kept as
SGR parameters, so that two looks can be compared and the difference sent.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final
from zlib import crc32

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from gztrack.light import NamedTuple

ATTRIBUTES: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
"""SGR parameters that turn attributes on; bit ``i`` of ``Look.bits`` is ``ATTRIBUTES[i]``."""

DRAWN: Final = sum(1 << ATTRIBUTES.index(code) for code in ("4", "7", "9", "21", "51", "52", "53"))
"""Attributes that show on a blank: underlines, reverse, strike, frames and overline."""

MOST_REMEMBERED: Final = 4096
"""Styles and texts remembered before the memory is emptied: lists scroll, and styles hold click targets."""


class Look(NamedTuple):
    """How a cell is drawn.

    Attributes:
        bits: Attributes that are on.
        fore: SGR parameters of the foreground; empty for the terminal's own.
        back: SGR parameters of the background; empty for the terminal's own.
        link: Address that a click opens (OSC 8), or empty.
    """

    bits: int = 0
    fore: str = ""
    back: str = ""
    link: str = ""


Cell = tuple[str, Look]
"""Text and look; the text of a wide character's second cell is empty."""

PLAIN: Final = Look()


def blank(look: Look) -> Cell:
    """Return the blank of a look: its foreground counts only where a line or reverse shows it."""
    return (" ", look if look.bits & DRAWN else Look(0, "", look.back, look.link))


def look_of(sgr: str, link: str = "") -> Look:
    """Return the look that SGR parameters select on a terminal that was reset.

    Args:
        sgr: Parameters joined with semicolons, as ``"1;38;2;10;20;30;49"``.
        link: Address of a hyperlink; one that a terminal might obey is dropped.
    """
    bits, fore, back = 0, "", ""
    codes = sgr.split(";") if sgr else []
    at = 0
    while at < len(codes):
        code = codes[at]
        size = 1
        if code in ("38", "48"):
            size = 5 if codes[at + 1] == "2" else 3
        taken = ";".join(codes[at : at + size])
        at += size
        if code in ATTRIBUTES:
            bits |= 1 << ATTRIBUTES.index(code)
        elif code == "39" or code == "49":
            taken = ""
        if code.startswith(("3", "9")) and len(code) == 2:
            fore = taken
        elif code.startswith(("4", "10")) and len(code) > 1:
            back = taken
    return Look(bits, fore, back, link if link.isascii() and link.isprintable() else "")


def link_id(link: str) -> str:
    """Return an id that makes a terminal treat the cells of one address as one link."""
    return f"{crc32(link.encode()):x}"


def obeyed(char: str) -> bool:
    """Tell whether a terminal or its writer would do something with the character but show it.

    Text is cleaned long before; this is the belt. Controls, line separators, bidirectional
    controls and lone surrogates, which no encoder can write.
    """
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or (
        char in "\u061c\u200b\u200e\u200f\ufeff"
        or "\u202a" <= char <= "\u202e"
        or "\u2060" <= char <= "\u206f"
    )


@lru_cache(maxsize=4096)
def clusters(text: str) -> tuple[tuple[str, int], ...]:
    """Return the characters of a text, each with what combines with it and its width in cells.

    Widths are Rich's, as Textual's layout stands on them. Whatever a terminal would obey is
    replaced by blanks of the same width. A first element of width 0 combines with the text before.
    """
    found: list[tuple[str, int]] = []
    joined = False
    for char in text:
        width = cell_len(char)
        if obeyed(char):
            found.extend([(" ", 1)] * width)
        elif found and (not width or (joined and found[-1][1])):
            whole = found[-1][0] + char
            found[-1] = (whole, cell_len(whole) if found[-1][1] else 0)
        else:
            found.append((char, width))
        joined = char == "\u200d"
    return tuple(found)


@lru_cache(maxsize=4096)
def steady(text: str) -> bool:
    """Tell whether every terminal moves its cursor over the cell's text just as far as Rich says.

    ASCII, letters, lines and Chinese are steady. Emoji, joined and combined characters are not:
    terminals disagree, and the cursor has to be put where it is wanted after them.
    """
    if text.isascii():
        return len(text) == 1
    if len(text) != 1 or unicodedata.category(text)[0] in "CM":
        return False
    if unicodedata.east_asian_width(text) in "WF":
        return "\u2e80" <= text <= "\uffef" and cell_len(text) == 2
    return text < "\U0001f000" and cell_len(text) == 1


class CellMaker:
    """Takes strips apart into cells.

    Args:
        sgr: Returns the SGR parameters of a style in the terminal's colour system.
    """

    def __init__(self, sgr: Callable[[Style], str]) -> None:
        """Begin with nothing remembered."""
        self._sgr = sgr
        self._looks: dict[Style, Look] = {}
        self._made: dict[tuple[str, Style | None], tuple[str, list[Cell]]] = {}

    def look(self, style: Style | None) -> Look:
        """Return the look of a Rich style."""
        if style is None:
            return PLAIN
        look = self._looks.get(style)
        if look is None:
            if len(self._looks) >= MOST_REMEMBERED:
                self._looks.clear()
            look = self._looks[style] = look_of(self._sgr(style), style.link or "")
        return look

    def cells(self, segments: Iterable[Segment]) -> list[Cell]:
        """Return the cells of a line."""
        row: list[Cell] = []
        before: Style | None = None
        for text, style, control in segments:
            if control or not text:
                continue
            made = self._made.get((text, style))
            if made is None:
                if len(self._made) >= MOST_REMEMBERED:
                    self._made.clear()
                made = self._made[text, style] = _make(text, self.look(style))
            mark, cells = made
            if mark:
                _combine(row, mark, self.look(before))
            if cells:
                row += cells
                before = style
        return row


def _make(text: str, look: Look) -> tuple[str, list[Cell]]:
    """Return the cells of a text, and apart from them a mark that combines with what is before it."""
    space = blank(look)
    if text.isascii() and text.isprintable():
        return "", [space if char == " " else (char, look) for char in text]
    mark, cells = "", []
    for char, width in clusters(text):
        if not width:
            mark = char
        elif char == " ":
            cells.append(space)
        else:
            cells += [(char, look)] + [("", look)] * (width - 1)
    return mark, cells


def _combine(row: list[Cell], mark: str, before: Look) -> None:
    """Put a mark at the start of a segment on the character before it; a mark alone is dropped.

    Args:
        before: Look of the segment before; a blank of it has lost its foreground, which shows on the mark.
    """
    at = len(row) - 1
    while at >= 0 and not row[at][0]:
        at -= 1
    if at >= 0:
        text, look = row[at]
        row[at] = (text + mark, before if text == " " else look)
