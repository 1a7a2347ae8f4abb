"""Bounds: what a reading that is not exact proves, and what a figure reckoned from it may be.

"More than 1,000,000" proves that "at least 300,000" was met. It proves nothing about "more
than 2,000,000", and never that a target was missed. The same care goes into figures: half of
the target, reckoned from a lower bound, is *more than* half.
"""

from __future__ import annotations

from math import inf

from gztrack.domain.grammar.qualifiers import LOWER_BOUNDS, UPPER_BOUNDS
from gztrack.domain.points import Goal, Number, Point, exactly, plain
from gztrack.domain.series import Series
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BAND = 0.02
"""An ``about`` reading proves something only this far (as a share of T) away from T."""

TOLERANCE = 1e-9
"""Floats miss a cut that decimals hit; a ratio this close to a cut is on it."""

STRICT = ("more than", "less than")


NO_WORDS: dict[str, str] = {}
NO_NUMBERS: dict[str, float] = {}
"""Nothing was said; never changed, as no result of the reckoning is."""


class Figure(NamedTuple):
    """A reckoned figure; from a bound it is a bound, and its qualifier says so."""

    value: float
    qualifier: str = "exact"


class Allowed(NamedTuple):
    """An interval of values; an open end is not itself in it."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def within(self, other: Allowed) -> bool:
        """Whether every value of this interval lies in the other."""
        low = self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open))
        high = self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open))
        return low and high

    def apart_from(self, other: Allowed) -> bool:
        """Whether no value lies in both intervals."""
        below = self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))
        above = self.low > other.high or (self.low == other.high and (self.low_open or other.high_open))
        return below or above


def allowed(value: Number, qualifier: str) -> Allowed:
    """Every value that a statement allows; ``exact`` and ``about`` allow just the one named."""
    if qualifier in LOWER_BOUNDS:
        return Allowed(value, inf, qualifier in STRICT, True)
    if qualifier in UPPER_BOUNDS:
        return Allowed(-inf, value, True, qualifier in STRICT)
    return Allowed(value, value)


def is_bound(qualifier: str) -> bool:
    """Whether a statement leaves its value open on one side."""
    return qualifier in LOWER_BOUNDS or qualifier in UPPER_BOUNDS


def comparator(goal: Goal, direction: str) -> str:
    """The target's comparator; where none was typed, at least, or at most where lower is better."""
    return goal.comparator or ("at least" if direction == "up" else "at most")


def sense(goal: Goal | None, direction: str) -> int:
    """+1 when higher is better, -1 when lower is: the comparator decides, else the indicator."""
    word = "" if goal is None else comparator(goal, direction)
    if word in LOWER_BOUNDS + UPPER_BOUNDS:
        return 1 if word in LOWER_BOUNDS else -1
    return 1 if direction == "up" else -1


def only_grows(goal: Goal, direction: str) -> bool:
    """Whether a part of something never negative that meets the target proves that the whole does."""
    word = comparator(goal, direction)
    return word in LOWER_BOUNDS or (word == "about" and direction == "up")


def meeting(goal: Goal, direction: str) -> Allowed:
    """The values that meet a target: equality meets "at least" and does not meet "more than"."""
    word = comparator(goal, direction)
    if word == "between":
        return Allowed(goal.value, goal.value if goal.high is None else goal.high)
    if word == "about":
        target = exactly(goal.value)
        band = exactly(BAND) * abs(target)
        if direction == "up":
            return Allowed(plain(target - band), inf, high_open=True)
        return Allowed(-inf, plain(target + band), low_open=True)
    return allowed(goal.value, word)


def meets(value: Number, qualifier: str, goal: Goal, direction: str) -> bool | None:
    """Whether a reading meets a target: True, False, or None when it proves neither.

    Args:
        value: The reading's value, in the target's unit.
        qualifier: The reading's qualifier.
        goal: The target.
        direction: The indicator's, ``up`` or ``down``; decides on which side of ``about`` is better.
    """
    return judge(goal, direction)(value, qualifier)


