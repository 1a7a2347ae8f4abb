"""What the lines of a batch about one indicator have in common, and what their values are held against."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date

from gztrack.domain import guard
from gztrack.domain.amounts import Amount, exact_goal
from gztrack.domain.grammar.numerals import Number
from gztrack.domain.many import MOST, Periods, Stretch, Values, stretched
from gztrack.domain.packed import END, LEADING, START, VALUE, Packed, unpacked
from gztrack.domain.periods import Period, parse_period
from gztrack.domain.register import Fact, Moment, Register
from gztrack.language import ntr, tr
from gztrack.services.entering.entries import LogEntry
from gztrack.services.entering.readings import months_of, record_of, series_of, understood_period
from gztrack.services.naming import name_of, typed_unit, unit_of


class Subject:
    """What the lines about one indicator have in common.

    Attributes:
        indicator: Its fact.
        slug: Its id.
        values: Reads its values.
        spots: Period text to what a value for that period is held against.
        further: The fields of its records that no line has a say in.
        head: Its headline target.
        count: How many readings of it are ready.
    """

    def __init__(
        self, register: Register, indicator: Fact, moment: Moment, usual: LogEntry, periods: Periods
    ) -> None:
        self.indicator = indicator
        self.slug = str(indicator["indicator"])
        self.values = Values(typed_unit(indicator))
        self.spots: dict[str, Spot] = {}
        self.head = register.headline(self.slug, moment)
        self.count = 0
        self._level = indicator["measure"] == "level"
        self._rate = indicator["measure"] == "rate"
        self._usual_period = usual.period
        self._periods = periods
        self._today = moment.day
        series = series_of(usual, indicator)
        anything = parse_period("today", moment.day)
        record = record_of(
            usual._replace(note=""), indicator, anything, Amount(0, "exact", False), series, moment.day
        )
        self.further = {name: value for name, value in record.items() if name not in LEADING}
        counting = register.counting(self.slug, moment).of_series(series)
        self._counting = counting.packed
        self._placed = _by_coverage(counting.packed, self._coverage)
        self._aim = self.head["value"] if self.head is not None and not self.head.get("over") else None
        self._low = self._high = 0.0
        self._start, self._end = "9999", ""

    def _coverage(self, start: date, end: date) -> int:
        """What readings must have in common to be held against each other: of a level nothing."""
        return 0 if self._level else months_of(start, end)

    def nearest(self, period: Period) -> Fact | None:
        """As `gztrack.services.entering.readings.nearest_reading`, without a look at every reading."""
        found = self._nearest(period)
        return unpacked(found) if found else None

    def _nearest(self, period: Period) -> Packed | None:
        ends, readings = self._placed.get(self._coverage(period.start, period.end), _NONE)
        if not ends:
            return None
        day = period.end.toordinal()
        after = bisect_right(ends, day)
        place = after - 1
        if after < len(ends) and (place < 0 or ends[after] - day <= day - ends[place]):
            place = bisect_right(ends, ends[after]) - 1
        return readings[place]

    def there(self, stretch: Stretch) -> Fact | None:
        """The reading of a period that counts so far."""
        span = stretch.fields["start"], stretch.fields["end"]
        found = next((each for each in self._counting if (each[START], each[END]) == span), None)
        return unpacked(found) if found else None

    def spot(self, text: str) -> Spot:
        """What a value is held against for a period that was not seen before.

        Raises:
            InputError: There is no such period.
        """
        text_meant = text or self._usual_period
        if text_meant:
            stretch = self._periods.read(text_meant)
        else:
            stretch = stretched(understood_period("", self.indicator, self._today))
        near = self._nearest(stretch.period)
        if len(self.spots) >= MOST:
            self.spots.clear()
        against = self._aim if near is None else near[VALUE]
        late = stretch.period.end > self._today
        spot = self.spots[text] = Spot(stretch, against, near is None, self._rate, late)
        if stretch.fields["start"] < self._start:
            self._start = stretch.fields["start"]
        if stretch.fields["end"] > self._end:
            self._end = stretch.fields["end"]
        return spot

    def take(self, value: Number) -> None:
        """Count a reading."""
        if not self.count:
            self._low = self._high = value
        elif value < self._low:
            self._low = value
        elif value > self._high:
            self._high = value
        self.count += 1

    def told(self) -> str:
        """What is going to be written of it, in one line: how many readings, of what size, for when."""
        unit = unit_of(self.indicator)
        low, high = self._low, self._high
        span = {"first": self._start, "last": self._end}
        return "  ".join(
            (
                name_of(self.indicator),
                ntr("{n:,} reading", "{n:,} readings", self.count),
                exact_goal(low, None if low == high else high, "", unit),
                tr("for {period}", period=tr("{first} to {last}", **span)),
            )
        )


class Spot:
    """A period of one indicator, and what a value for it is held against."""

    __slots__ = ("_against", "_late", "_rate", "_target", "stretch")

    def __init__(
        self, stretch: Stretch, against: Number | None, target: bool, rate: bool, late: bool
    ) -> None:
        self.stretch = stretch
        self._against = against
        self._target = target
        self._rate = rate
        self._late = late

    def asks(self, value: Number) -> bool:
        """Whether the guard has a question."""
        against = self._against
        return self._late or (
            against is not None and guard.is_far(value, against, rate=self._rate, target=self._target)
        )


_Placed = dict[int, tuple[list[int], list[Packed]]]
"""Coverage to its readings, oldest end first: the ends as day numbers, and the readings."""


_NONE: tuple[list[int], list[Packed]] = ([], [])


def _by_coverage(readings: Iterable[Packed], coverage: Callable[[date, date], int]) -> _Placed:
    placed: _Placed = {}
    for reading in readings:
        end = date.fromisoformat(reading[END])
        ends, own = placed.setdefault(coverage(date.fromisoformat(reading[START]), end), ([], []))
        ends.append(end.toordinal())
        own.append(reading)
    return placed
