"""Reasons that a snapshot has in English, as people are answered.

A snapshot is English whatever the language, and a diff is told of snapshots alone. So a reason is recognised by
the text that it was made from; one that is not recognised stays as the snapshot has it.
"""

from __future__ import annotations

import re
from functools import cache

from gztrack.domain.amounts import exact, parse_amount
from gztrack.domain.reckoning.classes import qualified, times
from gztrack.domain.records import QUALIFIERS
from gztrack.errors import InputError
from gztrack.language import language, ntr, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

REASONS = (
    "cannot tell at the due date; met by {day}",
    "met by {day}",
    "already met by {period}",
    "still not met by {day}",
    "reached {period}, lost since",
    "no reading for the {length} to {day}",
    "no reading for {periods}",
    "no reading of {length} (mixed coverage)",
    "fewer than two readings of {length} (mixed coverage)",
    "the baseline covers {own}, the target {wanted} (mixed coverage)",
    "the last reading that proves anything before the due date is for {period}",
    "the last reading before the due date is for {period}",
    "pace is {ratio} of what the line from {since} needs",
    "pace is {ratio} of what the span needs",
    "growth since {since} is {ratio} of what the target needs",
    "growth since {since} would cover {ratio} of the way by {due}",
    "{growth} a year since {since} in the direction wanted",
    "{sum} in total",
    "{sum} so far",
)
"""What reasons are made from that hold figures; a narrower text stands before a wider one that it would fit too."""


def retold(reason: str) -> str:
    """A reason in English, as people are answered."""
    if language() == "en" or not reason:
        return reason
    if (said := _one(reason)) is not None:
        return said
    several = [_one(part) for part in reason.split("; ")]
    known = [part for part in several if part is not None]
    return tr("; ").join(known) if len(known) == len(several) else reason


def _one(reason: str) -> str | None:
    """The same of a reason that is no row of them; None where it is not recognised."""
    if (said := tr(reason)) != reason:
        return said
    for text, pattern in _patterns():
        if found := pattern.fullmatch(reason):
            values = {name: _VALUES.get(name, _as_it_is)(value) for name, value in found.groupdict().items()}
            return tr(text, **values)
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (text, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^;]+?)", re.escape(text)))) for text in REASONS
    )


def _as_it_is(value: str) -> str:
    return value


def _length(value: str) -> str:
    """A length of time: ``12 months``."""
    number, _, unit = value.partition(" ")
    if not number.isdecimal() or unit.removesuffix("s") not in ("month", "day"):
        return value
    if unit.startswith("month"):
        return ntr("{n} month", "{n} months", int(number))
    return ntr("{n} day", "{n} days", int(number))


def _qualified(value: str) -> tuple[str, str]:
    """A figure and the qualifier that stands before it in words."""
    for qualifier in QUALIFIERS:
        if value.startswith(f"{qualifier} "):
            return value.removeprefix(f"{qualifier} "), qualifier
    return value, "exact"


def _sum(value: str) -> str:
    """A figure without a unit: ``≥4,800``."""
    try:
        amount = parse_amount(value)
    except InputError:
        return value
    return exact(amount.value, "", amount.qualifier)


def _periods(value: str) -> str:
    return tr(", ").join(value.split(", "))


_VALUES: dict[str, Callable[[str], str]] = {
    "length": _length,
    "own": _length,
    "wanted": _length,
    "ratio": lambda value: times(*_qualified(value)),
    "growth": lambda value: qualified(*_qualified(value)),
    "sum": _sum,
    "periods": _periods,
}
"""How values are said that are more than figures and dates."""
