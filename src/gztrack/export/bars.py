"""The target bar as text: how much of a target is there, and where the line should be today.

What the bar of the board shows, for files and pipes: goal post, marker, overshoot, open ends.
"""

from __future__ import annotations

from math import floor
from typing import NamedTuple

from gztrack.services.views import Bar

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


def bar_text(bar: Bar | None, cells: int, *, ascii: bool = False) -> str:  # noqa: A002
    """A bar of ``cells`` cells, its goal post, and what is beyond it; empty without a target.

    Args:
        bar: What to draw, in fractions of the target.
        cells: Cells from nothing to the goal post, at least one.
        ascii: Draw with ASCII characters only.
    """
    if bar is None:
        return ""
    parts = _ASCII if ascii else _UNICODE
    inside = _inside(bar, cells, parts).ljust(cells, parts.rest)
    if bar.marker is not None and not bar.overdue:
        at = min(cells - 1, max(0, floor(bar.marker * cells + _EPSILON)))
        inside = inside[:at] + parts.marker + inside[at + 1 :]
    post = parts.overdue if bar.overdue else parts.post
    return inside + post + _beyond(bar, cells, parts)


def _inside(bar: Bar, cells: int, parts: _Parts) -> str:
    if bar.fill is None:
        return ""
    if bar.fill < 0:
        return parts.below
    halves = min(floor(bar.fill * cells * 2 + _EPSILON), cells * 2)
    whole, half = divmod(max(halves, 1) if bar.fill > 0 else 0, 2)
    if bar.bound == "upper":
        return parts.bound * max(whole, half)
    if bar.bound == "lower" and bar.fill < 1:
        return parts.full * whole + (parts.bound + parts.tip)[-(cells - whole) :]
    return parts.full * whole + parts.half * half


def _beyond(bar: Bar, cells: int, parts: _Parts) -> str:
    if bar.fill is None or bar.fill < 1 or (bar.fill == 1 and bar.bound != "lower"):
        return ""
    extra = (bar.fill - 1) * cells
    glyph = parts.bound if bar.bound == "upper" else parts.full
    if extra > OVERSHOOT + _EPSILON:
        return glyph + parts.tip
    whole, half = divmod(floor(extra * 2 + _EPSILON), 2)
    drawn = glyph * whole + parts.half * half
    return drawn[: OVERSHOOT - 1] + parts.tip if bar.bound == "lower" else drawn
