"""A screen of one short list over the board: a title, the lines, the keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from gztrack.services.views import Row
from gztrack.tui.geometry import Box
from gztrack.tui.screens.host import Host
from gztrack.tui.widgets.lines import Lines, place


class ListScreen(Host):
    """The parts of the screen; what stands in the list is for each kind to say."""

    def __init__(self, rows: Sequence[Row], what: str) -> None:
        """Make the screen.

        Args:
            rows: The board's rows, for the names.
            what: Id of the list.
        """
        super().__init__()
        self.rows = rows
        self.cursor = 0
        self.top, self.body, self.footer = Lines(id="top"), Lines(id=what), Lines(id="footer")

    def compose(self) -> ComposeResult:
        """Three parts."""
        self.lay_out()
        yield self.top
        yield self.body
        yield self.footer

    def place_parts(self, title: str) -> None:
        """Put every part where it belongs for this size."""
        cells, rows = self.app.size
        place(self.top, Box(0, 0, cells, 2))
        place(self.body, Box(0, 2, cells, max(0, rows - 3)))
        place(self.footer, Box(0, rows - 1, cells, 1))
        self.top.show([[(" " + title, "strong")], []])

    def on_resize(self) -> None:
        """Arrange everything for the new size."""
        self.lay_out()

    def action_back(self) -> None:
        """Go back to the board."""
        self.dismiss()
