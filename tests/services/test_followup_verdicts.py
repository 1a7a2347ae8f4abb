"""The seed and the follow-up pack, every row and every promise on seven days, worked out by hand.

Nothing in here was copied from what the program prints: each figure is the sum that the
definitions ask for, left as a sum where that shows where it comes from.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

import pytest

from books import followed, seeded
from gztrack.domain.reckoning.bounds import Figure
from gztrack.services.importing.importer import import_text
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker
from gztrack.services.views import Row, TargetView

M, BN = 10**6, 10**9
Share = tuple[Fraction, str] | None


class Shown(NamedTuple):
    """What a row says.

    Attributes:
        reading: Period of the reading shown, with its value and qualifier; None without one.
        target: Comparator, value and due date of the headline target; None without one.
        status: The word.
        reason: The line beside it.
        attainment: As a fraction with its qualifier.
        path: The same.
    """

    reading: tuple[str, float, str] | None
    target: tuple[str, int, str] | None
    status: str
    reason: str = ""
    attainment: Share = None
    path: Share = None


def exactly(number: int, of: int) -> Share:
    return Fraction(number, of), "exact"


def about(number: int, of: int) -> Share:
    return Fraction(number, of), "about"


def more_than(number: int, of: int) -> Share:
    return Fraction(number, of), "more than"


STILL = {
    "5g-enterprises": Shown(("2019-Q3", 60, "exact"), None, "no target"),
    "hightech-share": Shown(("2019-Q3", 66.7, "about"), None, "no target"),
    "tech-centres": Shown(("2019-Q3", 495, "exact"), None, "no target"),
    "tech-centres-provincial": Shown(("2019-Q3", 326, "exact"), None, "no target"),
    "key-labs-national": Shown(("2019-Q3", 19, "exact"), None, "no target"),
    "key-labs-provincial": Shown(("2019-Q3", 213, "exact"), None, "no target"),
    "subsidies": Shown(("2019-Q3", 2 * BN, "more than"), None, "no target"),
    # The pack's "about 21 %" for the year ends later than the seed's three quarters.
    "hightech-growth": Shown(("2019", 21, "about"), None, "no target"),
}
"""Rows that say the same on all the days: nothing ends after 2019, and nothing is promised."""

NEV_2020 = ("at least", 300_000, "2020-12-31")
NEV_2025 = ("more than", 2 * M, "2025-12-31")
UHD_2020 = ("more than", 200 * BN, "2020-12-31")
UHD_2023 = ("more than", 250 * BN, "2023-12-31")
STATIONS_2019 = ("at least", 14_600, "2019-12-31")
STATIONS_2021 = ("more than", 65_000, "2021-12-31")
STATIONS_2022 = ("at least", 80_000, "2022-12-31")

CAPACITY = ("2022", 1 * M, "more than")
DISPLAYS = ("2019", 180 * BN, "exact")
"""Of two sources for 2019 the one logged last; the other says "more than" the same."""
ONE_READING = "only one reading and no baseline"
PACE = "pace is about {} of what the line from 2019-05 needs"

DAYS: dict[str, dict[str, Shown]] = {
    "2019-12-31": {
        "nev-capacity": Shown(None, NEV_2020, "no reading"),
        "nev-output": Shown(None, None, "no reading"),
        "nev-output-growth": Shown(("2019", 114.7, "exact"), None, "no target"),
        "uhd-output": Shown(DISPLAYS, UHD_2020, "not assessable", ONE_READING, exactly(180, 200)),
        # From about 7,100 in May: over 2,900 of 7,500 in 122 of 214 days is over 0.68 of the pace,
        # which may be behind and may be on track.
        "5g-base-stations": Shown(
            ("2019-Q3", 10_000, "more than"),
            STATIONS_2019,
            "cannot tell",
            "the reading is only a lower bound",
            more_than(10_000, 14_600),
            more_than(10_000 - 7_100, 14_600 - 7_100),
        ),
    },
    "2020-12-31": {
        "nev-capacity": Shown(None, NEV_2020, "no reading"),
        "nev-output": Shown(("2020", 79_800, "exact"), None, "no target"),
        "nev-output-growth": Shown(("2020", 17.3, "exact"), None, "no target"),
        "uhd-output": Shown(DISPLAYS, UHD_2020, "not assessable", ONE_READING, exactly(180, 200)),
        # 40,900 of 57,900 in (1 + 214/365) of (2 + 214/365) years: 1.1517 of the pace.
        "5g-base-stations": Shown(
            ("2020", 48_000, "exact"),
            STATIONS_2021,
            "on track",
            PACE.format("1.15"),
            exactly(48_000, 65_000),
            about(48_000 - 7_100, 65_000 - 7_100),
        ),
    },
    "2021-06-30": {
        "nev-capacity": Shown(None, NEV_2020, "no reading"),
        "nev-output": Shown(("2020", 79_800, "exact"), None, "no target"),
        "nev-output-growth": Shown(("2020", 17.3, "exact"), None, "no target"),
        "uhd-output": Shown(DISPLAYS, UHD_2023, "not assessable", ONE_READING, exactly(180, 250)),
        "5g-base-stations": Shown(
            ("2020", 48_000, "exact"),
            STATIONS_2021,
            "on track",
            PACE.format("1.15"),
            exactly(48_000, 65_000),
            about(48_000 - 7_100, 65_000 - 7_100),
        ),
    },
    "2022-12-31": {
        "nev-capacity": Shown(CAPACITY, NEV_2025, "not assessable", ONE_READING, more_than(1, 2)),
        "nev-output": Shown(("2022-01..2022-11", 279_400, "exact"), None, "no target"),
        "nev-output-growth": Shown(("2022-01..2022-11", 120.8, "exact"), None, "no target"),
        "uhd-output": Shown(DISPLAYS, UHD_2023, "not assessable", ONE_READING, exactly(180, 250)),
        # 40,900 of 72,900 in (1 + 214/365) of (3 + 214/365) years: 1.2684 of the pace.
        "5g-base-stations": Shown(
            ("2020", 48_000, "exact"),
            STATIONS_2022,
            "on track",
            PACE.format("1.27"),
            exactly(48_000, 80_000),
            about(48_000 - 7_100, 80_000 - 7_100),
        ),
    },
    "2023-12-31": {
        "nev-capacity": Shown(CAPACITY, NEV_2025, "not assessable", ONE_READING, more_than(1, 2)),
        "nev-output": Shown(("2023", 650_000, "more than"), None, "no target"),
        "nev-output-growth": Shown(("2023", 108, "exact"), None, "no target"),
        "uhd-output": Shown(DISPLAYS, UHD_2023, "not assessable", ONE_READING, exactly(180, 250)),
        "5g-base-stations": Shown(
            ("2023", 91_700, "exact"),
            STATIONS_2022,
            "cannot tell",
            "cannot tell at the due date; met by 2023-12-31",
            exactly(91_700, 80_000),
            about(91_700 - 7_100, 80_000 - 7_100),
        ),
    },
}
DAYS["2024-06-30"] = DAYS["2023-12-31"] | {
    "uhd-output": Shown(
        DISPLAYS, UHD_2023, "cannot tell", "no reading for the 12 months to 2023-12-31", exactly(180, 250)
    ),
}
DAYS["2026-11-24"] = DAYS["2024-06-30"] | {
    "nev-capacity": Shown(
        CAPACITY, NEV_2025, "cannot tell", "no reading proves it either way", more_than(1, 2)
    ),
}


def share(figure: Figure | None) -> object:
    """A figure as the table says it: the fraction to 12 digits, and the qualifier."""
    return None if figure is None else (pytest.approx(figure.value, rel=1e-12), figure.qualifier)


def said(row: Row) -> tuple[object, ...]:
    reading, target = row.reading, row.target
    return (
        reading and (reading.period, reading.value, reading.qualifier),
        target and (target.comparator, target.value, target.due),
        row.status,
        row.reason,
        share(row.assessment.attainment),
        share(row.assessment.path),
    )


@pytest.fixture(scope="module")
def book() -> Tracker:
    return followed()


@pytest.mark.parametrize("day", list(DAYS))
def test_every_row_says_what_follows_from_the_definitions(book: Tracker, day: str) -> None:
    board = book.board(Clocks(as_of=date.fromisoformat(day)))
    expected = {
        name: (*row[:4], *(each and (float(each[0]), each[1]) for each in row[4:]))
        for name, row in (STILL | DAYS[day]).items()
    }
    assert {row.id: said(row) for row in board.rows} == expected


class Kept(NamedTuple):
    """What became of a promise: verdict, the period of its evidence, the margin and its qualifier."""

    verdict: str
    evidence: str = ""
    margin: int | None = None
    qualifier: str = "exact"


OPEN = Kept("open")
NO_EVIDENCE = Kept("cannot tell")
LATER_1 = {("5g-base-stations", *STATIONS_2019): Kept("cannot tell", "2020", 48_000 - 14_600)}
LATER_2 = {("nev-capacity", *NEV_2020): Kept("cannot tell", "2022", 1_000_000 - 300_000, "more than")}
LATER_3 = {
    ("5g-base-stations", *STATIONS_2021): Kept("cannot tell", "2023", 91_700 - 65_000),
    ("5g-base-stations", *STATIONS_2022): Kept("cannot tell", "2023", 91_700 - 80_000),
}

Promise = tuple[str, str, int, str]
FROM_THE_START: dict[Promise, Kept] = {
    ("5g-base-stations", *STATIONS_2019): OPEN,
    ("nev-capacity", *NEV_2020): OPEN,
    ("uhd-output", *UHD_2020): OPEN,
    ("5g-base-stations", *STATIONS_2021): OPEN,
    ("uhd-output", *UHD_2023): OPEN,
}
"""Stated in the last quarter of 2019, or nobody knows when."""
LEDGERS: dict[str, dict[Promise, Kept]] = {"2019-12-31": FROM_THE_START}
LEDGERS["2020-12-31"] = FROM_THE_START | LATER_1 | {("5g-base-stations", *STATIONS_2022): OPEN}
LEDGERS["2021-06-30"] = LEDGERS["2020-12-31"] | {
    ("nev-capacity", *NEV_2020): NO_EVIDENCE,
    ("uhd-output", *UHD_2020): NO_EVIDENCE,
}
# The 48,000 of 2020 are more than three months older than the end of 2021, and prove nothing.
LEDGERS["2022-12-31"] = (
    LEDGERS["2021-06-30"]
    | LATER_2
    | {
        ("5g-base-stations", *STATIONS_2021): NO_EVIDENCE,
        ("nev-capacity", *NEV_2025): OPEN,
    }
)
LEDGERS["2023-12-31"] = LEDGERS["2022-12-31"] | LATER_3
LEDGERS["2024-06-30"] = LEDGERS["2023-12-31"] | {("uhd-output", *UHD_2023): NO_EVIDENCE}
LEDGERS["2026-11-24"] = LEDGERS["2024-06-30"] | {("nev-capacity", *NEV_2025): NO_EVIDENCE}


def promise(target: TargetView) -> Promise:
    return target.indicator, target.comparator, int(target.value), target.due


def kept(target: TargetView) -> Kept:
    margin = None if target.margin is None else int(target.margin)
    return Kept(target.verdict, target.evidence, margin, target.margin_qualifier)


@pytest.mark.parametrize("day", list(LEDGERS))
def test_every_promise_has_the_verdict_that_follows_from_the_definitions(book: Tracker, day: str) -> None:
    ledger = book.ledger(clocks=Clocks(as_of=date.fromisoformat(day)))
    assert {promise(target): kept(target) for target in ledger} == LEDGERS[day]
    # The second source that restates the 200 bn is the only promise that stands there twice.
    restated = day > "2020-11-02"
    assert len(ledger) == len(LEDGERS[day]) + restated


def test_eleven_months_are_never_held_against_a_year(book: Tracker) -> None:
    text = (
        "kind,indicator,value,due,comparator,stated_on\ntarget,nev-output,500000,2022,at least,2021-01-01\n"
    )
    other = followed()
    import_text(other, text)
    row = other.detail("nev-output", Clocks(as_of=date(2022, 12, 31))).row
    # Only the 79,800 of 2020 are a year's figure by then.
    assert (row.status, row.assessment.attainment) == ("not assessable", Figure(79_800 / 500_000))
    assert "mixed coverage" in row.reason
    # Eleven months that fall short prove nothing of the year, and the next year says when it was met.
    later = other.detail("nev-output").row
    assert (later.status, later.reason) == ("cannot tell", "cannot tell at the due date; met by 2023-12-31")


def test_eleven_months_that_already_meet_a_promise_prove_it() -> None:
    book = followed()
    text = (
        "kind,indicator,value,due,comparator,stated_on\ntarget,nev-output,250000,2022,more than,2021-01-01\n"
    )
    import_text(book, text)
    found = book.ledger(["nev-output"])[0]
    assert kept(found) == Kept("met", "2022-01..2022-11", 279_400 - 250_000)


def test_a_figure_that_comes_twice_is_two_readings(book: Tracker) -> None:
    standing = {view.period: view for view in book.history("nev-output-growth")}
    assert [standing[period].value for period in ("2019-Q1..Q3", "2021-01..2021-11")] == [81.9, 81.9]
    reading = book.detail("nev-output-growth", Clocks(as_of=date(2021, 12, 31))).row.reading
    assert reading is not None
    assert reading.id == standing["2021-01..2021-11"].id


def test_the_provinces_stations_are_never_reckoned_with_the_citys(book: Tracker) -> None:
    for day in (date(2020, 8, 31), date(2020, 11, 30), date(2026, 11, 24)):
        detail = book.detail("5g-base-stations", Clocks(as_of=day))
        assert 23_555 not in [point.value for point in detail.row.assessment.counted]
    (province,) = [view for view in book.history("5g-base-stations") if view.series == "province"]
    assert (province.value, province.standing) == (23_555, "other series")


def test_of_two_sources_for_one_period_the_pinned_one_counts() -> None:
    book = followed()
    first, second = (view for view in book.history("uhd-output") if view.period == "2019")
    assert (first.qualifier, first.standing) == ("more than", "another source counts")
    assert (second.qualifier, second.standing) == ("exact", "counts")
    book.pin(first.handle, "names the whole industry")
    row = book.detail("uhd-output").row
    assert share(row.assessment.attainment) == (pytest.approx(0.72), "more than")
    assert row.status == "cannot tell"


MOVED = "kind,indicator,value,due,comparator,stated_on,replaces\ntarget,5g-base-stations,{}\n"


def test_a_target_moved_before_it_was_due_is_superseded_and_the_new_one_judged() -> None:
    book = followed()
    import_text(book, MOVED.format("80000,2024-12-31,at least,2022-06-01,2022-12-31"))
    before, after = (
        book.detail("5g-base-stations", Clocks(as_of=date(2022, *day))).row for day in ((5, 31), (6, 1))
    )
    assert (before.target and before.target.due, after.target and after.target.due) == (
        "2022-12-31",
        "2024-12-31",
    )
    found = {target.due: kept(target) for target in book.ledger(["5g-base-stations"])}
    assert found["2022-12-31"].verdict == "superseded"
    # The latest reading by the end of 2024 is of 2023, and that one meets.
    assert found["2024-12-31"] == Kept("met", "2023", 91_700 - 80_000)


def test_a_target_moved_only_after_it_was_due_keeps_its_verdict() -> None:
    book = followed()
    import_text(book, MOVED.format("80000,2024-12-31,at least,2023-02-01,2022-12-31"))
    found = {target.due: kept(target) for target in book.ledger(["5g-base-stations"])}
    assert found["2022-12-31"] == Kept("cannot tell", "2023", 91_700 - 80_000)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [("2020-12-31", "open"), ("2021-01-01", "cannot tell"), ("2026-11-24", "cannot tell")],
)
def test_the_seed_alone_promises_and_never_says_what_came_of_it(day: str, verdict: str) -> None:
    book = seeded()
    clocks = Clocks(as_of=date.fromisoformat(day))
    rows = {row.id: row for row in book.board(clocks).rows}
    promised = {name for name, row in rows.items() if row.target}
    assert promised == {"nev-capacity", "uhd-output"}
    for name, row in rows.items():
        assert row.status == ("no reading" if name in promised else "no target")
        assert row.assessment.overdue == (name in promised and day > "2020-12-31")
    assert [kept(target) for target in book.ledger(clocks=clocks)] == [Kept(verdict)] * 2
