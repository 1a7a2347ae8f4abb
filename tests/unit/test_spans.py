"""Span totals: so much over several years together."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import assessed, goal, judged, point
from gztrack.domain.points import Goal, Point
from gztrack.domain.reckoning.bounds import Figure
from gztrack.domain.reckoning.totals import span_total

FIVE_YEARS = goal(">= 1000", "2025-12-31", over="2021..2025")
CAP = goal("<= 1000", "2025-12-31", over="2021..2025")
SPAN = (date(2021, 1, 1), date(2025, 12, 31))


def years(**values: float | str) -> list[Point]:
    return [point(year[1:], value) for year, value in values.items()]


def test_the_sum_is_held_against_the_share_of_the_span_gone_by() -> None:
    found = assessed(years(y2020=500, y2021=200, y2022=180), FIVE_YEARS, measure="flow")
    assert (found.attainment, found.path) == (Figure(0.38), Figure(0.38))
    assert found.time == 0.4
    assert found.ratio is not None
    assert found.ratio.value == pytest.approx(0.95)
    assert (found.status, found.reason) == ("on track", "380 so far; pace is 0.95 of what the span needs")
    assert found.total == 380
    assert [reading.period for reading in found.counted] == ["2021", "2022"]


def test_the_marker_is_the_share_of_the_span_gone_by_on_the_day() -> None:
    found = assessed(years(y2021=200), FIVE_YEARS, measure="flow", on="2023-12-31")
    assert (found.time, found.marker, found.expected) == (0.2, 0.6, 600)


def test_paces_of_a_span() -> None:
    found = assessed(years(y2021=200, y2022=180), FIVE_YEARS, measure="flow")
    assert (found.needed_from_baseline, found.so_far) == (200, 190)
    assert found.needed_from_now == pytest.approx(620 / 3)


@pytest.mark.parametrize(
    ("readings", "status", "reason"),
    [
        (years(y2021=200, y2022=500, y2023=400), "achieved", ""),
        (years(y2021=100), "off track", "100 so far; pace is 0.50 of what the span needs"),
        (years(y2021=130), "behind", "130 so far; pace is 0.65 of what the span needs"),
        (years(y2020=500), "not assessable", "no reading inside the span"),
        ([], "no reading", ""),
        (years(y2021=200, y2023=150), "cannot tell", "≥350 so far; no reading for 2022-01-01..2022-12-31"),
        (
            years(y2021=300, y2023=300),
            "on track",
            "≥600 so far; pace is at least 1.00 of what the span needs; no reading for 2022-01-01..2022-12-31",
        ),
        (years(y2021=">100"), "cannot tell", ">100 so far; the sum holds a bound"),
        (years(y2021=">200", y2022="<100"), "cannot tell", "~300 so far; the sum holds a bound"),
        (years(y2021=">200"), "on track", ">200 so far; pace is more than 1.00 of what the span needs"),
    ],
)
def test_statuses_of_an_open_span(readings: list[Point], status: str, reason: str) -> None:
    found = assessed(readings, FIVE_YEARS, measure="flow", on="2024-01-31")
    assert (found.status, found.reason) == (status, reason)


def test_gaps_make_the_sum_a_lower_bound_and_are_named() -> None:
    found = assessed(years(y2021=200, y2023=150), FIVE_YEARS, measure="flow")
    assert found.attainment == Figure(0.35, "at least")
    assert found.gaps == ((date(2022, 1, 1), date(2022, 12, 31)),)


@pytest.mark.parametrize("method", ["open-sdg", "un-chart"])
def test_growth_methods_refuse_a_span_total(method: str) -> None:
    found = assessed(years(y2021=200, y2022=180), FIVE_YEARS, measure="flow", method=method)
    assert (found.status, found.reason) == ("not assessable", "no growth rate of a span total")


@pytest.mark.parametrize("measure", ["level", "rate"])
def test_only_a_flow_has_a_total(measure: str) -> None:
    found = assessed(years(y2021=200, y2022=180), FIVE_YEARS, measure=measure)
    assert (found.status, found.reason) == ("not assessable", "a total over a span needs a flow")
    assert judged(years(y2021=2000), FIVE_YEARS, measure=measure).status == "cannot tell"


@pytest.mark.parametrize("target", [CAP, goal("800..1000", "2025", over="2021..2025")])
def test_a_cap_or_a_range_is_settled_when_its_span_ends(target: Goal) -> None:
    found = assessed(years(y2021=200, y2022=180), target, measure="flow")
    assert found.status == "not assessable"
    assert found.reason == "a cap or a range on a total is settled when its span ends"


FULL = years(y2021=200, y2022=200, y2023=200, y2024=200, y2025=199)


@pytest.mark.parametrize(
    ("readings", "target", "status", "evidence", "margin"),
    [
        (FULL, FIVE_YEARS, "missed", "2025", -1),
        ([*FULL[:4], point("2025", 300)], FIVE_YEARS, "met", "2025", 100),
        (years(y2021=200, y2023=900), FIVE_YEARS, "met", "2023", 100),
        (years(y2021=200, y2023=700), FIVE_YEARS, "cannot tell", "2023", None),
        (FULL[:4], FIVE_YEARS, "cannot tell", "2024", None),
        ([*FULL[:4], point("2025", ">100")], FIVE_YEARS, "cannot tell", "2025", None),
        (FULL, CAP, "met", "2025", -1),
        (FULL[:4], CAP, "cannot tell", "2024", None),
        (years(y2021=1001), CAP, "missed", "2021", 1),
        (years(y2020=5000), FIVE_YEARS, "cannot tell", None, None),
    ],
)
def test_verdicts_on_span_totals(
    readings: list[Point], target: Goal, status: str, evidence: str | None, margin: float | None
) -> None:
    found = judged(readings, target, measure="flow", on="2026-01-01")
    assert (found.status, found.margin) == (status, margin)
    assert (found.evidence.period if found.evidence else None) == evidence


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        (FULL, "999 in total"),
        ([*FULL[:4], point("2025", 300)], "1,100 in total"),
        (years(y2021=200, y2023=900), "≥1,100 in total"),
        (years(y2021=">1000"), ">1,000 in total"),
    ],
)
def test_the_verdict_on_a_span_total_says_the_sum(readings: list[Point], said: str) -> None:
    assert judged(readings, FIVE_YEARS, measure="flow", on="2026-01-01").reason == said


@pytest.mark.parametrize(
    ("readings", "qualifier"),
    [
        (years(y2021=200, y2022=180), None),
        (years(y2021=200, y2023=150), "at least"),
        (years(y2021=">200"), "more than"),
        (years(y2021=">200", y2022="<100"), "about"),
    ],
)
def test_a_sum_of_bounds_or_with_a_gap_is_no_exact_one(readings: list[Point], qualifier: str | None) -> None:
    found = assessed(readings, FIVE_YEARS, measure="flow")
    assert found.qualifiers.get("total") == qualifier


def test_a_span_not_covered_names_its_gaps() -> None:
    found = judged(years(y2021=200, y2023=700), FIVE_YEARS, measure="flow", on="2026-01-01")
    assert found.reason == "no reading for 2022-01-01..2022-12-31, 2024-01-01..2025-12-31; ≥900 in total"
    assert judged(years(y2020=1), FIVE_YEARS, measure="flow", on="2026-01-01").reason == (
        "no reading for 2021-01-01..2025-12-31"
    )


def test_a_span_total_without_a_due_date_is_due_when_its_span_ends() -> None:
    target = goal(">= 1000", over="2021..2025")
    assert judged(FULL, target, measure="flow", on="2025-12-31").status == "open"
    assert judged(FULL, target, measure="flow", on="2026-01-01").status == "missed"


@pytest.mark.parametrize(
    ("readings", "summed"),
    [
        ([point("2021", 10), point("2021-H1", 4), point("2021-H2", 7)], ["2021"]),
        ([point("2021-H1", 4), point("2021-Q1", 2), point("2021-H2", 7)], ["2021-H1", "2021-H2"]),
        ([point("2021-01..2021-11", 9), point("2021-Q1", 2), point("2021-Q4", 3)], ["2021-01..2021-11"]),
        ([point("2020-07..2021-06", 9), point("2021-Q3", 2)], ["2021-Q3"]),
        ([point("2025-07..2026-06", 9)], []),
        ([point("2021", 10), point("2021-01..2021-12", 11)], ["2021-01..2021-12"]),
    ],
)
def test_readings_that_overlap_are_counted_once(readings: list[Point], summed: list[str]) -> None:
    assert [reading.period for reading in span_total(readings, SPAN).points] == summed


MONTHS = st.tuples(st.integers(0, 59), st.integers(1, 14), st.integers(0, 9))


@given(st.lists(MONTHS, max_size=6))
def test_no_choice_of_readings_covers_more_days(drawn: list[tuple[int, int, int]]) -> None:
    readings = [
        point(f"{2021 + first // 12}-{first % 12 + 1:02}..{2021 + last // 12}-{last % 12 + 1:02}", value)
        for first, length, value in drawn
        for last in [first + length - 1]
        if length > 1
    ]
    inside = [reading for reading in readings if reading.end <= SPAN[1]]

    def days(chosen: list[Point]) -> int:
        return sum((reading.end - reading.start).days + 1 for reading in chosen)

    def apart(chosen: list[Point]) -> bool:
        ordered = sorted(chosen, key=lambda reading: reading.start)
        return all(a.end < b.start for a, b in pairwise(ordered))

    subsets = ([r for place, r in enumerate(inside) if mask >> place & 1] for mask in range(1 << len(inside)))
    best = max(days(chosen) for chosen in subsets if apart(chosen))
    found = list(span_total(readings, SPAN).points)
    assert apart(found)
    assert days(found) == best


@pytest.mark.parametrize(
    ("readings", "target", "status", "verdict"),
    [
        (years(y2021=-50), goal(">= -100", "2025-12-31", over="2021..2025"), "not assessable", "cannot tell"),
        (years(y2021=-50, y2022=2000), FIVE_YEARS, "on track", "cannot tell"),
        (
            years(y2021=-50, y2022=2000, y2023=0, y2024=0, y2025=-100),
            FIVE_YEARS,
            "met",
            "met",
        ),
        (years(y2021=900, y2022=200, y2023=0, y2024=0, y2025=-200), FIVE_YEARS, "missed", "missed"),
    ],
)
def test_of_what_may_be_below_zero_a_part_proves_nothing(
    readings: list[Point], target: Goal, status: str, verdict: str
) -> None:
    during = assessed(readings[:2], target, measure="flow", on="2023-12-31")
    assert during.status != "achieved" or min(point.value for point in readings[:2]) >= 0
    assert judged(readings, target, measure="flow", on="2026-01-01").status == verdict
    if len(readings) < 5:
        assert during.status == status


_sums = st.lists(
    st.tuples(
        st.integers(2019, 2026),
        st.integers(-5, 50),
        st.sampled_from(["exact", "at least", "more than", "about", "at most"]),
    ),
    max_size=8,
)


@given(_sums)
def test_the_running_sum_is_at_each_reading_the_sum_up_to_it(readings: list[tuple[int, int, str]]) -> None:
    taken = [point(str(year), value)._replace(qualifier=word) for year, value, word in readings]
    whole = span_total(taken, SPAN)
    running = list(whole.running())
    assert [reading for reading, _, _ in running] == list(whole.points)
    for count, (reading, value, qualifier) in enumerate(running, 1):
        part = span_total(whole.points[:count], SPAN)
        assert (value, qualifier) == (part.value, part.qualifier(reading.end))
