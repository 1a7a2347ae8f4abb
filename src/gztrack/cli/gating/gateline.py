"""One line of a file of keys that starts a gate: what it opens, and what is wrong with it."""

from __future__ import annotations

import calendar
import os
import re
import shlex
import sys
import time

from gztrack.cli.gating import terms
from gztrack.cli.gating.keys import BETTER, Key, fingerprint, weakness
from gztrack.cli.gating.report import Gate
from gztrack.cli.gating.surroundings import home
from gztrack.cli.parser import Found
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.services.permits import BOARD
from gztrack.storage.locations import DATABASE, Location, default

_QUOTED = r"""'[^']*'|\\.|"(?:\\.|[^"\\$`])*\""""
_FOR_A_SHELL = r"[;|&<>()$`*?{}\[\]!#~]"
"""What is quoted in a shell's command, and what means something where it is not."""

PRINTING = "gztrack gate --print-key-line NAME KEYFILE"
"""What prints a line as it should be."""


def gate_words(key: Key) -> list[str] | None:
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


def gate_of(key: Key, words: list[str]) -> Gate:
    """What there is to say about a gate line."""
    from gztrack.cli.gate import allowed, parser

    problems: list[str] = []
    name, allow, size, lang, hooks = "", "", "", "", False
    location = Location(default({"HOME": home()}), named=False)
    board = False
    try:
        found: Found = parser().understood(words)
        hooks, size, lang = found.hooks, found.max_input, found.lang or ""
        name = terms.name(found.author or "")
        listed = allowed(found)
        allow = listed or ",".join(terms.USUAL)
        if found.db:
            location = Location(os.path.abspath(os.path.expanduser(found.db)), named=True)
            if not os.path.isabs(found.db):
                problems.append(
                    tr("--db is no absolute path and depends on where sshd starts: write the whole path")
                )
        if size:
            terms.size(size)
        problems += terms.problems(listed) if listed else []
        board = not problems and terms.understood(listed).allows(BOARD)
    except InputError as error:
        problems.append(str(error))
    problems += _options(key, board=board, understood=not problems)
    problems += useless(key)
    problems += _database(location)
    problems += _program(
        key, again=f"gztrack gate --print-key-line {shlex.quote(name) if name else 'NAME'} KEYFILE"
    )
    return Gate(
        key.number, name, allow, location.path, fingerprint(key.blob), clean(key.comment),
        key.option("pty") is not None, hooks, clean(size), clean(lang), tuple(problems),
    )  # fmt: skip


def _options(key: Key, *, board: bool, understood: bool) -> list[str]:
    """What is wrong with the options beside the command."""
    found = []
    names = [name for name, _ in key.options]
    if "cert-authority" in names:
        found.append(
            tr(
                "cert-authority: whoever has a certificate of this key comes in under this name: delete that option"
            )
        )
    if signs := sorted(set(re.findall(_FOR_A_SHELL, re.sub(_QUOTED, "", key.option("command") or "")))):
        found.append(
            tr(
                "the login shell does more with its command than start it: {signs}; print it again: {command}",
                signs=" ".join(signs),
                command=PRINTING,
            )
        )
    if "restrict" not in names:
        found.append(tr("without restrict: the key can forward ports and agents; put `restrict,` in front"))
    elif understood and board and "pty" not in names:
        found.append(
            tr("the board is allowed, and without pty it has no terminal: write `restrict,pty,` in front")
        )
    if understood and not board and "pty" in names:
        found.append(tr("pty, though the board is not allowed: delete `pty,`"))
    if names.count("command") > 1:
        found.append(tr("two commands: sshd passes such a line over: delete one"))
    found += [
        tr("{option} opens again what restrict closed: delete it", option=name)
        for name in ("port-forwarding", "agent-forwarding", "x11-forwarding", "user-rc")
        if name in names
    ]
    found += [
        tr(
            "environment= sets {variable} before the gate starts: delete that option",
            variable=value.partition("=")[0],
        )
        for name, value in key.options
        if name == "environment"
    ]
    return found


def useless(key: Key) -> list[str]:
    """Why nobody can log in with a key, or will soon not: its kind, its length, its date."""
    found = []
    if what := weakness(key):
        found.append(tr("{what}: ask for another: {command}", what=what, command=BETTER))
    until = key.option("expiry-time")
    if until is not None:
        ends = _moment(until)
        if ends is None:
            found.append(
                tr("expiry-time=\"{value}\" is no time, and sshd passes the line over: write {example}",
                   value=clean(until), example="YYYYMMDD")
            )  # fmt: skip
        elif ends < time.time():
            found.append(
                tr(
                    'expired by its expiry-time="{value}": delete the line, or write a later time',
                    value=clean(until),
                )
            )
    return found


def _moment(text: str) -> float | None:
    """When ``expiry-time`` ends, in seconds of the epoch; None where sshd cannot read it."""
    digits, zone = text.upper().removesuffix("Z"), text.upper().endswith("Z")
    form = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}.get(len(digits))
    if form is None or not (digits.isascii() and digits.isdecimal()):
        return None
    try:
        parted = time.strptime(digits, form)
        return calendar.timegm(parted) if zone else time.mktime(parted)
    except (ValueError, OverflowError):
        return None


def _database(location: Location) -> list[str]:
    """Whether a database is there and can be written."""
    path = location.path
    if location.state() != DATABASE:
        made = f"gztrack --db {shlex.quote(path)} init"
        return [tr("{path}: no database there: name another, or make it: {command}", path=path, command=made)]
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        owned = shlex.join(("sudo", "chown", "-R", str(os.getuid()), path))
        return [tr("{path}: this account may not write there: {command}", path=path, command=owned)]
    return []


def _program(key: Key, again: str) -> list[str]:
    """Whether the command starts this installation, in a way that no variable changes.

    Args:
        key: The key.
        again: What prints the line as it should be.
    """
    words = _command_words(key)
    program = words[0] if words else ""
    if not os.path.isabs(program):
        what = tr("{program}: no absolute path: PATH decides what is started", program=program)
    elif not os.access(program, os.X_OK):
        what = tr("{program}: is not there, or cannot be started", program=program)
    elif os.path.basename(program) == "gztrack":
        what = tr("{program}: listens to PYTHON variables of a client", program=program)
    else:
        what = _interpreter(program, words[1 : words.index("gate")])
    return [tr("{what}; print it again: {command}", what=what, command=again)] if what else []


def _interpreter(program: str, words: list[str]) -> str:
    """What is wrong with an interpreter and what it is told; empty where nothing is."""
    flags = [word for word in words if word.startswith("-")]
    if "-I" not in flags and not {"-E", "-P"} <= set(flags):
        return tr("{program}: without -I it listens to PYTHON variables of a client", program=program)
    # Not resolved: two environments may share one interpreter, and what is installed in them differs.
    if os.path.abspath(program) != os.path.abspath(sys.executable):
        return tr(
            "starts another installation, {program}; this one is {own}", program=program, own=sys.executable
        )
    if "-m" not in flags and not _is_starter(words[-1], program):
        return tr("{program}: is no starter of this installation", program=words[-1])
    return ""


def _is_starter(script: str, program: str) -> bool:
    """Whether a script is the one that lies beside an interpreter."""
    return os.path.isfile(script) and os.path.abspath(script) == os.path.join(
        os.path.dirname(os.path.abspath(program)), "gztrack"
    )