def judge(goal: Goal, direction: str) -> Callable[[Number, str], bool | None]:
    """`meets` for many readings of one target: takes each one's value and qualifier."""
    target = meeting(goal, direction)
    low, high, *_ = target

    def judged(value: Number, qualifier: str) -> bool | None:
        if qualifier == "exact":  # nearly all are, and few lie at a limit
            if low < value < high:
                return True
            if value < low or value > high:
                return False
        elif qualifier == "about":
            limits = [exactly(limit) for limit in (goal.value, goal.high) if limit is not None]
            if any(abs(exactly(value) - limit) <= exactly(BAND) * abs(limit) for limit in limits):
                return None
        stated = allowed(value, qualifier)
        if stated.within(target):
            return True
        return False if stated.apart_from(target) else None

    return judged


def first_meeting(
    points: Series, goal: Goal, direction: str, places: Iterable[int] | None = None
) -> Point | None:
    """The first reading that meets a target, of those at the places, else of all."""
    low, high, *_ = meeting(goal, direction)
    values, qualifiers, judged = points.values, points.qualifiers, judge(goal, direction)
    # One whose stated value lies outside never meets it; the others are asked in full.
    inside = (at for at in (range(len(points)) if places is None else places) if low <= values[at] <= high)
    found = next((at for at in inside if judged(values[at], qualifiers[at])), None)
    return None if found is None else points[found]


class Aim(NamedTuple):
    """What a reading is held against.

    Attributes:
        target: T; of ``between`` the nearer limit.
        sense: +1 when T is approached from below, -1 from above.
    """

    target: Number
    sense: int


def aim(goal: Goal, direction: str, value: Number, qualifier: str) -> Aim | None:
    """T and d for a reading; None when a bound may lie on either side of a ``between``."""
    if comparator(goal, direction) != "between" or goal.high is None:
        return Aim(goal.value, sense(goal, direction))
    stated = allowed(value, qualifier)
    if stated.high <= goal.value:
        return Aim(goal.value, 1)
    if stated.low >= goal.high:
        return Aim(goal.high, -1)
    if is_bound(qualifier):
        return None
    return Aim(goal.value, 1) if value - goal.value <= goal.high - value else Aim(goal.high, -1)


class Spread(NamedTuple):
    """A figure together with the range it may lie in.

    Attributes:
        nominal: Reckoned with the stated values.
        low: The least it may be.
        high: The most it may be.
        strict: The nominal value itself is not allowed when it is an end.
        about: Something went in that is only about right.
    """

    nominal: float
    low: float
    high: float
    strict: bool = False
    about: bool = False

    def times(self, factor: float) -> Spread:
        """The spread of a positive multiple."""
        ends = (self.nominal * factor, self.low * factor, self.high * factor)
        return Spread(*ends, self.strict, self.about)

    def figure(self) -> Figure | None:
        """The figure as it may be stated; None when it is open at both ends or beyond any float."""
        if abs(self.nominal) == inf:
            return None
        if self.low == self.high:
            return Figure(self.nominal, "about" if self.about else "exact")
        if self.low == self.nominal:
            return Figure(self.nominal, "more than" if self.strict else "at least")
        if self.high == self.nominal:
            return Figure(self.nominal, "less than" if self.strict else "at most")
        return None


def spread(nominal: float, qualifiers: Iterable[str], ends: Iterable[float] = ()) -> Spread:
    """The spread of a figure.

    Args:
        nominal: Reckoned with the stated values.
        qualifiers: Of everything that went in.
        ends: What the figure tends to where a bound leaves a value open.
    """
    words, reached = set(qualifiers), (nominal, *ends)
    return Spread(nominal, min(reached), max(reached), not words.isdisjoint(STRICT), "about" in words)


def rising(nominal: float, qualifier: str, sign: float) -> Spread:
    """The spread of a figure that grows with a reading without end, or shrinks where sign is negative."""
    if not is_bound(qualifier):
        return Spread(nominal, nominal, nominal, about=qualifier == "about")
    upwards = (qualifier in LOWER_BOUNDS) == (sign > 0)
    return spread(nominal, (qualifier,), (inf if upwards else -inf,))


def summed(qualifiers: Iterable[str]) -> str | None:
    """The qualifier of a sum of values; None when it is open at both ends."""
    words = set(qualifiers)
    lower, upper = words & set(LOWER_BOUNDS), words & set(UPPER_BOUNDS)
    if lower and upper:
        return None
    if lower or upper:
        strict = words & set(STRICT)
        return strict.pop() if strict else (lower or upper).pop()
    return "about" if "about" in words else "exact"
