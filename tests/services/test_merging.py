"""Merging through the service: what comes in, what is asked, what contradicts each other, and undo afterwards."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from gztrack.domain.ids import from_int
from gztrack.errors import GuardError, InputError, StoreDamaged, StoreMissing, StoreNewer
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.merging.merger import Merged, merge
from gztrack.services.tracker import Tracker
from gztrack.storage.copies.backups import back_up
from gztrack.storage.creation import create
from gztrack.storage.journal import Journal
from gztrack.storage.lines import seal
from gztrack.storage.store import Transaction
from gztrack.storage.tinydb_store import TinyDBStore

from .conftest import TODAY

SLUG = "tech-centres"
GOAL = "nev-capacity"


class Pair(NamedTuple):
    """Two copies of one database, in which two people go on by themselves."""

    here: Tracker
    there: Tracker

    def merge(self, *, dry_run: bool = False) -> Merged:
        return merge(self.here, self.there.name, io.BytesIO(), dry_run=dry_run)

    def back(self) -> Merged:
        return merge(self.there, self.here.name, io.BytesIO())


def opened(directory: str, author: str) -> Tracker:
    return Tracker(TinyDBStore(directory), author=author, login=author, today=TODAY)


@pytest.fixture
def pair(directory: str, tmp_path: Path) -> Pair:
    """Both begin with one reading that ann logged."""
    opened(directory, "ann").log(LogEntry(SLUG, "500", "2020"))
    shutil.copytree(directory, tmp_path / "there")
    return Pair(opened(directory, "ann"), opened(str(tmp_path / "there"), "bob"))


def log(tracker: Tracker, value: int, period: str = "2021", **fields: str) -> str:
    return tracker.log(LogEntry(SLUG, str(value), period, yes=True)._replace(**fields)).handle  # type: ignore[arg-type]


def correct(tracker: Tracker, value: int) -> object:
    return tracker.correct(f"{SLUG}@2020", LogEntry(SLUG, str(value), yes=True))


def told(merged: Merged) -> list[str]:
    """Each conflict as what it is about, its kind, and what its sides say, the counting one starred."""
    return [
        f"{clash.about}: {clash.kind}: "
        + ", ".join(f"{side.says} by {side.author}{'*' * side.counts}" for side in clash.sides)
        for clash in merged.conflicts
    ]


def board(tracker: Tracker) -> object:
    tracker.refresh()
    return (
        tracker.board(),
        tracker.ledger(every=True),
        [tracker.history(row.id) for row in tracker.board().rows],
    )


def test_what_the_other_one_has_comes_in_and_stays_its_authors(pair: Pair) -> None:
    log(pair.there, 510)
    log(pair.here, 520, "2022")
    merged = pair.merge()
    assert (merged.transactions, merged.facts, merged.authors, merged.conflicts) == (1, 1, ("bob",), ())
    assert merged.lines[0] == f"merged 1 transaction of bob (1 fact) from {pair.there.name}; no conflicts"
    assert "a backup from before brings all of it back" in merged.lines[-1]
    assert merged.notices == ()
    assert [(view.value, view.author) for view in pair.here.history(SLUG)][-2:] == [
        (510, "bob"),
        (520, "ann"),
    ]
    assert pair.back().transactions == 1
    assert board(pair.here) == board(pair.there)


def test_merging_the_same_again_changes_nothing_and_lists_nothing(pair: Pair) -> None:
    correct(pair.here, 501)
    correct(pair.there, 502)
    assert pair.merge().conflicts
    before = Path(pair.here.name, "facts.jsonl").read_bytes()
    again = pair.merge()
    assert again.lines == (f"nothing is new: all of {pair.there.name} is here already",)
    assert again.conflicts == ()
    assert Path(pair.here.name, "facts.jsonl").read_bytes() == before


def test_a_dry_run_says_the_same_and_writes_nothing(pair: Pair) -> None:
    correct(pair.here, 501)
    correct(pair.there, 502)
    before = Path(pair.here.name, "facts.jsonl").read_bytes()
    dry = pair.merge(dry_run=True)
    assert Path(pair.here.name, "facts.jsonl").read_bytes() == before
    assert dry.lines[-1].startswith("nothing was written: a dry run")
    merged = pair.merge()
    assert dry.conflicts == merged.conflicts
    assert dry.lines[0].replace("would merge", "merged") == merged.lines[0]


Act = Callable[[Tracker], object]


def retract(tracker: Tracker) -> object:
    return tracker.retract(f"{SLUG}@2020", "typed into the wrong row")


def revise(value: str) -> Act:
    def act(tracker: Tracker) -> object:
        due = f"{GOAL}@2020-12-31"
        return tracker.set_target(GoalEntry(GOAL, value, "2021", replaces=due, reason="moved"))

    return act


def edit(name: str) -> Act:
    return lambda tracker: tracker.edit_indicator(IndicatorEntry(SLUG, name=name))


def add(name: str, unit: str = "u") -> Act:
    return lambda tracker: tracker.add_indicator(IndicatorEntry("new", name=name, unit=unit))


def archive(tracker: Tracker) -> object:
    return tracker.archive(SLUG)


def goal(value: str) -> Act:
    return lambda tracker: tracker.set_target(GoalEntry(GOAL, value, "2027", stated_on="2026"))


def drop(tracker: Tracker) -> object:
    return tracker.drop_target(f"{GOAL}@2020-12-31", "left out")


@pytest.mark.parametrize(
    ("ann", "bob", "expected"),
    [
        (lambda t: correct(t, 501), lambda t: correct(t, 502),
         ["tech-centres@2020: two corrections: 501 by ann, 502 by bob*"]),
        (lambda t: correct(t, 501), retract,
         ["tech-centres@2020: correction against retraction: 501 by ann*, retracted by bob"]),
        (retract, lambda t: correct(t, 502),
         ["tech-centres@2020: retraction against correction: retracted by ann, 502 by bob*"]),
        (lambda t: (correct(t, 501), correct(t, 503)), lambda t: correct(t, 502),
         ["tech-centres@2020: two corrections: 503 by ann, 502 by bob*"]),
        (lambda t: (correct(t, 501), retract(t)), lambda t: correct(t, 502),
         ["tech-centres@2020: two corrections: retracted by ann, 502 by bob*"]),
        (lambda t: log(t, 510), lambda t: log(t, 520), ["tech-centres@2021: two readings: 510 by ann, 520 by bob*"]),
        (lambda t: correct(t, 501), lambda t: log(t, 502, "2020"),
         ["tech-centres@2020: two readings: 501 by ann, 502 by bob*"]),
        (revise("1m"), revise("2m"),
         [("nev-capacity@2020-12-31: two revisions: at least 1,000,000 by 2021-12-31 by ann,"
           " at least 2,000,000 by 2021-12-31 by bob*")]),
        (revise("1m"), drop,
         ["nev-capacity@2020-12-31: revision against drop: at least 1,000,000 by 2021-12-31 by ann*, dropped by bob"]),
        (goal("1m"), goal("2m"),
         [("nev-capacity@2027: two targets: at least 1,000,000 by 2027-12-31 by ann,"
           " at least 2,000,000 by 2027-12-31 by bob*")]),
        (edit("A"), edit("B"), ["tech-centres: two edits: name 'A' by ann, name 'B' by bob*"]),
        (edit("A"), archive, [("tech-centres: two edits: name 'A', archived '' by ann, name 'Enterprise technology"
                               " centres', archived 'True' by bob*")]),
        (add("A"), add("B", "v"), ["new: two indicators: name 'A', unit 'u' by ann, name 'B', unit 'v' by bob*"]),
    ],
)  # fmt: skip
def test_what_contradicts_each_other_is_listed_and_both_are_kept(
    pair: Pair, ann: Act, bob: Act, expected: list[str]
) -> None:
    ann(pair.here)
    bob(pair.there)
    merged = pair.merge()
    assert told(merged) == expected
    assert merged.lines[0].endswith("; 1 conflict")
    assert merged.lines[1] == merged.conflicts[0].line
    assert told(pair.back()) == expected
    assert board(pair.here) == board(pair.there)


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        (lambda t: correct(t, 501), lambda t: correct(t, 501)),
        (retract, retract),
        (lambda t: log(t, 510), lambda t: log(t, 510)),
        (lambda t: log(t, 510), lambda t: log(t, 520, source="Bureau")),
        (lambda t: log(t, 510), lambda t: log(t, 520, series="other")),
        (lambda t: log(t, 510), lambda t: log(t, 520, period="2022")),
        (goal("1m"), goal("1m")),
        (goal("1m"), lambda t: t.set_target(GoalEntry(GOAL, "2m", "2028", stated_on="2026"))),
        (edit("A"), edit("A")),
        (add("A"), add("A")),
        (lambda t: (correct(t, 501), t.undo()), lambda t: correct(t, 502)),
        (lambda t: correct(t, 501), lambda t: (correct(t, 502), t.undo())),
        (lambda t: log(t, 510), lambda t: (log(t, 520), t.undo())),
        (lambda t: None, lambda t: (correct(t, 501), correct(t, 502), retract(t))),
        (lambda t: t.pin(f"{SLUG}@2020"), lambda t: t.pin(f"{SLUG}@2020")),
    ],
)  # fmt: skip
def test_what_agrees_or_stands_apart_is_no_conflict(pair: Pair, ann: Act, bob: Act) -> None:
    ann(pair.here)
    bob(pair.there)
    merged = pair.merge()
    assert told(merged) == []
    assert merged.lines[0].endswith("; no conflicts")


def test_two_pins_contradict_each_other_and_the_later_one_counts(pair: Pair) -> None:
    handles = [log(pair.here, value, "2020", source=source) for value, source in ((510, "A"), (520, "B"))]
    pair.back()
    pair.here.pin(handles[0])
    pair.there.refresh()
    pair.there.pin(handles[1])
    merged = pair.merge()
    assert told(merged) == ["tech-centres@2020: two pins: 510 by ann, 520 by bob*"]
    assert merged.conflicts[0].settle == f"gztrack pin {handles[0]}"
    pair.here.pin(handles[0])
    assert [row.reading and row.reading.value for row in pair.here.board().rows if row.id == SLUG] == [510]


def test_two_pinned_targets_contradict_each_other(pair: Pair) -> None:
    handles = [pair.here.set_target(GoalEntry(GOAL, v, d, stated_on="2026")).handle
               for v, d in (("1m", "2027"), ("2m", "2028"))]  # fmt: skip
    pair.back()
    pair.here.pin(handles[0], target=True)
    pair.there.refresh()
    pair.there.pin(handles[1], target=True)
    (clash,) = pair.merge().conflicts
    assert (clash.kind, clash.settle) == ("two pins", f"gztrack target pin {handles[0]}")


def test_two_choices_for_the_whole_database_contradict_each_other(pair: Pair) -> None:
    pair.here.edit_database(SettingsEntry(method="open-sdg"))
    pair.there.edit_database(SettingsEntry(method="un-chart"))
    merged = pair.merge()

    (found,) = merged.conflicts
    assert (found.about, found.kind) == ("the database's method", "two choices")
    assert [(side.says, side.counts) for side in found.sides] == [("open-sdg", False), ("un-chart", True)]
    assert found.settle == "gztrack edit --method TEXT"
    assert pair.here.board().usual == "un-chart"
    pair.there.edit_database(SettingsEntry(method="linear"))
    assert pair.merge().conflicts == ()  # what stands here now came from there


def test_a_conflict_can_be_settled_as_it_says(pair: Pair) -> None:
    correct(pair.here, 501)
    correct(pair.there, 502)
    (clash,) = pair.merge().conflicts
    assert clash.settle.startswith("gztrack pin ")
    pair.here.pin(clash.settle.split(",")[0].split()[-1])
    (row,) = [row for row in pair.here.board().rows if row.id == SLUG]
    assert row.reading is not None
    assert row.reading.value == 501


def test_of_two_withdrawals_and_a_correction_the_correction_can_be_taken_back_as_it_says(pair: Pair) -> None:
    retract(pair.here)
    correct(pair.there, 502)
    (clash,) = pair.merge().conflicts
    words = clash.settle.split()
    assert words[:2] == ["gztrack", "retract"]
    pair.here.retract(words[2], "the withdrawal is right")
    assert 502 not in [view.value for view in pair.here.history(SLUG) if view.standing == "counts"]


def test_three_people_one_fact(pair: Pair, tmp_path: Path) -> None:
    shutil.copytree(pair.here.name, tmp_path / "third")
    third = opened(str(tmp_path / "third"), "cyd")
    for tracker, value in ((pair.here, 501), (pair.there, 502), (third, 503)):
        correct(tracker, value)
    merge(third, pair.there.name, io.BytesIO())
    merged = merge(pair.here, third.name, io.BytesIO())
    assert told(merged) == ["tech-centres@2020: 3 corrections: 501 by ann, 502 by bob, 503 by cyd*"]
    assert merged.authors == ("bob", "cyd")
    assert "of 2 authors (2 facts)" in merged.lines[0]


def test_what_was_undone_stays_undone_and_can_be_brought_back(pair: Pair) -> None:
    log(pair.there, 510)
    pair.there.undo()
    log(pair.here, 520, "2022")
    pair.merge()
    assert [view.value for view in pair.here.history(SLUG)][-2:] == [500, 520]
    bob = opened(pair.here.name, "bob")
    assert "510" in bob.redo().lines[0]
    pair.here.refresh()
    assert [view.value for view in pair.here.history(SLUG)][-2:] in ([510, 520], [520, 510])


def test_an_undo_that_only_the_other_one_knows_takes_effect(pair: Pair) -> None:
    opened(pair.there.name, "ann").undo()
    assert [view.value for view in pair.here.history(SLUG)] == [495, 500]
    pair.merge()
    assert [view.value for view in pair.here.history(SLUG)] == [495]


def test_a_merge_is_nobodys_action_and_undo_takes_back_ones_own(pair: Pair) -> None:
    log(pair.here, 520, "2022")
    log(pair.there, 510)
    pair.merge()
    assert "520" in pair.here.undo().lines[0]
    assert [view.value for view in pair.here.history(SLUG)][-1] == 510


def test_a_backup_of_the_other_one_serves_as_well_and_standard_input_too(pair: Pair, tmp_path: Path) -> None:
    log(pair.there, 510)
    path, _ = back_up(Journal(pair.there.name), str(tmp_path / "backup"))
    dry = merge(pair.here, "-", io.BytesIO(Path(path).read_bytes()), dry_run=True)
    merged = merge(pair.here, path, io.BytesIO())
    assert dry.transactions == merged.transactions == 1
    assert "from standard input" in dry.lines[0]
    copied = merge(pair.here, f"{pair.there.name}/facts.jsonl", io.BytesIO())
    assert "has no end line" in copied.notices[0]


def test_an_older_database_can_be_merged(directory: str) -> None:
    here = opened(directory, "ann")
    older = Path(__file__).parents[1] / "storage" / "versions" / "schema-1"
    there = [each for each in TinyDBStore(str(older)).transactions() if each.author != "seed"]
    merged = merge(here, str(older), io.BytesIO(), yes=True)
    assert merged.transactions >= len(there) > 0
    assert merge(here, str(older), io.BytesIO(), yes=True).transactions == 0


def test_title_and_zone_stay_and_that_is_said(pair: Pair, tmp_path: Path) -> None:
    seed = next(iter(TinyDBStore(pair.here.name).transactions()))
    create(str(tmp_path / "other"), "Elsewhere", "UTC", (seed,))
    notices = merge(pair.here, str(tmp_path / "other"), io.BytesIO()).notices
    assert notices == (
        f"{tmp_path}/other is called 'Elsewhere'; this database stays '{pair.here.title}'",
        f"days of {tmp_path}/other go by UTC; here they go by Asia/Shanghai as before",
    )


def foreign(tmp_path: Path, author: str = "cyd") -> str:
    """A database that was made by itself."""
    fact = {
        "id": from_int(1 << 100),
        "indicator": "x",
        "name": "X",
        "unit": "u",
        "measure": "level",
        "direction": "up",
    }
    tx = Transaction(
        from_int((1 << 100) - 1),
        "2026-01-01T00:00:00.000000Z",
        author,
        author,
        "add",
        (("indicators", fact),),
    )
    create(str(tmp_path / "foreign"), "Foreign", "Asia/Shanghai", (tx,))
    return str(tmp_path / "foreign")


def test_a_database_that_has_nothing_in_common_is_asked_about(pair: Pair, tmp_path: Path) -> None:
    other = foreign(tmp_path)
    before = Path(pair.here.name, "facts.jsonl").read_bytes()
    with pytest.raises(GuardError, match="has nothing in common with this database; is it the right one"):
        merge(pair.here, other, io.BytesIO())
    assert Path(pair.here.name, "facts.jsonl").read_bytes() == before
    dry = merge(pair.here, other, io.BytesIO(), dry_run=True)
    assert "nothing in common" in dry.notices[0]
    assert merge(pair.here, other, io.BytesIO(), yes=True).transactions == 1
    assert merge(pair.here, other, io.BytesIO()).transactions == 0


def test_a_seed_or_an_empty_database_is_not_asked_about(directory: str, tmp_path: Path) -> None:
    here = opened(directory, "ann")
    assert merge(here, foreign(tmp_path), io.BytesIO()).transactions == 1
    create(str(tmp_path / "empty"), "E", "Asia/Shanghai")
    assert merge(here, str(tmp_path / "empty"), io.BytesIO()).transactions == 0
    assert merge(opened(str(tmp_path / "empty"), "ann"), here.name, io.BytesIO()).transactions == 2


def damaged(place: Path) -> None:
    lines = (place / "facts.jsonl").read_bytes().splitlines(keepends=True)
    (place / "facts.jsonl").write_bytes(b"".join([lines[0], *lines[2:]]))


def newer(place: Path) -> None:
    (place / "facts.jsonl").write_bytes(seal(b'{"gztrack":"facts","schema":99,"title":"T","tz":"UTC"', 0)[0])


def without_a_name(place: Path) -> None:
    """An indicator that lacks what every indicator has."""
    fact = {"id": from_int((1 << 101) + 1), "indicator": "x", "unit": "u"}
    tx = Transaction(
        from_int(1 << 101), "2026-01-01T00:00:00.000000Z", "cyd", "cyd", "add", (("indicators", fact),)
    )
    Journal(str(place)).append(tx)


@pytest.mark.parametrize(
    ("harm", "error", "said"),
    [
        (damaged, StoreDamaged, "there/facts.jsonl, line 2: "),
        (newer, StoreNewer, "written by a newer gztrack"),
        (without_a_name, StoreDamaged, "indicators: .name. is missing.*nothing was merged"),
        (shutil.rmtree, InputError, "cannot be read: no such file or directory"),
        (
            lambda place: [each.unlink() for each in place.iterdir()],
            StoreMissing,
            "no database in this folder",
        ),
    ],
)
def test_another_one_that_cannot_be_read_is_refused_and_nothing_comes_in(
    pair: Pair, harm: Callable[[Path], object], error: type[Exception], said: str
) -> None:
    log(pair.there, 510)
    harm(Path(pair.there.name))
    before = Path(pair.here.name, "facts.jsonl").read_bytes()
    with pytest.raises(error, match=said):
        pair.merge()
    assert Path(pair.here.name, "facts.jsonl").read_bytes() == before


def test_a_database_is_not_merged_with_itself(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(pair.here.name)
    for name in (
        pair.here.name,
        f"{pair.here.name}/../db",
        f"{pair.here.name}/facts.jsonl",
        str(tmp_path / "link"),
    ):
        with pytest.raises(InputError, match="is this database itself"):
            merge(pair.here, name, io.BytesIO())


def test_one_id_with_two_contents_is_listed_and_settled_the_same_way_on_both_sides(pair: Pair) -> None:
    tx = from_int(1 << 102)
    for tracker, value, second in ((pair.here, 510, 2), (pair.there, 520, 1)):
        reading = {"id": from_int((1 << 102) + 1), "indicator": SLUG, "value": value, "period": "2021",
                   "start": "2021-01-01", "end": "2021-12-31"}  # fmt: skip
        at = f"2026-01-01T00:00:0{second}.000000Z"
        Journal(tracker.name).append(Transaction(tx, at, "cyd", "cyd", "log", (("readings", reading),)))
    dry, merged = pair.merge(dry_run=True), pair.merge()
    assert dry.conflicts == merged.conflicts
    assert told(merged) == ["tech-centres@2021: two facts with one id: 520 by cyd*, 510 by cyd"]
    assert told(pair.back()) == told(merged)
    assert board(pair.here) == board(pair.there)
    assert 520 in [view.value for view in pair.here.history(SLUG)]
    assert pair.merge().transactions == 0


def test_what_was_stated_in_knowledge_of_the_other_is_no_conflict(pair: Pair) -> None:
    log(pair.here, 510)
    handle = log(pair.here, 511, source="Bureau")
    pair.here.pin(handle)
    pair.back()
    pair.there.refresh()
    pair.there.pin(log(pair.there, 520))
    merged = pair.merge()
    assert (merged.transactions, told(merged)) == (2, [])


def test_who_merges_back_hears_of_it_too(pair: Pair) -> None:
    log(pair.here, 510)
    log(pair.there, 520)
    assert told(pair.merge()) == told(pair.back()) != []
    assert told(pair.back()) == told(pair.merge()) == []


def test_parts_that_both_sides_close_to_a_circle_are_told_and_stay_on_the_board(pair: Pair) -> None:
    pair.here.edit_indicator(IndicatorEntry("subsidies", part_of="uhd-output"))
    pair.there.edit_indicator(IndicatorEntry("uhd-output", part_of="subsidies"))

    foreseen = pair.merge(dry_run=True)
    done = pair.merge()

    sides = "subsidies is part of uhd-output by ann*, uhd-output is part of subsidies by bob*"
    assert told(foreseen) == told(done) == [f"subsidies, uhd-output: parts in a circle: {sides}"]
    (clash,) = done.conflicts
    assert clash.settle == "gztrack edit subsidies --part-of none"
    assert {"subsidies", "uhd-output"} <= {row.id for row in pair.here.board().rows}
    pair.here.edit_indicator(IndicatorEntry("subsidies", part_of="none"))
    pair.here.edit_indicator(IndicatorEntry("uhd-output", group="Else"))
    assert pair.here.detail("subsidies").notes == ()


def test_a_circle_that_one_side_had_already_is_no_conflict(pair: Pair) -> None:
    there = pair.there
    there.edit_indicator(IndicatorEntry("subsidies", part_of="uhd-output"))
    there.edit_indicator(IndicatorEntry("subsidies", part_of=SLUG))
    there.author = "carol"
    there.edit_indicator(IndicatorEntry("uhd-output", part_of="subsidies"))
    there.author = "bob"
    there.undo()

    assert told(pair.merge()) == []
    assert pair.here.detail("subsidies").notes == there.detail("subsidies").notes != ()
