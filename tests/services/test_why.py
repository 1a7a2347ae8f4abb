"""The sums behind a row: what they hold is the assessment's, and their operands give it again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import empty, followed, seeded, states
from gztrack.domain.forecast import after
from gztrack.domain.grammar.calendar import years
from gztrack.domain.progress import assess
from gztrack.domain.reckoning.methods import classify, scale
from gztrack.domain.records import METHODS
from gztrack.errors import InputError
from gztrack.services.board.assessing import case, goal
from gztrack.services.explaining.sums import decimal, result, years_text
from gztrack.services.explaining.views import MethodSums, Operand, Sum, VerdictSums, Why
from gztrack.services.importing.importer import import_text
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker

HEAD = (
    "kind,indicator,series,period,value,due,over,comparator,stated_on,baseline,baseline_period,source,name,unit,"
    "measure,direction\n"
)
SYMBOL = re.compile(r"years\([^)]*\)|[A-Za-z_][A-Za-z_0-9]*")
CLASSES = ("on track", "behind", "off track", "moving away")


def book(
    *readings: str,
    target: str = "",
    due: str = "2024",
    over: str = "",
    comparator: str = "",
    baseline: str = "",
    measure: str = "level",
    direction: str = "up",
) -> Tracker:
    """One indicator ``x``; readings as ``"2019 >100 source"``, a baseline as ``"2019 50"``."""
    rows = [f"indicator,x,,,,,,,,,,,The x,things,{measure},{direction}"]
    for line in readings:
        period, value, source = (*line.split(" "), "")[:3]
        rows.append(f'reading,x,,{period},"{value}",,,,,,,{source},,,,')
    if target:
        period, value = baseline.split(" ") if baseline else ("", "")
        rows.append(f'target,x,,,"{target}",{due},{over},{comparator},2018,{value},{period},Plan,,,,')
    tracker = empty()
    import_text(tracker, HEAD + "\n".join(rows) + "\n", yes=True)
    return tracker


def why(tracker: Tracker, on: str = "2022-03-01", method: str = "", slug: str = "x") -> Why:
    return tracker.why(slug, Clocks(as_of=date.fromisoformat(on)), method)


def figure(found: Why, name: str) -> Sum:
    return next(one for one in found.figures if one.name == name)


def method(found: Why, name: str) -> MethodSums:
    return next(one for one in found.methods if one.name == name)


def verdict(found: Why) -> VerdictSums:
    assert found.verdict is not None
    return found.verdict


def done_again(one: Sum) -> float | date | None:
    """A sum's result, reckoned from its formula and operands alone; None where a formula cannot be evaluated."""
    if one.formula.endswith(" years"):  # a date: t + (T - y) / slope years
        start = next(operand.value for operand in one.operands if operand.name == "t")
        assert isinstance(start, date)
        span = _evaluated(one.formula.removeprefix("t + ").removesuffix(" years"), one.operands)
        return after(start, max(0.0, span))
    if " of " in one.formula:  # the median over pairs, whose readings are not listed
        return None
    return _evaluated(one.formula, one.operands)


def _evaluated(formula: str, operands: Iterable[Operand]) -> float:
    values = {operand.name: operand.value for operand in operands}
    names = {name: value for name, value in values.items() if name.isidentifier()}

    def put(found: re.Match[str]) -> str:
        word = found[0]
        return f"({values[word]!r})" if word in values and word not in names else word

    return float(eval(SYMBOL.sub(put, formula).replace("^", "**"), {"abs": abs, "years": years}, names))


def filled_again(one: Sum) -> float:
    """The same from the text with the numbers filled in, as somebody with a calculator would."""
    text = re.sub(r"[<>≤≥~,]", "", one.filled).replace("^", "**")
    return float(eval(text, {"abs": abs}, {}))


