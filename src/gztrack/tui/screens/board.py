"""The board: every indicator on a line, the detail of one, and forms over them."""

from __future__ import annotations

import asyncio
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.widgets import Input

from gztrack.domain.text import clean
from gztrack.errors import GztrackError
from gztrack.language import tr
from gztrack.services.actions import BOARD
from gztrack.services.screens import FILTER, mapped
from gztrack.services.views import Board, Detail
from gztrack.tui import geometry, headings, headlines, panes
from gztrack.tui.boardtop import Filtered, top_lines
from gztrack.tui.cells import Line, spread, width
from gztrack.tui.desk import First
from gztrack.tui.screens.board_keys import BoardKeys
from gztrack.tui.screens.host import bindings
from gztrack.tui.widgets.board_list import BoardList
from gztrack.tui.widgets.filterfield import FilterField
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
        self._before_filter = ""
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

    @property
    def occupied(self) -> bool:
        """A form or the filter's field has the keys."""
        return self.form is not None or self.filter_field is not None

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
            words = clean(self.words) if self.filter_field is None else self.words
            filtered = Filtered(words, self.off_track, len(self.list.rows))
        self.top.show(top_lines(board, filtered, cells, rows, self.glyphs, offer=bool(self.desk.offer)))

    @property
    def travelling(self) -> bool:
        """It shows another day than today."""
        return self.board is not None and self.board.travelling

    def show_footer(self) -> None:
        """Show keys, or the message in their place, and a count while one is typed."""
        cells = self.app.size.width
        if self.working:
            line = self.working
        elif self.filter_field is not None and not self.message[0]:
            line = headlines.footer(mapped(FILTER, self.glyphs.keymap), cells, self.glyphs)
        else:
            line = self.foot_line()
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
        self._place_filter()
        self.show_pane()

    # The filter

    def start_filter(self) -> None:
        """Open the filter's field in the summary's place."""
        self._before_filter = self.row.id if self.row else ""
        self.filter_field = FilterField(self.words, self.narrow)
        self._place_filter()
        self.expect_focus()
        self.mount(self.filter_field)
        self.filter_field.focus()
        self.show_top()
        self.show_footer()

    def _place_filter(self) -> None:
        field = self.filter_field
        if field is None:
            return
        y = 1 if self.app.size.height >= geometry.TITLE_HEIGHT else 0
        cells = min(width(self.words) + 1, max(4, self.app.size.width - 30))
        place(field, geometry.Box(headlines.FILTER_AT, y, cells, 1))

    def end_filter(self) -> None:
        """Take the field away; its words stay."""
        if self.filter_field is not None:
            self.filter_field.remove()
            self.filter_field = None
            self.set_focus(None)
            self.show_news()

    def narrow(self, words: str) -> None:
        """Filter while it is typed; nothing but the list and its counts is shown anew."""
        if self.filter_field is not None and words != self.words:
            self.words = words
            self._place_filter()
            self.fill_list()
            self.show_top()
            self.show_pane()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter."""
        if event.input is self.filter_field:
            self.end_filter()
            self.lay_out()

    def on_filter_field_left(self) -> None:
        """Give the filter up, and go back to where it began."""
        self.end_filter()
        self.words = ""
        self.lay_out()
        self.list.find(self._before_filter)
        self.show_pane()

    def on_filter_field_stepped(self, event: FilterField.Stepped) -> None:
        """Move the cursor while the filter is typed."""
        self.list.move(event.by)

    def look(self) -> None:
        """Reckon the board anew, after the date or the method changed."""
        self.later(self.catch_up, "board", exclusive=True)

    def on_board_list_chosen(self) -> None:
        """A click on the cursor's row opens its detail."""
        if not self.occupied:
            self.action_detail()
