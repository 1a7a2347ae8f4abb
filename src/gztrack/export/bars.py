"""The target bar: how much of a target is there, and where the line should be today.

A pure function, in fractions of the target; rows, forms, help, files and pipes draw what it
returns. Unlike a progress bar it knows overshoot, bounds, a marker, values below the baseline,
and it never moves by itself.
"""

from __future__ import annotations

from math import floor

from gztrack.light import NamedTuple
from gztrack.services.views import Bar

Line = list[tuple[str, str]]
"""Pieces of a line: text and colour role."""

OVERSHOOT = 2
"""Cells kept after the goal post; what is beyond them ends in an arrow."""

_EPSILON = 1e-9
"""A fill of 0.7 on ten cells computes to a hair less than seven."""


class _Parts(NamedTuple):
    full: str
    half: str
    rest: str
    post: str
    overdue: str
    marker: str
    bound: str
    tip: str
    below: str


_UNICODE = _Parts("━", "╸", "─", "│", "┃", "┊", "╍", "▸", "◂")
_ASCII = _Parts("#", "#", ".", "|", "]", ":", "=", ">", "<")


def bar_width(cells: int) -> int:
    """Return how many cells a bar takes in all: bar, post and overshoot."""
    return cells + 1 + OVERSHOOT


def segments(bar: Bar, cells: int, role: str, *, ascii: bool = False) -> Line:  # noqa: A002
    """Return a bar as spans of exactly ``bar_width(cells)`` cells.

    Args:
        bar: What to draw, in fractions of the target.
        cells: Cells from nothing to the goal post.
        role: Colour role of what is there.
        ascii: Draw with ASCII characters only.
    """
    parts = _ASCII if ascii else _UNICODE
    inside = _inside(bar, cells, role, parts)
    if bar.marker is not None and not bar.overdue and cells > 0:
        # The thick post of an overdue row is its marker.
        inside[min(cells - 1, max(0, floor(bar.marker * cells + _EPSILON)))] = (parts.marker, "text")
    post = (parts.overdue if bar.overdue else parts.post, "post")
    return _merged([*inside, post, *_beyond(bar, cells, role, parts)])


def _inside(bar: Bar, cells: int, role: str, parts: _Parts) -> Line:
    rest = (parts.rest, "rest")
    if bar.fill is None or cells <= 0:
        return [rest] * cells
    if bar.fill < 0:
        return [(parts.below, role), *[rest] * (cells - 1)]
    halves = min(floor(bar.fill * cells * 2 + _EPSILON), cells * 2)
    whole, half = divmod(max(halves, 1) if bar.fill > 0 else 0, 2)
    if bar.bound == "upper":
        drawn: Line = [(parts.bound, role)] * max(whole, half)
    elif bar.bound == "lower" and bar.fill < 1:
        open_end: Line = [(parts.bound, role), (parts.tip, role)]
        drawn = [*[(parts.full, role)] * whole, *open_end[-(cells - whole) :]]
    else:
        drawn = [*[(parts.full, role)] * whole, *[(parts.half, role)] * half]
    return [*drawn, *[rest] * (cells - len(drawn))]


def _beyond(bar: Bar, cells: int, role: str, parts: _Parts) -> Line:
    nothing = (" ", "text")
    if bar.fill is None or bar.fill < 1 or (bar.fill == 1 and bar.bound != "lower"):
        return [nothing] * OVERSHOOT
    extra = (bar.fill - 1) * cells
    glyph = parts.bound if bar.bound == "upper" else parts.full
    if extra > OVERSHOOT + _EPSILON:
        return [(glyph, role), (parts.tip, role)]
    whole, half = divmod(floor(extra * 2 + _EPSILON), 2)
    drawn: Line = [(glyph, role)] * whole
    if half:
        drawn.append((parts.half, role))
    if bar.bound == "lower":
        drawn = [*drawn[: OVERSHOOT - 1], (parts.tip, role)]
    return [*drawn, *[nothing] * (OVERSHOOT - len(drawn))]


def _merged(line: Line) -> Line:
    """Join neighbours of one key, so that a strip has few segments."""
    merged: Line = []
    for text, key in line:
        if merged and merged[-1][1] == key:
            merged[-1] = (merged[-1][0] + text, key)
        else:
            merged.append((text, key))
    return merged


def bar_text(bar: Bar | None, cells: int, *, ascii: bool = False) -> str:  # noqa: A002
    """A bar as text without blanks at its end; empty without a target.

    Args:
        bar: What to draw, in fractions of the target.
        cells: Cells from nothing to the goal post, at least one.
        ascii: Draw with ASCII characters only.
    """
    if bar is None:
        return ""
    return "".join(text for text, _ in segments(bar, cells, "", ascii=ascii)).rstrip(" ")
