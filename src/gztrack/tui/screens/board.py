"""The board: every indicator on a line, the detail of one, and forms over them."""

from __future__ import annotations

import asyncio
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size

from gztrack.errors import GztrackError
from gztrack.language import tr
from gztrack.services.actions import BOARD
from gztrack.services.views import Board, Detail
from gztrack.tui import geometry, headings, panes
from gztrack.tui.boardtop import Filtered, top_lines
from gztrack.tui.cells import Line, spread
from gztrack.tui.desk import First
from gztrack.tui.screens.board_keys import BoardKeys
from gztrack.tui.screens.host import bindings
from gztrack.tui.widgets.board_list import BoardList
from gztrack.tui.widgets.lines import Lines, place

PATIENCE_SECONDS = 0.01
"""How long a key waits for the detail of the row it moved to."""
FIRST_SECONDS = 0.15
"""How long the first paint waits for the first board: painting once costs less than painting twice."""
SEEN_MOST = 50
"""Details kept for rows that are gone back to; a new board forgets them."""


class BoardScreen(BoardKeys):
    """The list and what belongs to it."""

    ACTIONS = BOARD
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(BOARD)]

    DEFAULT_CSS = """
    BoardScreen { layers: below form; overflow: hidden; }
    """

    def __init__(self, first: Future[First]) -> None:
        """Make the screen.

        Args:
            first: The first board, being reckoned already.
        """
        super().__init__()
        self.first = first
        self.top = Lines(id="top")
        self.list = BoardList(id="list")
        self.pane = Lines(id="pane")
        self.footer = Lines(id="footer")
        self.detail: Detail | None = None
        self._detail_board: Board | None = None
        self._seen: dict[str, Detail] = {}
        self._laid_for: tuple[Size | None, Board | None] = (None, None)

    def compose(self) -> ComposeResult:
        """Four widgets; forms come when they are asked for."""
        with suppress(TimeoutError):
            if self.first.exception(timeout=FIRST_SECONDS) is None:
                self.board, self.detail = self.first.result()
                self._detail_board = self.board
        self.lay_out()
        yield self.top
        yield self.list
        yield self.pane
        yield self.footer

    def on_mount(self) -> None:
        """Wait for the first board where it was not there in time."""
        if self.board is None:
            self.later(self._begin, "board")
        else:
            self.tell_drafts()

    async def _begin(self) -> None:
        """Show the first board when it comes; till then how much of the database has been read."""
        opening = self.desk.opening
        if opening is None:
            await self.catch_up()
        else:
            with self.host_app.at_work(opening.task, at_once=True):
                await self.host_app.opened(self.first)
                await self.catch_up()
        self.tell_drafts()

    # Showing

    async def catch_up(self, *, select: str = "", changed: frozenset[str] = frozenset()) -> None:
        """Show the board anew.

        Args:
            select: Indicator to put the cursor on; empty leaves it where it is.
            changed: Indicators that another session changed.
        """
        board = await self.desk.call(self.desk.board)
        self.board = board
        if select and not any(row.id == select for row in self.chosen_rows()):
            # What was just written must be seen, whatever the filter says.
            self.words, self.off_track = "", False
        self.reveal(select)
        self.lay_out()
        if select:
            self.list.find(select)
        self.list.mark(changed)
        self.show_pane()

    def lay_out(self) -> None:
        """Put every part where it belongs for this size, and fill it."""
        board = self.board
        self._laid_for = self.app.size, self.board
        cells, rows = self.app.size
        plan = self.plan = geometry.plan(
            cells,
            rows,
            list_lines=self.list_lines(),
            first_run=bool(board and board.first_run),
            form_rows=self.form.rows_wanted if self.form else 0,
        )
        for widget, box in (
            (self.top, plan.top),
            (self.list, plan.list),
            (self.pane, plan.pane),
            (self.footer, plan.footer),
        ):
            place(widget, box)
        self.pane.ground = "raised" if plan.kind == "two lines" else ""
        self.list.fit(plan.list.width, plan.list.height)
        if self.form:
            place(self.form, plan.form)
            self.form.fit(plan.form.width, plan.form.height)
        if board:
            self.fill_list()
        elif self.desk.opening is not None:
            self.list.show((), [], blanks=False, nothing=tr("reading the database"))
        self.show_top()
        self._fill_pane()
        self.show_footer()

    def show_top(self) -> None:
        """Show title, summary or filter, first-run line."""
        board, (cells, rows) = self.board, self.app.size
        if board is None:
            return
        filtered = None
        if self.words or self.off_track or self.filter_field is not None:
            filtered = Filtered(self.shown_words, self.off_track, len(self.list.rows))
        who = self.desk.book.author if self.permit is not None else ""
        self.top.show(
            top_lines(board, filtered, cells, rows, self.glyphs, offer=bool(self.desk.offer), who=who)
        )

    @property
    def travelling(self) -> bool:
        """It shows another day than today."""
        return self.board is not None and self.board.travelling

    def show_footer(self) -> None:
        """Show keys, or the message in their place, and a count while one is typed."""
        cells = self.app.size.width
        line = self.working or self.foot_line()
        if self.counting:
            line = spread(line, [(self.counting, "strong"), (" ", "text")], cells, self.glyphs.ellipsis)
        self.footer.show([line])

    # The pane

    def on_board_list_moved(self) -> None:
        """Show the detail of the row that the cursor stands on now."""
        self.show_pane()

    def show_pane(self) -> None:
        """Show the pane of the selected row; everything about it comes from the desk."""
        row = self.list.selected
        if row is None or self.plan is None or self.plan.kind == "two lines" or not self.plan.pane.shown:
            self._fill_pane()
            return
        if self._detail_board is self.board and self.detail and self.detail.row.id == row.id:
            self._fill_pane()
            return
        if self._detail_board is self.board and row.id in self._seen:
            self._take_detail(self._seen[row.id], self.board)
            return
        future = self.desk.submit(self.desk.detail, row.id)
        board = self.board

        async def work() -> None:
            self._take_detail(await asyncio.wrap_future(future), board)

        try:
            # Waiting this little puts list and pane into one repaint; a key pays for one, not two.
            self._take_detail(future.result(timeout=PATIENCE_SECONDS), board)
        except TimeoutError:
            self.later(work, "detail", exclusive=True)
        except CancelledError:
            pass  # The board is being closed.
        except GztrackError as error:
            self.say(str(error), "error")

    def _take_detail(self, detail: Detail, board: Board | None) -> None:
        row = self.list.selected
        if board is self.board and row is not None and row.id == detail.row.id:
            if self._detail_board is not board or len(self._seen) >= SEEN_MOST:
                self._seen.clear()
            self._seen[detail.row.id] = detail
            self.detail, self._detail_board = detail, board
            self._fill_pane()

    def _fill_pane(self) -> None:
        row, plan = self.list.selected, self.plan
        if plan is None or not plan.pane.shown:
            return
        cells, rows, glyphs = plan.pane.width, plan.pane.height, self.glyphs
        if row is None:
            self.pane.show(self._group_pane(cells, rows))
        elif plan.kind == "two lines":
            self.pane.show(panes.two_lines(row, cells, glyphs)[:rows])
        elif self.detail and self._detail_board is self.board:
            # While the next detail is under way the last one stays: one repaint, not two.
            fill = panes.beside if plan.kind == "beside" else panes.below
            travelling = self.board is not None and self.board.travelling
            self.pane.show(fill(self.detail, cells, rows, glyphs, travelling=travelling))
        elif not self.pane.lines:
            self.pane.show(panes.two_lines(row, cells, glyphs)[:rows])

    def _group_pane(self, cells: int, rows: int) -> list[Line]:
        group = self.list.folded_group
        if group is None:
            return []
        members, key = self.list.members(group), self.key_of("fold")
        return headings.group_pane(group.text, members, cells, rows, self.glyphs, key=key)

    def on_resize(self) -> None:
        """Arrange everything for the new size; Textual tells the first one three times."""
        size, board = self._laid_for
        if size == self.app.size and board is self.board:
            return
        self.lay_out()
        self.place_filter()
        self.show_pane()

    # The filter

    @property
    def at_cursor(self) -> str:
        """Id of the row under the cursor."""
        return self.row.id if self.row else ""

    def come_back(self, to: str) -> None:
        """Put the cursor on a row, its detail into the pane."""
        self.list.find(to)
        self.show_pane()

    def show_filtered(self) -> None:
        """Show the list and its counts anew."""
        self.fill_list()
        self.show_top()
        self.show_pane()

    def step(self, by: int) -> None:
        """Move the list's cursor while the filter is typed."""
        self.list.move(by)

    def look(self) -> None:
        """Reckon the board anew, after the date or the method changed."""
        self.later(self.catch_up, "board", exclusive=True)

    def on_board_list_chosen(self) -> None:
        """A click on the cursor's row opens its detail."""
        if not self.occupied:
            self.action_detail()
