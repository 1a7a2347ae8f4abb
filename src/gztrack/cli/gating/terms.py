"""The terms of a gate, as its administrator sets them: who comes through, to which database, for what."""

from __future__ import annotations

import re

from gztrack.cli.catalogue import COMMANDS
from gztrack.cli.hints import meant
from gztrack.cli.session import author_named
from gztrack.domain.text import clean, listed
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.permits import ALLOWABLE, READING, WHOLE, Permit, permit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL = READING
"""What is allowed where nobody says: to read."""

USUAL_INPUT = "1M"
"""Bytes of standard input that are taken where nobody says."""

LARGEST_INPUT = 1 << 30
"""What ``--max-input`` can be at most: it is all read into memory."""

_PATTERN = r"[a-z0-9*][a-z0-9*._-]{0,63}"
_SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


class Terms(NamedTuple):
    """What one key opens.

    Attributes:
        author: Under whose name everything is written.
        permit: What is allowed.
        db: The database as ``--db`` named it; None for the account's own.
        max_input: Bytes of standard input that are taken.
        hooks: Whether what is written starts the database's hooks.
        lang: What ``--lang`` said; None when it was not said.
    """

    author: str
    permit: Permit
    db: str | None
    max_input: int
    hooks: bool
    lang: str | None = None


def allowable() -> tuple[str, ...]:
    """What can stand on a list, in the order of ``gztrack --help``."""
    return tuple(name for name in COMMANDS if name in ALLOWABLE)


def understood(text: str) -> Permit:
    """The permit that ``--allow`` writes out: ``log:nev-*,status``; empty for `USUAL`.

    Raises:
        InputError: Something on the list can never be allowed, does not exist, or is no pattern of ids.
    """
    entries = [entry for part in text.split(",") if (entry := part.strip())]
    if text and not entries:
        raise InputError(
            tr("--allow is empty; what can be allowed: {commands}", commands=listed(allowable()))
        )
    for entry in entries:
        _check(entry)
    return permit(entries or USUAL)


def problems(text: str) -> list[str]:
    """What is wrong with a list, an entry each."""
    found = []
    for part in text.split(","):
        try:
            understood(part)
        except InputError as error:
            found.append(str(error))
    return found


def _check(entry: str) -> None:
    command, colon, pattern = entry.partition(":")
    there = allowable()
    if command not in there:
        raise InputError(_why_not(clean(command), there))
    if not colon:
        return
    if command in WHOLE:
        raise InputError(
            tr(
                "--allow: {command} is about no certain indicator: write {command} alone, or leave it out",
                command=command,
            )
        )
    if not re.fullmatch(_PATTERN, pattern):
        raise InputError(
            tr(
                "--allow: '{pattern}' can be no indicator's id: small letters, digits and hyphens, and * for any of"
                " them, as in {command}:nev-*",
                pattern=clean(pattern),
                command=command,
            )
        )


def _why_not(command: str, there: Iterable[str]) -> str:
    commands = listed(there)
    if command in COMMANDS:
        return tr(
            "--allow: {command} is never allowed behind a gate; what can be: {commands}",
            command=command,
            commands=commands,
        )
    if near := meant(command, there):
        return tr(
            "--allow: no such command: '{name}'; did you mean '{near}'? What can be allowed: {commands}",
            name=command,
            near=near,
            commands=commands,
        )
    return tr(
        "--allow: no such command: '{name}'; what can be allowed: {commands}", name=command, commands=commands
    )


def size(text: str) -> int:
    """A number of bytes: ``500k``, ``4M``, ``65536``.

    Raises:
        InputError: It is none, or too large.
    """
    found = re.fullmatch(r"([0-9]{1,12})\s*([kmg]?)b?", clean(text).lower())
    count = int(found[1]) * _SCALES[found[2]] if found else 0
    if not 0 < count <= LARGEST_INPUT:
        raise InputError(tr("--max-input: no size: '{text}'; as in 500k or 4M, at most 1G", text=clean(text)))
    return count


def name(text: str) -> str:
    """The name that everything is written under.

    Raises:
        InputError: It names nobody.
    """
    found = author_named(text)
    if not found:
        raise InputError(tr("gate: say under whose name: gztrack gate --as NAME"))
    return found
