"""Reckoning the state of a thousand indicators with a hundred readings each, beside loading them.

Both run in fresh processes, in turn. Half of the targets are due already and have their verdict
found, half are open. Two kinds of database: readings logged one by one, and imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import product

from gztrack.domain import records
from gztrack.domain.ids import fact_ids, from_int
from gztrack.domain.periods import Period, parse_due, parse_period
from gztrack.domain.records import Record
from gztrack.services.databases.opening import initialise
from gztrack.storage.journal import Journal
from gztrack.storage.lines import prepare
from gztrack.storage.locations import Location
from gztrack.storage.store import Encoded, Transaction, stamp

from .pairs import Row, ratio, row
from .stores import seconds

INDICATORS, READINGS = 1_000, 100
MEASURES = ("level", "flow", "level", "rate")
DAY = date(2026, 11, 24)
FIRST_MS = 1_700_000_000_000
PAIRS = 9

LOAD = """
import json, resource, sys
from datetime import date
from time import perf_counter
from gztrack.services.entering.entries import LogEntry
from gztrack.services.databases.opening import open_tracker
from gztrack.storage.locations import Location
import gztrack.services.board.rows, orjson, tinydb

start = perf_counter()
tracker = open_tracker(
    Location(sys.argv[1], named=True), author="bench", login="bench", writing=True, today=date(2026, 11, 24)
)
"""
STATE = f"""{LOAD}
start = perf_counter()
state = tracker.board()
"""
AGAIN = f"""{STATE}
tracker.log(LogEntry("indicator-500", "1700", "2026-06", yes=True))
start = perf_counter()
state = tracker.board()
"""


def slug(number: int) -> str:
    """The id of an indicator."""
    return f"indicator-{number}"


def described(number: int) -> list[tuple[str, Record]]:
    """An indicator with its target; every other target is due already."""
    measure = MEASURES[number % 4]
    unit = "%" if measure == "rate" else "units"
    due = parse_due("2024-12" if number % 8 < 4 else "2028-12", DAY)
    indicator = records.indicator(
        indicator=slug(number),
        name=f"Indicator {number}",
        unit=unit,
        measure=measure,
        group=f"Group {number // 50}",
    )
    target = records.target(
        indicator=slug(number),
        value=1_600,
        comparator="at least",
        due=due.label,
        due_start=due.start,
        due_end=due.end,
    )
    return [("indicators", indicator), ("targets", target)]


def reading(number: int, month: Period, place: int) -> tuple[str, Record]:
    """One of an indicator's monthly readings."""
    value = 1_000 + place * 7 + number % 13
    return "readings", records.reading(
        indicator=slug(number), value=value, period=month.label, start=month.start, end=month.end
    )


def transactions(*, logged: bool) -> Iterator[Encoded]:
    """All of them, the readings one a transaction in order of time, or an indicator's at once."""
    months = [parse_period(f"{2018 + place // 12}-{place % 12 + 1:02}", DAY) for place in range(READINGS)]
    batches = [described(number) for number in range(INDICATORS)]
    if logged:
        pairs = product(enumerate(months), range(INDICATORS))
        batches += [[reading(number, month, place)] for (place, month), number in pairs]
    else:
        batches += [
            [reading(number, month, place) for place, month in enumerate(months)]
            for number in range(INDICATORS)
        ]
    for turn, facts in enumerate(batches):
        milliseconds = FIRST_MS + turn * 10
        tx = from_int(milliseconds << 80 | int.from_bytes(os.urandom(9), "big"))
        stated = tuple(
            (table, {"id": fact_id, **record})
            for fact_id, (table, record) in zip(fact_ids(tx, len(facts)), facts, strict=True)
        )
        action = "log" if logged else "import"
        yield prepare(Transaction(tx, stamp(milliseconds * 1_000_000), "ann", "ann", action, stated))


def database(folder: str, *, logged: bool) -> str:
    """A database of that kind, made once."""
    path = os.path.join(folder, f"states-{'logged' if logged else 'imported'}")
    if not os.path.exists(path):
        initialise(Location(path, named=True), empty=True, zone="UTC")
        Journal(path).append_all(list(transactions(logged=logged)))
    return path


def states(folder: str) -> list[Row]:
    """The state of all over loading them, and the state after one new reading over all of it."""
    size = f"{INDICATORS:,} indicators, {INDICATORS * READINGS:,} readings"
    rows = []
    for logged in (True, False):
        kind = f"{size} {'logged' if logged else 'imported'}"
        path = database(folder, logged=logged)
        found = ratio(partial(seconds, STATE, path), partial(seconds, LOAD, path), PAIRS)
        rows.append(row(f"the state of {kind}", "loading them", found))
    again = ratio(partial(seconds, AGAIN, path), partial(seconds, STATE, path), PAIRS)
    rows.append(row("the same after one new reading", "the state of all", again, digits=3))
    return rows
