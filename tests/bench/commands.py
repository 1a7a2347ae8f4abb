"""Whole commands as processes, by their processor time: beside a bare interpreter, a twin and Taskwarrior."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from gztrack.services.databases.opening import initialise
from gztrack.storage.locations import Location

from . import stores
from .pairs import Row, ratio, row

HERE = Path(__file__).resolve().parent
BARE = [sys.executable, "-c", "pass"]
GZTRACK = [str(Path(sys.executable).with_name("gztrack"))]
PAIRS = 41


def run(command: Sequence[str], env: dict[str, str] | None = None) -> tuple[float, float]:
    """Seconds of processor time (user and system) and of waiting that a process takes, from its start to its end."""
    silent = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], list(command), {**os.environ, **(env or {})}, file_actions=silent)
    _, status, used = os.wait4(pid, 0)
    waited = time.perf_counter() - start
    if status:
        raise RuntimeError(f"{command}: ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, waited


def processor(command: Sequence[str], env: dict[str, str] | None = None) -> float:
    """Seconds of processor time."""
    return run(command, env)[0]


def waited(command: Sequence[str], env: dict[str, str] | None = None) -> float:
    """Seconds on the clock."""
    return run(command, env)[1]


def database(folder: str, name: str) -> str:
    """A database from the seed."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        initialise(Location(path, named=True), zone="Asia/Shanghai")
    return path


def log_command(path: str) -> list[str]:
    """One reading from the command line."""
    return [*GZTRACK, "--db", path, "log", "5g-enterprises", "61", "--for", "2020"]


def commands(folder: str) -> list[Row]:
    """What commands cost, a bare interpreter's start being one."""
    small = database(folder, "commands")
    bare = partial(processor, BARE)
    log = partial(processor, log_command(small))
    twin = [sys.executable, str(HERE / "pydantic_twin.py"), os.path.join(folder, "twin.jsonl")]
    measured = {
        "`gztrack --version`": partial(processor, [*GZTRACK, "--version"]),
        "`gztrack log`": log,
        "`gztrack status`, 12 indicators": partial(processor, [*GZTRACK, "--db", small, "status"]),
        "a twin of `log` that imports Pydantic": partial(processor, [*twin, "5g-enterprises", "61", "2020"]),
    }
    task = _taskwarrior(folder)
    if task is not None:
        measured["`task add` of Taskwarrior"] = partial(processor, *task)
    rows = [
        row(f"{name}: processor time", "`python -c pass`", ratio(ours, bare, PAIRS))
        for name, ours in measured.items()
    ]
    for size in (stores.MIDDLE[0], stores.LARGE[0]):
        large = partial(processor, log_command(stores.database(folder, size)))
        rows.append(
            row(
                f"`gztrack log` at {size.readings:,} readings: processor time",
                "the same at 12",
                ratio(large, log),
            )
        )
    if task is not None:
        ours, peer = partial(waited, log_command(small)), partial(waited, *task)
        rows.append(row("`gztrack log`, synced: time on the clock", "`task add`", ratio(ours, peer, PAIRS)))
    return rows


def _taskwarrior(folder: str) -> tuple[list[str], dict[str, str]] | None:
    """Taskwarrior's command that adds a task to a list of its own, and its environment; None where it is not."""
    if shutil.which("task") is None:
        return None
    settings = Path(folder) / "taskrc"
    settings.write_text(f"data.location={folder}/tasks\nconfirmation=no\nverbose=nothing\n", "utf-8")
    Path(folder, "tasks").mkdir(exist_ok=True)
    return ["task", "add", "5g-enterprises", "61"], {"TASKRC": str(settings)}
