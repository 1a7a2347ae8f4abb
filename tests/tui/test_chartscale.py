"""Scales: round numbers on whole rows, ends of periods on the axis of time."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gztrack.domain.units import parse_unit
from gztrack.export.chart_numbers import tick_text, widened
from gztrack.tui.chartscale import ticks, times, values


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (495, 1085, (0, 1085)),
        (66.5, 70, (66.15, 70.35)),
        (0, 0, (0, 1)),
        (5, 5, (0, 5)),
        (-5, -5, (-5, 0)),
        (-80, -10, (-80, 0)),
        (0, 9, (0, 9)),
    ],
)
def test_the_range_begins_at_zero_unless_that_flattens_it(
    low: float, high: float, shown: tuple[float, float]
) -> None:
    assert tuple(map(float, widened(low, high))) == pytest.approx(shown)


def test_a_range_below_and_above_zero_has_a_tick_at_zero() -> None:
    found = values(*widened(-30, 43), 8)
    assert 0 in [value for _, value in found.ticks]


def test_counts_have_no_ticks_between_whole_numbers() -> None:
    found = values(*widened(19, 21), 16, whole=True)
    assert all(isinstance(value, int) for _, value in found.ticks)


_value = st.integers(-(10**14), 10**14) | st.floats(-1e9, 1e9).map(lambda value: round(value, 6))


@given(st.tuples(_value, _value), st.integers(4, 60))
def test_everything_is_on_the_scale_and_ticks_are_where_their_values_are(
    ends: tuple[float, float], rows: int
) -> None:
    low, high = min(ends), max(ends)
    found = values(*widened(low, high), rows)
    assert -0.001 <= found.row(high) <= found.row(low) <= rows - 1 + 0.001
    assert len(found.ticks) >= 2
    for row, value in found.ticks:
        assert found.row(value) == pytest.approx(row, abs=1e-6)


@given(st.integers(1, 10**13), st.integers(7, 40))
def test_the_range_fills_a_good_part_of_the_height(high: int, rows: int) -> None:
    found = values(Fraction(0), Fraction(high), rows)
    assert found.row(high) <= rows * 0.45


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1_500_000, "vehicles/year", "1.5 m"),
        (500_000, "stations", "500 k"),
        (250_000_000_000, "CNY/year", "250 bn"),
        (20, "%", "20 %"),
        (0, "stations", "0"),
        (0.2, "t", "0.2"),
        (-50, "t", "-50"),
    ],
)
def test_ticks_go_by_the_scales_of_every_other_figure(value: float, unit: str, text: str) -> None:
    assert tick_text(value, parse_unit(unit)) == text


def labels(first: str, last: str, columns: int) -> list[str]:
    scale = times(date.fromisoformat(first), date.fromisoformat(last), columns)
    return [tick.text for tick in ticks(scale, 6)]


def test_years_end_at_their_ticks() -> None:
    scale = times(date(2020, 12, 31), date(2027, 12, 31), 60)
    last = ticks(scale, 6)[-1]
    assert (last.text, last.column) == ("2027", round(scale.column(date(2027, 12, 31))))


def test_long_times_go_by_even_years_and_decades() -> None:
    assert labels("2014-01-01", "2027-12-31", 60)[-3:] == ["2022", "2024", "2026"]
    assert labels("1901-01-01", "2099-12-31", 60) == ["1900", "1950", "2000", "2050"]


def test_short_times_go_by_quarters_and_months() -> None:
    assert labels("2024-01-01", "2025-12-31", 100)[-3:] == ["2025-Q2", "2025-Q3", "2025-Q4"]
    assert labels("2024-01-01", "2024-06-30", 100)[-2:] == ["2024-05", "2024-06"]


@given(
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.integers(24, 220),
)
@example(date(1915, 1, 1), date(2136, 2, 1), 24)
def test_labels_of_time_never_touch(one: date, other: date, columns: int) -> None:
    scale = times(min(one, other), max(one, other), columns)
    found = ticks(scale, 6)
    for before, after in pairwise(found):
        assert after.column - len(after.text) > before.column
    for day in (one, other):
        assert 0 <= round(scale.column(day)) <= columns - 1
