"""Words and letters for powers of ten: ``k``, ``million``, 万, 亿, 万亿."""

from __future__ import annotations

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

SHORT: dict[int, str] = {12: "tn", 9: "bn", 6: "m", 3: "k"}
"""The scales that figures are shown in, largest first."""

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


def short_for(power: int, taken: str = "") -> str:
    """The letters shown for a power of ten: ``k``, ``m``, ``bn``, ``tn``.

    Args:
        power: 3, 6, 9 or 12.
        taken: A word that means the unit here (``m`` for metres), so that a twin stands in.
    """
    letters = SHORT[power]
    return _TWINS[letters] if letters == taken else letters
