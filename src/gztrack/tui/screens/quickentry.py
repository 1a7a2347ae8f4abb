"""Log several readings in one go: a row an indicator, one field that moves, all saved as one action."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from gztrack.language import ntr, tr
from gztrack.services.actions import QUICK
from gztrack.services.views import Row
from gztrack.tui import headlines, quicktext
from gztrack.tui.completing import key_hint, offers
from gztrack.tui.geometry import Box
from gztrack.tui.quickpaste import spread
from gztrack.tui.quicksheet import COMMON, DRAFT, Cell, Sheet
from gztrack.tui.screens.host import bindings
from gztrack.tui.screens.quickmoving import QuickMoving
from gztrack.tui.widgets.field import Field
from gztrack.tui.widgets.lines import Lines, place
from gztrack.tui.widgets.quickfield import QuickField


class QuickEntryScreen(QuickMoving):
    """A sheet of values; the board under it says what became of it."""

    ACTIONS = QUICK
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(QUICK)]

    DEFAULT_CSS = """
    QuickEntryScreen { layers: below form; overflow: hidden; }
    """

    def __init__(self, rows: Sequence[Row], everything: Sequence[Row], *, note: str = "") -> None:
        """Make the screen.

        Args:
            rows: The indicators to show: those that the board shows.
            everything: All of them; a draft may speak of others.
            note: What they were chosen by.
        """
        super().__init__(Sheet(rows))
        self._given = rows, everything
        self.note = note
        self.at = Cell(-1, COMMON[0])
        self.first = 0
        self.top, self.body, self.foot = Lines(id="top"), Lines(id="rows"), Lines(id="foot")
        self.field = QuickField(name="quick", id="quick")

    def compose(self) -> ComposeResult:
        """Three parts that are drawn, and the field."""
        draft = self.host_app.drafts.get(DRAFT)
        self.restored = draft is not None
        self.sheet = Sheet(self._given[0], draft, self._given[1])
        # What the field says is taken in before it moves, even for the first time.
        self.field.value = self.sheet.text(self.at)
        if self.restored:
            said = tr("your draft from before; {key} starts afresh", key=self.key_of("afresh"))
            self.message = (said, "muted", "")
        yield self.top
        yield self.body
        yield self.foot
        yield self.field

    def on_mount(self) -> None:
        """Begin with the period that holds for all."""
        self.expect_focus()
        self.field.focus()
        self.go(self.at)
        self._understand_rows()

    # What every host has

    @property
    def occupied(self) -> bool:
        """The field has the keys, always."""
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The keys here are those beside the field's own; none rests."""
        return self.may(action)

    async def catch_up(self, *, select: str = "", changed: frozenset[str] = frozenset()) -> None:  # noqa: ARG002
        """Take the rows as they are now; what is typed stays."""
        board = await self.desk.call(self.desk.board)
        self.sheet.refresh(board.rows)
        self.lay_out()
        self._understand_rows()

    def lay_out(self) -> None:
        """Put every part where it belongs for this size, and fill it."""
        cells, rows = self.app.size
        foot = self._foot(rows)
        self.height = max(1, rows - quicktext.TOP - foot)
        if self.at.row >= 0:
            self.first = max(min(self.first, self.at.row), self.at.row - self.height + 1)
        self.first = max(0, min(self.first, len(self.sheet.rows) - self.height))
        place(self.top, Box(0, 0, cells, min(quicktext.TOP, rows)))
        place(self.body, Box(0, quicktext.TOP, cells, self.height))
        place(self.foot, Box(0, rows - foot, cells, foot))
        place(self.field, quicktext.place(self.at, self.first, cells))
        self.fill()

    height = 1
    foot_rows = quicktext.FOOT

    def fill(self) -> None:
        """Show everything as it is now; only lines that differ are painted again."""
        sheet, at, glyphs, cells = self.sheet, self.at, self.glyphs, self.app.size.width
        lines = [quicktext.title_line(sheet, self.note, cells, glyphs)]
        for column in COMMON:
            hint = self._hint() if at == Cell(-1, column) else ""
            lines.append(quicktext.common_line(sheet, column, at, hint, cells, glyphs))
        self.top.show([*lines, quicktext.heads_line(cells)])
        shown = range(self.first, min(self.first + self.height, len(sheet.rows)))
        self.body.show([quicktext.row_line(sheet, row, at, cells, glyphs) for row in shown])
        self.show_footer()

    def _hint(self) -> str:
        """How an offer is taken."""
        field, glyphs = self.field, self.glyphs
        if field.offer is None:
            return ""
        return key_hint(field.choice, len(field.fits), glyphs.right, glyphs.key("form.offer"))

    def show_footer(self) -> None:
        """Say all of the cursor's row, or ask; below it the keys, or the message in their place."""
        cells, glyphs = self.app.size.width, self.glyphs
        keys = headlines.footer(self.actions, cells, glyphs)
        if self.question:
            agree = tr("save it as it is")
            about = quicktext.question_lines(self.question, agree, cells, glyphs)
            keys = headlines.keys_line([(self.key_of("save"), agree), (self.key_of("back"), tr("change"))])
        else:
            about = quicktext.about(self.sheet, self.at, cells, glyphs)
        if self.message[0]:
            keys = headlines.message_line(self.message, cells, glyphs)
        if len(about) >= self.foot_rows:
            # It grows for a long message and stays so, lest the rows jump at every key.
            self.foot_rows = len(about) + 1
            self.lay_out()
            return
        room = self._foot(self.app.size.height) - 1
        self.foot.show([*(about + [[]] * room)[:room], keys])

    def _foot(self, rows: int) -> int:
        return min(self.foot_rows, max(quicktext.FOOT, rows // 2))

    def on_resize(self) -> None:
        """Arrange everything for the new size."""
        self.foot_rows = quicktext.FOOT
        self.lay_out()

    # The field

    def go(self, cell: Cell) -> None:
        """Put the field into a cell; what it says stays in the one before."""
        self.commit()
        self.at = Cell(max(-1, min(cell.row, len(self.sheet.rows) - 1)), cell.column)
        if self.at.row < 0 and self.at.column not in COMMON:
            self.at = Cell(-1, COMMON[-1])
        self.field.known = ()
        self.field.value = self.sheet.text(self.at)
        self.field.select_all()
        self.lay_out()
        if self.at.column != "value":
            self.later(partial(self._offer, self.at), "complete", exclusive=True)

    async def _offer(self, cell: Cell) -> None:
        """Offer sources used before and the periods that come next."""
        slug = self.sheet.rows[cell.row].id if cell.row >= 0 else ""
        known = await self.desk.call(self.desk.book.suggestions, slug)
        if self.at == cell:
            self.field.offer_from(offers(cell.column, known))

    def commit(self) -> bool:
        """Take in what the field says: it is always that of the cell it stands in."""
        if not self.sheet.put(self.at, self.field.value):
            return False
        self.question = self.asking = ""
        self._keep()
        return True

    def _keep(self) -> None:
        """Keep the draft."""
        drafts, draft = self.host_app.drafts, self.sheet.draft
        if problem := drafts.keep(DRAFT, draft) if draft else drafts.drop(DRAFT):
            self.message = (problem, "error", "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Understand what is typed."""
        event.stop()
        if self.commit():
            self.fill()
            self._understand_rows()

    def on_field_shown(self) -> None:
        """Say how the offer behind the cursor is taken."""
        self.fill()

    def on_field_took(self, event: Field.Took) -> None:
        """Keep the page that goes with a source."""
        self.commit()
        self.sheet.put_url(self.at, dict(event.offer.fills).get("url", ""))
        self._keep()
        self.fill()
        self._understand_rows()

    def on_quick_field_spread(self, event: QuickField.Spread) -> None:
        """Put the lines of a paste where they belong, all of them or none."""
        found = spread(event.text, self.sheet.rows, self.at)
        if found.problem:
            self.say(found.problem, "error")
            return
        self.commit()
        for cell, text in found.cells:
            self.sheet.put(cell, text)
        self.field.value = self.sheet.text(self.at)
        self._keep()
        self.lay_out()
        texts = ntr("{n:,} text", "{n:,} texts", len(found.cells))
        rows = ntr("{n:,} row", "{n:,} rows", len({cell.row for cell, _ in found.cells}))
        self.say(tr("{texts} pasted into {rows}", texts=texts, rows=rows))
        self._understand_rows()

    def _show_wrong(self, wrong: Sequence[int]) -> None:
        """Go to the cell at the top where that alone is wrong, else to the row."""
        if column := self.sheet.wrong_above:
            self.go(Cell(-1, column))
            label = tr(quicktext.LABELS[column])
            self.say(tr("nothing was saved: the {field} at the top needs a look", field=label), "error")
        else:
            super()._show_wrong(wrong)

    # Keys

    def action_afresh(self) -> None:
        """Throw the draft from before away."""
        if not self.restored:
            key = self.key_of("afresh")
            self.say(tr("{key} throws a draft from before away; this is none", key=key), "muted")
            return
        self.restored = False
        self.sheet.clear()
        self.field.value = ""
        self.host_app.drafts.drop(DRAFT)
        self.lay_out()

    def action_back(self) -> None:
        """Take the question back, or leave; the draft stays."""
        if self.question:
            self.question = self.asking = ""
            self.show_footer()
        elif not self._busy:
            self.commit()
            self.dismiss()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save from any cell."""
        event.stop()
        self.action_save()
