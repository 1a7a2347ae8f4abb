"""Where the readings lead."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import assessed, goal, point, points
from gztrack.domain.assessment import Projection
from gztrack.domain.forecast import MOST_READINGS, SHARE, Limits, after, forecast, natural_limits, theil_sen
from gztrack.domain.grammar.calendar import years
from gztrack.domain.points import Goal, Point
from gztrack.domain.progress import assess

TARGET = goal(">= 200", "2024")


def ahead(
    readings: list[Point],
    target: Goal | None = TARGET,
    *,
    measure: str = "level",
    limits: Limits | None = None,
) -> Projection:
    return forecast(readings, target, measure=measure, direction="up", limits=limits)


def test_a_steady_course_leads_straight_on() -> None:
    found = ahead(points(y2019=100, y2020=120, y2021=140))
    assert found.slope == pytest.approx(20)
    assert found.value == pytest.approx(200)
    assert found.reached == date(2024, 12, 31)
    assert (found.reached_early, found.reached_late) == (found.reached, found.reached)
    assert (found.readings, found.label, found.reason) == (3, "", "")


def test_the_range_lies_between_the_quartiles_of_the_slopes() -> None:
    found = ahead(points(y2019=100, y2020=110, y2021=140))
    # slopes 10, 20, 30: the middle of them, and the quartiles half way to its neighbours
    assert (found.slope_low, found.slope, found.slope_high) == pytest.approx((15, 20, 25))
    assert (found.low, found.value, found.high) == pytest.approx((185, 200, 215))
    assert found.reached_early == date(2024, 5, 26)
    assert found.reached_late == date(2025, 12, 31)


def test_a_falling_target_is_reached_early_with_the_steeper_fall() -> None:
    found = ahead(points(y2019=100, y2020=90, y2021=60), goal("<= 20", "2024"))
    assert found.value == pytest.approx(0)
    assert found.reached == date(2023, 12, 31)
    assert found.reached_early is not None
    assert found.reached_late is not None
    assert found.reached_early < found.reached < found.reached_late


def test_one_odd_reading_does_not_move_the_slope_much() -> None:
    found = ahead(points(y2015=100, y2016=110, y2017=900, y2018=130, y2019=140, y2020=150))
    assert found.slope == pytest.approx(10)


def test_the_line_is_anchored_at_the_latest_reading() -> None:
    found = ahead(points(y2018=100, y2019=110, y2020=120, y2021=180))
    assert found.slope is not None
    assert found.value == pytest.approx(180 + 3 * found.slope)


def test_two_readings_give_a_straight_line_that_says_so() -> None:
    found = ahead(points(y2020=100, y2021=125))
    assert (found.value, found.label, found.readings) == (200, "two points", 2)
    assert (found.low, found.high) == (200, 200)


@pytest.mark.parametrize(
    ("readings", "reason"),
    [
        ([], "no reading"),
        (points(y2020=100), "only one reading"),
        (points(y2020=100, y2021=">120"), "fewer than two readings that are no bounds"),
        ([point("2020", 1), point("2020-12", 2)], "all readings are of one date"),
    ],
)
def test_too_few_readings_give_no_forecast(readings: list[Point], reason: str) -> None:
    found = ahead(readings)
    assert (found.value, found.reached, found.reason) == (None, None, reason)


def test_bounds_are_left_out() -> None:
    exact = points(y2018=100, y2019=110, y2020=120)
    assert ahead([*exact, point("2021", ">121")]) == ahead(exact)


@pytest.mark.parametrize(
    ("readings", "target", "reason"),
    [
        (points(y2019=100, y2020=100, y2021=100), TARGET, "flat"),
        (points(y2019=100, y2020=90, y2021=80), TARGET, "the wrong way"),
        (points(y2019=10, y2020=20, y2021=30), goal("<= 5", "2024"), "the wrong way"),
        (points(y2019=100, y2020=150, y2021=210), TARGET, "already reached"),
        (points(y2019=100, y2020=100.1, y2021=100.2), TARGET, "not before 2200"),
    ],
)
def test_without_a_date_there_is_a_reason(readings: list[Point], target: Goal, reason: str) -> None:
    found = ahead(readings, target)
    assert (found.reached, found.reason) == (None, reason)
    assert found.value is not None


def test_a_slope_that_never_gets_there_leaves_the_late_date_open() -> None:
    found = ahead(points(y2018=100, y2019=90, y2020=120, y2021=125))
    assert found.slope_low is not None
    assert found.reached is not None
    assert (found.reached_late is None) == (found.slope_low <= 0)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (None, "no target"),
        (goal(">= 200"), "no due date"),
        (goal(">= 200", "2021"), "the due date is not after the latest reading"),
        (goal(">= 900", "2025", over="2021..2025"), "no forecast of a span total"),
    ],
)
def test_without_a_value_there_is_a_reason(target: Goal | None, reason: str) -> None:
    found = ahead(points(y2019=100, y2020=120, y2021=140), target)
    assert (found.value, found.reason) == (None, reason)


def test_a_target_without_a_due_date_still_has_a_date_of_reaching() -> None:
    assert ahead(points(y2019=100, y2020=120, y2021=140), goal(">= 200")).reached == date(2024, 12, 31)


def test_a_range_is_reached_at_its_nearer_limit() -> None:
    found = ahead(points(y2019=90, y2020=80, y2021=70), goal("40..60", "2024"))
    assert found.reached == date(2022, 12, 31)


def test_of_a_rate_only_the_value_is_given() -> None:
    found = ahead(points(y2019=1, y2020=2, y2021=3), goal(">= 10", "2024"), measure="rate")
    assert (found.value, found.reached, found.reason) == (6, None, "a rate is given no date")


def test_a_rate_does_not_fall_below_minus_a_hundred() -> None:
    found = ahead(points(y2019=0, y2020=-40, y2021=-80), goal("<= -90", "2024"), measure="rate")
    assert (found.value, found.low, found.high) == (-100, -100, -100)


def test_natural_limits_hold_the_value_and_its_range() -> None:
    found = ahead(points(y2019=50, y2020=70, y2021=90), goal(">= 95", "2024"), limits=SHARE)
    assert (found.value, found.low, found.high) == (100, 100, 100)


def test_at_most_the_latest_forty_readings_are_used() -> None:
    old = [point(f"{1920 + year}", 5000 - 100 * year) for year in range(40)]
    late = [point(f"{1960 + year}", 10 * year) for year in range(MOST_READINGS)]
    found = ahead(old + late, goal(">= 1000", "2030"))
    assert found.readings == MOST_READINGS
    assert found == ahead(late, goal(">= 1000", "2030"))


def test_assess_reckons_it_only_when_asked() -> None:
    readings = points(y2019=100, y2020=120, y2021=140)
    assert assessed(readings, TARGET).projection is None
    found = assess(
        readings,
        TARGET,
        measure="level",
        direction="up",
        method="linear",
        today=date(2022, 1, 1),
        project=True,
    )
    assert found.projection == ahead(readings)
    shown = found._replace(projection=None, buffer=None, period_months=None)
    assert shown == assessed(readings, TARGET, on="2022-01-01")


@pytest.mark.parametrize(
    ("readings", "target", "measure", "percent", "limits"),
    [
        (points(y2019=40, y2020=70, y2021=95), goal(">= 99", "2030"), "level", True, SHARE),
        (points(y2019=0, y2020=100), None, "level", True, SHARE),
        (points(y2019=40, y2020=110), goal(">= 99", "2030"), "level", True, None),
        (points(y2019=40, y2020=70), goal(">= 120", "2030"), "level", True, None),
        (points(y2019=-1, y2020=70), goal(">= 99", "2030"), "level", True, None),
        (points(y2019=40, y2020=70), goal("40..120", "2030"), "level", True, None),
        (points(y2019=40, y2020=70), goal(">= 99", "2030"), "level", False, None),
        (points(y2019=40, y2020=70), goal(">= 99", "2030"), "rate", True, None),
    ],
)
def test_a_level_in_per_cent_that_never_left_its_limits_is_a_share(
    readings: list[Point], target: Goal | None, measure: str, percent: bool, limits: Limits | None
) -> None:
    assert natural_limits(readings, target, measure=measure, percent=percent) == limits


DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(DAYS, DAYS)
def test_the_date_after_a_span_is_the_inverse_of_years(a: date, b: date) -> None:
    start, end = min(a, b), max(a, b)
    assert after(start, years(start, end)) == end


@given(DAYS, st.floats(0, 90))
def test_the_date_after_a_span_is_the_first_that_is_far_enough(day: date, span: float) -> None:
    found = after(day, span)
    assert found is not None
    assert years(day, found) >= span - 1e-8
    if found > day:
        assert years(day, date.fromordinal(found.toordinal() - 1)) < span


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=8, unique=True), st.integers(-50, 50))
def test_readings_on_a_line_have_its_slope(days: list[int], slope: int) -> None:
    first = date(2015, 12, 31)
    readings = [
        Point(f"{place}", f"{place}", end, end, round(slope * years(first, end), 9))
        for place, end in enumerate(date(2015 + day % 80, 12, 31) for day in days)
    ]
    found = theil_sen(sorted(readings, key=lambda reading: reading.end))
    if found is not None:
        assert found.middle == pytest.approx(slope)
