"""The screen over all others while the terminal is too small for them.

It lies on top of the stack, so that what is below keeps everything as it was: cursor, scrolling, an open form
and what is typed in it. None of them is laid out for a size at which it would lose its place.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from gztrack.tui import toosmall
from gztrack.tui.geometry import Box
from gztrack.tui.widgets.lines import Lines, place


class TooSmallScreen(Screen[None]):
    """Says what the board needs; keys are for what cannot be seen, so none does anything."""

    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    TooSmallScreen { overflow: hidden; }
    """

    def __init__(self) -> None:
        """Make it; it takes its size when it is shown."""
        super().__init__()
        self.text = Lines(id="too-small")

    def compose(self) -> ComposeResult:
        """One widget."""
        self._fill()
        yield self.text

    def _fill(self) -> None:
        cells, rows = self.app.size
        place(self.text, Box(0, 0, cells, rows))
        self.text.show(toosmall.lines(cells, rows))

    def on_resize(self) -> None:
        """Say the new size."""
        self._fill()

    def on_screen_resume(self) -> None:
        """Go, where the terminal grew while something lay over this."""
        if not toosmall.is_too_small(*self.app.size):
            self.dismiss()

    def on_key(self, event: events.Key) -> None:
        """Take the key: it was meant for something that cannot be seen."""
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Take the paste, too."""
        event.stop()
