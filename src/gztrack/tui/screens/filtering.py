"""The live filter of a list: a field in the summary's place, and words that stay when it is gone."""

from __future__ import annotations

from textual.widgets import Input

from gztrack.domain.text import clean
from gztrack.services.screens import FILTER, mapped
from gztrack.tui import geometry, headlines
from gztrack.tui.cells import Line, width
from gztrack.tui.screens.host import Host
from gztrack.tui.widgets.filterfield import FilterField
from gztrack.tui.widgets.lines import place


class Filtering(Host):
    """A screen whose list is narrowed while words are typed.

    Attributes:
        words: The filter as typed.
        filter_field: Its field, while it is open.
    """

    def __init__(self) -> None:
        """Begin without a filter."""
        super().__init__()
        self.words = ""
        self.filter_field: FilterField | None = None
        self._before_filter = ""

    # What the screen has to say of itself

    @property
    def at_cursor(self) -> str:
        """What the cursor stands on, to come back to."""
        raise NotImplementedError

    def come_back(self, to: str) -> None:
        """Put the cursor on what it stood on before the filter."""
        raise NotImplementedError

    def show_top(self) -> None:
        """Show the lines over the list."""
        raise NotImplementedError

    def show_filtered(self) -> None:
        """Show the list and its counts after a letter was typed, and nothing else."""
        raise NotImplementedError

    def step(self, by: int) -> None:
        """Move the list's cursor while the filter is typed."""
        raise NotImplementedError

    # The field

    @property
    def occupied(self) -> bool:
        """A form or the filter's field has the keys."""
        return self.form is not None or self.filter_field is not None

    @property
    def shown_words(self) -> str:
        """The filter as the line over the list shows it: under the open field letter by letter as typed."""
        return clean(self.words) if self.filter_field is None else self.words

    def action_filter(self) -> None:
        """Open the filter's field in the summary's place."""
        self._before_filter = self.at_cursor
        self.filter_field = FilterField(self.words, self._narrow)
        self.place_filter()
        self.expect_focus()
        self.mount(self.filter_field)
        self.filter_field.focus()
        self.show_top()
        self.show_footer()

    def place_filter(self) -> None:
        """Put the open field where the summary stood."""
        field = self.filter_field
        if field is None:
            return
        y = 1 if self.app.size.height >= geometry.TITLE_HEIGHT else 0
        cells = min(width(self.words) + 1, max(4, self.app.size.width - 30))
        place(field, geometry.Box(headlines.FILTER_AT, y, cells, 1))

    def _end_filter(self) -> None:
        """Take the field away; its words stay."""
        if self.filter_field is not None:
            self.filter_field.remove()
            self.filter_field = None
            self.set_focus(None)
            self.show_news()

    def _narrow(self, words: str) -> None:
        """Filter while it is typed."""
        if self.filter_field is not None and words != self.words:
            self.words = words
            self.place_filter()
            self.show_filtered()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter."""
        if event.input is self.filter_field:
            self._end_filter()
            self.lay_out()

    def on_filter_field_left(self) -> None:
        """Give the filter up, and go back to where it began."""
        self._end_filter()
        self.words = ""
        self.lay_out()
        self.come_back(self._before_filter)

    def on_filter_field_stepped(self, event: FilterField.Stepped) -> None:
        """Move the cursor while the filter is typed."""
        self.step(event.by)

    def foot_line(self) -> Line:
        """The keys of the open field, or those of the screen."""
        if self.filter_field is not None and not self.message[0]:
            keys = mapped(FILTER, self.glyphs.keymap)
            return headlines.footer(keys, self.app.size.width, self.glyphs)
        return super().foot_line()
