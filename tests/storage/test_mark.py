"""The end is known elsewhere too: a journal that is not the one last written is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest

from gztrack.domain.ids import from_int
from gztrack.errors import StoreDamaged
from gztrack.storage.creation import create
from gztrack.storage.journal import Journal
from gztrack.storage.lock import Lock, Mark
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import CREATED, database, facts_file, numbers, transaction

OLDER = "was emptied or put back from an older copy"


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A database with three transactions."""
    return database(tmp_path / "db", transaction(1, 1), transaction(2, 2), transaction(3, 3))


@pytest.mark.parametrize("kept", [1, 2, 3])
def test_an_older_copy_is_refused(full: Path, kept: int) -> None:
    lines = facts_file(full).read_bytes().splitlines(keepends=True)
    older = b"".join(lines[:kept])
    facts_file(full).write_bytes(older)
    with pytest.raises(StoreDamaged, match=OLDER):
        numbers(full)
    with pytest.raises(StoreDamaged, match=OLDER):
        Journal(str(full)).append(transaction(4, 4))
    assert facts_file(full).read_bytes() == older


@pytest.mark.parametrize("cut", [2, 30, 300])
def test_a_file_cut_short_is_refused_however_it_ends(full: Path, cut: int) -> None:
    data = facts_file(full).read_bytes()
    facts_file(full).write_bytes(data[:-cut])
    with pytest.raises(StoreDamaged, match=OLDER):
        numbers(full)
    with pytest.raises(StoreDamaged, match=OLDER):
        Journal(str(full)).append(transaction(4, 4))
    assert not (full / "quarantine").exists()


def test_a_file_emptied_under_a_running_reader_is_refused(full: Path) -> None:
    store = TinyDBStore(str(full))
    store.refresh()
    os.truncate(facts_file(full), 0)
    with pytest.raises(StoreDamaged, match="is empty"):
        store.refresh()


def test_a_journal_that_is_gone_is_not_a_missing_database(full: Path) -> None:
    facts_file(full).unlink()
    with pytest.raises(StoreDamaged, match=r"is gone, and [0-9,]+ bytes were kept there"):
        Journal(str(full))


@pytest.mark.parametrize("extra", [0, 1])
def test_another_journal_in_its_place_is_refused(full: Path, tmp_path: Path, extra: int) -> None:
    values = (4, 5, 6, 7)[: 3 + extra]
    create(
        str(tmp_path / "other"),
        "Guangzhou",
        "Asia/Shanghai",
        [transaction(n, n) for n in values],
        generation=from_int(8),
        created=CREATED,
    )
    facts_file(full).write_bytes(facts_file(tmp_path / "other").read_bytes())
    with pytest.raises(StoreDamaged, match="is another journal's copy"):
        numbers(full)
    with pytest.raises(StoreDamaged, match="is another journal's copy"):
        Journal(str(full)).append(transaction(9, 9))


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda lock: lock.unlink(), "missing"),
        (lambda lock: lock.write_bytes(b""), "missing"),
        (lambda lock: lock.write_bytes(b"\0" * 202), "missing"),
        (lambda lock: lock.write_bytes(b"x" * 202), "unreadable"),
        (lambda lock: lock.write_bytes(lock.read_bytes().replace(b"mark 1 0", b"mark 1 1")), "unreadable"),
        (lambda lock: lock.write_bytes(lock.read_bytes()[:20]), "unreadable"),
    ],
)
def test_a_lost_mark_is_reported_and_made_anew(full: Path, harm: Callable[[Path], object], why: str) -> None:
    harm(full / "lock")
    reader = TinyDBStore(str(full))
    reader.refresh()
    assert [f"its mark is {why}" in notice for notice in reader.notices] == [True]
    writer = Journal(str(full))
    writer.append(transaction(4, 4))
    assert [f"its mark is {why}" in notice for notice in writer.notices] == [True]
    again = Journal(str(full))
    again.append(transaction(5, 5))
    assert again.notices == []
    assert numbers(full) == [1, 2, 3, 4, 5]


def test_the_mark_is_the_length_and_checksum_of_the_journal(full: Path) -> None:
    Journal(str(full)).append(transaction(4, 4))
    data = facts_file(full).read_bytes()
    assert Lock(str(full)).read_mark() == (Mark(len(data), crc32(data)), "")


def test_a_file_swapped_for_a_new_generation_is_read_in_full(full: Path) -> None:
    store = TinyDBStore(str(full))
    store.refresh()
    new = full.parent / "new"
    create(str(new), "Guangzhou", "Asia/Shanghai", [transaction(7, 7)], generation=from_int(9))
    lock = Lock(str(full))
    with lock.held() as fd:
        facts_file(new).rename(facts_file(full))
        data = facts_file(full).read_bytes()
        lock.write_mark(fd, Mark(len(data), crc32(data)))
    fresh = store.refresh()
    assert fresh is not None
    assert fresh.whole
    assert [fact["value"] for _, fact in fresh.facts] == [7]
    assert store.cursor.generation == from_int(9)


def test_a_missing_mark_costs_one_full_check_of_the_journal(full: Path) -> None:
    data = facts_file(full).read_bytes()
    facts_file(full).write_bytes(data.replace(b'"value":2', b'"value":7'))
    (full / "lock").unlink()
    with pytest.raises(StoreDamaged, match="line 3"):
        Journal(str(full)).append(transaction(4, 4))
