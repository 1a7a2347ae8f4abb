"""The ledger on a screen of its own: every target ever stated, and the story of the marked one."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from gztrack.language import tr
from gztrack.services.actions import LEDGER, Action
from gztrack.tui import geometry, headlines, ledgerpane, ledgertext
from gztrack.tui.cells import Line
from gztrack.tui.geometry import Box
from gztrack.tui.ledgercolumns import Columns
from gztrack.tui.ledgercounts import counts_in_full, counts_line
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
            may = self.glyphs.may("detail.goal", wanted)
            said = tr("it has no promise yet: {key} in its detail sets a goal", key=goal)
            self.say(said if may else tr("it has no promise yet"), "muted")
        if changed:
            self.list.mark(self.list.changed | changed)
            self.set_timer(MARK_SECONDS, partial(self.list.mark, frozenset()))

    def find(self, indicator: str) -> bool:
        """Put the cursor on an indicator's headline target, else on its first one, if there is any."""
        views = [view for view in (self.ledger.targets if self.ledger else ()) if view.indicator == indicator]
        if views:
            target = next((view for view in views if view.headline), views[0]).id
            if not self.list.find(target):
                # What was asked for must be seen, whatever the filter says.
                self.words = ""
                self.lay_out()
                self.list.find(target)
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
        self._fill(cells)
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

    def _fill(self, cells: int) -> None:
        ledger = self.ledger
        if ledger is None:
            return
        if self._columns is None or self._columns.width != cells:
            self._columns = ledgertext.laid_out(cells, ledger, self.glyphs)
        self._fill_list()
        self.show_top()
        self._fill_pane()

    def _fill_list(self) -> None:
        ledger, columns = self.ledger, self._columns
        if ledger is None or columns is None:
            return
        if self.words:
            clear = self.key_of("back")
            self.list.nothing = tr("no promise matches; {key} clears the filter", key=clear)
        else:
            goal = self.glyphs.key("board.goal")
            self.list.nothing = (
                tr("no promise has been recorded yet: {key} on the board sets a goal", key=goal)
                if self.glyphs.may("board.goal")
                else tr("no promise has been recorded yet")
            )
        views = ledgertext.sorted_targets(ledger, self.sort)
        found = [view for view in views if ledger.holds(view, self.words)]
        self.list.show_promises(found, ledger, columns, self.words)

    def show_top(self) -> None:
        """Show title, counts or filter, and the names of the columns."""
        ledger, columns, (cells, rows) = self.ledger, self._columns, self.app.size
        if ledger is None or columns is None:
            return
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
        if self.words or self.filter_field is not None:
            shown, total = self.list.stops, len(ledger.targets)
            lines.append(
                headlines.filter_line(self.shown_words, False, shown, total, date, cells, self.glyphs)
            )
        else:
            lines.append(counts_line(ledger.targets, heading, date, cells, self.glyphs))
        if ledger.targets:
            lines.append(ledgertext.heads_line(columns, self.sort, self.glyphs))
        self.top.show(lines)

    @property
    def actions(self) -> tuple[Action, ...]:
        """What the ledger can do; while it is filtered, the way back is first to every promise."""
        found = super().actions
        if not self.words:
            return found
        return tuple(
            action._replace(title="clear the filter", footer="clear") if action.name == "back" else action
            for action in found
        )

    # The filter

    @property
    def at_cursor(self) -> str:
        """Id of the marked promise."""
        return self.list.promise.id if self.list.promise else ""

    def come_back(self, to: str) -> None:
        """Put the cursor on a promise, its story into the pane."""
        self.list.find(to)
        self._tell()

    def show_filtered(self) -> None:
        """Show the promises that are left, how many they are, and the story of the marked one."""
        self._fill_list()
        self.show_top()
        self._tell()

    def step(self, by: int) -> None:
        """Move the list's cursor while the filter is typed."""
        self.go(self.list.cursor + by)

    # The pane

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
        self.place_filter()

    def go(self, index: int) -> None:
        """Put the cursor on a promise, its story into the pane: both in one repaint."""
        self.list.move_to(index)
        self._tell()
