"""``gate --check``: looks over the gates of an account, and over what would undo them."""

from __future__ import annotations

import os
import shlex
import stat

from gztrack.cli.gating.fitting import unfitting
from gztrack.cli.gating.gateline import gate_of, gate_words, useless
from gztrack.cli.gating.keys import Key, fingerprint
from gztrack.cli.gating.report import Fault, Report
from gztrack.cli.gating.server import SSHD_CONFIG, settings
from gztrack.cli.gating.strays import key_lines, strays
from gztrack.cli.gating.surroundings import home
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.storage.locations import Location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


LARGEST = 4 << 20
"""Bytes of a file of keys."""


def look_over(file: str = "", *, config: str = SSHD_CONFIG) -> Report:
    """Look over a file of keys.

    Args:
        file: Its path; empty for the account's own, which is looked at with its folder.
        config: The server's configuration.

    Raises:
        InputError: The file cannot be read.
    """
    path = (
        os.path.abspath(os.path.expanduser(file)) if file else os.path.join(home(), ".ssh", "authorized_keys")
    )
    text = read(path)
    lines = text.split("\n")
    keys = key_lines(lines)
    gated = [(key, words) for key in keys if (words := gate_words(key)) is not None]
    gates = tuple(gate_of(key, words) for key, words in gated)
    plain = [key for key in keys if gate_words(key) is None]
    asides = [_open(key) for key in plain if gated]
    asides += [
        Fault(gate.line, what)
        for gate in gates
        for what in unfitting(gate.allowed, Location(gate.database, named=True))
    ]
    if text and lines[-1]:
        asides.append(
            Fault(len(lines), tr("no line break at its end: add one before the next key is appended"))
        )
    undoing, notes = settings(config)
    around = [*_permissions(path), *undoing]
    if not gates:
        around.insert(
            0,
            tr(
                "{path}: no line with a gate; this prints one: {command}",
                path=path,
                command="gztrack gate --print-key-line NAME KEYFILE",
            ),
        )
    faults = [
        *strays(lines),
        *_twice(keys),
        *(Fault(key.number, what) for key in plain for what in useless(key)),
    ]
    return Report(path, gates, tuple(faults), tuple(around), tuple(asides), tuple(notes))


def read(path: str) -> str:
    """The text of a file of keys.

    Raises:
        InputError: It cannot be read, is no ordinary file, or is too long to be one.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(fd, "rb") as opened:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise InputError(tr("{path}: is no ordinary file", path=clean(path)))
            data = opened.read(LARGEST + 1)
    except OSError as error:
        from gztrack.domain.reasons import reason_of

        raise InputError(
            tr("{path}: cannot be read: {reason}", path=clean(path), reason=reason_of(error).lower())
        ) from None
    if len(data) > LARGEST:
        raise InputError(tr("{path}: too long for a file of keys", path=clean(path)))
    return data.decode("utf-8", "replace")


def _twice(keys: Iterable[Key]) -> list[Fault]:
    first: dict[str, int] = {}
    found = []
    for key in keys:
        if key.blob in first:
            what = tr(
                "the same key as in line {first}, which is the one that counts: delete one of the two",
                first=first[key.blob],
            )
            found.append(Fault(key.number, what))
        first.setdefault(key.blob, key.number)
    return found


def _open(key: Key) -> Fault:
    """A key beside gated ones that has none: it may be the administrator's own."""
    comment = clean(key.comment)
    whose = f"{comment} ({fingerprint(key.blob)})" if comment else fingerprint(key.blob)
    if key.option("command") is not None:
        what = tr("{key} has a command of its own, which is no gate; delete it unless it is meant", key=whose)
    else:
        what = tr("{key} has no gate and can do everything; delete it unless it is meant", key=whose)
    return Fault(key.number, what)


def _permissions(path: str) -> list[str]:
    """Who else may change the file of keys, or a folder that it stands in: sshd then refuses it, or should."""
    found = []
    for place in (path, os.path.dirname(path)):
        try:
            mode = os.stat(place).st_mode
        except OSError:
            continue
        if mode & 0o022 and not mode & stat.S_ISVTX:
            closed = f"chmod go-w {shlex.quote(place)}"
            found.append(tr("{path}: others may write there: {command}", path=place, command=closed))
    return found
