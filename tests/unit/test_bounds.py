"""What a reading proves about a target, and what a figure reckoned from a bound may be."""

from __future__ import annotations

from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import assessed, goal, point, points
from gztrack.domain.amounts import parse_amount
from gztrack.domain.points import Goal, Point
from gztrack.domain.progress import METHODS, assess
from gztrack.domain.reckoning.bounds import Figure, allowed, meets, rising, sense, spread, summed

COMPARATORS = ("at least", "more than", "at most", "less than")
BOUNDS = ("at least", "more than", "at most", "less than")


@pytest.mark.parametrize(
    ("reading", "target", "answer"),
    [
        # equality meets "at least" and does not meet "more than"
        ("100", ">= 100", True),
        ("100", "> 100", False),
        ("100", "<= 100", True),
        ("100", "< 100", False),
        ("99.9", ">= 100", False),
        ("100.1", "<= 100", False),
        # a lower bound can prove "met", never "missed"
        (">=100", ">= 100", True),
        (">=100", "> 100", None),
        (">100", "> 100", True),
        (">99", ">= 100", None),
        (">1", ">= 100", None),
        # an upper bound the other way round
        ("<=100", ">= 100", None),
        ("<100", ">= 100", False),
        ("<=100", "> 100", False),
        ("<=99", ">= 100", False),
        ("<200", ">= 100", None),
        # and both mirrored for falling targets
        ("<=100", "<= 100", True),
        ("<100", "< 100", True),
        ("<=100", "< 100", None),
        (">100", "<= 100", False),
        (">=100", "<= 100", None),
        (">=100", "< 100", False),
        # between: the limits are inside
        ("40", "40..60", True),
        ("60", "40..60", True),
        ("39.9", "40..60", False),
        ("60.1", "40..60", False),
        (">60", "40..60", False),
        (">=60", "40..60", None),
        ("<40", "40..60", False),
        (">30", "40..60", None),
        # about, as a target: 2 % either way, and the better side
        ("98", "~ 100", True),
        ("97.9", "~ 100", False),
        ("150", "~ 100", True),
        (">98", "~ 100", True),
        ("<98", "~ 100", False),
        # about, as a reading: nothing inside the band
        ("~98", ">= 100", None),
        ("~102", ">= 100", None),
        ("~102.1", ">= 100", True),
        ("~97.9", ">= 100", False),
        ("~30.6", ">= 30", None),
        ("~97.9", "<= 100", True),
        ("~50", "40..60", True),
        ("~40.5", "40..60", None),
        ("~39", "40..60", False),
        ("~59", "40..60", None),
        ("~98", "~ 100", None),
        ("0", ">= 0", True),
        ("-5", ">= -3", False),
    ],
)
def test_what_a_reading_proves(reading: str, target: str, answer: bool | None) -> None:
    amount = parse_amount(reading)
    assert meets(amount.value, amount.qualifier, goal(target), "up") is answer


@pytest.mark.parametrize(
    ("reading", "answer"), [("102", True), ("102.1", False), ("50", True), ("~101", None)]
)
def test_the_better_side_of_about_is_below_where_lower_is_better(reading: str, answer: bool | None) -> None:
    amount = parse_amount(reading)
    assert meets(amount.value, amount.qualifier, goal("~ 100"), "down") is answer


@pytest.mark.parametrize(
    ("target", "direction", "expected"),
    [
        (">= 1", "down", 1),
        ("> 1", "down", 1),
        ("<= 1", "up", -1),
        ("< 1", "up", -1),
        ("~ 1", "up", 1),
        ("~ 1", "down", -1),
        ("1", "up", 1),
        ("1", "down", -1),
    ],
)
def test_the_comparator_says_which_way_is_better_else_the_indicator(
    target: str, direction: str, expected: int
) -> None:
    assert sense(goal(target), direction) == expected


WHOLE = st.integers(-50, 150)


def samples(value: float, qualifier: str) -> list[float]:
    """Values that a statement allows, near its end and far off."""
    if qualifier not in BOUNDS:
        return [value]
    sign = 1 if qualifier in ("at least", "more than") else -1
    near = [] if qualifier in ("more than", "less than") else [value]
    return near + [value + sign * step for step in (0.25, 1, 7, 33, 60, 100, 101, 400, 10_000)]


