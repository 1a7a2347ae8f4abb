"""Verdicts once the due date has passed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import goal, judged, point
from gztrack.domain.points import Goal, Number, Point
from gztrack.domain.verdicts import margin, reporting_months, verdict

DUE_2020 = goal(">= 100", "2020-12-31")


def readings(**values: Number | str) -> list[Point]:
    """Readings by period, ``q2020_09=80`` for 2020-09."""
    return [point(period[1:].replace("_", "-"), value) for period, value in values.items()]


@pytest.mark.parametrize(
    ("given_readings", "status", "reason", "evidence"),
    [
        # 1. the latest reading up to the due date meets, however old it is
        (readings(q2020_12=100), "met", "", "2020-12"),
        (readings(q2015_12=100), "met", "", "2015-12"),
        (readings(q2020_12=100, q2021_06=90), "met", "", "2020-12"),
        # 2. it does not, and speaks for the due date
        (readings(q2020_09=80, q2020_12=90), "missed", "", "2020-12"),
        (readings(q2020_08=80, q2020_11=90), "missed", "", "2020-11"),
        (readings(q2019_12=110, q2020_12=90), "missed", "reached 2019-12, lost since", "2020-12"),
        (readings(q2020_12=90, q2021_06=100), "met late", "met by 2021-06-30", "2021-06"),
        (readings(q2020_12=90, q2021_06=95, q2021_12=100), "met late", "met by 2021-12-31", "2021-12"),
        (readings(q2020_12=90, q2021_06=95), "missed", "", "2020-12"),
        # monthly readings: November says nothing of the end of December
        (
            readings(q2020_10=80, q2020_11=90),
            "cannot tell",
            "the last reading before the due date is for 2020-11",
            None,
        ),
        (readings(q2020_10=80, q2020_11=90, q2020_12=91), "missed", "", "2020-12"),
        # 3. the first reading after the due date decides
        (readings(q2019_06=80, q2022_06=90), "missed", "still not met by 2022-06-30", "2022-06"),
        (readings(q2019_06=80, q2022_06=90, q2023_06=100), "met late", "met by 2023-06-30", "2023-06"),
        (
            readings(q2019_06=80, q2022_06=100),
            "cannot tell",
            "cannot tell at the due date; met by 2022-06-30",
            "2022-06",
        ),
        (
            readings(q2022_06=100, q2022_12=90),
            "cannot tell",
            "cannot tell at the due date; met by 2022-06-30",
            "2022-06",
        ),
        (readings(q2019_06=80), "cannot tell", "the last reading before the due date is for 2019-06", None),
        # a reading that proves nothing is passed over
        (readings(q2020_12=">90"), "cannot tell", "no reading proves it either way", None),
        (readings(q2020_12="~99"), "cannot tell", "no reading proves it either way", None),
        (
            readings(q2020_09=80, q2020_12=">90", q2021_03=95),
            "missed",
            "still not met by 2021-03-31",
            "2021-03",
        ),
        (readings(q2020_06=105, q2020_12=">90"), "met", "", "2020-06"),
        (readings(q2020_12=">=100"), "met", "", "2020-12"),
        (readings(q2020_12="~97"), "missed", "", "2020-12"),
        (readings(q2020_12="<100"), "missed", "", "2020-12"),
        ([], "cannot tell", "no reading", None),
    ],
)
def test_verdicts_on_levels(
    given_readings: list[Point], status: str, reason: str, evidence: str | None
) -> None:
    found = judged(given_readings, DUE_2020)
    assert (found.status, found.reason) == (status, reason)
    assert (found.evidence.period if found.evidence else None) == evidence


@pytest.mark.parametrize(
    ("ends", "months"),
    [
        (["2020-01", "2020-02", "2020-03"], 1),
        (["2020-01", "2020-03", "2020-04", "2020-06"], 2),
        (["2020-03", "2020-06", "2020-09"], 3),
        (["2018-12", "2019-12", "2020-12"], 3),
        (["2020-12"], 3),
        (["2020-12-01", "2020-12-02", "2020-12-03"], 1),
        (["2020-01", "2020-02", "2020-04"], 1),
        (["2020-02-29", "2020-03-31"], 1),
    ],
)
def test_the_reporting_period_is_the_median_distance_at_most_three_months(
    ends: list[str], months: int
) -> None:
    assert reporting_months([point(end, 1) for end in ends]) == months


def test_the_due_date_itself_has_not_passed() -> None:
    readings_2020 = readings(q2020_12=100)
    assert judged(readings_2020, DUE_2020, on="2020-12-31").status == "open"
    assert judged(readings_2020, DUE_2020, on="2021-01-01").status == "met"


def test_without_a_due_date_a_target_stays_open() -> None:
    found = judged(readings(q2020_12=200), goal(">= 100"))
    assert (found.status, found.reason) == ("open", "no due date")


ANNUAL = goal(">= 100", "2020-12-31")
QUARTER = goal(">= 100", "2020-Q4")


@pytest.mark.parametrize(
    ("target", "given_readings", "status", "reason", "evidence"),
    [
        (ANNUAL, [point("2020", 100)], "met", "", "2020"),
        (ANNUAL, [point("2020", 99)], "missed", "", "2020"),
        (ANNUAL, [point("2020", 99), point("2022", 100)], "met late", "met by 2022-12-31", "2022"),
        (ANNUAL, [point("2019", 110)], "cannot tell", "no reading for the 12 months to 2020-12-31", None),
        (
            ANNUAL,
            [point("2019", 90), point("2022", 100)],
            "cannot tell",
            "cannot tell at the due date; met by 2022-12-31",
            "2022",
        ),
        (
            ANNUAL,
            [point("2019", 90), point("2022", 90)],
            "cannot tell",
            "no reading for the 12 months to 2020-12-31",
            None,
        ),
        (ANNUAL, [point("2020", ">90")], "cannot tell", "no reading proves it either way", None),
        (
            ANNUAL,
            [point("2020-01..2020-11", 99)],
            "cannot tell",
            "no reading for the 12 months to 2020-12-31",
            None,
        ),
        (
            ANNUAL,
            [point("2020-01..2020-11", 100)],
            "met",
            "already met by 2020-01..2020-11",
            "2020-01..2020-11",
        ),
        (ANNUAL, [point("2020-01..2020-11", 100), point("2020", 99)], "missed", "", "2020"),
        (ANNUAL, [point("2020", ">90"), point("2020-H1", 101)], "met", "already met by 2020-H1", "2020-H1"),
        (
            ANNUAL,
            [point("2019-07..2020-06", 120)],
            "cannot tell",
            "no reading for the 12 months to 2020-12-31",
            None,
        ),
        (ANNUAL, [point("2021-H1", 120)], "cannot tell", "no reading for the 12 months to 2020-12-31", None),
        (QUARTER, [point("2020-Q4", 100)], "met", "", "2020-Q4"),
        (QUARTER, [point("2020", 400)], "cannot tell", "no reading for the 3 months to 2020-12-31", None),
        (
            QUARTER,
            [point("2020-Q3", 100), point("2021-Q1", 101)],
            "cannot tell",
            "cannot tell at the due date; met by 2021-03-31",
            "2021-Q1",
        ),
        (
            goal("<= 100", "2020"),
            [point("2020-H1", 50)],
            "cannot tell",
            "no reading for the 12 months to 2020-12-31",
            None,
        ),
        (goal(">= 100", "2016..2020"), [point("2020", 100)], "met", "", "2020"),
    ],
)
def test_verdicts_on_flows(
    target: Goal, given_readings: list[Point], status: str, reason: str, evidence: str | None
) -> None:
    found = judged(given_readings, target, measure="flow")
    assert (found.status, found.reason) == (status, reason)
    assert (found.evidence.period if found.evidence else None) == evidence


def test_a_shorter_rate_proves_nothing() -> None:
    assert judged([point("2020-01..2020-11", 120)], ANNUAL, measure="rate").status == "cannot tell"
    assert judged([point("2020", 120)], ANNUAL, measure="rate").status == "met"


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (goal(">= 100", "2020", superseded_on=date(2019, 6, 1)), "superseded"),
        (goal(">= 100", "2020", superseded_on=date(2020, 12, 31)), "superseded"),
        (goal(">= 100", "2020", superseded_on=date(2021, 1, 1)), "met"),
        (goal(">= 100", "2020", dropped_on=date(2019, 6, 1)), "dropped"),
        (goal(">= 100", "2020", dropped_on=date(2021, 1, 1)), "met"),
        (goal(">= 100", superseded_on=date(2021, 1, 1)), "superseded"),
        (goal(">= 100", "2020", corrected=True), "corrected"),
    ],
)
def test_a_target_replaced_or_withdrawn_before_it_was_due_has_no_other_verdict(
    target: Goal, status: str
) -> None:
    assert judged(readings(q2020_12=100), target).status == status


def test_a_later_target_does_not_count_before_it_was_stated() -> None:
    target = goal(">= 100", "2020", superseded_on=date(2019, 6, 1))
    assert judged([], target, on="2019-05-31").status == "open"
    assert judged([], target, on="2019-06-01").status == "superseded"


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        (90, ">= 100", -10),
        (41.3, "<= 20.1", 21.2),
        (50, "40..60", 0),
        (35, "40..60", -5),
        (66.5, "40..60", 6.5),
    ],
)
def test_the_margin_is_the_evidence_minus_the_target(value: Number, target: str, expected: Number) -> None:
    assert margin(value, goal(target)) == expected


def test_a_verdict_names_its_margin_and_whether_that_is_a_bound() -> None:
    found = judged(readings(q2020_12=">130"), DUE_2020)
    assert (found.margin, found.qualifier) == (30, "more than")


DAYS = st.dates(date(2018, 1, 1), date(2024, 12, 31))
QUALIFIERS = st.sampled_from(["exact", "exact", "about", "at least", "more than", "at most", "less than"])


@st.composite
def histories(draw: st.DrawFn) -> list[Point]:
    days = draw(st.lists(DAYS, min_size=1, max_size=6, unique=True))
    return [
        Point(f"{number:02}", str(day), day, day, draw(st.integers(90, 110)), draw(QUALIFIERS))
        for number, day in enumerate(days)
    ]


def status(history: list[Point], target: Goal = DUE_2020) -> str:
    return verdict(history, target, measure="level", direction="up", today=date(2026, 1, 1)).status


@given(histories(), st.integers(0, 99), st.integers(1, 400))
def test_a_later_reading_that_does_not_meet_never_turns_met_into_anything_else(
    history: list[Point], value: int, days: int
) -> None:
    if status(history) == "met":
        day = date(2020, 12, 31) + timedelta(days=days)
        later = Point("99", str(day), day, day, value)
        assert status([*history, later]) == "met"


@given(histories())
def test_lower_bounds_alone_never_give_missed(history: list[Point]) -> None:
    bounds = [
        Point(p.id, p.period, p.start, p.end, p.value, "more than" if p.qualifier == "exact" else "at least")
        for p in history
    ]
    assert status(bounds) in ("met", "cannot tell")


@given(histories())
def test_the_order_in_which_readings_come_does_not_matter(history: list[Point]) -> None:
    assert status(history[::-1]) == status(history) == status(history[1:] + history[:1])


@given(histories())
def test_a_reading_that_proves_nothing_changes_no_verdict_but_the_reporting_period(
    history: list[Point],
) -> None:
    # Beside another reading of the same day it cannot change the distances either.
    doubled = [Point(f"{p.id}x", p.period, p.start, p.end, 50, "more than") for p in history]
    assert status(history + doubled) == status(history)
