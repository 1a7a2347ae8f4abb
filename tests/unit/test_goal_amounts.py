"""The grammar of goals: one limit with its comparator, or two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gztrack.domain.amounts import GoalAmount, exact_goal, parse_goal


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("300k", GoalAmount(300_000, None, "")),
        (">=1.5m", GoalAmount(1_500_000, None, "at least")),
        (">2m", GoalAmount(2_000_000, None, "more than")),
        ("<=20.0", GoalAmount(20, None, "at most")),
        ("<20", GoalAmount(20, None, "less than")),
        ("~66.7", GoalAmount(66.7, None, "about")),
        ("up to 5k", GoalAmount(5000, None, "at most")),
        ("more than RMB 200 billion", GoalAmount(200_000_000_000, None, "more than")),
        ("40..60", GoalAmount(40, 60, "between")),
        ("40 .. 60", GoalAmount(40, 60, "between")),
        ("40…60", GoalAmount(40, 60, "between")),
        ("40% .. 60%", GoalAmount(40, 60, "between")),
        ("40..60 %", GoalAmount(40, 60, "between")),
        ("between 40 and 60", GoalAmount(40, 60, "between")),
        ("40 to 60", GoalAmount(40, 60, "between")),
        ("-5..5", GoalAmount(-5, 5, "between")),
        ("1bn..2bn", GoalAmount(1_000_000_000, 2_000_000_000, "between")),
        ("1..2bn", GoalAmount(1_000_000_000, 2_000_000_000, "between")),
        ("500..1k", GoalAmount(500, 1000, "between")),
        ("CNY 1..2 bn", GoalAmount(1_000_000_000, 2_000_000_000, "between")),
    ],
)
def test_a_goal_is_read_with_its_comparator(text: str, goal: GoalAmount) -> None:
    assert parse_goal(text) == goal


def test_a_goal_may_carry_the_indicators_unit() -> None:
    assert parse_goal(">=300,000 vehicles/year", "vehicles/year") == GoalAmount(300_000, None, "at least")


@pytest.mark.parametrize(
    ("goal", "unit", "text"),
    [
        ((300_000, None, "at least"), "vehicles/year", "≥300,000 vehicles/year"),
        ((40, 60, "between"), "%", "40..60 %"),
        ((1_000, 2_000, "between"), "CNY/year", "CNY 1,000..2,000/year"),
        ((300_000, None, ""), "stations", "300,000 stations"),
    ],
)
def test_a_goal_is_written_with_its_sign_and_unit(
    goal: tuple[int, int | None, str], unit: str, text: str
) -> None:
    assert exact_goal(*goal, unit) == text


@settings(max_examples=200, deadline=None)
@given(
    value=st.integers(-(10**9), 10**9),
    step=st.integers(1, 10**9),
    between=st.booleans(),
    comparator=st.sampled_from(["", "at least", "more than", "about", "at most", "less than"]),
    unit=st.sampled_from(["stations", "%", "CNY/year", "CNY (cumulative)", "m", ""]),
    plain=st.booleans(),
)
def test_what_exact_goal_writes_reads_back(
    value: int, step: int, between: bool, comparator: str, unit: str, plain: bool
) -> None:
    goal = GoalAmount(value, value + step, "between") if between else GoalAmount(value, None, comparator)
    assert parse_goal(exact_goal(*goal, unit, ascii=plain), unit) == goal
