"""The marks and lines of a drawn chart, in pixels and colours."""

from __future__ import annotations

import itertools

from gztrack.export.svg_shapes import px

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gztrack.export.chart_places import Box, Place

PROMISED, TO_TARGET, FORECAST = "6 4", "2 3", "5 4"
"""Lengths of dashes and gaps: of a target, of the line to it, and of a projection."""

RANGE_OPACITY = 0.14
"""Of the range of a projection."""

RADIUS = 3.5
"""Of the mark of a reading."""


def stroke(way: str, colour: str, weight: float, *, dashes: str = "", opacity: float = 1) -> str:
    """A path that is not filled.

    Args:
        way: As SVG has it.
        colour: Of the stroke.
        weight: Its pixels.
        dashes: Lengths of dashes and gaps; empty for a solid one.
        opacity: From 0 to 1.
    """
    more = f' stroke-dasharray="{dashes}"' if dashes else ""
    more += f' stroke-opacity="{opacity}"' if opacity < 1 else ""
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="{px(weight)}" stroke-linejoin="round"{more}/>'


def line(spots: Sequence[Place], colour: str, weight: float, *, dashes: str = "") -> str:
    """A line through points."""
    return stroke("M" + "L".join(map(_at, spots)), colour, weight, dashes=dashes)


def area(one: Sequence[Place], other: Sequence[Place], colour: str, opacity: float) -> str:
    """What lies between two lines."""
    around = "L".join(map(_at, [*one, *reversed(other)]))
    return f'<path d="M{around}Z" fill="{colour}" fill-opacity="{opacity}"/>'


def clipped(spots: Sequence[Place], box: Box) -> list[Place]:
    """A line that keeps to the edge of a box where it would run over it at the top or at the foot."""
    kept = [spots[0]]
    for (x1, y1), (x2, y2) in itertools.pairwise(spots):
        crossings = [
            (y - y1) / (y2 - y1) for y in (box.top, box.foot) if y1 != y2 and 0 < (y - y1) / (y2 - y1) < 1
        ]
        kept += [(x1 + (x2 - x1) * at, y1 + (y2 - y1) * at) for at in sorted(crossings)]
        kept.append((x2, y2))
    return [(x, max(box.top, min(y, box.foot))) for x, y in kept]


def point(x: float, y: float, fill: str, colour: str) -> str:
    """A reading."""
    return f'<circle cx="{px(x)}" cy="{px(y)}" r="{px(RADIUS)}" fill="{fill}" stroke="{colour}" stroke-width="1.6"/>'


def bound(x: float, y: float, side: int, fill: str, colour: str, *, reach: float = 16) -> str:
    """A reading that is a bound: a hollow tip, and dots to the side that is open.

    Args:
        x: Its middle.
        y: As ``x``.
        side: -1 where it is open upwards, 1 downwards.
        fill: What is inside.
        colour: Of its line.
        reach: Pixels from its middle to the last dot.
    """
    base, tip = y - side * 3, y + side * 5
    return (
        f'<path d="M{px(x - 4.5)} {px(base)}H{px(x + 4.5)}L{px(x)} {px(tip)}Z" fill="{fill}" stroke="{colour}"'
        ' stroke-width="1.6" stroke-linejoin="round"/>'
        f'<path d="M{px(x)} {px(y + side * 8)}V{px(y + side * reach)}" stroke="{colour}" stroke-width="1.6"'
        ' stroke-dasharray="2 3"/>'
    )


def diamond(x: float, y: float, fill: str, colour: str) -> str:
    """The end of a target."""
    return (
        f'<path d="M{px(x - 5)} {px(y)}L{px(x)} {px(y - 5)}L{px(x + 5)} {px(y)}L{px(x)} {px(y + 5)}Z"'
        f' fill="{fill}" stroke="{colour}" stroke-width="1.2"/>'
    )


def onward(x: float, y: float, colour: str) -> str:
    """The end of a target that has no due date: it goes on."""
    return (
        f'<path d="M{px(x - 6)} {px(y - 4.5)}L{px(x)} {px(y)}L{px(x - 6)} {px(y + 4.5)}Z" fill="{colour}"/>'
    )


def cross(x: float, y: float, colour: str) -> str:
    """Where the line to the target is on the day."""
    return (
        f'<path d="M{px(x - 5)} {px(y)}H{px(x + 5)}M{px(x)} {px(y - 5)}V{px(y + 5)}" stroke="{colour}"'
        ' stroke-width="1.8"/>'
    )


def _at(spot: Place) -> str:
    return f"{px(spot[0])} {px(spot[1])}"
