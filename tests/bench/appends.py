"""Durable appends at several sizes, beside SQLite, stock TinyDB and the journal's own start; bytes per append."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial

from tinydb import TinyDB

from gztrack.domain.ids import fact_ids, new_tx
from gztrack.storage.creation import create
from gztrack.storage.files import Files
from gztrack.storage.journal import Journal
from gztrack.storage.store import Transaction, stamp

from .pairs import Row, ratio, row

SIZES = (1_000, 10_000, 100_000, 1_000_000)
BATCH = 100
FEW = 3


def reading(number: int) -> Transaction:
    """One logged reading, as a person would log it."""
    tx = new_tx()
    record = {
        "id": fact_ids(tx, 1)[0],
        "indicator": "5g-base-stations",
        "value": 10_000 + number % 977,
        "qualifier": "exact",
        "period": f"{1950 + number % 70}",
        "start": f"{1950 + number % 70}-01-01",
        "end": f"{1950 + number % 70}-12-31",
        "source": "city statistics office",
    }
    return Transaction(tx, stamp(), "ann", "ann", "log", (("readings", record),))


def journal(folder: str, readings: int) -> Journal:
    """A database of readings that were logged one by one."""
    path = os.path.join(folder, f"journal-{readings}")
    if not os.path.exists(path):
        create(path, "bench", "UTC")
        filling = Journal(path)
        for start in range(0, readings, 20_000):
            filling.append_all([reading(n) for n in range(start, min(start + 20_000, readings))])
    return Journal(path)


@contextmanager
def sqlite(folder: str, mode: str, readings: int) -> Iterator[sqlite3.Connection]:
    """An SQLite table of the same readings, with full sync and the journal mode told."""
    with closing(sqlite3.connect(os.path.join(folder, f"{mode}-{readings}.db"), isolation_level=None)) as db:
        db.execute(f"pragma journal_mode={mode}")
        db.execute("pragma synchronous=full")
        db.execute("create table readings (id text primary key, body text)")
        db.execute("begin")
        db.executemany("insert into readings values (?, ?)", (_row(n) for n in range(readings)))
        db.execute("commit")
        yield db


def _row(number: int) -> tuple[str, str]:
    transaction = reading(number)
    return transaction.tx, json.dumps(transaction, ensure_ascii=False)


def ours(store: Journal, count: int = BATCH) -> float:
    """Seconds for readings appended one by one, each on the disk before the next."""
    start = time.perf_counter()
    for number in range(count):
        store.append(reading(number))
    return time.perf_counter() - start


def theirs(db: sqlite3.Connection, count: int = BATCH) -> float:
    """The same with SQLite, each in a transaction of its own."""
    start = time.perf_counter()
    for number in range(count):
        db.execute("begin immediate")
        db.execute("insert into readings values (?, ?)", _row(number))
        db.execute("commit")
    return time.perf_counter() - start


def stock(folder: str, readings: int) -> Callable[[], float]:
    """Seconds for a few inserts into a stock TinyDB file of that many readings (it does not even sync)."""
    path = os.path.join(folder, "stock.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"readings": {str(n): reading(n).facts[0][1] for n in range(1, readings + 1)}}, file)

    def insert() -> float:
        with TinyDB(path) as db:
            table = db.table("readings")
            len(table)
            start = time.perf_counter()
            for number in range(FEW):
                table.insert(reading(number).facts[0][1])
            return time.perf_counter() - start

    return insert


class Counting(Files):
    """Counts the bytes that are written."""

    def __init__(self) -> None:
        self.appended = 0
        self.placed = 0

    def write(self, fd: int, data: bytes) -> int:
        """Count what goes to the end of the journal."""
        self.appended += len(data)
        return super().write(fd, data)

    def pwrite(self, fd: int, data: bytes, offset: int) -> int:
        """Count what goes to a place of the lock file."""
        self.placed += len(data)
        return super().pwrite(fd, data, offset)


def written(folder: str) -> list[Row]:
    """Bytes written for one append, counted."""
    rows = []
    for size in (SIZES[0], SIZES[-1]):
        files = Counting()
        Journal(os.path.join(folder, f"journal-{size}"), files=files).append(reading(1))
        what = f"bytes written by one append at {size:,} readings: the record, and the mark with who holds the lock"
        rows.append(Row(what, "-", f"{files.appended} + {files.placed}", "-"))
    return rows


def durable(folder: str, pairs: int = 9) -> list[Row]:
    """Appends at every size beside the smallest, and beside the peers at 100,000."""
    journals = {size: journal(folder, size) for size in SIZES}
    what = f"{BATCH} readings appended at"
    smallest, usual = journals[SIZES[0]], journals[SIZES[2]]
    rows = []
    for size in SIZES[1:]:
        measured = ratio(partial(ours, journals[size]), partial(ours, smallest), pairs)
        rows.append(row(f"{what} {size:,}", f"the same at {SIZES[0]:,}", measured))
    for mode, name in (("wal", "SQLite, WAL"), ("delete", "SQLite, rollback journal")):
        with sqlite(folder, mode, SIZES[2]) as db:
            measured = ratio(partial(ours, usual), partial(theirs, db), pairs)
        rows.append(row(f"{what} 100,000", f"{name}, `synchronous=full`, the same", measured))
    insert = stock(folder, SIZES[2])
    measured = ratio(partial(ours, usual, FEW), insert, 3)
    rows.append(
        row(f"{FEW} readings appended at 100,000", "stock TinyDB, the same (unsynced)", measured, digits=5)
    )
    rows += written(folder)
    for size in SIZES[1:]:
        shutil.rmtree(journals[size].directory)
    return rows
