"""Which status a row shows, which figures it has and why others are refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builders import assessed, goal, point, points
from gztrack.domain.assessment import Assessment
from gztrack.domain.points import Goal, Number, Point
from gztrack.domain.progress import METHODS, assess
from gztrack.errors import InputError

RISING = goal(">= 200", "2024")


@pytest.mark.parametrize(
    ("readings", "target", "on", "status"),
    [
        ([], None, "2022-06-30", "no reading"),
        ([], RISING, "2022-06-30", "no reading"),
        ([], RISING, "2025-06-30", "no reading"),
        (points(y2020=100), None, "2022-06-30", "no target"),
        (points(y2020=100, y2024=190), RISING, "2025-01-01", "missed"),
        (points(y2020=100, y2024=190), RISING, "2024-12-31", "behind"),
        (points(y2020=100, y2024=210), RISING, "2025-01-01", "met"),
        (points(y2020=100, y2024=190, y2025=200), RISING, "2026-01-01", "met late"),
        (points(y2020=100), RISING, "2025-01-01", "cannot tell"),
        (points(y2020=210), RISING, "2022-06-30", "achieved"),
        (points(y2020=250, y2022=210), RISING, "2022-12-31", "achieved"),
        (points(y2020=100), RISING, "2022-06-30", "not assessable"),
        (points(y2020=100, y2022=150), RISING, "2022-12-31", "on track"),
        (points(y2020=100, y2022=130), RISING, "2022-12-31", "behind"),
        (points(y2020=100, y2022=100), RISING, "2022-12-31", "off track"),
        (points(y2020=100, y2022=99), RISING, "2022-12-31", "moving away"),
        (points(y2020=100), goal(">= 200", "2024", corrected=True), "2022-06-30", "no target"),
        (
            points(y2020=100, y2022=150),
            goal(">= 200", "2024", superseded_on=date(2021, 1, 1)),
            "2022-12-31",
            "superseded",
        ),
        (
            points(y2020=100, y2022=150),
            goal(">= 200", "2024", dropped_on=date(2021, 1, 1)),
            "2022-12-31",
            "dropped",
        ),
    ],
)
def test_the_first_status_that_applies_is_shown(
    readings: list[Point], target: Goal | None, on: str, status: str
) -> None:
    assert assessed(readings, target, on=on).status == status


@pytest.mark.parametrize("method", METHODS)
def test_once_due_the_verdict_goes_before_every_method(method: str) -> None:
    found = assessed(points(y2020=100, y2024=190), RISING, on="2025-01-01", method=method)
    assert found.status == "missed"
    assert found.overdue
    assert found.refusals["needed_from_now"] == "due date passed"


@pytest.mark.parametrize(
    ("readings", "target", "measure", "method", "reason"),
    [
        (points(y2020=100), RISING, "level", "linear", "only one reading and no baseline"),
        (points(y2020=100), RISING, "flow", "linear", "only one reading and no baseline"),
        (points(y2020=200, y2021=190), RISING, "level", "linear", "target equals baseline (no distance)"),
        (points(y2020=200, y2021=190), RISING, "level", "open-sdg", "target equals baseline (no distance)"),
        (points(y2020=300, y2021=190), RISING, "level", "linear", "the baseline already meets the target"),
        (points(y2020=300, y2021=190), RISING, "level", "un-chart", "the baseline already meets the target"),
        (
            points(y2020=99, y2021=50),
            goal("~ 100", "2024"),
            "level",
            "linear",
            "the baseline already meets the target",
        ),
        (
            points(y2020=50, y2021=70),
            goal("40..60", "2024"),
            "level",
            "linear",
            "the baseline already meets the target",
        ),
        (
            points(y2020=30, y2021=70),
            goal("40..60", "2024"),
            "level",
            "linear",
            "the readings have crossed the whole range",
        ),
        (points(y2020=0, y2021=50), RISING, "level", "open-sdg", "no growth rate from or to zero"),
        (points(y2020=50, y2021=0), RISING, "level", "un-chart", "no growth rate from or to zero"),
        (points(y2020=-50, y2021=50), RISING, "level", "open-sdg", "no growth rate across a change of sign"),
        (points(y2020=-50, y2021=-40), RISING, "level", "un-chart", "no growth rate across a change of sign"),
        (
            points(y2020=50, y2021=40),
            goal("<= 0", "2024"),
            "level",
            "open-sdg",
            "no growth rate leads to a target of zero",
        ),
        (
            points(y2020=5, y2021=6),
            RISING,
            "rate",
            "open-sdg",
            "a growth rate of a growth rate means nothing",
        ),
        (
            points(y2020=5, y2021=6),
            RISING,
            "rate",
            "un-chart",
            "a growth rate of a growth rate means nothing",
        ),
        (
            [point("2020", 100), point("2021-01..2021-11", 120)],
            RISING,
            "flow",
            "linear",
            "fewer than two readings of 12 months (mixed coverage)",
        ),
        (
            [point("2020-Q1", 100), point("2021-01..2021-11", 120)],
            RISING,
            "flow",
            "linear",
            "fewer than two readings of 12 months (mixed coverage)",
        ),
        (
            [point("2020-Q1", 100), point("2021-Q4", 120)],
            goal(">= 200", "2024", baseline=("2019", 100)),
            "flow",
            "linear",
            "no reading of 12 months (mixed coverage)",
        ),
        (
            points(y2020=100, y2021=120),
            goal(">= 200", "2024", baseline=("2019-H1", 50)),
            "flow",
            "linear",
            "the baseline covers 6 months, the target 12 months (mixed coverage)",
        ),
        (points(y2020=100, y2021=120), goal(">= 200"), "level", "linear", "no due date"),
        (points(y2020=100), goal(">= 200"), "level", "un-chart", "no due date"),
        (
            points(y2020=100, y2021=120),
            goal(">= 200", "2024", baseline=("2024", 50)),
            "level",
            "linear",
            "due date on or before the baseline",
        ),
        (
            points(y2020=100, y2021=120),
            goal(">= 200", "2024", baseline=("2022", 50)),
            "level",
            "linear",
            "no reading after the baseline",
        ),
    ],
)
def test_what_is_not_assessable_says_why(
    readings: list[Point], target: Goal, measure: str, method: str, reason: str
) -> None:
    found = assessed(readings, target, measure=measure, method=method)
    assert (found.status, found.reason) == ("not assessable", reason)
    assert found.ratio is None
    assert found.refusals["ratio"] == reason


def test_growth_methods_take_a_baseline_past_the_target_only_in_open_sdg() -> None:
    found = assessed(points(y2020=300, y2021=190), RISING, method="open-sdg")
    assert found.status == "moving away"
    assert found.refusals["path"] == "the baseline already meets the target"


def test_a_target_without_a_due_date_can_be_achieved() -> None:
    assert assessed(points(y2020=100, y2021=220), goal(">= 200")).status == "achieved"


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(InputError, match="no such method: lineal; there are linear, open-sdg, un-chart"):
        assessed([], None, method="lineal")


@pytest.mark.parametrize(
    ("readings", "target", "status", "sense"),
    [
        (points(y2020=20, y2022=30), "40..60", "on track", 1),
        (points(y2020=20, y2022=25), "40..60", "off track", 1),
        (points(y2020=90, y2022=75), "40..60", "on track", -1),
        (points(y2020=90, y2022=95), "40..60", "moving away", -1),
        (points(y2020=90, y2022=60), "40..60", "achieved", -1),
        (points(y2020=50, y2022=98), "~ 100", "achieved", 1),
        (points(y2020=50, y2022=75), "~ 100", "on track", 1),
    ],
)
def test_between_and_about_targets(readings: list[Point], target: str, status: str, sense: int) -> None:
    found = assessed(readings, goal(target, "2024"))
    assert (found.status, found.sense) == (status, sense)


def test_a_ratio_just_short_of_a_cut_is_not_shown_on_it() -> None:
    found = assessed(points(y2020=100_000, y2022=194_999), goal(">= 300000", "2024"))
    assert (found.status, found.reason) == ("behind", "pace is 0.94999 of what the line from 2020 needs")


VALUES = st.lists(st.integers(1, 1000), min_size=2, max_size=5)
POWERS = st.sampled_from([10**3, 10**6, 7])


def course(values: list[Number], target: Number, comparator: str, method: str = "linear") -> Assessment:
    readings = [
        Point(f"{year}", f"{year}", date(year, 1, 1), date(year, 12, 31), value)
        for year, value in enumerate(values, 2010)
    ]
    aim = Goal("goal", target, comparator=comparator, due=date(2018, 12, 31))
    return assess(readings, aim, measure="level", direction="up", method=method, today=date(2016, 6, 30))


@given(
    VALUES, st.integers(1, 1000), st.sampled_from(["at least", "at most"]), POWERS, st.sampled_from(METHODS)
)
def test_a_status_does_not_go_by_the_unit(
    values: list[int], target: int, comparator: str, factor: int, method: str
) -> None:
    scaled = course([value * factor for value in values], target * factor, comparator, method)
    assert course([*values], target, comparator, method).status == scaled.status


@given(VALUES, st.integers(1, 1000))
def test_a_linear_status_is_the_same_when_rising_is_mirrored_into_falling(
    values: list[int], target: int
) -> None:
    mirrored = course([5000 - value for value in values], 5000 - target, "at most")
    assert course([*values], target, "at least").status == mirrored.status


@given(st.integers(1, 1000), st.integers(-1000, 2000), st.integers(0, 500))
def test_attainment_never_falls_when_the_reading_rises(target: int, value: int, more: int) -> None:
    lower, higher = course([value], target, "at least"), course([value + more], target, "at least")
    assert lower.attainment is not None
    assert higher.attainment is not None
    assert lower.attainment.value <= higher.attainment.value


ORDER = ["moving away", "off track", "behind", "on track", "achieved"]


@given(VALUES, st.integers(1, 1000), st.integers(0, 500), st.sampled_from(METHODS))
def test_a_better_latest_reading_never_gives_a_worse_status(
    values: list[int], target: int, more: int, method: str
) -> None:
    before = course([*values], target, "at least", method).status
    after = course([*values[:-1], values[-1] + more], target, "at least", method).status
    assume(before in ORDER)
    assert ORDER.index(after) >= ORDER.index(before)


@given(st.permutations(range(6)))
def test_the_order_in_which_readings_come_does_not_matter(order: list[int]) -> None:
    readings = points(y2015=10, y2016=12, y2017=">15", y2018=22, y2019=24, y2020=30)
    target = goal(">= 80", "2025")
    assert assessed([readings[place] for place in order], target) == assessed(readings, target)


def test_of_two_readings_that_end_on_one_day_the_one_logged_later_is_the_latest() -> None:
    readings = [point("2019", 10), point("2020-12", 20), point("2020", 21)]
    latest = assessed(readings[::-1], RISING).latest
    assert latest is not None
    assert latest.period == "2020"
