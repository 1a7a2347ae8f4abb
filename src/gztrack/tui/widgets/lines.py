"""A widget that shows lines of spans and repaints only those that changed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from gztrack.tui.cells import Line
from gztrack.tui.geometry import Box
from gztrack.tui.glyphs import UNICODE, Glyphs
from gztrack.tui.themes import PALETTES, Palette


def place(widget: Widget, box: Box) -> None:
    """Put a widget where a plan wants it; an empty box hides it."""
    styles = widget.styles
    if styles.display != ("block" if box.shown else "none"):
        styles.display = "block" if box.shown else "none"
    if not box.shown:
        return
    offset, size = (box.x, box.y), (box.width, box.height)
    if getattr(widget, "placed", None) != (offset, size):
        widget.placed = (offset, size)  # type: ignore[attr-defined]
        styles.offset = offset
        styles.width, styles.height = size


class Canvas(Widget):
    """A widget that paints lines of spans with the app's palette."""

    DEFAULT_CSS = """
    Canvas { position: absolute; }
    """

    placed: tuple[tuple[int, int], tuple[int, int]] | None = None

    def __init__(self, *, id: str | None = None, ground: str = "") -> None:  # noqa: A002
        """Make an empty canvas.

        Args:
            id: Textual's id of it.
            ground: Ground of every line that names none.
        """
        super().__init__(id=id)
        self.ground = ground
        self._painted: dict[int, Line] = {}

    @property
    def palette(self) -> Palette:
        """The palette of the app's theme."""
        palette = getattr(self.app, "palette", None)
        return palette if isinstance(palette, Palette) else PALETTES["dark"]

    @property
    def glyphs(self) -> Glyphs:
        """The characters that the terminal can show."""
        glyphs = getattr(self.app, "glyphs", None)
        return glyphs if isinstance(glyphs, Glyphs) else UNICODE

    def line(self, y: int) -> Line:
        """Return what stands on a line of the widget."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Paint one line over the whole width."""
        line = self._painted[y] = self.line(y)
        return self.palette.paint(line, self.size.width, self.ground, self.glyphs.ellipsis)

    def refresh_changed(self) -> None:
        """Repaint the lines that say something else than when they were painted last."""
        for y in range(self.size.height):
            if self._painted.get(y) != self.line(y):
                self.refresh(Region(0, y, self.size.width, 1))


class Lines(Canvas):
    """Lines that a screen made ready."""

    def __init__(self, *, id: str | None = None, ground: str = "") -> None:  # noqa: A002
        """Make it without lines."""
        super().__init__(id=id, ground=ground)
        self.lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; only lines that differ are painted again."""
        self.lines = list(lines)
        self.refresh_changed()

    def line(self, y: int) -> Line:
        """Return a line, or an empty one below the last."""
        return self.lines[y] if y < len(self.lines) else []
