"""Every name of Textual that the frames rest on and that Textual does not promise to keep.

Collected here so that an update of Textual breaks one place, which says so instead of failing:
``private_names`` looks at each, and without it frames are sent in Textual's own way.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, Final

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.strip import Strip

from gztrack.light import NamedTuple

COMPOSITOR: Final = "textual._compositor"

SHAPES: Final = {
    "App._display": ("self", "screen", "renderable"),
    "App.post_display_hook": ("self",),
    "Strip.render_ansi": ("style", "color_system"),
    "CompositorUpdate": (),
    "CompositorUpdate.render_segments": ("self", "console"),
    "LayoutUpdate": ("strips", "region"),
    "ChopsUpdate": ("chops", "spans", "chop_ends"),
}
"""Each name with the names of its parameters in Textual 8."""


class Piece(NamedTuple):
    """A part of a row that an update brings.

    Attributes:
        y: Row, from 0.
        x: First column, from 0.
        segments: What is there from now on.
    """

    y: int
    x: int
    segments: Iterable[Segment]


class Update(NamedTuple):
    """An update of the screen, whatever Textual calls it.

    Attributes:
        width: Columns of the screen.
        height: Rows of the screen.
        whole: Whether the pieces cover every cell.
        pieces: The parts of rows that it brings.
    """

    width: int
    height: int
    whole: bool
    pieces: Iterator[Piece]


class PrivateNames(NamedTuple):
    """Textual's updates, found and of the shape that is known."""

    base: Any
    layout: Any
    chops: Any

    def update(self, renderable: object) -> Update | None:
        """Return what an update brings, or None for anything that is not understood."""
        if isinstance(renderable, self.layout):
            strips, region = renderable.strips, renderable.region
            whole = not region.x and not region.y
            return Update(region.right, region.bottom, whole, _layout(strips, region)) if whole else None
        if isinstance(renderable, self.chops) and renderable.chops:
            width = renderable.chop_ends[0][-1]
            return Update(width, len(renderable.chops), False, _chops(renderable))
        return None

    def carrying(self, render: Callable[[], str]) -> Any:
        """Return an update that is sent as the text that ``render`` returns when it is asked.

        ``App._display`` asks once it has decided to write, so asking is the sign that the text
        is on its way.
        """
        update = self.base()
        update.render_segments = lambda _console: render()
        return update


def _layout(strips: Iterable[Iterable[Strip]], region: Any) -> Iterator[Piece]:
    for y, line in enumerate(strips, region.y):
        yield Piece(y, region.x, [segment for strip in line for segment in strip])


def _chops(update: Any) -> Iterator[Piece]:
    # A chop that a span touches was rendered as a whole and is up to date as a whole, while
    # Textual would cut it at the span's end, perhaps through the middle of a wide character.
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x < x2 and end > x1:
                yield Piece(y, x, strip)


def parameters(owner: object) -> tuple[str, ...]:
    """Return the names of a callable's parameters."""
    assert callable(owner)
    return tuple(inspect.signature(owner).parameters)


def differences() -> list[str]:
    """Return the names that are missing or of another shape than in Textual 8."""
    try:
        compositor: object = import_module(COMPOSITOR)
    except ImportError:
        return [COMPOSITOR]
    wrong = []
    for path, shape in SHAPES.items():
        first, _, rest = path.partition(".")
        owner: object = {"App": App, "Strip": Strip}.get(first) or getattr(compositor, first, None)
        found = getattr(owner, rest, None) if rest else owner
        if found is None or parameters(found) != shape:
            wrong.append(path)
    return wrong


def private_names() -> PrivateNames | None:
    """Return the names that frames need, or None when Textual is another than the one known."""
    if differences():
        return None
    compositor: Any = import_module(COMPOSITOR)
    return PrivateNames(compositor.CompositorUpdate, compositor.LayoutUpdate, compositor.ChopsUpdate)


def sgr_of(console: Console) -> Callable[[Style], str]:
    """Return how Textual turns a style into SGR parameters for a console's colour system."""
    system: ColorSystem = COLOR_SYSTEMS[console.color_system or "truecolor"]
    return lambda style: Strip.render_ansi(style, system)
