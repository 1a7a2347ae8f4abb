"""Over a real SSH login: one-line logging, the board with real keys, two people at once, a dropped line."""

from __future__ import annotations

import json
import os
import pwd
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from terminal import Terminal

from .conftest import Server


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "db"
    subprocess.run([sys.executable, "-m", "gztrack", "--db", str(path), "init", "--tz", "UTC"], check=True)
    return path


def remote(server: Server, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(server.command(*words), capture_output=True, text=True, timeout=60)


def history(database: Path, slug: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "gztrack", "--db", str(database), "history", slug, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_one_line_logs_a_reading_under_the_login_account(server: Server, database: Path) -> None:
    done = remote(server, "gztrack", "--db", str(database), "log", "nev-capacity", "250k", "--for", "2020-Q2")

    assert (done.returncode, done.stderr) == (0, "")
    assert "83.3 % of 300,000" in done.stdout
    (item,) = history(database, "nev-capacity")
    assert item["author"] == pwd.getpwuid(os.getuid()).pw_name


def test_the_exit_code_of_a_refusal_comes_back_through_ssh(server: Server, database: Path) -> None:
    done = remote(server, "gztrack", "--db", str(database), "log", "nev-capacity", "nan")

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


def test_without_a_terminal_the_status_is_printed(server: Server, database: Path) -> None:
    done = remote(server, "gztrack", "--db", str(database))

    assert done.returncode == 0
    assert "NEV annual production capacity" in done.stdout


def test_the_whole_main_path_with_real_keys(server: Server, database: Path, tmp_path: Path) -> None:
    command = server.command(f"cd {tmp_path} && gztrack --db {database}", terminal=True)
    with Terminal(command, columns=80, rows=24) as board:
        board.until("Start here")
        board.press("l", "250k", "tab", "2020-Q2")
        board.until("250,000 vehicles/year", "83.3 %")
        board.press("enter")
        board.until("83.3 %", without="enter save")
        board.press("g", ">=400k", "tab", "2027")
        board.until("at least 400,000", "62.5 %")
        board.press("enter")
        board.until("62.5 %", without="enter save")
        board.press("u")
        board.until("83.3 %")
        board.press("x", "enter")
        board.until("wrote gztrack-", without="enter save")
        board.press("q")
        assert board.ended() == 0

    assert [path.suffix for path in tmp_path.iterdir() if path.is_file()] == [".md"]
    assert [item["value"] for item in history(database, "nev-capacity")] == [250_000]


def test_two_people_see_each_others_readings(server: Server, database: Path) -> None:
    ann = Terminal(server.command(f"gztrack --db {database} --as ann", terminal=True))
    bob = Terminal(server.command(f"gztrack --db {database} --as bob", terminal=True))
    with ann, bob:
        ann.until("Start here")
        bob.until("Start here")
        ann.press("l", "150k", "tab", "2020-Q2")
        ann.until("50.0 %")
        ann.press("enter")
        bob.until("50.0 %", limit=10)
        bob.press("l", "240k", "tab", "2020-Q3")
        bob.until("240,000", "80.0 %")
        bob.press("enter")
        ann.until("80.0 %", limit=10)

    assert [(item["value"], item["author"]) for item in history(database, "nev-capacity")] == [
        (150_000, "ann"),
        (240_000, "bob"),
    ]


def test_several_who_log_at_once_lose_nothing(server: Server, database: Path) -> None:
    def log(number: int) -> int:
        words = (
            "gztrack",
            "--db",
            str(database),
            "--as",
            f"p{number}",
            "log",
            "tech-centres",
            str(500 + number),
        )
        return remote(server, *words, "--for", "2020").returncode

    with ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(log, range(12)))

    assert codes == [0] * 12
    assert sorted(item["value"] for item in history(database, "tech-centres")[1:]) == list(range(500, 512))  # type: ignore[type-var]


def test_a_dropped_connection_keeps_the_draft(server: Server, database: Path) -> None:
    command = server.command(f"gztrack --db {database}", terminal=True)
    with Terminal(command) as board:
        board.until("Start here")
        board.press("l", "277k", "tab", "2020-05")
        board.until("277,000")
        board.settle(0.4)
        os.kill(board.process.pid, signal.SIGKILL)  # the client goes away without a word

    with Terminal(command) as board:
        board.until("Start here")
        board.press("l")
        board.until("277,000", "ends 2020-05-31")
    assert history(database, "nev-capacity") == []
