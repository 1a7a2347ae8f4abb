"""The guard: values and periods that are probably a slip, and which slip it probably is.

A guard never refuses; it asks. The command line asks with exit code 3 until ``--yes``, the
form on the board in place.
"""

from __future__ import annotations

from gztrack.language import term, tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

TIMES_OFF = 10
"""A value this many times the nearest reading or more is asked about, or one over it or less: so is a zero too many."""

POINTS_OFF = 50
"""Rates: this many percentage points away from the nearest reading are asked about."""

TIMES_OFF_TARGET = 100
"""The same against the target while there is no reading: a goal may be far away."""

_HAIR = 1e-9
"""Floats miss a limit that decimals hit; what is this close to it is on it."""

_SLIPS = (
    (1e4, term("万 and 亿")),
    (1e3, term("k and m, or m and bn")),
    (1e8, term("a bare number and 亿")),
    (1e6, term("a bare number and m")),
)


class Beside(NamedTuple):
    """What a new value is held against.

    Attributes:
        value: The nearest reading's value, or the target's.
        shown: The same as text, with its period ("310,000 in 2020-06").
        target: It is the target, for there is no reading yet.
    """

    value: float
    shown: str
    target: bool = False


def is_far(value: float, other: float, *, rate: bool, target: bool = False) -> bool:
    """Whether a value is so far from what it is held against that it is asked about.

    Args:
        value: The new value.
        other: The nearest reading's value, or the target's.
        rate: The indicator is a growth rate, so distance is in percentage points.
        target: It is the target's.
    """
    if rate:
        return not target and abs(value - other) > POINTS_OFF * (1 + _HAIR)
    if other == 0 or value == 0:
        return False
    limit = TIMES_OFF_TARGET if target else TIMES_OFF
    return not 1 / limit * (1 + _HAIR) < abs(value / other) < limit * (1 - _HAIR)


def value_slip(value: float, beside: Beside | None, *, rate: bool) -> str:
    """Return the question to ask about a value, or empty when it looks right.

    Args:
        value: The new value.
        beside: The nearest reading of the same series and coverage, else the target, else None.
        rate: The indicator is a growth rate, so distance is in percentage points.
    """
    if beside is None or not is_far(value, beside.value, rate=rate, target=beside.target):
        return ""
    if rate:
        away = _times(abs(value - beside.value))
        return _asked(
            tr("{points} points away from the last value ({beside})", points=away, beside=beside.shown)
        )
    if (value < 0) != (beside.value < 0):
        return _asked(_across_zero(value, beside))
    times = abs(value / beside.value)
    return _slip(_size(times, beside), times)


def _across_zero(value: float, beside: Beside) -> str:
    if beside.target and value < 0:
        return tr("below zero, and the target is {beside}", beside=beside.shown)
    if beside.target:
        return tr("above zero, and the target is {beside}", beside=beside.shown)
    if value < 0:
        return tr("below zero, and the last value was {beside}", beside=beside.shown)
    return tr("above zero, and the last value was {beside}", beside=beside.shown)


def _size(times: float, beside: Beside) -> str:
    """How large a value is beside another."""
    if times > 1:
        said, shown = _times(times), beside.shown
        if beside.target:
            return tr("{times} times the target ({beside})", times=said, beside=shown)
        return tr("{times} times the last value ({beside})", times=said, beside=shown)
    said, shown = _times(1 / times), beside.shown
    if beside.target:
        return tr("1/{times} of the target ({beside})", times=said, beside=shown)
    return tr("1/{times} of the last value ({beside})", times=said, beside=shown)


def period_slip(label: str, end: date, today: date) -> str:
    """Return the question to ask about a period that has not ended, or empty."""
    if end <= today:
        return ""
    return _asked(tr("{period} ends on {end}, after today ({today})", period=label, end=end, today=today))


def _asked(slip: str) -> str:
    return tr("{slip}. Is that right?", slip=slip)


def _slip(size: str, times: float) -> str:
    """The question about a size: which two scales were probably mixed up, where a power of ten is near."""
    factor = times if times > 1 else 1 / times
    if abs(factor / TIMES_OFF - 1) <= _HAIR:
        return (
            tr("{size}; a zero too many?", size=size)
            if times > 1
            else tr("{size}; a zero too few?", size=size)
        )
    for power, pair in _SLIPS:
        if power / 3 <= factor <= power * 3:
            return tr("{size}; {scales} mixed up?", size=size, scales=tr(pair))
    return _asked(size)


def _times(number: float) -> str:
    return f"{number:,.0f}" if number >= 9.95 else f"{number:.1f}"
