"""Many real processes at once, each a program of its own: nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from faults.operations import INDICATOR, Shelf
from faults.rig import Rig, environment
from faults.watching import Seen
from gztrack.storage.journal import Journal
from gztrack.storage.reading import transactions
from gztrack.storage.store import Transaction

WRITERS = 20
ROUNDS = 3
SWAPS = 40


def start(db: Path, home: Path, *words: str, stdin: str = "") -> subprocess.Popen[str]:
    """A real process of the program."""
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    process = subprocess.Popen(
        [sys.executable, "-m", "gztrack", "--db", str(db), *words], env=environment(home), text=True, **pipes
    )
    assert process.stdin is not None
    process.stdin.write(stdin)
    process.stdin.close()
    process.stdin = None
    return process


def succeed(processes: Sequence[subprocess.Popen[str]]) -> None:
    """Wait for all; each has to succeed."""
    for process in processes:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, (process.args, err)


def log(value: int) -> tuple[str, ...]:
    """A reading that no guard asks about."""
    return ("log", INDICATOR, str(value), "--for", "2021", "--yes")


def held(db: Path) -> list[Transaction]:
    return list(transactions(Journal(str(db))))


def test_twenty_who_log_at_once_are_all_kept(shelf: Shelf, tmp_path: Path) -> None:
    db = shelf.copy("plain", tmp_path / "db")
    succeed([start(db, tmp_path, "--as", f"p{n}", *log(5000 + n)) for n in range(WRITERS)])
    found = {each.author: each.facts[0][1]["value"] for each in held(db) if each.author.startswith("p")}
    assert found == {f"p{n}": 5000 + n for n in range(WRITERS)}


def test_everything_at_once_loses_nothing(shelf: Shelf, tmp_path: Path) -> None:
    db = shelf.copy("plain", tmp_path / "db")
    begun = held(db)
    succeed([start(db, tmp_path, "--as", f"undo{n}", *log(100 + n)) for n in range(ROUNDS)])
    figures = []
    for n in range(ROUNDS):
        path = tmp_path / f"figures{n}.csv"
        rows = "".join(f"{INDICATOR},{1900 + 10 * n + year},{7000 + 10 * n + year}\n" for year in range(10))
        path.write_text(f"indicator,period,value\n{rows}", "utf-8")
        figures.append(path)
    lines = [
        f"{INDICATOR} {8000 + 10 * n + line} {2000 + line}\n" for n in range(ROUNDS) for line in range(10)
    ]

    running = []
    for n in range(ROUNDS):
        batch = "".join(lines[10 * n : 10 * n + 10])
        running += [
            start(db, tmp_path, "--as", f"log{n}", *log(5000 + n)),
            start(db, tmp_path, "--as", f"batch{n}", "log", "-", "--yes", stdin=batch),
            start(db, tmp_path, "--as", f"import{n}", "import", str(figures[n]), "--yes"),
            start(db, tmp_path, "--as", f"undo{n}", "undo"),
            start(db, tmp_path, "backup", "-o", str(tmp_path / f"copy{n}.jsonl")),
            start(db, tmp_path, "doctor", *(["--repair"] if n % 2 else [])),
            start(db, tmp_path, "merge", str(shelf.folder / "other"), "--yes"),
            start(db, tmp_path, "status"),
        ]
    succeed(running)

    now = held(db)
    by_author = {each.author: [record.get("value") for _, record in each.facts] for each in now[len(begun) :]}
    for n in range(ROUNDS):
        assert by_author[f"log{n}"] == [5000 + n]
        assert by_author[f"batch{n}"] == list(range(8000 + 10 * n, 8010 + 10 * n))
        assert by_author[f"import{n}"] == list(range(7000 + 10 * n, 7010 + 10 * n))
    logged = {each.author: each.tx for each in now if each.action == "log"}
    undone = {each.author: each.facts[0][1]["of"] for each in now if each.action == "undo"}
    assert undone == {f"undo{n}": logged[f"undo{n}"] for n in range(ROUNDS)}
    assert {each.tx for each in held(shelf.folder / "other")} <= {each.tx for each in now}
    assert len({each.tx for each in now}) == len(now)
    assert not (db / "quarantine").exists()

    # Each backup is what there was at some moment.
    for n in range(ROUNDS):
        copy = tmp_path / f"restored{n}"
        succeed([start(copy, tmp_path, "restore", str(tmp_path / f"copy{n}.jsonl"))])
        kept = held(copy)
        assert len(kept) >= len(begun)
        assert kept == now[: len(kept)]


def test_a_reader_never_notices_that_the_file_is_swapped(rig: Rig, shelf: Shelf, tmp_path: Path) -> None:
    db = shelf.copy("plain", tmp_path / "db")
    backup = shelf.folder / "plain.jsonl"
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    words = [sys.executable, "-m", "faults.watching", str(db)]
    with subprocess.Popen(words, env=environment(tmp_path), **pipes) as reader:
        for number in range(SWAPS):
            assert rig.run("--db", str(db), *log(5000 + number)).code == 0
            assert rig.run("--db", str(db), "restore", str(backup), "--yes").code == 0
            assert rig.run("--db", str(db), *log(6000 + number)).code == 0
            assert rig.run("--db", str(db), "doctor", "--repair").code == 0
        seen = Seen(*json.loads(reader.communicate()[0]))
    assert seen.wrong == ""
    assert seen.looks > 10
    assert seen.fewer > 0
    assert seen.sizes == [1]
