"""Scales of a drawn chart: which pixels values and days stand at, and where its ticks are. Pure."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from gztrack.domain.amounts import Number, exact
from gztrack.domain.units import Unit
from gztrack.export.chart_numbers import bare, next_step, plain, step_of, tick_text
from gztrack.export.chart_periods import MONTHS, ends, label
from gztrack.export.svg_shapes import extent
from gztrack.light import NamedTuple, lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

TYPE = 11
"""Size of the type at ticks, in pixels."""

GAP, MOST = 34, 7
"""The fewest pixels between two ticks of the axis of values, and how many of them there are at most or so."""

BETWEEN = 16
"""The fewest pixels between two labels of time."""

LEAST_DAYS = 10
"""The shortest time that is shown, in days."""

_DAYS = (1, 2, 7, 14)
"""Days between two ticks where months are too long."""

_YEARLY = 900
"""From so many days on years are told apart, and no parts of them."""

_ONE_DAY = timedelta(days=1)


class ValueTick(NamedTuple):
    """A round number on the axis of values."""

    y: float
    value: Number
    text: str


class Values(NamedTuple):
    """Which pixels values stand at.

    Attributes:
        low: The value at the foot.
        high: The value at the top.
        foot: Pixels from the top of the picture.
        top: As ``foot``.
        start: ``low`` as a float: a pixel needs no more.
        a_pixel: What a pixel stands for, as a float.
    """

    low: Fraction
    high: Fraction
    foot: float
    top: float
    start: float
    a_pixel: float

    def y(self, value: Number) -> float:
        """Where a value is; outside for one that is not on the scale."""
        return self.foot - (value - self.start) / self.a_pixel

    def ticks(self, unit: Unit, *, whole: bool) -> list[ValueTick]:
        """Round numbers, each with a text of its own.

        Args:
            unit: The indicator's.
            whole: There is nothing between whole numbers.
        """
        most = min(MOST, int((self.foot - self.top) / GAP))
        step = step_of((self.high - self.low) / (most + 1), whole=whole)
        numbers = self._multiples(step)
        while len(numbers) > most + 1:
            step = next_step(step)
            numbers = self._multiples(step)
        return [
            ValueTick(self.y(value), value, text)
            for value, text in zip(numbers, _texts(numbers, unit), strict=True)
        ]

    def _multiples(self, step: Fraction) -> list[Number]:
        first, last = ceil(self.low / step), self.high // step
        if step.denominator == 1:
            return [step.numerator * number for number in range(first, last + 1)]
        return [plain(step * number) for number in range(first, last + 1)]


def _texts(numbers: Sequence[Number], unit: Unit) -> list[str]:
    """As short as they can be and still tell each other apart; in full where rounding would not."""
    texts = [tick_text(number, unit) for number in numbers]
    if len({*texts}) == len(texts) and not any(text.startswith("~") for text in texts):
        return texts
    return [exact(number, bare(unit), with_unit=unit.percent) for number in numbers]


def values(low: Fraction, high: Fraction, foot: float, top: float, below: int, above: int) -> Values:
    """The scale that shows a range.

    Args:
        low: Least value to show.
        high: Greatest; above ``low``.
        foot: Pixels from the top of the picture to the lower end of the axis.
        top: To its upper end.
        below: Pixels kept free below ``low``.
        above: Pixels kept free above ``high``.
    """
    a_pixel = (high - low) / (round(foot - top) - below - above)
    low, high = low - a_pixel * below, high + a_pixel * above
    return Values(low, high, foot, top, float(low), float(high - low) / (foot - top))


class TimeTick(NamedTuple):
    """The end of a period; its label stands around ``at``, as many pixels to both sides as ``half``."""

    x: float
    at: float
    half: float
    text: str


class Times(NamedTuple):
    """Which pixels days stand at.

    Attributes:
        start: The day at the left.
        end: The day at the right.
        left: Pixels from the left of the picture.
        right: As ``left``.
    """

    start: date
    end: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day is; outside for one that is not on the scale."""
        return self.left + (day - self.start).days / (self.end - self.start).days * (self.right - self.left)

    def ticks(self, least: float, most: float) -> list[TimeTick]:
        """Ends of periods, as many as have room for their labels.

        Args:
            least: The first pixel that a label may take.
            most: The last one.
        """
        return list(_ticks(self, least, most))


@lru_cache(maxsize=1 << 6)  # many charts of a report show the same time
def _ticks(times: Times, least: float, most: float) -> list[TimeTick]:
    found: list[TimeTick] = []
    days = (times.end - times.start).days
    if days <= 3 * 31:
        for length in _DAYS:
            found = _placed(times, _weeks(times.start, times.end, length), least, most)
            if _apart(found):
                return found
    for months in (length for length in MONTHS if length >= 12 or days < _YEARLY):
        named = [(day, label(day, months)) for day in ends(times.start, times.end, months)]
        found = _placed(times, named, least, most) or found
        if _apart(found):
            break
    return found


def _placed(times: Times, named: Sequence[tuple[date, str]], least: float, most: float) -> list[TimeTick]:
    ticks = []
    for day, text in named:
        x, half = times.x(day), extent(text, TYPE) / 2
        ticks.append(TimeTick(x, max(least + half, min(x, most - half)), half, text))
    return ticks


def _weeks(start: date, end: date, length: int) -> list[tuple[date, str]]:
    """Days, or last days of weeks, between two days."""
    day = start if length % 7 else start + _ONE_DAY * (6 - start.weekday())
    return [
        (found, found.isoformat())
        for found in (day + _ONE_DAY * at for at in range(0, (end - start).days + 1, length))
        if found <= end
    ]


def _apart(ticks: Sequence[TimeTick]) -> bool:
    """Whether no two labels come near each other."""
    return all(two.at - one.at >= one.half + two.half + BETWEEN for one, two in itertools.pairwise(ticks))


def times(first: date, last: date, left: float, right: float) -> Times:
    """The scale from a day to another one; a very short time is widened."""
    missing = max(0, LEAST_DAYS - (last - first).days)
    return Times(first - _ONE_DAY * (missing // 2), last + _ONE_DAY * (missing - missing // 2), left, right)
