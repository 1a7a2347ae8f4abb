"""The figures behind a status, which readings go into them, and why some are refused."""

from __future__ import annotations

from datetime import date

import pytest

from builders import assessed, goal, point, points
from gztrack.domain.points import Goal, Point, difference, total
from gztrack.domain.progress import METHODS
from gztrack.domain.reckoning.coverage import coverage, length_wanted, window

RISING = goal(">= 200", "2024")


@pytest.mark.parametrize(
    ("target", "direction", "reason"),
    [
        (goal("<= 20", "2024"), "up", "lower is better: the path says how far"),
        (goal("< 20", "2024"), "up", "lower is better: the path says how far"),
        (goal("~ 20", "2024"), "down", "lower is better: the path says how far"),
        (goal("20..30", "2024"), "up", "a range is inside or outside, not a share"),
        (goal(">= 0", "2024"), "up", "the target is zero"),
        (goal(">= -10", "2024"), "up", "the target is below zero: the path says how far"),
    ],
)
def test_attainment_is_refused_with_its_reason(target: Goal, direction: str, reason: str) -> None:
    found = assessed(points(y2020=50, y2021=41), target, direction=direction)
    assert found.attainment is None
    assert found.refusals["attainment"] == reason


def test_every_figure_is_given_or_refused() -> None:
    names = (
        "attainment",
        "path",
        "time",
        "ratio",
        "needed_from_baseline",
        "needed_from_now",
        "so_far",
        "marker",
    )
    cases: list[tuple[list[Point], Goal | None]] = [
        ([], None),
        ([], RISING),
        (points(y2020=100), None),
        (points(y2020=100, y2021=120), None),
        (points(y2020=100), RISING),
        (points(y2020=100), goal(">= 200")),
        (points(y2020=">100", y2021=">120"), RISING),
        (points(y2020=100, y2024=190), RISING),
        (points(y2020=100, y2021=120), goal(">= 200", "2024", baseline=("2022", 50))),
    ]
    for readings, target in cases:
        for method in METHODS:
            found = assessed(readings, target, method=method)
            for name in names:
                assert (getattr(found, name) is None) == (name in found.refusals), (name, readings, target)
                assert found.refusals.get(name, "a reason")


@pytest.mark.parametrize(
    ("target", "readings", "share"),
    [
        (RISING, points(y2020=100, y2022=150), 0.75),
        (goal("<= 20", "2024"), points(y2020=50, y2022=35), 0.5),
        (goal("40..60", "2024"), points(y2020=20, y2022=30), 0.5),
        (goal("40..60", "2024"), points(y2020=90, y2022=75), 0.5),
    ],
)
def test_the_row_shows_attainment_or_where_there_is_none_path(
    target: Goal, readings: list[Point], share: float
) -> None:
    found = assessed(readings, target)
    assert found.share is not None
    assert found.share.value == share


def test_an_explicit_baseline_goes_before_the_earliest_reading() -> None:
    target = goal(">= 200", "2024", baseline=("2019", 50))
    found = assessed(points(y2020=100, y2022=150), target)
    assert found.baseline == Point("goal/baseline", "2019", date(2019, 1, 1), date(2019, 12, 31), 50)
    assert found.path is not None
    assert found.path.value == pytest.approx(2 / 3)
    assert found.time == 0.6
    assert found.reason == "pace is 1.11 of what the line from 2019 needs"


def test_one_reading_after_an_explicit_baseline_is_enough() -> None:
    target = goal(">= 200", "2024", baseline=("2019", 50))
    assert assessed([point("2020", 100)], target, measure="flow").status == "on track"


def test_paces_are_a_year() -> None:
    found = assessed(points(y2020=100, y2022=130), RISING)
    assert (found.needed_from_baseline, found.needed_from_now, found.so_far) == (25, 35, 15)
    assert (found.path and found.path.value, found.time) == (0.3, 0.5)
    assert found.sums == {"years_so_far": 2, "years_in_all": 4, "years_left": 2}


def test_growth_in_between_is_kept_for_why() -> None:
    found = assessed(points(y2020=100, y2022=121), RISING, method="open-sdg")
    assert found.sums["growth_so_far"] == pytest.approx(0.1)
    assert found.sums["growth_needed"] == pytest.approx(2**0.25 - 1)
    chart = assessed(points(y2020=100, y2022=121), RISING, method="un-chart")
    assert chart.sums["value_at_due"] == pytest.approx(146.41)


