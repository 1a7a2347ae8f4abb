"""The unfinished entries that are kept: take one up, or drop it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from gztrack.language import ptr, term, tr
from gztrack.services.actions import DRAFTS
from gztrack.services.views import Row
from gztrack.tui import drafttext
from gztrack.tui.screens.host import bindings
from gztrack.tui.screens.listing import ListScreen

NOTHING = term("no entry is unfinished: what is typed into a form and not saved is kept here")


class DraftsScreen(ListScreen):
    """A short list.

    Attributes:
        taken: Name of the draft that was taken up; empty when none was.
    """

    ACTIONS = DRAFTS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DRAFTS)]

    DEFAULT_CSS = """
    DraftsScreen { layers: below form; overflow: hidden; }
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        """Make the screen.

        Args:
            rows: The board's rows, for the names.
        """
        super().__init__(rows, "drafts")
        self.taken = ""

    @property
    def names(self) -> list[str]:
        """Names of the drafts, the one begun last first."""
        return list(reversed(self.drafts))

    async def catch_up(self, *, select: str = "", changed: frozenset[str] = frozenset()) -> None:  # noqa: ARG002
        """Names may have changed."""
        self.rows = (await self.desk.call(self.desk.board)).rows
        self.lay_out()

    def lay_out(self) -> None:
        """Put every part where it belongs for this size, and fill it."""
        cells, rows = self.app.size
        self.place_parts(tr("unfinished entries"))
        drafts = self.drafts
        kept = {name: drafts[name] for name in reversed(drafts)}
        self.cursor = max(0, min(self.cursor, len(kept) - 1))
        lines = drafttext.list_lines(kept, self.rows, self.cursor, cells, self.glyphs)
        first = max(0, self.cursor - max(0, rows - 4))
        self.body.show(lines[first:] or [[(f" {tr(NOTHING)}", "muted")]])
        self.show_footer()

    def action_down(self) -> None:
        """Go to the next entry."""
        self.cursor += self.count()
        self.lay_out()

    def action_up(self) -> None:
        """Go to the previous entry."""
        self.cursor -= self.count()
        self.lay_out()

    def action_take_up(self) -> None:
        """Go back to the board, and there into the form."""
        names = self.names
        if names:
            self.taken = names[self.cursor]
            self.dismiss()
        else:
            self.say(tr(NOTHING), "muted")

    def action_drop(self) -> None:
        """Forget the entry."""
        names = self.names
        if names:
            problem = self.host_app.drafts.drop(names[self.cursor])
            self.lay_out()
            self.say(problem or ptr("draft", "dropped"), "error" if problem else "good")
