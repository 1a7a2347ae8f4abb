"""Entering from the board beyond one form: several readings in one go, and what was left unfinished."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from gztrack.domain.text import clean
from gztrack.language import ntr, tr
from gztrack.services.permitted import refusal
from gztrack.services.views import Board, Row
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
            self.say(tr("there is no indicator to log for"), "error")

    def open_quick(self) -> None:
        """Open the quick-entry screen on the rows that are shown."""
        from gztrack.tui.quicksheet import DRAFT
        from gztrack.tui.screens.quickentry import QuickEntryScreen

        everything = self.board.rows if self.board else ()
        words = clean(self.words)
        note = tr("filter: {words}", words=words) if words else ""
        shown = self._loggable(self.list.rows)
        if self.list.rows and not shown:
            self.say(refusal("log", self.permit, self.list.rows[0].id), "error")
            return
        screen = QuickEntryScreen(shown, self._loggable(everything), note=note)

        def back(_: None) -> None:
            self.look()
            if screen.saved:
                logged = ntr("logged {n:,} reading", "logged {n:,} readings", screen.saved)
                self.say(logged, hint=self.undo_hint)
            elif (problem := self.host_app.drafts.problem) and screen.sheet.draft:
                self.say(tr("not saved yet; {problem}", problem=problem), "error")
            elif self.host_app.drafts.get(DRAFT):
                quick = self.key_of("quick")
                hint = tr("{key} goes on", key=quick)
                self.say(tr("not saved yet; what was typed is kept"), "muted", hint=hint)

        self.app.push_screen(screen, back)

    def _loggable(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows that this person may log readings of."""
        return rows if self.permit is None else [row for row in rows if self.permit.allows("log", row.id)]

    def action_drafts(self) -> None:
        """List the unfinished entries, to take one up or to drop it."""
        from gztrack.tui.quicksheet import DRAFT
        from gztrack.tui.screens.drafts import DraftsScreen

        screen = DraftsScreen(self.board.rows if self.board else ())

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

        drafts = self.drafts
        if drafts and not self.message[0]:
            said = start_line(drafts, self.board.rows if self.board else ())
            key = self.key_of("drafts")
            hint = tr("{key} takes it up", key=key) if len(drafts) == 1 else tr("{key} lists them", key=key)
            self.say(said, "muted", hint=hint)

    async def _open_draft(self, name: str) -> None:
        from gztrack.tui.takeup import dialog_of

        if self.board is None:
            return
        dialog = await dialog_of(self.desk, name, self.board)
        if dialog is None:
            drafts = self.key_of("drafts")
            self.say(tr("what this entry is about is no longer there; {key} lists it", key=drafts), "error")
        elif not self.occupied:
            row = getattr(dialog, "row", None)
            if row:
                self.list.find(row.id)
            self.open_form(dialog)
