"""Whoever writes many readings leaves behind what logging must know: the next ``log`` reads none of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gztrack.services import bulklog, latest, quicklog
from gztrack.services.bulklog import BulkLog
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.services.entering.entries import LogEntry
from gztrack.services.importing import importer
from gztrack.services.importing.importer import import_text
from gztrack.services.latest import ENOUGH, Latest
from gztrack.services.quicklog import QuickLog
from gztrack.services.tracker import Tracker
from gztrack.storage.derived import read_derived
from gztrack.storage.files import HEADS
from gztrack.storage.locations import Location

from .conftest import TODAY

HEAD = "kind,indicator,period,value,name,unit,measure,series,source,due\n"
DEFINED = "indicator,x,,,X,cars,level,,,\nindicator,y,,,Y,CNY/year,flow,,,\n"


@pytest.fixture
def db(tmp_path: Path) -> str:
    place = Location(str(tmp_path / "db"), named=True)
    initialise(place, zone="Asia/Shanghai", empty=True)
    return place.path


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (latest, bulklog, importer):
        monkeypatch.setattr(module, "MANY", 3)
    monkeypatch.setattr(importer, "WORTH", 0)


def opened(path: str, author: str = "ann") -> Tracker:
    return open_tracker(Location(path, named=True), author=author, login="x", today=TODAY, writing=True)


def quick(path: str) -> QuickLog:
    return QuickLog(path, author="cron", login="x", today=TODAY)


def content(path: str) -> dict[str, Any]:
    """What the heads file holds, in an order of its own."""
    heads = read_derived(path)
    assert heads is not None
    facts = sorted(heads.content["facts"], key=lambda pair: (pair[0], pair[1]["id"]))
    return {"facts": facts, "latest": {who: list(when) for who, when in heads.content["latest"].items()}}


def left(path: str) -> dict[str, Any]:
    """What was left behind, after a look that reads nothing else."""
    found = content(path)
    heads = read_derived(path)
    assert heads is not None
    assert heads.offset == Path(path, "facts.jsonl").stat().st_size
    return found


def made_anew(path: str) -> dict[str, Any]:
    """What somebody makes of the whole journal who has nothing else."""
    Path(path, HEADS).unlink()
    quick(path).known()
    return content(path)


def rows(count: int, series: str = "", source: str = "S") -> str:
    return "".join(
        f"reading,{'xy'[n % 2]},{1950 + n // 4}-{'Q' if n % 2 else ''}{f'{n % 4 + 1}' if n % 2 else f'0{n % 4 + 1}'},"
        f"{1000 + n},,,,{series},{source},\n"
        for n in range(count)
    )


def test_what_an_import_leaves_is_what_the_whole_journal_says(db: str) -> None:
    text = HEAD + DEFINED + rows(240) + rows(50, source="T") + "target,x,,>=5000,,,,,,2030\n"

    import_text(opened(db), text)

    assert left(db) == made_anew(db)


def test_a_file_that_is_released_again_is_left_with_its_revisions(db: str) -> None:
    text = HEAD + DEFINED + rows(60)
    import_text(opened(db), text)
    import_text(opened(db, "bob"), text.replace(",10", ",11"), yes=True)

    assert left(db) == made_anew(db)


def test_what_a_batch_leaves_is_what_the_whole_journal_says(db: str) -> None:
    import_text(opened(db), HEAD + DEFINED + rows(30))
    log = BulkLog(db, author="cron", login="x", today=TODAY)

    lines = "".join(f"x {1000 + n} {1960 + n}\ny {n}k {1960 + n}-Q2\n" for n in range(50))
    log.keep(log.prepare(lines, LogEntry("-", yes=True)))

    assert left(db) == made_anew(db)


def test_the_next_log_reads_nothing_of_it(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import_text(opened(db), HEAD + DEFINED + rows(240))

    def read(*_: object) -> None:
        raise AssertionError("the journal was read")

    monkeypatch.setattr(quicklog, "whole", read)
    logged = quick(db).log((LogEntry("x", "1300", "2020-05"),))

    assert "x@2020-05" in logged.lines[-1]
    with pytest.raises(Exception, match="times"):
        quick(db).log((LogEntry("x", "99999999", "2020-06"),))


def test_where_somebody_wrote_meanwhile_a_batch_leaves_it_to_the_next(db: str) -> None:
    import_text(opened(db), HEAD + DEFINED + rows(30))
    log = BulkLog(db, author="cron", login="x", today=TODAY)
    batch = log.prepare("".join(f"x {1000 + n} {1960 + n}\n" for n in range(80)), LogEntry("", "", yes=True))
    opened(db, "bob").log(LogEntry("x", "1010", "2021"))
    before = content(db)

    log.keep(batch)

    assert content(db) == before
    quick(db).known()
    known = content(db)
    assert known == made_anew(db)


def test_a_few_rows_beside_many_leave_the_file_alone(db: str) -> None:
    import_text(opened(db), HEAD + DEFINED + rows(240))
    before = read_derived(db)

    import_text(opened(db), HEAD + "reading,x,2020,1200,,,,,S,\n" * 1 + "reading,x,2021,1200,,,,,S,\n" * 1)

    assert read_derived(db) == before


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 400), max_size=900))
def test_the_latest_of_many_are_kept_in_bounds(days: list[int]) -> None:
    found = Latest()
    readings = [
        {"indicator": "x", "start": f"{1900 + day}-01-01", "end": f"{1900 + day}-12-31", "n": n}
        for n, day in enumerate(days)
    ]

    for start in range(0, len(readings), 7):
        found.take(readings[start : start + 7])

    kept = found.readings()
    assert len(kept) < 4 * ENOUGH
    by_end = sorted(readings, key=lambda reading: str(reading["end"]))
    assert [str(each["end"]) for each in by_end[-ENOUGH:]] == sorted(str(each["end"]) for each in kept)[
        -ENOUGH:
    ]
