"""Periods in English words: ``third quarter of 2019``, ``January to September 2019``."""

from __future__ import annotations

from datetime import date

from gztrack.domain.calendar import MONTHS, WEEKDAYS

_ORDINALS = ("first", "second", "third", "fourth")
_COUNTS = ("", "one", "two", "three", "four")
_PARTS = {"Q": "quarter", "H": "half"}


def in_words(label: str, start: date, end: date) -> str:
    """Says a period in English, with the last day where the words do not name it.

    Args:
        label: Canonical label.
        start: First day.
        end: Last day.

    Returns:
        ``June 2020, ends 2020-06-30``, or ``Sunday 17 May 2020`` for a day.
    """
    first, dots, last = label.partition("..")
    if dots:
        words = _span(
            first, last if len(last) >= 4 and last[:4].isdigit() else f"{first[:4]}-{last}", start, end
        )
    elif start == end:
        return f"{WEEKDAYS[start.weekday()]} {_day(start)}"
    else:
        words = f"year {first}" if len(first) == 4 else _one(first)
    return f"{words}, ends {end.isoformat()}"


def _span(first: str, last: str, start: date, end: date) -> str:
    """Two ends of one kind, given as full labels."""
    kind = first[5:6]
    same_year = first[:4] == last[:4]
    if len(first) == 10:
        return f"{_day(start)} to {_day(end)}"
    if not same_year or len(first) == 4:
        return f"{_one(first)} to {_one(last)}"
    year = first[:4]
    if kind == "W":
        return f"weeks {int(first[6:])} to {int(last[6:])} of {year}"
    if kind in _PARTS:
        part = _PARTS[kind]
        since, until = int(first[6:]), int(last[6:])
        if since == 1 and kind == "Q":
            return f"first {_COUNTS[until]} quarters of {year}"
        return f"{_ORDINALS[since - 1]} to {_ORDINALS[until - 1]} {part} of {year}"
    return f"{MONTHS[start.month - 1]} to {MONTHS[end.month - 1]} {year}"


def _one(label: str) -> str:
    """A year, half, quarter, week or month."""
    year, kind = label[:4], label[5:6]
    if not kind:
        return year
    if kind == "W":
        return f"week {int(label[6:])} of {year}"
    if kind in _PARTS:
        return f"{_ORDINALS[int(label[6:]) - 1]} {_PARTS[kind]} of {year}"
    return f"{MONTHS[int(label[5:7]) - 1]} {year}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
