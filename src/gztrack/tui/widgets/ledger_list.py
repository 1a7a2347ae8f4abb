"""The list of promises: a line each, written out when it comes into view."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region

from gztrack.services.views import TargetView
from gztrack.tui.cells import Line
from gztrack.tui.detailtext import Item
from gztrack.tui.ledgercolumns import Columns
from gztrack.tui.ledgertext import Ledger, Texts, promise_line, texts
from gztrack.tui.widgets.scroller import Scroller


class LedgerList(Scroller):
    """A scroller whose lines are made of a ledger: five thousand promises scroll like fifty."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Make it empty.

        Args:
            id: Textual's id of it.
        """
        super().__init__(id=id)
        self.ledger: Ledger | None = None
        self.columns: Columns | None = None
        self.changed: frozenset[str] = frozenset()
        self.nothing = ""
        self.words: Sequence[str] = ()
        self._texts: dict[str, Texts] = {}

    def show_promises(
        self, views: Sequence[TargetView], ledger: Ledger, columns: Columns, words: str = ""
    ) -> None:
        """Show promises; the cursor stays on its own, or near it where that one is gone.

        Args:
            views: What to show, in order.
            ledger: Where they are from.
            columns: Widths, reckoned from the whole ledger.
            words: The filter, to be marked in the names.
        """
        self.words = tuple(words.casefold().split())
        if ledger is not self.ledger or columns != self.columns:
            self.ledger, self.columns, self._texts = ledger, columns, {}
        self.show([Item([], view) for view in views])

    @property
    def promise(self) -> TargetView | None:
        """The marked promise."""
        return self.fact if isinstance(self.fact, TargetView) else None

    def find(self, target: str) -> bool:
        """Put the cursor on the promise with this id, if it is shown."""
        index = next((n for n, at in enumerate(self.places) if self._fact_id(at) == target), -1)
        if index >= 0:
            self.move_to(index)
        return index >= 0

    def mark(self, changed: frozenset[str]) -> None:
        """Mark the promises of indicators that another session changed, and no others."""
        touched, self.changed = self.changed ^ changed, changed
        for y in range(min(self.space[1], len(self.items) - self.top)):
            fact = self.items[y + self.top].fact
            if isinstance(fact, TargetView) and fact.indicator in touched:
                self.refresh(Region(0, y, self.size.width, 1))

    def line(self, y: int) -> Line:
        """Return the line at a height of the widget."""
        at = y + self.top
        if self.columns is None or self.ledger is None:
            return []
        if at >= len(self.items):
            return [(f" {self.nothing}", "muted")] if not self.items and at == 0 else []
        view = self.items[at].fact
        assert isinstance(view, TargetView)
        text = self._texts.get(view.id)
        if text is None:
            text = texts(view, self.ledger, self.columns.width, self.glyphs)
            self._texts[view.id] = text
        return promise_line(
            text,
            self.columns,
            self.glyphs,
            selected=at == self.places[self.cursor],
            changed=view.indicator in self.changed,
            words=self.words,
        )
