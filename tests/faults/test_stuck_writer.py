"""A sync that fails, and a writer that is stopped while it holds the lock."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from faults.operations import INDICATOR, OPERATIONS, Operation, Shelf
from faults.power import calls
from faults.rig import SYNC, WRITE, Fault, Rig, environment
from gztrack.storage.files import login
from gztrack.storage.journal import Journal
from gztrack.storage.tinydb_store import TinyDBStore

LOG = next(each for each in OPERATIONS if each.name == "log")
OTHER = ("log", INDICATOR, "4242", "--for", "2024", "--yes")


def needed_syncs(operation: Operation, rig: Rig, shelf: Shelf, here: Path) -> list[bool]:
    """For each sync of an operation, whether the facts need it; the mark only tells how far they reach."""
    db, trace = shelf.begin(operation, here / "traced"), here / "trace"
    fault = Fault("watch", trace=str(trace))
    rig.run(*shelf.words(operation, db), stdin=operation.stdin, fault=fault, base=db.parent)
    needed, written = [], b""
    for call in calls(trace.read_bytes(), db.parent):
        if call.what == "write":
            written = call.data
        elif call.what == "sync":
            needed.append(not written.startswith(b"mark 1"))
    return needed


@pytest.mark.parametrize("mode", ["fail", "fail on"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_a_sync_that_fails_is_never_acknowledged(
    operation: Operation, mode: str, rig: Rig, shelf: Shelf, here: Path
) -> None:
    before, after = shelf.ends(operation, here / "sound")
    needed = needed_syncs(operation, rig, shelf, here)
    assert needed.count(True) >= 1
    for at in range(1, len(needed) + 1):
        db = shelf.begin(operation, here / "db")
        fault = Fault(mode, at, errno.EIO, SYNC)
        outcome = rig.run(*shelf.words(operation, db), stdin=operation.stdin, fault=fault, base=db.parent)
        found = shelf.held(db)
        if not (needed[at - 1] or (mode == "fail on" and any(needed[at:]))):
            assert (outcome.code, found) == (0, after), outcome
            continue
        assert outcome.code == 4, outcome
        assert outcome.err.count("\n") == 1, outcome
        assert "input/output error" in outcome.err, outcome
        # The system takes a page whose sync failed for clean: what was written is cut off, never synced again.
        assert found in ((before,) if operation.appends else (before, after)), outcome
        if mode == "fail" and operation.appends:
            assert rig.run("--db", str(db), *OTHER).code == 0
            now = shelf.state(db)
            assert now is not None
            assert now[:-1] == before.content
            assert "4242" in now[-1]


def stopped(rig: Rig, shelf: Shelf, db: Path, fault: Fault) -> int:
    """The process id of a ``log`` that was stopped at a call."""
    rig.start(shelf.words(LOG, db), fault=fault, base=db.parent)
    process = rig.stopped()
    assert process
    return process


@contextmanager
def going_on(process: int) -> Iterator[None]:
    """Lets a stopped process go on afterwards, whatever happens."""
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


@pytest.mark.slow
def test_others_refuse_within_seconds_and_say_who_holds_the_lock(rig: Rig, shelf: Shelf, here: Path) -> None:
    db = shelf.begin(LOG, here / "db")
    before = shelf.state(db)
    assert before is not None
    words = [sys.executable, "-m", "gztrack", "--db", str(db)]
    others = {
        "log": [*words, *OTHER],
        "import": [*words, "import", str(shelf.folder / "figures.csv"), "--yes"],
        "undo": [*words, "undo"],
    }
    holder = stopped(rig, shelf, db, Fault("stop", 1, kinds=SYNC))
    with going_on(holder):
        began = time.monotonic()
        running = {
            name: subprocess.Popen(each, env=environment(here), stderr=subprocess.PIPE, text=True)
            for name, each in others.items()
        }
        # Nobody who reads waits meanwhile: not a new process, and not an open board.
        status = subprocess.run(
            [*words, "status"], env=environment(here), capture_output=True, text=True, check=False
        )
        assert (status.returncode, status.stderr) == (0, "")
        TinyDBStore(str(db)).refresh()
        assert all(each.poll() is None for each in running.values())
        for name, each in running.items():
            told = each.communicate(timeout=30)[1]
            assert time.monotonic() - began < 8
            assert each.returncode == 4, name
            assert told.count("\n") == 1
            who = rf"locked by {login()} \(pid {holder}, [^)]*\) since \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
            assert re.search(who, told), told
    outcome = rig.outcome()
    assert outcome.code == 0
    now = shelf.state(db)
    assert now is not None
    assert now[:-1] == before
    assert "777" in now[-1]
    assert rig.run("--db", str(db), *OTHER).code == 0


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_stopped_writer_that_is_killed_leaves_no_lock(at: int, rig: Rig, shelf: Shelf, here: Path) -> None:
    db = shelf.begin(LOG, here / "db")
    before = shelf.state(db)
    os.kill(stopped(rig, shelf, db, Fault("stop", at, kinds=WRITE | SYNC)), signal.SIGKILL)
    assert rig.outcome().code == -signal.SIGKILL
    assert before is not None
    with Journal(str(db), wait=0.2).exclusive():
        kept = shelf.state(db)
    assert kept is not None
    assert kept[: len(before)] == before
    assert len(kept) - len(before) in (0, 1)
