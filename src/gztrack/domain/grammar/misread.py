"""What somebody meant who typed a period in a spelling that is not ours."""

from __future__ import annotations

import re
from datetime import date

from gztrack.domain.grammar.calendar import FIRST_YEAR, LAST_YEAR, days_in_month
from gztrack.domain.grammar.folding import quoted
from gztrack.language import tr


def meant(text: str, today: date) -> str:
    """The message for a text that is no period: what it looks like and how to write that.

    Args:
        text: Folded, single blanks.
        today: Gives the year where one is missing.
    """
    compact = text.upper().replace(" ", "")
    for pattern, answer in (
        (r"([0-9]{4})/([0-9]{4}|[0-9]{1,2})", _slash),
        (r"([0-9]{4})-([0-9]{4})", _hyphen),
        (r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})", _date),
        (r"([0-9]{4})([0-9]{2})([0-9]{2})", _date),
        (r"([0-9]{4})\.?([0-9]{2})", _date),
        (r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", _year_last),
        (r"([0-9]{1,2})[/.-]([0-9]{4})", _month_first),
    ):
        found = re.fullmatch(pattern, compact)
        if found and answer(found):
            return answer(found)
    if re.fullmatch(r"[HQW][0-9]{1,2}", compact):
        right = f"{today.year}-{compact}"
        return tr("the year is missing: write {right}", right=right)
    return tr("no period in {text}: write 2020, 2019-Q3, 2020-05 or 2020-05-17", text=quoted(text))


def _slash(found: re.Match[str]) -> str:
    """``2014/15`` is a fiscal year, ``2020/05`` a month, ``2011/12`` either."""
    year, second = int(found[1]), int(found[2])
    month = f"{year}-{second:02}" if 1 <= second <= 12 else ""
    fiscal = f"{year}-04..{year + 1}-03" if second in (year + 1, (year + 1) % 100) else ""
    if month and fiscal:
        return tr("ambiguous: write {one} or {other}", one=fiscal, other=month)
    if fiscal:
        return tr("a fiscal year needs its months: write {right}", right=fiscal)
    right = month or f"{year}..{second}"
    return tr("no slash: write {right}", right=right)


def _hyphen(found: re.Match[str]) -> str:
    right = f"{found[1]}..{found[2]}"
    return tr("a hyphen makes no range: write {right}", right=right)


def _date(found: re.Match[str]) -> str:
    year, *parts = found.groups()
    numbers = [int(part) for part in parts]
    if not 1 <= numbers[0] <= 12 or not 1 <= numbers[-1] <= 31:
        return ""
    right = "-".join([year, *(f"{number:02}" for number in numbers)])
    return tr("hyphens part a date: write {right}", right=right)


def _year_last(found: re.Match[str]) -> str:
    """``31/12/2025`` can be one day only, ``05/06/2025`` one of two."""
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    pairs = dict.fromkeys([(second, first), (first, second)])
    days = [
        f"{year}-{month:02}-{day:02}"
        for month, day in pairs
        if 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)
    ]
    if not days or not FIRST_YEAR <= year <= LAST_YEAR:
        return tr("the year comes first: write it like {right}", right="2020-05-17")
    if len(days) > 1:
        return tr("ambiguous: write {one} or {other}", one=days[0], other=days[1])
    return tr("the year comes first: write {right}", right=days[0])


def _month_first(found: re.Match[str]) -> str:
    month, year = int(found[1]), int(found[2])
    if not 1 <= month <= 12 or not FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    right = f"{year}-{month:02}"
    return tr("the year comes first: write {right}", right=right)
