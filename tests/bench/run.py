"""Measures the program against named peers, in turn, and writes the ratios into README.md beside it.

Machines are noisy, so nothing here is a test and no figure stands alone: a command and its peer
run one after the other, pair by pair, and what is written is the median of the pairs' ratios.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from gztrack.services.entries import LogEntry
from gztrack.services.opening import initialise, open_tracker
from gztrack.services.quicklog import QuickLog
from gztrack.storage.locations import Location

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from terminal import Terminal

HERE = Path(__file__).resolve().parent
BARE = [sys.executable, "-c", "pass"]
GZTRACK = [str(Path(sys.executable).with_name("gztrack"))]
PAIRS = 15
COLUMNS, ROWS = 120, 40


def elapsed(command: Sequence[str]) -> float:
    """Seconds that a whole process takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def ratio(
    ours: Callable[[], float], peer: Callable[[], float], pairs: int = PAIRS
) -> tuple[float, float, float]:
    """Median, least and greatest ratio over pairs of runs, after one of each that is not counted."""
    ours(), peer()
    found = [ours() / peer() for _ in range(pairs)]
    return statistics.median(found), min(found), max(found)


def first_paint(command: Sequence[str], shows: str, env: dict[str, str] | None = None) -> float:
    """Seconds until the screen shows a text."""
    start = time.perf_counter()
    with Terminal(command, columns=COLUMNS, rows=ROWS, env=env) as terminal:
        terminal.until(shows)
        return time.perf_counter() - start


def traffic(command: Sequence[str], shows: str, env: dict[str, str] | None = None) -> dict[str, float]:
    """Bytes to the first paint, per cursor key (median of ten), and in five idle seconds."""
    with Terminal(command, columns=COLUMNS, rows=ROWS, env=env) as terminal:
        terminal.until(shows)
        terminal.settle(0.5)
        first = len(terminal.sent)
        keys = []
        for key in ["down"] * 5 + ["up"] * 5:
            before = len(terminal.sent)
            terminal.press(key)
            terminal.settle(0.2)
            keys.append(len(terminal.sent) - before)
        before = len(terminal.sent)
        end = time.perf_counter() + 5
        while time.perf_counter() < end:
            terminal.pump(0.2)
        return {"first": first, "key": statistics.median(keys), "idle": len(terminal.sent) - before}


def database(folder: str, name: str, readings: int = 0) -> str:
    """A database from the seed, with more readings in it."""
    path = os.path.join(folder, name)
    place = Location(path, named=True)
    initialise(place, zone="UTC")
    tracker = open_tracker(place, author="bench", login="bench", writing=True)
    for start in range(0, readings, 20_000):
        entries = [("key-labs-national", n) for n in range(start, min(start + 20_000, readings))]
        facts = [
            (
                "readings",
                {
                    "indicator": slug,
                    "value": 20 + n % 9,
                    "period": f"{1950 + n % 70}",
                    "start": f"{1950 + n % 70}-01-01",
                    "end": f"{1950 + n % 70}-12-31",
                },
            )
            for slug, n in entries
        ]
        tracker.write("import", facts)
    return path


def log_command(path: str) -> list[str]:
    """One reading from the command line."""
    return [*GZTRACK, "--db", path, "log", "5g-enterprises", "61", "--for", "2020"]


def appends(path: str, folder: str, count: int = 200) -> tuple[float, float, float]:
    """Seconds for synced appends in one process, against SQLite in WAL mode with full sync."""
    sqlite = sqlite3.connect(os.path.join(folder, "peer.sqlite"))
    sqlite.execute("pragma journal_mode=wal")
    sqlite.execute("pragma synchronous=full")
    sqlite.execute("create table if not exists readings (id text primary key, body text)")
    quick = QuickLog(path, author="bench", login="bench", today=date(2026, 11, 24))
    numbers = iter(range(10**9))

    def ours() -> float:
        start = time.perf_counter()
        for _ in range(count):
            quick.log([LogEntry("5g-enterprises", "61", "2020")])
        return time.perf_counter() - start

    def peer() -> float:
        start = time.perf_counter()
        for _ in range(count):
            with sqlite:
                sqlite.execute("insert into readings values (?, ?)", (f"{next(numbers):026}", "x" * 200))
        return time.perf_counter() - start

    try:
        return ratio(ours, peer, pairs=5)
    finally:
        sqlite.close()


def rows(folder: str) -> list[tuple[str, str, str, str]]:
    """Every measurement as (what, against what, median, range)."""
    small, large = database(folder, "small"), database(folder, "large", 100_000)
    board = [*GZTRACK, "--db", small]
    minimal = [sys.executable, str(HERE / "minimal_app.py")]
    found: list[tuple[str, str, str, str]] = []

    def add(what: str, peer: str, measured: tuple[float, float, float]) -> None:
        found.append((what, peer, f"{measured[0]:.2f}", f"{measured[1]:.2f} to {measured[2]:.2f}"))

    bare = lambda: elapsed(BARE)  # noqa: E731
    add("`gztrack --version`", "`python -c pass`", ratio(lambda: elapsed([*GZTRACK, "--version"]), bare))
    add("`gztrack log`", "`python -c pass`", ratio(lambda: elapsed(log_command(small)), bare))
    add(
        "`gztrack log` at 100,000 readings",
        "the same at 12",
        ratio(lambda: elapsed(log_command(large)), lambda: elapsed(log_command(small))),
    )
    add("`gztrack status`", "`python -c pass`", ratio(lambda: elapsed([*board, "status"]), bare))
    add(
        "200 readings logged in one process, each synced",
        "SQLite, WAL, `synchronous=full`",
        appends(small, folder),
    )
    add(
        "first paint of the board, 120x40",
        "a minimal Textual app with the same widgets",
        ratio(
            lambda: first_paint(board, "5G base stations"), lambda: first_paint(minimal, "line  10"), pairs=7
        ),
    )
    ours, plain = traffic(board, "5G base stations"), traffic([*board, "--plain-frames"], "5G base stations")
    for name, what in (
        ("first", "bytes to the first paint, 120x40"),
        ("key", "bytes per cursor key, 120x40"),
    ):
        share = f"{ours[name] / plain[name]:.3f}" if plain[name] else "-"
        found.append((what, f"Textual's own way: {plain[name]:,.0f}", f"{ours[name]:,.0f}", share))
    found.append(("bytes in five idle seconds", "-", f"{ours['idle']:,.0f}", "-"))
    return found


def main() -> None:
    """Measure and write README.md."""
    with tempfile.TemporaryDirectory() as folder:
        measured = rows(folder)
    table = "\n".join(f"| {what} | {peer} | {median} | {spread} |" for what, peer, median, spread in measured)
    text = f"""# Measurements

Made by `make bench`; every line is a ratio to the peer that it names, both measured in one run, in turn
({PAIRS} pairs unless told; median, then the least and the greatest pair). Bytes are counted, not timed: for them the
third column is the count and the fourth the share of the peer's. On {platform.machine()}, {os.cpu_count()} processors,
Python {platform.python_version()}. These machines are shared and noisy: a wide range means just that.

| what | against | median | range |
|---|---|---|---|
{table}

Aims: `log` at most 3 times a bare interpreter and the same at any size, `status` at most 5, first paint at most 1.25
times the minimal app, no byte while nothing changes.
"""
    (HERE / "README.md").write_text(text, "utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
