"""Two boards and twenty writers at once, each over a login of its own: nothing is lost, and both boards see it."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from terminal import Terminal

from .conftest import Server

WRITERS = 20
EACH = 3


@pytest.mark.slow
def test_two_boards_and_twenty_writers_lose_nothing(server: Server, tmp_path: Path) -> None:
    database = tmp_path / "db"
    subprocess.run(
        [sys.executable, "-m", "gztrack", "--db", str(database), "init", "--tz", "UTC"], check=True
    )

    def write(writer: int) -> list[tuple[int, int, str]]:
        words = ("gztrack", "--db", str(database), "--as", f"writer-{writer}")
        ran = []
        for turn in range(EACH):
            value, period = 1000 + writer * 10 + turn, f"20{21 + turn}-{1 + writer % 12:02d}-{1 + writer:02d}"
            # The last one as a batch, so that both ways race each other.
            batch = turn == EACH - 1
            said = ["-"] if batch else ["tech-centres", str(value), "--for", period]
            done = subprocess.run(
                server.command(*words, "log", *said, "--yes"),
                input=f"tech-centres {value} {period}\n" if batch else "",
                capture_output=True,
                text=True,
                timeout=120,
            )
            ran.append((value, done.returncode, done.stderr))
        return ran

    ann = Terminal(server.command(f"gztrack --db {database} --as ann", terminal=True))
    bob = Terminal(server.command(f"gztrack --db {database} --as bob", terminal=True))
    with ann, bob:
        ann.until("Start here")
        bob.until("Start here")
        with ThreadPoolExecutor(WRITERS) as pool:
            ran = [outcome for outcomes in pool.map(write, range(WRITERS)) for outcome in outcomes]
        assert [outcome for outcome in ran if outcome[1]] == []
        for board in (ann, bob):
            board.until("1,112", limit=30)  # the reading of the latest day that anybody logged
            board.press("l", "250k", "tab", "2020-Q2")
            board.until("250,000 vehicles/year")
            board.press("escape")
            board.press("q")
            assert board.ended() == 0

    history = subprocess.run(
        [sys.executable, "-m", "gztrack", "--db", str(database), "history", "tech-centres", "--json"],
        capture_output=True,
        check=True,
    )
    logged = {(item["value"], item["author"]) for item in json.loads(history.stdout)}
    assert logged >= {(1000 + w * 10 + t, f"writer-{w}") for w in range(WRITERS) for t in range(EACH)}
    doctor = subprocess.run(
        [sys.executable, "-m", "gztrack", "--db", str(database), "doctor"], capture_output=True, text=True
    )
    assert (doctor.returncode, doctor.stderr) == (0, "")
