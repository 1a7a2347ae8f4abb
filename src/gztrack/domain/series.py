"""Readings in an order, each made a `Point` only when somebody looks at it.

The board reckons with a hundred thousand readings, and of most of them it only asks when their
period ends and how their value compares: that is asked of whole columns.
"""

from __future__ import annotations

from itertools import islice

from gztrack.domain.points import Number, Point, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from operator import lt
    from typing import overload
else:
    from _collections_abc import Sequence  # without the rest of `collections`
    from _operator import lt


class Series(Sequence[Point]):
    """Readings of one series.

    Args:
        make: Makes the point at a place of its own; ``places`` are such.
        places: Which ones, in their order.
        starts: Their periods' first days, ISO dates.
        ends: Their periods' last days.
        values: Their values.
        qualifiers: Their qualifiers.
    """

    __slots__ = ("_make", "_places", "ends", "qualifiers", "starts", "values")

    def __init__(
        self,
        make: Callable[[int], Point],
        places: Sequence[int],
        starts: Sequence[str],
        ends: Sequence[str],
        values: Sequence[Number],
        qualifiers: Sequence[str],
    ) -> None:
        self._make, self._places = make, places
        self.starts, self.ends = starts, ends
        self.values, self.qualifiers = values, qualifiers

    @classmethod
    def of(cls, points: Iterable[Point]) -> Series:
        """These points as a series; one that is a series already as it is."""
        if isinstance(points, Series):
            return points
        made = tuple(points)
        return cls(
            made.__getitem__,
            range(len(made)),
            [point.start.isoformat() for point in made],
            [point.end.isoformat() for point in made],
            [point.value for point in made],
            [point.qualifier for point in made],
        )

    def __len__(self) -> int:
        return len(self._places)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, at: int) -> Point: ...
        @overload
        def __getitem__(self, at: slice) -> tuple[Point, ...]: ...

    def __getitem__(self, at: int | slice) -> Point | tuple[Point, ...]:
        if isinstance(at, slice):
            return tuple(map(self._make, self._places[at]))
        return self._make(self._places[at])

    def __iter__(self) -> Iterator[Point]:
        return map(self._make, self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Series({list(self)})"

    def only(self, chosen: Sequence[int]) -> Series:
        """Those at the places, counted from 0, in the order of the places."""
        return Series(
            self._make,
            [self._places[at] for at in chosen],
            [self.starts[at] for at in chosen],
            [self.ends[at] for at in chosen],
            [self.values[at] for at in chosen],
            [self.qualifiers[at] for at in chosen],
        )

    def in_order(self) -> Series:
        """By period end; of two that end on one day the one of the longer period comes later."""
        starts, ends = self.starts, self.ends
        if all(map(lt, ends, islice(ends, 1, None))):
            return self
        known = range(len(self))
        if len(set(zip(starts, ends, strict=True))) < len(known):
            points = list(self)  # of one period, which the register lets through once
            return self.only(sorted(known, key=lambda at: place(points[at])))
        ordered = sorted(known, key=starts.__getitem__, reverse=True)
        ordered.sort(key=ends.__getitem__)
        return self if ordered == list(known) else self.only(ordered)

    def one_a_day(self) -> Series:
        """Of those in order that end on one day only the last."""
        last = dict(zip(self.ends, range(len(self)), strict=True))
        return self if len(last) == len(self) else self.only(list(last.values()))
