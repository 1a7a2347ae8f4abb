"""Measures the program against named peers, in turn, and writes the ratios into README.md beside it.

Machines are noisy, so nothing here is a test and no figure stands alone: a command and its peer
run one after the other, pair by pair, and what is written is the median of the pairs' ratios.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from . import appends, batches, imports, snapshots, states, stores
from .pairs import Row, ratio, row

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from terminal import Terminal

from . import boards, commands, wire

HERE = Path(__file__).resolve().parent
COLUMNS, ROWS = 120, 40


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


def the_board(folder: str) -> list[Row]:
    """The board as a process, beside a minimal app and Textual's own way to paint."""
    small = commands.database(folder, "small")
    board = [*commands.GZTRACK, "--db", small]
    minimal = [sys.executable, str(HERE / "minimal_app.py")]
    rows = []
    ours, peer = partial(first_paint, board, "5G base stations"), partial(first_paint, minimal, "line  10")
    rows.append(
        row(
            "first paint of the board, 120x40",
            "a minimal Textual app with the same widgets",
            ratio(ours, peer, 7),
        )
    )
    sent, plain = traffic(board, "5G base stations"), traffic([*board, "--plain-frames"], "5G base stations")
    for name, what in (("first", "to the first paint"), ("key", "per cursor key")):
        share = f"{sent[name] / plain[name]:.3f}" if plain[name] else "-"
        against = f"Textual's own way: {plain[name]:,.0f}"
        rows.append(Row(f"bytes {what}, 120x40", against, f"{sent[name]:,.0f}", share))
    rows.append(Row("bytes in five idle seconds", "-", f"{sent['idle']:,.0f}", "-"))
    return rows


PARTS = {
    "commands": commands.commands,
    "over SSH": wire.over_ssh,
    "the board": the_board,
    "the board beside other programs": boards.boards,
    "appending": appends.durable,
    "batches": batches.batches,
    "snapshots": snapshots.snapshots,
    "importing": imports.imports,
    "opening": stores.opening,
    "the state of everything": states.states,
}


def kept() -> dict[str, str]:
    """The tables that README.md has, by their headings."""
    text = (HERE / "README.md").read_text("utf-8")
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in text.split("\n## ")[1:]}


def main(parts: Sequence[str]) -> None:
    """Measure and write README.md.

    Args:
        parts: The beginnings of the parts' names that are measured; the other tables stay. All where none is given.
    """
    there = kept()
    tables: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, part in PARTS.items():
            if parts and not name.startswith(tuple(parts)):
                tables += filter(None, [there.get(name.capitalize())])
                continue
            lines = "\n".join("| " + " | ".join(each) + " |" for each in part(folder))
            tables.append(
                f"## {name.capitalize()}\n\n| what | against | median | range |\n|---|---|---|---|\n{lines}\n"
            )
    text = f"""# Measurements

Made by `make bench` (`make bench PARTS="commands over"` measures those tables anew); every line is a ratio to the peer
that it names, both measured in one run, in turn (median, then the least and the greatest pair). Bytes are counted, not
timed: for them the third column is the count and the fourth the share of the peer's.
On {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}.
These machines are shared and noisy: a wide range means just that.

{"".join(f"{table}{chr(10)}" for table in tables)}## Aims

`log -` at least 50,000 lines a second, `import` 100,000 rows, a million of them in less than 300 MB. `log` at most
3 times a bare interpreter and the same at any size, `status` at most 5, first paint at most 1.25 times
the minimal app, and 1.5 with 1,000 indicators and 100,000 readings; at most 12 kB, or 2 kB packed; a cursor key with
the detail following at most 1,200 bytes, and 16 ms at 1,000 indicators; no byte while nothing changes. Durable
appends flat within 10 %, at most a third of SQLite's with a rollback journal, no slower than its WAL mode with full
sync, a thousandth of stock TinyDB's at 100,000; written are the record and a fixed width. Opening 100,000 in at most
twice the time of parsing the bare file; a million in less than 600 MB. The state of 1,000 indicators with 100,000
readings in at most half the time of loading them, and after one new reading only that indicator's
(`tests/services/test_recompute.py` counts). Imported readings miss the half: they are loaded in less than half the
time of logged ones, and reckoned with in the same.
"""
    (HERE / "README.md").write_text(text, "utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
