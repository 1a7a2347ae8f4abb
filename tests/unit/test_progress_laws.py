"""What must not change the reckoning: another unit, a mirror, the order; and figures are figures."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gztrack.domain.assessment import Assessment
from gztrack.domain.points import Number, exactly, plain
from gztrack.domain.reckoning.bounds import Figure
from oracle.statements import counting, exact_meets
from reckoning_strategies import BOUNDS, Setting, number, settings_of

SOME = settings(max_examples=100, deadline=None)
SHARES = ("attainment", "path", "time", "ratio")


def inside_range(case: Setting) -> bool:
    """The latest reading lies inside a ``between``, where a pace has no nearer limit to be held against."""
    counted = counting(case.points, case.goal, case.measure)
    return bool(
        counted
        and case.goal
        and case.goal.high is not None
        and exact_meets(exactly(counted[-1].value), case.goal, case.direction)
    )


def scaled(case: Setting, factor: int, denominator: int) -> Setting:
    """Readings, target and baseline times a positive factor, as one would write them down."""

    def times(value: Number) -> Number:
        return plain(exactly(value) * Fraction(factor, denominator))

    goal = case.goal
    if goal is not None:
        goal = goal._replace(
            value=times(goal.value),
            high=None if goal.high is None else times(goal.high),
            baseline=None if goal.baseline is None else times(goal.baseline),
        )
    return case._replace(points=[p._replace(value=times(p.value)) for p in case.points], goal=goal)


@SOME
@given(settings_of(("exact", "exact", "about", *BOUNDS)), st.sampled_from([(10_000, 1), (1, 10), (3, 1)]))
def test_another_unit_changes_no_status_and_no_share(case: Setting, factor: tuple[int, int]) -> None:
    ours, other = case.assessed(), scaled(case, *factor).assessed()
    assert (ours.status, ours.refusals) == (other.status, other.refusals)
    for name in (*SHARES, "marker"):
        one, two = getattr(ours, name), getattr(other, name)
        assert number(two) == (None if one is None else pytest.approx(number(one), rel=1e-9, abs=1e-9)), name
        assert isinstance(one, Figure) == isinstance(two, Figure)
        assert not isinstance(one, Figure) or one.qualifier == two.qualifier


MIRROR = {
    "at least": "at most",
    "at most": "at least",
    "more than": "less than",
    "less than": "more than",
}


def mirrored(case: Setting) -> Setting:
    goal = case.goal
    if goal is not None:
        low, high = goal.value, goal.high
        goal = goal._replace(
            value=-low if high is None else -high,
            high=None if high is None else -low,
            comparator=MIRROR.get(goal.comparator, goal.comparator),
            baseline=None if goal.baseline is None else -goal.baseline,
        )
    points = [p._replace(value=-p.value, qualifier=MIRROR.get(p.qualifier, p.qualifier)) for p in case.points]
    direction = "down" if case.direction == "up" else "up"
    return case._replace(points=points, goal=goal, direction=direction)


@SOME
@given(settings_of(("exact", "exact", "about", *BOUNDS)))
def test_a_mirrored_series_has_the_same_linear_status_and_ratio(case: Setting) -> None:
    case = case._replace(method="linear")
    # A flow that already meets proves a promise only where more can but come.
    assume(case.measure != "flow" or case.goal is None or case.today <= (case.goal.due or case.today))
    ours, other = case.assessed(), mirrored(case).assessed()
    assert ours.status == other.status
    if not inside_range(case):
        assert number(other.ratio) == (None if ours.ratio is None else pytest.approx(ours.ratio.value))
    assert number(other.path) == (None if ours.path is None else pytest.approx(ours.path.value))
    assert other.time == ours.time


@SOME
@given(settings_of(("exact", *BOUNDS)), st.randoms(use_true_random=False))
def test_the_order_in_which_readings_are_given_never_matters(case: Setting, chance: object) -> None:
    shuffled = list(case.points)
    getattr(chance, "shuffle")(shuffled)  # noqa: B009
    assert case.assessed() == case._replace(points=shuffled).assessed()


def figures_of(found: Assessment) -> dict[str, object]:
    names = ("attainment", "path", "time", "ratio", "expected", "marker", "so_far")
    return {name: getattr(found, name) for name in (*names, "needed_from_baseline", "needed_from_now")}


@SOME
@given(settings_of(("exact", "about", *BOUNDS)), st.sampled_from([1, 10**11, 10**-9]))
def test_every_figure_is_finite_and_every_missing_one_says_why(case: Setting, factor: float) -> None:
    points = [each._replace(value=each.value * factor) for each in case.points]
    ours = case._replace(points=points).assessed()
    for name, each in figures_of(ours).items():
        assert each is None or isfinite(number(each)), name  # type: ignore[arg-type]
    for name in ("attainment", "path", "time"):
        assert getattr(ours, name) is not None or ours.refusals.get(name), name
    unsure = ("not assessable", "cannot tell")
    assert ours.reason or ours.status not in unsure
