"""``import`` of a CSV as a whole process, beside SQLite's ``.import``, pandas' ``read_csv`` and ``task import``.

All are counted in processor time: other people's load is left out. pandas is no dependency of ours: where it is
wanted, ``GZTRACK_BENCH_PANDAS`` names a Python that has it.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from gztrack.services.databases.opening import initialise
from gztrack.storage.locations import Location

from .pairs import Row, ratio, row

READINGS = 100_000
INDICATORS = 1000
TASKS = 10_000
PAIRS = 5
PANDAS = "GZTRACK_BENCH_PANDAS"


def table(path: Path) -> None:
    """A CSV that defines its indicators and has a reading a day of each."""
    first = date(1990, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        file.write("kind,indicator,period,value,name,unit,source\n")
        file.writelines(f"indicator,i{n:04},,,Indicator {n},cars,\n" for n in range(INDICATORS))
        for number in range(READINGS):
            day = (first + timedelta(days=number // INDICATORS)).isoformat()
            slug = f"i{number % INDICATORS:04}"
            file.write(f"reading,{slug},{day},{1000 + number % 977},,,Bureau of statistics\n")


def spent(command: Sequence[str], stdin: str = "", env: dict[str, str] | None = None) -> float:
    """Seconds of processor time that a whole process takes."""
    before = os.times()
    subprocess.run(
        command,
        input=stdin.encode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        env={**os.environ, **(env or {})},
    )
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def ours(folder: Path, source: Path) -> Callable[[], float]:
    """Imports into a database without facts, each time a fresh one."""
    place = folder / "imported"
    command = [sys.executable, "-m", "gztrack", "--db", str(place), "import", str(source)]

    def load() -> float:
        shutil.rmtree(place, ignore_errors=True)
        initialise(Location(str(place), named=True), zone="UTC", empty=True)
        # As it is installed: with its modules compiled.
        return spent(command, env={"PYTHONDONTWRITEBYTECODE": ""})

    return load


def sqlite(folder: Path, source: Path) -> Callable[[], float]:
    """The same rows by the ``.import`` of SQLite's own command: as texts, nothing checked, with full sync."""
    target = folder / "rows.db"
    names = source.open(encoding="utf-8").readline().strip()
    columns = ", ".join(f'"{name}" text' for name in names.split(","))
    script = f"pragma synchronous=full;\ncreate table rows ({columns});\n.mode csv\n.import --skip 1 {source} rows\n"

    def load() -> float:
        target.unlink(missing_ok=True)
        return spent(["sqlite3", str(target)], script)

    return load


def pandas(source: Path) -> Callable[[], float] | None:
    """The same rows parsed into memory by pandas, nothing kept; None where there is no pandas."""
    python = os.environ.get(PANDAS, sys.executable)
    known = subprocess.run([python, "-c", "import pandas"], capture_output=True, check=False)
    if known.returncode:
        return None
    return lambda: spent([python, "-c", f"import pandas; pandas.read_csv({str(source)!r})"])


def tasks(folder: Path) -> Callable[[], float]:
    """Taskwarrior takes in a tenth as many tasks."""
    source, data, settings = folder / "tasks.json", folder / "tasks", folder / "taskrc"
    source.write_text(json.dumps([{"description": f"reach {n}", "project": "p"} for n in range(TASKS)]))
    settings.write_text(f"data.location={data}\nconfirmation=no\n")

    def load() -> float:
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        return spent(["task", "import", str(source)], env={"TASKRC": str(settings)})

    return load


def imports(folder: str) -> list[Row]:
    """Our import beside each peer, and how many rows a second that is."""
    home = Path(folder) / "imports"
    home.mkdir()
    source = home / "readings.csv"
    table(source)
    load = ours(home, source)
    what = f"`gztrack import`, {READINGS:,} readings of {INDICATORS:,} indicators"
    rows: list[Row] = []
    if shutil.which("sqlite3"):
        peer = "`sqlite3 .import` of the same rows as text, `synchronous=full`"
        rows.append(row(what, peer, ratio(load, sqlite(home, source), PAIRS)))
    frame = pandas(source)
    if frame is not None:
        rows.append(row(what, "pandas `read_csv` of them, nothing kept", ratio(load, frame, PAIRS)))
    else:
        rows.append(Row(what, f"pandas `read_csv`: not here (`{PANDAS}`)", "-", "-"))
    if shutil.which("task"):
        peer = f"`task import` of {TASKS:,} tasks, a tenth as many"
        rows.append(row(what, peer, ratio(load, tasks(home), PAIRS)))
    found = [READINGS / load() for _ in range(PAIRS)]
    spread = f"{min(found):,.0f} to {max(found):,.0f}"
    rows.append(
        Row(f"{what}: rows a second of processor time", "-", f"{statistics.median(found):,.0f}", spread)
    )
    return rows
