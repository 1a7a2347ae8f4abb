"""The list of indicators: column heads, headings of groups, rows, a cursor. Draws what is visible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.message import Message

from gztrack.services.views import Row
from gztrack.tui.cells import Line, cut
from gztrack.tui.choosing import Entry, entries
from gztrack.tui.columns import Columns, columns
from gztrack.tui.rows import Texts, heads_line, needs, row_line, texts
from gztrack.tui.widgets.lines import Canvas

HEADS = 1
"""Lines of column heads above the rows; they do not scroll."""


class BoardList(Canvas):
    """A virtual list: ten thousand rows cost no more to scroll than ten."""

    @dataclass
    class Moved(Message):
        """The cursor stands on another indicator."""

        row: Row | None

    @dataclass
    class Chosen(Message):
        """A row was clicked that the cursor already stood on."""

        row: Row

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Make an empty list."""
        super().__init__(id=id)
        self.rows: list[Row] = []
        self.cursor = 0
        self.top = 0
        self.chinese = False
        self.sort = "as listed"
        self.changed: frozenset[str] = frozenset()
        self.nothing = ""
        self.space = (80, 19)
        self._text_of: dict[str, Texts] = {}
        self._columns: Columns | None = None
        self._entries: list[Entry] = []
        self._line_of: list[int] = []
        self._all: tuple[Row, ...] = ()

    # What is shown

    def show(
        self, everything: tuple[Row, ...], rows: Iterable[Row], *, sort: str, blanks: bool, nothing: str
    ) -> None:
        """Show rows; the cursor stays on its indicator, or near it where that one is gone.

        Args:
            everything: All rows of the board; the widths of the columns are reckoned from
                them, so that a filter does not move the columns.
            rows: Rows to show, in order.
            sort: What they are sorted by; headings stand only over rows as listed.
            blanks: Blank lines between groups.
            nothing: What to say where there is no row.
        """
        before = self.selected
        self.rows = list(rows)
        self.nothing = nothing
        if everything is not self._all:
            self._all, self._columns = everything, None
        self.sort = sort
        self._entries = entries(self.rows, headings=sort == "as listed", blanks=blanks)
        self._line_of = [line for line, entry in enumerate(self._entries) if entry.kind == "row"]
        self._measure()
        if before is not None:
            self.cursor = next((i for i, row in enumerate(self.rows) if row.id == before.id), self.cursor)
        self.cursor = max(0, min(self.cursor, len(self.rows) - 1))
        self._keep_visible()
        self.refresh_changed()
        self._announce(before)

    def fit(self, width: int, height: int) -> None:
        """Take this much room; a plan decides it before the widget is laid out."""
        if (width, height) != self.space:
            self.space = (width, height)
            self._measure()
            self._keep_visible()
            self.refresh_changed()

    def _measure(self) -> None:
        """Reckon the columns from every row of the board, so that a filter moves none of them."""
        width = self.space[0]
        if self._columns is None or self._columns.width != width:
            self._columns = columns(width, needs(self._all, width, self.glyphs, chinese=self.chinese))
            self._text_of = {}

    def _texts(self, row: Row) -> Texts:
        """What a row says, written out when it comes into view."""
        text = self._text_of.get(row.id)
        if text is None:
            text = self._text_of[row.id] = texts(row, self.space[0], self.glyphs, chinese=self.chinese)
        return text

    def remeasure(self) -> None:
        """Reckon the columns anew, after names or glyphs changed."""
        self._columns = None
        self._measure()
        self.refresh_changed()

    @property
    def selected(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def page(self) -> int:
        """Lines of rows that are visible at once."""
        return max(1, self.space[1] - HEADS)

    # Moving

    def move(self, by: int) -> None:
        """Move the cursor by rows; it stops at the ends."""
        self.move_to(self.cursor + by)

    @property
    def page_step(self) -> int:
        """Rows that a page key moves by: two lines stay in view."""
        return max(1, self.page - 2)

    def move_to(self, index: int) -> None:
        """Put the cursor on the row with this index, or on the nearest there is."""
        before, old = self.selected, self.cursor
        self.cursor = max(0, min(index, len(self.rows) - 1))
        if self.cursor == old:
            return
        if self._keep_visible():
            self.refresh_changed()
        else:
            self._refresh_row(old)
            self._refresh_row(self.cursor)
        self._announce(before)

    def find(self, indicator: str) -> bool:
        """Put the cursor on an indicator, if it is shown."""
        index = next((i for i, row in enumerate(self.rows) if row.id == indicator), -1)
        if index >= 0:
            self.move_to(index)
        return index >= 0

    def mark(self, changed: frozenset[str]) -> None:
        """Mark rows that another session changed, and no others."""
        touched, self.changed = self.changed ^ changed, changed
        for index, row in enumerate(self.rows):
            if row.id in touched:
                self._refresh_row(index)

    def _announce(self, before: Row | None) -> None:
        if self.selected != before:
            self.post_message(self.Moved(self.selected))

    def _keep_visible(self) -> bool:
        """Scroll as far as needed; True when it had to."""
        if not self._line_of:
            scrolled, self.top = self.top != 0, 0
            return scrolled
        line = self._line_of[self.cursor]
        # The heading of the first row of a group comes into view with it.
        first = line - 1 if line and self._entries[line - 1].kind == "heading" and self.page > 1 else line
        old = self.top
        self.top = min(self.top, first)
        self.top = max(self.top, line - self.page + 1)
        self.top = max(0, min(self.top, len(self._entries) - self.page))
        return self.top != old

    def _refresh_row(self, index: int) -> None:
        if index < len(self._line_of):
            y = self._line_of[index] - self.top + HEADS
            if HEADS <= y < self.size.height:
                self.refresh(Region(0, y, self.size.width, 1))

    # Drawing

    def line(self, y: int) -> Line:
        """Return the line at a height of the widget."""
        if self._columns is None:
            return []
        if y < HEADS:
            return heads_line(self._columns, self.sort, self.glyphs)
        at = y - HEADS + self.top
        if at >= len(self._entries):
            return [(f" {self.nothing}", "muted")] if not self.rows and at == 0 else []
        entry = self._entries[at]
        if entry.kind == "heading":
            return [(" " + cut(entry.text, self.size.width - 1, self.glyphs.ellipsis), "group")]
        if entry.kind == "blank":
            return []
        row = self.rows[entry.row]
        return row_line(
            row,
            self._texts(row),
            self._columns,
            self.glyphs,
            selected=entry.row == self.cursor,
            changed=row.id in self.changed,
            indented=self.sort == "as listed",
        )

    # Events

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a click on the cursor chooses."""
        at = event.y - HEADS + self.top
        if event.y >= HEADS and at < len(self._entries) and self._entries[at].kind == "row":
            index = self._entries[at].row
            if index == self.cursor:
                self.post_message(self.Chosen(self.rows[index]))
            else:
                self.move_to(index)

    def on_mouse_scroll_down(self) -> None:
        """Move on with the wheel."""
        self.move(3)

    def on_mouse_scroll_up(self) -> None:
        """Move back with the wheel."""
        self.move(-3)
