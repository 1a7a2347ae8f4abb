"""``snapshot`` as a whole process, of a thousand indicators with a dozen readings and a target each.

Beside it SQLite's own command prints the same indicators, readings and targets as a table, in the
format of the same name where it has that: nothing reckoned, nothing cited.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from gztrack.export.snapshot import KINDS
from gztrack.services.databases.opening import initialise
from gztrack.storage.locations import Location

from .pairs import Row, ratio, row

INDICATORS, READINGS = 1_000, 12
PAIRS = 5
MODES = {"md": "markdown", "html": "html", "csv": "csv", "json": "json", "txt": "table"}
PRINT = "select * from indicators join readings using (id) join targets using (id)"


def spent(command: Sequence[str]) -> float:
    """Seconds of processor time that a whole process takes: other people's load is left out."""
    before = os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def lines() -> Iterator[str]:
    """The facts as CSV."""
    yield "kind,indicator,name,name_zh,unit,group,measure,period,value,due,stated_on,baseline,baseline_period,source"
    for i in range(INDICATORS):
        yield f"indicator,i{i:04},Indicator {i},指标{i},cars,Group {i // 50},level,,,,,,,"
        for q in range(READINGS):
            value = 1_000 + 10 * q + i % 97
            yield f"reading,i{i:04},,,,,,{2023 + q // 4}-Q{q % 4 + 1},{value},,,,,Bureau {i % 5}"
        yield f"target,i{i:04},,,,,,,>={1_900 + i},2030-12-31,2020-01-01,1000,2010,Plan {i % 7}"


def made(home: Path) -> tuple[str, str]:
    """A database of ours, and one of SQLite with the same facts."""
    place, table, other = str(home / "facts"), home / "facts.csv", str(home / "facts.db")
    table.write_text("".join(f"{line}\n" for line in lines()), "utf-8")
    initialise(Location(place, named=True), empty=True, zone="UTC")
    subprocess.run([gztrack(), "--db", place, "import", str(table), "--yes"], check=True, capture_output=True)
    with sqlite3.connect(other) as database:
        database.execute("create table indicators (id, name, name_zh, unit, of_group)")
        database.execute("create table readings (id, period, value, source)")
        database.execute("create table targets (id, goal, due, stated_on, baseline, stated_by)")
        for line in lines():
            kind, slug, name, name_zh, unit, group, _, period, value, due, on, base, _, source = line.split(
                ","
            )
            if kind == "indicator":
                database.execute(
                    "insert into indicators values (?,?,?,?,?)", (slug, name, name_zh, unit, group)
                )
            elif kind == "reading":
                database.execute("insert into readings values (?,?,?,?)", (slug, period, value, source))
            elif kind == "target":
                database.execute(
                    "insert into targets values (?,?,?,?,?,?)", (slug, value, due, on, base, source)
                )
    return place, other


def gztrack() -> str:
    """The command of this environment."""
    return str(Path(sys.executable).with_name("gztrack"))


def ours(place: str, kind: str, into: Path) -> Callable[[], float]:
    """Write a snapshot in one format."""
    command = [gztrack(), "--db", place, "snapshot", "-f", kind, "-o", str(into / f"s.{kind}"), "--force"]
    return lambda: spent(command)


def peer(other: str, kind: str) -> tuple[str, Callable[[], float]]:
    """What stands beside it."""
    mode = MODES.get(kind)
    if mode is None or not shutil.which("sqlite3"):
        return "`python -c pass`", lambda: spent([sys.executable, "-c", "pass"])
    return f"`sqlite3 -{mode}` of the same facts, joined", lambda: spent(
        ["sqlite3", f"-{mode}", other, PRINT]
    )


def snapshots(folder: str) -> list[Row]:
    """Every format beside its peer, and how long it takes."""
    home = Path(folder) / "snapshots"
    home.mkdir()
    place, other = made(home)
    rows = []
    for kind in KINDS:
        if kind == "png":
            continue  # a page of so many rows is taller than a picture may be
        against, beside = peer(other, kind)
        write = ours(place, kind, home)
        what = f"`gztrack snapshot -f {kind}`, {INDICATORS:,} indicators"
        rows.append(row(what, against, ratio(write, beside, PAIRS)))
        found = [write() for _ in range(PAIRS)]
        spread = f"{min(found):.2f} to {max(found):.2f}"
        rows.append(Row(f"{what}: seconds of processor time", "-", f"{statistics.median(found):.2f}", spread))
    return rows
