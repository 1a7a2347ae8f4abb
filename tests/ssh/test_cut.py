"""A line that is cut at any moment: what was acknowledged is kept, once, and nobody is left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from terminal import Terminal

from .conftest import Server
from .test_ssh import database as database
from .test_ssh import history, remote


def processes(database: Path) -> list[int]:
    """The processes on this host that are at work on a database."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
        except OSError:
            continue
        if os.fsencode(database) in words and b"gztrack" in words and not words.startswith(b"ssh\0"):
            found.append(int(path.parent.name))
    return found


def until_nobody_is_left(database: Path) -> None:
    end = time.monotonic() + 10
    while left := processes(database):
        assert time.monotonic() < end, left
        time.sleep(0.1)


def test_saves_cut_at_any_moment_are_kept_once_or_not_at_all(server: Server, database: Path) -> None:
    moments = random.Random(8)
    acknowledged = []
    for number in range(12):
        words = f"gztrack --db {database} log tech-centres {600 + number} --for {2000 + number} --yes --key k{number}"
        client = subprocess.Popen(server.command(words), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.1, 0.9))
        client.kill()
        out, _ = client.communicate()
        if b"logged tech-centres" in out:
            acknowledged.append(600 + number)
    until_nobody_is_left(database)
    kept = [item["value"] for item in history(database, "tech-centres") if item["value"] in range(600, 612)]
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    assert remote(server, "gztrack", "--db", str(database), "doctor").returncode == 0
    for number in range(12):  # whoever does not know whether it was saved says it again
        words = f"gztrack --db {database} log tech-centres {600 + number} --for {2000 + number} --yes --key k{number}"
        assert remote(server, words).returncode == 0
    again = [item["value"] for item in history(database, "tech-centres") if item["value"] in range(600, 612)]
    assert sorted(again) == list(range(600, 612))  # type: ignore[type-var]


@pytest.mark.parametrize("who", ["client", "server"])
@pytest.mark.parametrize("saving", [False, True])
def test_a_board_whose_line_is_cut_ends_and_loses_nothing(
    who: str, saving: bool, server: Server, database: Path
) -> None:
    with Terminal(server.command(f"gztrack --db {database}", terminal=True)) as board:
        board.until("NEV output growth")
        board.press("l", "277k", "tab", "2020-05")
        board.until("277,000", "ends 2020-05-31")
        board.settle(0.3)
        if saving:
            board.process.send("\r")
        os.kill(board.process.pid if who == "client" else above(processes(database)[-1]), signal.SIGKILL)
        until_nobody_is_left(database)
    saved = [item["value"] for item in history(database, "nev-capacity")]
    assert saved in ([], [277_000]) if saving else saved == []
    with Terminal(server.command(f"gztrack --db {database}", terminal=True)) as board:
        board.until("NEV output growth")
        board.press("l")
        board.until("enter save")
        board.settle(0.5)
        assert ("ends 2020-05-31" in board.text) == (not saved)  # the draft is there, or it was saved
        board.press("escape", "ctrl+c")
    assert remote(server, "gztrack", "--db", str(database), "doctor").returncode == 0


def above(pid: int) -> int:
    """The sshd of a login: the nearest one above a process."""
    while True:
        fields = Path(f"/proc/{pid}/stat").read_text()
        if "(sshd" in fields:
            return pid
        pid = int(fields.rpartition(")")[2].split()[1])
