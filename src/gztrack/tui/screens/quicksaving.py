"""What the quick-entry screen asks the desk for: to understand its rows, and to save them as one action."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.domain.text import clean
from gztrack.errors import GztrackError
from gztrack.language import ntr, tr
from gztrack.services.entering.entries import LogEntry
from gztrack.services.entering.meanwhile import concerning, question, said
from gztrack.services.views import News
from gztrack.storage.store import stamp
from gztrack.tui.dialogs.renewing import READINGS
from gztrack.tui.history import place
from gztrack.tui.quicksheet import COMMON, DRAFT, Cell, Sheet
from gztrack.tui.screens.host import SAVED_ELSEWHERE, Host
from gztrack.tui.wording import on_screen

OTHERS = "others"
"""What a question is about that no row's guard asks: what others wrote meanwhile."""

AT_ONCE = 40
"""Rows that are understood in one call, so that others get a turn in between."""


class QuickSaving(Host):
    """The sheet and what becomes of it; how it looks is its subclass's affair.

    Attributes:
        saved: Readings that were saved.
        question: What is asked before anything is saved, and ``asking`` about which indicator.
    """

    at: Cell
    first: int
    height: int

    def __init__(self, sheet: Sheet) -> None:
        """Begin with nothing understood."""
        super().__init__()
        self.sheet = sheet
        self.saved = 0
        self.restored = False
        self.asking = ""
        self.question = ""
        self._busy = False
        self._understanding = False
        self._known = self._told = self.desk.seen

    def go(self, cell: Cell) -> None:
        """Put the field into a cell."""
        raise NotImplementedError

    def commit(self) -> bool:
        """Take in what the field says; whether it differs from before."""
        raise NotImplementedError

    def fill(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    # Understanding

    def _understand_rows(self) -> None:
        """Have the rows understood whose texts changed, those in view first, a few at a time."""
        if self.sheet.stale and not self._understanding:
            self._understanding = True
            self.later(self._catch_up_previews, "understand", exclusive=True)

    async def _catch_up_previews(self) -> None:
        try:
            while self.sheet.stale:
                view = {row.id for row in self.sheet.rows[self.first : self.first + self.height]}
                slugs = sorted(self.sheet.stale, key=lambda slug: slug not in view)[:AT_ONCE]
                await self._preview(self.sheet.entries(slugs))
                self.fill()
        finally:
            self._understanding = False

    async def _preview(self, entries: Sequence[LogEntry]) -> None:
        previews = await self.desk.call(self.desk.book.preview_batch, entries, self.desk.lens.method)
        self.sheet.understood(entries, previews)

    def action_save(self) -> None:
        """Save every filled row as one action, or say what keeps it from being saved."""
        if self._busy:
            return
        self.commit()
        if self.question:
            if self.asking == OTHERS:
                self._known = self._told
            else:
                self.sheet.agree(self.asking)
            self.question = self.asking = ""
        if not self.sheet.filled:
            self.say(tr("nothing to save yet: type a value into a row"), "error")
            return
        self._busy = True
        self.later(self._save_all, "save")

    async def _save_all(self) -> None:
        sheet = self.sheet
        try:
            await self._preview(sheet.entries())
            if sheet.wrong:
                self._show_wrong(sheet.wrong)
            elif sheet.asked:
                at = sheet.asked[0]
                self.go(Cell(at, "value"))
                name = clean(sheet.rows[at].shown_name)
                guard = sheet.previews[sheet.rows[at].id].guard
                self._ask(sheet.rows[at].id, tr("{name}: {question}", name=name, question=guard))
            elif self.restored and DRAFT not in sheet.agreed and self.host_app.drafts.get(DRAFT) is None:
                self._ask(DRAFT, tr(SAVED_ELSEWHERE))
            else:
                entries = sheet.entries()
                news = await self.desk.call(self._save_unless_overtaken, entries)
                if news:
                    self._ask_about(news)
                else:
                    self._all_saved(len(entries))
        except GztrackError as error:
            self.say(on_screen(str(error)), "error")
        finally:
            self._busy = False

    def _save_unless_overtaken(self, entries: Sequence[LogEntry]) -> list[News]:
        """Save, unless others wrote readings of these indicators that were not told of; those then."""
        book = self.desk.book
        with book.settled():
            news = book.since(self._known)
            own = [each for e in entries for each in concerning(news, e.indicator, READINGS)]
            if own:
                self._told = book.position
            else:
                book.log_batch(entries)
            return own

    def _ask_about(self, news: Sequence[News]) -> None:
        """Ask before saving beside what somebody else wrote meanwhile."""
        slugs = [row.id for row in self.sheet.rows]
        first = news[0]
        self.go(Cell(slugs.index(first.indicator), "value"))
        told = tr("{name}: {told}", name=clean(first.name), told=said([first], stamp()))
        if others := len({each.indicator for each in news}) - 1:
            told = ntr(
                "{told} and readings of {n:,} other", "{told} and readings of {n:,} others", others, told=told
            )
        self._ask(OTHERS, question(told, ()))

    def _show_wrong(self, wrong: Sequence[int]) -> None:
        """Go to the first row that needs a look, unless the cursor stands in one."""
        if self.at.row not in wrong:
            errors = self.sheet.previews[self.sheet.rows[wrong[0]].id].errors
            self.go(Cell(wrong[0], "period" if "value" not in errors and "period" in errors else "value"))
        self.fill()
        self.say(
            ntr(
                "nothing was saved: {n:,} row needs a look",
                "nothing was saved: {n:,} rows need a look",
                len(wrong),
            ),
            "error",
        )

    def _ask(self, about: str, question: str) -> None:
        self.asking, self.question = about, question
        self.fill()

    def _all_saved(self, count: int) -> None:
        app, sheet = self.host_app, self.sheet
        app.drafts.drop(DRAFT)
        app.history.add((place("log", column), sheet.texts.get(column, "")) for column in COMMON)
        self.saved = count
        self.dismiss()
