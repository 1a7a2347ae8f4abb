"""Opening the board's state, beside reading and parsing the bare file with orjson, and its memory.

Both run in fresh processes, in turn, and tell the time from after their imports. Two kinds of
database: readings logged one by one, a line each, and imported ones, 512 to a line. In the wide
ones every reading is of a period of its own, so that the board reckons with all of them; in the
narrow ones the same 70 years are stated again and again. The seed's twelve indicators share them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from gztrack.domain.ids import fact_ids, from_int
from gztrack.domain.records import Record
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.storage.journal import Journal
from gztrack.storage.lines import prepare
from gztrack.storage.locations import Location
from gztrack.storage.store import Encoded, Transaction, stamp

from .pairs import Row, ratio, row

BATCH = 20_000
"""Readings of one import, and logged readings that are written at once."""

PAIRS = 5
FIRST_MS = 1_700_000_000_000
FIRST_DAY = date(1901, 1, 1)
DAYS, YEARS = 45_000, 70

OURS = """
import sys
from time import perf_counter
from gztrack.services.databases.opening import open_tracker
from gztrack.storage.locations import Location
import gztrack.services.board.rows, orjson, tinydb

start = perf_counter()
tracker = open_tracker(Location(sys.argv[1], named=True), author="bench", login="bench", writing=True)
state = tracker.board()
"""
PARSED = """
import sys
from time import perf_counter
from orjson import loads

start = perf_counter()
with open(sys.argv[1] + "/facts.jsonl", "rb") as file:
    state = [loads(line) for line in file]
"""
DROPPED = PARSED.replace("state = [loads(line) for line in file]", "for line in file: loads(line)")
TELL = """
import json, resource
print(json.dumps([perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


class Kind(NamedTuple):
    """A kind of database.

    Attributes:
        readings: How many.
        logged: Each on a line of its own; else imported.
        wide: Each of a period of its own.
    """

    readings: int
    logged: bool
    wide: bool

    def __str__(self) -> str:
        how = "logged" if self.logged else "imported"
        return f"{self.readings:,} readings {how}, {'a period each' if self.wide else 'of the same 70 years'}"


SMALL = Kind(10_000, logged=True, wide=True)
MIDDLE = [Kind(100_000, logged, wide) for wide in (False, True) for logged in (True, False)]
LARGE = [Kind(1_000_000, logged, wide=True) for logged in (True, False)]


def record(number: int, slugs: list[str], *, wide: bool) -> Record:
    """A reading like those that a statistics office gives."""
    turn, which = divmod(number, len(slugs))
    if wide:
        period = start = end = (FIRST_DAY + timedelta(days=turn % DAYS)).isoformat()
    else:
        period = str(1950 + turn % YEARS)
        start, end = f"{period}-01-01", f"{period}-12-31"
    return {
        "indicator": slugs[which],
        "value": 20 + number % 900 / 10,
        "period": period,
        "start": start,
        "end": end,
        "source": "Statistics bureau, monthly bulletin",
    }


def transactions(numbers: range, slugs: list[str], kind: Kind) -> Iterator[Encoded]:
    """Readings as `gztrack log` writes them, one a transaction, or as an import does, all in one."""
    step = 1 if kind.logged else len(numbers)
    for first in numbers[::step]:
        milliseconds = FIRST_MS + first * 10
        noise = int.from_bytes(os.urandom(9), "big")
        tx, own = from_int(milliseconds << 80 | noise), numbers[first - numbers[0] :][:step]
        facts = tuple(
            ("readings", {"id": fact_id, **record(number, slugs, wide=kind.wide)})
            for fact_id, number in zip(fact_ids(tx, step), own, strict=True)
        )
        action = "log" if kind.logged else "import"
        yield prepare(Transaction(tx, stamp(milliseconds * 1_000_000), "ann", "ann", action, facts))


def database(folder: str, kind: Kind) -> str:
    """A database of that kind, made once."""
    path = os.path.join(folder, "opening-" + "-".join(map(str, map(int, kind))))
    if not os.path.exists(path):
        place = Location(path, named=True)
        initialise(place, zone="UTC")
        tracker = open_tracker(place, author="bench", login="bench", writing=True)
        slugs = tracker.register.slugs(tracker.moment())
        journal = Journal(path)
        for start in range(0, kind.readings, BATCH):
            numbers = range(start, min(start + BATCH, kind.readings))
            journal.append_all(list(transactions(numbers, slugs, kind)))
    return path


def seconds(script: str, path: str) -> float:
    """Seconds that a script takes in a process of its own, imports left out."""
    return measured(script, path)[0]


def measured(script: str, path: str) -> tuple[float, float]:
    """Seconds that a script takes in a process of its own, and the megabytes that it takes at most."""
    done = subprocess.run(
        [sys.executable, "-c", script + TELL, path], check=True, capture_output=True, text=True
    )
    spent, megabytes = json.loads(done.stdout)
    return spent, megabytes


def opening(folder: str) -> list[Row]:
    """The state of the board at three sizes, over the bare file; and the memory of a million."""
    peers = [
        ("parsing the bare file line by line with orjson", PARSED),
        ("the same, each line dropped at once", DROPPED),
    ]
    rows: list[Row] = []
    for kind in (SMALL, *MIDDLE, *LARGE):
        path = database(folder, kind)
        pairs = 1 if kind in LARGE else PAIRS
        for against, script in peers[:1] if kind in LARGE else peers:
            found = ratio(partial(seconds, OURS, path), partial(seconds, script, path), pairs)
            rows.append(row(f"opening the board's state: {kind}", against, found))
        if kind in LARGE:
            megabytes = measured(OURS, path)[1]
            rows.append(Row(f"memory at most: {kind}", "-", f"{megabytes:,.0f} MB", "-"))
    return rows
