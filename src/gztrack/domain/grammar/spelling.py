"""Periods in words: ``Q3 2019``, ``first half 2020``, ``Jan to Sep 2019``, 2019年第3季度.

Short enough that the last day, which is what counts, is still on the line in 80 columns.
"""

from __future__ import annotations

from datetime import date

from gztrack.domain.grammar.calendar import MONTHS, WEEKDAYS
from gztrack.language import ptr, term, tr

_HALVES = (term("first half {year}"), term("second half {year}"))
_SHORT = (
    term("Jan"),
    term("Feb"),
    term("Mar"),
    term("Apr"),
    term("May"),
    term("Jun"),
    term("Jul"),
    term("Aug"),
    term("Sep"),
    term("Oct"),
    term("Nov"),
    term("Dec"),
)


def in_words(label: str, start: date, end: date) -> str:
    """Says a period, with the last day where the words do not name it.

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
        return tr("{weekday} {day}", weekday=tr(WEEKDAYS[start.weekday()]), day=_day(start))
    else:
        words = tr("year {year}", year=first) if len(first) == 4 else _one(first)
    return tr("{period}, ends {day}", period=words, day=end.isoformat())


def _span(first: str, last: str, start: date, end: date) -> str:
    """Two ends of one kind, given as full labels."""
    kind = first[5:6]
    same_year = first[:4] == last[:4]
    if len(first) == 10:
        return tr("{first} to {last}", first=_day(start), last=_day(end))
    if not same_year or len(first) == 4:
        return tr("{first} to {last}", first=_one(first), last=_one(last))
    year = first[:4]
    if kind == "W":
        return tr("weeks {first} to {last} of {year}", first=int(first[6:]), last=int(last[6:]), year=year)
    if kind == "Q":
        return tr("Q{first} to Q{last} {year}", first=first[6:], last=last[6:], year=year)
    if kind == "H":
        return tr("both halves of {year}", year=year)
    months = {"first": tr(_SHORT[start.month - 1]), "last": tr(_SHORT[end.month - 1])}
    return tr("{first} to {last} {year}", **months, year=year)


def _one(label: str) -> str:
    """A year, half, quarter, week or month."""
    year, kind = label[:4], label[5:6]
    if not kind:
        return ptr("a year alone", "{year}", year=year)
    if kind == "W":
        return tr("week {week} of {year}", week=int(label[6:]), year=year)
    if kind == "Q":
        return tr("Q{quarter} {year}", quarter=label[6:], year=year)
    if kind == "H":
        return tr(_HALVES[int(label[6:]) - 1], year=year)
    return tr("{month} {year}", month=tr(MONTHS[int(label[5:7]) - 1]), year=year)


def _day(day: date) -> str:
    return tr("{day} {month} {year}", day=day.day, month=tr(MONTHS[day.month - 1]), year=day.year)
