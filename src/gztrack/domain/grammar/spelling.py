"""Periods in English words: ``Q3 2019``, ``first half 2020``, ``Jan to Sep 2019``.

Short enough that the last day, which is what counts, is still on the line in 80 columns.
"""

from __future__ import annotations

from datetime import date

from gztrack.domain.grammar.calendar import MONTHS, WEEKDAYS

_HALVES = ("first half", "second half")


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
    if kind == "Q":
        return f"{first[5:]} to {last[5:]} {year}"
    if kind == "H":
        return f"both halves of {year}"
    return f"{MONTHS[start.month - 1][:3]} to {MONTHS[end.month - 1][:3]} {year}"


def _one(label: str) -> str:
    """A year, half, quarter, week or month."""
    year, kind = label[:4], label[5:6]
    if not kind:
        return year
    if kind == "W":
        return f"week {int(label[6:])} of {year}"
    if kind == "Q":
        return f"{label[5:]} {year}"
    if kind == "H":
        return f"{_HALVES[int(label[6:]) - 1]} {year}"
    return f"{MONTHS[int(label[5:7]) - 1]} {year}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
