"""The board beside other terminal programs: first paint, keys, bytes on the wire, idling.

The peers that this machine has are measured in the same run: ``hledger-ui`` (written for a curses-like
library in a compiled language) and ``harlequin`` (a Textual program), both found on the PATH.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.storage.files import BOARD
from gztrack.storage.locations import Location
from terminal import KEYS, Terminal

from . import states
from .pairs import Row, ratio, row

COLUMNS, ROWS = 120, 40
PAIRS = 7
IDLE_SECONDS = 5
ACCOUNTS = 1000
_TICKS = os.sysconf("SC_CLK_TCK")


class Program(NamedTuple):
    """A program to look at.

    Attributes:
        name: What to call it.
        command: How it is started.
        shows: What stands on its screen once it has painted all of it.
        before: Done before each start.
    """

    name: str
    command: list[str]
    shows: str
    before: Callable[[], object] = lambda: None


class Seen(NamedTuple):
    """What one session of a program cost.

    Attributes:
        first: Bytes until the first paint was done.
        packed: The same as zlib packs it, which is what ``ssh -C`` sends.
        key_bytes: Bytes of one cursor key, the median and the most of forty.
        key_most: The most.
        key_ms: Milliseconds from the key to the last byte, the median.
        idle_bytes: Bytes in five seconds without a key.
        idle_ms: Milliseconds of processor time in them.
    """

    first: int
    packed: int
    key_bytes: float
    key_most: int
    key_ms: float
    idle_bytes: int
    idle_ms: float


def first_paint(program: Program) -> float:
    """Seconds until the screen shows what it should."""
    program.before()
    start = time.perf_counter()
    with _started(program) as terminal:
        terminal.until(program.shows)
        return terminal.last_byte - start


def session(program: Program) -> Seen:
    """Start it, go down and up twenty times each, leave it alone for a while."""
    with _started(program) as terminal:
        terminal.until(program.shows)
        terminal.settle(1)
        first = bytes(terminal.sent)
        counts, times = [], []
        for key in ["down"] * 20 + ["up"] * 20:
            before, pressed = len(terminal.sent), time.perf_counter()
            terminal.process.send(KEYS[key])
            terminal.settle(0.15)
            counts.append(len(terminal.sent) - before)
            times.append((terminal.last_byte - pressed) * 1000)
        terminal.settle(1)
        before, used = len(terminal.sent), _processor(terminal.process.pid)
        end = time.perf_counter() + IDLE_SECONDS
        while time.perf_counter() < end:
            terminal.pump(0.2)
        return Seen(
            len(first),
            len(zlib.compress(first, 6)),
            statistics.median(counts),
            max(counts),
            statistics.median(times),
            len(terminal.sent) - before,
            (_processor(terminal.process.pid) - used) * 1000,
        )


def boards(folder: str) -> list[Row]:
    """Ratios of first paints, then what a session costs, a line each."""
    minimal = Program(
        "a minimal Textual app", [sys.executable, str(Path(__file__).with_name("minimal_app.py"))], "q quit"
    )
    small, large, cold = _ours(folder)
    others = [program for program in _peers(folder) if shutil.which(program.command[0])]
    rows = []
    for program in (small, large, cold, *others):
        found = ratio(lambda program=program: first_paint(program), lambda: first_paint(minimal), PAIRS)  # type: ignore[misc]
        rows.append(row(f"first paint: {program.name}", minimal.name, found))
    for program in (small, large, minimal, *others):
        rows += _costs(program.name, session(program))
    return rows


def _costs(name: str, seen: Seen) -> list[Row]:
    most, idle = f"{seen.key_most:,}", f"{seen.idle_ms:.0f} ms"
    return [
        Row(f"bytes to the first paint: {name}", "packed by zlib", f"{seen.first:,}", f"{seen.packed:,}"),
        Row(f"bytes of a cursor key: {name}", "the most of forty", f"{seen.key_bytes:,.0f}", most),
        Row(f"a key to its last byte: {name}", "-", f"{seen.key_ms:.1f} ms", "-"),
        Row(f"bytes in {IDLE_SECONDS} idle seconds: {name}", "processor time", f"{seen.idle_bytes:,}", idle),
    ]


def _ours(folder: str) -> tuple[Program, Program, Program]:
    gztrack = str(Path(sys.executable).with_name("gztrack"))
    few = os.path.join(folder, "board")
    if not os.path.exists(few):
        initialise(Location(few, named=True), zone="UTC")
    many = states.database(folder, logged=True)
    kept = os.path.join(many, BOARD)

    def unkept() -> None:
        if os.path.exists(kept):
            os.unlink(kept)

    def keep() -> None:
        """Somebody has looked before: a terminal that goes right after the first paint leaves no time for it."""
        if not os.path.exists(kept):
            place = Location(many, named=True)
            assert open_tracker(place, author="bench", login="bench", writing=True).keep_board()

    shows = "? help"
    size = f"{states.INDICATORS:,} indicators, {states.INDICATORS * states.READINGS:,} readings"
    return (
        Program("the board, 12 indicators", [gztrack, "--db", few], shows),
        Program(f"the board, {size}", [gztrack, "--db", many], shows, keep),
        Program("the same, the first time after a change", [gztrack, "--db", many], shows, unkept),
    )


def _peers(folder: str) -> list[Program]:
    journal = os.path.join(folder, "peer.journal")
    with open(journal, "w", encoding="utf-8") as file:
        for number in range(ACCOUNTS):
            file.write(
                f"2026-01-{number % 28 + 1:02d} t\n  assets:g{number // 25:02d}:a{number:04d}  1\n  income\n\n"
            )
    return [
        Program(f"hledger-ui, {ACCOUNTS:,} accounts", ["hledger-ui", "-f", journal], "a0030"),
        Program("harlequin", ["harlequin"], "Run Query"),
    ]


def _started(program: Program) -> Terminal:
    return Terminal(program.command, columns=COLUMNS, rows=ROWS)


def _processor(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
