"""A million rows: what the whole command needs of memory, and that every one of them arrives."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from gztrack.services.databases.opening import initialise
from gztrack.storage.journal import Journal
from gztrack.storage.locations import Location
from gztrack.storage.reading import transactions

ROWS = 1_000_000
INDICATORS = 1000
MEGABYTES = 300

WATCH = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 1, 2)])
_, status, used = os.wait4(child, 0)
print(used.ru_maxrss, flush=True)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Runs a command and prints its peak: that of a child counts what its parent had, which therefore has to be small."""


def written(path: Path) -> None:
    """A file of a thousand indicators and a million readings, one a day each."""
    days = [(date(1990, 1, 1) + timedelta(days=n)).isoformat() for n in range(ROWS // INDICATORS)]
    with path.open("w", encoding="utf-8") as file:
        file.write("kind,indicator,period,value,name,unit,source\n")
        file.writelines(f"indicator,i{n:04},,,Indicator {n},cars,\n" for n in range(INDICATORS))
        for number, day in enumerate(days):
            file.writelines(
                f"reading,i{n:04},{day},{1000 + (n + number) % 977},,,Bureau of statistics\n"
                for n in range(INDICATORS)
            )


@pytest.mark.slow
def test_a_million_rows_go_in_with_less_than_300_mb(tmp_path: Path) -> None:
    table, database = tmp_path / "m.csv", tmp_path / "db"
    written(table)
    initialise(Location(str(database), named=True), zone="UTC", empty=True)
    command = [sys.executable, "-m", "gztrack", "--db", str(database), "--lang", "en", "import", str(table)]
    done = subprocess.run([sys.executable, "-c", WATCH, *command], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    *said, kilobytes = done.stdout.splitlines()
    assert said[0] == "m.csv: 1,001,000 new, 0 revised, 0 same"
    assert int(kilobytes) < MEGABYTES * 1024
    lines = (database / "facts.jsonl").read_bytes()
    assert lines.count(b'["readings",{"id"') == ROWS
    assert lines.count(b'["indicators",{"id"') == INDICATORS


@pytest.mark.slow
def test_a_large_import_is_read_back_as_one_action(tmp_path: Path) -> None:
    table, database = tmp_path / "l.csv", tmp_path / "db"
    rows = "".join(
        f"reading,a,,,{1900 + n // 1200}-{n // 100 % 12 + 1:02},{n},s{n % 100}\n" for n in range(100_000)
    )
    table.write_text(f"kind,indicator,name,unit,period,value,source\nindicator,a,A,cars,,,\n{rows}", "utf-8")
    initialise(Location(str(database), named=True), zone="UTC", empty=True)
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "gztrack", "-q", "--db", str(database), "import", str(table)],
        os.environ,
    )
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    (only,) = transactions(Journal(str(database)))

    assert len(only.facts) == 100_001
    ids = [record["id"] for _, record in only.facts]
    assert ids == sorted(set(ids))
    assert [record["value"] for table, record in only.facts if table == "readings"] == list(range(100_000))
