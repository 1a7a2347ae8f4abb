"""Part-of relations: the share of the whole, the sum of the parts, and what cannot be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from books import empty, seeded
from gztrack.services.entering.entries import IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from gztrack.services.views import Detail


def family(*parts: str, unit: str = "centres", measure: str = "level") -> Tracker:
    tracker = empty()
    tracker.add_indicator(IndicatorEntry("whole", "All centres", unit, measure=measure))
    for part in parts:
        tracker.add_indicator(IndicatorEntry(part, part.title(), unit, measure=measure, part_of="whole"))
    return tracker


def log(tracker: Tracker, *lines: str) -> None:
    for line in lines:
        slug, value, period = line.split()
        tracker.log(LogEntry(slug, value, period, yes=True))


def facts(detail: Detail) -> dict[str, str]:
    return dict(detail.facts)


def test_the_seed_says_326_of_495() -> None:
    tracker = seeded()

    part, whole = tracker.detail("tech-centres-provincial"), tracker.detail("tech-centres")

    assert facts(part)["part of"] == "Enterprise technology centres: 326 of 495 (65.9 %) in 2019-Q3"
    assert part.whole is not None
    assert part.whole.share is not None
    assert part.whole.share.value == pytest.approx(326 / 495)
    assert facts(whole)["parts"] == "Provincial-level technology centres: 326 of 495 (65.9 %) in 2019-Q3"
    assert facts(whole)["rest"] == "169 in 2019-Q3"
    assert (part.notes, whole.notes, part.parts, whole.whole) == ((), (), None, None)


def test_the_latest_period_that_both_have_counts_and_levels_compare_by_their_day() -> None:
    tracker = family("city")
    log(tracker, "whole 100 2020", "whole 200 2021", "city 40 2020-12", "city 60 2021-H2", "city 90 2022")

    found = tracker.detail("city").whole

    assert found is not None
    assert (found.period, found.value, found.whole_value) == ("2021-H2", 60, 200)


def test_flows_compare_by_their_whole_period() -> None:
    tracker = family("city", measure="flow")
    log(tracker, "whole 100 2020", "city 30 2020-Q4")
    found = tracker.detail("city").whole
    assert found is not None
    assert (found.share, found.reason) == (None, "no period that both have a figure for")
    assert facts(tracker.detail("city"))["part of"] == "All centres: no period that both have a figure for"

    log(tracker, "city 60 2020", "whole 40 2020-Q4")
    found = tracker.detail("city").whole
    assert found is not None
    assert (found.period, found.value, found.whole_value) == ("2020", 60, 100)  # the year, not the quarter


def test_a_whole_lists_its_parts_their_sum_and_the_rest() -> None:
    tracker = family("city", "county")
    log(tracker, "whole 100 2020", "city 40 2020", "county 35 2020", "whole 120 2021", "city 50 2021")

    found = tracker.detail("whole")

    assert facts(found)["parts"] == "City: 50 of 120 (41.7 %) in 2021; County: 35 of 100 (35.0 %) in 2020"
    assert facts(found)["rest"] == "25 in 2020 (the parts together 75)"
    assert found.notes == ()


def test_a_part_larger_than_its_whole_is_said_on_both_sides() -> None:
    tracker = family("city")
    log(tracker, "whole 100 2020", "city 120 2020", "whole 200 2021", "city 60 2021")

    said = "City (120 centres) is more than its whole, All centres (100 centres), in 2020"
    for slug in ("city", "whole"):
        found = tracker.detail(slug)
        assert found.notes == (said,)
        assert facts(found)["warning"] == said


def test_parts_that_together_exceed_the_whole_are_said_even_where_one_is_missing() -> None:
    tracker = family("city", "county", "town")
    log(tracker, "whole 100 2020", "city 60 2020", "county 50 2020")

    found = tracker.detail("whole")

    assert found.notes == (
        "the parts together (110 centres) are more than All centres (100 centres) in 2020",
    )
    assert found.parts is not None
    assert (found.parts.total, found.parts.rest) == (None, None)  # of the town nobody knows


@pytest.mark.parametrize(
    ("part", "whole", "warned"),
    [
        (">120", "100", True),
        ("<120", "100", False),
        ("120", ">100", False),
        ("120", "<100", True),
        (">=100", "100", False),
        (">100", "100", True),
        ("100", "<100", True),
        ("~101", "100", False),
        ("~103", "100", True),
        (">90", "100", False),
    ],
)
def test_bounds_warn_only_where_they_prove_it(part: str, whole: str, warned: bool) -> None:
    tracker = family("city")
    log(tracker, f"whole {whole} 2020", f"city {part} 2020")

    assert bool(tracker.detail("city").notes) == warned


@pytest.mark.parametrize(
    ("part", "whole", "qualifier"),
    [
        ("40", "100", "exact"),
        (">40", "100", "more than"),
        ("40", ">100", "less than"),
        (">40", "<100", "more than"),
        ("<=40", ">=100", "at most"),
        ("~40", "100", "about"),
        (">40", ">100", None),
    ],
)
def test_a_share_from_a_bound_is_a_bound(part: str, whole: str, qualifier: str | None) -> None:
    tracker = family("city")
    log(tracker, f"whole {whole} 2020", f"city {part} 2020")

    found = tracker.detail("city").whole

    assert found is not None
    assert (found.share and found.share.qualifier) == qualifier
    assert bool(found.reason) == (qualifier is None)


def test_different_units_and_measures_are_not_compared_and_that_is_said() -> None:
    tracker = family()
    tracker.add_indicator(IndicatorEntry("money", "Money", "CNY", part_of="whole"))
    tracker.add_indicator(IndicatorEntry("output", "Output", "centres", measure="flow", part_of="whole"))
    log(tracker, "whole 100 2020", "money 500 2020", "output 300 2020")

    found = tracker.detail("whole")

    assert facts(found)["parts"] == (
        "Money: not compared: CNY are not centres; Output: not compared: a flow and a level"
    )
    assert found.notes == ()
    assert "rest" not in facts(found)


def test_growth_rates_have_no_shares() -> None:
    tracker = family("city", unit="%", measure="rate")
    log(tracker, "whole 5 2020", "city 9 2020")

    assert facts(tracker.detail("city"))["part of"] == (
        "All centres: not compared: a growth rate has no share in another"
    )
    assert tracker.detail("whole").notes == ()


def test_figures_below_zero_prove_nothing() -> None:
    tracker = family("city", unit="CNY")
    log(tracker, "whole -100 2020", "city 50 2020")

    found = tracker.detail("city")

    assert found.notes == ()
    assert found.whole is not None
    assert found.whole.reason == "the whole is not above zero"


def test_an_archived_part_is_none() -> None:
    tracker = family("city")
    log(tracker, "whole 100 2020", "city 50 2020")
    tracker.archive("city")

    assert tracker.detail("whole").parts is None


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=4), st.integers(1, 3000))
def test_a_warning_exactly_where_a_part_or_the_sum_is_more(values: list[int], whole: int) -> None:
    names = [f"part{number}" for number in range(len(values))]
    tracker = family(*names)
    log(tracker, f"whole {whole} 2020", *(f"{n} {v} 2020" for n, v in zip(names, values, strict=True)))

    found = tracker.detail("whole")

    assert found.parts is not None
    assert found.parts.total is not None
    assert found.parts.rest is not None
    assert (found.parts.total.value, found.parts.rest.value) == (sum(values), whole - sum(values))
    for share, value in zip(found.parts.shares, values, strict=True):
        assert share.share is not None
        assert share.share.value == pytest.approx(value / whole)
        assert bool(share.warning) == (share.share.value > 1)
    assert bool(found.parts.warning) == (len(values) > 1 and sum(values) > whole)
    assert bool(found.notes) == (sum(values) > whole)
