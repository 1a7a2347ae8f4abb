"""``gate --check``: looks over the gates of an account, and over what would undo them."""

from __future__ import annotations

import os
import re
import shlex
import stat
import sys

from gztrack.cli.gating import terms
from gztrack.cli.gating.keys import Key, fingerprint, parsed
from gztrack.cli.gating.server import SSHD_CONFIG, settings
from gztrack.cli.gating.surroundings import home
from gztrack.cli.parser import Found
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import ntr, tr
from gztrack.light import NamedTuple
from gztrack.services.permits import BOARD
from gztrack.storage.locations import DATABASE, Location, default

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


LARGEST = 4 << 20
"""Bytes of a file of keys."""

_QUOTED = r"""'[^']*'|\\.|"(?:\\.|[^"\\$`])*\""""
_FOR_A_SHELL = r"[;|&<>()$`*?{}\[\]!#~]"
"""What is quoted in a shell's command, and what means something where it is not."""


class Gate(NamedTuple):
    """One gate line.

    Attributes:
        line: Its number.
        name: Who comes through.
        allowed: What is allowed, as the list has it.
        database: Its path.
        key: The key's fingerprint.
        comment: The key's comment.
        problems: What is wrong with it.
    """

    line: int
    name: str
    allowed: str
    database: str
    key: str
    comment: str
    problems: tuple[str, ...]


class Report(NamedTuple):
    """What was found.

    Attributes:
        file: The file that was looked at.
        gates: The gates in it.
        around: What is wrong around them.
        notes: What could not be looked at, and where that is no fault.
    """

    file: str
    gates: tuple[Gate, ...]
    around: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, a line each."""
        of_gates = [
            tr(
                "{place}: {what}",
                place=tr("{file}, line {line}", file=self.file, line=gate.line),
                what=problem,
            )
            for gate in self.gates
            for problem in gate.problems
        ]
        return [*of_gates, *self.around]

    def lines(self) -> list[str]:
        """The report as text."""
        told = [
            tr("line {line}: {name}  {allowed}  in {database}  ({key})", line=gate.line, name=gate.name or "?",
               allowed=gate.allowed or "?", database=gate.database, key=gate.comment or gate.key)
            for gate in self.gates
        ]  # fmt: skip
        wrong = [tr("wrong: {what}", what=problem) for problem in self.problems]
        sum_of_it = (
            ntr("{n} thing is wrong", "{n} things are wrong", len(wrong))
            if wrong
            else ntr("{n} gate, nothing wrong", "{n} gates, nothing wrong", len(self.gates))
        )
        return [*told, *wrong, *self.notes, sum_of_it]

    def fields(self) -> dict[str, Any]:
        """The report for programs."""
        gates = [{**gate._asdict(), "problems": list(gate.problems)} for gate in self.gates]
        return {"file": self.file, "gates": gates, "around": list(self.around), "notes": list(self.notes)}


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
    numbered = list(enumerate(read(path).split("\n"), 1))
    keys = [key for number, line in numbered if (key := parsed(line, number))]
    gated = [(key, words) for key in keys if (words := _gate_words(key)) is not None]
    gates = tuple(_gate(key, words) for key, words in gated)
    plain = [key for key in keys if _gate_words(key) is None]
    around = [
        *_unreadable(numbered),
        *_twice(keys),
        *(_open(key) for key in plain if gated),
        *_permissions(path),
    ]
    undoing, notes = settings(config)
    if not gates:
        around.insert(0, tr("{path}: no line with a gate; gate --print-key-line prints one", path=path))
    return Report(path, gates, (*around, *undoing), tuple(notes))


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


def _gate_words(key: Key) -> list[str] | None:
    """The words of a key's forced command behind ``gate``; None where that is no gate."""
    words = _command_words(key)
    for place, word in enumerate(words):
        if (
            word == "gate"
            and place
            and (words[place - 1] == "gztrack" or words[place - 1].endswith("/gztrack"))
        ):
            return words[place + 1 :]
    return None


def _command_words(key: Key) -> list[str]:
    try:
        words = shlex.split(key.option("command") or "")
    except ValueError:
        return []
    return words[1:] if words[:1] == ["exec"] else words


