"""Arithmetic of dates: month ends, whole months, years with fractions."""

from __future__ import annotations

from datetime import date, timedelta

from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.light import lru_cache

FIRST_YEAR = 1900
LAST_YEAR = 2200
ONE_DAY = timedelta(days=1)

MONTHS = (
    term("January"),
    term("February"),
    term("March"),
    term("April"),
    term("May"),
    term("June"),
    term("July"),
    term("August"),
    term("September"),
    term("October"),
    term("November"),
    term("December"),
)
WEEKDAYS = (
    term("Monday"),
    term("Tuesday"),
    term("Wednesday"),
    term("Thursday"),
    term("Friday"),
    term("Saturday"),
    term("Sunday"),
)


def out_of_range() -> InputError:
    """The refusal of a date that is none of ours."""
    return InputError(tr("out of range: years {first} to {last}", first=FIRST_YEAR, last=LAST_YEAR))


def days_in_month(year: int, month: int) -> int:
    """The number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def month_end(day: date) -> date:
    """The last day of the month that a day lies in."""
    return day.replace(day=days_in_month(day.year, day.month))


def add_months(day: date, months: int) -> date:
    """Moves a date by whole months, month end to month end.

    The last day of a month stays one (2019-09-30 and three months: 2019-12-31); any other day
    keeps its number, or becomes the last day of a month that is too short for it.

    Args:
        day: Where to start.
        months: How many months forth, or back if negative.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = days_in_month(year, month + 1)
    at_end = day.day == days_in_month(day.year, day.month)
    return date(year, month + 1, length if at_end else min(day.day, length))


@lru_cache(maxsize=1 << 12)  # the figures of one indicator ask for the same few again and again
def years(start: date, end: date) -> float:
    """The time between two dates in years.

    Whole anniversaries, plus the days left over the days from the last anniversary to the next;
    29 February has its anniversary on the 28th in years that lack it. 2019-12-31 to 2020-12-31
    is exactly 1. Negative where ``end`` lies before ``start``.
    """
    if end < start:
        return -years(end, start)
    whole = end.year - start.year
    if _anniversary(start, whole) > end:
        whole -= 1
    last, following = _anniversary(start, whole), _anniversary(start, whole + 1)
    return whole + (end - last).days / (following - last).days


def _anniversary(day: date, count: int) -> date:
    year = day.year + count
    return date(year, day.month, min(day.day, days_in_month(year, day.month)))


def whole_months(start: date, end: date) -> int | None:
    """How many months a span covers, both days included; None if it cuts a month."""
    if start.day != 1 or end != month_end(end):
        return None
    return (end.year - start.year) * 12 + end.month - start.month + 1


def weeks_in_year(year: int) -> int:
    """The number of ISO weeks of a year: 52 or 53."""
    return date(year, 12, 28).isocalendar().week


def week_start(year: int, week: int) -> date:
    """The Monday of an ISO week."""
    fourth = date(year, 1, 4)
    return fourth + timedelta(days=7 * (week - 1) - fourth.weekday())
