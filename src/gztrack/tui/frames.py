"""Sends only the cells that changed.

Textual repaints whole regions, and over SSH the bytes are most of what a person waits for. So
the app keeps the cells that it sent last and writes of each update what differs. Textual's own
``App._display`` still does everything else: synchronised output (mode 2026), the cursor, batches
and errors. It is handed an update that holds the few bytes in place of the many.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from textual import events, on
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.types import CSSPathType

from gztrack.light import NamedTuple
from gztrack.tui.frames_names import PrivateNames, Update, private_names, sgr_of
from gztrack.tui.terminal_cells import Cell, CellMaker, blank
from gztrack.tui.terminal_writer import TerminalWriter, erases_in_colour

RESIZE_SETTLES = 0.1
"""Seconds after which a resize is over; what was sent before may have hit a screen of another size."""

Row = list[Cell | None]
"""Cells of a row; None where what the terminal shows is not known."""


class Frame(NamedTuple):
    """Bytes that are ready to be sent, and what the terminal shows once they are.

    Attributes:
        text: What to send.
        width: Columns of the screen.
        rows: What the screen shows then.
        whole: Whether every cell of it is known then.
    """

    text: str
    width: int
    rows: list[Row]
    whole: bool


class SentGrid:
    """The cells that were sent last.

    Args:
        maker: Takes strips apart.
        colour: Whether the terminal erases to the background that is set.
    """

    def __init__(self, maker: CellMaker, *, colour: bool) -> None:
        """Begin without knowing anything of the terminal."""
        self._maker = maker
        self._colour = colour
        self._width = 0
        self._rows: list[Row] = []
        self._known = False

    def forget(self) -> None:
        """Take it that the terminal may show anything."""
        self._rows = []
        self._known = False

    def frame(self, update: Update) -> Frame:
        """Return the bytes that bring an update; nothing counts as sent before ``sent``."""
        width, height = update.width, update.height
        fits = len(self._rows) == height and self._width == width
        old = self._rows if fits else [_row(None, width) for _ in range(height)]
        new: dict[int, Row] = {}
        for y, x, segments in update.pieces:
            if 0 <= y < height:
                place(new.setdefault(y, old[y].copy()), x, self._maker.cells(segments))
        writer = TerminalWriter(width, colour=self._colour)
        known = fits and self._known
        shown = old
        if update.whole and not known:
            ground = _commonest(new, writer)
            if ground is not None:
                writer.clear(ground)
                shown = [_row(ground, width)] * height
        rows = old.copy()
        for y, row in sorted(new.items()):
            if row != shown[y]:
                writer.row(y, shown[y], row)
            rows[y] = row
        return Frame(writer.text(), width, rows, known or update.whole)

    def sent(self, frame: Frame) -> None:
        """Note that a frame is on its way."""
        self._width, self._rows, self._known = frame.width, frame.rows, frame.whole


def _row(cell: Cell | None, width: int) -> Row:
    return [cell] * width


def place(row: Row, x: int, cells: Sequence[Cell]) -> None:
    """Put cells into a row from column ``x``; a wide character of which half is hidden becomes blanks."""
    width = len(row)
    end = min(x + len(cells), width)
    if end <= x:
        return
    kept: Row = list(cells[: end - x])
    if len(cells) > len(kept) and not cells[end - x][0]:
        _halve(kept, len(kept) - 1)
    if (first := row[x]) is not None and not first[0]:
        _halve(row, x - 1)
    after = end
    while after < width and (cell := row[after]) is not None and not cell[0]:
        row[after] = blank(cell[1])
        after += 1
    row[x:end] = kept


def _halve(row: Row, last: int) -> None:
    """Blank what is left of the wide character that goes on beyond column ``last``."""
    while last >= 0 and (cell := row[last]) is not None:
        row[last] = blank(cell[1])
        if cell[0]:
            return
        last -= 1


def _commonest(rows: Mapping[int, Row], writer: TerminalWriter) -> Cell | None:
    """Return the erasable blank that most of the screen is, if there is one."""
    counts = Counter(cell for row in rows.values() for cell in row if writer.erasable(cell))
    return max(counts, key=lambda cell: counts[cell]) if counts else None


class FrameApp(App[ReturnType]):
    """An app that sends only the cells that changed.

    Args:
        plain_frames: Send frames in Textual's own way. The same happens when the names that this
            rests on are not what they were, and for screens that are not a whole terminal.
    """

    def __init__(
        self,
        driver_class: type[Driver] | None = None,
        css_path: CSSPathType | None = None,
        watch_css: bool = False,
        ansi_color: bool | None = None,
        *,
        plain_frames: bool = False,
    ) -> None:
        """Make the app; what the terminal can do is told by the environment."""
        super().__init__(driver_class, css_path, watch_css, ansi_color)
        self._frame_names: PrivateNames | None = None if plain_frames else private_names()
        self._sent_cursor: tuple[int, int] | None = None
        self._told_pixels = False
        if self._frame_names is not None:
            self._sent_grid = SentGrid(CellMaker(sgr_of(self.console)), colour=erases_in_colour(os.environ))

    @property
    def sends_cells(self) -> bool:
        """Whether only changed cells are sent."""
        return self._frame_names is not None

    # This overrides a private method, so it takes whatever it is called with: where that is not
    # what is known, everything is handed on as it came.
    def _display(self, *args: Any, **kwargs: Any) -> None:
        names = self._frame_names
        if names is None or self.is_headless or self.is_inline or len(args) != 2:
            self.forget_frame()
            super()._display(*args, **kwargs)
            return
        screen, renderable = args
        update = names.update(renderable)
        if update is None:
            if renderable is not None:
                self.forget_frame()
            super()._display(screen, renderable)
            return
        frame = self._sent_grid.frame(update)
        x, y = self.screen.outer_size.clamp_offset(self.cursor_position)
        if not frame.text and self._sent_cursor == (x, y):
            self._sent_grid.sent(frame)
            self.post_display_hook()
            return

        def render() -> str:
            self._sent_grid.sent(frame)
            self._sent_cursor = (x, y)
            return frame.text

        super()._display(screen, names.carrying(render))

    def forget_frame(self) -> None:
        """Take it that the terminal may show anything; the next update is sent whole."""
        self._sent_cursor = None
        if self._frame_names is not None:
            self._sent_grid.forget()

    def action_repaint(self) -> None:
        """Send the whole screen again, whatever the terminal shows now."""
        self.forget_frame()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that was resized, or started again after a stop, may show anything."""
        if self._sent_cursor is None:
            return
        if event.size != self.size:
            self.forget_frame()
            # Textual lays out soon and sends everything; unless the size was back by then.
            self.set_timer(RESIZE_SETTLES, self.refresh)
        elif event.pixel_size is None or self._told_pixels:
            self.action_repaint()
        # A terminal that can tell its size in pixels (mode 2048) says it once when it is asked to.
        self._told_pixels = self._told_pixels or event.pixel_size is not None

    @on(Driver.SignalResume)
    def _repaint_after_stop(self) -> None:
        self.action_repaint()

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Give the terminal to another program; everything is painted again afterwards."""
        try:
            with super().suspend():
                yield
        finally:
            self.action_repaint()
