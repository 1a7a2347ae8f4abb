"""Each command with each kind of fault at each of its system calls: the old state or the new one."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from faults.operations import DAMAGED, INDICATOR, OPERATIONS, Operation, Shelf, is_kept
from faults.rig import CHANGES, KILLED, READ, WRITE, Fault, Outcome, Rig
from gztrack.storage.files import FACTS

ERRORS = ("ENOSPC", "ENOSPC from there on", "EIO", "EIO from there on", "EIO, reading too")
DEATHS = ("crash", "torn")
TAKEN_BACK = ("ENOSPC", "EIO", "short")
"""After these the next call succeeds, so what was appended in vain is cut off again."""

PROBE = ("log", INDICATOR, "4242", "--for", "2024", "--yes")


def fault(name: str, at: int) -> Fault:
    """The fault of a name at a call."""
    if name in DEATHS:
        return Fault(name, at)
    if name == "short":
        return Fault(name, at, kinds=WRITE)
    error = errno.ENOSPC if name.startswith("ENOSPC") else errno.EIO
    if name.endswith("reading too"):
        return Fault("fail on", at, error, CHANGES | READ)
    return Fault("fail on" if name.endswith("on") else "fail", at, error)


@pytest.mark.parametrize("name", [*DEATHS, *ERRORS, "short"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_the_old_state_or_the_new_one(
    operation: Operation, name: str, rig: Rig, shelf: Shelf, here: Path
) -> None:
    before, after = shelf.ends(operation, here / "sound")
    assert before != after
    met = 0
    for at in range(1, 200):
        db = shelf.begin(operation, here / "db")
        original = (db / FACTS).read_bytes() if db.exists() else b""
        outcome = rig.run(
            *shelf.words(operation, db), stdin=operation.stdin, fault=fault(name, at), base=db.parent
        )
        if outcome.calls < at:
            break
        met += 1
        where = f"{name} at call {at}: {outcome}"
        found = shelf.held(db)
        if outcome.code == 0:
            assert found == after, where
        elif operation.appends and name in TAKEN_BACK:
            assert found == before, where
        else:
            assert found in (before, after), where
        assert not original or is_kept(db, original), where
        check(outcome, name, where)
        goes_on(rig, shelf, operation, db, where)
    assert outcome.code == 0
    assert met > (1 if name == "short" else 3)


def check(outcome: Outcome, name: str, where: str) -> None:
    """What the command said and how it ended, after a fault."""
    assert "Traceback" not in outcome.err, where
    if name in DEATHS:
        assert outcome.code == KILLED, where
        return
    assert outcome.code in (0, 4), where
    lines = outcome.err.splitlines()
    assert all(line.startswith("gztrack: ") for line in lines), where
    if outcome.code:
        assert (len(lines), outcome.out) == (1, ""), where


def goes_on(rig: Rig, shelf: Shelf, operation: Operation, db: Path, where: str) -> None:
    """The next who comes finds nothing in the way, and all that was there; what was damaged can be repaired."""
    held = shelf.held(db)
    if held.content in (None, DAMAGED):
        again = rig.run(*shelf.words(operation, db))
        assert again.code == 0, (where, again)
        held = shelf.held(db)
    elif not held.sound:
        repaired = rig.run("--db", str(db), "doctor", "--repair")
        assert repaired.code == 0, (where, repaired)
        assert shelf.held(db) == held._replace(sound=True), where
        held = shelf.held(db)
    probed = rig.run("--db", str(db), *PROBE)
    assert probed.code == 0, (where, probed)
    now = shelf.held(db)
    assert held.content is not None
    assert now.content is not None
    assert now.content[:-1] == held.content, where
    assert "4242" in now.content[-1], where
    assert now.sound == held.sound, where
