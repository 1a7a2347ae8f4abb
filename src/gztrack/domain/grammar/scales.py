"""Words and letters for powers of ten: ``k``, ``million``, 万, 亿, 万亿."""

from __future__ import annotations

from gztrack.language import numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_POWERS: dict[str, int] = {
    **dict.fromkeys(("k", "thousand", "thousands"), 3),
    **dict.fromkeys(("m", "mn", "mln", "million", "millions"), 6),
    **dict.fromkeys(("b", "bn", "bln", "billion", "billions"), 9),
    **dict.fromkeys(("t", "tn", "trn", "trillion", "trillions"), 12),
}

_CHINESE: dict[str, int] = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "亿": 8,
    "万": 4,
    "千": 3,
    "百": 2,
}

_THOUSANDS: dict[int, str] = {12: "tn", 9: "bn", 6: "m", 3: "k"}
_MYRIADS: dict[int, str] = {12: "万亿", 8: "亿", 4: "万"}

_TWINS: dict[str, str] = {"tn": "trn", "bn": "bln", "m": "mn", "k": "K"}


def power_of(word: str) -> int | None:
    """The power of ten of a scale word in Latin letters, in any case; None if it is none."""
    return _POWERS.get(word.lower())


def leading_chinese(text: str) -> str:
    """The Chinese scale that the text starts with, the longest one; empty if none."""
    return next((word for word in _CHINESE if text.startswith(word)), "")


def chinese_power(word: str) -> int:
    """The power of ten of a Chinese scale word."""
    return _CHINESE[word]


def counts_in_myriads() -> bool:
    """Whether large numbers are shown in 万 and 亿."""
    return numbers() == "zh"


def shown() -> dict[int, str]:
    """The scales that figures are shown in: power of ten to letters, largest first."""
    return _MYRIADS if counts_in_myriads() else _THOUSANDS


def short_for(power: int, taken: str = "") -> str:
    """The letters shown for a power of ten: ``k``, ``m``, ``bn``, ``tn``, or 万, 亿, 万亿.

    Args:
        power: One of `shown`.
        taken: A word that means the unit here (``m`` for metres), so that a twin stands in.
    """
    letters = shown()[power]
    return _TWINS[letters] if letters == taken else letters


def widest(values: Iterable[float]) -> int:
    """Columns of the widest scale that figures of this size may be shown by: two, or four for 万亿."""
    largest = max(values, key=abs, default=0)
    return max([2, *(cells(letters) for power, letters in shown().items() if abs(largest) >= 10**power)])


def cells(text: str) -> int:
    """Columns that a figure takes: its only wide characters are Chinese scales."""
    return len(text) if text.isascii() else len(text) + sum(letter in "万亿" for letter in text)
