"""Readings in columns say the same as the points that they stand for."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from math import copysign

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.domain.points import Goal, Point, in_order, quotient, share_of_way
from gztrack.domain.reckoning.bounds import first_meeting, judge, meets
from gztrack.domain.reckoning.coverage import coverage, coverage_between
from gztrack.domain.series import Series

FIRST = date(2020, 1, 1)
QUALIFIERS = ["exact", "at least", "more than", "about", "at most", "less than"]
COMPARATORS = ["", "at least", "more than", "about", "at most", "less than", "between"]
DIRECTIONS = ["up", "down"]

POINTS = st.lists(
    st.builds(
        lambda number, start, days, value, qualifier, logged: Point(
            f"{number:04}",
            "period",
            FIRST + timedelta(days=start),
            FIRST + timedelta(days=start + days),
            value,
            qualifier,
            logged=f"2026-01-{logged:02}",
        ),
        st.integers(0, 9999),
        st.integers(0, 20),
        st.integers(0, 5),
        st.integers(90, 110) | st.sampled_from([98.0, 100.0, 99.5, 102.0]),
        st.sampled_from(QUALIFIERS),
        st.integers(1, 3),
    ),
    max_size=8,
    unique_by=lambda point: point.id,
)
GOALS = st.builds(
    lambda value, width, word: Goal("goal", value, value + width if word == "between" else None, word),
    st.integers(90, 110),
    st.integers(0, 10),
    st.sampled_from(COMPARATORS),
)


@given(POINTS)
def test_a_series_is_its_points(points: list[Point]) -> None:
    series = Series.of(points)

    assert len(series) == len(points)
    assert list(series) == points
    assert series == points
    assert series[1:] == tuple(points[1:])
    assert [series[at] for at in range(-len(points), 0)] == points
    assert series.values == [point.value for point in points]
    assert series.qualifiers == [point.qualifier for point in points]
    assert list(zip(series.starts, series.ends, strict=True)) == [
        (point.start.isoformat(), point.end.isoformat()) for point in points
    ]
    assert Series.of(series) is series


@given(POINTS)
def test_it_is_put_in_order_as_its_points_are(points: list[Point]) -> None:
    ordered = Series.of(points).in_order()

    assert tuple(ordered) == in_order(points)
    assert ordered == Series.of(tuple(ordered))
    assert ordered.ends == [point.end.isoformat() for point in ordered]
    assert tuple(ordered.one_a_day()) == tuple({point.end: point for point in ordered}.values())


@given(POINTS, st.data())
def test_some_of_it_are_some_of_its_points(points: list[Point], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(points) - 1), max_size=5) if points else st.just([]))
    chosen = Series.of(points).only(places)

    assert list(chosen) == [points[at] for at in places]
    assert chosen == Series.of([points[at] for at in places])
    assert list(chosen.only(range(len(places) // 2))) == [points[at] for at in places[: len(places) // 2]]


@given(POINTS, GOALS, st.sampled_from(DIRECTIONS))
def test_the_first_that_meets_a_target_is_found(points: list[Point], goal: Goal, direction: str) -> None:
    expected = [p for p in points if meets(p.value, p.qualifier, goal, direction)]

    assert first_meeting(Series.of(points), goal, direction) == (expected[0] if expected else None)
    later = [p for p in points[2:] if meets(p.value, p.qualifier, goal, direction)]
    places = range(2, len(points))
    assert first_meeting(Series.of(points), goal, direction, places) == (later[0] if later else None)


@given(GOALS, st.sampled_from(DIRECTIONS))
def test_an_exact_reading_is_the_least_and_the_most_that_it_may_be(goal: Goal, direction: str) -> None:
    """What is plain for an exact value must agree with what the bounds at that value prove."""
    judged = judge(goal, direction)
    for value in (*range(85, 125), 89.5, 98.0, 102.0, 110.5):
        bounds = {judged(value, "at least"), judged(value, "at most")} - {None}
        assert bounds <= {judged(value, "exact")}


def test_the_coverage_between_texts_is_that_between_dates() -> None:
    days = [date(2020, 1, 1), date(2020, 2, 29), date(2020, 12, 31), date(2021, 1, 31), date(2021, 2, 1)]
    for start, end in product(days, days):
        if start <= end:
            assert coverage_between(start.isoformat(), end.isoformat()) == coverage(start, end)


@pytest.mark.parametrize("pair", [(0, -5), (0, 5), (0.0, -5), (0, -5.5)])
def test_nothing_divided_is_no_negative_nothing(pair: tuple[float, float]) -> None:
    assert copysign(1, quotient(*pair)) == 1
    assert copysign(1, share_of_way(1, 1 + pair[0], 1 + pair[1])) == 1


def test_quotients_are_those_of_the_decimals_written() -> None:
    assert quotient(0.3, 0.1) == 3
    assert quotient(10**400, 10**399) == 10
    assert share_of_way(20.1, 41.3, 62.5) == 0.5
    with pytest.raises(ZeroDivisionError):
        quotient(0, 0)
