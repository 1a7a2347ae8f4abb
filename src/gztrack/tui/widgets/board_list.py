"""The list of indicators: column heads, headings of groups, rows, a cursor. Draws what is visible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from textual import events
from textual.geometry import Region
from textual.message import Message

from gztrack.services.views import Row
from gztrack.tui.cells import Line
from gztrack.tui.columns import Columns, columns
from gztrack.tui.grouping import USUAL, Entry, Order, entries, group_of
from gztrack.tui.headings import heading_line
from gztrack.tui.rows import Texts, heads_line, needs, row_line, texts
from gztrack.tui.stops import Place, follow, stops_of
from gztrack.tui.widgets.lines import Canvas

HEADS = 1
"""Lines of column heads above the rows; they do not scroll."""
MARK_SECONDS = 2.0
"""How long a row stays marked that another session changed."""


class BoardList(Canvas):
    """A virtual list: ten thousand rows cost no more to scroll than ten.

    The cursor stops at rows, and at the headings of folded groups, behind which there are rows.
    """

    @dataclass
    class Moved(Message):
        """The cursor stands on another indicator; None on the heading of a folded group."""

        row: Row | None

    @dataclass
    class Chosen(Message):
        """A row was clicked that the cursor already stood on."""

        row: Row

    @dataclass
    class HeadingClicked(Message):
        """A heading was clicked."""

        group: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Make an empty list."""
        super().__init__(id=id)
        self.rows: list[Row] = []
        self.cursor = 0
        self.top = 0
        self.order = USUAL
        self.words: Sequence[str] = ()
        self.nothing = ""
        self.space = (80, 19)
        self._text_of: dict[str, Texts] = {}
        self._columns: Columns | None = None
        self._entries: list[Entry] = []
        self._stops: list[int] = []
        self._all: tuple[Row, ...] = ()
        self._marks: dict[str, object] = {}
        self._hidden = ""

    # What is shown

    def show(
        self,
        everything: tuple[Row, ...],
        rows: Iterable[Row],
        *,
        order: Order = USUAL,
        folded: frozenset[str] = frozenset(),
        words: str = "",
        blanks: bool,
        nothing: str,
    ) -> None:
        """Show rows; the cursor stays on its indicator and on its line of the screen, as far as that can be.

        Args:
            everything: All rows of the board; the widths of the columns are reckoned from
                them, so that a filter does not move the columns.
            rows: Rows to show, in order.
            order: How they stand.
            folded: Names of the folded groups.
            words: The filter, to be marked in the names.
            blanks: Blank lines between groups.
            nothing: What to say where there is no row.
        """
        before, group, height, place = self.selected, self.folded_group, self._height, self._place()
        self.rows = list(rows)
        self.nothing = nothing
        if everything is not self._all:
            self._all, self._columns = everything, None
        if place is not None and before is not None and order.grouping != self.order.grouping:
            place = place._replace(group=group_of(before, order.grouping))
        wanted = tuple(words.casefold().split())
        # Rows that come and go move around the cursor; another order or filter shows its own beginning.
        same = (order, wanted) == (self.order, self.words)
        self.order, self.words = order, wanted
        self._entries = entries(self.rows, grouping=order.grouping, blanks=blanks, folded=folded)
        self._stops = stops_of(self._entries)
        self._measure()
        found = follow(place, self._stops, self._entries, self.rows, order.grouping) if place else -1
        self.cursor = max(0, min(found if found >= 0 else self.cursor, len(self._stops) - 1))
        if place is not None:
            self._hidden = place.row if self.folded_group else ""
        if self._stops and same:
            self.top = self._stops[self.cursor] - height
        self._keep_visible()
        self.refresh_changed()
        self._announce(before, group)

    @property
    def _height(self) -> int:
        """Lines of the list above the cursor that are visible."""
        return self._stops[self.cursor] - self.top if self._stops else 0

    def _place(self) -> Place | None:
        group, row = self.folded_group, self.selected
        if group is not None:
            return Place(self._hidden, group.key, on_heading=True)
        return Place(row.id, group_of(row, self.order.grouping)) if row is not None else None

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
            self._columns = columns(width, needs(self._all, width, self.glyphs))
            self._text_of = {}

    def _texts(self, row: Row) -> Texts:
        """What a row says, written out when it comes into view."""
        text = self._text_of.get(row.id)
        if text is None:
            text = self._text_of[row.id] = texts(row, self.space[0], self.glyphs)
        return text

    def remeasure(self) -> None:
        """Reckon the columns anew, after names or glyphs changed."""
        self._columns = None
        self._measure()
        self.refresh_changed()

    @property
    def selected(self) -> Row | None:
        """The row under the cursor."""
        entry = self._at_cursor
        return self.rows[entry.row] if entry and entry.kind == "row" else None

    @property
    def folded_group(self) -> Entry | None:
        """The heading of the folded group under the cursor."""
        entry = self._at_cursor
        return entry if entry and entry.folded else None

    @property
    def _at_cursor(self) -> Entry | None:
        return self._entries[self._stops[self.cursor]] if self.cursor < len(self._stops) else None

    @property
    def stops(self) -> int:
        """How many places there are for the cursor."""
        return len(self._stops)

    def members(self, heading: Entry) -> list[Row]:
        """The rows under a heading."""
        return self.rows[heading.row : heading.row + heading.size]

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
        """Put the cursor on the stop with this index, or on the nearest there is."""
        before, group, old = self.selected, self.folded_group, self.cursor
        self.cursor = max(0, min(index, len(self._stops) - 1))
        if self.cursor == old:
            return
        self._hidden = ""
        if self._keep_visible():
            self.refresh_changed()
        else:
            self._refresh_stop(old)
            self._refresh_stop(self.cursor)
        self._announce(before, group)

    def find(self, indicator: str) -> bool:
        """Put the cursor on an indicator, if it is shown."""
        for stop, at in enumerate(self._stops):
            entry = self._entries[at]
            if entry.kind == "row" and self.rows[entry.row].id == indicator:
                self.move_to(stop)
                return True
        return False

    def mark(self, changed: frozenset[str]) -> None:
        """Mark rows that another session changed, each for its full time, however soon the next change comes."""
        if not changed:
            return
        change = object()
        self._marks |= dict.fromkeys(changed, change)
        self.set_timer(MARK_SECONDS, partial(self._unmark, change))
        self.refresh_changed()

    def _unmark(self, change: object) -> None:
        self._marks = {row: other for row, other in self._marks.items() if other is not change}
        self.refresh_changed()

    def _announce(self, before: Row | None, group: Entry | None) -> None:
        here = self.folded_group
        if self.selected != before or (here and here.key) != (group and group.key):
            self.post_message(self.Moved(self.selected))

    def _keep_visible(self) -> bool:
        """Scroll as far as needed; True when it had to."""
        if not self._stops:
            scrolled, self.top = self.top != 0, 0
            return scrolled
        line = self._stops[self.cursor]
        above = self._entries[line - 1] if line else None
        # The heading of the first row of a group comes into view with it.
        first = line - 1 if above and above.kind == "heading" and not above.folded and self.page > 1 else line
        old = self.top
        self.top = min(self.top, first)
        self.top = max(self.top, line - self.page + 1)
        self.top = max(0, min(self.top, len(self._entries) - self.page))
        return self.top != old

    def _refresh_stop(self, index: int) -> None:
        if index < len(self._stops):
            y = self._stops[index] - self.top + HEADS
            if HEADS <= y < self.size.height:
                self.refresh(Region(0, y, self.size.width, 1))

    # Drawing

    def line(self, y: int) -> Line:
        """Return the line at a height of the widget."""
        if self._columns is None:
            return []
        if y < HEADS:
            return heads_line(self._columns, self.order.sort, self.glyphs, self.order.said)
        at = y - HEADS + self.top
        if at >= len(self._entries):
            return [(f" {self.nothing}", "muted")] if not self.rows and at == 0 else []
        entry = self._entries[at]
        if entry.kind == "blank":
            return []
        here = bool(self._stops) and at == self._stops[self.cursor]
        if entry.kind == "heading":
            members = self.members(entry)
            return heading_line(
                entry,
                members,
                self.size.width,
                self.glyphs,
                selected=here,
                changed=entry.folded and any(row.id in self._marks for row in members),
                words=self.words,
            )
        row = self.rows[entry.row]
        return row_line(
            row,
            self._texts(row),
            self._columns,
            self.glyphs,
            selected=here,
            changed=row.id in self._marks,
            indented=self.order.indented,
            words=self.words,
        )

    # Events

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a click on the cursor chooses, one on a heading folds."""
        at = event.y - HEADS + self.top
        if event.y < HEADS or at >= len(self._entries):
            return
        entry = self._entries[at]
        if entry.kind == "heading":
            self.post_message(self.HeadingClicked(entry.key))
        elif entry.kind == "row":
            stop = self._stops.index(at)
            if stop == self.cursor:
                self.post_message(self.Chosen(self.rows[entry.row]))
            else:
                self.move_to(stop)

    def on_mouse_scroll_down(self) -> None:
        """Move on with the wheel."""
        self.move(3)

    def on_mouse_scroll_up(self) -> None:
        """Move back with the wheel."""
        self.move(-3)
