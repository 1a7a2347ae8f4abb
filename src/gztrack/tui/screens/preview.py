"""What a form would do, on the whole screen before it is done."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from gztrack.services.actions import PREVIEW, Action
from gztrack.tui import headlines
from gztrack.tui.cells import cut
from gztrack.tui.papers import Paper, Sheet
from gztrack.tui.screens.appearance import Appearance
from gztrack.tui.screens.host import bindings
from gztrack.tui.screens.paging import Paging


class PreviewScreen(Paging, Appearance):
    """A text to scroll; enter goes on with what the form asks for, escape goes back to it.

    Attributes:
        agreed: It is to be done.
    """

    ACTIONS = PREVIEW
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PREVIEW)]

    DEFAULT_CSS = """
    PreviewScreen { overflow: hidden; }
    """

    def __init__(self, paper: Paper, sheet: Sheet, cells: int) -> None:
        """Make the screen.

        Args:
            paper: What is looked at.
            sheet: Its text.
            cells: The width that the text was made for.
        """
        super().__init__("preview")
        self.paper = paper
        self.sheet = sheet
        self.turned = False
        self.agreed = False
        self._made_for = cells

    def on_mount(self) -> None:
        """Show it."""
        self.lay_out()

    @property
    def actions(self) -> tuple[Action, ...]:
        """What can be done here, as its footer says it."""
        there = []
        for action in super().actions:
            if action.name == "save" and self.paper.agree:
                there.append(action._replace(footer=self.paper.agree))
            elif action.name not in ("save", "turn") or (action.name == "turn" and self.sheet.turns):
                there.append(action)
        return tuple(there)

    async def catch_up(self, *, select: str = "", changed: frozenset[str] = frozenset()) -> None:  # noqa: ARG002
        """Show it anew: for another width, from its other side, or because others wrote meanwhile."""
        cells = self.app.size.width
        self.sheet = await self.desk.call(self.paper.sheet, self.desk, cells, self.glyphs, turned=self.turned)
        self._made_for = cells
        self.lay_out()

    def lay_out(self) -> None:
        """Put every part where it belongs for this size, and fill it."""
        self.place_parts()
        cells = self.app.size.width
        title = cut(self.sheet.title, max(8, cells - 40), self.glyphs.ellipsis)
        self.head.show([headlines.rule([(title, "strong")], self.sheet.note, cells, self.glyphs)])
        self.text.show(self.sheet.lines)
        self.show_footer()

    def on_resize(self) -> None:
        """Arrange everything for the new size; text that was made for another width is made anew."""
        self.lay_out()
        if self.app.size.width != self._made_for:
            self.later(self.catch_up, "preview", exclusive=True)

    def action_turn(self) -> None:
        """Show the text of the file itself, or the page again."""
        if self.sheet.turns:
            self.turned = not self.turned
            self.text.at = 0
            self.later(self.catch_up, "preview")

    def action_save(self) -> None:
        """Go back, and do it."""
        if self.paper.agree:
            self.agreed = True
            self.dismiss()
