"""The one field of the quick-entry screen, which moves from cell to cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from gztrack.services.screens import FORM
from gztrack.tui.keys import bindings
from gztrack.tui.widgets.field import Field


class QuickField(Field):
    """A field that leaves its cell at either end, and hands on a paste of several lines."""

    DEFAULT_CSS = """
    QuickField { layer: form; }
    """

    # Pages of rows have the page keys here, so that the next offer has the one key of its own.
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in bindings(FORM, {"offer": "next_offer"}) if binding.action == "next_offer"
    ]

    @dataclass
    class Spread(Message):
        """Several lines, or columns, were pasted."""

        text: str

    @dataclass
    class Sideways(Message):
        """An arrow went past an end of the text."""

        by: int

    def take(self, text: str) -> None:
        """Insert pasted text at the cursor, or hand it on where it is for several cells."""
        if len(text.rstrip("\r\n").splitlines()) > 1 or "\t" in text.strip():
            self.post_message(self.Spread(text))
        else:
            super().take(text)

    def action_cursor_left(self, select: bool = False) -> None:
        """Go left; at the beginning into the cell before."""
        if not select and self.selection.is_empty and self.cursor_position == 0:
            self.post_message(self.Sideways(-1))
        else:
            super().action_cursor_left(select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Take what is offered, or go right; at the end into the next cell."""
        if not select and self.offer is None and self.selection.is_empty and self.cursor_at_end:
            self.post_message(self.Sideways(1))
        else:
            super().action_cursor_right(select)

    def action_next_offer(self) -> None:
        """Offer the next one."""
        self.next_offer()
