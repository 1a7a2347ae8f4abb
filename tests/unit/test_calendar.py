"""Arithmetic of dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gztrack.domain.grammar.calendar import weeks_in_year
from gztrack.domain.periods import add_months, years

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2019-12-31", "2020-12-31", 1.0),
        ("2019-12-31", "2024-12-31", 5.0),
        ("2020-02-29", "2021-02-28", 1.0),
        ("2020-02-29", "2024-02-29", 4.0),
        ("2019-12-31", "2019-12-31", 0.0),
        ("2019-12-31", "2020-06-30", 182 / 366),
        ("2020-12-31", "2021-06-30", 181 / 365),
        ("2020-12-31", "2019-12-31", -1.0),
    ],
)
def test_years_count_anniversaries_and_the_share_of_the_next(start: str, end: str, expected: float) -> None:
    assert years(date.fromisoformat(start), date.fromisoformat(end)) == expected


@settings(max_examples=200, deadline=None)
@given(DAYS, DAYS, DAYS)
def test_years_grow_with_the_later_date(a: date, b: date, c: date) -> None:
    first, second, third = sorted((a, b, c))
    assert years(first, second) <= years(first, third)
    assert years(first, second) == -years(second, first)
    assert abs(years(first, third) - (third - first).days / 365.2425) < 0.01


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2019-09-30", 3, "2019-12-31"),
        ("2020-12-31", -12, "2019-12-31"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2021-02-28", 36, "2024-02-29"),
        ("2020-01-30", 1, "2020-02-29"),
        ("2020-05-17", -5, "2019-12-17"),
        ("2020-05-17", 0, "2020-05-17"),
    ],
)
def test_months_are_added_month_end_to_month_end(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@settings(max_examples=200, deadline=None)
@given(DAYS)
def test_years_have_as_many_weeks_as_the_iso_calendar_gives(day: date) -> None:
    year, week, _ = day.isocalendar()
    assert 1 <= week <= weeks_in_year(year)
    assert date.fromisocalendar(year, weeks_in_year(year), 7).isocalendar().year == year
