"""The reckoning against a second one written from the definitions, over many made-up cases."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gztrack.domain.points import Goal, Number, exactly, plain
from gztrack.domain.progress import assess, verdict
from gztrack.domain.reckoning.bounds import Figure
from oracle import answers
from oracle.answers import Pair
from oracle.methods import CLASSES, CUTS, class_of
from oracle.statements import allowed, counting, exact_meets, limits_of, meets, nearer
from oracle.verdicts import judge, judge_span
from reckoning_strategies import BOUNDS, ONE_SIDED, Setting, dated, number, settings_of, values

MANY = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
SOME = settings(MANY, max_examples=100)
SHARES = ("attainment", "path", "time", "ratio")


def expected(case: Setting) -> answers.Answer:
    points, goal, measure, direction, method, today = case
    return answers.assess(points, goal, measure=measure, direction=direction, method=method, today=today)


def near(value: Fraction | None) -> object:
    return None if value is None else pytest.approx(float(value), rel=1e-9, abs=1e-9)


def inside_range(case: Setting) -> bool:
    """The latest reading lies inside a ``between``, where a pace has no nearer limit to be held against."""
    counted = counting(case.points, case.goal, case.measure)
    return bool(
        counted
        and case.goal
        and case.goal.high is not None
        and exact_meets(exactly(counted[-1].value), case.goal, case.direction)
    )


@MANY
@given(settings_of())
def test_plain_readings_give_the_same_status_and_the_same_figures(case: Setting) -> None:
    ours, theirs = case.assessed(), expected(case)
    assert ours.status == theirs.status
    for name in SHARES:
        if not (inside_range(case) and name == "ratio"):
            assert number(getattr(ours, name)) == near(getattr(theirs, name)), name


@MANY
@given(settings_of(("exact", "exact", "about", *BOUNDS), promised=True))
def test_a_target_is_reached_on_the_end_of_the_first_period_that_meets_it(case: Setting) -> None:
    assert case.goal is not None
    said = (
        (each.end, meets(each.value, each.qualifier, case.goal, case.direction))
        for each in counting(case.points, case.goal, case.measure)
    )
    assert case.assessed().reached_on == next((end for end, met in said if met), None)


@MANY
@given(settings_of(("exact", "about", *BOUNDS)))
def test_bounds_give_a_status_only_where_every_allowed_value_gives_it(case: Setting) -> None:
    ours, theirs = case.assessed(), expected(case)
    careful = ours.status == "cannot tell" and case.method != "linear" and case.goal and bound_baseline(case)
    refused = ours.status == "not assessable" and theirs.status == "cannot tell"
    if (
        careful
    ):  # on the way to a target a growth rate from a baseline that is a bound is left open altogether
        assert theirs.status in (*CLASSES, "cannot tell", "not assessable")
    elif refused:  # the figure as it is written has no growth rate, or the limits none to be nearer
        assert theirs.ratio is None
    elif theirs.status == "not assessable":
        assert ours.status in ("not assessable", "cannot tell")
    else:
        assert ours.status == theirs.status


def bound_baseline(case: Setting) -> bool:
    counted = counting(case.points, case.goal, case.measure)
    base = answers.base_of(counted, case.goal, case.measure)
    return base is not None and base.qualifier in BOUNDS


@SOME
@given(settings_of(("exact", *BOUNDS), promised=True))
def test_a_figure_from_a_bound_holds_for_every_value_that_the_bound_allows(case: Setting) -> None:
    ours = case.assessed()
    counted = counting(case.points, case.goal, case.measure)
    base = answers.base_of(counted, case.goal, case.measure)
    assume(case.goal is not None and base is not None and counted)
    assert case.goal is not None
    assert base is not None
    corners = limits_of(case.goal)
    for y0 in allowed(base.value, base.qualifier, corners):
        for y in allowed(counted[-1].value, counted[-1].qualifier, corners):
            target, d = nearer(case.goal, y, case.direction)
            if d > 0 and target:
                held(ours.attainment, y / target)
            crossed = case.goal.high is not None and nearer(case.goal, y0, case.direction)[1] != d
            if crossed or target == y0 or exact_meets(y0, case.goal, case.direction):
                continue  # of these no share of the way is told
            held(ours.path, Fraction(1) if inside_range(case) else (y - y0) / (target - y0))
            if ours.ratio is not None:
                pair = Pair(base, counted[-1], case.goal, case.method, case.measure, case.direction)
                held(ours.ratio, pair.said(y0, y)[1])


def held(figure: Figure | None, value: Fraction | None) -> None:
    """Whether what a figure states is true of a value; nothing stated is never untrue."""
    if figure is None or value is None:
        return
    slack = max(Fraction(1), abs(value)) / 10**9
    least, most = Fraction(figure.value) - slack, Fraction(figure.value) + slack
    assert figure.qualifier in ("at most", "less than") or value >= least
    assert figure.qualifier in ("at least", "more than") or value <= most


@MANY
@given(settings_of(("exact", "exact", "about", *BOUNDS), overdue=True))
def test_a_verdict_and_its_evidence_follow_from_the_readings(case: Setting) -> None:
    goal = case.goal
    assert goal is not None
    ours = verdict(case.points, goal, measure=case.measure, direction=case.direction, today=case.today)
    status, evidence = judge(case.points, goal, case.measure, case.direction)
    assert (ours.status, ours.evidence) == (status, evidence)
    assert (ours.margin is None) == (evidence is None)
    if evidence is not None and ours.margin is not None:
        limit, _ = nearer(goal, exactly(evidence.value), case.direction)
        inside = goal.high is not None and exact_meets(exactly(evidence.value), goal, case.direction)
        assert exactly(ours.margin) == (0 if inside else exactly(evidence.value) - limit)
        assert ours.qualifier == evidence.qualifier


@SOME
@given(
    st.lists(st.tuples(st.integers(0, 5), values()), min_size=1, max_size=6, unique_by=lambda pair: pair[0]),
    values(),
    st.sampled_from([*ONE_SIDED, "about"]),
)
def test_a_promised_total_is_judged_by_the_sum(
    yearly: list[tuple[int, Number]], value: Number, comparator: str
) -> None:
    readings = [dated("annual", year, each) for year, each in sorted(yearly)]
    readings = [each for each in readings if each.value >= 0]
    assume(readings)
    first, last = dated("annual", 0, 0), dated("annual", 4, 0)
    goal = Goal("goal", value, comparator=comparator, due=last.end, over_start=first.start, over_end=last.end)
    today = dated("annual", 6, 0).end
    ours = verdict(readings, goal, measure="flow", direction="up", today=today)
    assert ours.status == judge_span(readings, goal, "up")
    inside = [exactly(each.value) for each in readings if each.end <= last.end]
    whole = assess(readings, goal, measure="flow", direction="up", method="linear", today=today)
    assert exactly(whole.total or 0) == sum(inside, Fraction(0))


@SOME
@given(
    st.sets(st.integers(0, 4), min_size=1),
    st.integers(1, 3000),
    st.integers(1, 9000),
    st.sampled_from(["up", "down"]),
)
def test_a_promised_total_goes_by_the_share_of_the_span(
    years: set[int], tenths: int, aimed: int, direction: str
) -> None:
    readings = [dated("annual", year, plain(Fraction(tenths * (year + 1), 10))) for year in sorted(years)]
    start, due, latest = dated("annual", 0, 0).start, dated("annual", 4, 0).end, readings[-1].end
    goal = Goal("goal", plain(Fraction(aimed, 10)), comparator="at least", due=due)
    goal = goal._replace(over_start=start, over_end=due)
    ours = assess(readings, goal, measure="flow", direction=direction, method="linear", today=latest)
    share = sum((exactly(each.value) for each in readings), Fraction(0)) / exactly(goal.value)
    time = Fraction(max(years) + 1, 5)
    gaps = len(years) <= max(years)
    assert ours.attainment == ours.path == Figure(float(share), "at least" if gaps else "exact")
    assert ours.time == near(time)
    assert number(ours.ratio) == near(share / time)
    assert len(ours.gaps) >= gaps
    if share >= 1:
        assert ours.status == "achieved"
    elif not gaps:
        assert ours.status == class_of(share / time, "linear", True)
    else:  # more may have come in the years that are missing
        assert ours.status in ("cannot tell", "on track")
        assert (ours.status == "on track") == (share / time >= Fraction("0.95"))
    for method in ("open-sdg", "un-chart"):
        other = assess(readings, goal, measure="flow", direction=direction, method=method, today=latest)
        assert other.status == ("achieved" if share >= 1 else "not assessable")


@SOME
@given(settings_of(promised=True))
def test_paces_and_the_marker_stand_on_the_line_from_the_baseline(case: Setting) -> None:
    ours = case.assessed()
    counted = counting(case.points, case.goal, case.measure)
    base = answers.base_of(counted, case.goal, case.measure)
    assume(ours.path is not None and ours.time is not None and not inside_range(case))
    assert case.goal is not None
    assert case.goal.due is not None
    assert base is not None
    assume(base.end < counted[-1].end)
    from_base, from_now, so_far = answers.paces(base, counted[-1], case.goal, case.direction)
    assert ours.needed_from_baseline == near(from_base)
    assert ours.so_far == near(so_far)
    if counted[-1].end < case.goal.due and case.today <= case.goal.due:
        assert ours.needed_from_now == near(from_now)
    elif case.today > case.goal.due:
        assert ours.needed_from_now is None
    if case.goal.high is None and case.goal.value > 0:
        assert ours.marker == near(answers.marker(base, case.goal, case.direction, case.today))


# What an independent implementation publishes: years as whole numbers, floats throughout.


def published(y0: float, y: float, target: float | None, spans: tuple[int, int], sense: int) -> float:
    """Observed growth a year over the growth that the target needs; without one the growth itself."""
    sign = -1 if y0 < 0 else 1
    seen: float = pow(y / y0, 1 / spans[0]) - 1
    needed = 1.0 if target is None else abs(pow(target / y0, 1 / spans[1]) - 1)
    return sign * sense * seen / needed


@MANY
@given(
    st.sampled_from([1, -1]),
    st.integers(1, 30_000),
    st.integers(1, 30_000),
    st.one_of(st.none(), st.integers(1, 30_000)),
    st.integers(1, 12),
    st.integers(0, 12),
    st.sampled_from(["up", "down"]),
)
def test_annual_data_get_the_published_class(
    sign: int, y0: int, y: int, target: int | None, so_far: int, more: int, direction: str
) -> None:
    sense = 1 if direction == "up" else -1
    first, latest = (plain(Fraction(sign * each, 100)) for each in (y0, y))
    aim = None if target is None else plain(Fraction(sign * target, 100))
    assume(aim != first)
    goal = None if aim is None else Goal("g", aim, due=dated("annual", so_far + more, 0).end)
    points = [dated("annual", 0, first), dated("annual", so_far, latest)]
    case = Setting(points, goal, "level", direction, "open-sdg", points[1].end)
    if aim is not None and (latest - aim) * sense >= 0:
        assert case.assessed().status == "achieved"
        return
    ratio = published(first, latest, aim, (so_far, so_far + more), sense)
    cuts = CUTS["open-sdg", aim is not None]
    assume(all(not least or abs(ratio - float(least)) > 1e-8 for least, _ in cuts))
    status = next(name for least, name in cuts if not least or ratio >= float(least))
    assert case.assessed().status == status
