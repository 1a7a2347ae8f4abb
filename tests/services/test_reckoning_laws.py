"""Laws of the reckoning through a whole database: what must not change what a board says."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import GOLDEN, board, empty, followed, states
from gztrack.services.databases.seeding import article_seed, read_seed
from gztrack.services.entering.entries import LogEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker
from gztrack.services.views import TargetView
from gztrack.storage.creation import create
from terminal import bare_environment

FEW = settings(max_examples=80, deadline=None)
DAYS = [date(2019, 12, 31), date(2021, 6, 30), date(2022, 12, 31), date(2024, 2, 29)]
DEFINED = """kind,indicator,name,unit,measure,direction,value,comparator,due
indicator,{0},{0},things,{1},{2},,,
target,{0},,,,,{3},{4},{5}
"""
PERIODS = [
    "2018",
    "2019",
    "2020",
    "2021",
    "2022",
    "2019-Q1",
    "2019-Q2",
    "2020-Q1",
    "2020-Q3",
    "2020-05",
    "2021-H1",
    "2020-Q4",
    "2020-H2",
    "2020-12-31",
]
"""The last three end with the year, of whose last day a level has four figures then."""
FIGURES = st.sampled_from(["10", "25.5", "40", "100", ">90", "~101", "<30", "-3", "0"])


def book(measure: str, direction: str, value: str, comparator: str, due: str) -> Tracker:
    tracker = empty()
    import_text(tracker, DEFINED.format("x", measure, direction, value, comparator, due))
    return tracker


def log(tracker: Tracker, period: str, value: str, slug: str = "x") -> None:
    tracker.log(LogEntry(slug, value, period=period, yes=True))


def promises(tracker: Tracker, clocks: Clocks) -> list[tuple[object, ...]]:
    """What became of every target, without the ids that another database would give its facts."""

    def said(view: TargetView) -> tuple[object, ...]:
        return view.indicator, view.value, view.due, view.verdict, view.reason, view.evidence, view.margin

    return [said(view) for view in tracker.ledger(clocks=clocks)]


def reckoned(tracker: Tracker, day: date, method: str) -> tuple[object, ...]:
    """All that is reckoned of the one indicator as of a day, ids left out."""
    row = tracker.detail("x", Clocks(as_of=day), method).row
    found = row.assessment
    return (
        row.status,
        row.reason,
        row.percent,
        row.bar,
        row.trend,
        row.reading and (row.reading.period, row.reading.value),
        (found.attainment, found.path, found.time, found.ratio, found.expected, found.so_far),
        (found.needed_from_baseline, found.needed_from_now, found.reached_on, found.refusals),
        [point.period for point in found.counted],
        promises(tracker, Clocks(as_of=day)),
    )


BOOKS = st.tuples(
    st.sampled_from(["level", "flow", "rate"]),
    st.sampled_from(["up", "down"]),
    st.sampled_from(["100", "20", "0"]),
    st.sampled_from(["at least", "more than", "at most", "less than", "about"]),
    st.sampled_from(["2021", "2020-12-31", "2022-Q2", "2025"]),
)
READINGS = st.dictionaries(st.sampled_from(PERIODS), FIGURES, min_size=1, max_size=6)
METHODS = st.sampled_from(["linear", "open-sdg", "un-chart"])


@FEW
@given(BOOKS, READINGS, st.randoms(use_true_random=False), st.sampled_from(DAYS), METHODS)
def test_the_order_of_logging_never_matters_among_different_periods(
    setting: tuple[str, str, str, str, str], readings: dict[str, str], chance: object, day: date, method: str
) -> None:
    shuffled = list(readings.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = book(*setting), book(*setting)
    for period, value in readings.items():
        log(one, period, value)
    for period, value in shuffled:
        log(other, period, value)
    assert reckoned(one, day, method) == reckoned(other, day, method)


@FEW
@given(BOOKS, READINGS, FIGURES, METHODS, st.sampled_from(["2023", "2022-07-01", "2023-Q1", "2022-08"]))
def test_a_reading_beyond_the_day_changes_nothing(
    setting: tuple[str, str, str, str, str], readings: dict[str, str], value: str, method: str, later: str
) -> None:
    tracker = book(*setting)
    for period, each in readings.items():
        if period != "2022":
            log(tracker, period, each)
    day = date(2022, 6, 30)
    before = reckoned(tracker, day, method)
    log(tracker, later, value)
    assert reckoned(tracker, day, method) == before


@FEW
@given(READINGS, METHODS)
def test_travelling_back_says_what_a_database_without_the_later_readings_says(
    readings: dict[str, str], method: str
) -> None:
    day = date(2020, 12, 31)
    whole = book("level", "up", "100", "at least", "2021")
    early = book("level", "up", "100", "at least", "2021")
    for period, value in readings.items():
        log(whole, period, value)
        if period not in ("2021", "2022", "2021-H1"):
            log(early, period, value)
    assert reckoned(whole, day, method) == reckoned(early, day, method)


def test_a_target_stated_beyond_the_day_changes_nothing() -> None:
    tracker = followed()
    day = Clocks(as_of=date(2021, 6, 30))
    before = [(row.id, row.status, row.percent, row.reason) for row in tracker.board(day).rows]
    ledger = promises(tracker, day)
    text = (
        "kind,indicator,value,due,comparator,stated_on\ntarget,5g-base-stations,{},2021-12-31,at least,{}\n"
    )
    import_text(tracker, text.format("500000", "2021-07-01"))
    assert [(row.id, row.status, row.percent, row.reason) for row in tracker.board(day).rows] == before
    assert promises(tracker, day) == ledger
    import_text(tracker, text.format("600000", "2021-06-30"))
    assert promises(tracker, day) != ledger


@pytest.mark.parametrize("method", ["", "linear", "open-sdg", "un-chart"])
def test_a_thousandth_of_the_unit_changes_no_status(method: str) -> None:
    large = empty()
    import_text(large, scaled((GOLDEN / "states.csv").read_text("utf-8")), yes=True)
    pairs = zip(states().board(method=method).rows, large.board(method=method).rows, strict=True)
    for row, other in pairs:
        assert (row.id, row.status) == (other.id, other.status)
        ratio, again = row.assessment.ratio, other.assessment.ratio
        assert (again and again.value) == (ratio and pytest.approx(ratio.value))


def scaled(text: str) -> str:
    """Every figure of a CSV a thousand times as large."""
    rows = list(csv.DictReader(io.StringIO(text)))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    for row in rows:
        for name in ("value", "baseline"):
            row[name] = "..".join(times_thousand(part) for part in row[name].split("..")) if row[name] else ""
        writer.writerow(row)
    return out.getvalue()


def times_thousand(figure: str) -> str:
    sign = figure.rstrip("0123456789.")
    number = figure[len(sign) :]
    whole, _, rest = number.partition(".")
    return f"{sign}{whole}{rest.ljust(3, '0')[:3]}" + (f".{rest[3:]}" if rest[3:] else "")


ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Shanghai", "XXX+13")
"""Between the second and the third there are 25 hours: it is never the same day there."""


@pytest.mark.parametrize("today", ["2020-12-31", ""])
@pytest.mark.parametrize("command", [["status", "--json"], ["status"], ["targets", "--json"]])
def test_the_time_zone_of_the_process_changes_nothing(tmp_path: Path, command: list[str], today: str) -> None:
    seed = read_seed(article_seed())
    create(str(tmp_path / "db"), seed.title, "Asia/Shanghai", (seed.transaction,))
    surroundings = bare_environment() | {
        "HOME": str(tmp_path),
        "GZTRACK_TODAY": today,
        "PYTHONPATH": os.pathsep.join(os.path.abspath(path) for path in sys.path if path),
    }
    words = [sys.executable, "-m", "gztrack", "--db", str(tmp_path / "db"), *command]

    def answers() -> set[bytes]:
        settings = [surroundings | {"TZ": zone} for zone in ZONES]
        return {subprocess.run(words, env=env, capture_output=True, check=True).stdout for env in settings}

    found = answers()
    if len(found) > 1 and not today:  # midnight in Shanghai may have passed between two of them
        found = answers()
    assert len(found) == 1
    assert b"nev" in found.pop().lower()


def test_the_board_of_a_day_is_the_same_every_time() -> None:
    assert board(followed()) == board(followed())
