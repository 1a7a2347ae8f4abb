"""The command line in-process for tables of commands, and as a real program where that matters."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gztrack.cli.main import main
from gztrack.services.databases.seeding import article_seed, read_seed
from gztrack.storage.creation import create
from gztrack.storage.journal import Journal
from gztrack.storage.reading import transactions
from gztrack.storage.store import Transaction
from terminal import bare_environment

TODAY = "2026-11-24"
SOURCES = os.pathsep.join(os.path.abspath(path) for path in sys.path if path)
"""Where this process found its modules, for processes that start in another directory."""


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: object
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Cli:
    """Runs commands in this process, each as a new session would."""

    def __init__(
        self, database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.database = database
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *words: str, stdin: str | bytes = "") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
        self._capsys.readouterr()
        code = main(words)
        return Ran(code, *self._capsys.readouterr())

    def done(self, *words: str, stdin: str | bytes = "") -> Ran:
        """Run a command that has to succeed, with nothing on stderr."""
        ran = self(*words, stdin=stdin)
        assert (ran.code, ran.err) == (0, "")
        return ran

    def refused(self, *words: str, stdin: str | bytes = "", code: int = 2) -> str:
        """Run a command that has to fail with one line on stderr; that line."""
        (line,) = self.faults(*words, stdin=stdin, code=code)
        return line

    def faults(self, *words: str, stdin: str | bytes = "", code: int = 2) -> list[str]:
        """Run a command that has to fail; its lines on stderr."""
        ran = self(*words, stdin=stdin)
        assert (ran.code, ran.out) == (code, ""), ran
        lines = ran.err.splitlines()
        assert all(line.startswith("gztrack: ") for line in lines), ran
        return [line.removeprefix("gztrack: ") for line in lines]

    @property
    def journal(self) -> bytes:
        """The database's bytes, to see that nothing was written."""
        return (self.database / "facts.jsonl").read_bytes()

    @property
    def written(self) -> list[Transaction]:
        """What was written since the database was made, one transaction an action."""
        return [each for each in transactions(Journal(str(self.database))) if each.author != "seed"]

    @property
    def last(self) -> dict[str, Any]:
        """The fact that was written last."""
        return self.written[-1].facts[-1][1]


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database made from the article's seed; to be copied, not used."""
    seed = read_seed(article_seed())
    made = tmp_path_factory.mktemp("seed") / "db"
    create(str(made), seed.title, seed.tz, (seed.transaction,))
    return made


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a developer's own database, width and language out."""
    for name in ("GZTRACK_DB", "COLUMNS", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GZTRACK_TODAY", TODAY)
    monkeypatch.setenv("PYTHONPATH", SOURCES)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line for somebody who has no database yet."""
    return Cli(tmp_path / "home" / ".local" / "share" / "gztrack", capsys, monkeypatch)


@pytest.fixture
def cli(
    tmp_path: Path, fresh: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Cli:
    """The command line on a database of its own."""
    database = tmp_path / "db"
    shutil.copytree(fresh, database)
    monkeypatch.setenv("GZTRACK_DB", str(database))
    return Cli(database, capsys, monkeypatch)


Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def program(tmp_path: Path, fresh: Path) -> Program:
    """Runs the real program, on a database of its own unless told otherwise."""
    database = tmp_path / "db"
    if not database.exists():
        shutil.copytree(fresh, database)

    def run(
        *words: str, env: dict[str, str] | None = None, **settings: Any
    ) -> subprocess.CompletedProcess[bytes]:
        surroundings = bare_environment() | {
            "HOME": str(tmp_path),
            "GZTRACK_DB": str(database),
            "GZTRACK_TODAY": TODAY,
            "PYTHONPATH": SOURCES,
        }
        if "stdout" not in settings:
            settings["stdout"] = subprocess.PIPE
        settings.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(
            [sys.executable, "-m", "gztrack", *words],
            env=surroundings | (env or {}),
            stderr=subprocess.PIPE,
            timeout=60,
            **settings,
        )

    return run


class Gate:
    """Comes through a gate, in this process, with a command as an SSH client sends it."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli

    def __call__(self, asked: str, allow: str = "", *more: str, stdin: str | bytes = "") -> Ran:
        os.environ.update({"SSH_ORIGINAL_COMMAND": asked, "SSH_CONNECTION": "192.0.2.7 5 192.0.2.1 22"})
        words = [
            "gate",
            "--as",
            "ann",
            "--db",
            str(self.cli.database),
            *(["--allow", allow] if allow else []),
        ]
        found = self.cli(*words, *more, stdin=stdin)
        assert str(self.cli.database) not in found.out + found.err
        return found

    def refused(self, asked: str, allow: str = "", *more: str, stdin: str | bytes = "") -> str:
        """A refusal's line; nothing was written."""
        journal = self.cli.journal
        ran = self(asked, allow, *more, stdin=stdin)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), ran
        assert self.cli.journal == journal
        return ran.err.removeprefix("gztrack: ").rstrip("\n")

    @property
    def log(self) -> list[dict[str, Any]]:
        path = self.cli.database / "gate.log"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


@pytest.fixture
def gate(cli: Cli) -> Iterator[Gate]:
    before = dict(os.environ)
    yield Gate(cli)
    os.environ.clear()  # a gate leaves hardly anything in it
    os.environ.update(before)


Hook = Callable[..., Path]


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """Where hooks of these tests leave what they were told."""
    return tmp_path / "told"


@pytest.fixture
def hook(cli: Cli, told: Path) -> Hook:
    """Puts a hook into the database; without a script of its own it keeps what it is told."""

    def put(name: str = "on-log", script: str = "", mode: int = 0o755) -> Path:
        folder = cli.database / "hooks"
        folder.mkdir(mode=0o755, exist_ok=True)
        path = folder / name
        path.write_text(script or f"#!/bin/sh\ncat >> '{told}'\n", "utf-8")
        path.chmod(mode)
        return path

    return put


def records(told: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.read_bytes().splitlines()]
