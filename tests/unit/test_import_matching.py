"""What is there already: the same, a revision, another source, and what a pin hides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from books import TODAY, empty, stations
from gztrack.errors import GuardError, InputError, StoreBusy
from gztrack.services.entering.entries import IndicatorEntry, LogEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.progress import Progress
from gztrack.services.tracker import Tracker
from gztrack.storage.creation import create
from gztrack.storage.tinydb_store import TinyDBStore

READINGS = "indicator,series,period,value,qualifier,status,source,source_url,published,note,inferred\n"
TARGETS = "kind,indicator,value,due,comparator,stated_on,source,note,replaces\n"
FULL = "stations,,2020,100,exact,final,Bureau,https://b.example,2021-02-01,a note,period\n"


def counts(tracker: Tracker, text: str, *, yes: bool = True) -> str:
    return import_text(tracker, text, name="x.csv", yes=yes).lines[0].removeprefix("x.csv: ")


def figures(tracker: Tracker) -> list[tuple[str, float, str]]:
    return [(v.period, v.value, v.origin.source) for v in tracker.detail("stations").readings]


def test_the_dry_run_counts_and_writes_nothing() -> None:
    tracker = stations("2019,80 2020,100")
    text = "indicator,period,value\nstations,2019,80\nstations,2020,101\nstations,2021,120\n"

    done = import_text(tracker, text, name="x.csv", dry_run=True)

    assert done.lines == ("x.csv: 1 new, 1 revised, 1 same", "nothing was written: a dry run")
    assert done.tx == ""
    assert figures(tracker) == [("2020", 100, ""), ("2019", 80, "")]


def test_a_file_is_one_action_that_undo_takes_back() -> None:
    tracker = stations()

    done = import_text(tracker, READINGS + FULL + FULL.replace("2020", "2021"))
    assert done.lines[-1] == "imported 2 facts as one action; take back: gztrack undo"
    tracker.undo()

    assert figures(tracker) == []
    assert counts(tracker, READINGS + FULL) == "1 new, 0 revised, 0 same"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("", ""), "0 new, 0 revised, 1 same"),
        ((",100,", ",101,"), "0 new, 1 revised, 0 same"),
        ((",exact,", ",about,"), "0 new, 1 revised, 0 same"),
        ((",final,", ",provisional,"), "0 new, 1 revised, 0 same"),
        (("a note", "another note"), "0 new, 1 revised, 0 same"),
        (("a note", ""), "0 new, 1 revised, 0 same"),
        (("2021-02-01", "2021-03-01"), "0 new, 1 revised, 0 same"),
        (("2021-02-01", ""), "0 new, 0 revised, 1 same"),
        ((",period", ","), "0 new, 0 revised, 1 same"),
        (("Bureau", "Office"), "1 new, 0 revised, 0 same"),
        (("b.example", "c.example"), "1 new, 0 revised, 0 same"),
        ((",,2020", ",old,2020"), "1 new, 0 revised, 0 same"),
        ((",2020,", ",2020-12-31,"), "1 new, 0 revised, 0 same"),
        ((",2020,", ",2020-01..2020-12,"), "0 new, 0 revised, 1 same"),
    ],
)
def test_a_reading_is_known_by_indicator_series_period_source_and_page(
    change: tuple[str, str], said: str
) -> None:
    tracker = stations()
    import_text(tracker, READINGS + FULL)

    assert counts(tracker, READINGS + FULL.replace(*change)) == said


def test_a_column_that_the_file_lacks_says_nothing() -> None:
    tracker = stations()
    import_text(tracker, READINGS + FULL)

    text = "indicator,period,value,source,source_url\nstations,2020,100,Bureau,https://b.example\n"

    assert counts(tracker, text) == "0 new, 0 revised, 1 same"


def test_a_revision_replaces_the_old_reading_which_stays_in_the_history() -> None:
    tracker = stations("2020,100")

    import_text(tracker, "indicator,period,value\nstations,2020,110\n")

    old, new = tracker.history("stations")
    assert (old.standing, new.standing) == ("replaced", "counts")
    assert new.replaces == old.id
    assert new.reason == "imported"


def test_the_same_figure_of_two_sources_is_kept_twice_and_the_later_row_counts() -> None:
    tracker = stations()
    text = "indicator,period,value,source\nstations,2020,100,A\nstations,2020,105,B\n"

    assert counts(tracker, text) == "2 new, 0 revised, 0 same"
    row = tracker.board().rows[0]
    assert row.reading is not None
    assert row.reading.value == 105
    assert counts(tracker, text) == "0 new, 0 revised, 2 same"


def test_of_two_rows_for_one_figure_the_later_one_revises_the_earlier_one_and_both_are_known_again() -> None:
    tracker = stations()
    text = "indicator,period,value\nstations,2020,100\nstations,2020,105\n"

    done = import_text(tracker, text, name="x.csv")

    assert done.lines[:2] == ("x.csv: 1 new, 1 revised, 0 same", "line 3: revises line 2 of the same file")
    assert figures(tracker) == [("2020", 105, "")]
    assert counts(tracker, text) == "0 new, 0 revised, 2 same"
    assert counts(tracker, "indicator,period,value\nstations,2020,100\n") == "0 new, 1 revised, 0 same"


def test_a_pin_that_hides_what_goes_in_is_named() -> None:
    tracker = stations()
    import_text(tracker, "indicator,period,value,source\nstations,2020,100,A\nstations,2020,105,B\n")
    pinned = tracker.history("stations")[0]
    tracker.pin(pinned.id)

    done = import_text(tracker, "indicator,period,value,source\nstations,2020,106,B\n")

    assert done.lines[1] == (
        f"in the history, but hidden by a pin: line 2: stations@2020 stays 100 ({pinned.handle})"
    )
    row = tracker.board().rows[0]
    assert row.reading is not None
    assert row.reading.value == 100


def test_a_revision_of_the_pinned_reading_itself_counts() -> None:
    tracker = stations()
    import_text(tracker, "indicator,period,value,source\nstations,2020,100,A\nstations,2020,105,B\n")
    tracker.pin(tracker.history("stations")[0].id)

    done = import_text(tracker, "indicator,period,value,source\nstations,2020,101,A\n")

    assert len(done.lines) == 2
    assert tracker.board().rows[0].trend == (101,)


def test_what_was_retracted_comes_in_again_as_new() -> None:
    tracker = stations("2020,100")
    tracker.retract("stations@2020", "wrong table")

    assert counts(tracker, "indicator,period,value\nstations,2020,100\n") == "1 new, 0 revised, 0 same"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("target,stations,100,2025,at least,2020,Plan,,\n", "0 new, 0 revised, 1 same"),
        ("target,stations,>=100,2025,,2020,Plan,,\n", "0 new, 0 revised, 1 same"),
        ("target,stations,120,2025,at least,2020,Plan,,\n", "0 new, 1 revised, 0 same"),
        ("target,stations,100,2025,at least,2020,Plan,a note,\n", "0 new, 1 revised, 0 same"),
        ("target,stations,100,2025,more than,2020,Plan,,\n", "1 new, 0 revised, 0 same"),
        ("target,stations,100,2026,at least,2020,Plan,,\n", "1 new, 0 revised, 0 same"),
        ("target,stations,100,2025-Q4,at least,2020,Plan,,\n", "1 new, 0 revised, 0 same"),
        ("target,stations,100,2025,at least,2021,Plan,,\n", "1 new, 0 revised, 0 same"),
        ("target,stations,100,2025,at least,,Plan,,\n", "1 new, 0 revised, 0 same"),
        ("target,stations,100,2025,at least,2020,Report,,\n", "1 new, 0 revised, 0 same"),
    ],
)
def test_a_target_is_known_by_due_date_comparator_statement_and_source(row: str, said: str) -> None:
    tracker = stations()
    import_text(tracker, TARGETS + "target,stations,100,2025,at least,2020,Plan,,\n")

    assert counts(tracker, TARGETS + row) == said


def test_another_value_of_a_known_target_corrects_it_and_breaks_no_promise() -> None:
    tracker = stations()
    import_text(tracker, TARGETS + "target,stations,100,2025,at least,2020,Plan,,\n")

    import_text(tracker, TARGETS + "target,stations,120,2025,at least,2020,Plan,,\n")

    assert [view.value for view in tracker.ledger()] == [120]
    assert [view.state for view in tracker.ledger(every=True)] == ["corrected", "due passed"]


@pytest.mark.parametrize("moved", ["2030", "2025"], ids=["another date", "the same date"])
def test_replaces_names_the_target_of_a_row_above_or_of_the_database(moved: str) -> None:
    first = "target,stations,100,2025,at least,2020,Plan,,\n"
    second = f"target,stations,150,{moved},at least,2022,Plan,moved,2025\n"
    whole, apart = stations(), stations()

    assert counts(whole, TARGETS + first + second) == "2 new, 0 revised, 0 same"
    import_text(apart, TARGETS + first)
    import_text(apart, TARGETS + second)

    for tracker in (whole, apart):
        old, new = sorted(tracker.ledger(), key=lambda view: view.value)
        assert (old.state, new.state) == ("superseded", "open" if moved == "2030" else "due passed")
        assert old.replaced_by == new.id
        assert counts(tracker, TARGETS + first + second) == "0 new, 0 revised, 2 same"


def test_a_target_moved_by_the_same_page_on_the_same_day_is_a_revision_too() -> None:
    tracker = stations()
    rows = (
        "target,stations,100,2030,at least,2020,Plan,,\ntarget,stations,150,2030,at least,2020,Plan,,2030\n"
    )

    assert counts(tracker, TARGETS + rows) == "2 new, 0 revised, 0 same"
    assert [(view.value, view.state) for view in tracker.ledger()] == [(100, "superseded"), (150, "open")]
    assert counts(tracker, TARGETS + rows) == "0 new, 0 revised, 2 same"


def test_a_target_that_was_superseded_cannot_be_corrected_by_a_file() -> None:
    tracker = stations()
    rows = (
        "target,stations,100,2025,at least,2020,Plan,,\ntarget,stations,150,2030,at least,2022,Plan,,2025\n"
    )
    import_text(tracker, TARGETS + rows)

    with pytest.raises(InputError) as error:
        import_text(tracker, TARGETS + "target,stations,101,2025,at least,2020,Plan,,\n")
    assert error.value.further[0].startswith(
        "line 2: stations@2025 is there with another figure or note and was repla"
    )


def test_a_known_target_that_now_claims_to_replace_another_one_is_pointed_out() -> None:
    tracker = stations()
    rows = "target,stations,100,2025,at least,2020,Plan,,\ntarget,stations,150,2030,at least,2022,Plan,,\n"
    import_text(tracker, TARGETS + rows)

    done = import_text(tracker, TARGETS + "target,stations,150,2030,at least,2022,Plan,,2025\n", name="x.csv")

    assert done.lines[0] == "x.csv: 0 new, 0 revised, 1 same"
    assert done.lines[1].startswith("line 2: stations@2030 is there already and replaces no target due 2025")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2021,1001", "line 2: 10 times the last value (100 in 2020)"),
        ("2021,9", "line 2: 1/11 of the last value (100 in 2020)"),
        ("2030,100", "line 2: 2030 ends on 2030-12-31, after today (2026-11-24)"),
    ],
)
def test_the_guard_asks_about_slips_against_what_counted_before(row: str, said: str) -> None:
    tracker = stations("2020,100")

    with pytest.raises(GuardError) as error:
        import_text(tracker, f"indicator,period,value\nstations,{row}\n", name="x.csv")

    assert str(error.value) == "x.csv: 1 row looks like a slip, nothing was imported"
    assert said in error.value.further[0]
    assert error.value.further[-1] == "--yes imports as it is"
    assert len(tracker.history("stations")) == 1
    assert counts(tracker, f"indicator,period,value\nstations,{row}\n") == "1 new, 0 revised, 0 same"


def test_the_dry_run_says_what_the_guard_will_ask() -> None:
    done = import_text(stations("2020,100"), "indicator,period,value\nstations,2021,9999\n", dry_run=True)

    assert done.lines[1].startswith("would ask: line 2: 100 times the last value")


def test_the_guard_does_not_hold_a_correction_against_what_it_corrects() -> None:
    tracker = stations("2020,100000")

    assert (
        counts(tracker, "indicator,period,value\nstations,2020,100\n", yes=False)
        == "0 new, 1 revised, 0 same"
    )


def test_a_new_indicator_is_not_guarded_against_its_own_file() -> None:
    text = "kind,indicator,name,unit,period,value\nindicator,labs,Labs,labs,,\n"
    text += "reading,labs,,,2019,1\nreading,labs,,,2020,900\n"

    assert counts(empty(), text, yes=False) == "3 new, 0 revised, 0 same"


def two_sessions(directory: Path) -> tuple[Tracker, Tracker]:
    """Two sessions on one database on the disk."""
    create(str(directory / "db"), "", "Asia/Shanghai", list(stations().store.transactions()))
    first, second = (
        Tracker(TinyDBStore(str(directory / "db")), author=name, login=name, today=TODAY)
        for name in ("ann", "bob")
    )
    return first, second


def meanwhile(act: Callable[[], object], times: int = 1) -> Progress:
    """Has something done while a file of 250 rows or more is being read."""
    left = [act] * times

    def tell(done: int, of: int, doing: str = "reading", unit: str = "") -> None:
        assert done <= of, unit
        if left and doing == "reading":
            left.pop()()

    return tell


ROWS = "indicator,period,value\n" + "".join(
    f"stations,{1900 + i // 12}-{i % 12 + 1:02},100\n" for i in range(250)
)


def test_what_another_session_wrote_meanwhile_is_looked_at_again(tmp_path: Path) -> None:
    tracker, other = two_sessions(tmp_path)

    done = import_text(
        tracker,
        ROWS,
        name="x.csv",
        progress=meanwhile(lambda: other.log(LogEntry("stations", "100", "1900-01"))),
    )

    assert done.lines[0] == "x.csv: 249 new, 0 revised, 1 same"
    assert len(tracker.history("stations")) == 250


def test_what_another_session_wrote_about_something_else_is_no_matter(tmp_path: Path) -> None:
    tracker, other = two_sessions(tmp_path)
    other.add_indicator(IndicatorEntry("labs", name="Labs", unit="labs"))
    told: list[int] = []
    tell = meanwhile(lambda: other.log(LogEntry("labs", "100", "1900-01")))

    def count(done: int, of: int, doing: str = "reading", unit: str = "") -> None:
        told.append(done)
        tell(done, of, doing, unit)

    done = import_text(tracker, ROWS, name="x.csv", progress=count)

    assert done.lines[0] == "x.csv: 250 new, 0 revised, 0 same"
    assert told == [250, 250]  # read once, written


def test_somebody_who_never_stops_writing_about_it_stops_the_import(tmp_path: Path) -> None:
    tracker, other = two_sessions(tmp_path)
    months = iter(range(1, 13))

    with pytest.raises(StoreBusy, match="others keep writing about the same indicators; try again"):
        import_text(
            tracker,
            ROWS,
            progress=meanwhile(lambda: other.log(LogEntry("stations", "100", f"2025-{next(months):02}")), 9),
        )
    assert len(tracker.history("stations")) == 3


def test_an_indicator_whose_unit_changed_meanwhile_stops_the_import(tmp_path: Path) -> None:
    tracker, other = two_sessions(tmp_path)

    with pytest.raises(
        InputError, match="stations was changed by another session meanwhile; import it again"
    ):
        import_text(
            tracker,
            ROWS,
            progress=meanwhile(lambda: other.edit_indicator(IndicatorEntry("stations", unit="masts"))),
        )
    assert tracker.history("stations") == ()


def test_two_sessions_that_import_one_file_at_once_bring_it_in_once(tmp_path: Path) -> None:
    tracker, other = two_sessions(tmp_path)
    text = ROWS.replace("indicator,", "kind,indicator,", 1).replace("\nstations", "\nreading,labs")
    text = text.replace("value\n", "value,name,unit\nindicator,labs,,,Labs,labs\n", 1)

    done = import_text(
        tracker, text, name="x.csv", progress=meanwhile(lambda: import_text(other, text, name="x.csv"))
    )

    assert done.lines == ("x.csv: 0 new, 0 revised, 251 same", "nothing is new")
    assert len(tracker.history("labs")) == 250


def test_an_indicator_that_was_added_meanwhile_with_another_unit_is_refused_by_its_row(
    tmp_path: Path,
) -> None:
    tracker, other = two_sessions(tmp_path)
    text = ROWS.replace("indicator,", "kind,indicator,", 1).replace("\nstations", "\nreading,labs")
    text = text.replace("value\n", "value,name,unit\nindicator,labs,,,Labs,labs\n", 1)
    add = IndicatorEntry("labs", name="Labs", unit="rooms")

    with pytest.raises(InputError) as error:
        import_text(tracker, text, progress=meanwhile(lambda: other.add_indicator(add)))

    assert error.value.further[0].startswith("line 2, column 6: labs is there with unit 'rooms'")
    assert tracker.history("labs") == ()


def test_an_import_is_kept_under_its_author_as_one_transaction() -> None:
    tracker = stations()
    done = import_text(tracker, "indicator,period,value\nstations,2020,100\n")

    written = tracker.store.transaction(done.tx)

    assert written is not None
    assert (written.author, written.action, len(written.facts)) == ("ann", "import", 1)


def test_progress_is_told_now_and_then() -> None:
    told: list[tuple[int, str]] = []
    rows = "".join(f"stations,{1900 + i // 12}-{i % 12 + 1:02},{i + 1}\n" for i in range(1500))

    import_text(
        stations(),
        f"indicator,period,value\n{rows}",
        yes=True,
        progress=lambda done, of, doing="reading", unit="": told.append((done, doing)),
    )

    assert told == [
        *((number, "reading") for number in range(250, 1501, 250)),
        (1500, "writing"),
    ]


def test_a_superseded_promise_stated_again_is_known() -> None:
    tracker = stations()
    rows = (
        "target,stations,100,2025,at least,2020,Plan,,\ntarget,stations,150,2030,at least,2022,Plan,,2025\n"
    )
    import_text(tracker, TARGETS + rows)

    assert counts(tracker, TARGETS + rows.splitlines()[0] + "\n") == "0 new, 0 revised, 1 same"


def test_a_chain_of_targets_with_one_due_date_is_told_row_by_row() -> None:
    tracker = stations()
    rows = (
        "target,stations,100,2030,at least,2020,Plan,,\n"
        "target,stations,120,2030-12-31,at least,2022,Plan,,2030\n"
        "target,stations,140,2030-12-31,at least,2022,Plan,,2030-12-31\n"
    )

    assert counts(tracker, TARGETS + rows) == "3 new, 0 revised, 0 same"
    assert sorted((view.value, view.state) for view in tracker.ledger()) == [
        (100, "superseded"),
        (120, "superseded"),
        (140, "open"),
    ]
    assert counts(tracker, TARGETS + rows) == "0 new, 0 revised, 3 same"
