"""A process that dies at each of its system calls: the old state or the new one, and it goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from gztrack.errors import StoreMissing
from gztrack.storage.creation import create
from gztrack.storage.journal import Journal
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import Cut, Killed, database, facts_file, numbers, transaction

Step = Callable[[Path, Cut], object]


def each_death(make: Callable[[str], Path], step: Step) -> list[Path]:
    """The database after a death at the first call, at the second, ... until the step survives."""
    left = []
    for at in count(1):
        db = make(f"death-{at}")
        left.append(db)
        try:
            step(db, Cut(at))
        except Killed:
            continue
        return left
    raise AssertionError


def test_an_append_is_there_or_not_and_the_next_goes_through(tmp_path: Path) -> None:
    def make(name: str) -> Path:
        return database(tmp_path / name, transaction(1, 1))

    left = each_death(make, lambda db, files: Journal(str(db), files=files).append(transaction(2, 2)))
    assert len(left) > 4
    for db in left:
        assert numbers(db) in ([1], [1, 2])
        before = numbers(db)
        journal = Journal(str(db))
        journal.append(transaction(3, 3))
        assert numbers(db) == [*before, 3]
        assert len(TinyDBStore(str(db)).table("readings")) == len(before) + 1
    assert numbers(left[-1]) == [1, 2, 3]


def test_a_long_run_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def make(name: str) -> Path:
        return database(tmp_path / name, transaction(1, 1))

    left = each_death(
        make, lambda db, files: Journal(str(db), files=files).append(transaction(2, *range(1500)))
    )
    for db in left:
        assert len(numbers(db)) in (1, 1501)
        before = len(numbers(db))
        Journal(str(db)).append(transaction(3, 3))
        assert len(numbers(db)) == before + 1


def test_putting_a_torn_end_aside_can_be_interrupted_anywhere(tmp_path: Path) -> None:
    def make(name: str) -> Path:
        db = database(tmp_path / name, transaction(1, 1))
        with facts_file(db).open("ab") as file:
            file.write(b'{"tx":"cut off')
        return db

    left = each_death(make, lambda db, files: Journal(str(db), files=files).append(transaction(2, 2)))
    assert len(left) > 8
    for db in left:
        assert numbers(db) in ([1], [1, 2])
        before = numbers(db)
        Journal(str(db)).append(transaction(3, 3))
        assert numbers(db) == [*before, 3]
        kept = [path.read_bytes() for path in (db / "quarantine").iterdir()]
        assert b'{"tx":"cut off' in kept


@pytest.mark.parametrize("seed", [0, 2])
def test_creation_is_whole_or_absent_and_can_be_done_again(tmp_path: Path, seed: int) -> None:
    begin = [transaction(n, n) for n in range(1, seed + 1)]
    left = each_death(
        lambda name: tmp_path / name, lambda db, files: create(str(db), "T", "UTC", begin, files=files)
    )
    assert len(left) > 5
    for db in left:
        try:
            there: list[int] | None = numbers(db)
        except StoreMissing:
            there = None
        assert there in (None, list(range(1, seed + 1)))
        assert create(str(db), "T", "UTC", begin) is (there is None)
        Journal(str(db)).append(transaction(9, 9))
        assert numbers(db) == [*range(1, seed + 1), 9]
        assert set(os.listdir(db)) <= {"facts.jsonl", "lock", "quarantine"}
