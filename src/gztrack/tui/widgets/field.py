"""A field: no blink, cleaned text, offers behind the cursor, and a paste that is kept whole or visibly refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from gztrack.domain.text import clean
from gztrack.services.screens import FORM
from gztrack.tui import prose
from gztrack.tui.cells import cut, width
from gztrack.tui.completing import Offer, fitting, ghost
from gztrack.tui.glyphs import UNICODE, Glyphs
from gztrack.tui.keys import bindings
from gztrack.tui.prose import Piece


class Field(Input):
    """An input of one row; one for prose grows to three where its text is longer.

    Textual's own takes the first line of a paste and drops the others in silence.
    """

    DEFAULT_CSS = """
    Field {
        position: absolute;
        height: 1;
        padding: 0 1;
        background: $field;
        color: $foreground;
    }
    Field.-textual-compact { padding: 0 1; }
    Field:focus { background: $field-focus; background-tint: $background 0%; }
    Field > .input--suggestion, Field > .input--placeholder { color: $foreground 60%; }
    Field:ansi { text-style: underline; }
    Field:ansi > .input--suggestion, Field:ansi > .input--placeholder { color: ansi_default; text-style: dim; }
    Field:ansi > .input--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    Field:nocolor > .input--selection { text-style: reverse; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in bindings(FORM, {"take": "take_or_end"}) if binding.action == "take_or_end"
    ]

    @dataclass
    class Refused(Message):
        """A paste was refused; the field says how many lines it had."""

        field: Field
        lines: int

    @dataclass
    class Shown(Message):
        """Something else than its text is shown anew: the offer behind the cursor, or the rows in view."""

        field: Field

    @dataclass
    class Took(Message):
        """An offer was taken; it may fill other fields too."""

        field: Field
        offer: Offer

    def __init__(
        self,
        value: str = "",
        *,
        name: str = "",
        prose: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Make a field.

        Args:
            value: Text it starts with.
            name: Name of the entry's field that it fills.
            prose: Several pasted lines become one; otherwise they are refused.
            id: Textual's id of it.
        """
        self.prose = prose
        self.known: Sequence[Offer] = ()
        self.fits: list[Offer] = []
        self.choice = 0
        self.top_row = 0
        self._painted: dict[int, Piece] = {}
        self._mouse_row = 0
        super().__init__(clean(value), name=name, id=id, compact=True, select_on_focus=True)
        self.cursor_blink = False

    # What can be completed

    @property
    def offer(self) -> Offer | None:
        """The offer behind the cursor; over a marked text there is none."""
        if self.choice >= len(self.fits) or not self.selection.is_empty:
            return None
        return self.fits[self.choice]

    def offer_from(self, known: Sequence[Offer]) -> None:
        """Offer some of these, by what is typed."""
        if known != self.known:
            self.known = known
            self._look_for_offers()

    def watch_value(self) -> None:
        """What was offered for the text before may not fit any more."""
        self._look_for_offers()

    def watch_selection(self) -> None:
        """Over a marked text nothing is offered; and the cursor may have gone to another row."""
        self._show_offer(focused=self.has_focus)
        self._keep_cursor_clear()
        if self.prose and self.content_size.height > 1:
            before = self.top_row
            if self.first_row(self.pieces, self.content_size.height) != before:
                self.post_message(self.Shown(self))
            self.refresh()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Offers stand only where the cursor is."""
        super().watch_has_focus(has_focus)
        self._show_offer(focused=has_focus)

    def _look_for_offers(self) -> None:
        self.fits, self.choice = fitting(self.known, self.value) if self.known else [], 0
        self._show_offer(focused=self.has_focus)

    def _show_offer(self, *, focused: bool) -> None:
        """Put the offer behind the text; where there is none, in its place."""
        offer = self.offer if focused else None
        behind = ghost(offer, self.value, self._glyphs.arrow) if offer else ""
        # Textual's own names for the two cases of one thing.
        self.placeholder = "" if self.value else behind
        self._suggestion = self.value + behind if self.value and behind else ""
        told = (offer, self.choice, len(self.fits))
        if self.is_attached and told != self._told:
            self._told = told
            self.post_message(self.Shown(self))

    _told: tuple[Offer | None, int, int] = (None, 0, 0)

    @property
    def _glyphs(self) -> Glyphs:
        glyphs = getattr(self.app, "glyphs", None) if self.is_attached else None
        return glyphs if isinstance(glyphs, Glyphs) else UNICODE

    def next_offer(self) -> bool:
        """Offer the next one instead, around the end; whether there is another."""
        if len(self.fits) > 1:
            self.choice = (self.choice + 1) % len(self.fits)
            self._show_offer(focused=self.has_focus)
        return len(self.fits) > 1

    def take_offer(self) -> bool:
        """Fill the field with what is offered; whether there was anything."""
        offer = self.offer
        if offer is None or not self.cursor_at_end:
            return False
        self.value = clean(offer.text)
        self.cursor_position = len(self.value)
        self.post_message(self.Took(self, offer))
        return True

    def action_cursor_right(self, select: bool = False) -> None:
        """Take what is offered at the end of the text, else go right."""
        if select or not self.take_offer():
            start, end = self.selection
            if not select and self.cursor_at_end and start == end:
                return
            super().action_cursor_right(select)

    def action_take_or_end(self) -> None:
        """Take what is offered at the end of the text, else go there."""
        if not self.take_offer():
            self.action_end()

    # Long texts

    @property
    def pieces(self) -> list[Piece]:
        """The rows of its text at its width."""
        return prose.rows(self.value, self.content_size.width)

    def first_row(self, pieces: list[Piece], shown: int) -> int:
        """The first of the rows that are shown, the cursor's among them."""
        at = prose.row_of(pieces, self.cursor_position)
        self.top_row = prose.window(len(pieces), at, shown, self.top_row)
        return self.top_row

    def rows_at(self, cells: int) -> int:
        """Rows that the whole text needs in a field of a width, its padding included."""
        return len(prose.rows(self.value, cells - 2)) if self.prose else 1

    def _keep_cursor_clear(self) -> None:
        """Scroll a long text far enough for the cursor to stand beside the marks of what is hidden."""
        mark, cursor = width(self._glyphs.ellipsis), self.cursor_position
        size = width(self.value[cursor : cursor + 1]) or 1
        if self.is_attached and self.content_size.width > 2 * mark + size:
            before = width(self.value[:cursor])
            start = max(0, before - mark)
            self.scroll_to_region(
                Region(start, 0, before + size + mark - start, 1), force=True, animate=False
            )

    def render_line(self, y: int) -> Strip:
        """Show a long text in rows, or in one with what is hidden marked; without the cursor its beginning."""
        cells = self.content_size.width
        fits = width(self.value) < cells
        self._painted.pop(y, None)
        if self.has_focus and y == 0 and (fits or not self.prose):
            return self._scrolled()
        if fits or (not self.prose and y):
            return super().render_line(y)
        if not self.has_focus:
            shown = cut(self.value, cells, self._glyphs.ellipsis) if y == 0 else ""
            self._painted[y] = Piece(0, len(self.value))
            strip = Strip([Segment(shown)] if shown else [])
            return strip.extend_cell_length(cells + 1).apply_style(self.rich_style)
        pieces = self.pieces
        at = self.first_row(pieces, self.content_size.height) + y
        piece = pieces[at] if at < len(pieces) else Piece(len(self.value), len(self.value))
        self._painted[y] = piece
        return (
            self._row(piece, last=at == len(pieces) - 1)
            .extend_cell_length(cells + 1)
            .apply_style(self.rich_style)
        )

    def _scrolled(self) -> Strip:
        """All in one row, the offer behind it: as much as there is room for, with a mark where it goes on."""
        cells, hidden, mark = self.content_size.width, self.scroll_offset.x, self._glyphs.ellipsis
        behind = self.placeholder or self._suggestion[len(self.value) :]
        muted = self.get_component_rich_style("input--suggestion")
        strip = self._row(Piece(0, len(self.value)), last=not behind)
        if behind:
            at_end = self.get_component_rich_style("input--cursor") if self.cursor_at_end else None
            first = Segment(behind[0], muted + at_end if at_end else muted)
            strip = Strip.join([strip, Strip([first, Segment(behind[1:], muted)])])
        start = width(self.value[: self.cursor_position]) - hidden
        end = start + (width((self.value + behind)[self.cursor_position :][:1]) or 1)
        goes_on = width(self.value + behind) - hidden > cells
        strip = strip.crop(hidden, hidden + cells).extend_cell_length(cells + 1)
        size, sign = width(mark), Strip([Segment(mark, muted)])
        if hidden > 0 and start >= size:
            strip = Strip.join([sign, strip.crop(size)])
        if goes_on and end <= cells - size:
            strip = Strip.join([strip.crop(0, cells - size), sign]).extend_cell_length(cells + 1)
        return strip.apply_style(self.rich_style)

    def _row(self, piece: Piece, *, last: bool) -> Strip:
        """One row with the selection and the cursor in it."""
        selected = self.get_component_rich_style("input--selection")
        cursor = self.get_component_rich_style("input--cursor")
        start, end = sorted(self.selection)
        segments = []
        text = self.value[piece.start : piece.end] + (" " if last else "")
        for at, character in enumerate(text, piece.start):
            style = selected if start <= at < end else None
            segments.append(Segment(character, cursor if at == self.cursor_position else style))
        return Strip(segments).simplify()

    # The mouse

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember the row before Textual asks for the character."""
        self._mouse_row = event.get_content_offset_capture(self).y

    async def _on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark text over several rows."""
        self._mouse_row = event.get_content_offset_capture(self).y

    def _cell_offset_to_index(self, offset: int) -> int:
        """Return the character at a cell of the mouse's row, as the rows were painted last."""
        row = max(0, min(self._mouse_row, self.content_size.height - 1))
        piece = self._painted.get(row)
        if piece is None:
            return super()._cell_offset_to_index(offset)
        return prose.index_at(self.value, piece, offset)

    # Pastes

    def take(self, text: str) -> None:
        """Insert pasted text at the cursor, or refuse it."""
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and not self.prose:
            self.post_message(self.Refused(self, len(lines)))
        elif lines:
            self.replace(clean(" ".join(lines)), *sorted(self.selection))

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def action_paste(self) -> None:
        """Insert what was copied inside the program."""
        self.take(self.app.clipboard)
