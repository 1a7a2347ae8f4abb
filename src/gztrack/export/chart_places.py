"""Where the labels of a drawn chart stand: each within the picture, and over no other label and no mark. Pure."""

from __future__ import annotations

import itertools

from gztrack.export.svg_shapes import extent
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Place = tuple[float, float]
"""A point of the picture, in pixels from its left and its top."""

AIR = 4.0
"""Pixels between two labels: nearer they would read as one."""


class Box(NamedTuple):
    """A rectangle, in pixels."""

    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: Box, air: float = 0.0) -> bool:
        """Whether two rectangles overlap, or come nearer than ``air``."""
        return (
            self.left < other.right + air
            and other.left < self.right + air
            and self.top < other.foot + air
            and other.top < self.foot + air
        )

    def within(self, other: Box) -> bool:
        """Whether it lies in another one."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.foot <= other.foot
        )

    def crossed(self, x1: float, y1: float, x2: float, y2: float) -> bool:
        """Whether a straight line runs through it."""
        left, top, right, foot = self
        if (
            (x1 < left and x2 < left)
            or (x1 > right and x2 > right)
            or (y1 < top and y2 < top)
            or (y1 > foot and y2 > foot)
        ):
            return False  # as most lines are, on one side of it
        start, end = 0.0, 1.0
        for origin, way, low, high in (
            (x1, x2 - x1, left, right),
            (y1, y2 - y1, top, foot),
        ):
            if way == 0:
                if not low <= origin <= high:
                    return False
                continue
            near, far = sorted(((low - origin) / way, (high - origin) / way))
            start, end = max(start, near), min(end, far)
        return start <= end


def text_box(x: float, y: float, text: str, size: float) -> Box:
    """What a text takes whose base line begins at a point."""
    return Box(x, y - size * 0.82, x + extent(text, size), y + size * 0.26)


class Places:
    """What is taken already.

    Attributes:
        whole: No label leaves it.
    """

    def __init__(self, whole: Box) -> None:
        self.whole = whole
        self._labels: list[Box] = []
        self._marks: list[Box] = []
        self._lines: list[tuple[float, float, float, float]] = []
        self._faint: list[tuple[float, float, float, float]] = []

    def mark(self, x: float, y: float, reach: float) -> None:
        """Keep a mark free."""
        self._marks.append(Box(x - reach, y - reach, x + reach, y + reach))

    def label(self, box: Box) -> None:
        """Keep a label free."""
        self._labels.append(box)

    def line(self, spots: Sequence[tuple[float, float]], *, faint: bool = False) -> None:
        """Keep a line free; a faint one where there is room elsewhere."""
        kept = self._faint if faint else self._lines
        kept += [(*one, *two) for one, two in itertools.pairwise(spots)]

    def found(
        self, candidates: Iterable[tuple[float, float]], text: str, size: float
    ) -> tuple[float, float] | None:
        """The first place that is free, and takes it; None where there is none.

        Args:
            candidates: Starts of the base line, the best first.
            text: What is set there.
            size: Of the type.
        """
        second: tuple[float, float] | None = None
        for x, y in candidates:
            box = text_box(x, y, text, size)
            if not self._free(box):
                continue
            if not _crossed(box, self._faint):
                self.label(box)
                return x, y
            second = second or (x, y)
        if second is not None:
            self.label(text_box(*second, text, size))
        return second

    def _free(self, box: Box) -> bool:
        if not box.within(self.whole):
            return False
        for other in self._labels:
            if box.meets(other, AIR):
                return False
        for other in self._marks:
            if box.meets(other, 1.0):
                return False
        return not _crossed(box, self._lines)


def _crossed(box: Box, lines: Iterable[tuple[float, float, float, float]]) -> bool:
    return any(itertools.starmap(box.crossed, lines))


def beside_line(left: float, right: float, upper: float, lower: float, wide: float) -> Iterator[Place]:
    """Places for the label of a target: above its line, else below, else behind its end or before its start.

    Args:
        left: Where the line begins.
        right: Where it ends.
        upper: Where it is, or the upper one of two.
        lower: Where it is, or the lower one of two.
        wide: Pixels of the label.
    """
    rows, middle = (upper - 7, lower + 15), (upper + lower) / 2 + 4
    near = right + 4 - wide, right - 8 - wide
    along = [left, left + 8, *(near[1] - step for step in range(12, int(right - left - wide), 12))]
    yield from ((x, y) for y in rows for x in near)
    yield right + 9, middle
    yield left - wide - 6, middle
    yield from ((x, y) for y in rows for x in along)


def around_point(x: float, y: float, wide: float) -> Iterator[Place]:
    """Places for the label of a mark: above it, at its right, below it, at its left, then further off."""
    yield x - wide / 2, y - 10
    yield x + 10, y + 4
    yield x - wide / 2, y + 18
    yield x - wide - 10, y + 4
    for row in (y - 10, y + 18, y - 20, y + 28):
        for start in (x + 4, x - wide - 4, x - wide / 2):
            yield start, row


def at_end(x: float, y: float, wide: float) -> Iterator[Place]:
    """Places for the label of a line that ends at a point: behind it, else above or below its end."""
    yield x + 8, y + 4
    yield x + 4 - wide, y - 8
    yield x + 4 - wide, y + 16
    yield x - 10 - wide, y + 4
