"""Periods as people type them: ``2020``, ``2019-Q3``, ``2020-05``, ``2019-01..2019-09``, ``last friday``.

A period is kept with the label that it was given, in one canonical spelling, and as first and
last day. Words that go by today (``yesterday``) become the dates that they name. What does not
exist is refused with what does.
"""

from __future__ import annotations

from datetime import date

from gztrack.domain.grammar.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    ONE_DAY,
    add_months,
    days_in_month,
    out_of_range,
    week_start,
    weeks_in_year,
    whole_months,
    years,
)
from gztrack.domain.grammar.folding import all_digits, fold
from gztrack.domain.text import meant
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple

__all__ = [
    "Due",
    "Period",
    "add_months",
    "last_complete",
    "parse_day",
    "parse_due",
    "parse_period",
    "spelled",
    "years",
]


class NoSuchPeriodError(InputError):
    """It is spelled as a period, and the calendar has none such."""


class Period(NamedTuple):
    """A stretch of time that a figure stands for.

    Attributes:
        label: Canonical spelling: ``2020``, ``2020-H1``, ``2019-Q3``, ``2020-05``, ``2020-W05``,
            ``2020-05-17``, ``2019-01..2019-09``, ``2019-Q1..Q3``, ``2021..2025``.
        start: First day.
        end: Last day, included.
    """

    label: str
    start: date
    end: date

    @property
    def months(self) -> int | None:
        """Coverage in whole months: a year has 12, a quarter 3; None for days and weeks."""
        return whole_months(self.start, self.end)


class Due(NamedTuple):
    """When a target is due.

    Attributes:
        label: As typed, in canonical spelling; ``none`` when no date was stated.
        start: First day of the period that was typed; None for a plain date and for ``none``.
        end: Last day that counts; None for ``none``.
    """

    label: str
    start: date | None
    end: date | None


def parse_period(text: str, today: date) -> Period:
    """Reads a period.

    Args:
        text: As typed or pasted.
        today: What ``yesterday`` and ``last month`` go by.

    Raises:
        InputError: There is no such period; the message says which there are.
    """
    folded = " ".join(fold(text).split())
    if not folded:
        raise InputError(tr("empty: type a period, like 2020, 2019-Q3, 2020-05 or 2020-05-17"))
    first, dots, last = folded.partition("..")
    if dots:
        return _span(first.strip(), last.strip(), today)
    return _one(folded, today)


def parse_day(text: str, today: date) -> date:
    """Reads a date, or a period whose last day counts (``--published``, ``--as-of``).

    Raises:
        InputError: There is no such date or period.
    """
    return parse_period(text, today).end


def parse_due(text: str, today: date) -> Due:
    """Reads a due date: a date, a period (its end counts) or ``none``.

    Raises:
        InputError: There is no such date or period.
    """
    word = fold(text).lower()
    if meant(word, ("none",), "due date"):
        return Due("none", None, None)
    if not word:
        raise InputError(tr("empty: type a date, a period or none"))
    period = parse_period(text, today)
    return Due(period.label, None if period.start == period.end else period.start, period.end)


def spelled(period: Period) -> str:
    """Says a period in words: ``June 2020, ends 2020-06-30``.

    Returns:
        The period; its last day is added where the words do not name it.
    """
    from gztrack.domain.grammar.spelling import in_words

    return in_words(*period)


def _one(text: str, today: date) -> Period:
    """Reads a period without dots.

    Raises:
        InputError: There is no such period.
    """
    compact = text.upper().replace(" ", "")
    if compact[:1] in ("H", "Q") and len(compact) >= 6:
        # Q3 2019 and Q3-2019
        compact = compact[-4:] + compact[:-4].rstrip("-")
    found = _numbers(compact)
    if found is None:
        return _in_words(text, today)
    letter, (year, *parts) = found
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise out_of_range()
    if letter:
        return _part(year, letter, *parts)
    if len(parts) == 2:
        return _day(year, *parts)
    return _month(year, *parts) if parts else _months_period(year, 0, 12)