@given(WHOLE, st.sampled_from(BOUNDS), WHOLE, st.sampled_from([*COMPARATORS, "between", "about"]), WHOLE)
def test_what_a_bound_proves_holds_for_every_value_it_allows(
    value: int, qualifier: str, low: int, comparator: str, width: int
) -> None:
    high = low + abs(width) + 1 if comparator == "between" else None
    target = Goal("goal", low, high=high, comparator=comparator)
    answer = meets(value, qualifier, target, "up")
    exact = {meets(sample, "exact", target, "up") for sample in samples(value, qualifier)}
    if answer is not None:
        assert exact == {answer}


@given(WHOLE, st.sampled_from(["at least", "more than"]), WHOLE, st.sampled_from(["at least", "more than"]))
def test_a_lower_bound_never_proves_that_a_rising_target_was_missed(
    value: int, qualifier: str, target: int, comparator: str
) -> None:
    assert meets(value, qualifier, Goal("goal", target, comparator=comparator), "up") is not False


def reading(year: int, value: float, qualifier: str) -> Point:
    return Point(f"{year}", f"{year}", date(year, 1, 1), date(year, 12, 31), value, qualifier)


@given(
    st.tuples(WHOLE, st.sampled_from(["exact", *BOUNDS])),
    st.tuples(WHOLE, st.sampled_from(["exact", *BOUNDS])),
    WHOLE,
    st.sampled_from(COMPARATORS),
    st.sampled_from(METHODS),
)
def test_a_class_from_bounds_is_the_class_of_every_value_they_allow(
    first: tuple[int, str], last: tuple[int, str], target: int, comparator: str, method: str
) -> None:
    aim = Goal("goal", target, comparator=comparator, due=date(2014, 12, 31))

    def status(start: Point, end: Point) -> str:
        found = assess(
            [start, end], aim, measure="level", direction="up", method=method, today=date(2012, 12, 31)
        )
        return found.status

    given_class = status(reading(2010, *first), reading(2012, *last))
    if given_class in ("cannot tell", "not assessable"):
        return
    # a reading that an open-ended bound allows may well be past the target: better than on track
    as_good = {given_class, "achieved"} if given_class == "on track" else {given_class}
    for start in samples(*first):
        for end in samples(*last):
            assert status(reading(2010, start, "exact"), reading(2012, end, "exact")) in as_good


@pytest.mark.parametrize(
    ("first", "last", "target", "method", "status"),
    [
        ("100", ">150", ">= 200", "linear", "on track"),
        ("100", ">=147.5", ">= 200", "linear", "on track"),
        ("100", ">120", ">= 200", "linear", "cannot tell"),
        ("100", ">=200", ">= 200", "linear", "achieved"),
        ("100", "<100", ">= 200", "linear", "moving away"),
        ("100", "<=100", ">= 200", "linear", "cannot tell"),
        ("100", "<90", ">= 200", "un-chart", "cannot tell"),
        ("100", ">150", ">= 200", "open-sdg", "on track"),
        ("<100", "150", ">= 200", "linear", "on track"),
        (">100", "150", ">= 200", "linear", "cannot tell"),
        (">300", "150", ">= 200", "linear", "not assessable"),
        ("<300", "150", ">= 200", "linear", "cannot tell"),
        ("<200", "150", ">= 200", "linear", "cannot tell"),
        ("50", "<40", "<= 20", "linear", "cannot tell"),
        ("50", "<30", "<= 20", "linear", "on track"),
        ("50", ">50", "<= 20", "linear", "moving away"),
        ("30", ">35", "40..60", "linear", "cannot tell"),
        ("90", ">95", "40..60", "linear", "moving away"),
        ("100", "~150", ">= 200", "linear", "on track"),
        ("100", "~199", ">= 200", "linear", "on track"),
    ],
)
def test_classes_from_bounds(first: str, last: str, target: str, method: str, status: str) -> None:
    readings = [point("2010", first), point("2012", last)]
    assert assessed(readings, goal(target, "2014"), method=method).status == status


