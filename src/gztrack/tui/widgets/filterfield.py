"""The field of the live filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from gztrack.services.screens import FILTER
from gztrack.tui.keys import bindings
from gztrack.tui.widgets.field import Field


class FilterField(Field):
    """The field of the live filter."""

    DEFAULT_CSS = """
    FilterField.-textual-compact { padding: 0; background: $background; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(FILTER, {"keep": "submit", "down": "step(1)", "up": "step(-1)"})
    ]

    @dataclass
    class Left(Message):
        """Escape was pressed."""

    @dataclass
    class Stepped(Message):
        """An arrow moves the cursor of the list while the filter is typed."""

        by: int

    def __init__(self, value: str, typed: Callable[[str], None]) -> None:
        """Make the field.

        Args:
            value: Text it starts with.
            typed: Told at each letter, at once: a message would come after the field's own repaint, and the
                list would have to wait for the next one.
        """
        super().__init__(value, name="filter", id="filter")
        self._typed = typed

    def watch_value(self) -> None:
        """Filter while it is typed."""
        super().watch_value()
        if self.is_mounted:
            self._typed(self.value)

    def action_leave(self) -> None:
        """Give the filter up."""
        self.post_message(self.Left())

    def action_step(self, by: int) -> None:
        """Move the list's cursor."""
        self.post_message(self.Stepped(by))
