"""What ``doctor`` tells of a database's ``hooks/``: what runs, what does not, and why. Nothing in it is started."""

from __future__ import annotations

import os
from shutil import which

from gztrack.domain.reasons import reason_of
from gztrack.domain.text import clean
from gztrack.language import tr
from gztrack.services.hooks import (
    ON_LOG,
    ON_TARGET,
    UnfitError,
    called,
    check_executable,
    is_there,
    missing,
    no_program,
    opened,
    surroundings,
)
from gztrack.storage.files import HOOKS
from gztrack.storage.health.findings import NOTE, WARNING, Finding

_NAMES = (ON_LOG, ON_TARGET)
_ASIDE = ("~", ".sample", ".bak", ".orig", ".disabled")
"""Ends of names that people give to what is not to run."""

_START = 4096


def findings(database: str) -> list[Finding]:
    """What is in the folder; empty where there is none.

    Args:
        database: The directory.
    """
    if not os.path.lexists(os.path.join(database, HOOKS)):
        return []
    said = called(database)
    try:
        with opened(database, said) as folder:
            names = sorted(os.listdir(folder))
            found = [_of_hook(folder, database, name, f"{said}/{name}") for name in _NAMES if name in names]
            return found + [each for name in names if (each := _of_other(folder, name, said)) is not None]
    except (UnfitError, OSError) as problem:
        return [_unfit(HOOKS, problem)]


def _of_hook(folder: int, database: str, name: str, said: str) -> Finding:
    """Whether a hook of the right name would run."""
    try:
        is_there(folder, name, said)
        check_executable(folder, name, said)
        _check_program(folder, database, name, said)
    except (UnfitError, OSError) as problem:
        return _unfit(f"{HOOKS}/{name}", problem)
    what = tr("runs after a reading was logged") if name == ON_LOG else tr("runs after a target was set")
    return Finding(
        NOTE, f"{HOOKS}/{name}", 0, what, tr("gztrack schema {name} says what it is told", name=name)
    )


def _check_program(folder: int, database: str, name: str, said: str) -> None:
    """See that what its first line names is there.

    Raises:
        UnfitError: It is not.
        OSError: The hook cannot be read.
    """
    with open(os.open(name, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK, dir_fd=folder), "rb") as file:
        start = file.read(_START)
    if not start.startswith(b"#!"):
        if b"\0" not in start:  # a program of the machine's own has such in its first bytes
            raise no_program(said)
        return
    program, *more = start[2:].partition(b"\n")[0].strip(b" \t").split(maxsplit=1) or [b""]
    if start.partition(b"\n")[0].endswith(b"\r") or not os.access(os.path.join(b"/", program), os.X_OK):
        raise missing(folder, name, said)
    if os.path.basename(program) == b"env" and more:
        path = surroundings(database, name, os.environ)["PATH"]
        wanted = os.fsdecode(more[0].split()[0])
        if wanted[0] != "-" and "=" not in wanted and which(wanted, path=path) is None:
            raise missing(folder, name, said)


def _of_other(folder: int, name: str, said: str) -> Finding | None:
    """What to say of another name; None for what nobody would take for a hook."""
    if name in _NAMES or name.startswith(".") or name.endswith(_ASIDE):
        return None
    plain = name.lower().partition(".")[0].replace("_", "-").replace(" ", "-")
    meant = next((each for each in _NAMES if plain.replace("-", "") == each.replace("-", "")), "")
    what = tr("is never run: hooks are named {names}", names=", ".join(_NAMES))
    file = f"{HOOKS}/{clean(name)}"
    if meant:
        right = f"{said}/{meant}"
        return Finding(WARNING, file, 0, what, tr("name it {path}", path=right))
    if plain.startswith("on-"):
        return Finding(WARNING, file, 0, what, tr("there is no hook for anything else"))
    if os.access(name, os.X_OK, dir_fd=folder) and not os.path.isdir(os.path.join(said, name)):
        return Finding(NOTE, file, 0, what, tr("what a hook calls may stay there"))
    return None


def _unfit(file: str, problem: UnfitError | OSError) -> Finding:
    if isinstance(problem, OSError):
        why, advice = tr("not run: {path}: {why}", path=file, why=reason_of(problem).lower()), ""
    else:
        why, advice = problem.why, problem.advice
    return Finding(WARNING, file, 0, why, advice or tr("put right, it runs again"))
