"""The time between two dates: whole anniversaries, and the rest as a share of the next year."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import oracle.dates
from builders import TODAY, assessed, goal, point
from gztrack.domain.periods import parse_period, years

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MANY = settings(max_examples=400, deadline=None)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # The same day, and anniversaries, across leap years or not.
        ("2020-06-30", "2020-06-30", 0),
        ("2019-12-31", "2020-12-31", 1),
        ("2020-12-31", "2021-12-31", 1),
        ("2015-12-31", "2030-12-31", 15),
        ("1999-12-31", "2100-12-31", 101),
        ("2020-06-30", "2025-06-30", 5),
        ("2000-01-01", "2001-01-01", 1),
        ("2021-05-17", "2022-05-17", 1),
        # A day more and a day less; 2024 and the years around 29 February are 366 days long.
        ("2019-12-31", "2021-01-01", 1 + Fraction(1, 365)),
        ("2019-12-31", "2020-12-30", Fraction(365, 366)),
        ("2020-12-31", "2021-12-30", Fraction(364, 365)),
        ("2023-03-01", "2024-02-29", Fraction(365, 366)),
        ("2022-03-01", "2023-02-28", Fraction(364, 365)),
        # Quarters and halves from a year's end.
        ("2019-12-31", "2020-03-31", Fraction(91, 366)),
        ("2019-12-31", "2020-06-30", Fraction(182, 366)),
        ("2019-12-31", "2020-09-30", Fraction(274, 366)),
        ("2020-12-31", "2021-03-31", Fraction(90, 365)),
        ("2020-12-31", "2021-06-30", Fraction(181, 365)),
        ("2020-12-31", "2021-09-30", Fraction(273, 365)),
        ("2019-12-31", "2021-03-31", 1 + Fraction(90, 365)),
        ("2019-12-31", "2024-06-30", 4 + Fraction(182, 366)),
        # From one quarter's end to another: the same distance in months is not the same in days.
        ("2019-03-31", "2019-06-30", Fraction(91, 366)),
        ("2019-06-30", "2019-09-30", Fraction(92, 366)),
        ("2019-09-30", "2020-03-31", Fraction(183, 366)),
        ("2020-03-31", "2021-06-30", 1 + Fraction(91, 365)),
        # Month ends: the anniversary is the day of the month, not the month's end.
        ("2019-04-30", "2019-05-31", Fraction(31, 366)),
        ("2020-01-31", "2020-02-29", Fraction(29, 366)),
        ("2019-02-28", "2020-02-28", 1),
        ("2019-02-28", "2020-02-29", 1 + Fraction(1, 366)),
        ("2019-05-31", "2020-12-31", 1 + Fraction(214, 365)),
        # 29 February has its anniversary on the 28th where there is none.
        ("2020-02-29", "2021-02-28", 1),
        ("2020-02-29", "2021-02-27", Fraction(364, 365)),
        ("2020-02-29", "2021-03-01", 1 + Fraction(1, 365)),
        ("2020-02-29", "2023-02-28", 3),
        ("2020-02-29", "2024-02-28", 3 + Fraction(365, 366)),
        ("2020-02-29", "2024-02-29", 4),
        ("2096-02-29", "2100-02-28", 4),
        ("2096-02-29", "2104-02-29", 8),
        # Backwards: as much below zero.
        ("2020-12-31", "2019-12-31", -1),
        ("2021-03-31", "2019-12-31", -1 - Fraction(90, 365)),
        ("2021-02-28", "2020-02-29", -1),
    ],
)
def test_years_between_two_dates(start: str, end: str, expected: Fraction | int) -> None:
    assert years(day(start), day(end)) == float(expected)
    assert oracle.dates.years(day(start), day(end)) == expected


@MANY
@given(DAYS, DAYS)
def test_years_are_those_that_counting_one_by_one_gives(start: date, end: date) -> None:
    assert years(start, end) == pytest.approx(float(oracle.dates.years(start, end)), rel=1e-15, abs=1e-15)


@MANY
@given(DAYS, st.integers(0, 60))
def test_an_anniversary_is_a_whole_number_of_years_to_the_last_bit(start: date, count: int) -> None:
    assert years(start, oracle.dates.anniversary(start, count)) == count


@MANY
@given(DAYS, st.integers(0, 60), st.integers(0, 20_000))
def test_years_add_up_over_an_anniversary(start: date, count: int, more: int) -> None:
    middle = oracle.dates.anniversary(start, count)
    # 29 February moves to the 28th, from where other anniversaries are counted.
    assume((start.month, start.day) != (2, 29) or (middle.month, middle.day) == (2, 29))
    end = middle + timedelta(more)
    assert years(start, end) == pytest.approx(count + years(middle, end), rel=1e-14)


@given(st.integers(1950, 2100), st.integers(0, 60), st.integers(0, 60))
def test_between_year_ends_years_are_the_difference_of_their_numbers(year: int, one: int, other: int) -> None:
    first, last = (parse_period(str(year + add), TODAY).end for add in (one, other))
    assert years(first, last) == other - one


@MANY
@given(DAYS, DAYS)
def test_a_day_more_is_more_and_backwards_is_as_much_below_zero(start: date, end: date) -> None:
    assert years(start, end + timedelta(1)) > years(start, end) or start > end
    assert years(end, start) == -years(start, end)
    if start <= end:
        assert years(start, end) <= end.year - start.year + 1
        assert int(years(start, end)) in (end.year - start.year, end.year - start.year - 1)


def test_time_is_reckoned_between_period_ends_not_by_counting_readings() -> None:
    readings = [point("2019", 100), point("2020", 110), point("2021", 130), point("2021-06", 120)]
    found = assessed(readings, goal(">= 200", "2024"))
    assert found.time == 2 / 5
    assert found.ratio is not None
    assert found.ratio.value == pytest.approx(((130 - 100) / 2) / ((200 - 100) / 5))


def test_a_quarter_is_its_share_of_the_days_of_the_year_from_the_baseline() -> None:
    found = assessed([point("2019", 0), point("2020-Q1", 1)], goal(">= 4", "2020"))
    assert found.time == 91 / 366
    assert found.ratio is not None
    assert found.ratio.value == pytest.approx(0.25 / (91 / 366))
    assert found.status == "on track"
