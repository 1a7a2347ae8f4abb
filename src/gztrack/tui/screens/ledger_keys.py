"""What the keys of the ledger do.

Forms and other screens are imported by the keys that open them.
"""

from __future__ import annotations

from functools import partial

from gztrack.language import ntr, tr
from gztrack.services.views import ERRORS, Row, TargetView
from gztrack.tui import judging
from gztrack.tui.ledgertext import SORTS, Ledger
from gztrack.tui.screens.appearance import Appearance
from gztrack.tui.screens.filtering import Filtering
from gztrack.tui.screens.moving import Moving
from gztrack.tui.screens.travel import Traveller
from gztrack.tui.widgets.ledger_list import LedgerList


class LedgerKeys(Moving, Filtering, Traveller, Appearance):
    """The ledger's actions; how it looks is its subclass's affair."""

    list: LedgerList

    def __init__(self) -> None:
        """Look at every promise, by due date."""
        super().__init__()
        self.ledger: Ledger | None = None
        self.sort = SORTS[0]
        self.every = False

    @property
    def course(self) -> LedgerList:
        """The promises."""
        return self.list

    # Looking

    def action_detail(self) -> None:
        """Open everything about the promise's indicator."""
        if self.list.promise:
            from gztrack.tui.screens.detail import DetailScreen

            screen = DetailScreen(self.list.promise.indicator)
            self.app.push_screen(screen, self._back)

    def action_why(self) -> None:
        """Show the sums behind the status of the promise's indicator."""
        if self.list.promise:
            from gztrack.tui.screens.why import WhyScreen

            self.app.push_screen(WhyScreen(self.list.promise.indicator), self._back)

    def action_help(self) -> None:
        """Show what the keys do here."""
        from gztrack.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.ACTIONS))

    def _back(self, _: None) -> None:
        self.later(self.catch_up, "ledger")

    # Writing

    def _marked(self, *, standing: bool = False) -> tuple[Row, TargetView] | None:
        """The marked promise and its row; None, and a message, where there is none that can be changed."""
        view, ledger = self.list.promise, self.ledger
        if view is None or ledger is None:
            self.say(tr("there is no promise yet"), "error")
            return None
        problem = judging.over(view) if standing else ""
        if problem or view.state in ERRORS:
            self.say(problem or tr("it is an entry error already"), "error")
            return None
        return ledger.rows[view.indicator], view

    def action_revise(self) -> None:
        """Record that the marked promise moved: another figure or date took its place."""
        from gztrack.tui.dialogs.goal import GoalDialog

        if found := self._marked(standing=True):
            self.open_form(GoalDialog(found[0], revising=found[1]))

    def action_correct(self) -> None:
        """Put the marked promise right, which was entered wrongly."""
        from gztrack.tui.dialogs.goal import GoalDialog

        if found := self._marked():
            self.open_form(GoalDialog(found[0], correcting=found[1]))

    def action_retract(self) -> None:
        """Withdraw the marked promise as an entry error."""
        from gztrack.tui.dialogs.reading import RetractDialog

        if found := self._marked():
            self.open_form(RetractDialog(*found))

    def action_drop(self) -> None:
        """Record that the marked promise was withdrawn by whoever made it."""
        from gztrack.tui.dialogs.reading import DropDialog

        if found := self._marked(standing=True):
            self.open_form(DropDialog(*found))

    def action_sort(self) -> None:
        """Sort by the next of the orders."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self.lay_out()
        self.say(tr("sorted: {sort}", sort=tr(self.sort)), "muted")

    def action_every(self) -> None:
        """Show entry errors too, which are no promises, or leave them out again."""
        self.every = not self.every
        self.later(self._show_every, "ledger")

    async def _show_every(self) -> None:
        await self.catch_up()
        targets = self.ledger.targets if self.ledger else ()
        errors = sum(view.state in ERRORS for view in targets)
        if self.every:
            said = ntr("{n:,} entry error shown", "{n:,} entry errors shown", errors)
            said = said if errors else tr("there are no entry errors")
        else:
            said = tr("entry errors left out")
        self.say(said, "muted")

    def action_copy(self) -> None:
        """Copy a citation of the marked promise."""
        if self.list.promise:
            self.later(partial(self._copy, self.list.promise.id), "copy")
        else:
            self.say(tr("there is no promise to cite"), "error")

    async def _copy(self, target: str) -> None:
        self.host_app.copy(await self.desk.call(self.desk.book.cite, target), self)

    def action_back(self) -> None:
        """Clear the filter; without one go back to where the ledger was opened from."""
        if self.words:
            self.words = ""
            self.lay_out()
        else:
            self.dismiss()
