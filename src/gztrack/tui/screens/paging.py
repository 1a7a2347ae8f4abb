"""A screen that is one long text: a rule on top, the text, the keys; and the keys that scroll it."""

from __future__ import annotations

from textual.app import ComposeResult

from gztrack.language import tr
from gztrack.tui.cells import spread
from gztrack.tui.geometry import Box
from gztrack.tui.screens.host import Host
from gztrack.tui.widgets.lines import Lines, place
from gztrack.tui.widgets.pager import Pager


class Paging(Host):
    """What the text says is its subclass's affair."""

    def __init__(self, what: str) -> None:
        """Make the screen.

        Args:
            what: Id of the text.
        """
        super().__init__()
        self.head = Lines(id="head")
        self.text = Pager(id=what)
        self.footer = Lines(id="footer")

    def compose(self) -> ComposeResult:
        """Three widgets, and no more later."""
        yield self.head
        yield self.text
        yield self.footer

    def place_parts(self) -> None:
        """Put every part where it belongs for this size."""
        cells, rows = self.app.size
        place(self.head, Box(0, 0, cells, min(1, rows)))
        place(self.text, Box(0, 1, cells, max(0, rows - 2)))
        place(self.footer, Box(0, rows - 1, cells, 1))
        self.text.fit(rows - 2)

    def show_footer(self) -> None:
        """Show keys and how far down the text is, or the message in their place."""
        cells, text = self.app.size.width, self.text
        line = self.working or self.foot_line()
        if text.furthest and not self.message[0] and not self.working:
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

    def action_help(self) -> None:
        """Show what the keys do here."""
        from gztrack.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.ACTIONS))

    def action_back(self) -> None:
        """Go back to where it was opened from."""
        self.dismiss()
