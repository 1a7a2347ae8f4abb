"""The command palette: everything the screen under it can do, and every indicator to go to.

It stands where forms stand, over the screen's last lines, so that opening it sends a few lines and the
board stays in sight. It has no field of Textual's: keys come to the screen itself, so that what is typed ahead
of its first paint is not lost.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import ModalScreen

from gztrack.domain.text import clean
from gztrack.tui import palettetext
from gztrack.tui.cells import width
from gztrack.tui.geometry import Box
from gztrack.tui.palettetext import Choice, Match
from gztrack.tui.screens.host import Host
from gztrack.tui.widgets.lines import Lines, place

if TYPE_CHECKING:
    from gztrack.tui.app import GztrackApp

LONGEST = 200
"""Characters of what is typed."""


class PaletteScreen(ModalScreen[None]):
    """Lists commands, runs the chosen one on the screen under it."""

    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    PaletteScreen { overflow: hidden; }
    """

    def __init__(self, host: Host) -> None:
        """Offer what a screen can do.

        Args:
            host: The screen under it.
        """
        super().__init__()
        # The app's own rule for screens would give it a ground, which hides the board.
        self.styles.background = "transparent"
        self.host = host
        self.lines = Lines(id="palette")
        self.query_text = ""
        self.cursor = 0
        self.top = 0
        self._offered: list[Choice] = []
        self.matches: list[Match] = []

    @property
    def host_app(self) -> GztrackApp:
        """The app, by its own type."""
        return self.host.host_app

    def compose(self) -> ComposeResult:
        """One widget."""
        board = self.host_app.board_screen
        rows = board.board.rows if board and board.board else ()
        self._offered = palettetext.choices(self.host.actions, rows, self.host.permit)
        self.matches = palettetext.matching(self._offered, "")
        self._show()
        yield self.lines

    # Showing

    def _show(self) -> None:
        cells, rows = self.app.size
        mine = palettetext.palette_rows(rows)
        visible = max(1, mine - 3)
        self.cursor = max(0, min(self.cursor, len(self.matches) - 1))
        self.top = max(0, min(self.top, self.cursor, len(self.matches) - visible))
        self.top = max(self.top, self.cursor - visible + 1)
        place(self.lines, Box(0, rows - mine, cells, mine))
        shown = palettetext.palette_lines(
            self.query_text,
            self.matches,
            self.cursor,
            self.top,
            cells,
            mine,
            self.host_app.glyphs,
            total=len(self._offered),
            titles=palettetext.title_cells(self._offered, cells),
        )
        self.lines.show(shown)
        # Where a Chinese input method puts its window.
        at = min(cells - 1, palettetext.FIELD_AT + width(self.query_text))
        self.app.cursor_position = Offset(at, rows - mine + 1)

    def on_resize(self) -> None:
        """Fill the new size."""
        self._show()

    # Typing

    def _ask(self, text: str) -> None:
        self.query_text = text[:LONGEST]
        self.matches = palettetext.matching(self._offered, self.query_text)
        self.cursor = self.top = 0
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Take pasted text as if it were typed."""
        event.stop()
        self._ask(self.query_text + clean(event.text))

    def on_key(self, event: events.Key) -> None:
        """Type, move, choose or leave."""
        event.stop()
        event.prevent_default()
        text, page = self.query_text, max(1, self.lines.size.height - 4)
        steps = {
            "down": 1,
            "ctrl+n": 1,
            "tab": 1,
            "up": -1,
            "shift+tab": -1,
            "pagedown": page,
            "pageup": -page,
        }
        if event.key in ("escape", "ctrl+c"):
            self.leave()
        elif event.key == "enter":
            self._choose()
        elif event.key in steps:
            self.cursor += steps[event.key]
            self._show()
        elif event.key in ("home", "end"):
            self.cursor = 0 if event.key == "home" else len(self.matches) - 1
            self._show()
        elif event.key in ("backspace", "ctrl+h"):
            self._ask(text[:-1])
        elif event.key == "ctrl+u":
            self._ask("")
        elif event.key == "ctrl+w":
            self._ask(text.rstrip().rpartition(" ")[0])
        elif event.key.startswith("alt+"):
            # An escape that came in one packet with the next key, which is meant for the board.
            self.leave()
            self.app.post_message(events.Key(event.key.removeprefix("alt+"), event.character))
        elif event.key == "ctrl+l":
            self.host_app.repaint()
        elif event.is_printable and event.character:
            self._ask(text + event.character)

    def on_click(self, event: events.Click) -> None:
        """Do what is clicked; a click beside the palette leaves it."""
        at = event.screen_y - (self.app.size.height - self.lines.size.height) - 2 + self.top
        if event.screen_y < self.app.size.height - self.lines.size.height:
            self.leave()
        elif self.top <= at < len(self.matches):
            self.cursor = at
            self._choose()

    # Leaving

    def leave(self) -> None:
        """Close it; nothing is done."""
        self.dismiss()

    def _choose(self) -> None:
        if not self.matches:
            return
        # What is typed ahead is meant for what the command opens.
        self.host_app.hold_keys()
        self.dismiss()
        self.host.call_later(_carry_out, self.host, self.matches[self.cursor].choice)


async def _carry_out(host: Host, choice: Choice) -> None:
    app = host.host_app
    try:
        if choice.action:
            await host.run_action(choice.action)
        elif board := app.board_screen:
            while app.screen is not board:
                app.pop_screen()
            board.later(partial(board.catch_up, select=choice.indicator), "board")
    finally:
        app.release_keys()
