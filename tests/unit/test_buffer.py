"""The buffer: reporting periods ahead of the line to the target, or behind it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import goal, point, points
from gztrack.domain.assessment import Assessment
from gztrack.domain.points import Goal, Point
from gztrack.domain.progress import assess
from gztrack.domain.reckoning.buffer import period_months


def shown(
    readings: list[Point], target: Goal | None, *, measure: str = "level", direction: str = "up", on: str = ""
) -> Assessment:
    today = date.fromisoformat(on) if on else max(reading.end for reading in readings)
    return assess(
        readings, target, measure=measure, direction=direction, method="linear", today=today, project=True
    )


@pytest.mark.parametrize(
    ("readings", "target", "direction", "buffer", "months"),
    [
        # 90 of 200 thousand gained need 2.25 of the five years; two are gone
        (points(y2019=100_000, y2020=150_000, y2021=190_000), goal(">= 300000", "2024"), "up", 0.25, 12),
        # 20 of 200 thousand need half a year; two are gone, and so is one period of 24 months
        (points(y2019=100_000, y2021=120_000), goal(">= 300000", "2024"), "up", (0.5 - 2) / 2, 24),
        # 9 of 30 down need 2.1 of the seven years; three are gone
        (points(y2018=50, y2021=41), goal("<= 20", "2025"), "down", (2.1 - 3) / 3, 36),
        (points(y2018=50, y2021=53), goal("<= 20", "2025"), "down", (-0.7 - 3) / 3, 36),
        (points(y2020=100, y2022=150), goal(">= 200", "2024"), "up", 0.0, 24),
    ],
)
def test_the_time_that_the_line_needs_to_get_there_minus_the_time_gone_by(
    readings: list[Point], target: Goal, direction: str, buffer: float, months: int
) -> None:
    found = shown(readings, target, direction=direction)
    assert found.buffer == pytest.approx(buffer)
    assert found.period_months == months
    assert "buffer" not in found.refusals


def test_an_explicit_baseline_is_one_of_the_dates() -> None:
    target = goal(">= 200", "2024", baseline=("2020", 100))
    found = shown(points(y2022=150), target)
    assert (found.period_months, found.buffer) == (24, 0.0)


def test_of_a_span_total_the_line_starts_on_its_eve() -> None:
    target = goal(">= 500", "2025", over="2021..2025")
    found = shown(points(y2021=100, y2022=150), target, measure="flow")
    assert found.period_months == 12
    assert found.buffer == pytest.approx(0.5)
    assert shown(points(y2021=80), target, measure="flow").buffer == pytest.approx(-0.2)


@pytest.mark.parametrize(
    ("readings", "target", "reason"),
    [
        (points(y2021=100), goal(">= 200", "2024"), "only one reading and no baseline"),
        (points(y2020=100, y2021=120), None, "no target"),
        (points(y2020=100, y2021=120), goal(">= 200"), "no due date"),
        (points(y2020=200, y2021=120), goal(">= 200", "2024"), "target equals baseline (no distance)"),
        (points(y2020=300, y2021=320), goal(">= 200", "2024"), "the baseline already meets the target"),
        (points(y2020=100, y2021=120), goal(">= 200", "2020"), "due date on or before the baseline"),
    ],
)
def test_it_is_refused_as_path_and_time_are(readings: list[Point], target: Goal | None, reason: str) -> None:
    found = shown(readings, target)
    assert (found.buffer, found.period_months, found.refusals["buffer"]) == (None, None, reason)


def test_readings_of_one_day_alone_have_no_reporting_period() -> None:
    target = goal(">= 200", "2024", baseline=("2021", 100))
    found = shown(points(y2021=120), target)
    assert found.buffer is None
    assert found.refusals["buffer"]


def test_from_a_bound_it_is_a_bound() -> None:
    found = shown(points(y2020=100, y2022=">160"), goal(">= 200", "2024"))
    assert found.buffer == pytest.approx(0.2)
    assert found.qualifiers["buffer"] == "more than"
    falling = shown(points(y2020=100, y2022="<60"), goal("<= 20", "2024"), direction="down")
    assert falling.qualifiers["buffer"] == "more than"


@pytest.mark.parametrize(
    ("days", "months"),
    [
        ([], None),
        (["2020-12-31"], None),
        (["2020-12-31", "2020-12-31"], None),
        (["2020-12-31", "2021-12-31"], 12),
        (["2021-12-31", "2020-12-31"], 12),
        (["2021-03-31", "2021-06-30", "2021-09-30", "2022-09-30"], 3),
        (["2021-05-03", "2021-05-10", "2021-05-17"], 1),
        (["2015-12-31", "2020-12-31"], 60),
    ],
)
def test_the_reporting_period_is_the_median_distance_in_whole_months(
    days: list[str], months: int | None
) -> None:
    assert period_months(map(date.fromisoformat, days)) == months


VALUES = st.lists(st.integers(-400, 400), min_size=2, max_size=6)


@given(VALUES, st.integers(-400, 400), st.integers(1, 9), st.booleans())
def test_ahead_exactly_where_the_linear_ratio_is_at_least_one(
    values: list[int], target: int, years_left: int, rising: bool
) -> None:
    readings = [point(f"{2010 + place}", value) for place, value in enumerate(values)]
    aim = goal(f"{'>=' if rising else '<='} {target}", f"{2009 + len(values) + years_left}")
    found = shown(readings, aim, direction="up" if rising else "down")
    if found.ratio is None:
        assert found.buffer is None
        assert found.refusals["buffer"]
    else:
        assert found.buffer is not None
        assert (found.buffer >= -1e-9) == (found.ratio.value >= 1 - 1e-9)
        assert found.period_months == 12
