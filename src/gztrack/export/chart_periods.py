"""Ends of months, quarters, halves and years, for ticks of a chart's axis of time. Pure."""

from __future__ import annotations

from datetime import date

from gztrack.domain.grammar.calendar import days_in_month

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
"""Lengths of periods that ticks may stand for, in months."""


def ends(start: date, end: date, months: int) -> Iterator[date]:
    """Last days of the periods of so many months between two days."""
    at = start.year * 12 + start.month
    whole_years = 12 if months > 12 else 0  # 2020 and 2030, not the years before them
    at = -(-(at - whole_years) // months) * months + whole_years
    while True:
        year, month = divmod(at - 1, 12)
        if year > 9999:
            return
        day = date(year, month + 1, days_in_month(year, month + 1))
        if day > end:
            return
        if day >= start:
            yield day
        at += months


def label(day: date, months: int) -> str:
    """The period of so many months that ends on a day: ``2023``, ``2023-H1``, ``2023-Q3``, ``2023-11``."""
    if months >= 12:
        return f"{day.year}"
    if months == 6:
        return f"{day.year}-H{day.month // 6}"
    return f"{day.year}-Q{day.month // 3}" if months == 3 else f"{day.year}-{day.month:02}"
