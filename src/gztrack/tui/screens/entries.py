"""Entering from the board beyond one form: several readings in one go, and what was left unfinished."""

from __future__ import annotations

from functools import partial

from gztrack.domain.text import clean, plural
from gztrack.services.views import Board
from gztrack.tui.screens.travel import Traveller
from gztrack.tui.widgets.board_list import BoardList


class Entries(Traveller):
    """What a board needs for it is its subclass's affair."""

    list: BoardList
    board: Board | None
    words: str

    def look(self) -> None:
        """Reckon the board anew."""
        raise NotImplementedError

    def action_quick(self) -> None:
        """Log several readings in one go, of the indicators that are shown."""
        if self.board and self.list.rows:
            self.open_quick()
        else:
            self.say("there is no indicator to log for", "error")

    def open_quick(self) -> None:
        """Open the quick-entry screen on the rows that are shown."""
        from gztrack.tui.quicksheet import DRAFT
        from gztrack.tui.screens.quickentry import QuickEntryScreen

        everything = self.board.rows if self.board else ()
        note = f"filter: {clean(self.words)}" if clean(self.words) else ""
        screen = QuickEntryScreen(self.list.rows, everything, note=note, chinese=self.chinese)

        def back(_: None) -> None:
            self.look()
            if screen.saved:
                self.say(f"logged {plural(screen.saved, 'reading')}", hint=self.undo_hint)
            elif (problem := self.host_app.drafts.problem) and screen.sheet.draft:
                self.say(f"not saved yet; {problem}", "error")
            elif self.host_app.drafts.get(DRAFT):
                quick = self.key_of("quick")
                self.say("not saved yet; what was typed is kept", "muted", hint=f"{quick} goes on")

        self.app.push_screen(screen, back)

    def action_drafts(self) -> None:
        """List the unfinished entries, to take one up or to drop it."""
        from gztrack.tui.quicksheet import DRAFT
        from gztrack.tui.screens.drafts import DraftsScreen

        screen = DraftsScreen(self.board.rows if self.board else (), chinese=self.chinese)

        def back(_: None) -> None:
            self.look()
            if screen.taken == DRAFT:
                self.open_quick()
            elif screen.taken:
                self.later(partial(self._open_draft, screen.taken), "detail")

        self.app.push_screen(screen, back)

    def tell_drafts(self) -> None:
        """Say what is unfinished, unless there is something else to say."""
        from gztrack.tui.drafttext import start_line

        drafts = self.host_app.drafts.all()
        if drafts and not self.message[0]:
            said = start_line(drafts, self.board.rows if self.board else (), chinese=self.chinese)
            does = "takes it up" if len(drafts) == 1 else "lists them"
            self.say(said, "muted", hint=f"{self.key_of('drafts')} {does}")

    async def _open_draft(self, name: str) -> None:
        from gztrack.tui.takeup import dialog_of

        if self.board is None:
            return
        dialog = await dialog_of(self.desk, name, self.board)
        if dialog is None:
            drafts = self.key_of("drafts")
            self.say(f"what this entry is about is no longer there; {drafts} lists it", "error")
        elif not self.occupied:
            row = getattr(dialog, "row", None)
            if row:
                self.list.find(row.id)
            self.open_form(dialog)
