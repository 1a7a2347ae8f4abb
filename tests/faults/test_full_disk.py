"""A disk that fills up, and a limit on a file's size: refused in one line, nothing lost, nothing torn."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from errno import ENOSPC
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from faults.operations import INDICATOR, LONG, OPERATIONS, Operation, Shelf
from faults.rig import Fault, Outcome, Rig
from needs import forbidden

_MOUNTED = 'mount -t tmpfs -o size=64k,mode=700 tmpfs "$1" && echo ready && read -r _'


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB, in a name space of its own that takes it along when it ends."""
    if shutil.which("unshare") is None:
        forbidden("a full disk is a tmpfs of its own, and there is no unshare")
    place = tmp_path / "disk"
    place.mkdir()
    options = "-m" if os.geteuid() == 0 else "-rm"
    words = ["unshare", options, "sh", "-c", _MOUNTED, "sh", str(place)]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(words, **pipes) as keeper:
        assert keeper.stdout is not None
        assert keeper.stderr is not None
        if keeper.stdout.readline() != b"ready\n":
            forbidden(f"a full disk is a tmpfs of its own: {keeper.stderr.read().decode().strip()}")
        yield Path(f"/proc/{keeper.pid}/root{place}")
        keeper.communicate()  # its standard input is closed, so it ends


def refused_in_one_line(outcome: Outcome) -> bool:
    """Whether a command ended as one does that found no room."""
    lines = outcome.err.splitlines()
    return outcome.code == 4 and outcome.out == "" and len(lines) == 1 and lines[0].startswith("gztrack: ")


def fill(place: Path) -> Path:
    """Use up all the room that is left, to the last byte."""
    path = place / "filling"
    with path.open("ab", buffering=0) as file:
        for size in (4096, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return path


def test_logging_until_the_disk_is_full(rig: Rig, shelf: Shelf, small_disk: Path) -> None:
    db = shelf.copy("plain", small_disk / "db")
    (small_disk / "ballast").write_bytes(b"x" * (32 << 10))
    before = shelf.state(db)
    assert before is not None
    for number in count():
        outcome = rig.run("--db", str(db), "log", INDICATOR, str(5000 + number), "--for", "2021", "--yes")
        if outcome.code:
            break
        assert number < 1000
    assert refused_in_one_line(outcome), outcome
    assert "no space left" in outcome.err or "make room" in outcome.err
    assert number > 10
    kept = shelf.state(db)
    assert kept is not None
    assert kept[: len(before)] == before
    assert len(kept) == len(before) + number
    assert all(f'"value":{5000 + n},' in text for n, text in enumerate(kept[len(before) :]))
    assert rig.run("--db", str(db), "status").code == 0

    (small_disk / "ballast").unlink()
    assert rig.run("--db", str(db), "log", INDICATOR, "4242", "--for", "2024", "--yes").code == 0
    now = shelf.state(db)
    assert now is not None
    assert now[:-1] == kept
    assert not (db / "quarantine").exists()


@pytest.mark.parametrize("room", [0, 1, 2, 3])
@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.name != LONG], ids=str)
def test_a_disk_with_hardly_any_room_leaves_what_was_there(
    operation: Operation, room: int, rig: Rig, shelf: Shelf, small_disk: Path
) -> None:
    before, after = shelf.ends(operation, small_disk / "sound")
    shutil.rmtree(small_disk / "sound")
    db = shelf.begin(operation, small_disk / "full")
    filling = fill(small_disk)
    os.truncate(filling, filling.stat().st_size - room * 4096)
    outcome = rig.run(*shelf.words(operation, db), stdin=operation.stdin)
    assert outcome.code == 0 or refused_in_one_line(outcome), outcome
    assert shelf.held(db) == (before if outcome.code else after), outcome

    filling.unlink()
    if outcome.code:
        again = rig.run(*shelf.words(operation, db), stdin=operation.stdin)
        assert again.code == 0, again
        assert shelf.held(db) == after


@pytest.mark.parametrize("kind", ["pack", "csv", "json", "tinydb"])
def test_an_export_that_finds_no_room_leaves_the_old_file(
    kind: str, rig: Rig, shelf: Shelf, here: Path
) -> None:
    db = shelf.copy("plain", here / "db")
    folder = here / "out"
    folder.mkdir()
    old = folder / "figures"
    old.write_bytes(b"mine")
    words = ("--db", str(db), "export", "-f", kind, "-o", str(old), "--force")
    for at in count(1):
        outcome = rig.run(*words, fault=Fault("fail on", at, ENOSPC), base=folder)
        if outcome.code == 0:
            break
        assert refused_in_one_line(outcome), outcome
        assert old.read_bytes() == b"mine"
    assert at > 3
    assert old.read_bytes() != b"mine"


@pytest.mark.parametrize("room", [0, 1, 100, 250])
@pytest.mark.parametrize("name", ["log", "batch", "import", "undo"])
def test_a_limit_on_the_size_of_files_is_a_full_disk_too(
    name: str, room: int, rig: Rig, shelf: Shelf, here: Path
) -> None:
    operation = next(each for each in OPERATIONS if each.name == name)
    db = shelf.begin(operation, here / "limited")
    before = shelf.state(db)
    limit = (db / "facts.jsonl").stat().st_size + room
    outcome = rig.run(*shelf.words(operation, db), stdin=operation.stdin, limit=limit)
    assert refused_in_one_line(outcome), outcome
    assert (db / "facts.jsonl").stat().st_size == limit - room
    assert shelf.state(db) == before
    assert rig.run(*shelf.words(operation, db), stdin=operation.stdin).code == 0
