"""Restoring: the old database or the new one whatever happens, the old one kept, and everybody catches up."""

from __future__ import annotations

import io
import os
import shutil
from itertools import count
from pathlib import Path

import pytest

from gztrack.errors import (
    GuardError,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreNewer,
)
from gztrack.storage.copies.backups import back_up
from gztrack.storage.copies.restoring import Unsaved, restore
from gztrack.storage.copies.sources import opened
from gztrack.storage.derived import Derived, read_derived, write_derived
from gztrack.storage.files import Files
from gztrack.storage.journal import Journal
from gztrack.storage.lines import SCHEMA, seal
from gztrack.storage.lock import REPLACING, Lock
from gztrack.storage.reading import transactions
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import FULL, Cut, Failing, Killed, database, facts_file, numbers, transaction

VERSIONS = Path(__file__).parent / "versions"


def put_back(db: Path, copy: Path, *, files: Files | None = None, wait: float = 5) -> tuple[str, Unsaved]:
    """Restore; where the old journal is kept, and what was asked about."""
    asked: list[Unsaved] = []
    with opened(str(copy), io.BytesIO(), str(db)) as opening:
        kept = restore(str(db), opening, opening.tally(), asked.append, files=files, wait=wait)
    return kept, asked[-1]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database with three readings, of which a backup has two."""
    made = database(tmp_path / "db", transaction(1, 1), transaction(2, 2))
    back_up(Journal(str(made)), str(tmp_path / "backup"))
    Journal(str(made)).append(transaction(3, 3, at="2026-11-20T08:00:00.000000Z"))
    return made


@pytest.fixture
def backup(db: Path, tmp_path: Path) -> Path:
    return tmp_path / "backup"


def test_a_backup_takes_the_place_of_the_database_which_is_kept(db: Path, backup: Path) -> None:
    before = facts_file(db).read_bytes()
    kept, unsaved = put_back(db, backup)
    assert numbers(db) == [1, 2]
    assert Path(kept).read_bytes() == before
    assert Path(kept).parent == db / "backups"
    assert unsaved == Unsaved(1, "2026-11-20T08:00:00.000000Z", None)
    Journal(str(db)).append(transaction(4, 4))
    assert numbers(db) == [1, 2, 4]
    again, unsaved = put_back(db, Path(kept))
    assert numbers(db) == [1, 2, 3]
    assert (unsaved.facts, Path(again).name) == (1, Path(again).name)
    assert len(os.listdir(db / "backups")) == 2


def test_the_database_keeps_the_backups_title_and_zone_and_is_a_file_of_its_own(
    db: Path, backup: Path
) -> None:
    old = Journal(str(db)).header
    put_back(db, backup)
    new = Journal(str(db)).header
    assert new._replace(generation="") == old._replace(generation="")
    assert new.generation != old.generation


def test_a_database_is_made_where_there_is_none(db: Path, backup: Path, tmp_path: Path) -> None:
    for place in (tmp_path / "new", tmp_path / "deep" / "down"):
        kept, unsaved = put_back(place, backup)
        assert (kept, unsaved) == ("", Unsaved(0, "", None))
        assert numbers(place) == [1, 2]
        assert place.stat().st_mode & 0o007 == 0
        assert facts_file(place).stat().st_mode & 0o007 == 0


@pytest.mark.parametrize("version", sorted(os.listdir(VERSIONS)))
def test_an_older_copy_is_sealed_anew(tmp_path: Path, version: str) -> None:
    put_back(tmp_path / "new", VERSIONS / version)
    assert Journal(str(tmp_path / "new")).header.schema == SCHEMA
    there = list(transactions(Journal(str(VERSIONS / version))))
    assert list(transactions(Journal(str(tmp_path / "new")))) == there
    put_back(tmp_path / "new", VERSIONS / version / "facts.jsonl")
    assert list(transactions(Journal(str(tmp_path / "new")))) == there


def damaged(db: Path) -> None:
    lines = facts_file(db).read_bytes().splitlines(keepends=True)
    facts_file(db).write_bytes(b"".join([lines[0], *lines[2:]]))


def emptied(db: Path) -> None:
    facts_file(db).write_bytes(b"")


def gone(db: Path) -> None:
    facts_file(db).unlink()


def without_lock(db: Path) -> None:
    (db / "lock").unlink()
    facts_file(db).unlink()


@pytest.mark.parametrize("harm", [damaged, emptied, gone])
def test_it_works_where_the_database_is_damaged_and_says_that_nobody_knows_what_it_held(
    db: Path, backup: Path, harm: object
) -> None:
    assert callable(harm)
    harm(db)
    there = facts_file(db).read_bytes() if facts_file(db).exists() else None
    kept, unsaved = put_back(db, backup)
    assert isinstance(unsaved.unknown, StoreDamaged)
    assert numbers(db) == [1, 2]
    assert (Path(kept).read_bytes() if kept else None) == there
    Journal(str(db)).append(transaction(4, 4))
    assert numbers(db) == [1, 2, 4]


def test_it_works_where_everything_but_the_backups_is_gone(db: Path, backup: Path) -> None:
    without_lock(db)
    assert put_back(db, backup) == ("", Unsaved(0, "", None))
    assert numbers(db) == [1, 2]


def test_a_newer_database_is_told_from_a_damaged_one(db: Path, backup: Path) -> None:
    newer, _ = seal(b'{"gztrack":"facts","schema":99,"title":"T","tz":"UTC"', 0)
    facts_file(db).write_bytes(newer)
    kept, unsaved = put_back(db, backup)
    assert isinstance(unsaved.unknown, StoreNewer)
    assert Path(kept).read_bytes() == newer


def test_who_does_not_agree_changes_nothing(db: Path, backup: Path) -> None:
    before = facts_file(db).read_bytes()

    def no(unsaved: Unsaved) -> None:
        raise GuardError("no")

    with opened(str(backup), io.BytesIO(), str(db)) as copy, pytest.raises(GuardError):
        restore(str(db), copy, copy.tally(), no)
    assert facts_file(db).read_bytes() == before
    assert set(os.listdir(db)) == {"facts.jsonl", "lock"}


def test_what_was_logged_while_the_copy_was_read_is_asked_about_too(db: Path, backup: Path) -> None:
    class Late(Files):
        """Somebody logs right before the lock is taken."""

        late = False

        def flock(self, fd: int) -> None:
            if not self.late:
                self.late = True
                Journal(str(db)).append(transaction(4, 4, 5))
            super().flock(fd)

    kept, unsaved = put_back(db, backup, files=Late())
    assert unsaved.facts == 3
    shutil.copy(kept, facts_file(db))
    (db / "lock").unlink()
    assert numbers(db) == [1, 2, 3, 4, 5]


def test_a_bad_copy_is_refused_before_anything_is_touched(db: Path, backup: Path, tmp_path: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-10])
    before = facts_file(db).read_bytes()
    for place in (db, tmp_path / "new"):
        with pytest.raises(StoreDamaged, match="is not whole"):
            put_back(place, backup)
    assert facts_file(db).read_bytes() == before
    assert set(os.listdir(db)) == {"facts.jsonl", "lock"}
    assert not (tmp_path / "new").exists()


def test_a_copy_that_is_changed_after_it_was_read_through_replaces_nothing(db: Path, backup: Path) -> None:
    before = facts_file(db).read_bytes()
    with opened(str(backup), io.BytesIO(), str(db)) as copy:
        held = copy.tally()
        backup.write_bytes(backup.read_bytes().replace(b'"value":2', b'"value":7'))
        with pytest.raises(StoreDamaged, match="line 4: the checksum does not fit"):
            restore(str(db), copy, held, lambda unsaved: None)
    assert facts_file(db).read_bytes() == before
    assert numbers(db) == [1, 2, 3]
    assert "facts.jsonl.new" not in os.listdir(db)


def test_it_waits_for_a_writer_and_then_says_who_it_is(db: Path, backup: Path) -> None:
    with Lock(str(db)).held(), pytest.raises(StoreBusy, match="locked by"):
        put_back(db, backup, wait=0.05)
    assert numbers(db) == [1, 2, 3]


def test_a_full_disk_leaves_the_database_as_it_was(db: Path, backup: Path) -> None:
    for files in (Failing(write=FULL), Failing(sync=5)):
        with pytest.raises(StoreError) as refused:
            put_back(db, backup, files=files)
        assert isinstance(refused.value, StoreFull) == bool(files.write_error)
        assert numbers(db) == [1, 2, 3]
        Journal(str(db)).append_all([transaction(3, 3)], unique=True)


class CutAnywhere(Cut):
    """Dies at names given too."""

    def link(self, old: str, new: str) -> None:
        self._die()
        super().link(old, new)


@pytest.mark.parametrize("harm", [None, damaged, gone, without_lock])
def test_a_death_at_any_call_leaves_the_old_database_or_the_new_one(tmp_path: Path, harm: object) -> None:
    backup = tmp_path / "backup"
    back_up(Journal(str(database(tmp_path / "source", transaction(1, 1), transaction(2, 2)))), str(backup))
    seen = set()
    for at in count(1):
        db = database(tmp_path / f"death-{at}", transaction(1, 1), transaction(3, 3))
        if callable(harm):
            harm(db)
        try:
            put_back(db, backup, files=CutAnywhere(at))
            break
        except Killed:
            pass
        try:
            seen.add(tuple(numbers(db)))
        except (StoreDamaged, StoreMissing):
            assert harm is not None
            seen.add(())
            put_back(db, backup)
            assert numbers(db) == [1, 2]
        before = numbers(db)
        Journal(str(db)).append(transaction(9, 9))
        assert numbers(db) == [*before, 9]
        assert len(TinyDBStore(str(db)).table("readings")) == len(before) + 1
    assert at > 6
    assert numbers(db) == [1, 2]
    assert seen == {(1, 3) if harm is None else (), (1, 2)}


def test_a_mark_that_a_killed_restore_withdrew_is_no_reason_to_worry(db: Path, backup: Path) -> None:
    with Lock(str(db)).held() as fd:
        Lock(str(db)).withdraw_mark(fd)
    assert Lock(str(db)).read_mark() == (None, REPLACING)
    _, unsaved = put_back(db, backup)
    assert (unsaved.facts, unsaved.unknown) == (1, None)
    assert numbers(db) == [1, 2]


def test_a_board_that_is_open_catches_up(db: Path, backup: Path) -> None:
    board = TinyDBStore(str(db))
    assert board.refresh() is not None
    assert not board.changed()
    put_back(db, backup)
    assert board.changed()
    fresh = board.refresh()
    assert fresh is not None
    assert fresh.whole
    assert [each["value"] for each in board.table("readings")] == [1, 2]
    assert board.refresh() is None
    Journal(str(db)).append(transaction(4, 4))
    fresh = board.refresh()
    assert fresh is not None
    assert not fresh.whole


def test_a_writer_that_had_the_old_file_open_writes_into_the_new_one(db: Path, backup: Path) -> None:
    writer = TinyDBStore(str(db))
    writer.refresh()
    put_back(db, backup)
    writer.append(transaction(4, 4))
    assert numbers(db) == [1, 2, 4]


def test_what_was_derived_from_the_old_file_goes_with_it(db: Path, backup: Path) -> None:
    journal = Journal(str(db))
    end = list(journal.read())[-1][0]
    write_derived(str(db), Derived(end.offset, end.checksum, end.generation, {}))
    put_back(db, backup)
    assert read_derived(str(db)) is None