def every_sum(found: Why) -> Iterator[Sum]:
    yield from found.figures
    for one in found.methods:
        yield from one.sums
    for judged in (found.verdict, *found.others):
        if judged is not None and judged.margin is not None:
            yield judged.margin
    yield from found.forecast.sums


def check(tracker: Tracker, slug: str, on: date, asked: str = "") -> None:
    """Whether everything that ``why`` says is what the row says, and every sum can be done again."""
    clocks = Clocks(as_of=on)
    found = tracker.why(slug, clocks, asked)
    moment = tracker.moment(clocks)
    indicator = tracker.register.indicator(slug, moment)
    assert indicator is not None
    known = case(tracker.register, indicator, moment, asked, project=True)
    assessed = known.assessment
    assert (found.row.status, found.row.reason) == (assessed.status, assessed.reason)
    for one in found.figures:
        if one.name.startswith("years_"):
            continue
        if one.name == "total":
            assert one.value == assessed.total
            continue
        value = getattr(assessed, one.name)
        qualifier = assessed.qualifiers.get(one.name, "exact")
        if one.name in ("attainment", "path") and value is not None:
            value, qualifier = value.value, value.qualifier
        assert one.value == value, one
        assert (one.refused != "") == (value is None), one
        if value is None:
            assert one.refused == (assessed.refusals.get(one.name) or one.refused)
        else:
            assert one.qualifier == qualifier, one
    aim = goal(tracker.register, known.headline, moment) if known.headline else None
    for each in found.methods:
        other = assess(
            known.points,
            aim,
            measure=indicator["measure"],
            direction=indicator["direction"],
            method=each.name,
            today=on,
        )
        assert each.ratio == (other.ratio.value if other.ratio else None)
        assert each.qualifier == (other.ratio.qualifier if other.ratio else "exact")
        assert each.chosen == (each.name == assessed.method)
        if found.rule in (2, 5, 6) and other.status not in ("achieved", "no reading"):
            assert (each.status, each.reason) == (other.status, other.reason)
        if each.ratio is not None and each.status in CLASSES and each.qualifier in ("exact", "about"):
            assert each.status == classify(each.ratio, scale(each.name, with_target=aim is not None))
        if each.sums and each.ratio is not None:
            assert each.sums[-1].value == each.ratio
    for one in every_sum(found):
        _check_sum(one)
    _check_verdicts(found)
    out = sum(group.count for group in found.inputs.left_out)
    assert found.inputs.counted + out == len(tracker.history(slug, clocks))
    assert sum(len(group.named) for group in found.inputs.left_out) <= 12


def _check_sum(one: Sum) -> None:
    if one.value is None:
        assert one.refused
        assert not one.filled
        return
    assert one.shown
    if isinstance(one.value, date):
        assert done_again(one) == one.value
        return
    if not isfinite(one.value) or "limit that the indicator" in one.note:
        return
    again = done_again(one)
    if again is None:
        return
    assert not isinstance(again, date)
    sizes = [abs(o.value) for o in one.operands if not isinstance(o.value, date)]
    biggest = max([1.0, *sizes])
    assert again == pytest.approx(one.value, rel=1e-6, abs=1e-9 * biggest), one
    if biggest < 1e12:
        assert filled_again(one) == pytest.approx(one.value, rel=1e-2, abs=1e-4 * biggest), one


def _check_verdicts(found: Why) -> None:
    for judged in (found.verdict, *found.others):
        if judged is None:
            continue
        assert judged.rule
        assert len(judged.weighed) <= 12
        assert sum(each.meets is None for each in judged.weighed) <= judged.silent
        number = judged.rule[:2]
        allowed = {"1:": ("met",), "2:": ("missed", "met late"), "3:": ("missed", "met late", "cannot tell")}
        if number in allowed:
            assert judged.status in allowed[number], judged
        if judged.evidence is not None and judged.weighed:
            assert judged.evidence in [each.cited for each in judged.weighed]
            decided = next(each for each in judged.weighed if each.cited == judged.evidence)
            assert decided.meets is not None
            if judged.status in ("met", "met late", "missed"):
                assert decided.meets == (judged.status != "missed")


