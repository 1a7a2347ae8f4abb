"""The help: every key, and how to read a row. A plain full screen."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from gztrack.services.actions import BOARD, Action
from gztrack.services.permitted import without_keys
from gztrack.services.screens import FORM, HELP, mapped
from gztrack.tui import formhelp, geometry
from gztrack.tui.helptext import help_text
from gztrack.tui.widgets.lines import Lines, place


class HelpScreen(Screen[None]):
    """Any key closes it, but those that scroll where it is longer than the terminal."""

    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    HelpScreen { overflow: hidden; }
    """

    def __init__(self, actions: tuple[Action, ...] = ()) -> None:
        """Begin at its top.

        Args:
            actions: What the screen under it can do; empty for the board's.
        """
        super().__init__()
        self.actions = actions
        self.text = Lines(id="help")
        self.at = 0

    def compose(self) -> ComposeResult:
        """One widget."""
        self._fill()
        yield self.text

    @property
    def keymap(self) -> Mapping[str, str]:
        """The keys as a person set them."""
        from gztrack.tui.app import GztrackApp

        return self.app.keys_set if isinstance(self.app, GztrackApp) else {}

    def _fill(self) -> None:
        from gztrack.tui.app import GztrackApp

        assert isinstance(self.app, GztrackApp)
        cells, rows = self.app.size
        place(self.text, geometry.Box(0, 0, cells, rows))
        lines = help_text(
            without_keys(mapped(self.actions or BOARD, self.app.keys_set), self.app.permit),
            cells,
            rows,
            self.app.glyphs,
            remappable=self.app.remappable,
            who=self.app.desk.book.author if self.app.permit is not None else "",
            typed=formhelp.lines(ascii=self.app.glyphs.ascii) if self.actions is FORM else (),
        )
        self._most = max(0, len(lines) - rows)
        self.at = max(0, min(self.at, self._most))
        self.text.show([*lines[self.at : self.at + rows - 1], lines[-1]])

    _most = 0

    def on_resize(self) -> None:
        """Fill the new size."""
        self._fill()

    def on_key(self, event: events.Key) -> None:
        """Scroll or close."""
        from gztrack.tui.keys import textual_keys

        event.stop()
        by = {"down": 1, "up": -1, "page_down": 10, "page_up": -10}
        steps = {
            key: by[action.name]
            for action in mapped(HELP, self.keymap)
            if action.name in by
            for key in textual_keys(action.keys)
        }
        if event.key in steps and self._most:
            self.at += steps[event.key]
            self._fill()
        elif event.key != "ctrl+l":
            self.dismiss()
