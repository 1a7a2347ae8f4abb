"""Lines that scroll, some of which can be marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.message import Message

from gztrack.services.views import ReadingView, TargetView
from gztrack.tui.cells import Line
from gztrack.tui.detailtext import Item, marked
from gztrack.tui.widgets.lines import Canvas


class Scroller(Canvas):
    """The body of the detail: a cursor that goes from fact to fact."""

    @dataclass
    class Marked(Message):
        """The cursor stands on another fact."""

        fact: ReadingView | TargetView | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Make it empty."""
        super().__init__(id=id)
        self.items: list[Item] = []
        self.places: list[int] = []
        self.cursor = 0
        self.top = 0
        self.space = (80, 10)

    @property
    def fact(self) -> ReadingView | TargetView | None:
        """The marked reading or target."""
        return self.items[self.places[self.cursor]].fact if self.places else None

    @property
    def stops(self) -> int:
        """How many places there are for the cursor."""
        return len(self.places)

    @property
    def page_step(self) -> int:
        """Places that a page key moves by: two lines stay in view."""
        return max(1, self.space[1] - 2)

    def show(self, items: Sequence[Item]) -> None:
        """Show items; the cursor stays on its fact where that is still there."""
        before = self.fact
        self.items = list(items)
        self.places = [at for at, item in enumerate(self.items) if item.fact is not None]
        if before is not None:
            same = (n for n, at in enumerate(self.places) if self._fact_id(at) == before.id)
            self.cursor = next(same, self.cursor)
        self.cursor = max(0, min(self.cursor, len(self.places) - 1))
        self._keep_visible()
        self.refresh_changed()
        self.post_message(self.Marked(self.fact))

    def _fact_id(self, at: int) -> str:
        fact = self.items[at].fact
        return fact.id if fact else ""

    def fit(self, width: int, height: int) -> None:
        """Take this much room."""
        self.space = (width, height)
        self._keep_visible()

    def move(self, by: int) -> None:
        """Move the cursor by facts; it stops at the ends."""
        self.move_to(self.cursor + by)

    def move_to(self, index: int) -> None:
        """Put the cursor on a fact."""
        old = self.cursor
        self.cursor = max(0, min(index, len(self.places) - 1))
        if self.cursor == old:
            return
        if self._keep_visible():
            self.refresh_changed()
        else:
            for place in (self.places[old], self.places[self.cursor]):
                self.refresh(Region(0, place - self.top, self.size.width, 1))
        self.post_message(self.Marked(self.fact))

    def _keep_visible(self) -> bool:
        old, height = self.top, self.space[1]
        if self.places:
            at = self.places[self.cursor]
            # Everything above the first fact comes into view with it.
            self.top = min(self.top, 0 if self.cursor == 0 else at)
            self.top = max(self.top, at - height + 1)
        self.top = max(0, min(self.top, len(self.items) - height))
        return self.top != old

    def line(self, y: int) -> Line:
        """Return the line at a height of the widget."""
        at = y + self.top
        if at >= len(self.items):
            return []
        here = bool(self.places) and at == self.places[self.cursor]
        return marked(self.items[at].line, self.glyphs) if here else self.items[at].line

    def on_click(self, event: events.Click) -> None:
        """Mark what the mouse points at."""
        at = event.y + self.top
        if at in self.places:
            self.move_to(self.places.index(at))

    def on_mouse_scroll_down(self) -> None:
        """Move on with the wheel."""
        self.move(3)

    def on_mouse_scroll_up(self) -> None:
        """Move back with the wheel."""
        self.move(-3)