@pytest.mark.parametrize("make", [seeded, followed, states])
@pytest.mark.parametrize("on", [date(2019, 12, 31), date(2023, 6, 30), date(2026, 11, 24), date(2031, 1, 1)])
def test_every_row_is_explained_by_what_it_says(make: Callable[[], Tracker], on: date) -> None:
    tracker = make()
    for row in tracker.board(Clocks(as_of=on)).rows:
        for asked in ("", *METHODS):
            check(tracker, row.id, on, asked)


VALUES = st.one_of(
    st.integers(-50, 1000),
    st.decimals(-20, 200, places=1, allow_nan=False).filter(lambda value: value % 1 != 0),
)
SIGNS = st.sampled_from(["", "", "", ">", "<", "~", ">=", "<="])
YEARS = ["2018", "2019", "2020", "2021", "2022"]
PERIODS = st.sampled_from([*YEARS, "2020-H1", "2021-Q3", "2019-05", "2021-01..2021-11", "2020-02"])


@settings(max_examples=120, deadline=None)
@given(
    readings=st.one_of(
        st.dictionaries(PERIODS, st.tuples(SIGNS, VALUES), max_size=6),
        st.dictionaries(st.sampled_from(YEARS), st.tuples(st.just(""), VALUES), min_size=2),
    ),
    target=st.one_of(
        st.tuples(st.just(""), st.sampled_from([">=", ">", "<=", "<", "~"]), VALUES).map(
            lambda t: t[1] + str(t[2])
        ),
        st.sampled_from(["", "40..60", "-10..700"]),
    ),
    due=st.sampled_from(["2024", "2025", "2026-06-30", "2021", "2022-Q4", "none"]),
    over=st.sampled_from(["", "", "", "2019..2022"]),
    baseline=st.sampled_from(["", "", "", "2017 40", "2018-H1 12.5", "2020 0"]),
    measure=st.sampled_from(["level", "flow", "rate"]),
    direction=st.sampled_from(["up", "down"]),
    on=st.dates(date(2019, 1, 1), date(2025, 12, 31)),
)
def test_whatever_goes_in_the_sums_give_the_assessment_again(
    readings: dict[str, tuple[str, object]],
    target: str,
    due: str,
    over: str,
    baseline: str,
    measure: str,
    direction: str,
    on: date,
) -> None:
    lines = [f"{period} {sign}{value}" for period, (sign, value) in readings.items()]
    if over and (".." in target or due == "none"):
        over = ""
    try:
        tracker = book(
            *lines,
            target=target,
            due="2022" if over else due,
            over=over,
            comparator="between" if ".." in target else "",
            baseline="" if over else baseline,
            measure=measure,
            direction=direction,
        )
    except InputError:  # what the grammar or the rules for targets refuse is no case
        return
    check(tracker, "x", on)


WORKED = {
    "steady": (("2019 100000", "2020 150000", "2021 190000"), "300000", "2024", "2021-12-31"),
    "slow": (("2019 100000", "2021 120000"), "300000", "2024", "2021-12-31"),
    "disagree": (("2015 10", "2020 22"), "80", "2025", "2020-12-31"),
    "falling": (("2018 50.0", "2021 41.0"), "<=20.0", "2025", "2021-12-31"),
    "wrong way": (("2018 50.0", "2021 53.0"), "<=20.0", "2025", "2021-12-31"),
    "overshoot": (("2019 100000", "2022 650000"), "300000", "2025", "2022-12-31"),
    "at the cut": (("2020 100", "2022 147.5"), "200", "2024", "2022-12-31"),
}


def worked(name: str) -> Why:
    readings, target, due, on = WORKED[name]
    return why(book(*readings, target=target, due=due), on)


