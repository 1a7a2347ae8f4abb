"""What the reckoning is done on: the readings that count, and a target.

A `Point` or a `Goal` says what the facts say, without where they come from. Which facts count
on a day is decided before (`gztrack.domain.register`); what they amount to is decided in
`progress`, `verdicts` and `forecast`.
"""

from __future__ import annotations

from gztrack.domain.grammar.calendar import whole_months
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from fractions import Fraction

Number = int | float


class Point(NamedTuple):
    """A reading that counts.

    Attributes:
        id: Id of the fact; of an explicit baseline the target's id with ``/baseline``.
        period: Its label as typed ("2020-H1").
        start: First day of the period.
        end: Last day of the period; the date that the reading stands for.
        value: In the indicator's unit.
        qualifier: ``exact``, ``at least``, ``more than``, ``about``, ``at most`` or ``less than``.
        provisional: The source calls the figure provisional.
        logged: Logging time.
    """

    id: str
    period: str
    start: date
    end: date
    value: Number
    qualifier: str = "exact"
    provisional: bool = False
    logged: str = ""

    @property
    def months(self) -> int | None:
        """Whole months that the period covers (a year 12), or None for days and weeks."""
        return whole_months(self.start, self.end)


class Goal(NamedTuple):
    """A target and what became of it.

    Attributes:
        id: Id of the fact.
        value: In the indicator's unit; the lower limit of a ``between``.
        high: The upper limit of a ``between``.
        comparator: ``at least``, ``more than``, ``at most``, ``less than``, ``between`` or
            ``about``; empty for at least, or at most where lower is better.
        due: Last day on which the target can be met; None when no due date was stated.
        due_label: The due date as typed ("2027-Q2").
        due_start: First day of the due period, when a period was typed.
        over_start: First day of the span whose total is promised, if one is.
        over_end: Last day of that span.
        baseline: The explicit baseline's value, if one was stated.
        baseline_start: First day of its period.
        baseline_end: Last day of its period.
        baseline_label: Its period as typed.
        superseded_on: The day from which a later target stands in its place.
        dropped_on: The day on which it was withdrawn.
        corrected: It was an entry error, and no promise.
    """

    id: str
    value: Number
    high: Number | None = None
    comparator: str = ""
    due: date | None = None
    due_label: str = ""
    due_start: date | None = None
    over_start: date | None = None
    over_end: date | None = None
    baseline: Number | None = None
    baseline_start: date | None = None
    baseline_end: date | None = None
    baseline_label: str = ""
    superseded_on: date | None = None
    dropped_on: date | None = None
    corrected: bool = False

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day of the span whose total is promised, if one is."""
        if self.over_start is None or self.over_end is None:
            return None
        return self.over_start, self.over_end

    @property
    def last_day(self) -> date | None:
        """The due date, or for a span total without one the end of its span."""
        if self.due is None and self.span is not None:
            return self.span[1]
        return self.due

    def overdue(self, today: date) -> bool:
        """Whether the due date has passed: the day after it is the first on which it has."""
        last = self.last_day
        return last is not None and today > last


def in_order(points: Iterable[Point]) -> tuple[Point, ...]:
    """Points by period end; of two that end on one day the one of the longer period comes later."""
    return tuple(sorted(points, key=place))


def place(point: Point) -> tuple[date, int, str, str]:
    """Where a reading comes in time. Of one period, which the register lets through once, the later logged is later."""
    return point.end, -point.start.toordinal(), point.logged, point.id


def exactly(value: Number) -> Fraction:
    """The decimal that a number was written as: 0.1 is one tenth here, not the nearest float."""
    found = _exact.get(value)
    if found is None:
        from fractions import Fraction  # whole numbers are mostly reckoned with as they are, and do without

        if len(_exact) >= _REMEMBERED:
            _exact.clear()
        found = _exact[value] = Fraction(value) if isinstance(value, int) else Fraction(repr(value))
    return found


_exact: dict[Number, Fraction] = {}
_REMEMBERED = 1024


def equal(a: Number, b: Number) -> bool:
    """Whether two numbers are the same as they were written; of one kind they compare as they are."""
    return a == b if type(a) is type(b) else exactly(a) == exactly(b)


def quotient(a: Number, b: Number) -> float:
    """``a / b`` as one would do it on paper, rounded once to a float.

    Raises:
        ZeroDivisionError: ``b`` is zero.
    """
    if isinstance(a, int) and isinstance(b, int):
        return a / b or 0.0  # Python, too, rounds once; but of 0 / -1 it makes -0.0
    return float(exactly(a) / exactly(b))


def share_of_way(start: Number, here: Number, target: Number) -> float:
    """``(here - start) / (target - start)`` as one would do it on paper, rounded once to a float.

    Raises:
        ZeroDivisionError: The target is the start.
    """
    if isinstance(start, int) and isinstance(here, int) and isinstance(target, int):
        return quotient(here - start, target - start)
    y0 = exactly(start)
    return float((exactly(here) - y0) / (exactly(target) - y0))


def plain(value: Fraction) -> Number:
    """A number to show: int when integral, else float."""
    return value.numerator if value.denominator == 1 else float(value)


def difference(a: Number, b: Number) -> Number:
    """``a - b`` as one would do it on paper (41.3 - 20.1 is 21.2)."""
    return a - b if isinstance(a, int) and isinstance(b, int) else plain(exactly(a) - exactly(b))


def total(values: Iterable[Number]) -> Number:
    """The sum as one would do it on paper (0.1 + 0.2 is 0.3)."""
    return plain(sum(map(exactly, values), exactly(0)))
