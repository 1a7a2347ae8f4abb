"""A session of a terminal as one SVG that moves by itself: no script, nothing from elsewhere, text stays text.

Each different row of each screen is drawn once and shown only while it was there, so that twenty
screens that have most rows in common cost little more than a few.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape

import pyte
from pyte.screens import Char

CELL = (8.4, 18.0)
"""Width and height of a cell in pixels."""

GROUND, INK = "#15181d", "#d9dee5"
MARGIN = 12.0
CAPTION = 30.0
"""Height of the line below the screen that says which key was pressed."""

NAMED = {"black": "#000000", "red": "#cc0000", "green": "#4e9a06", "brown": "#c4a000", "blue": "#3465a4",
         "magenta": "#75507b", "cyan": "#06989a", "white": "#d3d7cf"}  # fmt: skip


class Frame(NamedTuple):
    """What the screen showed for a while.

    Attributes:
        rows: SVG of each row, at height 0.
        caption: What a person reads below it.
        seconds: For how long.
    """

    rows: tuple[str, ...]
    caption: str
    seconds: float


def frame(screen: pyte.Screen, caption: str, seconds: float) -> Frame:
    """The screen as it is now."""
    cells = ([screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines))
    return Frame(tuple(map(_row, cells)), caption, seconds)


def animated(frames: Sequence[Frame], columns: int, lines: int) -> str:
    """The frames one after the other, for ever; who wants no motion sees the last one.

    Args:
        frames: What was shown.
        columns: Cells of a row.
        lines: Rows of the screen.
    """
    width, height = columns * CELL[0] + 2 * MARGIN, lines * CELL[1] + 2 * MARGIN + CAPTION
    starts = [sum(each.seconds for each in frames[:number]) for number in range(len(frames) + 1)]
    parts: dict[tuple[float, str], list[int]] = {}
    for number, each in enumerate(frames):
        for y, row in enumerate(each.rows):
            if row:
                parts.setdefault((MARGIN + y * CELL[1], row), []).append(number)
        said = f'<text y="{CELL[1]:g}" fill="#9aa4b2">{escape(each.caption)}</text>'
        parts.setdefault((MARGIN + lines * CELL[1] + 8, said), []).append(number)
    moments = dict.fromkeys(tuple(shown) for shown in parts.values() if len(shown) < len(frames))
    classes = {shown: f"s{number}" for number, shown in enumerate(moments)}
    last = len(frames) - 1
    style = [
        f"svg{{background:{GROUND}}}",
        "text{font:14px 'DejaVu Sans Mono','Noto Sans Mono CJK SC',Menlo,Consolas,monospace;white-space:pre}",
        ".b{font-weight:bold}",
        *(_keyframes(shown, name, starts) for shown, name in classes.items()),
        "@media (prefers-reduced-motion: reduce){g{animation:none!important}",
        *(f".{name}{{visibility:hidden}}" for shown, name in classes.items() if last not in shown),
        "}",
    ]
    body = [
        f'<g{_class(classes.get(tuple(shown)))} transform="translate({MARGIN:g},{top:g})">{part}</g>'
        for (top, part), shown in parts.items()
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" role="img">',
            "<title>A tour of gztrack in a terminal</title>",
            "<style>",
            *style,
            "</style>",
            f'<rect width="{width:g}" height="{height:g}" rx="8" fill="{GROUND}"/>',
            *body,
            "</svg>\n",
        ]
    )


def _class(name: str | None) -> str:
    return f' class="{name}"' if name else ""


def _keyframes(shown: Sequence[int], name: str, starts: Sequence[float]) -> str:
    """CSS that shows something during these frames only."""
    whole = starts[-1]
    stops = ["0%{visibility:hidden}"] if shown[0] != 0 else []
    for first, last in _runs(shown):
        stops.append(f"{starts[first] / whole * 100:.3f}%{{visibility:visible}}")
        stops.append(f"{starts[last + 1] / whole * 100:.3f}%{{visibility:hidden}}")
    return f"@keyframes {name}{{{''.join(stops)}}}.{name}{{animation:{name} {whole:g}s step-end infinite}}"


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, last) of those that follow each other."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _row(cells: Sequence[Char]) -> str:
    """A row as SVG: grounds first, then runs of text of one look, each as wide as its cells."""
    drawn, grounds, x = [], [], 0
    for look, run in groupby(cells, key=lambda cell: (*_colours(cell), cell.bold, cell.underscore)):
        ink, ground, bold, under = look
        run_cells = list(run)
        text = "".join(cell.data for cell in run_cells)
        left, wide = x * CELL[0], len(run_cells) * CELL[0]
        x += len(run_cells)
        if ground != GROUND:
            grounds.append(f'<rect x="{left:g}" width="{wide:g}" height="{CELL[1]:g}" fill="{ground}"/>')
        if text.strip():
            drawn += _text(run_cells, left, ink, bold=bold, under=under)
    return "".join(grounds + drawn)


def _text(cells: Sequence[Char], left: float, ink: str, *, bold: bool, under: bool) -> list[str]:
    """The words of a run, each at its place: a blank costs nothing, and no font moves the next word."""
    found, at = [], 0
    for blank, group in groupby(cells, key=lambda cell: cell.data == " "):
        piece = list(group)
        if not blank:
            attributes = ' class="b"' if bold else ""
            attributes += ' text-decoration="underline"' if under else ""
            wide = len(piece) * CELL[0]
            found.append(
                f'<text x="{left + at * CELL[0]:g}" y="14" fill="{ink}" textLength="{wide:g}"{attributes}>'
                f"{escape(''.join(cell.data for cell in piece))}</text>"
            )
        at += len(piece)
    return found


def _colours(cell: Char) -> tuple[str, str]:
    ink, ground = _colour(cell.fg, INK), _colour(cell.bg, GROUND)
    return (ground, ink) if cell.reverse else (ink, ground)


def _colour(name: str, usual: str) -> str:
    if name == "default":
        return usual
    return NAMED.get(name, f"#{name}")
