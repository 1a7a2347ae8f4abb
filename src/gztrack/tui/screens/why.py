"""The sums behind one indicator's status, on the whole screen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.services.actions import WHY
from gztrack.services.explaining.views import Why
from gztrack.tui import headlines, whytext
from gztrack.tui.cells import cut
from gztrack.tui.choosing import next_method
from gztrack.tui.rows import name_of
from gztrack.tui.screens.appearance import Appearance
from gztrack.tui.screens.host import bindings
from gztrack.tui.screens.paging import Paging


class WhyScreen(Paging, Appearance):
    """The text of ``gztrack why``, scrolled; ``m`` reckons by the next method."""

    ACTIONS = WHY
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WHY)]

    DEFAULT_CSS = """
    WhyScreen { overflow: hidden; }
    """

    def __init__(self, indicator: str) -> None:
        """Make the screen.

        Args:
            indicator: Id of the indicator.
        """
        super().__init__("sums")
        self.indicator = indicator
        self.why: Why | None = None

    def on_mount(self) -> None:
        """Ask for the sums."""
        self.lay_out()
        self.later(self.catch_up, "why")

    async def catch_up(self, *, select: str = "", changed: frozenset[str] = frozenset()) -> None:  # noqa: ARG002
        """Show the sums anew, whatever changed: a method is the whole database's; the indicator may be gone."""
        try:
            self.why = await self.desk.call(self.desk.why, self.indicator)
        except InputError:
            self.dismiss()
            return
        self.lay_out()

    def lay_out(self) -> None:
        """Put every part where it belongs for this size, and fill it."""
        self.place_parts()
        cells = self.app.size.width
        if self.why is not None:
            row = self.why.row
            name = cut(name_of(row), max(8, cells - 30), self.glyphs.ellipsis)
            note = f"{row.id}, {row.assessment.method}"
            self.head.show(
                [headlines.rule([(tr("why  {name}", name=name), "strong")], note, cells, self.glyphs)]
            )
            self.text.show(whytext.lines(self.why, cells, self.glyphs))
        self.show_footer()

    # Keys

    def action_method(self) -> None:
        """Reckon by the next method, here and on the board."""
        self.later(self._by_next_method, "why")

    async def _by_next_method(self) -> None:
        lens = self.desk.lens
        lens.method = next_method(lens.method, await self.desk.call(self.desk.board))
        await self.catch_up()
        if self.why is not None:
            method = self.why.row.assessment.method
            said = tr("method: {method}", method=method)
            self.say(said if lens.method else tr("method: {method}, its own", method=method), "muted")
