"""Ratios and cuts of the three methods."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builders import assessed, goal, point, points
from gztrack.domain.points import Goal, Number, Point, plain
from gztrack.domain.progress import assess
from gztrack.domain.reckoning.bounds import TOLERANCE, Spread
from gztrack.domain.reckoning.methods import CHANGE, GROWTH, PACE, REACH, Scale, class_of, classify, growth

# Years after 2010 from which every share of the way at a cut is a finite decimal.
SPANS = st.sampled_from(
    [(so_far, in_all) for in_all in (1, 2, 4, 5, 8, 10) for so_far in range(1, in_all + 1)]
)
TENTHS = st.integers(-100_000, 100_000).map(lambda number: Fraction(number, 10))
DISTANCES = st.integers(1, 50_000).map(lambda number: Fraction(number, 10))


def year_end(year: int, value: Number) -> Point:
    return Point(f"{year}", f"{year}", date(year, 1, 1), date(year, 12, 31), value)


def target(value: Number, year: int, sense: int) -> Goal:
    return Goal("goal", value, comparator="at least" if sense > 0 else "at most", due=date(year, 12, 31))


@given(TENTHS, DISTANCES, SPANS, st.sampled_from([1, -1]), st.sampled_from(PACE.cuts))
def test_a_linear_ratio_exactly_at_a_cut_belongs_to_the_better_class(
    y0: Fraction, distance: Fraction, span: tuple[int, int], sense: int, cut: tuple[float, str]
) -> None:
    so_far, in_all = span
    share = Fraction(repr(cut[0])) * so_far / in_all
    y, goal_value = y0 + sense * share * distance, y0 + sense * distance
    found = assess(
        [year_end(2010, plain(y0)), year_end(2010 + so_far, plain(y))],
        target(plain(goal_value), 2010 + in_all, sense),
        measure="level",
        direction="up",
        method="linear",
        today=date(2010 + so_far, 12, 31),
    )
    assert found.status == cut[1]


@given(DISTANCES, DISTANCES, st.sampled_from([1, -1]), st.sampled_from(REACH.cuts))
def test_an_un_chart_ratio_exactly_at_a_cut_belongs_to_the_better_class(
    low: Fraction, distance: Fraction, sense: int, cut: tuple[float, str]
) -> None:
    y0 = low if sense > 0 else low + distance
    y, goal_value = y0 + sense * Fraction(repr(cut[0])) * distance, y0 + sense * distance
    found = assess(
        [year_end(2010, plain(y0)), year_end(2013, plain(y))],
        target(plain(goal_value), 2013, sense),
        measure="level",
        direction="up",
        method="un-chart",
        today=date(2013, 12, 31),
    )
    assert found.status == cut[1]


@given(DISTANCES, DISTANCES, st.sampled_from([1, -1]), st.sampled_from(PACE.cuts))
def test_an_open_sdg_ratio_exactly_at_a_cut_belongs_to_the_better_class(
    low: Fraction, distance: Fraction, sense: int, cut: tuple[float, str]
) -> None:
    # Growth over one year is the change over the baseline, so that the ratio is a decimal.
    y0 = low if sense > 0 else low + distance
    y, goal_value = y0 + sense * Fraction(repr(cut[0])) * distance, y0 + sense * distance
    assume(goal_value != 0)
    found = assess(
        [year_end(2010, plain(y0)), year_end(2011, plain(y))],
        target(plain(goal_value), 2011, sense),
        measure="level",
        direction="up",
        method="open-sdg",
        today=date(2011, 12, 31),
    )
    assert found.status == cut[1]


@given(
    st.integers(1, 100_000).map(lambda number: Fraction(number, 10)),
    st.sampled_from([("open-sdg", cut) for cut in GROWTH.cuts] + [("un-chart", cut) for cut in CHANGE.cuts]),
    st.sampled_from(["up", "down"]),
)
def test_growth_without_a_target_exactly_at_a_cut_belongs_to_the_better_class(
    y0: Fraction, cut: tuple[str, tuple[float, str]], direction: str
) -> None:
    method, (least, status) = cut
    change = Fraction(repr(least)) * (1 if direction == "up" else -1)
    found = assess(
        [year_end(2010, plain(y0)), year_end(2011, plain(y0 * (1 + change)))],
        None,
        measure="level",
        direction=direction,
        method=method,
        today=date(2011, 12, 31),
    )
    assert found.status == status


@pytest.mark.parametrize("cuts", [PACE, REACH, GROWTH, CHANGE])
def test_a_ratio_clearly_below_a_cut_belongs_to_the_worse_class(cuts: Scale) -> None:
    better = [status for _, status in cuts.cuts]
    for (least, _), worse in zip(cuts.cuts, [*better[1:], cuts.worst], strict=True):
        assert classify(least - 1000 * TOLERANCE, cuts) == worse


@pytest.mark.parametrize(
    ("spread", "status"),
    [
        (Spread(0.95, 0.95, inf), "on track"),
        (Spread(0.95, 0.95, inf, strict=True), "on track"),
        (Spread(0.94, 0.94, inf), None),
        (Spread(0.0, -inf, 0.0), None),
        (Spread(0.0, -inf, 0.0, strict=True), "moving away"),
        (Spread(-0.1, -inf, -0.1), "moving away"),
        (Spread(0.7, -inf, inf), None),
        (Spread(0.7, 0.7, 0.9), "behind"),
        (Spread(0.7, 0.7, 0.95), "behind"),
    ],
    ids=str,
)
def test_a_class_needs_every_allowed_ratio(spread: Spread, status: str | None) -> None:
    assert class_of(spread, PACE) == status


@pytest.mark.parametrize(
    ("a", "b", "years", "rate"),
    [(100, 121, 2, 0.1), (100, 100, 5, 0.0), (-50, -100, 1, 1.0), (80, 20, 2, -0.5), (1, 10, 0.001, inf)],
)
def test_growth_is_compound_and_endless_where_floats_end(
    a: Number, b: Number, years: float, rate: float
) -> None:
    assert growth(a, b, years) == pytest.approx(rate)


@pytest.mark.parametrize(
    ("readings", "text", "status", "ratio"),
    [
        # a negative value that shrinks towards zero is a rise
        (points(y2019=-100, y2020=-80), ">= -50", "off track", 0.2 / 0.5),
        (points(y2019=-100, y2020=-120), ">= -50", "moving away", -0.2 / 0.5),
        # the baseline is past the target: no line leads there, but growth has a direction
        (points(y2019=120, y2020=90), ">= 100", "moving away", -0.25 / (1 / 6)),
    ],
)
def test_open_sdg_minds_the_sign_of_the_baseline(
    readings: list[Point], text: str, status: str, ratio: float
) -> None:
    found = assessed(readings, goal(text, "2020"), method="open-sdg")
    assert found.ratio is not None
    assert found.ratio.value == pytest.approx(ratio)
    assert found.status == status


@pytest.mark.parametrize(
    ("method", "direction", "last", "status"),
    [
        ("open-sdg", "up", 1020, "on track"),
        ("open-sdg", "up", 1010, "behind"),
        ("open-sdg", "up", 1001, "off track"),
        ("open-sdg", "up", 999, "moving away"),
        ("open-sdg", "down", 980, "on track"),
        ("open-sdg", "down", 1001, "moving away"),
        ("un-chart", "up", 1019, "behind"),
        ("un-chart", "up", 900, "off track"),
        ("un-chart", "down", 980, "on track"),
        ("linear", "up", 1020, "no target"),
    ],
)
def test_without_a_target_growth_a_year_decides(method: str, direction: str, last: int, status: str) -> None:
    readings = points(y2019=1000, y2020=last)
    assert assessed(readings, None, method=method, direction=direction).status == status


@pytest.mark.parametrize(
    ("measure", "readings", "reason"),
    [
        ("rate", points(y2019=10, y2020=12), "a growth rate of a growth rate means nothing"),
        ("level", points(y2019=10), "only one reading and no baseline"),
        ("level", points(y2019=0, y2020=12), "no growth rate from or to zero"),
        ("level", points(y2019=-3, y2020=12), "no growth rate across a change of sign"),
        (
            "flow",
            [point("2019", 10), point("2020-01..2020-11", 9)],
            "fewer than two readings of 11 months (mixed coverage)",
        ),
    ],
)
def test_growth_without_a_target_says_why_it_is_not_assessable(
    measure: str, readings: list[Point], reason: str
) -> None:
    found = assessed(readings, None, measure=measure, method="open-sdg")
    assert (found.status, found.reason) == ("not assessable", reason)