@pytest.mark.parametrize(
    ("name", "linear", "open_sdg", "un_chart", "attainment", "path"),
    [
        ("steady", "1.1250", "1.5399", "1.9880", "63.3 %", "45.0 %"),
        ("slow", "0.2500", "0.3884", "0.2887", "40.0 %", "10.0 %"),
        ("disagree", "0.3429", "0.7390", "0.5486", "27.5 %", "17.1 %"),
        ("falling", "0.7000", "0.5217", "0.6177", "", "30.0 %"),
        ("wrong way", "-0.2333", "-0.1599", "-0.2427", "", "-10.0 %"),
        ("overshoot", "5.5000", "4.3111", "20.6250", "216.7 %", "275.0 %"),
        ("at the cut", "0.9500", "1.1337", "1.1756", "73.8 %", "47.5 %"),
    ],
)
def test_the_worked_cases_have_their_numbers(
    name: str, linear: str, open_sdg: str, un_chart: str, attainment: str, path: str
) -> None:
    found = worked(name)
    assert [each.sums[-1].shown for each in found.methods] == [linear, open_sdg, un_chart]
    assert f"({path})" in figure(found, "path").shown
    assert f"({attainment})" in figure(found, "attainment").shown if attainment else True
    if not attainment:
        assert figure(found, "attainment").refused == "lower is better: the path says how far"


def test_the_numbers_are_filled_in() -> None:
    found = worked("steady")
    assert method(found, "linear").sums[-1].filled == "((190,000 - 100,000) / 2) / ((300,000 - 100,000) / 5)"
    observed, required, ratio = method(found, "open-sdg").sums
    assert observed.filled == "(190,000 / 100,000)^(1 / 2) - 1"
    assert required.filled == "(300,000 / 100,000)^(1 / 5) - 1"
    assert ratio.filled == "1 * 1 * 0.378405 / abs(0.245731)"
    assert method(found, "un-chart").sums[1].filled == "190,000 * (1 + 0.378405)^3"


def test_the_methods_disagree_in_words() -> None:
    found = worked("disagree")
    assert (found.agree, found.agreement) == (
        False,
        "they disagree: linear off track, open-sdg behind, un-chart behind",
    )
    assert worked("steady").agree is True
    assert worked("steady").agreement == "all three say on track"
    rate = why(book("2019 10", "2020 12", target="20", measure="rate"))
    assert (rate.agree, rate.agreement) == (None, "only linear gives a class: on track")


def test_a_method_can_be_asked_for_and_is_marked() -> None:
    tracker = book("2015 10", "2020 22", target="80", due="2025")
    found = why(tracker, "2020-12-31", "un-chart")
    assert (found.row.status, [each.chosen for each in found.methods]) == ("behind", [False, False, True])
    assert found.rule_text == "the class that un-chart gives"
    with pytest.raises(InputError, match="no such method"):
        why(tracker, method="guess")


@pytest.mark.parametrize(
    ("tracker", "on", "rule", "status"),
    [
        (book(target="100"), "2026-01-01", 1, "no reading"),
        (book("2020 5"), "2022-01-01", 2, "no target"),
        (book("2020 5", "2024 100", target="100"), "2025-01-01", 3, "met"),
        (book("2020 5", "2021 100", target="100"), "2022-01-01", 4, "achieved"),
        (book("2020 5", target="100"), "2022-01-01", 5, "not assessable"),
        (book("2020 5", "2021 20", target="100"), "2022-01-01", 6, "behind"),
        (book("2020 5", "2021 >20", target="100"), "2022-01-01", 6, "cannot tell"),
    ],
)
def test_the_first_rule_that_applies_is_named(tracker: Tracker, on: str, rule: int, status: str) -> None:
    found = why(tracker, on)
    assert (found.rule, found.row.status) == (rule, status)


