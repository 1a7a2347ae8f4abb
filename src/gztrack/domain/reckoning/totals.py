"""Span totals: a promise about what comes in over several years together.

The sum counts readings inside the span that do not overlap, and names the days that none of
them covers. What no reading covers is not zero: where days are missing the sum is only a lower
bound (of a flow that is never negative).
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from gztrack.domain.grammar.calendar import ONE_DAY, years
from gztrack.domain.grammar.figures import exact
from gztrack.domain.points import Goal, Number, Point, exactly, in_order, plain, total
from gztrack.domain.reckoning.bounds import meets, summed
from gztrack.domain.text import listed
from gztrack.language import tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Days = tuple[date, date]


class SpanTotal(NamedTuple):
    """What was counted of a span.

    Attributes:
        start: First day of the span.
        end: Last day of it.
        points: The readings summed, in order of time.
        value: Their sum.
    """

    start: date
    end: date
    points: tuple[Point, ...]
    value: Number

    @property
    def latest(self) -> Point | None:
        """The last reading summed."""
        return self.points[-1] if self.points else None

    def gaps(self, until: date) -> tuple[Days, ...]:
        """First and last days of the stretches up to a day that no reading covers."""
        found: list[Days] = []
        expected = self.start
        for point in self.points:
            if point.start > expected:
                found.append((expected, point.start - ONE_DAY))
            expected = point.end + ONE_DAY
        if expected <= until:
            found.append((expected, until))
        return tuple(found)

    def qualifier(self, until: date) -> str | None:
        """Of the sum up to a day: a gap leaves it open upwards; None when it is open at both ends."""
        gaps = self.gaps(until)
        if gaps and self._may_shrink:
            return None
        return summed([point.qualifier for point in self.points] + (["at least"] if gaps else []))

    @property
    def _may_shrink(self) -> bool:
        """Whether what is missing may be below zero, as something that is there is."""
        return any(point.value < 0 for point in self.points)

    def text(self, until: date) -> str:
        """The sum up to a day as a figure without its unit: ``≥4,800`` where it is a bound, ``~4,800`` where open."""
        return exact(self.value, "", self.qualifier(until) or "about")

    def meets(self, goal: Goal, direction: str) -> bool | None:
        """Whether the whole span's total meets the target; None while that is not settled."""
        qualifier = self.qualifier(self.end)
        return None if qualifier is None else meets(self.value, qualifier, goal, direction)

    def meeting(self, goal: Goal, direction: str) -> Point | None:
        """The reading with which the sum first met the target for good."""
        unfinished = bool(self.gaps(self.end))
        value, words = exactly(0), set[str]()
        for point in self.points:
            value += exactly(point.value)
            words.add(point.qualifier)
            more_to_come = unfinished or point is not self.latest
            if more_to_come and self._may_shrink:
                continue
            qualifier = summed(words | {"at least"} if more_to_come else words)
            if qualifier is not None and meets(plain(value), qualifier, goal, direction):
                return point
        return None

    def running(self) -> Iterator[tuple[Point, Number, str | None]]:
        """The readings summed, each with the sum up to its end and that sum's qualifier (see `qualifier`)."""
        value, words, expected = exactly(0), set[str](), self.start
        gaps = shrinks = False
        for point in self.points:
            value += exactly(point.value)
            words.add(point.qualifier)
            gaps, shrinks = gaps or point.start > expected, shrinks or point.value < 0
            expected = point.end + ONE_DAY
            open_ended = gaps and shrinks
            yield (
                point,
                plain(value),
                None if open_ended else summed(words | ({"at least"} if gaps else set())),
            )

    def elapsed(self, day: date) -> float:
        """Share of the span gone by at the end of a day, between 0 and 1."""
        before = self.start - ONE_DAY
        return years(before, min(max(day, before), self.end)) / self.length

    @property
    def length(self) -> float:
        """Years that the span lasts."""
        return years(self.start - ONE_DAY, self.end)


def span_total(points: Iterable[Point], span: Days) -> SpanTotal:
    """Sum up the readings inside a span, those that do not overlap and cover the most days.

    Of two ways to cover the same days the one with fewer readings counts: the year's own figure
    before the sum of its quarters.
    """
    start, end = span
    inside = [point for point in in_order(points) if start <= point.start and point.end <= end]
    ends = [point.end for point in inside]
    # best[i]: days covered, minus readings used, and the readings, over the first i of them
    best: list[tuple[tuple[int, int], int | None]] = [((0, 0), None)]
    before: list[int] = []
    for index, point in enumerate(inside):
        free = bisect_right(ends, point.start - ONE_DAY, 0, index)
        before.append(free)
        days, used = best[free][0]
        taken = (days + (point.end - point.start).days + 1, used - 1)
        left = best[index][0]
        best.append((taken, index) if taken >= left else (left, None))
    chosen: list[Point] = []
    place = len(inside)
    while place:
        index_taken = best[place][1]
        if index_taken is None:
            place -= 1
        else:
            chosen.append(inside[index_taken])
            place = before[index_taken]
    chosen.reverse()
    return SpanTotal(start, end, tuple(chosen), total(point.value for point in chosen))


def said(gaps: Iterable[Days]) -> str:
    """The gaps in words: "no reading for 2021-01-01..2021-12-31"; empty without any."""
    named = [f"{first}..{last}" if first < last else str(first) for first, last in gaps]
    return tr("no reading for {periods}", periods=listed(named)) if named else ""
