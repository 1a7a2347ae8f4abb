"""What a state costs: how many readings are looked at one by one does not grow with how many there are."""

from __future__ import annotations

from datetime import date

import pytest

from builders import goal, point
from gztrack.domain.points import Goal, Point
from gztrack.domain.progress import assess
from gztrack.domain.series import Series

DAY = date(2026, 11, 24)
FEW = 12
"""Points that one assessment may make: baseline, latest, evidence, what met the target first."""


def monthly(count: int, *, of: str = "exact") -> list[Point]:
    """Rising monthly readings that end with 2026-06; the one of 2024-12 is 1000."""
    sign = {"exact": "", "more than": ">", "about": "~"}[of]
    months = [divmod(2026 * 12 + 5 - place, 12) for place in reversed(range(count))]
    return [
        point(f"{year}-{month + 1:02}", f"{sign}{1000 + (year - 2024) * 12 + month - 11}")
        for year, month in months
    ]


def counted(points: list[Point]) -> tuple[Series, list[int]]:
    """The points as a series, and the places that were looked at."""
    looked: list[int] = []

    def look(place: int) -> Point:
        looked.append(place)
        return points[place]

    columns = Series.of(points)
    places = range(len(points))
    return Series(look, places, columns.starts, columns.ends, columns.values, columns.qualifiers), looked


@pytest.mark.parametrize("measure", ["level", "flow", "rate"])
@pytest.mark.parametrize("of", ["exact", "more than", "about"])
@pytest.mark.parametrize(
    "target",
    [
        goal(">= 2000", "2030-12"),
        goal(">= 1", "2030-12"),
        goal("<= 1010", "2030-12"),
        goal(">= 1001", "2024-12"),
        goal(">= 1000", "2024-12"),
        goal(">= 5000", "2024-12"),
        goal("<= 5", "2024-12"),
        goal("990..995", "2024-12"),
        goal("~ 1500", "2024-12"),
        None,
    ],
)
@pytest.mark.parametrize("method", ["linear", "open-sdg", "un-chart"])
def test_few_readings_are_looked_at_however_many_there_are(
    measure: str, of: str, target: Goal | None, method: str
) -> None:
    looked_at = []
    for count in (60, 300):
        points = monthly(count, of=of)
        series, looked = counted(points)
        found = assess(series, target, measure=measure, direction="up", method=method, today=DAY)
        looked_at.append(len(looked))
        assert found == assess(points, target, measure=measure, direction="up", method=method, today=DAY)

    assert max(looked_at) <= FEW


@pytest.mark.parametrize("measure", ["level", "flow"])
def test_nor_where_two_periods_end_on_one_day(measure: str) -> None:
    points = [point(f"{year}-Q{quarter}", year) for year in range(1990, 2026) for quarter in (1, 2, 3, 4)]
    points += [point(str(year), 4 * year) for year in range(1990, 2026)]
    series, looked = counted(points)

    found = assess(
        series, goal(">= 9000", "2030"), measure=measure, direction="up", method="linear", today=DAY
    )

    assert found.latest is not None
    assert (found.latest.period, len(found.counted)) == ("2025", 144 if measure == "level" else 36)
    assert len(looked) <= FEW


def test_the_forecast_looks_at_the_latest_forty() -> None:
    series, looked = counted(monthly(300))
    target = goal(">= 2000", "2030-12")

    found = assess(series, target, measure="level", direction="up", method="linear", today=DAY, project=True)

    assert found.projection is not None
    assert found.projection.readings == 40
    assert len(looked) >= 40  # it does look at them, so the counts above count
