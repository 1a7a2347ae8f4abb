"""The guard: values and periods that are probably a slip, and which slip it probably is.

A guard never refuses; it asks. The command line asks with exit code 3 until ``--yes``, the
form on the board in place.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gztrack.language import term, tr

TIMES_OFF = 10
"""A value this many times the nearest reading, or less than one over it, is asked about."""

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


def value_slip(value: float, beside: Beside | None, *, rate: bool) -> str:
    """Return the question to ask about a value, or empty when it looks right.

    Args:
        value: The new value.
        beside: The nearest reading of the same series and coverage, else the target, else None.
        rate: The indicator is a growth rate, so distance is in percentage points.
    """
    if beside is None:
        return ""
    if rate:
        away = abs(value - beside.value)
        if beside.target or away <= POINTS_OFF * (1 + _HAIR):
            return ""
        points = tr(
            "{points} points away from the last value ({beside})", points=_times(away), beside=beside.shown
        )
        return _asked(points)
    if beside.value == 0 or value == 0:
        return ""
    times = abs(value / beside.value)
    limit = TIMES_OFF_TARGET if beside.target else TIMES_OFF
    if 1 / limit * (1 - _HAIR) <= times <= limit * (1 + _HAIR):
        return ""
    if (value < 0) != (beside.value < 0):
        return _asked(_across_zero(value, beside))
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
    for power, pair in _SLIPS:
        if power / 3 <= factor <= power * 3:
            return tr("{size}; {scales} mixed up?", size=size, scales=tr(pair))
    return _asked(size)


def _times(number: float) -> str:
    return f"{number:,.0f}" if number >= 9.95 else f"{number:.1f}"