def _gate(key: Key, words: list[str]) -> Gate:
    """What there is to say about a gate line."""
    from gztrack.cli.gate import parser

    problems: list[str] = []
    name, allow, location = "", "", _default()
    board = False
    try:
        found: Found = parser().understood(words)
        name = terms.name(found.author or "")
        allow = found.allow or ",".join(terms.USUAL)
        if found.db:
            location = Location(os.path.abspath(os.path.expanduser(found.db)), named=True)
            if not os.path.isabs(found.db):
                problems.append(tr("--db is no absolute path: it depends on where sshd starts"))
        if found.max_input:
            terms.size(found.max_input)
        problems += terms.problems(found.allow) if found.allow else []
        board = not problems and terms.understood(found.allow).allows(BOARD)
    except InputError as error:
        problems.append(str(error))
    problems += _options(key, board=board, understood=not problems)
    problems += _database(location)
    problems += _program(key)
    return Gate(
        key.number, name, allow, location.path, fingerprint(key.blob), clean(key.comment), tuple(problems)
    )


def _default() -> Location:
    return Location(default({"HOME": home()}), named=False)


def _options(key: Key, *, board: bool, understood: bool) -> list[str]:
    """What is wrong with the options beside the command."""
    found = []
    names = [name for name, _ in key.options]
    if "cert-authority" in names:
        found.append(tr("cert-authority: whoever has a certificate of this key comes in under this name"))
    if signs := sorted(set(re.findall(_FOR_A_SHELL, re.sub(_QUOTED, "", key.option("command") or "")))):
        found.append(
            tr("the login shell does more with its command than start it: {signs}", signs=" ".join(signs))
        )
    if "restrict" not in names:
        found.append(tr("without restrict: the key can forward ports and agents"))
    elif understood and board and "pty" not in names:
        found.append(tr("the board is allowed, and without pty it has no terminal"))
    if understood and not board and "pty" in names:
        found.append(tr("pty, though the board is not allowed: leave it out"))
    if names.count("command") > 1:
        found.append(tr("two commands: sshd passes such a line over"))
    found += [
        tr("{option} opens again what restrict closed", option=name)
        for name in ("port-forwarding", "agent-forwarding", "x11-forwarding", "user-rc")
        if name in names
    ]
    found += [
        tr("environment= sets {variable} before the gate starts", variable=value.partition("=")[0])
        for name, value in key.options
        if name == "environment"
    ]
    return found


def _database(location: Location) -> list[str]:
    """Whether a database is there and can be written."""
    path = location.path
    if location.state() != DATABASE:
        return [tr("{path}: no database there", path=path)]
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        return [tr("{path}: this account may not write there", path=path)]
    return []


def _program(key: Key) -> list[str]:
    """Whether the command starts this installation, in a way that no variable changes."""
    words = _command_words(key)
    program = words[0] if words else ""
    if not os.path.isabs(program):
        return [tr("{program}: no absolute path: PATH decides what is started", program=program)]
    if not os.access(program, os.X_OK):
        return [tr("{program}: is not there, or cannot be started", program=program)]
    if os.path.basename(program) == "gztrack":
        return [tr("{program}: listens to PYTHON variables of a client; gate --print-key-line prints a line that"
                   " does not", program=program)]  # fmt: skip
    flags = words[1 : words.index("-m")] if "-m" in words else words[1:]
    found = []
    if "-I" not in flags and not {"-E", "-P"} <= set(flags):
        found.append(tr("{program}: without -I it listens to PYTHON variables of a client", program=program))
    # Not resolved: two environments may share one interpreter, and what is installed in them differs.
    if os.path.abspath(program) != os.path.abspath(sys.executable):
        found.append(
            tr(
                "starts another installation, {program}; this one is {own}",
                program=program,
                own=sys.executable,
            )
        )
    return found


def _unreadable(numbered: Iterable[tuple[int, str]]) -> list[str]:
    return [
        tr("line {line}: no key that can be read, sshd passes it over", line=number)
        for number, line in numbered
        if line.strip() and not line.lstrip().startswith("#") and parsed(line, number) is None
    ]


def _twice(keys: Iterable[Key]) -> list[str]:
    first: dict[str, int] = {}
    found = []
    for key in keys:
        if key.blob in first:
            found.append(
                tr("line {line}: the same key as in line {first}, which is the one that counts",
                   line=key.number, first=first[key.blob])
            )  # fmt: skip
        first.setdefault(key.blob, key.number)
    return found


def _open(key: Key) -> str:
    """A key beside gated ones that has none."""
    whose = clean(key.comment) or fingerprint(key.blob)
    if key.option("command") is not None:
        return tr("line {line}: {key} has a command of its own, which is no gate", line=key.number, key=whose)
    return tr("line {line}: {key} has no gate and can do everything", line=key.number, key=whose)


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
