"""What the keys of the board do.

Forms and other screens are imported by the keys that open them: the first paint needs none.
"""

from __future__ import annotations

from functools import partial

from gztrack.language import tr
from gztrack.services.permitted import refusal
from gztrack.services.views import Detail, Row
from gztrack.tui.choosing import next_method
from gztrack.tui.screens.appearance import Appearance
from gztrack.tui.screens.entries import Entries
from gztrack.tui.screens.moving import Moving
from gztrack.tui.screens.reviewing import Reviewing
from gztrack.tui.widgets.board_list import BoardList
from gztrack.tui.wording import told


class BoardKeys(Moving, Entries, Reviewing, Appearance):
    """The board's actions; how it looks is its subclass's affair."""

    detail: Detail | None

    def look(self) -> None:
        """Reckon the board anew, after the date or the method changed."""
        raise NotImplementedError

    # Moving

    @property
    def course(self) -> BoardList:
        """The rows, and the headings of folded groups."""
        return self.list

    def go(self, index: int) -> None:
        """Put the cursor on a row, its detail into the pane: both in one repaint."""
        self.list.move_to(index)
        self.show_pane()

    # Looking

    def action_detail(self) -> None:
        """Open everything about the row, or the folded group."""
        from gztrack.tui.screens.detail import DetailScreen

        if self.list.folded_group:
            self.action_fold()
        elif self.with_row() and self.row:
            self.app.push_screen(DetailScreen(self.row.id), self._back)

    def action_promises(self) -> None:
        """Open the ledger: every target ever stated."""
        from gztrack.tui.screens.ledger import LedgerScreen

        self.app.push_screen(LedgerScreen(), self._back)

    def action_why(self) -> None:
        """Show the sums behind the row's status."""
        from gztrack.tui.screens.why import WhyScreen

        if self.with_row() and self.row:
            self.app.push_screen(WhyScreen(self.row.id), self._back)

    def action_news(self) -> None:
        """List what others wrote since the board was opened, to go to one of the indicators."""
        from gztrack.tui.screens.news import NewsScreen

        screen = NewsScreen(self.board.rows if self.board else ())

        def back(_: None) -> None:
            self.later(partial(self._go_to, screen.chosen), "board")

        self.app.push_screen(screen, back)

    async def _go_to(self, indicator: str) -> None:
        await self.catch_up(select=indicator)
        if indicator and (self.row is None or self.row.id != indicator):
            self.say(
                tr("it is not on the board; {key} shows what is archived", key=self.key_of("archived")),
                "muted",
            )

    def _back(self, _: None) -> None:
        self.look()

    def action_method(self) -> None:
        """Reckon by the next method."""
        lens = self.desk.lens
        if self.board is None:
            return
        lens.method = next_method(lens.method, self.board)
        self.later(self._reckon_anew, "board", exclusive=True)

    async def _reckon_anew(self) -> None:
        await self.catch_up()
        if self.board is not None:
            self.say(tr("method: {method}", method=self.board.reckoned), "muted")

    def show_names(self) -> None:
        """Show names as they are wanted now; columns go by them."""
        self.list.remeasure()
        self.lay_out()
        self.later(self.catch_up, "board", exclusive=True)

    def action_help(self) -> None:
        """Show the help."""
        from gztrack.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_quit(self) -> None:
        """Quit; every action is on disk already."""
        self.app.exit()

    # Writing

    def action_log(self) -> None:
        """Log a reading of the row."""
        from gztrack.tui.dialogs.reading import LogDialog

        if row := self.with_row():
            self.open_form(LogDialog(row))

    def action_goal(self) -> None:
        """Set a goal for the row, or revise it."""
        from gztrack.tui.dialogs.goal import GoalDialog

        if row := self.with_row():
            self.open_form(GoalDialog(row))

    def action_correct(self) -> None:
        """Correct the row's latest reading."""
        from gztrack.tui.dialogs.reading import CorrectDialog

        if self.row and self.row.reading:
            self.open_form(CorrectDialog(self.row, self.row.reading))
        elif self.with_row():
            log = self.glyphs.key("board.log")
            said = tr("there is no reading to correct")
            if self.glyphs.may("board.log", self.row.id if self.row else ""):
                said = tr("there is no reading to correct: {key} logs the first one", key=log)
            self.say(said, "error")

    def action_retract(self) -> None:
        """Withdraw the row's latest reading."""
        from gztrack.tui.dialogs.reading import RetractDialog

        if self.row and self.row.reading:
            self.open_form(RetractDialog(self.row, self.row.reading))
        elif self.with_row():
            self.say(tr("there is no reading to retract"), "error")

    def action_new(self) -> None:
        """Add an indicator, into the group of the row."""
        from gztrack.tui.dialogs.indicator import IndicatorDialog

        self.open_form(IndicatorDialog(group=self.row.group if self.row else ""))

    def action_edit(self) -> None:
        """Edit the row's indicator."""
        if row := self.with_row():
            self.later(partial(self._edit, row), "detail")

    async def _edit(self, row: Row) -> None:
        from gztrack.tui.dialogs.indicator import IndicatorDialog

        detail = await self.desk.call(self.desk.detail, row.id)
        if not self.occupied:
            self.open_form(IndicatorDialog(detail.row, facts=detail.facts))

    def action_own_method(self) -> None:
        """Choose the method that the row's indicator goes by from now on."""
        from gztrack.tui.dialogs.settings import MethodDialog

        if self.row:
            self.open_form(MethodDialog(self.row))

    def action_settings(self) -> None:
        """Change what holds for the whole database: its title and its usual method."""
        from gztrack.tui.dialogs.settings import SettingsDialog

        if self.board:
            self.open_form(SettingsDialog(self.board.title, self.board.title_zh))

    def action_archive(self) -> None:
        """Take the row's indicator off the board, or bring it back."""
        if row := self.with_row():
            self.later(partial(self._archive, row), "save")

    async def _archive(self, row: Row) -> None:
        if refused := refusal("archive", self.permit, row.id):
            self.say(refused, "error")
            return
        done = await self.desk.call(self.desk.book.archive, row.id, undo=row.archived)
        await self.catch_up()
        back = tr("{key} brings it back", key=self.key_of("undo")) if self.undo_hint else ""
        self.say(told(done), hint=self.undo_hint if row.archived else back)

    # Files

    def action_snapshot(self) -> None:
        """Write the board to a file."""
        from gztrack.tui.dialogs.files import SnapshotDialog

        if self.desk.snapshot is None:
            self.say(tr("snapshots cannot be written here"), "error")
        elif self.board:
            self.open_form(SnapshotDialog(self.board.as_of))

    def action_import(self) -> None:
        """Bring in a file; on a first board at once what was published since, as its first line offers."""
        from gztrack.tui.dialogs.files import ImportDialog

        if self.board and self.board.first_run and self.desk.offer:
            self.later(self._bring_in, "save")
        else:
            self.open_form(ImportDialog(self.desk.offer))

    async def _bring_in(self) -> None:
        done = await self.work(lambda task: self.desk.book.import_pack(progress=task))
        await self.catch_up()
        self.say(told(done), hint=self.undo_hint)

    def action_copy(self) -> None:
        """Copy a citation of the row's latest reading."""
        if self.row and self.row.reading:
            self.later(partial(self._copy, self.row.reading.id), "copy")
        elif self.with_row():
            self.say(tr("there is no reading to cite"), "error")

    async def _copy(self, reading: str) -> None:
        self.host_app.copy(await self.desk.call(self.desk.book.cite, reading), self)
