"""What is right for a column of a snapshot's values: checked all at once, which is the quickest."""

from __future__ import annotations

from datetime import date

from gztrack.domain.records import LARGEST
from gztrack.light import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from typing import Any

    Column = Collection[Any]
    Checks = Callable[[Column], bool]

_TEXT = frozenset({str})
_FLAG = frozenset({bool})
_NUMBER = frozenset({int, float})

LARGEST_SHARE = 1e300
"""Fractions and margins are below it; what is divided by next to nothing is larger than any figure."""


def texts(values: Column) -> bool:
    """They are texts."""
    return _TEXT.issuperset(map(type, values))


def flags(values: Column) -> bool:
    """They are true or false."""
    return _FLAG.issuperset(map(type, values))


def numbers(values: Column) -> bool:
    """They are figures that can be kept."""
    return _NUMBER.issuperset(map(type, values)) and all(-LARGEST < value < LARGEST for value in values)


def shares(values: Column) -> bool:
    """They are fractions or margins."""
    return _NUMBER.issuperset(map(type, values)) and all(abs(value) < LARGEST_SHARE for value in values)


def days(values: Column) -> bool:
    """They are dates as ISO 8601 has them."""
    return texts(values) and all(map(_is_day, set(values)))


@lru_cache(maxsize=1 << 12)  # indicators have the same periods
def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def among(words: Iterable[str]) -> Checks:
    """They are some of these words."""
    known = frozenset(words)
    return lambda values: texts(values) and known.issuperset(values)


def maybe(right: Checks) -> Checks:
    """Where it may be missing."""
    return lambda values: right([value for value in values if value is not None])


def fields(values: Column) -> bool:
    """They are lists of texts."""
    return all(type(value) is list and (not value or texts(value)) for value in values)


def things(values: Column) -> bool:
    """They are objects, or missing."""
    return all(value is None or type(value) is dict for value in values)
