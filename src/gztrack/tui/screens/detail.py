"""Everything about one indicator, on the whole screen."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.services.actions import DETAIL
from gztrack.services.views import Detail, ReadingView, TargetView
from gztrack.tui import detailtext, geometry, judging
from gztrack.tui.cells import Line
from gztrack.tui.choosing import next_method
from gztrack.tui.detailtext import Looked
from gztrack.tui.dialogs.goal import GoalDialog
from gztrack.tui.dialogs.reading import CorrectDialog, DropDialog, LogDialog, RetractDialog
from gztrack.tui.geometry import Box
from gztrack.tui.screens.appearance import Appearance
from gztrack.tui.screens.host import bindings
from gztrack.tui.screens.moving import Moving
from gztrack.tui.screens.travel import Traveller
from gztrack.tui.widgets.lines import Lines, place
from gztrack.tui.widgets.scroller import Scroller


class DetailScreen(Moving, Traveller, Appearance):
    """Chart, figures, readings with their sources, targets with their verdicts; forms act on the marked one."""

    ACTIONS = DETAIL
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DETAIL)]

    DEFAULT_CSS = """
    DetailScreen { layers: below form; overflow: hidden; }
    """

    def __init__(self, indicator: str) -> None:
        """Make the screen.

        Args:
            indicator: Id of the indicator.
        """
        super().__init__()
        self.indicator = indicator
        self.detail: Detail | None = None
        self.head = Lines(id="head")
        self.charted: bool | None = None
        self._title = ""
        self._needed = 0
        self._told_from = 0
        self.facts = Scroller(id="facts")
        self.about = Lines(id="about", ground="raised")
        self.footer = Lines(id="footer")

    def compose(self) -> ComposeResult:
        """Four widgets; forms come when they are asked for."""
        yield self.head
        yield self.facts
        yield self.about
        yield self.footer

    def on_mount(self) -> None:
        """Ask for everything about the indicator."""
        self.lay_out()
        self.later(self.catch_up, "detail")

    async def catch_up(self, *, select: str = "", changed: frozenset[str] = frozenset()) -> None:  # noqa: ARG002
        """Show the indicator anew, whatever changed: wholes, parts and methods tell on it; it may be gone."""
        try:
            self.detail, self._title = await self.desk.call(self._ask)
        except InputError:
            self.dismiss()
            return
        self.lay_out()

    def _ask(self) -> tuple[Detail, str]:
        return self.desk.detail(self.indicator), self.desk.book.shown_title

    @property
    def with_chart(self) -> bool:
        """The chart is shown: as asked for, else where it leaves room for the lists; never where it has none itself."""
        chart = self.detail.chart if self.detail else None
        if chart is None or chart.empty or not detailtext.room_for_chart(*self.app.size):
            return False
        return self.app.size.height >= detailtext.BOTH_HEIGHT if self.charted is None else self.charted

    def _head(self) -> list[Line]:
        """The lines over the lists; the marked fact stands out in the chart."""
        if self.detail is None:
            return []
        lens, fact, (cells, rows) = self.desk.lens, self.facts.fact, self.app.size
        looked = Looked(
            self._title,
            lens.as_of or self.desk.book.today,
            lens.as_of is not None,
            self.with_chart,
            fact.id if fact else "",
        )
        return detailtext.head(self.detail, looked, cells, rows, self.glyphs)

    def lay_out(self) -> None:
        """Put every part where it belongs for this size, and fill it."""
        cells, rows = self.app.size
        glyphs = self.glyphs
        head = self._head()
        wanted = max(self.form.rows_wanted, geometry.FORM_ROWS) if self.form else 0
        form = min(wanted, max(0, rows - geometry.LIST_LEAST)) if wanted else 0
        about = 0 if form else self._about_rows(rows)
        foot = form or 1
        alone = self.with_chart and rows < detailtext.BOTH_HEIGHT
        top = min(len(head), max(0, rows - foot - about - (0 if alone else 3)))
        middle = max(0, rows - top - about - foot)
        place(self.head, Box(0, 0, cells, top))
        place(self.facts, Box(0, top, cells, middle))
        place(self.about, Box(0, top + middle, cells, about))
        place(self.footer, Box(0, rows - 1, cells, 0 if form else 1))
        if self.form:
            place(self.form, Box(0, rows - form, cells, form))
            self.form.fit(cells, form)
        self.facts.fit(cells, middle)
        self.head.show(head[:top])
        if self.detail:
            self.facts.show(detailtext.body(self.detail, cells, glyphs))
        self.show_footer()

    def _about_rows(self, rows: int) -> int:
        """Rows about the marked fact: what the longest one marked so far needs, up to half of the screen."""
        if rows < detailtext.ABOUT_HEIGHT:
            return 0
        most = detailtext.ABOUT_ROWS if self.with_chart and rows < detailtext.BOTH_HEIGHT else rows // 2
        return max(detailtext.ABOUT_ROWS, min(self._needed, most))

    @property
    def travelling(self) -> bool:
        """It shows another day than today."""
        return self.desk.lens.as_of is not None

    def on_scroller_marked(self, event: Scroller.Marked) -> None:
        """Show everything about the marked reading or target; what needs more room than is there gets it."""
        self._told_from = 0
        if event.fact and self.detail:
            cells, rows = self.app.size
            before = self._about_rows(rows)
            self._needed = max(
                self._needed, detailtext.about_wanted(event.fact, self.detail, cells, self.glyphs)
            )
            if self._about_rows(rows) > before:
                self.lay_out()
        if self.with_chart and self.head.placed:
            self.head.show(self._head()[: self.head.placed[1][1]])
        self._tell()

    def _tell(self) -> None:
        fact, (cells, rows) = self.facts.fact, self.app.size
        lines: list[Line] = []
        if fact and self.detail:
            room = self._about_rows(rows)
            lines = detailtext.about(fact, self.detail, cells, room, self.glyphs, self._told_from)
        self.about.show(lines)

    def on_resize(self) -> None:
        """Arrange everything for the new size."""
        self._needed = self._told_from = 0
        self.lay_out()

    # Keys

    @property
    def course(self) -> Scroller:
        """The facts."""
        return self.facts

    def go(self, index: int) -> None:
        """Put the cursor on a fact."""
        self.facts.move_to(index)

    def action_read_on(self) -> None:
        """Go on in what is told of the marked fact; after its end begin anew."""
        fact, (cells, rows) = self.facts.fact, self.app.size
        if fact and self.detail:
            self._told_from = detailtext.read_on(
                fact, self.detail, cells, self._about_rows(rows), self.glyphs, self._told_from
            )
            self._tell()

    def action_chart(self) -> None:
        """Show the chart, or the lists in its place."""
        if self.detail and (self.detail.chart is None or self.detail.chart.empty):
            log = self.glyphs.key("detail.log")
            may = self.glyphs.may("detail.log", self.indicator)
            said = tr("there is nothing to draw yet: {key} logs a reading", key=log)
            self.say(said if may else tr("there is nothing to draw yet"), "muted")
            return
        self.charted = not self.with_chart
        self.lay_out()
        if self.charted and not self.with_chart:
            self.say(tr("the terminal is too small for a chart"), "muted")

    def action_method(self) -> None:
        """Reckon by the next method, here and on the board."""
        self.later(self._by_next_method, "detail")

    async def _by_next_method(self) -> None:
        lens = self.desk.lens
        lens.method = next_method(lens.method, await self.desk.call(self.desk.board))
        await self.catch_up()
        if self.detail is not None:
            method = self.detail.row.assessment.method
            asked = tr("method: {method}", method=method)
            self.say(asked if lens.method else tr("method: {method}, its own", method=method), "muted")

    def action_log(self) -> None:
        """Log a reading."""
        if self.detail:
            self.open_form(LogDialog(self.detail.row))

    def action_goal(self) -> None:
        """Set a goal, or revise the open one."""
        if self.detail:
            self.open_form(GoalDialog(self.detail.row))

    def action_correct(self) -> None:
        """Correct the marked reading or target."""
        fact, detail = self.facts.fact, self.detail
        if detail is None or fact is None:
            self.say(tr("there is nothing to correct"), "error")
        elif isinstance(fact, ReadingView):
            self.open_form(CorrectDialog(detail.row, fact))
        else:
            self.open_form(GoalDialog(detail.row, correcting=fact))

    def action_retract(self) -> None:
        """Withdraw the marked reading or target."""
        fact, detail = self.facts.fact, self.detail
        if detail is None or fact is None:
            self.say(tr("there is nothing to retract"), "error")
        else:
            self.open_form(RetractDialog(detail.row, fact))

    def action_drop(self) -> None:
        """Record that the marked promise was withdrawn."""
        fact, detail = self.facts.fact, self.detail
        if detail is None or not isinstance(fact, TargetView):
            retract = self.glyphs.key("detail.retract")
            may = self.glyphs.may("detail.retract", self.indicator)
            said = tr("only a promise can be dropped; {key} retracts a reading", key=retract)
            self.say(said if may else tr("only a promise can be dropped"), "error")
        elif problem := judging.over(fact):
            self.say(problem, "error")
        else:
            self.open_form(DropDialog(detail.row, fact))

    def action_pin(self) -> None:
        """Make the marked reading or target the one that counts."""
        fact, detail = self.facts.fact, self.detail
        if detail is None or fact is None:
            self.say(tr("there is nothing to pin"), "error")
        elif fact.pinned:
            undo = self.glyphs.key("detail.undo")
            said = tr("it is pinned already; {key} takes your last action back", key=undo)
            self.say(said if self.undo_hint else tr("it is pinned already"), "error")
        else:
            from gztrack.tui.dialogs.settings import PinDialog

            self.open_form(PinDialog(detail.row, fact))

    def action_help(self) -> None:
        """Show what the keys do here."""
        from gztrack.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.ACTIONS))

    def action_copy(self) -> None:
        """Copy a citation of the marked reading or target."""
        fact = self.facts.fact
        if fact is None:
            self.say(tr("there is nothing to cite"), "error")
        else:
            self.later(partial(self._copy, fact.id), "copy")

    async def _copy(self, fact: str) -> None:
        self.host_app.copy(await self.desk.call(self.desk.book.cite, fact), self)

    def action_promises(self) -> None:
        """Open the ledger on the indicator's headline target."""
        from gztrack.tui.screens.ledger import LedgerScreen

        below = self.app.screen_stack[-2]
        if isinstance(below, LedgerScreen):
            below.find(self.indicator)
            self.dismiss()
        else:
            self.app.push_screen(LedgerScreen(self.indicator), self._returned)

    def action_why(self) -> None:
        """Show the sums behind the status."""
        from gztrack.tui.screens.why import WhyScreen

        self.app.push_screen(WhyScreen(self.indicator), self._returned)

    def _returned(self, _: None) -> None:
        """Date or method may be others now."""
        self.later(self.catch_up, "detail")

    def action_back(self) -> None:
        """Go back to where it was opened from."""
        self.dismiss()
