"""Runs commands of the real program in processes of their own, with a fault at a chosen system call."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

TESTS = Path(__file__).parents[1]
SOURCES = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
TODAY = "2026-11-24"

_MODES = {"": 0, "watch": 1, "crash": 2, "torn": 3, "fail": 4, "fail on": 5, "short": 6, "stop": 7}
OPEN, WRITE, CUT, SYNC, NAME, RIGHTS, READ = (1 << bit for bit in range(7))
CHANGES = OPEN | WRITE | CUT | SYNC | NAME | RIGHTS
"""Kinds of calls that can leave something behind."""

KILLED = 137
"""Exit code of a process that a fault ended."""

_LONGEST = 120.0


class Fault(NamedTuple):
    """What goes wrong, and when.

    Attributes:
        mode: ``crash`` before the call, ``torn`` after it (a write: halfway), ``fail`` at that call,
            ``fail on`` from it on, ``short`` (half of a write is taken), ``stop`` (SIGSTOP before it),
            ``watch`` (only counted); empty for none.
        at: Which call, from 1.
        error: The errno of ``fail`` and ``fail on``.
        kinds: Which calls count.
        trace: A file that gets every call with its data.
    """

    mode: str = ""
    at: int = 0
    error: int = 0
    kinds: int = CHANGES
    trace: str = ""

    def wire(self, base: Path) -> tuple[int, int, int, int, str, str]:
        """As the shim takes it, for the files below a directory."""
        return _MODES[self.mode], self.at, self.error, self.kinds, str(base), self.trace

    def variable(self, base: Path) -> str:
        """As the environment variable FAULT has it, for a process that is started with the shim."""
        return " ".join(str(part) for part in self.wire(base)[:5])


SOUND = Fault()


class Outcome(NamedTuple):
    """How a command ended.

    Attributes:
        code: Exit code; negative for a signal.
        calls: How many calls counted.
        out: What it said on standard output.
        err: What it said on standard error.
    """

    code: int
    calls: int
    out: str
    err: str


class Account(NamedTuple):
    """Whom a command runs as; numbers, because no such account needs to exist."""

    user: int
    group: int
    groups: Sequence[int]
    umask: int


def build(folder: Path) -> Path:
    """Compile the shim.

    Raises:
        FileNotFoundError: There is no gcc.
        subprocess.CalledProcessError: It does not compile.
    """
    compiler = shutil.which("gcc")
    if compiler is None:
        raise FileNotFoundError("gcc")
    library = folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    options = ("-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror")
    subprocess.run([compiler, *options, "-o", str(library), str(source), "-ldl"], check=True)
    return library


def environment(home: Path) -> dict[str, str]:
    """A bare environment in which commands run, in this process's Python."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    return kept | {
        "HOME": str(home),
        "PYTHONPATH": SOURCES,
        "GZTRACK_TODAY": TODAY,
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


class Rig:
    """Runs commands, one after the other, each in a fork of a process that has everything imported.

    Args:
        library: The shim.
        home: A directory for what the program keeps outside of databases.
    """

    def __init__(self, library: Path, home: Path) -> None:
        here, there = socket.socketpair()
        here.settimeout(_LONGEST)
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "faults.server", str(there.fileno()), str(library)],
                pass_fds=[there.fileno()],
                env=environment(home) | {"LD_PRELOAD": str(library)},
                cwd="/",
            )
        self._socket = here
        self._lines = here.makefile("rwb")
        self._early: dict[str, Any] = {}

    def close(self) -> None:
        """End the process."""
        self._lines.close()
        self._socket.close()
        self._process.wait(_LONGEST)

    def run(self, *words: str, **how: Any) -> Outcome:
        """Run one command to its end; `start` has the options."""
        self.start(words, **how)
        return self.outcome()

    def start(
        self,
        words: Sequence[str],
        *,
        stdin: str = "",
        fault: Fault = SOUND,
        base: Path = Path("/nowhere"),
        account: Account | None = None,
        limit: int = 0,
        terminal: str = "",
    ) -> None:
        """Begin a command.

        Args:
            words: What stands behind the program's name.
            stdin: What it finds on standard input.
            fault: What goes wrong.
            base: The directory below which it does.
            account: Whom it runs as; needs root.
            limit: The size in bytes over which no file may grow; 0 for none.
            terminal: A terminal to have as the controlling one, in place of the streams.
        """
        case = {
            "words": words,
            "stdin": stdin,
            "fault": fault.wire(base),
            "account": account,
            "limit": limit,
            "terminal": terminal,
        }
        self._lines.write(json.dumps(case).encode() + b"\n")
        self._lines.flush()

    def stopped(self) -> int:
        """Wait until the command is stopped; its process id, 0 when it ended without."""
        self._early = self._reply()
        return int(self._early.get("stopped", 0))

    def outcome(self) -> Outcome:
        """Wait until the command has ended."""
        reply, self._early = self._early or self._reply(), {}
        while "stopped" in reply:
            reply = self._reply()
        return Outcome(**reply)

    def _reply(self) -> dict[str, Any]:
        line = self._lines.readline()
        if not line:
            raise AssertionError("the process that runs the commands has ended")
        reply: dict[str, Any] = json.loads(line)
        return reply
