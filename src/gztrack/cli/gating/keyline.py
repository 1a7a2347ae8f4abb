"""``gate --print-key-line``: the line of ``authorized_keys`` that gives a key to somebody."""

from __future__ import annotations

import os
import re
import sys

from gztrack.cli.gating.fitting import unfitting
from gztrack.cli.gating.keys import BETTER, KINDS, Key, parsed, weakness
from gztrack.cli.gating.terms import Terms
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.services.permits import BOARD
from gztrack.storage.locations import DATABASE, resolve

LARGEST = 64 * 1024
"""Bytes of a file that can be one public key."""

LONGEST_LINE = 8_000
"""Characters of a line that every version of sshd reads."""

ISOLATED = ("-I",), ("-E", "-P")
"""Ways to start Python that no variable of a client can change; the second one still finds what was installed for one
account with ``pip install --user``."""


MODULE = ("-m", "gztrack")
"""How Python finds this program wherever it is installed."""


def key_line(terms: Terms, allow: str, size: str, file: str) -> tuple[str, list[str]]:
    """The line, and what is to be said beside it.

    Args:
        terms: What the key shall open.
        allow: The list as it was typed.
        size: ``--max-input`` as it was typed.
        file: The public key's file, ``-`` for standard input.

    Raises:
        InputError: The file holds no single public key, or the line would be no line.
    """
    key = public_key(_read(file), "-" if file == "-" else clean(file))
    # The gate knows no variables: where one names the database, the line has to.
    location = resolve(terms.db, os.environ)
    name = [f"--as={terms.author}"] if terms.author.startswith("-") else ["--as", terms.author]
    options = [*name, "--db", location.path]
    if allow:
        options += ["--allow", ",".join(part.strip() for part in allow.split(",") if part.strip())]
    if size:
        options += ["--max-input", size]
    if terms.hooks:
        options.append("--hooks")
    if terms.lang:
        options += ["--lang", terms.lang]
    start = python()
    line = forced(start, options, terminal=terms.permit.allows(BOARD), program=program_of(start))
    line += f" {key.kind} {key.blob}" + (f" {key.comment}" if key.comment else "")
    if not line.isprintable():
        raise InputError(tr("gate: a path or name with control characters cannot stand in authorized_keys"))
    if len(line) > LONGEST_LINE:
        raise InputError(tr("gate: the line has {n:,} characters, and sshd may not read more than {most:,}",
                            n=len(line), most=LONGEST_LINE))  # fmt: skip
    if location.state() != DATABASE:
        from shlex import quote

        made = f"gztrack --db {quote(location.path)} init"
        raise InputError(
            tr("{path}: no database there: name another, or make it first: {command}",
               path=clean(location.path), command=clean(made))
        )  # fmt: skip
    return line, unfitting(allow, location)


def forced(
    start: tuple[str, ...], options: list[str], *, terminal: bool, program: tuple[str, ...] = MODULE
) -> str:
    """The options of a gate's line.

    sshd takes the value out of its quotes, in which a quote has a backslash, and hands it to the account's login
    shell, for which every word is quoted.

    Args:
        start: How Python is started.
        options: Of ``gztrack gate``.
        terminal: The key may ask for one, as the board needs it.
        program: How Python is told to be this program.
    """
    words = [*start, *program, "gate", *options]
    command = " ".join(map(_quoted, words)).replace('"', '\\"')
    return f'restrict{",pty" if terminal else ""},command="{command}"'


def _quoted(word: str) -> str:
    """A word for any login shell: in fish a backslash means something in single quotes, in none in double ones."""
    from shlex import quote

    return quote(word).replace("\\", """'"\\\\"'""")


def python() -> tuple[str, ...]:
    """How this installation is started so that no variable of a client has a part in it.

    Raises:
        InputError: It cannot be: it is reached through a variable itself.
    """
    import subprocess

    program = os.path.abspath(sys.executable)
    for options in ISOLATED:
        tried = subprocess.run(
            [program, *options, "-c", "import gztrack; print(gztrack.__file__)"],
            capture_output=True, text=True, check=False, cwd="/", stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if tried.returncode == 0 and _is_this_one(tried.stdout.strip()):
            return (program, *options)
    raise InputError(
        tr(
            "gate: this gztrack is found by PYTHONPATH or by the folder it was started in, which a gate does not go"
            " by; install it (pipx install, uv tool install, or pip in a venv) and start that one"
        )
    )


def program_of(start: tuple[str, ...]) -> tuple[str, ...]:
    """How Python is told to be this program: by the installed starter beside it, which costs less than a module.

    Args:
        start: How Python is started, a way that was found to have this program.
    """
    import subprocess

    from gztrack import __version__

    starter = os.path.join(os.path.dirname(start[0]), "gztrack")
    if not os.path.isfile(starter):
        return MODULE
    tried = subprocess.run(
        [*start, starter, "--version"],
        capture_output=True, text=True, check=False, cwd="/", stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return (starter,) if (tried.returncode, tried.stdout) == (0, f"gztrack {__version__}\n") else MODULE


def _is_this_one(found: str) -> bool:
    import gztrack

    return bool(gztrack.__file__) and os.path.realpath(found) == os.path.realpath(gztrack.__file__ or "")


def _read(file: str) -> str:
    """The text of a key's file.

    Raises:
        InputError: It cannot be read, or is too large for a key.
    """
    try:
        if file == "-":
            data = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin is not None else b""
        else:
            with open(os.path.expanduser(file), "rb") as opened:
                data = opened.read(LARGEST + 1)
    except OSError as error:
        from gztrack.domain.reasons import reason_of

        raise InputError(
            tr("{path}: cannot be read: {reason}", path=clean(file), reason=reason_of(error).lower())
        ) from None
    if len(data) > LARGEST:
        raise InputError(tr("{path}: too long for a public key", path=clean(file)))
    return data.decode("utf-8", "replace")


def public_key(text: str, name: str) -> Key:
    """The one public key that a file holds.

    Args:
        text: What it holds.
        name: What it is called in messages.

    Raises:
        InputError: It holds none, a private one, several, or one with options in front.
    """
    if re.search(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|^PuTTY-User-Key-File", text, re.MULTILINE):
        raise InputError(
            tr(
                "{path}: THIS IS A PRIVATE KEY, which never leaves its owner's machine: if it came to you, it has to be"
                " replaced (ssh-keygen); ask for the public one, which ends in .pub",
                path=name,
            )
        )
    if "BEGIN SSH2 PUBLIC KEY" in text:
        raise InputError(
            tr("{path}: a key in the form of RFC 4716; convert it: ssh-keygen -i -f {path}", path=name)
        )
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if len(lines) > 1:
        raise InputError(
            tr(
                "{path}: {n} lines; give one public key, each person has a line of their own",
                path=name,
                n=len(lines),
            )
        )
    kind = lines[0].split(None, 1)[0] if lines else ""
    if kind.endswith("-cert-v01@openssh.com"):
        raise InputError(tr("{path}: a certificate; give the public key itself", path=name))
    key = parsed(lines[0]) if lines else None
    if key is None:
        raise InputError(
            tr(
                "{path}: no public key: a line such as {example}",
                path=name,
                example="ssh-ed25519 AAAAC3... ann@laptop",
            )
        )
    if kind not in KINDS:
        raise InputError(
            tr("{path}: options stand before the key; the gate sets them, give the key alone", path=name)
        )
    if what := weakness(key):
        raise InputError(
            tr("{path}: {what}; ask for an ed25519 key: {command}", path=name, what=what, command=BETTER)
        )
    return key._replace(comment=clean(key.comment))
