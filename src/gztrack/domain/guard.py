"""The guard: values and periods that are probably a slip, and which slip it probably is.

A guard never refuses; it asks. The command line asks with exit code 3 until ``--yes``, the
form on the board in place.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

TIMES_OFF = 10
"""A value this many times the nearest reading, or less than one over it, is asked about."""

POINTS_OFF = 50
"""Rates: this many percentage points away from the nearest reading are asked about."""

TIMES_OFF_TARGET = 100
"""The same against the target while there is no reading: a goal may be far away."""

_HAIR = 1e-9
"""Floats miss a limit that decimals hit; what is this close to it is on it."""

_SLIPS = (
    (1e4, "万 and 亿"),
    (1e3, "k and m, or m and bn"),
    (1e8, "a bare number and 亿"),
    (1e6, "a bare number and m"),
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
    what = "the target" if beside.target else "the last value"
    if rate:
        away = abs(value - beside.value)
        if beside.target or away <= POINTS_OFF * (1 + _HAIR):
            return ""
        return f"{_times(away)} points away from {what} ({beside.shown}). Is that right?"
    if beside.value == 0 or value == 0:
        return ""
    times = abs(value / beside.value)
    limit = TIMES_OFF_TARGET if beside.target else TIMES_OFF
    if 1 / limit * (1 - _HAIR) <= times <= limit * (1 + _HAIR):
        return ""
    if (value < 0) != (beside.value < 0):
        side = "below" if value < 0 else "above"
        return f"{side} zero, and {what} {'is' if beside.target else 'was'} {beside.shown}. Is that right?"
    size = f"{_times(times)} times" if times > 1 else f"1/{_times(1 / times)} of"
    return f"{size} {what} ({beside.shown}){_slip(times) or '. Is that right?'}"


def period_slip(label: str, end: date, today: date) -> str:
    """Return the question to ask about a period that has not ended, or empty."""
    if end <= today:
        return ""
    return f"{label} ends on {end}, after today ({today}). Is that right?"


def _slip(times: float) -> str:
    """Which two scales were probably mixed up; empty when no power of ten is near."""
    factor = times if times > 1 else 1 / times
    for power, pair in _SLIPS:
        if power / 3 <= factor <= power * 3:
            return f"; {pair} mixed up?"
    return ""


def _times(number: float) -> str:
    return f"{number:,.0f}" if number >= 9.95 else f"{number:.1f}"
