"""Databases in memory for tests of import, export and snapshots, on a fixed day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gztrack.export.snapshot import KINDS
from gztrack.services.databases.seeding import article_seed, followup_pack, read_seed
from gztrack.services.importing.importer import import_file, import_text
from gztrack.services.tracker import Tracker
from gztrack.services.views import Row
from gztrack.storage.memory import MemoryStore

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
    import_file(tracker, str(followup_pack()))
    return tracker


def states() -> Tracker:
    """A made-up database in which every status occurs, with Chinese names and awkward texts."""
    tracker = empty('广州产业升级 <progress> & "targets"')
    import_file(tracker, str(GOLDEN / "states.csv"), yes=True)
    return tracker


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
