"""Time between dates, and how long periods are."""

from __future__ import annotations

import calendar
from datetime import date
from fractions import Fraction


def anniversary(day: date, count: int) -> date:
    """The day ``count`` years on; 29 February falls on the 28th where there is none."""
    year = day.year + count
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return date(year, day.month, day.day)


def years(start: date, end: date) -> Fraction:
    """Whole anniversaries, counted one by one, and the days left over those to the next one."""
    if end < start:
        return -years(end, start)
    count = 0
    while anniversary(start, count + 1) <= end:
        count += 1
    last, following = anniversary(start, count), anniversary(start, count + 1)
    return count + Fraction((end - last).days, (following - last).days)


def months_on(day: date, count: int) -> date:
    """A period's end that many months later: month ends stay month ends."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    length = calendar.monthrange(year, month)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month, length if at_end else min(day.day, length))


def length_of(start: date, end: date) -> tuple[str, int]:
    """How long a period is, in whole months if it has them, else in days."""
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        return "months", (end.year - start.year) * 12 + end.month - start.month + 1
    return "days", (end - start).days + 1
