"""What others wrote since the board was opened, the latest first; enter goes to the indicator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from gztrack.language import term, tr
from gztrack.services.actions import NEWS
from gztrack.services.views import Row
from gztrack.tui.news import Heard, list_lines
from gztrack.tui.screens.host import bindings
from gztrack.tui.screens.listing import ListScreen
from gztrack.tui.screens.moving import Moving

NOTHING = term("nobody else has written anything since the board was opened")


class NewsScreen(ListScreen, Moving):
    """A list with a cursor.

    Attributes:
        chosen: Id of the indicator to go to; empty when none was chosen.
    """

    ACTIONS = NEWS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(NEWS)]

    DEFAULT_CSS = """
    NewsScreen { layers: below form; overflow: hidden; }
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        """Make the screen.

        Args:
            rows: The board's rows, for the names.
        """
        super().__init__(rows, "news")
        self.heard: Sequence[Heard] = ()
        self.chosen = ""
        self._first = 0

    def on_mount(self) -> None:
        """Ask what there is."""
        self.later(self.catch_up, "news")

    async def catch_up(self, *, select: str = "", changed: frozenset[str] = frozenset()) -> None:  # noqa: ARG002
        """Show the list anew; the cursor stays on what it stands on, unless that is the latest."""
        self.rows = (await self.desk.call(self.desk.board)).rows
        heard = await self.desk.call(self.desk.heard)
        if self.cursor:
            self.cursor += len(heard) - len(self.heard)
        self.heard = heard
        self.lay_out()

    def lay_out(self) -> None:
        """Put every part where it belongs for this size, and fill it."""
        self.place_parts(tr("news since the board was opened"))
        self.go(self.cursor)
        self.show_footer()

    # Moving

    @property
    def course(self) -> NewsScreen:
        """The list."""
        return self

    @property
    def stops(self) -> int:
        """How many lines there are."""
        return len(self.heard)

    @property
    def page_step(self) -> int:
        """Lines that a page key moves by: two stay in view."""
        return max(1, self.app.size.height - 5)

    def go(self, index: int) -> None:
        """Put the cursor on a line, and bring that into view."""
        cells, height = self.app.size.width, max(1, self.app.size.height - 3)
        self.cursor = max(0, min(index, len(self.heard) - 1))
        self._first = max(
            self.cursor - height + 1, min(self._first, self.cursor, max(0, self.stops - height))
        )
        lines = list_lines(self.heard, self.rows, self.cursor, cells, self.glyphs)
        self.body.show(lines[self._first : self._first + height] or [[(f" {tr(NOTHING)}", "muted")]])

    # Keys

    def action_open(self) -> None:
        """Go to the indicator on the board."""
        if not self.heard:
            self.say(tr(NOTHING), "muted")
            return
        self.chosen = self.heard[self.cursor].news.indicator
        if self.chosen:
            self.dismiss()
        else:
            self.say(tr("this is about no single indicator"), "muted")
