"""The terminal that the tests of the frames look at, and tests that it is one.

pyte is right about most things but not about these, which matter here:

- overwriting half of a wide character leaves the other half (a terminal blanks it);
- ED erases only cells that were written before, so that a coloured background has holes;
- erasing takes every attribute of the pen (a terminal takes the background only);
- a variation selector or joiner makes it drop the rest of the text.

So ``Glass`` mends them instead of the tests looking away.
"""

from __future__ import annotations

from typing import Any

import pyte
import pytest
from wcwidth import wcwidth

Shown = tuple[Any, ...]
"""A cell as a person sees it: text, colours and attributes."""

BROKEN = "�"
"""What the other half of an overwritten wide character shows on a strict glass."""


class Glass(pyte.Screen):
    """A screen of a terminal.

    Args:
        columns: Width in cells.
        lines: Height in cells.
        colour: Whether it erases to the background that is set.
        strict: Whether half a wide character that was left behind shows as damage; what it shows
            differs between terminals, so nothing may rely on it.
    """

    def __init__(self, columns: int, lines: int, *, colour: bool = True, strict: bool = True) -> None:
        self.colour = colour
        self.strict = strict
        super().__init__(columns, lines)

    def draw(self, data: str) -> None:
        for char in data:
            width = wcwidth(char)
            line = self.buffer[self.cursor.y]
            if width <= 0:
                self._combine(char)
                continue
            if self.cursor.x + width > self.columns:
                assert pyte.modes.DECAWM not in self.mode, "text ran over the edge"
                self.cursor.x = self.columns - width
            self._tear(self.cursor.x, width)
            for at in range(width):
                line[self.cursor.x + at] = self.cursor.attrs._replace(data="" if at else char)
            self.cursor.x += width

    def _combine(self, char: str) -> None:
        line = self.buffer[self.cursor.y]
        at = self.cursor.x - 1
        while at > 0 and not line[at].data:
            at -= 1
        line[at] = line[at]._replace(data=line[at].data + char)

    def _tear(self, x: int, width: int) -> None:
        """Damage the wide characters that lose half of themselves to the cells from ``x``."""
        line = self.buffer[self.cursor.y]
        torn = BROKEN if self.strict else " "
        if x and not line[x].data:
            line[x - 1] = line[x - 1]._replace(data=torn)
        if x + width < self.columns and not line[x + width].data:
            line[x + width] = line[x + width]._replace(data=torn)

    def _wipe(self, y: int, x: int, width: int) -> None:
        here = self.cursor.y
        self.cursor.y = y
        self._tear(x, width)
        self.cursor.y = here
        ground = self.default_char._replace(bg=self.cursor.attrs.bg if self.colour else "default")
        for at in range(x, x + width):
            self.buffer[y][at] = ground

    def erase_characters(self, count: int | None = None) -> None:
        self._wipe(self.cursor.y, self.cursor.x, min(count or 1, self.columns - self.cursor.x))

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        assert how == 0
        assert self.cursor.x < self.columns, "what is erased from beyond the edge differs"
        self._wipe(self.cursor.y, self.cursor.x, self.columns - self.cursor.x)

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        assert how == 0
        self.erase_in_line(0)
        for y in range(self.cursor.y + 1, self.lines):
            self._wipe(y, 0, self.columns)

    def shown(self) -> list[list[Shown]]:
        """Return every cell as a person sees it: of a blank, only what shows on a blank."""
        return [[self._seen(self.buffer[y][x]) for x in range(self.columns)] for y in range(self.lines)]

    @staticmethod
    def _seen(char: Any) -> Shown:
        if char.data == " " and not (char.underscore or char.strikethrough or char.reverse):
            return (" ", char.bg)
        return tuple(char)


class Terminal:
    """A glass behind a wire, which counts what comes over it."""

    def __init__(self, columns: int, lines: int, *, colour: bool = True, strict: bool = True) -> None:
        self.glass = Glass(columns, lines, colour=colour, strict=strict)
        self._stream = pyte.Stream(self.glass)
        self.text = ""
        self.feed("\x1b[?7l")
        self.text = ""

    def feed(self, text: str) -> None:
        self.text += text
        self._stream.feed(text)

    def take(self) -> str:
        """Return what came since the last time."""
        text, self.text = self.text, ""
        return text

    def scribble(self) -> None:
        """Fill the screen with what nobody sent."""
        for y in range(self.glass.lines):
            for x in range(self.glass.columns):
                self.glass.buffer[y][x] = self.glass.default_char._replace(data="#", bg="ff0000")


RED = "\x1b[48;2;255;0;0m"


@pytest.mark.parametrize(
    ("sent", "row"),
    [
        ("中\x1b[Hx", [("x", "default"), (BROKEN, "default"), (" ", "default")]),
        ("中\x1b[2Gx", [(BROKEN, "default"), ("x", "default"), (" ", "default")]),
        (f"{RED}\x1b[K", [(" ", "ff0000")] * 3),
        (f"{RED}\x1b[J", [(" ", "ff0000")] * 3),
        (f"{RED}\x1b[4m\x1b[2X", [(" ", "ff0000")] * 2 + [(" ", "default")]),
        ("❤\ufe0fx", [("❤\ufe0f", "default"), ("x", "default"), (" ", "default")]),
        ("abcd", [("a", "default"), ("b", "default"), ("d", "default")]),
    ],
)
def test_the_glass_does_what_terminals_do(sent: str, row: list[tuple[str, str]]) -> None:
    terminal = Terminal(3, 1)
    terminal.feed(sent)
    line = terminal.glass.buffer[0]
    assert [(line[x].data, line[x].bg) for x in range(3)] == row
    assert not any(line[x].underscore for x in range(3))


def test_a_glass_without_coloured_erasing_shows_its_own_background() -> None:
    terminal = Terminal(3, 2, colour=False)
    terminal.feed(f"{RED}ab\x1b[H\x1b[J")
    assert terminal.glass.shown() == [[(" ", "default")] * 3] * 2
