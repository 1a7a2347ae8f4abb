"""Several real processes at once, and processes that are killed: what was acknowledged is there."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from gztrack.storage.journal import Journal
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import finish, numbers, script, transaction

APPEND = """
import sys
from storage.support import transaction
from gztrack.storage.journal import Journal
journal = Journal(sys.argv[1])
sys.stdin.readline()
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    journal.append(transaction(number, number, *range(-1, -int(sys.argv[4]), -1)))
    print(number, flush=True)
"""
UNIQUE = """
import sys
from storage.support import transaction
from gztrack.storage.journal import Journal
sys.stdin.readline()
print(Journal(sys.argv[1]).append(transaction(1, int(sys.argv[2])), unique=True))
"""
CREATE = """
import sys
from storage.support import transaction
from gztrack.storage.creation import create
from gztrack.storage.journal import Journal
number = int(sys.argv[2])
sys.stdin.readline()
print(create(sys.argv[1], f"title {number}", "UTC", [transaction(0, 0)]))
Journal(sys.argv[1]).append(transaction(number, number))
"""
READ_ADD_ONE = """
import sys
from storage.support import transaction
from gztrack.storage.tinydb_store import TinyDBStore
store = TinyDBStore(sys.argv[1])
sys.stdin.readline()
for i in range(10):
    with store.exclusive():
        last = max(fact["value"] for _, fact in store.facts()[0])
        store.append(transaction(1000 * int(sys.argv[2]) + i, last + 1))
"""


def test_eight_writers_lose_nothing_and_doctor_nothing(db: Path) -> None:
    writers = [script(APPEND, db, n * 1000, n * 1000 + 15, 3) for n in range(1, 9)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    acknowledged = sorted(int(line) for out in finish(writers) for line in out.split())
    assert len(acknowledged) == 8 * 15
    assert sorted(n for n in numbers(db) if n >= 0) == acknowledged
    assert len(TinyDBStore(str(db)).table("readings")) == 8 * 15 * 3
    assert not (db / "quarantine").exists()


def test_a_reader_beside_writers_sees_only_whole_transactions(db: Path) -> None:
    writers = [script(APPEND, db, n * 1000, n * 1000 + 10, 700) for n in range(1, 4)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    store = TinyDBStore(str(db))
    seen = 0
    while any(writer.poll() is None for writer in writers):
        store.refresh()
        now = len(store.table("readings"))
        assert now % 700 == 0
        assert now >= seen
        seen = now
    finish(writers)
    assert len(store.table("readings")) == 3 * 10 * 700


def test_of_racing_unique_appends_one_wins(db: Path) -> None:
    racers = [script(UNIQUE, db, n) for n in range(6)]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("\n")
        racer.stdin.flush()
    assert sorted(finish(racers)) == ["False\n"] * 5 + ["True\n"]
    assert len(numbers(db)) == 1


def test_of_racing_creators_one_makes_it_and_all_use_it(tmp_path: Path) -> None:
    db = tmp_path / "new" / "db"
    racers = [script(CREATE, db, n) for n in range(1, 6)]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("\n")
        racer.stdin.flush()
    assert sorted(finish(racers)) == ["False\n"] * 4 + ["True\n"]
    assert sorted(numbers(db)) == [0, 1, 2, 3, 4, 5]
    assert sorted(os.listdir(db)) == ["facts.jsonl", "lock"]


def test_a_look_and_an_append_under_the_lock_miss_nothing(db: Path) -> None:
    Journal(str(db)).append(transaction(1, 0))
    counters = [script(READ_ADD_ONE, db, n) for n in range(1, 5)]
    for counter in counters:
        assert counter.stdin is not None
        counter.stdin.write("\n")
        counter.stdin.flush()
    finish(counters)
    assert sorted(numbers(db)) == list(range(41))


@pytest.mark.slow
def test_whoever_is_killed_when_what_was_acknowledged_is_there(db: Path) -> None:
    chance = random.Random(20200530)
    acknowledged: list[int] = []
    for kill in range(20):
        # Transactions of one line and of several, killed at any moment.
        writer = script(APPEND, db, kill * 1000, kill * 1000 + 1000, (2, 1500)[kill % 2])
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
        acknowledged.append(int(writer.stdout.readline()))
        time.sleep(chance.random() * 0.1)
        writer.send_signal(signal.SIGKILL)
        # Not communicate(): it would miss what readline() has taken from the pipe already.
        acknowledged += [int(line) for line in writer.stdout.read().split()]
        writer.communicate()
        there = [n for n in numbers(db) if n >= 0]
        assert set(acknowledged) <= set(there)
        assert len(there) <= len(acknowledged) + kill + 1  # at most the one that was being written
    Journal(str(db)).append(transaction(999_999, 999_999))
    assert numbers(db)[-1] == 999_999