def test_every_operand_leads_to_the_fact_that_states_it() -> None:
    tracker = book("2019 100 Yearbook", "2021 150 Bulletin", target="300")
    found = why(tracker)
    y, target = figure(found, "attainment").operands
    assert found.row.reading is not None
    assert found.row.target is not None
    assert (y.fact, target.fact) == (found.row.reading.id, found.row.target.id)
    assert [each.origin.source for each in found.sources] == ["Yearbook", "Bulletin", "Plan"]
    assert found.inputs.latest.cited is not None
    assert found.inputs.latest.cited.source == 2
    assert found.sources[1].facts == (found.row.reading.handle,)


def test_an_explicit_baseline_is_the_targets_own() -> None:
    found = why(book("2021 70", target="100", baseline="2019 50"))
    given = found.inputs.baseline
    assert given.cited is not None
    assert found.row.target is not None
    assert (given.cited.kind, given.cited.id, given.how) == (
        "baseline",
        found.row.target.id,
        "stated with the target",
    )
    assert figure(found, "path").filled == "(70 - 50) / (100 - 50)"


def test_readings_left_out_are_counted_by_reason_and_a_dozen_named() -> None:
    lines = [f"2020-{month:02} {month}" for month in range(1, 13)] + [
        "2019 50",
        "2020 78",
        "2021-01 5",
        "2023 90",
    ]
    found = why(book(*lines, target="300", measure="flow"))
    assert found.inputs.counted == 2
    assert {group.reason: group.count for group in found.inputs.left_out} == {
        "other coverage": 13,
        "future": 1,
    }
    assert sum(len(group.named) for group in found.inputs.left_out) == 12
    assert found.inputs.coverage == "12 months, as the target's"


def test_a_bound_says_what_every_allowed_value_gives() -> None:
    found = why(book("2019 100", "2021 >150", target="300"))
    assert figure(found, "attainment").shown == ">0.5000 (>50.0 %)"
    assert figure(found, "attainment").note == "a bound, since y is"
    assert figure(found, "needed_from_now").shown == "<50 a year"
    linear = method(found, "linear")
    assert linear.bounds == "the bounds allow a ratio >0.6250: anything from behind to on track, so no class"
    kept = why(book("2019 100", "2021 >250", target="300"))
    assert method(kept, "linear").bounds == "the bounds allow a ratio >1.8750: on track for every one of them"
    upper = method(why(book("2019 100", "2021 <150", target="300")), "open-sdg")
    assert (upper.ratio, upper.sums[-1].refused) == (None, "bounds leave it open at both ends")
    assert upper.bounds.startswith("the bounds allow any ratio: anything from moving away to on track")


def test_a_buffer_that_is_a_bound_may_lie_on_either_side() -> None:
    assert figure(why(book("2019 100", "2021 >150", target="300")), "buffer").shown == (
        ">-0.38 reporting periods of 24 months, on either side of the line"
    )
    assert (
        figure(worked("steady"), "buffer").shown == "0.25 reporting periods of 12 months, ahead of the line"
    )


def test_a_range_and_a_band_have_their_numbers() -> None:
    inside = why(book("2020 10", "2021 33", target="40..60", comparator="between"))
    assert inside.inputs.limits.startswith("between: met from 40 to 60")
    assert (inside.inputs.aim, inside.inputs.sense) == (40, 1)
    above = why(book("2020 90", "2021 80", target="40..60", comparator="between"))
    assert (above.inputs.aim, above.inputs.sense) == (60, -1)
    band = why(book("2020 10", "2021 33", target="~50"))
    assert band.inputs.limits == "about: met from 49 (50 - 2 % of it)"


@pytest.mark.parametrize(("first", "last"), [("10", "45"), ("90", "55"), ("39", "41")])
def test_inside_a_range_nothing_is_left_to_go(first: str, last: str) -> None:
    tracker = book(f"2020 {first}", f"2021 {last}", target="40..60", comparator="between")
    found = why(tracker)
    assert found.row.status == "achieved"
    path, left = figure(found, "path"), figure(found, "needed_from_now")
    assert (path.value, path.shown, path.note) == (1, "1.0000 (100.0 %)", "y lies within 40..60")
    assert (left.value, left.filled, left.note) == (0, "0", "y lies within 40..60")
    check(tracker, "x", date(2022, 3, 1))


