"""The main path inside tmux and GNU screen, as people work over SSH: their keys, their sizes, their escapes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shlex import join, quote
from typing import Protocol

import pytest
from rich.cells import cell_len

from needs import tool
from terminal import bare_environment

from .conftest import GZTRACK, Place


class Multiplexer(Protocol):
    """A program with a terminal of its own inside."""

    def type(self, *keys: str) -> None:
        """Press keys: names of `KEYS` or texts."""

    def text(self) -> str:
        """What its terminal shows."""

    def close(self) -> None:
        """End it and all that runs in it."""


def until(inside: Multiplexer, *wanted: str, without: str = "", limit: float = 30) -> str:
    """Wait until its screen shows every text, and not another one."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        text = inside.text()
        if all(each in text for each in wanted) and (not without or without not in text):
            return text
        time.sleep(0.05)
    raise AssertionError(f"never showed {wanted} (without {without!r}):\n{inside.text()}")


class Tmux:
    """A tmux server of its own, without anybody's settings."""

    def __init__(self, place: Place, columns: int, rows: int, *options: str) -> None:
        self._socket = str(place.path / "tmux")
        env = bare_environment() | place.env
        self._run(
            *("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows)),
            f"cd {quote(str(place.path))}; exec env TERM=tmux-256color {join([*GZTRACK, *options])}",
            env=env,
        )
        self._run("set-option", "-g", "window-size", "manual")

    def _run(self, *words: str, env: dict[str, str] | None = None) -> str:
        command = ["tmux", "-S", self._socket, *words]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, env=env or bare_environment(), timeout=30
        ).stdout

    def type(self, *keys: str) -> None:
        for key in keys:
            self._run("send-keys", *(("-l", key) if len(key) == 1 or key[0] in ">2n" else (key,)))

    def together(self, *keys: str) -> None:
        """Press keys so that they arrive in one packet."""
        self._run("send-keys", *keys)

    def resize(self, columns: int, rows: int) -> None:
        self._run("resize-window", "-x", str(columns), "-y", str(rows))

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._run("capture-pane", "-p").splitlines())

    def close(self) -> None:
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], check=False, capture_output=True)


class Screen:
    """A GNU screen session of its own, which nobody is attached to."""

    def __init__(self, place: Place) -> None:
        folder = place.path / "screens"
        folder.mkdir(mode=0o700)
        (place.path / "screenrc").write_text("defutf8 on\nstartup_message off\n")
        self._env = bare_environment() | place.env | {"SCREENDIR": str(folder), "SHELL": "/bin/sh"}
        self._shown = place.path / "hardcopy"
        command = ["screen", "-U", "-c", str(place.path / "screenrc"), "-dmS", "gz", "-T", "screen-256color"]
        subprocess.run(
            [*command, *GZTRACK], check=True, env=self._env, cwd=place.path, capture_output=True, timeout=30
        )

    def _run(self, *words: str) -> None:
        subprocess.run(
            ["screen", "-S", "gz", "-p", "0", "-X", *words],
            check=True,
            env=self._env,
            capture_output=True,
            timeout=30,
        )

    def type(self, *keys: str) -> None:
        for key in keys:
            self._run("stuff", {"Enter": "\r", "Tab": "\t", "Escape": "\x1b", "Down": "\x1b[B"}.get(key, key))

    def text(self) -> str:
        self._shown.unlink(missing_ok=True)
        self._run("hardcopy", str(self._shown))
        for _ in range(100):
            if self._shown.exists() and self._shown.stat().st_size:
                break
            time.sleep(0.02)
        return self._shown.read_text("utf-8", "replace") if self._shown.exists() else ""

    def close(self) -> None:
        subprocess.run(["screen", "-S", "gz", "-X", "quit"], check=False, env=self._env, capture_output=True)


@pytest.fixture
def tmux(place: Place) -> Iterator[Callable[..., Tmux]]:
    """Opens the board in a tmux of its own."""
    tool("tmux")
    opened: list[Tmux] = []

    def board(columns: int, rows: int, *options: str, ready: str = "NEV output growth") -> Tmux:
        opened.append(Tmux(place, columns, rows, *options))
        until(opened[-1], ready)
        return opened[-1]

    yield board
    for each in opened:
        each.close()


@pytest.fixture
def screen(place: Place) -> Iterator[Screen]:
    tool("screen")
    opened = Screen(place)
    yield opened
    opened.close()


