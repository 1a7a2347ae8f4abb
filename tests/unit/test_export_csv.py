"""The CSV of the facts that count: into an empty database and out again it is the same, byte for byte."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import board, empty, followed, seeded, states, stations
from gztrack.errors import InputError
from gztrack.export.csv_file import export_csv
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.importing.columns import COLUMNS
from gztrack.services.importing.importer import import_text
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker

ORIGIN = ("note", "source", "series")


def rows(tracker: Tracker, clocks: Clocks | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export_csv(tracker, clocks or Clocks()).decode())))


def copied(tracker: Tracker) -> Tracker:
    """Another database, made from the export of this one."""
    copy = empty()
    import_text(copy, export_csv(tracker), yes=True)
    return copy


@pytest.mark.parametrize("make", [seeded, followed, states], ids=["seed", "follow-up", "states"])
def test_export_import_export_is_byte_identical_and_shows_the_same_board(make: object) -> None:
    tracker: Tracker = make()  # type: ignore[operator]

    copy = copied(tracker)

    assert export_csv(copy) == export_csv(tracker)
    assert board(copy) == board(tracker)


def test_importing_an_export_where_it_came_from_changes_nothing() -> None:
    tracker = followed()

    done = import_text(tracker, export_csv(tracker), name="x.csv")

    assert done.lines[0] == "x.csv: 0 new, 0 revised, 49 same"


def test_the_columns_are_those_of_the_interface_and_lines_end_as_rfc_4180_says() -> None:
    data = export_csv(followed())

    assert data.startswith(",".join(COLUMNS).encode() + b"\r\n")
    assert data.count(b"\r") == data.count(b"\n") == data.count(b"\r\n")
    assert data.endswith(b"\r\n")


def test_an_empty_database_gives_the_names_of_the_columns() -> None:
    assert export_csv(empty()) == ",".join(COLUMNS).encode() + b"\r\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("200bn", "200000000000"),
        ("0.000001", "0.000001"),
        ("-3.5", "-3.5"),
        ("123456789012.345", "123456789012.345"),
        (">10k", "10000"),
    ],
)
def test_numbers_are_written_in_full_digits(value: str, written: str) -> None:
    tracker = stations()
    tracker.log(LogEntry("stations", value, "2020", yes=True))

    assert rows(tracker)[1]["value"] == written


@pytest.mark.parametrize(
    ("note", "cell"),
    [
        ('=HYPERLINK("x"), "and", more', '\'=HYPERLINK("x"), "and", more'),
        ("+86 20", "'+86 20"),
        ("-3", "'-3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'s Morgens", "'s Morgens"),
        ("a=1", "a=1"),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_has_an_apostrophe_in_front_that_import_takes_away(
    note: str, cell: str
) -> None:
    tracker = stations()
    tracker.log(LogEntry("stations", "-5", "2020", note=note, yes=True))

    assert (rows(tracker)[1]["note"], rows(tracker)[1]["value"]) == (cell, "-5")
    assert [view.note for view in copied(tracker).history("stations")] == [note]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("'=+-@\t\r\n\",; a中"), min_size=1, max_size=6), min_size=3, max_size=3)
)
def test_every_text_comes_back_as_it_was(texts: list[str]) -> None:
    tracker = stations()
    note, source, series = texts
    tracker.log(LogEntry("stations", "5", "2020", note=note, source=source, series=series, yes=True))

    copy = copied(tracker)

    (was,), (now,) = tracker.register.readings["stations"], copy.register.readings["stations"]
    assert [now.get(name) for name in ORIGIN] == [was.get(name) for name in ORIGIN]
    assert export_csv(copy) == export_csv(tracker)


def test_corrected_and_withdrawn_readings_stay_behind_and_other_sources_and_series_come_along() -> None:
    tracker = stations()
    for value, period, more in (
        ("5", "2019", {}),
        ("6", "2020", {}),
        ("7", "2020", {"source": "Bureau"}),
        ("8", "2020", {"series": "province"}),
        ("9", "2021", {}),
    ):
        tracker.log(LogEntry("stations", value, period, yes=True, **more))  # type: ignore[arg-type]
    tracker.correct("stations@2019", LogEntry("stations", "50", yes=True), "misread")
    tracker.retract("stations@2021", "not published")

    exported = [(r["series"], r["period"], r["value"], r["source"]) for r in rows(tracker)[1:]]

    assert exported == [
        ("", "2019", "50", ""),
        ("", "2020", "6", ""),
        ("", "2020", "7", "Bureau"),
        ("province", "2020", "8", ""),
    ]


def test_the_reading_that_a_pin_chose_comes_last_and_so_counts_in_the_copy() -> None:
    tracker = stations()
    first = tracker.log(LogEntry("stations", "6", "2020", source="A"))
    tracker.log(LogEntry("stations", "7", "2020", source="B"))
    tracker.pin(first.handle)

    assert [r["value"] for r in rows(tracker)[1:]] == ["7", "6"]
    assert board(copied(tracker)) == board(tracker)


def test_of_two_readings_of_one_source_for_one_period_the_one_that_counts_is_written() -> None:
    tracker = stations()
    tracker.log(LogEntry("stations", "6", "2020"))
    tracker.log(LogEntry("stations", "7", "2020"))

    assert [r["value"] for r in rows(tracker)[1:]] == ["7"]


def test_a_superseded_target_is_written_with_the_one_that_replaces_it() -> None:
    tracker = stations()
    tracker.set_target(GoalEntry("stations", "100", "2027"))
    tracker.set_target(GoalEntry("stations", "120", "2030", replaces="stations@2027", reason="new plan"))

    assert [(r["value"], r["due"], r["replaces"]) for r in rows(tracker)[1:]] == [
        ("100", "2027", ""),
        ("120", "2030", "2027"),
    ]
    assert [view.state for view in copied(tracker).ledger()] == ["superseded", "open"]


def test_a_superseded_target_that_no_due_date_can_name_stays_behind() -> None:
    tracker = stations()
    first = tracker.set_target(GoalEntry("stations", "100", "2027", source="A"))
    tracker.set_target(GoalEntry("stations", "110", "2027", source="B"))
    tracker.set_target(GoalEntry("stations", "120", "2030", replaces=first.handle, reason="new plan"))

    assert [(r["value"], r["replaces"]) for r in rows(tracker)[1:]] == [("110", ""), ("120", "")]
    assert board(copied(tracker)) == board(tracker)


def test_dropped_targets_and_entry_errors_stay_behind() -> None:
    tracker = stations()
    tracker.set_target(GoalEntry("stations", "100", "2027"))
    tracker.set_target(GoalEntry("stations", "120", "2028"))
    tracker.drop_target("stations@2027", "left out of the plan")
    tracker.retract("stations@2028", "typed twice")

    assert len(rows(tracker)) == 1


def test_an_archived_indicator_stays_behind_and_its_parts_stand_alone() -> None:
    tracker = stations()
    tracker.add_indicator(IndicatorEntry("masts", "Masts", "masts", part_of="stations"))
    tracker.archive("stations")

    assert [(r["indicator"], r["part_of"]) for r in rows(tracker)] == [("masts", "")]
    assert export_csv(copied(tracker)) == export_csv(tracker)


def test_everything_that_a_target_can_say_is_written_and_read_back() -> None:
    tracker = empty()
    tracker.add_indicator(IndicatorEntry("cars", "Cars", "vehicles", measure="flow", decimals="1"))
    tracker.set_target(
        GoalEntry(
            "cars",
            "40..60",
            over="2021..2025",
            stated_on="2020-Q4",
            stated_by="City",
            quote='"between"',
            baseline="20.5",
            baseline_for="2020",
            source="Plan",
            url="https://plan.example/?a=1,2",
            published="2021-01-05",
            note="a note",
        )
    )

    target = rows(tracker)[1]

    assert target["value"] == "40..60"
    assert (target["due"], target["over"]) == ("2025-12-31", "2021..2025")
    assert (target["baseline"], target["baseline_period"]) == ("20.5", "2020")
    assert rows(copied(tracker)) == rows(tracker)


def test_a_date_in_the_past_leaves_out_what_came_later() -> None:
    tracker = stations("2019,5 2020,6")

    assert [r["value"] for r in rows(tracker, Clocks(as_of=date(2020, 6, 30)))[1:]] == ["5"]


def test_readings_of_the_future_come_along_unless_a_date_is_asked_for() -> None:
    tracker = stations()
    tracker.log(LogEntry("stations", "5", "2030", yes=True))

    assert len(rows(tracker)) == 2
    assert len(rows(tracker, Clocks(as_of=date(2026, 11, 24)))) == 1


PERIODS = st.sampled_from(["2019", "2020", "2020-Q2", "2021-06", "2021-06-30"])
SOURCES = st.sampled_from(["", "A", "B"])
VALUES = st.sampled_from(["5", "6.25", ">7", "~8", "0", "-3"])
DUES = st.sampled_from(["2025", "2028", "2028-12-31", "none"])
TEXTS = st.text("ab ,\"';\n|=\t年\u202e", max_size=6)

LOGGED = st.tuples(st.just("log"), VALUES, PERIODS, SOURCES, TEXTS)
AIMED = st.tuples(st.just("aim"), VALUES, DUES, SOURCES, TEXTS)
TAKEN_UP = st.tuples(
    st.sampled_from(["correct", "retract", "pin", "revise", "amend", "drop"]),
    VALUES,
    DUES,
    SOURCES,
    st.integers(0, 5),
)


def act(tracker: Tracker, step: tuple[str, str, str, str, object]) -> None:
    """One thing that a person does, or nothing where it cannot be done."""
    verb, value, when, source, more = step
    try:
        if verb == "log":
            tracker.log(LogEntry("stations", value, when, source=source, note=str(more), yes=True))
        elif verb == "aim":
            tracker.set_target(GoalEntry("stations", value, when, source=source, note=str(more)))
        else:
            taken_up(tracker, verb, value, when, int(str(more)))
    except InputError:
        return


def taken_up(tracker: Tracker, verb: str, value: str, due: str, which: int) -> None:
    readings, targets = tracker.history("stations"), tracker.ledger(every=True)
    if verb in ("correct", "retract", "pin") and readings:
        handle = readings[which % len(readings)].handle
        if verb == "correct":
            tracker.correct(handle, LogEntry("stations", value, yes=True))
        elif verb == "retract":
            tracker.retract(handle, "because")
        else:
            tracker.pin(handle)
    if verb in ("revise", "amend", "drop") and targets:
        handle = targets[which % len(targets)].handle
        if verb == "drop":
            tracker.drop_target(handle, "because")
        else:
            entry = GoalEntry("", value, due, replaces=handle, correction=verb == "amend", reason="because")
            tracker.set_target(entry)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(LOGGED, AIMED, TAKEN_UP), max_size=14))
def test_whatever_people_did_the_copy_shows_the_same_board_and_the_same_bytes(
    steps: list[tuple[str, str, str, str, object]],
) -> None:
    tracker = stations()
    for step in steps:
        act(tracker, step)

    copy = copied(tracker)

    assert export_csv(copy) == export_csv(tracker)
    assert board(copy) == board(tracker)
    assert import_text(tracker, export_csv(tracker), yes=True).tx == ""
