"""``log -`` as a whole process, beside Python that only parses and writes the same lines, and beside SQLite.

Two kinds of batch: one as a script writes it, of plain figures and months, and one as people do,
of every indicator, with qualifiers, scales, notes and periods of every kind, where hardly a value
comes twice.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from gztrack.services.databases.opening import initialise
from gztrack.storage.locations import Location

from .pairs import Row, ratio, row

LINES = 50_000
PAIRS = 9

USUAL = {
    "nev-capacity": 300_000,
    "5g-enterprises": 60,
    "5g-base-stations": 10_000,
    "hightech-share": 66,
    "tech-centres": 495,
    "key-labs-national": 19,
    "subsidies": 2_000_000_000,
}
"""Of indicators of the seed about what they have read last."""

PEER = """
import json, os, sys
with open(sys.argv[1], "w", encoding="utf-8") as file:
    for line in sys.stdin:
        words, _, note = line.partition("#")
        slug, value, *period = words.split()
        kept = {"indicator": slug, "value": value, "period": period, "note": note.strip()}
        file.write(json.dumps(kept, ensure_ascii=False) + "\\n")
    file.flush()
    os.fsync(file.fileno())
"""
"""Takes lines apart and keeps them as JSON, nothing understood and nothing checked."""


def plain() -> list[str]:
    """Lines as a script writes them."""
    return [f"nev-capacity {300_000 + n % 977} {1950 + n % 60}-{1 + n % 12:02}" for n in range(LINES)]


def mixed() -> list[str]:
    """Lines as people write them."""
    dice = random.Random(20)
    return [_mixed(dice, number) for number in range(LINES)]


def _mixed(dice: random.Random, number: int) -> str:
    slug, figure = dice.choice(list(USUAL.items()))
    value = figure * (0.7 + 0.6 * dice.random())
    forms = [f"{value:.2f}", f"{value:.0f}", f">{value:.0f}", f"{value:,.0f}", f"over {value:.0f}"]
    if slug == "hightech-share":
        forms += [f"{value:.2f}%", f"~{value:.1f} %"]
    else:
        forms += [f"{value / 1e3:.3f}k", f"{value / 1e4:.4f}万", f"{value / 1e6:.6f} million"]
    year, month, day = dice.randint(1950, 2019), dice.randint(1, 12), dice.randint(1, 28)
    periods = (
        f"{year}", f"{year}-{month:02}", f"{year}-Q{1 + month // 4}", f"{year}-{month:02}-{day:02}",
        f"{year}年{month}月", "yesterday", "last month", "",
    )  # fmt: skip
    note = f" # table {number}" if dice.random() < 0.3 else ""
    return f"{slug} {dice.choice(forms)} {dice.choice(periods)}{note}"


def spent(command: Sequence[str], stdin: Path) -> float:
    """Seconds of processor time that a whole process takes for a batch: other people's load is left out."""
    before = os.times()
    with stdin.open("rb") as file:
        subprocess.run(command, stdin=file, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def ours(folder: Path, batch: Path) -> Callable[[], float]:
    """Logs a batch into a database made from the seed, each time a fresh one."""
    fresh, place = folder / "seed", folder / "batch"
    if not fresh.exists():
        initialise(Location(str(fresh), named=True), zone="UTC")
    gztrack = str(Path(sys.executable).with_name("gztrack"))

    def log() -> float:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(fresh, place)
        return spent([gztrack, "--db", str(place), "log", "-"], batch)

    return log


def python(folder: Path, batch: Path) -> Callable[[], float]:
    """The same lines as JSON in a synced file."""
    return lambda: spent([sys.executable, "-c", PEER, str(folder / "lines.jsonl")], batch)


def sqlite(folder: Path, batch: Path) -> Callable[[], float]:
    """The same lines by the ``.import`` of SQLite's own command, as one transaction with full sync."""
    table, target = folder / f"{batch.stem}.csv", folder / "lines.db"
    table.write_text(
        "".join(f"{json.dumps(line)}\n" for line in batch.read_text("utf-8").splitlines()), "utf-8"
    )
    script = target.with_suffix(".sql")
    script.write_text(
        f"pragma synchronous=full; create table lines (line text);\n.mode csv\n.import {table} lines\n"
    )

    def load() -> float:
        target.unlink(missing_ok=True)
        return spent(["sqlite3", str(target)], script)

    return load


def batches(folder: str) -> list[Row]:
    """Both kinds of batch beside both peers, and how many lines a second that is."""
    rows = []
    home = Path(folder) / "batches"
    home.mkdir()
    for name, lines in (("plain lines", plain()), ("mixed lines", mixed())):
        batch = home / f"{name.split()[0]}.txt"
        batch.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        log = ours(home, batch)
        what = f"`gztrack log -`, {LINES:,} {name}"
        peers = [("Python that parses and writes them as JSON, synced", python(home, batch))]
        if shutil.which("sqlite3"):
            peers.append(("`sqlite3 .import` of them as text, `synchronous=full`", sqlite(home, batch)))
        rows += [row(what, against, ratio(log, peer, PAIRS)) for against, peer in peers]
        found = [LINES / log() for _ in range(PAIRS)]
        spread = f"{min(found):,.0f} to {max(found):,.0f}"
        rows.append(
            Row(f"{what}: lines a second of processor time", "-", f"{statistics.median(found):,.0f}", spread)
        )
    return rows
