"""The board's terminal goes away, or a signal asks it to end: cleanly, at once, and nothing typed is lost."""

from __future__ import annotations

import contextlib
import csv
import fcntl
import json
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal import Terminal

from .conftest import Place

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
RESTORED = ("\x1b[?1049l", "\x1b[?2004l", "\x1b[?1006l", "\x1b[?25h")
"""The other screen, bracketed paste and the mouse are off, and the cursor is back."""

LIMIT = 5
"""Seconds within which it must have ended: it takes a fraction of one, and this machine may be busy."""


def died(board: Terminal, limit: float = LIMIT) -> int | None:
    """Wait for the program to end without reading from it; the signal that it died of, negative an exit code."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        found = os.waitid(os.P_PID, board.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if found is not None:  # and left for pexpect to look after
            return -found.si_status if found.si_code == os.CLD_EXITED else found.si_status
        time.sleep(0.02)
    return None


def hang_up(board: Terminal) -> None:
    """The other end of the pseudo-terminal is closed, as sshd does when a line has dropped."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, board.process.child_fd)
    os.close(null)


def draft(place: Place) -> str:
    return "".join(path.read_text("utf-8") for path in place.path.rglob("drafts-*.json"))


def is_free(place: Place) -> bool:
    with (place.path / "db" / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return True


def values(place: Place, slug: str = "nev-capacity") -> list[float]:
    return [item["value"] for item in json.loads(place.run("history", slug, "--json").stdout)]


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_ends_it_and_gives_the_terminal_back(number: signal.Signals, place: Place) -> None:
    with place.board() as board:
        board.until("q quit")
        modes = board.process.getecho()
        os.kill(board.process.pid, number)
        board.ended(LIMIT)
        sent = board.sent.decode("utf-8", "replace")
        assert board.process.signalstatus == number
    assert not modes
    end = sent.rpartition("\x1b[?1049h")[2]
    assert all(code in end for code in RESTORED)
    assert f"gztrack: ended by {number.name}" in end
    assert "Traceback" not in sent


ENDINGS: dict[str, Callable[[Terminal], None]] = {
    "SIGTERM": lambda board: os.kill(board.process.pid, signal.SIGTERM),
    "SIGHUP": lambda board: os.kill(board.process.pid, signal.SIGHUP),
    "hung up": hang_up,
}


@pytest.mark.parametrize("how", ENDINGS)
def test_what_was_typed_into_a_form_is_offered_again(how: str, place: Place) -> None:
    with place.board() as board:
        board.until("q quit")
        board.press("l", "277k", "tab", "2020-05")
        board.until("277,000", "ends 2020-05-31")
        ENDINGS[how](board)
        assert died(board) in (signal.SIGTERM, signal.SIGHUP)
    assert is_free(place)
    with place.board() as board:
        board.until("NEV output growth")
        board.press("l")
        board.until("277,000", "ends 2020-05-31")
    assert values(place) == []


@pytest.mark.parametrize("how", ENDINGS)
def test_what_was_typed_into_quick_entry_is_offered_again(how: str, place: Place) -> None:
    with place.board(columns=100) as board:
        board.until("q quit")
        board.press("L", "277k", "down")
        board.settle(0.5)
        ENDINGS[how](board)
        assert died(board) in (signal.SIGTERM, signal.SIGHUP)
    assert "277k" in draft(place)
    assert values(place) == []


@pytest.mark.parametrize("how", ENDINGS)
@pytest.mark.parametrize("pause", [0.0, 0.02, 0.1])
def test_a_save_is_done_or_not_and_only_then_is_there_a_draft(how: str, pause: float, place: Place) -> None:
    with place.board() as board:
        board.until("q quit")
        board.press("l", "277k", "tab", "2020-05")
        board.until("277,000", "ends 2020-05-31")
        board.process.send("\r")
        time.sleep(pause)
        ENDINGS[how](board)
        assert died(board) in (signal.SIGTERM, signal.SIGHUP)
    assert is_free(place)
    assert (values(place) == [277_000]) != ("277k" in draft(place))
    assert place.run("doctor").returncode == 0


def test_somebody_elses_lock_does_not_hold_it_up(place: Place) -> None:
    with place.board() as board, (place.path / "db" / "lock").open("rb") as lock:
        board.until("q quit")
        board.press("l", "277k", "tab", "2020-05")
        board.until("277,000", "ends 2020-05-31")
        fcntl.flock(lock, fcntl.LOCK_EX)
        board.press("enter")
        board.settle(0.3, 1)
        os.kill(board.process.pid, signal.SIGTERM)
        assert died(board, 4) is not None  # who waits for a lock waits five seconds
    assert values(place) == []
    assert "277k" in draft(place)


def test_a_terminal_that_takes_nothing_does_not_hold_it_up(place: Place) -> None:
    with place.board(columns=200, rows=60) as board:
        board.until("q quit")
        for _ in range(40):  # nobody reads what is sent, until the system's buffer is full
            with contextlib.suppress(Exception):
                board.process.send("\x0c?\x1b")
            time.sleep(0.02)
        os.kill(board.process.pid, signal.SIGTERM)
        assert died(board) in (signal.SIGTERM, -143)


def test_an_import_that_takes_long_is_called_off(place: Place) -> None:
    days = [f"{y}-{m:02}-{d:02}" for y in range(1910, 2020) for m in range(1, 13) for d in range(1, 29)]
    with (place.path / "big.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["indicator", "period", "value"])
        writer.writerows(["tech-centres", day, 400 + at % 90] for at, day in enumerate(days))
    with place.board() as board:
        board.until("q quit")
        board.press("i")  # at first it brings in what was published since the article
        board.until("u undoes it")
        board.press("i")
        board.until("escape leave")
        board.press("big.csv", "enter")
        board.settle(0.2, 0.6)
        os.kill(board.process.pid, signal.SIGTERM)
        assert died(board) in (signal.SIGTERM, -143)
    assert is_free(place)
    assert len(values(place, "tech-centres")) < 10
    assert not list((place.path / "db").glob(".*"))


def test_nobody_who_ignores_sighup_is_left_behind_without_a_terminal(place: Place) -> None:
    words = ["bash", "-c", f"trap '' HUP; exec {place_command()}"]
    with Terminal(words, env=place.env, cwd=str(place.path)) as board:
        board.until("NEV output growth")
        hang_up(board)
        assert died(board) is not None


def place_command() -> str:
    from .conftest import GZTRACK

    return " ".join(GZTRACK)


def test_ctrl_c_says_how_to_quit(place: Place) -> None:
    with place.board() as board:
        board.until("q quit")
        board.press("ctrl+c")
        board.until("q quits; nothing typed is lost")
        board.press("l", "27")
        board.until("enter save")
        board.press("ctrl+c")
        board.settle(0.3)
        assert board.process.isalive()


def test_a_stopped_board_goes_on_and_paints_everything_anew(place: Place) -> None:
    with place.board() as board:
        shown = board.until("q quit")
        os.kill(board.process.pid, signal.SIGSTOP)
        board.settle(0.2)
        board.display.reset()
        os.kill(board.process.pid, signal.SIGCONT)
        board.press("ctrl+l")
        board.until("NEV output growth", "q quit")
        board.settle(0.3)
        assert re.sub(r"\s", "", board.text) == re.sub(r"\s", "", shown)


def test_a_stopped_board_that_is_asked_to_end_ends_once_it_goes_on(place: Place) -> None:
    with place.board() as board:
        board.until("q quit")
        os.kill(board.process.pid, signal.SIGSTOP)
        os.kill(board.process.pid, signal.SIGTERM)
        os.kill(board.process.pid, signal.SIGCONT)
        assert died(board) == signal.SIGTERM


def hook(place: Place, script: str) -> None:
    path: Path = place.path / "db" / "hooks" / "on-log"
    path.parent.mkdir(mode=0o755)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def save(board: Terminal) -> None:
    board.until("q quit")
    board.press("l", "277k", "tab", "2020-05")
    board.until("277,000")
    board.press("enter")
    board.until("u undoes it", without="enter save")


def test_a_hook_runs_behind_the_board_and_its_failure_is_a_notice(place: Place) -> None:
    hook(
        place,
        f"cat > '{place.path}/told'; while [ ! -e '{place.path}/go' ]; do sleep 0.05; done; echo no >&2; exit 3",
    )
    with place.board(columns=120) as board:
        save(board)
        board.press("j")  # keys are answered while it is at work
        board.until("NEV output growth, year on year")
        (place.path / "go").touch()
        board.until("hook on-log: exit code 3: no")
        board.press("q")
        assert board.ended() == 0
    assert json.loads((place.path / "told").read_text("utf-8"))["value"] == 277_000


def test_quitting_waits_for_a_hook_and_says_so(place: Place) -> None:
    hook(place, f"while [ ! -e '{place.path}/go' ]; do sleep 0.05; done; touch '{place.path}/done'")
    with place.board() as board:
        save(board)
        board.press("q")
        board.until("waiting for 1 hook to end; ctrl+c ends it")
        (place.path / "go").touch()
        assert board.ended() == 0
    assert (place.path / "done").exists()


@pytest.mark.parametrize("how", ["ctrl+c", "SIGTERM", "hung up"])
def test_a_hook_does_not_outlive_a_board_that_is_ended(how: str, place: Place) -> None:
    hook(place, f"echo $$ > '{place.path}/pid'; sleep 600")
    with place.board() as board:
        save(board)
        if how == "ctrl+c":
            board.press("q")
            board.until("waiting for 1 hook to end")
            board.press("ctrl+c")
        else:
            ENDINGS[how](board)
        assert died(board) in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    group = int((place.path / "pid").read_text())
    end = time.monotonic() + LIMIT
    while _alive(group):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert values(place) == [277_000]


def _alive(group: int) -> bool:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                return True
    return False
