"""A trend as a line of dots, for rows of the board, for files and for pipes. Pure."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gztrack.domain.amounts import Number

LEAST = 3
"""Fewer readings are no trend."""

_ASCII = "_.-=^"
_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""Braille dots of the left and of the right half of a cell, from the bottom up."""


def sparkline(values: Sequence[Number], cells: int, *, ascii: bool = False) -> str:  # noqa: A002
    """The latest values as a line of dots, one cell each; nothing under `LEAST` of them.

    Dots and not blocks: those of neighbouring rows would fuse, and be louder than the bars.

    Args:
        values: Oldest first.
        cells: At most so many.
        ascii: Draw with ASCII characters only.
    """
    if len(values) < LEAST:
        return ""
    shown = [float(value) for value in values[-cells:]]
    low, high = min(shown), max(shown)

    def step(value: float, steps: int) -> int:
        return round((value - low) / (high - low) * (steps - 1)) if high > low else 1

    if ascii:
        return "".join(_ASCII[step(value, len(_ASCII))] for value in shown)
    # The right half of a cell lies half way to the next value, so that the dots make a line.
    halves = [(a + b) / 2 for a, b in zip(shown, [*shown[1:], shown[-1]], strict=True)]
    left_dots, right_dots = _DOTS
    return "".join(
        chr(0x2800 + left_dots[step(value, 4)] + right_dots[step(half, 4)])
        for value, half in zip(shown, halves, strict=True)
    )