def test_a_line_to_a_target_below_zero_is_no_share_of_it() -> None:
    tracker = book("2019 -100", "2021 -50", target="-10", due="2030")
    marker = figure(why(tracker), "marker")
    assert marker.formula == "years(t0, D) / years(t0, tT)"
    check(tracker, "x", date(2022, 3, 1))


def test_the_sign_of_the_baseline_is_told() -> None:
    assert why(book("2019 -5", "2021 4", target="20")).inputs.sign == -1
    assert why(book("2019 0", "2021 4", target="20")).inputs.sign == 1
    assert why(book("2021 4", target="20")).inputs.sign is None
    assert why(book("2021 4", target="20", over="2021..2023", due="", measure="flow")).inputs.sign is None


def test_a_day_of_reaching_that_has_passed_is_said_to_have() -> None:
    tracker = book("2020 100", "2021 90", "2022 85", target="<=80")
    then, later = why(tracker, "2023-01-01"), why(tracker, "2026-11-24")
    assert next(one for one in then.forecast.sums if one.name == "reached").note == ""
    reached = next(one for one in later.forecast.sums if one.name == "reached")
    assert reached.note == "not after D = 2026-11-24: no reading has shown it"


def test_a_total_is_written_out_with_its_gaps() -> None:
    tracker = book(
        "2021 120000", "2023 650000", "2023-H1 300000", target="3m", over="2021..2025", due="", measure="flow"
    )
    found = why(tracker, "2024-06-30")
    total = figure(found, "total")
    assert total.filled == "120,000 + 650,000"
    assert (total.value, total.qualifier, total.note) == (
        770_000,
        "at least",
        "no reading for 2022-01-01..2022-12-31",
    )
    assert method(found, "linear").sums[-1].formula == "(total / T) / (years(ts, t) / years(ts, te))"
    assert {group.reason for group in found.inputs.left_out} == {"overlaps one that is summed"}
    assert method(found, "un-chart").reason == "no growth rate of a span total"


def test_a_total_is_judged_by_its_sum() -> None:
    tracker = book("2021 100", "2022 300", target="350", over="2021..2022", due="", measure="flow")
    judged = verdict(why(tracker, "2023-01-01"))
    assert (judged.status, judged.rule) == ("met", "the sum from 2021-01-01 to 2022-12-31 meets it")
    assert judged.margin is not None
    assert (judged.margin.filled, judged.margin.shown) == ("400 - 350", "+50")


@pytest.mark.parametrize(
    ("readings", "status", "rule"),
    [
        (("2019 10", "2024 100"), "met", "1: the latest reading by the due date, 2024, meets it"),
        (
            ("2024-11 90", "2025 120"),
            "met late",
            (
                "2: the latest reading by the due date, 2024-11, does not meet it and speaks until 2025-02-28, past the"
                " due date; a later one meets it"
            ),
        ),
        (
            ("2020 10", "2026 120"),
            "cannot tell",
            (
                "3: the latest reading by the due date, 2020, does not meet it but speaks only until 2021-03-31, so the"
                " first after it decides, 2026: it meets, but whether the target was met in time it cannot say"
            ),
        ),
        (
            ("2022 >50",),
            "cannot tell",
            "3: no reading by the due date proves anything; no later one proves anything either",
        ),
    ],
)
def test_the_verdicts_rule_is_told(readings: tuple[str, ...], status: str, rule: str) -> None:
    judged = verdict(why(book(*readings, target="100"), "2027-01-01"))
    assert (judged.status, judged.rule) == (status, rule)