def _numbers(text: str) -> tuple[str, list[int]] | None:
    """Takes apart a year, a year with a half, quarter or week, or one with a month and maybe a day.

    By hand, for to import regular expressions costs as much as to log a reading.

    Returns:
        ``H``, ``Q``, ``W`` or nothing, and the year with its one or two numbers, if any; None where the text is
        none of these.
    """
    year, rest = text[:4], text[4:]
    if len(year) < 4 or not all_digits(year):
        return None
    letter, parts = "", rest.split("-")
    behind = rest.removeprefix("-")
    if behind and behind[0] in "HQW":
        letter, parts = behind[0], ["", behind[1:]]
    if parts[0] or len(parts) > 3 or not all(len(part) <= 2 and all_digits(part) for part in parts[1:]):
        return None
    return letter, [int(year), *map(int, parts[1:])]


def _in_words(text: str, today: date) -> Period:
    """Reads words for a period; what serves words only is loaded when there are some.

    Raises:
        InputError: There is no such period.
    """
    from gztrack.domain.grammar.period_words import canonical

    label = canonical(text.lower(), today)
    if label:
        return parse_period(label, today)
    from gztrack.domain.grammar.misread import meant

    raise InputError(meant(text, today))


def _part(year: int, letter: str, number: int) -> Period:
    """A half, quarter or week.

    Raises:
        InputError: The year has no such part.
    """
    if letter == "W":
        count = weeks_in_year(year)
        if not 1 <= number <= count:
            weeks = {"first": f"{year}-W01", "last": f"{year}-W{count}"}
            raise NoSuchPeriodError(tr("no such week: {first} to {last}", **weeks))
        monday = week_start(year, number)
        return Period(f"{year}-W{number:02}", monday, monday + 6 * ONE_DAY)
    if letter == "H" and number not in (1, 2):
        halves = {"first": f"{year}-H1", "last": f"{year}-H2"}
        raise NoSuchPeriodError(tr("no such half: {first} and {last}", **halves))
    if letter == "Q" and not 1 <= number <= 4:
        quarters = {"first": f"{year}-Q1", "last": f"{year}-Q4"}
        raise NoSuchPeriodError(tr("no such quarter: {first} to {last}", **quarters))
    length = 6 if letter == "H" else 3
    return _months_period(year, (number - 1) * length, length)


def _month(year: int, month: int) -> Period:
    """A month.

    Raises:
        InputError: There is none of that number.
    """
    if not 1 <= month <= 12:
        known = {"first": f"{year}-01", "last": f"{year}-12"}
        if month == (year + 1) % 100:
            fiscal = f"{year}-04..{year + 1}-03"
            raise NoSuchPeriodError(
                tr(
                    "no such month: {first} to {last}; for a fiscal year write {fiscal}",
                    **known,
                    fiscal=fiscal,
                )
            )
        raise NoSuchPeriodError(tr("no such month: {first} to {last}", **known))
    return _months_period(year, month - 1, 1)


def _day(year: int, month: int, day: int) -> Period:
    """A day.

    Raises:
        InputError: The calendar has none such.
    """
    length = days_in_month(year, _month(year, month).start.month)
    if not 1 <= day <= length:
        raise NoSuchPeriodError(
            tr("no such day: {month} {year} has {days}", month=tr(MONTHS[month - 1]), year=year, days=length)
        )
    found = date(year, month, day)
    return Period(found.isoformat(), found, found)


