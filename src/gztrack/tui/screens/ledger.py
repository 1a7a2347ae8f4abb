"""The ledger on a screen of its own: every target ever stated, and the story of the marked one."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from gztrack.language import tr
from gztrack.services.actions import LEDGER
from gztrack.tui import geometry, headlines, ledgerpane, ledgertext
from gztrack.tui.cells import Line
from gztrack.tui.geometry import Box
from gztrack.tui.ledgercolumns import Columns
from gztrack.tui.ledgercounts import counts_in_full, counts_line
from gztrack.tui.ledgertext import Ledger
from gztrack.tui.screens.host import bindings
from gztrack.tui.screens.ledger_keys import LedgerKeys
from gztrack.tui.widgets.ledger_list import LedgerList
from gztrack.tui.widgets.lines import Lines, place
from gztrack.tui.widgets.scroller import Scroller

MARK_SECONDS = 2.0
"""How long a promise stays marked that another session changed."""


class LedgerScreen(LedgerKeys):
    """Every promise on a line; counts over them, the story of the marked one below; forms act on that one."""

    ACTIONS = LEDGER
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LEDGER)]

    DEFAULT_CSS = """
    LedgerScreen { layers: below form; overflow: hidden; }
    """

    def __init__(self, select: str = "") -> None:
        """Make the screen.

        Args:
            select: Id of the indicator on whose headline target the cursor begins; empty begins
                with what was due first.
        """
        super().__init__()
        self._select = select
        self._columns: Columns | None = None
        self._needed = 0
        self.top = Lines(id="top")
        self.list = LedgerList(id="promises")
        self.pane = Lines(id="story", ground="raised")
        self.footer = Lines(id="footer")

    def compose(self) -> ComposeResult:
        """Four widgets; forms come when they are asked for."""
        yield self.top
        yield self.list
        yield self.pane
        yield self.footer

    def on_mount(self) -> None:
        """Ask for the ledger."""
        self.lay_out()
        self.later(self.catch_up, "ledger")

    # Showing

    async def catch_up(self, *, select: str = "", changed: frozenset[str] = frozenset()) -> None:
        """Show the ledger anew.

        Args:
            select: Indicator on whose headline target to put the cursor, unless it stands on one of its
                promises already; empty leaves it where it is.
            changed: Indicators that another session changed.
        """
        before = self.list.promise
        self.ledger = await self.desk.call(self.desk.ledger, every=self.every)
        self._columns = None
        self.lay_out()
        wanted, self._select = select or self._select, ""
        if before is not None and before.indicator == wanted and before.id in self.ledger.known:
            wanted = ""
        if wanted and not self.find(wanted):
            goal = self.glyphs.key("detail.goal")
            self.say(tr("it has no promise yet: {key} in its detail sets a goal", key=goal), "muted")
        if changed:
            self.list.mark(self.list.changed | changed)
            self.set_timer(MARK_SECONDS, partial(self.list.mark, frozenset()))

    def find(self, indicator: str) -> bool:
        """Put the cursor on an indicator's headline target, else on its first one, if there is any."""
        views = [view for view in (self.ledger.targets if self.ledger else ()) if view.indicator == indicator]
        if views:
            self.list.find(next((view for view in views if view.headline), views[0]).id)
            self._tell()
        return bool(views)

    def lay_out(self) -> None:
        """Put every part where it belongs for this size, and fill it."""
        cells, rows = self.app.size
        top = min(2 + (rows >= geometry.TITLE_HEIGHT), max(0, rows - 2))
        wanted = max(self.form.rows_wanted, geometry.FORM_ROWS) if self.form else 0
        form = min(wanted, max(0, rows - top - geometry.LIST_LEAST)) if wanted else 0
        body = max(0, rows - top - (form or 1))
        pane = 0 if form else self._pane_rows(body, rows)
        place(self.top, Box(0, 0, cells, top))
        place(self.list, Box(0, top, cells, body - pane))
        place(self.pane, Box(0, top + body - pane, cells, pane))
        place(self.footer, Box(0, rows - 1, cells, 0 if form else 1))
        if self.form:
            place(self.form, Box(0, rows - form, cells, form))
            self.form.fit(cells, form)
        self.list.fit(cells, body - pane)
        self._fill(cells, rows)
        self.show_footer()
        if self._wants_more():
            self.lay_out()

    def _wants_more(self) -> bool:
        """Whether the marked promise's story is the longest so far: its pane grows, and never shrinks again."""
        view, ledger = self.list.promise, self.ledger
        if view is None or ledger is None or self.form:
            return False
        told = ledgerpane.parts(view, ledger.rows[view.indicator], ledger.known, self.glyphs)
        wanted = ledgerpane.rows_wanted(told, self.app.size.width)
        longest, self._needed = wanted > self._needed, max(wanted, self._needed)
        return longest

    def _pane_rows(self, body: int, rows: int) -> int:
        """Rows of the story: more where the list leaves them, none where three lines would not be left.

        A long story may take half of the screen.
        """
        if self.ledger is not None and not self.ledger.targets:
            return 0
        if body < ledgerpane.LEAST + geometry.LIST_LEAST:
            return max(0, min(4, body - geometry.LIST_LEAST)) if body >= 6 else 0
        listed = len(self.ledger.targets) if self.ledger else 0
        spare = min(max(ledgerpane.LEAST, body // 3, body - listed), ledgerpane.MOST)
        return min(max(spare, min(self._needed, rows // 2)), body - geometry.LIST_LEAST)

    def _fill(self, cells: int, rows: int) -> None:
        ledger = self.ledger
        if ledger is None:
            return
        if self._columns is None or self._columns.width != cells:
            self._columns = ledgertext.laid_out(cells, ledger, self.glyphs)
        goal = self.glyphs.key("board.goal")
        self.list.nothing = tr("no promise has been recorded yet: {key} on the board sets a goal", key=goal)
        views = ledgertext.sorted_targets(ledger, self.sort)
        self.list.show_promises(views, ledger, self._columns)
        self._fill_top(ledger, self._columns, cells, rows)
        self._fill_pane()

    def _fill_top(self, ledger: Ledger, columns: Columns, cells: int, rows: int) -> None:
        titled = rows >= geometry.TITLE_HEIGHT
        brief = cells < 100 and not titled
        heading = tr("promises: {title}", title=ledger.title) if titled else tr("promises")
        start = (
            headlines.title_start(heading, cells)
            if titled
            else counts_in_full(ledger.targets, heading, self.glyphs)
        )
        date = headlines.dates_beside(
            start, ledger.as_of, ledger.travelling, ledger.reckoned, cells, brief=brief
        )
        lines: list[Line] = []
        if titled:
            lines.append(headlines.title_line(heading, date, cells, self.glyphs))
            heading, date = "", []
        lines.append(counts_line(ledger.targets, heading, date, cells, self.glyphs))
        if ledger.targets:
            lines.append(ledgertext.heads_line(columns, self.sort, self.glyphs))
        self.top.show(lines)

    def _fill_pane(self) -> None:
        view, (cells, rows) = self.list.promise, self.pane.placed[1] if self.pane.placed else (0, 0)
        if view is None or self.ledger is None or not rows:
            self.pane.show([])
            return
        self.pane.show(ledgerpane.story(view, self.ledger, cells, rows, self.glyphs))

    @property
    def travelling(self) -> bool:
        """It shows another day than today."""
        return self.ledger is not None and self.ledger.travelling

    def on_scroller_marked(self, _: Scroller.Marked) -> None:
        """Tell the story of the promise that the cursor stands on now."""
        self._tell()

    def _tell(self) -> None:
        if self._wants_more():
            self.lay_out()
        else:
            self._fill_pane()

    def on_resize(self) -> None:
        """Arrange everything for the new size."""
        self._needed = 0
        self.lay_out()

    def go(self, index: int) -> None:
        """Put the cursor on a promise, its story into the pane: both in one repaint."""
        self.list.move_to(index)
        self._tell()
