"""The sums behind one indicator's status, on the whole screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.services.actions import WHY
from gztrack.services.explaining.views import Why
from gztrack.tui import headlines, whytext
from gztrack.tui.cells import cut, spread
from gztrack.tui.choosing import next_method
from gztrack.tui.geometry import Box
from gztrack.tui.rows import name_of
from gztrack.tui.screens.appearance import Appearance
from gztrack.tui.screens.host import bindings
from gztrack.tui.widgets.lines import Lines, place
from gztrack.tui.widgets.pager import Pager


class WhyScreen(Appearance):
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
        super().__init__()
        self.indicator = indicator
        self.why: Why | None = None
        self.head = Lines(id="head")
        self.text = Pager(id="sums")
        self.footer = Lines(id="footer")

    def compose(self) -> ComposeResult:
        """Three widgets, and no more later."""
        yield self.head
        yield self.text
        yield self.footer

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
        cells, rows = self.app.size
        place(self.head, Box(0, 0, cells, min(1, rows)))
        place(self.text, Box(0, 1, cells, max(0, rows - 2)))
        place(self.footer, Box(0, rows - 1, cells, 1))
        self.text.fit(rows - 2)
        if self.why is not None:
            row = self.why.row
            name = cut(name_of(row), max(8, cells - 30), self.glyphs.ellipsis)
            note = f"{row.id}, {row.assessment.method}"
            self.head.show(
                [headlines.rule([(tr("why  {name}", name=name), "strong")], note, cells, self.glyphs)]
            )
            self.text.show(whytext.lines(self.why, cells, self.glyphs))
        self.show_footer()

    def show_footer(self) -> None:
        """Show keys and how far down the text is, or the message in their place."""
        cells, text = self.app.size.width, self.text
        line = self.foot_line()
        if text.furthest and not self.message[0]:
            last = min(text.at + text.height, len(text.lines))
            seen = tr("{first} to {last} of {count}", first=text.at + 1, last=last, count=len(text.lines))
            line = spread(line, [(seen, "muted"), (" ", "text")], cells, self.glyphs.ellipsis)
        self.footer.show([line])

    def on_resize(self) -> None:
        """Arrange everything for the new size."""
        self.lay_out()

    # Keys

    def go(self, line: int) -> None:
        """Bring a line of the text to the top."""
        self.text.scroll_lines_to(line)
        self.show_footer()

    def action_down(self) -> None:
        """Go down by the count of lines."""
        self.go(self.text.at + self.count())

    def action_up(self) -> None:
        """Go up by the count of lines."""
        self.go(self.text.at - self.count())

    def action_first(self) -> None:
        """Go to the beginning."""
        self.go(0)

    def action_last(self) -> None:
        """Go to the end."""
        self.go(self.text.furthest)

    def action_page_down(self) -> None:
        """Go down by pages; two lines stay in view."""
        self.go(self.text.at + self.count() * max(1, self.text.height - 2))

    def action_page_up(self) -> None:
        """Go up by pages."""
        self.go(self.text.at - self.count() * max(1, self.text.height - 2))

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

    def action_help(self) -> None:
        """Show what the keys do here."""
        from gztrack.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.ACTIONS))

    def action_back(self) -> None:
        """Go back to where it was opened from."""
        self.dismiss()
