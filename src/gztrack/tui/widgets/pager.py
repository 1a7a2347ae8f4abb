"""A long text, as much of it as fits, scrolled by lines."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.tui.cells import Line
from gztrack.tui.widgets.lines import Lines


class Pager(Lines):
    """Lines of which some are in view; there is no cursor."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Make it empty, at its top."""
        super().__init__(id=id)
        self.at = 0
        self.height = 1

    def fit(self, height: int) -> None:
        """Take this many rows."""
        self.height = max(1, height)

    @property
    def furthest(self) -> int:
        """The first line in view when the last one is at the bottom."""
        return max(0, len(self.lines) - self.height)

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; the view stays where it is as far as the text goes."""
        self.lines = list(lines)
        self.scroll_lines_to(self.at)

    def scroll_lines(self, by: int) -> None:
        """Move the view by lines; it stops at the ends."""
        self.scroll_lines_to(self.at + by)

    def scroll_lines_to(self, line: int) -> None:
        """Bring a line to the top, as far as the text goes."""
        self.at = max(0, min(line, self.furthest))
        self.refresh_changed()

    def line(self, y: int) -> Line:
        """Return the line at a height of the widget."""
        at = self.at + y
        return self.lines[at] if at < len(self.lines) else []

    def on_mouse_scroll_down(self) -> None:
        """Move on with the wheel."""
        self.scroll_lines(3)

    def on_mouse_scroll_up(self) -> None:
        """Move back with the wheel."""
        self.scroll_lines(-3)