def _span(first: str, last: str, today: date) -> Period:
    """Reads ``FIRST..LAST``.

    Raises:
        InputError: One end is missing or does not exist, the ends differ in kind, or the
            later one comes first.
    """
    if not first or not last or last.startswith(".") or ".." in last:
        raise InputError(tr("a range has two ends: write 2019-01..2019-09 or 2021..2025"))
    one = _one(first, today)
    two = _one(_completed(last, one.label), today)
    if ".." in one.label or ".." in two.label:
        right = f"{one.start.isoformat()}..{two.end.isoformat()}"
        raise InputError(tr("a range has two ends, not more: write {right}", right=right))
    if two.end < one.start or (two.start < one.start and _kind(one.label) == _kind(two.label)):
        right = f"{two.label}..{one.label}"
        raise InputError(tr("it ends before it starts: write {right}", right=right))
    if _kind(one.label) != _kind(two.label):
        raise InputError(tr("both ends alike: write {right}", right=_alike(one.start, two.end)))
    if one == two:
        return one
    short = _kind(one.label) in ("H", "Q", "W") and one.label[:4] == two.label[:4]
    return Period(f"{one.label}..{two.label[5:] if short else two.label}", one.start, two.end)


def _kind(label: str) -> str:
    """What a label without dots names: ``year``, ``month``, ``day``, or ``H``, ``Q``, ``W``."""
    if len(label) == 4:
        return "year"
    return label[5] if label[5] in "HQW" else "month" if len(label) == 7 else "day"


def _completed(last: str, first: str) -> str:
    """Fills up the short end of a range from its first one: ``2019-01..09``, ``2019-Q1..Q3``.

    Raises:
        InputError: A year was cut short.
    """
    compact = last.upper().replace(" ", "")
    kind, year = _kind(first), first[:4]
    if compact[:1] in ("H", "Q", "W") and all_digits(compact[1:]) and len(compact) <= 3:
        return f"{year}-{compact}"
    if (
        all_digits(compact.replace("-", ""))
        and len(compact) <= 5
        and len(compact) != 4
        and "-" in compact[1:-1]
    ):
        return f"{year}-{compact}"
    if not all_digits(compact) or len(compact) > 2:
        return last
    if kind == "year":
        right = f"{first}..{year[:2]}{compact.rjust(2, '0')}"
        raise InputError(tr("write both years in full: {right}", right=right))
    return f"{first[:8] if kind == 'day' else first[:6] if kind in 'HQW' else first[:5]}{compact}"


def _alike(start: date, end: date) -> str:
    """A range with ends of one kind, for a message."""
    if whole_months(start, end):
        return f"{start.isoformat()[:7]}..{end.isoformat()[:7]}"
    return f"{start.isoformat()}..{end.isoformat()}"


def last_complete(months: int, today: date) -> Period:
    """The last period of a length whose last day is over.

    Twelve months are a year, six a half, three a quarter, one a month. Other lengths under a
    year start in January, as cumulative figures do (nine: ``2019-Q1..Q3``, eleven:
    ``2019-01..2019-11``); longer ones are whole years or end with the last month.

    Args:
        months: Length in months, at least 1.
        today: The day that is not over yet.
    """
    if months in (1, 3, 6, 12):
        index = (today.year * 12 + today.month - 1) // months - 1
        return _months_period(*divmod(index * months, 12), months)
    if months % 12 == 0:
        return _months_period(today.year - months // 12, 0, months)
    if months < 12:
        over = today.month > months
        return _months_period(today.year if over else today.year - 1, 0, months)
    return _months_period(*divmod(today.year * 12 + today.month - 1 - months, 12), months)


def _months_period(year: int, month: int, months: int) -> Period:
    """The period that starts in a month (0 is January) and is so many months long."""
    last_year, last_month = divmod(year * 12 + month + months - 1, 12)
    if months == 12 and month == 0:
        label = f"{year}"
    elif months == 6 and month % 6 == 0:
        label = f"{year}-H{month // 6 + 1}"
    elif months == 3 and month % 3 == 0:
        label = f"{year}-Q{month // 3 + 1}"
    elif months == 1:
        label = f"{year}-{month + 1:02}"
    elif months == 9 and month == 0:
        label = f"{year}-Q1..Q3"
    elif months % 12 == 0 and month == 0:
        label = f"{year}..{last_year}"
    else:
        label = f"{year}-{month + 1:02}..{last_year}-{last_month + 1:02}"
    end = date(last_year, last_month + 1, days_in_month(last_year, last_month + 1))
    return Period(label, date(year, month + 1, 1), end)
