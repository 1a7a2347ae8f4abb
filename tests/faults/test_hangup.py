"""The terminal goes away (a dropped SSH login) at every system call of a command, and under the board's save."""

from __future__ import annotations

import os
import pty
import signal
import sys
import time
from pathlib import Path

import pytest

from faults.operations import DAMAGED, INDICATOR, OPERATIONS, Operation, Shelf, State
from faults.rig import SYNC, WRITE, Fault, Rig, environment
from gztrack.storage.journal import Journal
from terminal import Terminal

ON_A_TERMINAL = [each for each in OPERATIONS if not each.stdin]


def still_fine(shelf: Shelf, db: Path) -> State:
    """What a database holds whose lock nobody must have left behind."""
    with Journal(str(db), wait=0.2).exclusive():
        return shelf.state(db)


@pytest.mark.parametrize("operation", ON_A_TERMINAL, ids=str)
def test_a_command_whose_terminal_goes_away_is_done_or_not(
    operation: Operation, rig: Rig, shelf: Shelf, here: Path
) -> None:
    before, after = shelf.ends(operation, here / "sound")
    for at in range(1, 200):
        db = shelf.begin(operation, here / "db")
        near, far = pty.openpty()
        rig.start(
            shelf.words(operation, db), fault=Fault("stop", at), base=db.parent, terminal=os.ttyname(far)
        )
        stopped = rig.stopped()
        os.close(near)
        os.close(far)
        outcome = rig.outcome()
        if not stopped:
            break
        assert outcome.code == -signal.SIGHUP
        found = shelf.held(db)
        assert found in (before, after), at
        if found.content not in (None, DAMAGED):
            assert still_fine(shelf, db) == found.content
    assert outcome.code == 0
    assert at > 5


class Board:
    """A board on which a reading is typed in and ready to be saved.

    Args:
        db: The database.
        env: Added to its environment.
    """

    def __init__(self, db: Path, **env: str) -> None:
        words = [sys.executable, "-m", "gztrack", "--db", str(db)]
        self.terminal = Terminal(words, env=environment(db.parent) | env)
        self.terminal.until("5G enterprises", "q quit")
        self.terminal.press("l", "2021", "tab", "2021")
        self.terminal.until("2,021 enterprises", "ends 2021-12-31")

    def stopped(self) -> bool:
        """Wait until a signal has stopped it; False when that does not happen."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with open(f"/proc/{self.terminal.process.pid}/stat", encoding="ascii") as file:
                if file.read().rpartition(")")[2].split()[0] == "T":
                    return True
            self.terminal.pump(0.02)
        return False

    def hang_up(self) -> None:
        """The terminal goes away, and the process with it."""
        self.terminal.process.close(force=True)


@pytest.fixture
def db(shelf: Shelf, tmp_path: Path) -> Path:
    return shelf.copy("plain", tmp_path / "db")


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_the_boards_save_is_done_or_not(at: int, db: Path, shelf: Shelf, library: Path) -> None:
    before = shelf.state(db)
    assert before is not None
    fault = Fault("stop", at, kinds=WRITE | SYNC)
    board = Board(db, LD_PRELOAD=str(library), FAULT=fault.variable(db))
    board.terminal.press("enter")
    assert board.stopped()
    board.hang_up()
    found = still_fine(shelf, db)
    assert found is not None
    assert found[: len(before)] == before
    assert len(found) - len(before) in (0, 1)
    assert all(f'"{INDICATOR}"' in text and '"value":2021,' in text for text in found[len(before) :])


def test_what_the_board_said_was_logged_is_there(db: Path, shelf: Shelf) -> None:
    before = shelf.state(db)
    assert before is not None
    board = Board(db)
    board.terminal.press("enter")
    board.terminal.until("u undoes it", without="enter save")
    board.hang_up()
    found = still_fine(shelf, db)
    assert found is not None
    assert found[:-1] == before
    assert '"value":2021,' in found[-1]
