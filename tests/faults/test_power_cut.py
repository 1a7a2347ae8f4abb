"""A power cut after every system call: whatever the disk kept, what was acknowledged is there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from faults.operations import (
    DAMAGED,
    INDICATOR,
    OPERATIONS,
    Held,
    Shelf,
    is_kept,
)
from faults.power import Call, Disk, Tree, calls
from faults.rig import KILLED, NAME, SYNC, WRITE, Fault, Rig
from gztrack.services.databases.opening import initialise
from gztrack.services.entering.entries import LogEntry
from gztrack.services.quicklog import QuickLog
from gztrack.storage.files import FACTS
from gztrack.storage.health.repairing import repair
from gztrack.storage.locations import Location
from gztrack.storage.tinydb_store import TinyDBStore


class Step(NamedTuple):
    """An operation of a sequence, by its name, and the fault that kills its process."""

    name: str
    fault: Fault = Fault("watch")

    def __str__(self) -> str:
        return self.name if self.fault.mode == "watch" else f"{self.name} killed"


SEQUENCES = [(Step(operation.name),) for operation in OPERATIONS] + [
    (Step("log"), Step("batch"), Step("import"), Step("undo"), Step("log")),
    (Step("init"), Step("log")),
    (Step("log"), Step("restore"), Step("log"), Step("merge")),
    (Step("repair"), Step("log")),
    # A process is killed, the system stays up, somebody else builds on what was written; then the power fails.
    (Step("log", Fault("torn", 2, kinds=WRITE)), Step("log")),
    (Step("log", Fault("crash", 1, kinds=SYNC)), Step("log")),
    (Step("batch", Fault("torn", 1, kinds=SYNC)), Step("batch")),
    (Step("log", Fault("torn", 3, kinds=WRITE)), Step("undo")),
    (Step("restore", Fault("torn", 2, kinds=NAME)), Step("log")),
    (Step("repair", Fault("crash", 3, kinds=NAME)), Step("restore")),
]
BY_NAME = {operation.name: operation for operation in OPERATIONS}


class Recorded(NamedTuple):
    """One step as it went: its calls, what was there after it, and whether it was acknowledged."""

    calls: list[Call]
    held: Held
    acknowledged: bool


def test_a_disk_without_syncs_keeps_any_prefix(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    disk = Disk(tmp_path)
    disk.make(Call("write", 3, "a", "", b"new"))
    disk.make(Call("create", 0, "b", "", b""))
    disk.make(Call("rename", 0, "b", "c", b""))
    states = list(disk.states())
    assert {tree["a"] for tree in states} == {b"old", b"oldnew", b"old\0\0\0"}
    assert {tuple(sorted(tree)) for tree in states} == {("a",), ("a", "b"), ("a", "c")}
    disk.make(Call("sync", 0, "a", "", b""))
    disk.make(Call("sync", 0, ".", "", b""))
    assert next(iter(disk.states())) == {"a": b"oldnew", "c": b""}


@pytest.mark.parametrize("steps", SEQUENCES, ids=lambda steps: ", ".join(map(str, steps)))
def test_what_was_acknowledged_is_there(steps: tuple[Step, ...], rig: Rig, shelf: Shelf, here: Path) -> None:
    folder = here / "run"
    db = shelf.begin(BY_NAME[steps[0].name], folder)
    original = (db / FACTS).read_bytes() if db.exists() else b""
    disk = Disk(folder)
    possible = [shelf.held(db)]
    seen: set[int] = set()
    looked_at = 0

    def look(where: str) -> None:
        for tree in disk.states():
            key = hash(frozenset(tree.items()))
            if key not in seen:
                seen.add(key)
                opened(tree, possible, original, shelf, here / "cut", where)

    for step in steps:
        recorded = record(step, rig, shelf, db, here / "trace")
        possible.append(recorded.held)
        for call in recorded.calls:
            disk.make(call)
            look(f"{step.name}, after {call[:4]}")
        looked_at += len(seen)
        if recorded.acknowledged:
            possible = [recorded.held]
            seen.clear()  # what was allowed a moment ago may now be a loss
            look(f"{step.name}, acknowledged")
    assert looked_at > 5


def record(step: Step, rig: Rig, shelf: Shelf, db: Path, trace: Path) -> Recorded:
    """Run one step, or let it be killed, and read what it did."""
    operation = BY_NAME[step.name]
    trace.unlink(missing_ok=True)
    fault = step.fault._replace(trace=str(trace))
    words = shelf.words(operation, db)
    outcome = rig.run(*words, stdin=operation.stdin, fault=fault, base=db.parent)
    assert outcome.code == (0 if fault.mode == "watch" else KILLED), outcome
    return Recorded(list(calls(trace.read_bytes(), db.parent)), shelf.held(db), outcome.code == 0)


def opened(tree: Tree, possible: list[Held], original: bytes, shelf: Shelf, folder: Path, where: str) -> None:
    """The machine is up again: what is read, and whether logging goes on.

    Raises:
        AssertionError: What is there is not possible, something is lost, or somebody is refused.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, content in sorted(tree.items()):
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)
    db = folder / "db"
    held = shelf.held(db)
    assert held in possible, (where, held)
    assert not original or is_kept(db, original), where
    begun = held
    if not held.sound:
        if held.content is None:
            initialise(Location(str(db), named=True), zone="UTC")
        else:
            repair(str(db))
        begun = shelf.held(db)
        assert begun.sound, where
        assert held.content in (None, DAMAGED, begun.content), where
    entry = LogEntry(indicator=INDICATOR, value="4242", period="2024", yes=True)
    QuickLog(str(db), author="ann", login="ann").log([entry])
    now = shelf.state(db)
    assert begun.content is not None
    assert now is not None
    assert now[:-1] == begun.content, where
    assert "4242" in now[-1], where
    assert TinyDBStore(str(db)).table("readings").all()[-1]["value"] == 4242, where