@pytest.mark.parametrize(
    ("first", "last", "target", "attainment", "path"),
    [
        ("100", ">150", ">= 200", Figure(0.75, "more than"), Figure(0.5, "more than")),
        ("100", ">=150", ">= 200", Figure(0.75, "at least"), Figure(0.5, "at least")),
        ("100", "<150", ">= 200", Figure(0.75, "less than"), Figure(0.5, "less than")),
        ("100", "~150", ">= 200", Figure(0.75, "about"), Figure(0.5, "about")),
        ("~100", "150", ">= 200", Figure(0.75), Figure(0.5, "about")),
        (">100", "150", ">= 200", Figure(0.75), Figure(0.5, "less than")),
        ("<=100", "150", ">= 200", Figure(0.75), Figure(0.5, "at least")),
        ("<=100", "250", ">= 200", Figure(1.25), Figure(1.5, "at most")),
        ("<=100", ">150", ">= 200", Figure(0.75, "more than"), Figure(0.5, "more than")),
        (">100", ">150", ">= 200", Figure(0.75, "more than"), None),
        ("50", "<41", "<= 20", None, Figure(0.3, "more than")),
        ("50", "at most 41", "<= 20", None, Figure(0.3, "at least")),
    ],
)
def test_figures_from_bounds_are_bounds(
    first: str, last: str, target: str, attainment: Figure | None, path: Figure | None
) -> None:
    found = assessed([point("2010", first), point("2012", last)], goal(target, "2014"))
    assert (found.attainment, found.path) == (attainment, path)
    assert (path is None) == ("path" in found.refusals)


def test_a_reading_that_may_have_come_back_to_the_target_has_no_class() -> None:
    target = goal("<= 2", "2014")
    found = assessed([point("2010", "1"), point("2012", ">1")], target, method="open-sdg")
    assert (found.status, found.reason) == ("cannot tell", "the reading is only a lower bound")
    assert (
        assessed([point("2010", "1"), point("2012", ">3")], target, method="open-sdg").status == "moving away"
    )


def test_paces_from_bounds_are_bounds() -> None:
    found = assessed([point("2010", "100"), point("2012", ">150")], goal(">= 200", "2014"))
    assert (found.needed_from_now, found.so_far) == (25, 25)
    assert found.qualifiers == {"needed_from_now": "less than", "so_far": "more than"}


@pytest.mark.parametrize(
    ("start", "latest", "direction", "status", "ratio"),
    [
        (">190", "100", "down", "on track", "more than"),
        (">190", "100", "up", "moving away", "less than"),
        (">=100", "104", "up", "cannot tell", "at most"),
        ("<190", "100", "down", "cannot tell", None),  # it may have been nothing at all
        ("<-190", "-100", "up", "on track", "more than"),
        (">190", ">100", "down", "cannot tell", None),
        (">190", "~100", "down", "on track", "more than"),
    ],
)
def test_growth_from_a_bound_is_a_bound_where_no_target_asks_for_more(
    start: str, latest: str, direction: str, status: str, ratio: str | None
) -> None:
    for method in ("open-sdg", "un-chart"):
        found = assessed(
            [point("2018", start), point("2020", latest)], None, direction=direction, method=method
        )
        said = "off track" if (method, status) == ("un-chart", "moving away") else status
        assert (found.status, found.ratio and found.ratio.qualifier) == (said, ratio), method


@pytest.mark.parametrize(
    ("qualifiers", "expected"),
    [
        (["exact", "exact"], "exact"),
        (["exact", "about"], "about"),
        (["at least", "about"], "at least"),
        (["at least", "more than"], "more than"),
        (["at most", "less than", "exact"], "less than"),
        (["at least", "at most"], None),
        ([], "exact"),
    ],
)
def test_the_qualifier_of_a_sum(qualifiers: list[str], expected: str | None) -> None:
    assert summed(qualifiers) == expected


def test_a_spread_open_at_both_ends_is_no_figure() -> None:
    assert spread(0.5, ("at least", "at most"), (-inf, inf)).figure() is None


@pytest.mark.parametrize(
    ("qualifier", "sign", "ends"),
    [
        ("more than", 1, (0.5, inf)),
        ("more than", -1, (-inf, 0.5)),
        ("at most", 1, (-inf, 0.5)),
        ("at most", -1, (0.5, inf)),
        ("about", 1, (0.5, 0.5)),
    ],
)
def test_a_figure_grows_or_shrinks_with_its_reading(
    qualifier: str, sign: int, ends: tuple[float, float]
) -> None:
    found = rising(0.5, qualifier, sign)
    assert (found.low, found.high) == ends


def test_exact_and_about_allow_the_value_that_they_name() -> None:
    assert allowed(5, "exact") == allowed(5, "about") == (5, 5, False, False)


def test_a_bound_in_the_latest_reading_is_named_as_the_reason() -> None:
    found = assessed(points(y2010=100, y2012=">120"), goal(">= 200", "2014"))
    assert found.reason == "the reading is only a lower bound"


def test_a_bound_in_the_baseline_is_named_as_the_reason() -> None:
    found = assessed(points(y2010=">100", y2012=120), goal(">= 200", "2014"))
    assert found.reason == "the baseline is only a lower bound"