@pytest.mark.parametrize(
    ("target", "on", "expected", "marker"),
    [
        (">= 200", "2022-12-31", 150, 0.75),
        (">= 200", "2024-12-31", 200, 1),
        (">= 200", "2026-01-01", 200, 1),
        ("<= 20", "2022-12-31", 60, 0.5),
        ("<= 20", "2025-01-01", 20, 1),
        ("40..60", "2021-12-31", 90, 0.25),
    ],
)
def test_the_marker_stands_where_the_line_is_on_the_day(
    target: str, on: str, expected: float, marker: float
) -> None:
    found = assessed(points(y2020=100, y2021=120), goal(target, "2024"), on=on)
    assert found.expected == pytest.approx(expected)
    assert found.marker == pytest.approx(marker)


def test_without_a_baseline_there_is_no_marker() -> None:
    found = assessed(points(y2020=100), RISING, on="2026-01-01")
    assert found.marker is None
    assert found.refusals["marker"] == "only one reading and no baseline"


def test_the_first_reading_that_meets_says_when_the_target_was_reached() -> None:
    found = assessed(points(y2019=100, y2020=210, y2021=190, y2022=220), RISING)
    assert found.reached_on == date(2020, 12, 31)


FLOWS = [point("2020", 100), point("2021-01..2021-11", 90), point("2021-Q4", 30), point("2022", 140)]


@pytest.mark.parametrize(
    ("target", "counted"),
    [
        (goal(">= 200", "2024-12-31"), ["2020", "2022"]),
        (goal(">= 200", "2024"), ["2020", "2022"]),
        (goal(">= 200", "2024-Q4"), ["2021-Q4"]),
        (goal(">= 200", "2024-01..2024-11"), ["2021-01..2021-11"]),
        (goal(">= 200", "2021..2025"), ["2020", "2022"]),
        (goal(">= 200"), ["2020", "2022"]),
        (None, ["2020", "2022"]),
    ],
)
@pytest.mark.parametrize("measure", ["flow", "rate"])
def test_only_readings_of_the_targets_coverage_count(
    target: Goal | None, counted: list[str], measure: str
) -> None:
    found = assessed(FLOWS, target, measure=measure)
    assert [reading.period for reading in found.counted] == counted


def test_without_a_target_the_latest_reading_says_which_coverage_counts() -> None:
    found = assessed(FLOWS[:3], None, measure="flow")
    assert [reading.period for reading in found.counted] == ["2021-Q4"]
    longer = assessed([*FLOWS[:3], point("2021", 120)], None, measure="flow")
    assert [reading.period for reading in longer.counted] == ["2020", "2021"]


def test_every_reading_of_a_level_counts() -> None:
    assert len(assessed(FLOWS, RISING).counted) == 4


@pytest.mark.parametrize(
    ("due", "start", "length"),
    [
        ("2024-12-31", date(2024, 1, 1), "12 months"),
        ("2024-Q4", date(2024, 10, 1), "3 months"),
        ("2024-02-29", date(2023, 3, 1), "12 months"),
        ("2025-02-28", date(2024, 3, 1), "12 months"),
        ("2024-06-15", date(2023, 6, 16), "12 months"),
        ("2024-W05", date(2024, 1, 29), "7 days"),
    ],
)
def test_a_target_covers_twelve_months_or_its_shorter_due_period(due: str, start: date, length: str) -> None:
    target = goal(">= 1", due)
    assert target.due is not None
    assert window(target, target.due) == (start, target.due)
    assert str(length_wanted(target)) == length


@pytest.mark.parametrize(
    ("period", "length"),
    [("2020", "12 months"), ("2020-05", "1 month"), ("2020-05-17", "1 day"), ("2020-W05", "7 days")],
)
def test_coverage_is_told_in_months_or_days(period: str, length: str) -> None:
    reading = point(period, 1)
    assert str(coverage(reading.start, reading.end)) == length


def test_sums_are_done_as_on_paper() -> None:
    assert difference(41.3, 20.1) == 21.2
    assert total([0.1, 0.2]) == 0.3
    assert total([1, 2]) == 3
    assert isinstance(difference(2.5, 0.5), int)