def test_what_was_looked_at_stands_beside_the_verdict() -> None:
    judged = verdict(why(book("2023 >50", "2024-11 90", "2025 120", target="100"), "2027-01-01"))
    said = [(each.cited.period, each.meets, each.role) for each in judged.weighed]
    assert said == [
        ("2023", None, "proves nothing"),
        ("2024-11", False, "the latest by the due date"),
        ("2025", True, "the first after the due date"),
    ]
    assert judged.silent == 1
    assert (judged.period_months, judged.period_how) == (
        3,
        "the 3 readings lie 12 months apart (median); at most 3 count",
    )


def test_a_flow_is_judged_by_the_reading_for_its_period() -> None:
    judged = verdict(why(book("2023 90", "2024 95", "2025 120", target="100", measure="flow"), "2027-01-01"))
    assert (judged.status, judged.rule) == (
        "met late",
        "the reading for the 12 months to the due date decides: it does not meet; a later one does",
    )
    part = verdict(why(book("2024-H1 120", target="100", measure="flow"), "2027-01-01"))
    assert (part.status, part.evidence and part.evidence.period) == ("met", "2024-H1")
    assert part.rule.startswith("a part of the 12 months to the due date already meets it")


def test_an_open_promise_says_what_will_decide() -> None:
    assert verdict(worked("steady")).rule == (
        "not yet due: from 2025-01-01 on it is judged by the latest reading whose period ends by 2024-12-31, if it"
        " proves anything"
    )
    assert "no day on which it is judged" in verdict(why(book("2019 5", target="9", due="none"))).rule


def test_other_promises_are_explained_too() -> None:
    found = followed().why("5g-base-stations")
    assert [each.target.due for each in found.others] == ["2021-12-31", "2019-12-31"]
    shown = [each.margin.shown if each.margin else "" for each in (verdict(found), *found.others)]
    assert shown == ["+11,700", "+26,700", "+33,400"]
    moved = states().why("jobs", Clocks(as_of=date(2024, 6, 30)))
    assert [each.status for each in moved.others] == ["superseded"]
    assert moved.others[0].rule.endswith("before it was due: it is not judged")


def test_the_forecast_is_written_out() -> None:
    found = worked("steady").forecast
    sums = {one.name: one for one in found.sums}
    assert found.how == "Theil-Sen over the 3 pairs of 3 readings, 2019 to 2021"
    assert [sums[name].value for name in ("slope", "slope_low", "slope_high")] == [45_000, 42_500, 47_500]
    assert (sums["value"].filled, sums["value"].value) == ("190,000 + 45,000 * 3", 325_000)
    assert sums["reached"].value == date(2024, 6, 11)
    assert why(book("2019 5", target="9")).forecast.reason == "only one reading"
    assert why(book("2019 10", "2021 14", target="20")).forecast.label == "two points"


def test_a_growth_figure_is_refused_with_its_reason() -> None:
    found = why(book("2019 0", "2021 5", target="20"))
    assert method(found, "open-sdg").sums[0].refused == "no growth rate from or to zero"
    assert method(found, "open-sdg").status == "not assessable"
    assert method(found, "linear").status in CLASSES


def test_an_unknown_indicator_gets_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'subsidies'"):
        seeded().why("subsidie")


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-4000, 4000))
def test_years_are_written_as_they_are_counted(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    assert eval(years_text(start, end)) == pytest.approx(years(start, end), abs=1e-12)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (45_000.0, "45,000"),
        (36_666.6667, "36,666.67"),
        (26.25, "26.25"),
        (0.00012345, "0.000123"),
        (-2.5, "-2.5"),
    ],
)
def test_results_are_rounded_for_display_alone(value: float, shown: str) -> None:
    assert result(value).startswith(shown)


def test_a_bound_is_rounded_to_the_side_on_which_it_is_true() -> None:
    assert decimal(2 / 3, 4) == "0.6667"
    assert decimal(2 / 3, 4, "more than") == ">0.6666"
    assert decimal(1 / 3, 4, "less than") == "<0.3334"