def main_path(board: Multiplexer, place: Place) -> None:
    """Log a reading, set a goal, take it back, look at the detail, leave."""
    until(board, "NEV output growth", "q quit")
    board.type("l")
    until(board, "enter save")
    board.type("250k", "Tab", "2020-Q2")
    until(board, "250,000 vehicles/year", "ends 2020-06-30")
    board.type("Enter")
    until(board, "83.3 %", "u undoes it", without="enter save")
    board.type("g")
    until(board, "enter save")
    board.type(">=1.5m", "Tab", "2027")
    until(board, "at least 1,500,000 vehicles/year", "by 2027-12-31")
    board.type("Enter")
    until(board, "16.7 %", without="enter save")
    board.type("u")
    until(board, "83.3 %", without="16.7 %")
    board.type("Down", "Enter")
    until(board, "escape back")
    board.type("Escape")
    until(board, "q quit")
    board.type("q")
    history = json.loads(place.run("history", "nev-capacity", "--json").stdout)
    assert [(item["value"], item["period"]) for item in history] == [(250_000, "2020-Q2")]


def test_the_main_path_in_tmux(place: Place, tmux: Callable[..., Tmux]) -> None:
    main_path(tmux(80, 24), place)


def test_the_main_path_in_chinese_in_tmux(place: Place, tmux: Callable[..., Tmux]) -> None:
    board = tmux(80, 24, "--lang", "zh", ready="q 退出")
    board.type("l")
    until(board, "enter 保存")
    board.type("25万", "Tab", "2020年上半年")
    until(board, "250,000 辆/年", "至 2020-06-30 止")
    board.type("Enter")
    until(board, "25 万", "83.3 %", "u 撤销", without="enter 保存")
    board.type("g")
    until(board, "enter 保存")
    board.type(">=150万", "Tab", "2027年")
    until(board, "1,500,000 辆/年", "2027-12-31")
    board.type("Enter")
    shown = until(board, "≥150 万", "16.7 %", without="enter 保存")
    posts = {
        cell_len(line[: match.start()]) for line in shown.splitlines() if (match := re.search("[│┃]", line))
    }
    assert len(posts) == 1
    board.type("u")
    until(board, "≥30 万", "83.3 %", without="16.7 %")
    board.type("Enter")
    until(board, "escape 返回")
    board.type("Escape")
    until(board, "q 退出")
    board.type("q")
    history = json.loads(place.run("history", "nev-capacity", "--json").stdout)
    assert [(item["value"], item["period"]) for item in history] == [(250_000, "2020-H1")]


def test_the_main_path_in_screen(place: Place, screen: Screen) -> None:
    main_path(screen, place)


def test_escape_and_enter_together_leave_a_form_in_tmux_and_save_nothing(
    place: Place, tmux: Callable[..., Tmux]
) -> None:
    board = tmux(80, 24)
    board.type("l")
    until(board, "enter save")
    board.type("250k", "Tab", "2020")
    until(board, "250,000")
    board.together("Escape", "Enter")
    until(board, "escape back")
    assert json.loads(place.run("history", "nev-capacity", "--json").stdout) == []


@pytest.mark.parametrize("opener", ["", "l", "g", "p", "w", "?", "Enter"])
def test_after_any_sizes_the_screen_is_what_a_full_repaint_shows(
    tmux: Callable[..., Tmux], opener: str
) -> None:
    board = tmux(200, 60)
    if opener:
        board.type(opener)
        until(board, "escape")
    for columns, rows in ((120, 40), (40, 12), (60, 16), (100, 30), (40, 12), (200, 60), (80, 24)):
        board.resize(columns, rows)
        time.sleep(0.05)  # so that some are still being answered when the next one comes
    shown = settled(board)
    board.type("C-l")
    assert settled(board) == shown
    assert "Traceback" not in shown
    assert ("escape" if opener else "q quit") in shown


def settled(board: Tmux) -> str:
    """Its screen once it has not changed for a while."""
    before, since = board.text(), time.monotonic()
    while time.monotonic() - since < 0.7:
        time.sleep(0.05)
        if (now := board.text()) != before:
            before, since = now, time.monotonic()
    return before


def test_a_board_of_somebody_else_shows_in_tmux_who_did_it(place: Place, tmux: Callable[..., Tmux]) -> None:
    board = tmux(120, 40)
    command = [sys.executable, "-m", "gztrack", "--as", "bob", "log", "tech-centres", "650", "--for", "2020"]
    env = bare_environment() | place.env
    subprocess.run(command, check=True, capture_output=True, env=env, timeout=60, cwd=Path(place.path))
    until(board, "bob logged 650 for 2020: Enterprise technology centres")
