"""The ledger on a screen of its own: every target ever stated, and the story of the marked one."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from gztrack.services.actions import LEDGER
from gztrack.tui import geometry, headlines, ledgerpane, ledgertext
from gztrack.tui.cells import Line
from gztrack.tui.geometry import Box
from gztrack.tui.ledgercolumns import Columns
from gztrack.tui.ledgercounts import counts_line
from gztrack.tui.ledgertext import ERRORS, SORTS, Ledger
from gztrack.tui.screens.host import bindings
from gztrack.tui.screens.travel import Traveller
from gztrack.tui.widgets.ledger_list import LedgerList
from gztrack.tui.widgets.lines import Lines, place
from gztrack.tui.widgets.scroller import Scroller

MARK_SECONDS = 2.0
"""How long a promise stays marked that another session changed."""

NOTHING = "no promise has been recorded yet: g on the board sets a goal"


class LedgerScreen(Traveller):
    """Every promise on a line; counts over them, the words and the source of the marked one below."""

    ACTIONS = LEDGER
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LEDGER)]

    DEFAULT_CSS = """
    LedgerScreen { overflow: hidden; }
    """

    def __init__(self, select: str = "", *, chinese: bool = False) -> None:
        """Make the screen.

        Args:
            select: Id of the indicator on whose headline target the cursor begins; empty begins
                with what was due first.
            chinese: Names in Chinese, where there is one.
        """
        super().__init__()
        self.ledger: Ledger | None = None
        self.chinese = chinese
        self.sort = SORTS[0]
        self.every = False
        self._select = select
        self._columns: Columns | None = None
        self.top = Lines(id="top")
        self.list = LedgerList(chinese=chinese, id="promises")
        self.pane = Lines(id="story", ground="raised")
        self.footer = Lines(id="footer")

    def compose(self) -> ComposeResult:
        """Four widgets, and no more later."""
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
            select: Indicator on whose headline target to put the cursor; empty leaves it where it is.
            changed: Indicators that another session changed.
        """
        self.ledger = await self.desk.call(self.desk.ledger, every=self.every)
        self._columns = None
        self.lay_out()
        wanted, self._select = select or self._select, ""
        if wanted and not self.find(wanted):
            self.say("it has no promise yet: g in its detail sets a goal", "muted")
        if changed:
            self.list.mark(self.list.changed | changed)
            self.set_timer(MARK_SECONDS, partial(self.list.mark, frozenset()))

    def find(self, indicator: str) -> bool:
        """Put the cursor on an indicator's headline target, else on its first one, if there is any."""
        views = [view for view in (self.ledger.targets if self.ledger else ()) if view.indicator == indicator]
        if views:
            self.list.find(next((view for view in views if view.headline), views[0]).id)
            self._fill_pane()
        return bool(views)

    def lay_out(self) -> None:
        """Put every part where it belongs for this size, and fill it."""
        cells, rows = self.app.size
        top = min(2 + (rows >= geometry.TITLE_HEIGHT), max(0, rows - 2))
        body = max(0, rows - top - 1)
        pane = self._pane_rows(body)
        place(self.top, Box(0, 0, cells, top))
        place(self.list, Box(0, top, cells, body - pane))
        place(self.pane, Box(0, top + body - pane, cells, pane))
        place(self.footer, Box(0, rows - 1, cells, 1))
        self.list.fit(cells, body - pane)
        self._fill(cells, rows)
        self.show_footer()

    def _pane_rows(self, body: int) -> int:
        """Rows of the story: more where the list leaves them, none where three lines would not be left."""
        if self.ledger is not None and not self.ledger.targets:
            return 0
        if body < ledgerpane.LEAST + geometry.LIST_LEAST:
            return max(0, min(4, body - geometry.LIST_LEAST)) if body >= 6 else 0
        listed = len(self.ledger.targets) if self.ledger else 0
        wanted = max(ledgerpane.LEAST, body // 3, body - listed)
        return min(wanted, ledgerpane.MOST, body - geometry.LIST_LEAST)

    def _fill(self, cells: int, rows: int) -> None:
        ledger = self.ledger
        if ledger is None:
            return
        if self._columns is None or self._columns.width != cells:
            self._columns = ledgertext.laid_out(cells, ledger, self.glyphs, chinese=self.chinese)
        self.list.nothing = NOTHING
        views = ledgertext.sorted_targets(ledger, self.sort, chinese=self.chinese)
        self.list.show_promises(views, ledger, self._columns)
        self._fill_top(ledger, self._columns, cells, rows)
        self._fill_pane()

    def _fill_top(self, ledger: Ledger, columns: Columns, cells: int, rows: int) -> None:
        titled = rows >= geometry.TITLE_HEIGHT
        brief = cells < 100 and not titled
        method = self.desk.lens.method or "linear"
        date = headlines.dates(ledger.as_of, ledger.travelling, method, brief=brief)
        lines: list[Line] = []
        if titled:
            lines.append(headlines.title_line(f"promises: {ledger.title}", date, cells, self.glyphs))
            date = []
        title = "" if titled else "promises"
        lines.append(counts_line(ledger.targets, title, date, cells, self.glyphs))
        if ledger.targets:
            lines.append(ledgertext.heads_line(columns, self.sort, self.glyphs))
        self.top.show(lines)

    def _fill_pane(self) -> None:
        view, (cells, rows) = self.list.promise, self.pane.placed[1] if self.pane.placed else (0, 0)
        if view is None or self.ledger is None or not rows:
            self.pane.show([])
            return
        self.pane.show(ledgerpane.story(view, self.ledger, cells, rows, self.glyphs, chinese=self.chinese))

    def show_footer(self) -> None:
        """Show keys, or the message in their place."""
        cells = self.app.size.width
        if self.message[0]:
            line = headlines.message_line(self.message, cells, self.glyphs)
        else:
            travelling = self.ledger is not None and self.ledger.travelling
            line = headlines.footer(self.ACTIONS, cells, self.glyphs, travelling=travelling)
        self.footer.show([line])

    def on_scroller_marked(self, _: Scroller.Marked) -> None:
        """Tell the story of the promise that the cursor stands on now."""
        self._fill_pane()

    def on_resize(self) -> None:
        """Arrange everything for the new size."""
        self.lay_out()

    # Moving

    def go(self, index: int) -> None:
        """Put the cursor on a promise, its story into the pane: both in one repaint."""
        self.list.move_to(index)
        self._fill_pane()

    def action_down(self) -> None:
        """Go down by the count."""
        self.go(self.list.cursor + self.count())

    def action_up(self) -> None:
        """Go up by the count."""
        self.go(self.list.cursor - self.count())

    def action_first(self) -> None:
        """Go to the first promise."""
        self.go(0)

    def action_last(self) -> None:
        """Go to the last promise, or to the one with the count's number."""
        self.go(self.count(len(self.list.places)) - 1)

    def action_page_down(self) -> None:
        """Go down by pages."""
        self.go(self.list.cursor + self.count() * max(1, self.list.space[1] - 2))

    def action_page_up(self) -> None:
        """Go up by pages."""
        self.go(self.list.cursor - self.count() * max(1, self.list.space[1] - 2))

    # Looking

    def action_detail(self) -> None:
        """Open everything about the promise's indicator."""
        if self.list.promise:
            from gztrack.tui.screens.detail import DetailScreen

            screen = DetailScreen(self.list.promise.indicator, self.chinese)
            self.app.push_screen(screen, self._back)

    def action_why(self) -> None:
        """Show the sums behind the status of the promise's indicator."""
        if self.list.promise:
            from gztrack.tui.screens.why import WhyScreen

            self.app.push_screen(WhyScreen(self.list.promise.indicator, self.chinese), self._back)

    def _back(self, _: None) -> None:
        self.later(self.catch_up, "ledger")

    def action_sort(self) -> None:
        """Sort by the next of the orders."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self.lay_out()
        self.say(f"sorted: {self.sort}", "muted")

    def action_every(self) -> None:
        """Show entry errors too, which are no promises, or leave them out again."""
        self.every = not self.every
        self.later(self._show_every, "ledger")

    async def _show_every(self) -> None:
        await self.catch_up()
        targets = self.ledger.targets if self.ledger else ()
        errors = sum(view.state in ERRORS for view in targets)
        if self.every:
            shown = "1 entry error" if errors == 1 else f"{errors:,} entry errors"
            said = f"{shown} shown" if errors else "there are no entry errors"
        else:
            said = "entry errors left out"
        self.say(said, "muted")

    def action_copy(self) -> None:
        """Copy a citation of the marked promise."""
        if self.list.promise:
            self.later(partial(self._copy, self.list.promise.id), "copy")
        else:
            self.say("there is no promise to cite", "error")

    async def _copy(self, target: str) -> None:
        self.host_app.copy(await self.desk.call(self.desk.book.cite, target), self)

    def action_back(self) -> None:
        """Go back to where it was opened from."""
        self.dismiss()
