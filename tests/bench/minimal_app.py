"""The peer of the first paint: the least Textual app with the same widgets in it.

A list that draws its own lines, a pane, three lines of text; no data, no service, no styles of
its own. What the board takes longer than this is the board's own doing.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

LINES = 40


class Lines(ScrollView, can_focus=True):
    """Forty lines of a hundred cells, with a cursor."""

    BINDINGS = [("down", "move(1)"), ("up", "move(-1)")]  # noqa: RUF012  (Textual's own form)
    cursor = 0

    def on_mount(self) -> None:
        """Say how much there is to scroll over."""
        self.virtual_size = Size(100, LINES)

    def render_line(self, y: int) -> Strip:
        """One line of text; the cursor's has a mark."""
        mark = ">" if y == self.cursor else " "
        return Strip([Segment(f"{mark} line {y:3} " + "figure " * 12)]).adjust_cell_length(self.size.width)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(LINES - 1, self.cursor + by))
        self.refresh()


class MinimalApp(App[None]):
    """Title, summary, list, pane and keys."""

    BINDINGS = [("q", "quit")]  # noqa: RUF012  (Textual's own form)
    CSS = "Static { height: 1; } #pane { height: 12; }"

    def compose(self) -> ComposeResult:
        """The same widgets as the board has."""
        yield Static("title")
        yield Static("summary")
        yield Static("heads")
        yield Lines()
        yield Static("pane", id="pane")
        yield Static("q quit")


if __name__ == "__main__":
    MinimalApp().run()
