"""ctrl+z gives the terminal back to the shell, however the board was started; and is refused where no shell waits."""

from __future__ import annotations

import sys
from pathlib import Path

from terminal import Terminal

from .conftest import Place


def shell(place: Place, command: str) -> Terminal:
    started = Terminal(
        ["bash", "--norc", "--noprofile", "-i"],
        columns=80,
        rows=24,
        env={"PS1": "shell: ", "HOME": str(place.path)},
    )
    started.until("shell:")
    started.press(command, "enter")
    started.until("q quit")
    return started


def leaves_and_comes_back(terminal: Terminal) -> None:
    terminal.press("j", "ctrl+z")
    terminal.until("Stopped", "shell:")
    terminal.press("echo back$((1+1))", "enter")
    terminal.until("back2")
    terminal.press("fg", "enter")
    terminal.until("NEV output growth", "q quit")
    terminal.press("k")
    terminal.settle(0.3)
    terminal.press("q")
    terminal.until("shell:")


def test_under_a_shell_ctrl_z_stops_and_fg_goes_on(place: Place) -> None:
    gztrack = Path(sys.executable).with_name("gztrack")
    with shell(place, f"{gztrack} --db {place.path}/db") as terminal:
        leaves_and_comes_back(terminal)


def test_under_make_the_whole_job_stops(place: Place) -> None:
    gztrack = Path(sys.executable).with_name("gztrack")
    (place.path / "Makefile").write_text(f"run:\n\t@exec {gztrack} --db {place.path}/db\n", "utf-8")
    with shell(place, f"make -C {place.path} run") as terminal:
        leaves_and_comes_back(terminal)


def test_without_a_shell_behind_it_ctrl_z_says_so(place: Place) -> None:
    with place.board() as board:
        board.until("q quit")
        board.press("ctrl+z")
        board.until("there is no shell to go back to here; q quits")
        board.press("q")
        assert board.ended() == 0
