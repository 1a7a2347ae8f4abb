"""An append: what it costs, in what order it happens, and what a failing disk leaves."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from gztrack.errors import StoreDamaged, StoreError, StoreFull, StoreMissing
from gztrack.storage.creation import create
from gztrack.storage.journal import Journal
from storage.support import BROKEN, FULL, Counting, Failing, database, facts_file, numbers, transaction


def test_what_is_read_does_not_grow_with_the_journal(tmp_path: Path) -> None:
    read = []
    for size in (3, 3000):
        db = database(tmp_path / str(size), *(transaction(n, n) for n in range(size)))
        files = Counting()
        journal = Journal(str(db), files=files)
        journal.append(transaction(size, size))
        files.bytes_read = 0
        journal.append(transaction(size + 1, size + 1))
        read.append(files.bytes_read)
        assert facts_file(db).stat().st_size > size * 200
    few, many = read
    assert many < 10_000
    assert many - few < 8_000  # a small journal is shorter than the first look at it


def test_a_long_last_line_is_read_no_more_than_a_few_times(tmp_path: Path) -> None:
    long = transaction(1, 1)
    long.facts[0][1]["note"] = "n" * 200_000
    db = database(tmp_path / "db", *(transaction(n, *range(500)) for n in range(2, 60)), long)
    files = Counting()
    Journal(str(db), files=files).append(transaction(99, 99))
    assert files.bytes_read < 1_000_000 < facts_file(db).stat().st_size


def test_written_then_synced_then_marked(db: Path) -> None:
    files = Counting()
    Journal(str(db), files=files).append(transaction(1, 1))
    assert files.calls == ["holder", "write", "sync", "mark"]


def test_a_run_of_lines_is_one_write(db: Path) -> None:
    files = Counting()
    Journal(str(db), files=files).append(transaction(1, *range(2000)))
    assert files.calls.count("write") == 1
    assert files.calls.count("sync") == 1


def test_the_end_is_known_after_an_append(db: Path) -> None:
    journal = Journal(str(db))
    journal.append(transaction(1, 1))
    assert journal.end is not None
    assert journal.end.offset == facts_file(db).stat().st_size
    assert list(journal.read(journal.end)) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_said_and_leaves_the_journal_as_it_was(db: Path, code: int) -> None:
    before = facts_file(db).read_bytes()
    with pytest.raises(StoreFull, match="make room and try again"):
        Journal(str(db), files=Failing(write=code)).append(transaction(1, 1))
    assert facts_file(db).read_bytes() == before


@pytest.mark.parametrize("short", [0, 1, 100, 200])
def test_a_short_write_is_taken_back(db: Path, short: int) -> None:
    before = facts_file(db).read_bytes()
    with pytest.raises(StoreFull, match=rf"only {short} bytes went in and were taken back"):
        Journal(str(db), files=Failing(short=short)).append(transaction(1, 1))
    assert facts_file(db).read_bytes() == before


def test_a_failed_sync_is_neither_tried_again_nor_acknowledged(db: Path) -> None:
    before, lock = facts_file(db).read_bytes(), (db / "lock").read_bytes()
    files = Failing(sync=BROKEN)
    with pytest.raises(StoreError, match="nothing was acknowledged"):
        Journal(str(db), files=files).append(transaction(1, 1))
    assert files.syncs == 1
    assert facts_file(db).read_bytes() == before
    assert (db / "lock").read_bytes() == lock


def test_an_append_after_a_failure_goes_through(db: Path) -> None:
    files = Failing(write=FULL)
    journal = Journal(str(db), files=files)
    with pytest.raises(StoreFull):
        journal.append(transaction(1, 1))
    files.write_error = 0
    journal.append(transaction(2, 2))
    assert numbers(db) == [2]


def test_a_write_that_cannot_be_taken_back_is_said_and_put_aside_by_the_next(db: Path) -> None:
    journal = Journal(str(db), files=Failing(short=100, truncate=BROKEN))
    with pytest.raises(StoreFull):
        journal.append(transaction(1, 1))
    assert "could not be taken back" in journal.notices[0]
    Journal(str(db)).append(transaction(2, 2))
    assert numbers(db) == [2]


def test_a_mark_that_cannot_be_written_is_said_but_the_fact_is_kept(db: Path) -> None:
    journal = Journal(str(db), files=Failing(mark=FULL))
    assert journal.append(transaction(1, 1)) is True
    assert "the mark could not be written" in journal.notices[0]
    assert numbers(db) == [1]


def test_two_transactions_with_one_id_in_one_call_are_refused(db: Path) -> None:
    with pytest.raises(ValueError, match="one id"):
        Journal(str(db)).append_all([transaction(1, 1), transaction(1, 2)])


@pytest.mark.parametrize("wanted", [1, 20])
def test_unique_looks_at_the_whole_journal(tmp_path: Path, wanted: int) -> None:
    there = [transaction(n, n) for n in range(50)]
    journal = Journal(str(database(tmp_path / "db", *there)))
    assert journal.append_all(there[:wanted], unique=True) == 0


def test_a_file_that_a_full_disk_stopped_at_creation_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreFull):
        create(str(tmp_path / "db"), "T", "UTC", files=Failing(write=FULL))
    with pytest.raises(StoreMissing):
        Journal(str(tmp_path / "db"))


def test_creating_again_leaves_what_is_there(db: Path) -> None:
    Journal(str(db)).append(transaction(1, 1))
    assert create(str(db), "Another", "UTC", [transaction(2, 2)]) is False
    assert numbers(db) == [1]


def test_creating_where_a_journal_was_lost_is_refused(db: Path) -> None:
    facts_file(db).unlink()
    with pytest.raises(StoreDamaged, match="is gone"):
        create(str(db), "Another", "UTC")


@pytest.mark.parametrize(
    ("directory", "expected"), [(0o770, 0o660), (0o750, 0o640), (0o700, 0o600), (0o777, 0o660)]
)
def test_files_admit_the_group_as_the_directory_does_and_never_the_world(
    tmp_path: Path, directory: int, expected: int
) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db").chmod(directory)
    before = os.umask(0o077)
    try:
        db = database(tmp_path / "db")
    finally:
        os.umask(before)
    for name in ("facts.jsonl", "lock"):
        assert stat.S_IMODE((db / name).stat().st_mode) == expected


def test_a_directory_it_makes_is_closed_to_the_world(tmp_path: Path) -> None:
    db = database(tmp_path / "new" / "db")
    assert stat.S_IMODE(db.stat().st_mode) & 0o007 == 0


@pytest.mark.skipif(os.getuid() != 0, reason="NOT PROVEN HERE: giving files to another group needs root")
def test_files_belong_to_the_group_of_the_directory(tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    os.chown(tmp_path / "db", -1, 12345)
    db = database(tmp_path / "db")
    assert {(db / name).stat().st_gid for name in ("facts.jsonl", "lock")} == {12345}


@pytest.mark.parametrize("name", ["facts.jsonl", "lock"])
def test_a_symbolic_link_is_never_followed(db: Path, name: str) -> None:
    (db / name).rename(db / "elsewhere")
    (db / name).symlink_to(db / "elsewhere")
    with pytest.raises(StoreError, match="is a symbolic link"):
        Journal(str(db)).append(transaction(1, 1))


def test_a_pipe_in_place_of_the_journal_does_not_hang(db: Path) -> None:
    facts_file(db).unlink()
    os.mkfifo(facts_file(db))
    with pytest.raises(StoreDamaged, match="is not a file"):
        Journal(str(db))


def test_a_directory_that_is_no_database_names_init(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"no database there.* init$"):
        Journal(str(tmp_path))
    with pytest.raises(StoreMissing, match=r"no database there.* init$"):
        Journal(str(tmp_path / "missing"))


def test_a_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file, and a database is a directory"):
        Journal(str(tmp_path / "file"))


def test_nothing_stays_open_between_calls(db: Path) -> None:
    before = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()
    journal = Journal(str(db))
    journal.append(transaction(1, 1))
    list(journal.read())
    after = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()
    assert after == before
