"""Targets and readings that allow no sum: a reason in words for every method, or one line that refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from books import empty
from gztrack.errors import InputError
from gztrack.export.forms import status_item
from gztrack.services.entering.entries import GoalEntry, LogEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.reader import Clocks

from .conftest import Cli

ALL = ("linear", "open-sdg", "un-chart")
GROWTH = ALL[1:]


class Case(NamedTuple):
    """Readings and a target, and what every method has to say.

    Attributes:
        readings: ``PERIOD VALUE``, parted by commas.
        target: The words after ``target ID``.
        said: Method to status, and a piece of its reason.
        measure: Of the indicator.
        direction: Of the indicator.
    """

    readings: str
    target: str
    said: dict[str, tuple[str, str]]
    measure: str = "level"
    direction: str = "up"


def every(status: str, reason: str, methods: tuple[str, ...] = ALL) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(methods, (status, reason))


NO = "not assessable"
ZERO = every(NO, "from or to zero", GROWTH)
SIGN = every(NO, "change of sign", GROWTH)

CASES = {
    "baseline of zero": Case("2022 0, 2024 50", "100 --due 2026", {"linear": ("on track", "")} | ZERO),
    "explicit baseline of zero": Case(
        "2024 50", "100 --due 2026 --baseline 0 --baseline-for 2022", {"linear": ("on track", "")} | ZERO
    ),
    "reading of zero": Case("2022 10, 2024 0", "100 --due 2026", {"linear": ("moving away", "")} | ZERO),
    "target of zero": Case(
        "2022 50, 2024 40",
        "0 --due 2026 --comparator at-most",
        {"linear": ("off track", "")} | every(NO, "target of zero", GROWTH),
    ),
    # 60 of 150 in half of the time.
    "negative baseline": Case("2022 -50, 2024 10", "100 --due 2026", {"linear": ("behind", "0.80")} | SIGN),
    "explicit negative baseline": Case(
        "2024 75", "100 --due 2026 --baseline -50 --baseline-for 2022", {"linear": ("on track", "")} | SIGN
    ),
    "all below zero": Case(
        "2022 -100, 2024 -90",
        "-80 --due 2026",
        # Half of the way in half of the time; growth -5.13 of -5.43 % a year; 0.95 of the way.
        {"linear": ("on track", ""), "open-sdg": ("behind", "0.94"), "un-chart": ("on track", "0.95")},
    ),
    "target equal to the baseline": Case(
        "2022 100, 2024 90", "100 --due 2026", every(NO, "target equals baseline")
    ),
    "target equal to an explicit baseline": Case(
        "2024 90",
        "100 --due 2026 --baseline 100 --baseline-for 2022",
        every(NO, "target equals baseline"),
    ),
    "baseline that already meets": Case(
        "2022 120, 2024 90",
        "100 --due 2026",
        every(NO, "baseline already meets", ("linear", "un-chart")) | {"open-sdg": ("moving away", "")},
    ),
    "one reading": Case("2024 50", "100 --due 2026", every(NO, "only one reading and no baseline")),
    "no reading": Case("", "100 --due 2026", every("no reading", "")),
    "no reading, and overdue": Case("", "100 --due 2020", every("no reading", "")),
    "reading only after the due date, meeting": Case(
        "2024 150", "100 --due 2020", every("cannot tell", "met by 2024-12-31")
    ),
    "reading only after the due date, not meeting": Case(
        "2024 50", "100 --due 2020", every("missed", "still not met by 2024-12-31")
    ),
    "due before the first reading": Case(
        "2022 50, 2024 60", "100 --due 2020", every("missed", "still not met by 2022-12-31")
    ),
    "due before the baseline, and open": Case(
        "2024 50", "100 --due 2027 --baseline 10 --baseline-for 2028", every(NO, "baseline")
    ),
    "due on the baseline, and open": Case(
        "2024 50", "100 --due 2027 --baseline 10 --baseline-for 2027", every(NO, "baseline")
    ),
    "baseline after the reading": Case(
        "2024 50", "100 --due 2028 --baseline 10 --baseline-for 2025", every(NO, "no reading after")
    ),
    "no due date": Case("2022 50, 2024 60", "100 --due none", every(NO, "no due date")),
    "inside the range": Case("2022 10, 2024 50", "40..60 --due 2027", every("achieved", "")),
    "beyond the range from the other side": Case(
        "2022 10, 2024 90",
        "40..60 --due 2027",
        every(NO, "crossed the whole range", ("linear", "un-chart")) | {"open-sdg": ("moving away", "")},
    ),
    "a growth rate": Case(
        "2022 5, 2024 6",
        "10 --due 2026",
        {"linear": ("off track", "")} | every(NO, "growth rate of a growth rate", GROWTH),
        measure="rate",
    ),
    "eleven months and a year": Case(
        "2022-01..2022-11 50, 2024 60", "100 --due 2026", every(NO, "mixed coverage"), measure="flow"
    ),
    "only eleven months": Case(
        "2022-01..2022-11 50, 2024-01..2024-11 60", "100 --due 2026", every(NO, "months"), measure="flow"
    ),
    "a total over a span": Case(
        "2024 60, 2025 50",
        "300 --over 2024..2027",
        # 110 of 300 in half of the time.
        {"linear": ("behind", "0.73")} | every(NO, "total", GROWTH),
        measure="flow",
    ),
    "lower is better, baseline of zero": Case(
        "2022 0, 2024 5",
        "2 --due 2026",
        every(NO, "baseline already meets", ("linear", "un-chart")) | {"open-sdg": (NO, "zero")},
        direction="down",
    ),
}


def prepared(cli: Cli, case: Case) -> None:
    cli.done(
        "add",
        "x",
        "--name",
        "Thing",
        "--unit",
        "things",
        "--measure",
        case.measure,
        "--direction",
        case.direction,
    )
    for line in filter(None, (each.strip() for each in case.readings.split(","))):
        period, value = line.split()
        cli.done("log", "x", value, "--for", period, "--yes")
    cli.done("target", "x", *case.target.split())


def refusals_are_said(item: dict[str, Any]) -> None:
    """What is null has its reason, and no number is none."""
    json.dumps(item, allow_nan=False)
    if item["status"] in (NO, "cannot tell"):
        assert item["reason"]
    if item["status"] in ("no reading", "no target", NO, "cannot tell"):
        return
    assert item["ratio"] is not None or item["reason"] or item["status"] in ("achieved", "met", "missed")


@pytest.mark.parametrize("name", list(CASES))
def test_every_method_says_in_words_why_it_gives_no_class(cli: Cli, name: str) -> None:
    case = CASES[name]
    prepared(cli, case)
    for method, (status, reason) in case.said.items():
        (item,) = cli.done("status", "x", "--json", "--method", method).json
        assert (item["method"], item["status"]) == (method, status)
        assert reason in (item["reason"] or "")
        refusals_are_said(item)
        shown = cli.done("show", "x", "--method", method).out
        assert status in shown
        assert " ".join(reason.split()) in " ".join(shown.split())
        assert not re.search(r"\b(nan|inf)\b", shown)
        cli.done("why", "x", "--method", method)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("60..40 --due 2027", "value '60..40': the lower limit comes first: write 40..60"),
        ("-10..-20 --due 2027", "value '-10..-20': the lower limit comes first: write -20..-10"),
        ("1k..500 --due 2027", "value '1k..500': the lower limit comes first: write 500..1,000"),
        ("40..40 --due 2027", "two different limits"),
        ("40..nan --due 2027", "nan"),
        ("40.. --due 2027", "40.."),
        ("100 --due 2027 --comparator between", "'between' takes two limits"),
        ("40..60 --due 2027 --comparator at-least", "give one"),
        ("nan --due 2027", "'nan' is no value"),
        ("inf --due 2027", "infinity is no value"),
        ("100", "no due date was given"),
        ("100 --due 2027-02-30", "2027-02-30"),
        ("100 --due 2027 --baseline 10", "name the period"),
        ("100 --due 2027 --baseline-for 2021", "name its value too"),
        ("100 --due 2027 --baseline nan --baseline-for 2021", "'nan' is no value"),
        ("100 --due 2027 --baseline >50 --baseline-for 2021", "an exact figure is needed"),
        ("100 --over 2021..2025", "only a flow adds up"),
    ],
)
def test_what_is_no_target_is_refused_in_one_line_and_nothing_is_written(
    cli: Cli, words: str, said: str
) -> None:
    cli.done("add", "x", "--name", "Thing", "--unit", "things")
    before = cli.journal
    assert said in cli.refused("target", "x", *words.split())
    assert cli.journal == before


@pytest.mark.parametrize("value", ["60..40", "60..60", "60"])
def test_a_range_upside_down_is_refused_on_import_with_its_line(cli: Cli, value: str) -> None:
    cli.done("add", "x", "--name", "Thing", "--unit", "things")
    before = cli.journal
    text = f"kind,indicator,value,due,comparator\ntarget,x,{value},2027,between\n"
    (cli.database.parent / "bad.csv").write_text(text)
    head, said = cli.faults("import", str(cli.database.parent / "bad.csv"))
    assert head == "bad.csv: 1 row cannot be read, nothing was imported"
    assert "line 2" in said
    assert "limit" in said
    assert cli.journal == before


def test_a_method_that_does_not_exist_is_refused_with_those_that_do(cli: Cli) -> None:
    said = cli.refused("status", "--method", "trend")
    assert all(method in said for method in ALL)


# Whatever is entered: refused in words, or reckoned without a crash.

FIGURES = st.sampled_from(
    [
        "0",
        "1",
        "-1",
        "100",
        "-100",
        "0.1",
        ">100",
        ">=0",
        "<50",
        "<=-5",
        "~100",
        "~0",
        "1e14",
        "-1e14",
        "1e-9",
    ]
)
PERIODS = st.sampled_from(
    ["2019", "2020", "2021", "2022-Q4", "2023", "2024-02-29", "2025-01..2025-11", "2026", "2030", "2024-W05"]
)
GOALS = st.sampled_from(
    ["0", "100", "-100", ">100", "<=0", "<-5", "~100", "~0", "40..60", "-60..-40", "-1..1", "60..40", "1e14"]
)
DUES = st.sampled_from(["none", "2018", "2020", "2020-Q4", "2024-02-29", "2026", "2027", "2100", "0001"])
SPANS = st.sampled_from(["", "", "", "2020..2024", "2020", "2027..2029"])
BASELINES = st.sampled_from(
    [("", ""), ("", ""), ("0", "2018"), ("100", "2019"), ("-5", "2030"), ("1", "2018-Q1")]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["level", "flow", "rate"]),
    st.sampled_from(["up", "down"]),
    st.lists(st.tuples(PERIODS, FIGURES), max_size=5),
    st.lists(st.tuples(GOALS, DUES, SPANS, BASELINES), min_size=1, max_size=3),
    st.sampled_from(["2017-01-01", "2020-12-31", "2026-11-24", "2101-01-01"]),
)
def test_whatever_is_entered_is_refused_in_words_or_reckoned(
    measure: str,
    direction: str,
    readings: list[tuple[str, str]],
    targets: list[tuple[str, str, str, tuple[str, str]]],
    day: str,
) -> None:
    tracker = empty()
    head = "kind,indicator,name,unit,measure,direction\n"
    import_text(tracker, f"{head}indicator,x,X,things,{measure},{direction}\n")
    for period, figure in readings:
        tried(lambda: tracker.log(LogEntry("x", figure, period=period, yes=True)))  # noqa: B023
    for value, due, over, (baseline, since) in targets:
        entry = GoalEntry("x", value, due, over=over, baseline=baseline, baseline_for=since)
        tried(lambda: tracker.set_target(entry))  # noqa: B023
    clocks = Clocks(as_of=date.fromisoformat(day))
    for method in ALL:
        row = tracker.detail("x", clocks, method).row
        refusals_are_said(json.loads(json.dumps(status_item(row), allow_nan=False)))
        for name in ("attainment", "path", "time"):
            known = getattr(row.assessment, name) is not None
            assert known or row.target is None or row.assessment.refusals.get(name), (name, row.status)
    for promise in tracker.ledger(clocks=clocks):
        assert promise.verdict != "cannot tell" or promise.reason
        json.dumps([promise.margin], allow_nan=False)


def tried(action: Callable[[], object]) -> None:
    """Do it, or be refused in one line."""
    said = "done"
    try:
        action()
    except InputError as error:
        said = str(error)
    assert said
    assert "\n" not in said
