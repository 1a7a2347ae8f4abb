"""A one-line field: no blink, cleaned text, and a paste that is kept whole or visibly refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from gztrack.domain.text import clean
from gztrack.services.screens import FILTER
from gztrack.tui.keys import bindings


class Field(Input):
    """An input of one row.

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
    Field:ansi { text-style: underline; }
    Field:ansi > .input--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    Field:nocolor > .input--selection { text-style: reverse; }
    """

    @dataclass
    class Refused(Message):
        """A paste was refused; the field says how many lines it had."""

        field: Field
        lines: int

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
        super().__init__(clean(value), name=name, id=id, compact=True, select_on_focus=True)
        self.cursor_blink = False
        self.prose = prose

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

    def action_leave(self) -> None:
        """Give the filter up."""
        self.post_message(self.Left())

    def action_step(self, by: int) -> None:
        """Move the list's cursor."""
        self.post_message(self.Stepped(by))
