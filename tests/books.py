"""Databases in memory for tests of import, export and snapshots, on a fixed day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gztrack.domain.ids import from_int
from gztrack.export.csv_file import export_csv
from gztrack.export.pack_file import export_pack
from gztrack.export.rows_file import export_rows
from gztrack.export.snapshot import KINDS
from gztrack.export.tinydb_file import export_tinydb
from gztrack.services.databases.seeding import article_seed, followup_pack, read_seed, shipped
from gztrack.services.importing.importer import import_text
from gztrack.services.packs.starting import read_first_facts
from gztrack.services.tracker import Tracker
from gztrack.services.views import Row
from gztrack.storage.memory import MemoryStore
from gztrack.storage.store import Transaction

TODAY = date(2026, 11, 24)
GOLDEN = Path(__file__).parent / "golden"

TEXTS = tuple(name for name, kind in KINDS.items() if not kind.binary)
"""Formats of snapshots that are text."""

LEVEL = "kind,indicator,name,unit,measure\nindicator,stations,Stations,stations,level\n"
"""One level indicator, as a CSV that defines it."""


def empty(title: str = "") -> Tracker:
    """A database without any facts."""
    return Tracker(MemoryStore(title, "Asia/Shanghai"), author="ann", login="ann", today=TODAY)


def seeded() -> Tracker:
    """A database made from the article's seed."""
    seed = read_seed(article_seed())
    store = MemoryStore(seed.title, seed.tz, (seed.transaction,))
    return Tracker(store, author="ann", login="ann", today=TODAY)


def followed() -> Tracker:
    """The seed with the follow-up pack."""
    tracker = seeded()
    tracker.import_file(str(followup_pack()))
    return tracker


def states() -> Tracker:
    """A made-up database in which every status occurs, with Chinese names and awkward texts."""
    tracker = empty('广州产业升级 <progress> & "targets"')
    tracker.import_file(str(GOLDEN / "states.csv"), yes=True)
    return tracker


def running() -> Tracker:
    """The example of another kind, with what two people did since; every id and time is fixed."""
    first = read_first_facts(str(shipped("half-marathon.json")))
    (seed,) = (each for each in first.transactions if isinstance(each, Transaction))
    reading: dict[str, object] = {
        "indicator": "distance", "value": 12.5, "period": "2026-12", "start": "2026-12-01", "end": "2026-12-31",
        "note": '=1+1, "so" 中文',
    }  # fmt: skip
    did: tuple[tuple[str, str, str, dict[str, object]], ...] = (
        ("ann", "log", "readings", reading),
        ("bob", "edit", "settings", {"name": "title", "value": "Half-marathon, both of us"}),
        ("bob", "undo", "undos", {"of": from_int(2 << 40)}),
    )
    later = []
    for number, (author, action, table, record) in enumerate(did, 1):
        tx = number << 40
        facts = ((table, {"id": from_int(tx + 1), **record}),)
        at = f"2026-11-30T0{6 + number}:00:00.000000Z"
        later.append(Transaction(from_int(tx), at, author, author, action, facts))
    store = MemoryStore(first.title, first.tz, (seed, *later))
    return Tracker(store, author="ann", login="ann", today=TODAY)


def exports(tracker: Tracker) -> dict[str, bytes]:
    """What ``export`` writes, format by format."""
    return {
        "pack": b"".join(export_pack(tracker.store)),
        "csv": export_csv(tracker),
        "json": export_rows(tracker),
        "tinydb.json": b"".join(export_tinydb(tracker)),
    }


def stations(rows: str = "") -> Tracker:
    """One level indicator with readings, given as ``period,value`` lines."""
    tracker = empty()
    import_text(tracker, LEVEL)
    if rows:
        import_text(
            tracker, "indicator,period,value\n" + "".join(f"stations,{row}\n" for row in rows.split())
        )
    return tracker


def shown(row: Row) -> tuple[object, ...]:
    """What a row says, without the ids that another database would give its facts."""
    reading, target = row.reading, row.target
    return (
        row.id,
        row.name,
        row.name_zh,
        row.group,
        row.depth,
        row.unit,
        row.measure,
        row.direction,
        row.status,
        row.reason,
        row.percent,
        row.bar,
        row.trend,
        reading and (reading.period, reading.value, reading.qualifier, reading.provisional, reading.origin),
        target and (target.value, target.high, target.comparator, target.due, target.origin, target.verdict),
    )


def board(tracker: Tracker) -> list[tuple[object, ...]]:
    """What the board says, row by row."""
    return [shown(row) for row in tracker.board().rows]
